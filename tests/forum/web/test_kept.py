"""What was typed when the session had ended, or the form was too old, comes back to the person who typed it."""

import html
import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from boards.discussion.models import Comment
from boards.membership.actions import end_membership
from boards.world.cast import PASSWORD
from forum.web.kept import mark_of
from tests.boards.attachments.uploading import part
from tests.boards.browsing import SCRIPT, draft_of, published, section, text, without_tokens, words

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
    assert 'action="/kept/"' in page
    assert not Comment.objects.exists()
    for _twice in range(2):
        browser.post("/kept/", back, follow=True)
    assert [comment.body for comment in Comment.objects.all()] == [BODY]


def sent_by_script(browser: Client, path: str, data: dict, page: str = "/"):
    return browser.post(path, data, headers=HERE | SCRIPT | {"Referer": f"http://testserver{page}"})


def test_what_a_script_sends_after_the_session_ended_is_kept_with_a_way_to_sign_in(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)

    told = sent_by_script(browser, f"/proposals/{proposal.pk}/comments/", form, proposal.get_absolute_url())
    assert told.status_code == 401
    assert "쓰신 글은 보관했습니다." in words(told)
    assert 'href="/accounts/login/?next=%2Fkept%2F"' in text(told)
    assert BODY not in text(told)
    assert sign_in(browser, hanbit.sora, "/accounts/login/?next=%2Fkept%2F").url == "/kept/"
    assert kept_form(text(browser.get("/kept/")))["body"] == BODY


def test_a_vote_or_a_support_sent_by_a_script_leaves_nothing_and_leads_back_to_the_proposal(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    mark = {name: form[name] for name in ("form_of", "csrfmiddlewaretoken")}
    lose_session(browser)

    page = f"{proposal.get_absolute_url()}?order=new"
    for name, sent in [("ballot", {"choice": "1"}), ("support", {}), ("ballot", {"choice": "예 아니오"})]:
        told = sent_by_script(browser, f"/proposals/{proposal.pk}/{name}/", mark | sent, page)
        assert told.status_code == 401
        assert "다시 로그인한 뒤 한 번 더 해 주세요." in words(told)
        assert f'href="/accounts/login/?{urlencode({"next": page})}"' in text(told)
    assert not Session.objects.exists()


def test_what_a_script_sends_and_is_too_much_to_keep_is_to_be_copied(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)

    told = sent_by_script(browser, f"/proposals/{proposal.pk}/comments/", form | {"body": "가" * 200_001})
    assert "쓰신 글을 복사해 두고 다시 로그인해 주세요." in words(told)
    assert not Session.objects.exists()


def test_a_part_that_is_read_again_after_the_session_ended_tells_so(hanbit, browser, proposal):
    page = proposal.get_absolute_url()
    told = browser.get(f"/proposals/{proposal.pk}/support/", headers=SCRIPT | {"Referer": f"http://testserver{page}"})
    assert told.status_code == 401
    assert "이 화면은 더 새로워지지 않습니다." in words(told)
    assert f'href="/accounts/login/?{urlencode({"next": page})}"' in text(told)


def test_what_was_kept_says_what_it_belongs_to_what_its_fields_are_and_what_was_chosen(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)
    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)
    sign_in(browser, hanbit.sora, away.url)

    page = browser.get("/kept/")

    assert f'<a href="/proposals/{proposal.pk}/">{proposal.number} {proposal.title}</a>' in text(page)
    assert "어떤 의견인가요? 찬성" in words(page)
    assert '<label for="kept-1">내용</label>' in text(page)
    assert "쓰신 글 1" not in words(page)


def test_what_was_sent_on_is_not_said_to_be_still_unsent(hanbit, browser, proposal):
    browser.force_login(hanbit.sora)
    form = composer(browser, proposal)
    lose_session(browser)
    away = browser.post(f"/proposals/{proposal.pk}/comments/", form, headers=HERE)
    sign_in(browser, hanbit.sora, away.url)
    back = kept_form(text(browser.get("/kept/")))

    sent = browser.post("/kept/", back)

    assert (sent.status_code, sent["Location"]) == (307, f"/proposals/{proposal.pk}/comments/")
    after = browser.get("/kept/")
    assert "아직 올라가지 않았습니다" not in words(after)
    assert "올라갔는지 먼저 확인해 주세요." in words(after)
    assert BODY in html.unescape(text(after))


def test_who_has_nothing_kept_sends_nothing_on(hanbit, client):
    client.force_login(hanbit.tae)

    assert client.post("/kept/", {"body": BODY})["Location"] == "/kept/"


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


def refused(browser: Client, path: str, person, **data):
    """The answer to a form that was drawn for this person."""
    return browser.post(path, {"form_of": mark_of(person), "body": BODY, **data}, headers=HERE)


def copies(page) -> list[str]:
    """What a page gives back to be copied."""
    return [html.unescape(it) for it in re.findall(r"<textarea[^>]* readonly>([^<]*)</textarea>", text(page))]


@pytest.fixture
def writer(hanbit) -> Client:
    """Sora's browser, whose forms need no token."""
    browser = Client(raise_request_exception=False)
    browser.force_login(hanbit.sora)
    return browser


def leave_the_board(hanbit) -> None:
    end_membership(hanbit.board.memberships.get(person=hanbit.sora), by=hanbit.minji)


def test_a_message_to_a_room_that_is_closed_to_one_since_is_given_back(hanbit, writer):
    leave_the_board(hanbit)

    page = refused(writer, f"/rooms/{hanbit.room.pk}/messages/", hanbit.sora, client_id="x")

    assert (page.status_code, copies(page)) == (404, [BODY])
    assert "쓰신 글은 올라가지 않았고 아래에 그대로 있습니다." in words(page)


def test_what_is_given_back_depends_on_what_was_posted_alone(hanbit, writer):
    hidden = draft_of(hanbit.jun, hanbit.board)

    there = refused(writer, f"/proposals/{hidden.pk}/comments/", hanbit.sora)
    absent = refused(writer, "/proposals/987654/comments/", hanbit.sora)
    nowhere = refused(writer, "/nowhere/", hanbit.sora)

    assert copies(there) == [BODY]
    assert section(there, "main") == section(absent, "main") == section(nowhere, "main")
    assert without_tokens(there) == without_tokens(absent)


def test_a_reason_written_while_ones_term_ended_is_given_back(hanbit, writer, proposal):
    writer.force_login(hanbit.minji)
    hanbit.minji.memberships.update(ended_at=timezone.now())

    page = refused(writer, f"/proposals/{proposal.pk}/hiding/", hanbit.minji, rule="R10", reason="길게 쓴 이유")

    assert page.status_code == 403
    assert copies(page) == [BODY, "길게 쓴 이유"]


def test_a_file_is_not_given_back_and_the_page_says_so(hanbit, writer, browser, proposal):
    browser.force_login(hanbit.sora)

    stale = refused(browser, f"/proposals/{proposal.pk}/attachments/", hanbit.sora, file=part("근거.pdf"))
    others = refused(writer, f"/proposals/{proposal.pk}/attachments/", hanbit.sora, file=part("근거.pdf"))

    for page in (stale, others):
        assert page.status_code == 403
        assert "길게 쓴 글" in text(page)
        assert "고른 파일은 보관하지 않았습니다." in words(page)


def test_a_reason_that_comes_too_late_is_given_back(hanbit, writer):
    writer.force_login(hanbit.minji)

    page = refused(writer, f"/rooms/{hanbit.room.pk}/opening/", hanbit.minji)

    assert (page.status_code, copies(page)) == (409, [BODY])


def test_what_the_server_could_not_finish_is_given_back(hanbit, writer, proposal, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("boards.discussion.views.post_comment", fail)

    path, client_id = f"/proposals/{proposal.pk}/comments/", str(uuid.uuid4())
    page = refused(writer, path, hanbit.sora, stance="for", client_id=client_id)

    assert (page.status_code, copies(page)) == (500, [BODY])


@pytest.mark.parametrize("path", ["/nowhere/", "/proposals/987654/comments/"])
def test_a_refusing_page_gives_back_nothing_that_another_wrote_and_no_secret(hanbit, writer, path):
    secret = "긴 비밀번호 한 줄"

    anothers = refused(writer, path, hanbit.tae)
    unmarked = writer.post(path, {"body": BODY}, headers=HERE)
    elsewhere = writer.post(path, {"body": BODY, "form_of": mark_of(hanbit.sora)}, headers={"Origin": "null"})
    own = refused(writer, path, hanbit.sora, password=secret, oldpassword=secret, password1=secret, choice="예 아니오")
    guest = Client().post(path, {"body": BODY}, headers=HERE)

    for page in (anothers, unmarked, elsewhere, guest):
        assert "길게 쓴 글" not in text(page)
    assert copies(own) == [BODY]
    assert secret not in text(own)


def test_a_script_reads_one_sentence_for_it_has_the_text_still(hanbit, writer):
    hidden = draft_of(hanbit.jun, hanbit.board)

    there = writer.post(f"/proposals/{hidden.pk}/comments/", {"body": BODY}, headers=SCRIPT)
    absent = writer.post("/proposals/987654/comments/", {"body": BODY}, headers=SCRIPT)

    assert there.status_code == absent.status_code == 404
    assert text(there) == text(absent)
    assert text(there).startswith('<p class="notice notice-danger" role="alert">이 주소에는 볼 수 있는 것이 없습니다.')
