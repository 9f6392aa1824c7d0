"""Where somebody is signed in: a list of devices, and one button that ends all others."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from boards.membership.models import Mode
from boards.voting.actions import call_ballot, open_ballot
from boards.world.cast import PASSWORD
from forum.accounts.models import SignIn
from forum.accounts.sessions import device_of
from forum.events.models import Event
from tests.boards.browsing import published, text, words

PAGE, OTHERS = "/accounts/sessions/", "/accounts/sessions/others/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"
PHONE = "Mozilla/5.0 (Linux; Android 15; SM-S921N) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def fresh_limits():
    from django.core.cache import cache

    cache.clear()


def signed_in(person, agent: str) -> Client:
    """A browser that signed in with the password."""
    browser = Client(headers={"user-agent": agent})
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


def test_the_page_lists_each_device_and_marks_this_one(hanbit):
    desk, _phone = signed_in(hanbit.jun, WINDOWS), signed_in(hanbit.jun, PHONE)
    signed_in(hanbit.sora, WINDOWS)

    page = words(desk.get(PAGE))

    assert page.index("Chrome · Android") < page.index("Edge · Windows") < page.index("지금 이 기기")
    assert page.count("로그인한 때") == 2


def test_all_others_are_signed_out_and_this_device_stays(hanbit):
    desk, phone, sora = signed_in(hanbit.jun, WINDOWS), signed_in(hanbit.jun, PHONE), signed_in(hanbit.sora, PHONE)

    answer = desk.post(OTHERS, follow=True)

    assert "다른 기기에서 모두 로그아웃했습니다." in words(answer)
    assert "이 기기에서만 로그인해 있습니다." in words(answer)
    assert phone.get("/notifications/")["Location"].startswith("/accounts/login/")
    assert (desk.get("/notifications/").status_code, sora.get("/notifications/").status_code) == (200, 200)
    assert Event.objects.on(hanbit.jun.stream).last().verb == "signed_out_elsewhere"


def test_signing_out_takes_the_device_off_the_list(hanbit):
    desk, phone = signed_in(hanbit.jun, WINDOWS), signed_in(hanbit.jun, PHONE)

    phone.post("/accounts/logout/")

    assert "Android" not in text(desk.get(PAGE))
    assert SignIn.objects.filter(person=hanbit.jun).count() == 1


def test_a_new_password_ends_all_other_sessions(hanbit):
    desk, phone = signed_in(hanbit.jun, WINDOWS), signed_in(hanbit.jun, PHONE)
    new = "새로운-비밀번호-27"

    desk.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "이 기기에서만 로그인해 있습니다." in words(desk.get(PAGE))
    assert phone.get("/notifications/").status_code == 302


def test_an_upgrade_ends_the_sessions_that_no_list_of_devices_shows(hanbit):
    desk, before, guest = signed_in(hanbit.jun, WINDOWS), signed_in(hanbit.jun, PHONE), Client()
    SignIn.objects.filter(session_key=before.session.session_key).delete()
    session = guest.session
    session["kept"] = {"of": hanbit.sora.pk}
    session.save()

    import_module("forum.migrations.0004_sessions").end_unlisted_sessions(apps, None)

    assert before.get(PAGE)["Location"].startswith("/accounts/login/")
    assert "이 기기에서만 로그인해 있습니다." in words(desk.get(PAGE))
    assert Session.objects.filter(session_key=session.session_key).exists()
    assert set(Session.objects.values_list("pk", flat=True)) == {desk.session.session_key, session.session_key}


def test_a_vote_leaves_no_trace_among_the_sign_ins(hanbit, keys):
    desk = signed_in(hanbit.jun, WINDOWS)
    proposal = published(hanbit.sora, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
    open_ballot(proposal, keys=keys)
    before = list(SignIn.objects.values())

    desk.get(PAGE)
    desk.post(f"/proposals/{proposal.pk}/ballot/", {"choice": "1"})

    assert list(SignIn.objects.values()) == before


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (WINDOWS, "Edge · Windows"),
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Whale/4.29 Safari/537.36", "Whale · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_device_is_named_by_browser_and_system(agent, device):
    assert device_of(agent) == device
