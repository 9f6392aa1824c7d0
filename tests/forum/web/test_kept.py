"""What was typed when the session had ended, or the form was too old, comes back to the person who typed it."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from boards.discussion.models import Comment
from boards.world.cast import PASSWORD
from tests.boards.browsing import published, text, words

HERE = {"Origin": "http://testserver"}
BODY = '길게 쓴 글입니다.\n<b>"둘째" 줄</b>'


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def hidden(page: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in pairs}


def composer(browser: Client, proposal) -> dict:
    """The form of a comment as the page drew it, filled in."""
    page = text(browser.get(proposal.get_absolute_url()))
    form = page[page.index('id="panel-composer"') :]
    return {**hidden(form[: form.index("</form>")]), "stance": "for", "body": BODY}


def lose_session(browser: Client) -> None:
    Session.objects.all().delete()


def sign_in(browser: Client, person, back: str):
    token = hidden(text(browser.get(back)))["csrfmiddlewaretoken"]
    data = {"login": person.email, "password": PASSWORD, "next": "/kept/", "csrfmiddlewaretoken": token}
    return browser.post("/accounts/login/", data)


def kept_form(page: str) -> dict[str, str]:
    form = page[page.index('<form id="kept"') :]
    form = form[: form.index("</form>")]
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    return hidden(form) | {name: html.unescape(value) for name, value in texts}


def test_a_comment_sent_after_the_session_ended_is_given_back_after_signing_in_and_can_be_sent(
    hanbit, browser, proposal
):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)

    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)
    assert away.url == "/accounts/login/?next=%2Fkept%2F"
    assert "쓰신 글은 보관했습니다." in words(browser.get(away.url))
    assert BODY not in text(browser.get(away.url))
    assert sign_in(browser, hanbit.sora, away.url).url == "/kept/"

    page = text(browser.get("/kept/"))
    back = kept_form(page)
    assert (back["body"], back["stance"], back["client_id"]) == (BODY, "for", form["client_id"])
    assert f'action="/proposals/{proposal.pk}/comments/"' in page
    assert not Comment.objects.exists()
    for _twice in range(2):
        browser.post(f"/proposals/{proposal.pk}/comments/", back)
    assert [comment.body for comment in Comment.objects.all()] == [BODY]


def test_whoever_else_signs_in_reads_nothing_of_it(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)
    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)

    assert sign_in(browser, hanbit.tae, away.url).url == "/kept/"

    page = browser.get("/kept/")
    assert "길게 쓴 글" not in text(page)
    assert "보관한 글이 없습니다." in words(page)


def test_after_an_hour_it_is_shown_no_more(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)
    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)
    sign_in(browser, hanbit.sora, away.url)

    assert "길게 쓴 글" in text(browser.get("/kept/"))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "길게 쓴 글" not in text(browser.get("/kept/"))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_what_another_site_sends_is_not_kept(hanbit, browser, proposal, origin):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)

    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers={"Origin": origin} if origin else {})

    assert "kept" not in away.url
    assert not Session.objects.exists()


@pytest.mark.parametrize("mark", ["", "7", "7:forged", "x" * 5000])
def test_a_form_that_no_page_of_ours_drew_is_not_kept(hanbit, browser, proposal, mark):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal) | {"form_of": mark}
    lose_session(browser)

    assert "kept" not in browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE).url


def test_too_much_is_not_kept_and_a_vote_never(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)

    long = browser.post(f"/proposals/{proposal.pk}/comments/", form | {"body": "가" * 200_001}, headers=HERE)
    vote = browser.post(f"/proposals/{proposal.pk}/ballot/", form | {"body": "", "choice": "예 아니오"}, headers=HERE)

    assert "kept" not in long.url
    assert "kept" not in vote.url
    assert not Session.objects.exists()


def test_a_form_whose_token_is_too_old_gives_the_text_back_to_the_same_person_only(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    del browser.cookies[settings.CSRF_COOKIE_NAME]

    own = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)
    browser.force_login(hanbit.tae)
    anothers = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)

    assert own.status_code == anothers.status_code == 403
    assert kept_form(text(own))["body"] == BODY
    assert "길게 쓴 글" not in text(anothers)


def test_every_form_of_a_page_says_whose_it_is(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    page = text(browser.get(proposal.get_absolute_url()))

    tokens, marks = page.count('name="csrfmiddlewaretoken"'), re.findall(r'name="form_of" value="(\d+):', page)

    assert marks == [str(hanbit.sora.pk)] * tokens
    assert 'name="form_of"' not in text(Client().get("/accounts/login/"))
