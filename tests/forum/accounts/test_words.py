"""What the account pages and their mails say is ours: nothing of django-allauth's own catalogue reaches anybody."""

import re

import pytest
from django.test import Client

from boards.world.cast import PASSWORD
from forum.notifications.models import Letter
from tests.boards.browsing import text, words
from tests.forum.accounts.visiting import letter_to, sign_up

NEW_PASSWORD = "새로운-비밀번호-27"
STOCK = re.compile(r"되었습니다|성공적|패스워드|암호|로그인 되|현재 비밀번호|안녕하세요 입니다|uccessfully|Hello from")


@pytest.fixture(autouse=True)
def fresh_limits():
    from django.core.cache import cache

    cache.clear()


def signed_in(person, password: str = PASSWORD, **more) -> Client:
    browser = Client(**more)
    browser.post("/accounts/login/", {"login": person.email, "password": password})
    return browser


def notices(page) -> list[str]:
    """The messages at the top of a page."""
    [found] = re.findall(r'<div class="messages"[^>]*>(.*?)</div>', text(page), re.DOTALL) or [""]
    return re.findall(r"<p[^>]*>(.*?)</p>", found)


def reset_letter(person, **more) -> Letter:
    Client(**more).post("/accounts/password/reset/", {"email": person.email})
    return letter_to(person.email)


def link_in(letter: Letter) -> str:
    return re.search(r"^http\S+$", letter.body, re.MULTILINE)[0]


def test_the_letter_of_a_reset_says_whose_for_how_long_and_what_if_it_was_nobody(hanbit):
    letter = reset_letter(hanbit.jun)

    assert letter.subject == "[주니어보드] 비밀번호 다시 정하기"
    assert letter.body.startswith(f"{hanbit.jun.name} 님, 안녕하세요.")
    assert "3일 동안 한 번 쓸 수 있습니다." in letter.body
    assert "본인이 요청하지 않았다면 이 메일을 지워 주세요. 비밀번호는 바뀌지 않습니다." in letter.body
    assert "/accounts/password/reset/key/" in link_in(letter)
    assert not STOCK.search(letter.subject + letter.body)


def test_who_has_no_password_yet_is_asked_to_set_one(hanbit):
    hanbit.jun.set_unusable_password()
    hanbit.jun.save()

    letter = reset_letter(hanbit.jun)

    assert letter.subject == "[주니어보드] 비밀번호 정하기"
    assert "다시 정" not in letter.body


def test_the_letter_of_a_reset_is_english_for_who_reads_english(hanbit):
    letter = reset_letter(hanbit.jun, headers={"accept-language": "en"})

    assert letter.subject == "[Junior Board] Set a new password"
    assert "It works once, for 3 days." in letter.body
    assert not re.search(r"[가-힣]", letter.body.replace(hanbit.jun.name, ""))


def test_signing_in_says_nothing_the_page_does_not_say_itself_and_signing_out_says_so(hanbit):
    browser = signed_in(hanbit.jun)

    assert notices(browser.get("/")) == []
    assert notices(browser.post("/accounts/logout/", follow=True)) == ["로그아웃했습니다."]


def test_a_changed_password_is_told_with_what_it_ended(hanbit):
    browser = signed_in(hanbit.jun)
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    page = browser.post("/accounts/password/change/", typed, follow=True)

    assert notices(page) == ["비밀번호를 바꾸었습니다. 다른 기기에서는 모두 로그아웃했습니다."]


def test_a_password_set_by_mail_is_told_once_by_its_page(hanbit):
    browser = Client()
    form = browser.get(link_in(reset_letter(hanbit.jun)), follow=True)
    path = form.redirect_chain[-1][0]

    page = browser.post(path, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

    assert "비밀번호를 정했습니다" in words(page)
    assert notices(page) == []
    assert notices(signed_in(hanbit.jun, NEW_PASSWORD).get("/")) == []


def test_no_sentence_of_the_catalogue_shows_on_the_way_through_all_account_pages(hanbit):
    guest, browser = Client(), signed_in(hanbit.jun)
    pages = [sign_up(guest, "new@hanbit.example"), guest.get("/"), browser.get("/accounts/password/change/")]
    for typed in ({}, {"oldpassword": "x", "password1": "123", "password2": "4"}):
        pages.append(browser.post("/accounts/password/change/", typed))
        pages.append(Client().post("/accounts/signup/", {"email": "no", **typed}))
        pages.append(Client().post("/accounts/login/", {"login": "no", **typed}))
        pages.append(Client().post("/accounts/password/reset/", {"email": "no"}))
    Client().post("/accounts/signup/", {
        "email": hanbit.jun.email, "name": "준", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD,
    })  # fmt: skip

    said = [words(page) for page in pages] + [f"{it.subject} {it.body}" for it in Letter.objects.all()]

    assert [found[0] for it in said if (found := STOCK.search(it))] == []


@pytest.mark.parametrize(("asked", "told"), [("/notifications/", True), ("/boards/none/", True), ("/", False)])
def test_who_is_asked_to_sign_in_reads_why_whether_the_page_exists_or_not(hanbit, client, asked, told):
    page = client.get(asked, follow=True)

    assert ("로그인해야 볼 수 있는 화면입니다." in words(page)) is told


# One sentence for each empty field, one way of asking for a new password


def summary(page) -> list[str]:
    [found] = re.findall(r'<div class="error-summary".*?</div>', text(page), re.DOTALL)
    return [re.sub(r"<[^>]*>", "", it) for it in re.findall(r"<li>(.*?)</li>", found)]


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        (
            "/accounts/signup/",
            [
                "기관 이메일: 이메일 주소를 써 주세요.",
                "이름: 이름을 써 주세요.",
                "비밀번호: 비밀번호를 써 주세요.",
                "비밀번호 다시: 비밀번호를 한 번 더 써 주세요.",
            ],
        ),
        ("/accounts/login/", ["이메일: 이메일 주소를 써 주세요.", "비밀번호: 비밀번호를 써 주세요."]),
        ("/accounts/password/reset/", ["기관 이메일: 이메일 주소를 써 주세요."]),
    ],
)
def test_every_empty_field_asks_for_itself(hanbit, client, path, sentences):
    assert summary(client.post(path, {})) == sentences


def test_a_new_password_is_asked_for_alike_on_all_three_pages(hanbit):
    browser = Client()
    reset = browser.get(link_in(reset_letter(hanbit.jun)), follow=True)
    pages = [browser.get("/accounts/signup/"), reset, signed_in(hanbit.jun).get("/accounts/password/change/")]

    helps = [re.findall(r'id="id_password1_helptext">(.*?)</p>', text(page), re.DOTALL) for page in pages]

    assert helps == [["10자 이상으로, 숫자만으로 되어 있거나 흔히 쓰이지 않는 것으로 정해 주세요."]] * 3
    assert [re.findall(r"placeholder", text(page)) for page in pages] == [[]] * 3
