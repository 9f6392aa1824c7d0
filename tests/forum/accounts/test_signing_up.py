"""Officials sign up with their address; what the address proves decides what they belong to."""

import re

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.accounts.actions import account_of
from forum.accounts.models import User
from forum.events.models import Event
from forum.institutions.models import Institution, ListedAddress, MailDomain
from forum.notifications.models import Letter
from tests.boards.browsing import text, without_tokens, words
from tests.forum.accounts.visiting import CODE, PASSWORD, SIGN_UP, code_for, letter_to, person, sign_up, typed

NEW = "new@hanbit.example"


@pytest.fixture(autouse=True)
def fresh_limits():
    from django.core.cache import cache

    cache.clear()


def test_an_official_signs_up_with_the_code_from_the_mail_and_is_staff(hanbit, client):
    answer = sign_up(client, NEW)

    assert answer["Location"] == "/"
    assert "고은별 님, 안녕하세요" in words(client.get("/"))
    assert (person(NEW).name, person(NEW).institution) == ("고은별", hanbit.board.institution)
    assert client.get("/boards/hanbit/").status_code == 200
    assert client.get("/boards/garam/").status_code == 404
    assert client.get("/boards/hanbit/proposals/new/").status_code == 403
    stream = person(NEW).stream
    assert list(Event.objects.on(stream).values_list("verb", flat=True)) == ["account_confirmed", "institution_joined"]


def test_the_password_of_the_sign_up_opens_the_account_again(hanbit, client):
    sign_up(client, NEW)
    client.post("/accounts/logout/")

    client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})

    assert client.get("/notifications/").status_code == 200


def test_the_mail_carries_the_code_and_nothing_that_opens_the_account_alone(hanbit, client):
    client.post(SIGN_UP, typed(NEW))

    letter = letter_to(NEW)
    assert "가입 확인 코드" in letter.subject
    assert code_for(NEW) in letter.body
    assert "http" not in letter.body
    assert PASSWORD not in letter.body


def test_until_the_code_is_entered_nobody_is_in(hanbit, client):
    client.post(SIGN_UP, typed(NEW))

    assert client.get("/boards/hanbit/")["Location"].startswith("/accounts/login/")
    waiting = person(NEW)
    assert (waiting.institution, waiting.has_usable_password(), waiting.name) == (None, False, "new")
    client.post(CODE, {"action": "verify", "code": "AAAA-BBBB"})
    assert client.get("/boards/hanbit/")["Location"].startswith("/accounts/login/")


def test_after_three_wrong_codes_one_begins_again(hanbit, client):
    client.post(SIGN_UP, typed(NEW))
    code = code_for(NEW)

    for _ in range(3):
        client.post(CODE, {"action": "verify", "code": "AAAA-BBBB"})
    client.post(CODE, {"action": "verify", "code": code})

    assert client.get("/notifications/").status_code == 302
    assert sign_up(client, NEW)["Location"] == "/"


def test_a_code_can_be_sent_again(hanbit, client):
    client.post(SIGN_UP, typed(NEW))
    first = code_for(NEW)

    client.post(CODE, {"action": "resend"})

    assert code_for(NEW) != first
    assert client.post(CODE, {"action": "verify", "code": code_for(NEW)})["Location"] == "/"


def test_who_mistyped_the_address_begins_again_with_another(hanbit, client):
    client.post(SIGN_UP, typed("mew@hanbit.example"))
    client.post("/accounts/logout/", {"next": SIGN_UP})

    assert sign_up(client, NEW)["Location"] == "/"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "me@gmail.example"}, "공직자 메일로 등록되어 있지 않습니다"),
        ({"email": "me@sub.hanbit.example"}, "공직자 메일로 등록되어 있지 않습니다"),
        ({"name": " "}, "이름을 써 주세요."),
        ({"password2": "다른-비밀번호-99"}, "비밀번호"),
        ({"password1": "12345", "password2": "12345"}, "비밀번호"),
    ],
)
def test_a_refused_sign_up_says_why_keeps_what_was_typed_and_mails_nobody(hanbit, client, fields, sentence):
    before = User.objects.count()

    answer = client.post(SIGN_UP, typed(NEW, **fields))

    assert answer.status_code == 200
    assert sentence in words(answer)
    assert fields.get("email", NEW) in text(answer)
    assert PASSWORD not in text(answer)
    assert (User.objects.count(), Letter.objects.count()) == (before, 0)


# Known or not: the same answer


def test_a_known_address_reads_the_same_and_is_told_by_mail_alone(hanbit):
    known, unknown = Client(), Client()

    answers = [
        browser.post(SIGN_UP, typed(email)) for browser, email in ((known, "jun@hanbit.example"), (unknown, NEW))
    ]

    assert [(it.status_code, it["Location"]) for it in answers] == [(302, CODE)] * 2
    pages = [without_tokens(browser.get(CODE)) for browser in (known, unknown)]
    assert pages[0].replace("jun@hanbit", "new@hanbit") == pages[1]
    wrong = [browser.post(CODE, {"action": "verify", "code": "AAAA-BBBB"}) for browser in (known, unknown)]
    assert without_tokens(wrong[0]).replace("jun@hanbit", "new@hanbit") == without_tokens(wrong[1])
    again = [browser.get(SIGN_UP) for browser in (known, unknown)]
    assert [it["Location"] for it in again] == [CODE, CODE]
    assert "이미 계정이 있습니다" in letter_to("jun@hanbit.example").subject
    assert hanbit.jun.name not in letter_to("jun@hanbit.example").body
    hanbit.jun.refresh_from_db()
    assert hanbit.jun.check_password("hanbit-2026!")


def test_a_known_address_takes_as_long_for_the_password_is_hashed_in_either_case(hanbit, monkeypatch):
    hashed, make = [], hashers.make_password
    monkeypatch.setattr("forum.accounts.forms.make_password", lambda raw: hashed.append(raw) or make(raw))

    costs = []
    for email in ("jun@hanbit.example", NEW):
        with CaptureQueriesContext(connection) as asked:
            Client().post(SIGN_UP, typed(email))
        costs.append(len([it for it in asked.captured_queries if it["sql"].startswith("SELECT")]))

    assert hashed == [PASSWORD, PASSWORD]
    assert abs(costs[0] - costs[1]) <= 6


def test_a_shared_domain_reads_the_same_whether_the_address_is_listed_or_not(hanbit):
    ListedAddress.objects.create(institution=hanbit.board.institution, email="listed@korea.kr")
    pages = []
    for name in ("listed", "stray"):
        browser = Client()
        browser.post(SIGN_UP, typed(f"{name}@korea.kr"))
        pages.append(without_tokens(browser.get(CODE)).replace(name, "-"))

    assert pages[0] == pages[1]


# Nobody gets in with an address of another


def test_who_began_with_anothers_address_knows_neither_password_nor_name_of_the_account(hanbit):
    thief, owner = Client(), Client()
    thief.post(SIGN_UP, typed(NEW, name="도둑", password1="도둑의-비밀번호-1", password2="도둑의-비밀번호-1"))
    sign_up(owner, NEW)
    thief.post(SIGN_UP, typed(NEW, name="도둑", password1="도둑의-비밀번호-1", password2="도둑의-비밀번호-1"))

    assert person(NEW).name == "고은별"
    assert person(NEW).check_password(PASSWORD)
    thief.post("/accounts/logout/")
    thief.post("/accounts/login/", {"login": NEW, "password": "도둑의-비밀번호-1"})
    assert thief.get("/notifications/").status_code == 302
    assert User.objects.filter(email=NEW).count() == 1


def test_a_code_of_one_browser_opens_nothing_in_another(hanbit):
    first, second = Client(), Client()
    first.post(SIGN_UP, typed(NEW))
    code = code_for(NEW)

    second.post(CODE, {"action": "verify", "code": code})

    assert second.get("/notifications/").status_code == 302


def test_a_sign_up_nobody_confirmed_gets_no_password_by_reset(hanbit, client):
    client.post(SIGN_UP, typed(NEW))
    Letter.objects.all().delete()

    Client().post("/accounts/password/reset/", {"email": NEW})

    assert not Letter.objects.exists()


# What the address proves


def test_a_shared_domain_proves_an_official_but_no_institution(hanbit, client):
    sign_up(client, "someone@korea.kr")

    assert person("someone@korea.kr").institution is None
    assert client.get("/boards/hanbit/").status_code == 404
    assert "여러 기관이 함께 쓰는" in words(client.get("/"))


def test_who_is_on_the_institutions_list_belongs_to_it(hanbit, client):
    ListedAddress.objects.create(institution=hanbit.board.institution, email="listed@korea.kr")

    sign_up(client, "LISTED@korea.kr")

    assert person("listed@korea.kr").institution == hanbit.board.institution


def test_who_is_listed_later_belongs_from_the_next_sign_in_on(hanbit, client):
    sign_up(client, "late@korea.kr")
    ListedAddress.objects.create(institution=hanbit.board.institution, email="late@korea.kr")
    assert client.get("/boards/hanbit/").status_code == 404

    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "late@korea.kr", "password": PASSWORD})

    assert client.get("/boards/hanbit/").status_code == 200


def test_where_no_domain_is_entered_sign_up_is_closed_and_says_whom_to_ask(hanbit, client):
    MailDomain.objects.all().delete()

    answer = client.get(SIGN_UP)

    assert "운영자에게 문의해 주세요" in words(answer)
    assert client.post(SIGN_UP, typed(NEW)).status_code == 200
    assert not User.objects.filter(email=NEW).exists()


class AddedMeanwhile:
    """A validator in whose time a moderator adds whoever is signing up."""

    def validate(self, password, user=None) -> None:
        account_of(NEW, name="새내기", institution=Institution.objects.get(name="한빛시"))

    def get_help_text(self) -> str:
        return ""


def test_who_is_added_while_they_sign_up_is_in_only_by_the_mail(hanbit, client, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": f"{__name__}.AddedMeanwhile"}]

    answer = client.post(SIGN_UP, typed(NEW))

    assert answer["Location"] == CODE, "as for everybody else"
    assert client.get("/notifications/").status_code == 302
    assert (person(NEW).name, person(NEW).has_usable_password()) == ("새내기", False)
    assert not re.search(r"^[0-9A-Z]{3,}-?[0-9A-Z]{3,}$", letter_to(NEW).body, re.MULTILINE)
