"""What was hidden or deleted is nowhere said again: no page, fragment, frame or letter repeats a word of it."""

import re
import uuid

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from boards.attachments.models import Attachment
from boards.discussion.actions import delete_comment, edit_comment, post_comment
from boards.escalation.models import Escalation
from boards.membership.models import Board
from boards.moderation.actions import hide
from boards.moderation.policy import ContentPolicy
from boards.proposals.models import Proposal, Revision
from boards.rooms.actions import delete_message, post_message
from boards.rooms.models import Room
from forum.notifications.models import Letter
from forum.notifications.telling import send_letters_as_of_now, tell
from tests.laws.stage import TEXTS, Stage
from tests.laws.test_permissions import DONE, clients, knock, rows, stage

__all__ = ["clients", "stage"]  # fixtures

WORD = "사라질낱말"  # in everything that is hidden or deleted below
HIDING = {"rule": "R04", "reason": "동료를 낮추어 부릅니다."}
# Who judges a text reads it, and a report quotes it to its reporter and its judges.
JUDGED = re.compile(r"reports?|\w+_(hiding|restoration|report)|report_\w+")


def mark_every_published_text() -> None:
    """Let titles, texts, notes and file names of what is published hold the word."""
    marked = {name: Concat(F(name), Value(f" {WORD}")) for name in ("title", "problem", "remedy", "effect")}
    Proposal.objects.published().update(**marked)
    Revision.objects.update(note=WORD, **marked)
    Attachment.objects.filter(proposal__in=Proposal.objects.published()).update(name=f"{WORD}.png")


def name_rooms_as_offered(stage: Stage, moderator) -> None:
    """Open a room for each proposal that has none, under the name the form proposes."""
    for proposal in Proposal.objects.published().filter(rooms=None):
        path = f"/proposals/{proposal.pk}/room/"
        [name] = re.findall(r'name="name" value="([^"]*)"', moderator.get(path).content.decode())
        assert moderator.post(path, {"name": name}).status_code == 302


def say(stage: Stage) -> list:
    """A comment and a message that are hidden, and one of each that is deleted, edited, answered and quoted first."""
    jun, tae = stage.world.jun, stage.world.tae
    told = []
    for number in range(2):
        body = f"{WORD} {number} @박소라"
        ids = {"client_id": uuid.uuid4()}
        comment = post_comment(stage.things["open"], author=jun, stance="for", body=body, **ids)
        edit_comment(comment, by=jun, stance="against", body=f"{WORD} 고침")
        ids = {"client_id": uuid.uuid4()}
        post_comment(stage.things["open"], author=tae, stance="for", body="답글", parent=comment, **ids)
        message = post_message(stage.world.room, author=jun, body=body, client_id=uuid.uuid4())
        post_message(stage.world.room, author=tae, body="인용 답글", quoted=message, client_id=uuid.uuid4())
        told += [comment, message]
    return told


def hide_everything(stage: Stage, told: list) -> None:
    minji = stage.world.minji
    hidden_comment, hidden_message, deleted_comment, deleted_message = told
    for thing in [hidden_comment, hidden_message, *Proposal.objects.published()]:
        if ContentPolicy(minji, type(thing).objects.get(pk=thing.pk)).hide:
            hide(thing, by=minji, **HIDING)
    delete_comment(deleted_comment, by=stage.world.jun)
    delete_message(deleted_message, by=stage.world.jun)


@pytest.mark.embedded  # what a page says is the same whatever the database
def test_no_page_of_anybody_says_a_word_of_what_was_hidden_or_deleted(stage, clients, mailoutbox):
    mark_every_published_text()
    name_rooms_as_offered(stage, clients["minji"])
    told = say(stage)
    while tell():
        pass
    for role in ("jun", "hana"):  # what is rendered once is kept
        clients[role].get(stage.things["open"].get_absolute_url())
        clients[role].get("/boards/hanbit/")
    hide_everything(stage, told)
    while tell():
        pass

    assert not Proposal.objects.published().filter(measure=None).exists()
    assert Escalation.objects.exists()
    assert Room.objects.filter(proposal__isnull=False).count() == Proposal.objects.published().count()
    wrong = set()
    for row in rows():
        if row.method == "POST" or JUDGED.fullmatch(row.door):
            continue
        Board.objects.update(closed=row.thing == "closed")
        for role in (role for role, cell in row.cells.items() if cell == DONE):  # others are refused by the matrix
            answer = knock(clients[role], row, stage)
            if not answer.streaming and WORD in answer.content.decode(errors="replace"):
                wrong.add(f"{row} says it to {role}")
    assert wrong == set()


def test_a_letter_that_waits_says_no_more_than_a_page_would_when_it_is_sent(hanbit, keys, mailoutbox):
    proposal = Stage(hanbit, keys).things["escalated"]
    while tell():
        pass
    assert Letter.objects.filter(sent_at=None, subject__contains=f"{proposal.number} {TEXTS['title']}").exists()
    hide(proposal, by=hanbit.minji, **HIDING)

    while send_letters_as_of_now():
        pass

    about_it = [mail.subject + mail.body for mail in mailoutbox if proposal.number in mail.subject]
    assert about_it
    assert [mail for mail in about_it if TEXTS["title"] in mail] == []
