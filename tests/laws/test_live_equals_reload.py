"""What a page is sent while it is open is what a freshly loaded page shows: for every reader, in both languages."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from boards.discussion.models import Comment
from boards.membership.models import Mode
from boards.rooms.models import Message
from boards.voting.actions import call_ballot, open_ballot
from boards.voting.models import Ballot
from forum.events.queries import Head, head_of
from forum.events.vocabulary import VERBS, Live
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.attachments.uploading import attached
from tests.boards.browsing import SCRIPT, commented, published, section, text
from tests.realtime.listening import say

READERS = {"author": "jun", "member": "sora", "moderator": "minji"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Whatever could come out differently on two ways: marks, markup, entities, lines, letters that need composing.
BODY = "**굵게** <b>굵지 않게</b> & \"따옴표\" '하나' &amp; 😀\n\n- 목록\n- https://example.kr/?a=1&b=2\n\n가"
SHOWN = escape("<b>굵지 않게</b> & ")
TOKENS = re.compile(r'(name="(csrfmiddlewaretoken|client_id)" value)="[^"]*"')
HIDING = {"rule": "R04", "reason": "욕설이 <있습니다> & 고쳐 주세요."}


@dataclass
class Stage:
    """An open proposal with a comment, a ballot, and a room with a message, the content of `author`'s hand."""

    world: object
    browsers: dict = field(default_factory=dict)
    language: str = "ko"

    def __post_init__(self) -> None:
        jun, board = self.world.jun, self.world.board
        self.proposal = published(jun, board)
        self.comment = commented(jun, self.proposal, "먼저 쓴 의견")
        self.message = say(self.world.room, jun, "먼저 한 말")
        attached(self.proposal, jun, "설문 <결과> & 표.png")
        self.talk, self.chat = f"/proposals/{self.proposal.pk}/", f"/rooms/{self.world.room.pk}/"

    def browser(self, role: str) -> Client:
        """The browser of a reader, in the language they chose with the button of the page."""
        if role not in self.browsers:
            browser = self.browsers[role] = Client()
            browser.force_login(self.world.people[READERS[role]])
            browser.post("/language/", {"language": self.language})
        return self.browsers[role]

    def page(self, role: str, path: str):
        answer = self.browser(role).get(path)
        assert f'<html lang="{self.language}"' in text(answer)
        return answer

    def post(self, role: str, path: str, **data: str) -> str:
        """Send a form as the page's script does; what a redirect says is of no interest here."""
        answer = self.browser(role).post(path, data, headers=SCRIPT)
        assert answer.status_code < 400, text(answer)
        return text(answer)

    def say(self, role: str, path: str, **data: str) -> str:
        return self.post(role, path, body=BODY, client_id=str(uuid.uuid4()), **data)

    def frame(self, role: str, since: Head) -> dict:
        asked = {"stream": since.name, "since": since.number, "epoch": since.epoch}
        return self.browser(role).get("/live/catch-up/", asked).json()

    def snapshot(self, role: str, name: str) -> str:
        return self.browser(role).get("/live/snapshot/", {"name": name}).json()["html"]


@pytest.fixture(params=LANGUAGES)
def stage(request, hanbit) -> Stage:
    return Stage(hanbit, language=request.param)


def post_comment(stage: Stage) -> str:
    return stage.say("author", f"{stage.talk}comments/", stance="for")


def reply(stage: Stage) -> str:
    return stage.say("member", f"/comments/{stage.comment.pk}/reply/", stance="question")


def edit_comment(stage: Stage) -> None:
    stage.post("author", f"/comments/{stage.comment.pk}/edit/", stance="addition", body=BODY)


def delete_comment(stage: Stage) -> None:
    stage.post("author", f"/comments/{stage.comment.pk}/deletion/")


def mention(stage: Stage) -> str:
    words = {"body": "@박소라 님은요?", "stance": "question", "client_id": str(uuid.uuid4())}
    return stage.post("author", f"{stage.talk}comments/", **words)


def hide_comment(stage: Stage) -> None:
    stage.post("moderator", f"/comments/{stage.comment.pk}/hiding/", **HIDING)


def post_message(stage: Stage) -> str:
    return stage.say("author", f"{stage.chat}messages/")


def edit_message(stage: Stage) -> None:
    stage.post("author", f"/messages/{stage.message.pk}/edit/", body=BODY)


def delete_message(stage: Stage) -> None:
    stage.post("author", f"/messages/{stage.message.pk}/deletion/")


def hide_message(stage: Stage) -> None:
    stage.post("moderator", f"/messages/{stage.message.pk}/hiding/", **HIDING)


def react(stage: Stage) -> None:
    stage.post("member", f"/messages/{stage.message.pk}/reactions/", kind="curious")


def withdraw_reaction(stage: Stage) -> None:
    react(stage)
    stage.post("moderator", f"/messages/{stage.message.pk}/reactions/", kind="like")
    stage.post("member", f"/messages/{stage.message.pk}/reactions/", kind="curious", withdraw="1")


def restore_comment(stage: Stage) -> None:
    hide_comment(stage)
    stage.post("moderator", f"/comments/{stage.comment.pk}/restoration/", reason="인용한 말입니다.")


def restore_message(stage: Stage) -> None:
    hide_message(stage)
    stage.post("moderator", f"/messages/{stage.message.pk}/restoration/", reason="인용한 말입니다.")


@dataclass(frozen=True)
class Act:
    """An act, whose verb pages hear as an item; `shows` is what must be in it, lest two empty things be equal."""

    verb: str
    do: Callable[[Stage], str | None]
    shows: str

    @property
    def of_room(self) -> bool:
        return VERBS[self.verb].stream == "room"


ITEMS = {
    "post_comment": Act("comment_posted", post_comment, SHOWN),
    "reply": Act("comment_posted", reply, SHOWN),
    "edit_comment": Act("comment_edited", edit_comment, SHOWN),
    "delete_comment": Act("comment_deleted", delete_comment, "comment-gone"),
    "mention": Act("people_mentioned", mention, '<span class="mention">@박소라</span>'),
    "hide_comment": Act("comment_hidden", hide_comment, escape(HIDING["reason"])),
    "restore_comment": Act("comment_restored", restore_comment, "먼저 쓴 의견"),
    "post_message": Act("message_posted", post_message, SHOWN),
    "edit_message": Act("message_edited", edit_message, SHOWN),
    "delete_message": Act("message_deleted", delete_message, "message-gone"),
    "react": Act("message_reacted", react, "박소라</details>"),
    "withdraw_reaction": Act("reaction_withdrawn", withdraw_reaction, "김민지</details>"),
    "hide_message": Act("message_hidden", hide_message, escape(HIDING["reason"])),
    "restore_message": Act("message_restored", restore_message, "먼저 한 말"),
}


def test_every_verb_that_goes_live_as_an_item_is_held_here():
    assert {act.verb for act in ITEMS.values()} == {name for name, word in VERBS.items() if word.live is Live.ITEM}


@pytest.mark.parametrize("act", ITEMS.values(), ids=ITEMS)
def test_an_item_is_the_same_in_the_frame_and_on_a_page_loaded_anew(stage, act):
    path = stage.chat if act.of_room else stage.talk
    since = head_of((stage.world.room if act.of_room else stage.proposal).stream)
    answer = act.do(stage)
    newest = (Message if act.of_room else Comment).objects.latest("pk")
    ident = f"{'message' if act.of_room else 'comment'}-{newest.pk}"

    for role in READERS:
        frame, page = stage.frame(role, since), stage.page(role, path)
        [item] = frame["items"]
        assert item["id"] == ident
        assert item["html"].strip() == section(page, ident), role
        assert f'data-order="{item["order"]}"' in item["html"].partition(">")[0]
        assert act.shows in item["html"]
        assert f'data-since="{frame["to"]}"' in text(page), "the new page goes on where the frame ends"
    if answer:
        author = next(role for role, key in READERS.items() if stage.world.people[key] == newest.author)
        assert answer.strip() == section(stage.page(author, path), ident), "the sender's own answer"


@pytest.mark.parametrize("act", ITEMS.values(), ids=ITEMS)
def test_the_place_of_an_item_by_its_order_is_its_place_on_the_page(stage, act):
    """A script puts an item before the first that sorts after it; that has to be where the page has it."""
    act.do(stage)
    post_comment(stage)
    reply(stage)
    post_message(stage)

    for path, kind in ((stage.talk, "comment"), (stage.chat, "message")):
        orders = re.findall(rf'id="{kind}-\d+"[^>]* data-order="([^"]+)"', text(stage.page("member", path)))
        assert len(orders) > 1
        assert orders == sorted(orders)


def opened_ballot(stage: Stage, keys, mode: Mode) -> Ballot:
    call_ballot(stage.proposal, by=stage.world.minji, mode=mode, reason="뜻을 묻습니다.")
    return open_ballot(stage.proposal, keys=keys)


@pytest.mark.parametrize("taken_back", [False, True], ids=["given", "taken back"])
def test_support_is_the_same_in_the_snapshot_and_on_a_page_loaded_anew(stage, taken_back):
    stage.post("member", f"{stage.talk}support/")
    stage.post("author", f"{stage.talk}support/")
    if taken_back:
        stage.post("member", f"{stage.talk}support/", withdraw="1")

    for role in READERS:
        shown = stage.snapshot(role, f"support:{stage.proposal.pk}")
        assert f'value="{1 if taken_back else 2}"' in shown
        assert shown.strip() == section(stage.page(role, stage.talk), f"support-{stage.proposal.pk}"), role


@pytest.mark.parametrize("act", [it for it in ITEMS.values() if not it.of_room], ids=lambda it: it.do.__name__)
def test_the_overview_of_a_discussion_is_the_same_in_the_snapshot_and_on_a_page_loaded_anew(stage, act):
    act.do(stage)

    for role in READERS:
        shown = stage.snapshot(role, f"discussion:{stage.proposal.pk}")
        assert shown.strip() == section(stage.page(role, stage.talk), f"overview-{stage.proposal.pk}"), role


@pytest.mark.parametrize("mode", Mode)
def test_turnout_is_the_same_in_the_snapshot_and_on_a_page_loaded_anew(stage, keys, mode):
    ballot = opened_ballot(stage, keys, mode)
    for choice in ("1", "2"):
        stage.post("member", f"{stage.talk}ballot/", choice=choice)
    stage.post("author", f"{stage.talk}ballot/", choice="1")

    for role in READERS:
        shown = stage.snapshot(role, f"turnout:{ballot.pk}")
        assert 'value="2"' in shown
        assert shown.strip() == section(stage.page(role, stage.talk), f"turnout-{ballot.pk}"), role


def test_the_badge_is_the_same_in_the_snapshot_and_on_a_page_loaded_anew(stage):
    reply(stage)
    hide_comment(stage)
    while tell():
        pass

    for role, key in READERS.items():
        person = stage.world.people[key]
        shown = stage.snapshot(role, f"badge:{person.pk}")
        for path in (stage.talk, stage.chat, "/"):
            assert shown.strip() == section(stage.page(role, path), "badge"), (role, path)
    assert Notification.objects.filter(person=stage.world.jun).unread().count() > 1


@pytest.mark.parametrize("mode", [None, *Mode], ids=["open", "named", "sealed"])
def test_a_panel_read_again_is_the_panel_of_a_page_loaded_anew(stage, keys, mode):
    """What is personal is not sent but read again, so the answer to that must equal the page as well."""
    stage.post("member", f"{stage.talk}support/")
    if mode is not None:
        opened_ballot(stage, keys, mode)
        stage.post("member", f"{stage.talk}ballot/", choice="1")

    for role in READERS:
        for path in (stage.talk, stage.chat):
            page = stage.page(role, path)
            panels = dict(re.findall(r'id="([\w-]+)" [^>]*data-panel="[^"]+" data-src="([^"]+)"', text(page)))
            assert len(panels) == text(page).count("data-panel=") > 0
            for ident, source in panels.items():
                panel = stage.browser(role).get(source, headers=SCRIPT)
                assert section(panel, ident) == text(panel).strip(), "one root"
                assert bare(panel, ident) == bare(page, ident), (role, source)


def bare(response, ident: str) -> str:
    """An element without its tokens and without the blanks between its lines, which nobody sees."""
    return re.sub(r"\s+", " ", TOKENS.sub("", section(response, ident)))
