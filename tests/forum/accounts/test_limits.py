"""How often one may try: a town hall behind one address signs in together, a guesser is stopped at the account."""

from django.test import Client

from boards.world.cast import PASSWORD
from tests.boards.browsing import text, words


def sign_in(email: str, password: str = PASSWORD):
    return Client().post("/accounts/login/", {"login": email, "password": password})


def test_a_whole_board_signs_in_within_a_minute_from_one_address(hanbit):
    answers = [sign_in(person.email).status_code for person in hanbit.members for _ in range(5)]
    assert len(answers) > 40
    assert set(answers) == {302}


def test_after_five_wrong_passwords_the_account_waits_and_others_come_in(hanbit):
    for _ in range(5):
        assert sign_in(hanbit.jun.email, "wrong-password").status_code == 200
    refused = sign_in(hanbit.jun.email)

    assert refused.status_code == 200
    assert "5분 뒤에 다시 하거나 비밀번호를 다시 정해 주세요." in words(refused)
    assert sign_in(hanbit.sora.email).status_code == 302


def test_a_machine_that_tries_one_account_after_another_is_held_off(hanbit):
    answers = [sign_in(f"nobody{number}@hanbit.example", "guess") for number in range(65)]

    assert "맞지 않습니다" in words(answers[0])
    assert "여러 번 실패해" in words(answers[-1])


def test_asking_for_letters_without_end_is_refused_in_words(hanbit):
    def ask(number: int):
        return Client().post("/accounts/password/reset/", {"email": f"nobody{number}@hanbit.example"})

    answers = [ask(number) for number in range(101)]

    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert "1분쯤 뒤에 다시 해 주세요. 쓰신 주소는 아래에 그대로 있습니다." in words(answers[-1])
    assert 'name="email" value="nobody100@hanbit.example"' in text(answers[-1])


def test_who_signs_in_when_too_many_have_tried_keeps_the_address_and_not_the_password(hanbit, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    typed = {"login": hanbit.jun.email, "password": PASSWORD, "next": "/boards/hanbit/"}

    answers = [Client().post("/accounts/login/", typed) for _twice in range(2)]

    assert [it.status_code for it in answers] == [302, 429]
    page = text(answers[1])
    assert f'name="login" value="{hanbit.jun.email}"' in page
    assert 'name="next" value="/boards/hanbit/"' in page
    assert PASSWORD not in page
