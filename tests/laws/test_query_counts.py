"""No list costs more queries because it is longer: every page is asked with 3 items and again with 30."""

import re
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boards.discussion.actions import post_comment
from boards.discussion.models import Stance
from boards.escalation.actions import (
    Promise,
    confirm_commitment,
    prepare_answer,
    publish_answer,
    receive,
    report_progress,
    write_note,
)
from boards.escalation.models import Commitment, Decision, Escalation
from boards.escalation.states import CommitmentState
from boards.membership.actions import add_member, end_membership
from boards.membership.invitations.actions import invite, revoke_invitation
from boards.membership.models import Membership, Mode, Team
from boards.moderation.actions import hide
from boards.moderation.reports.actions import report
from boards.proposals import sharing
from boards.proposals.actions import open_proposal, revise, start_draft
from boards.proposals.models import Proposal
from boards.rooms.actions import edit_message, open_room, post_message, react
from boards.rooms.models import Kind
from boards.support.actions import support
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from forum.accounts.models import User
from forum.notifications.telling import tell
from forum.sealing.keystore import KeyStore
from tests.boards.attachments.uploading import attached

FEW, MANY = 3, 30
ANY_VALUE = re.compile(r"'[^']*'|\b\d+\b|\((\s*(\?|\d+|'[^']*'),?)+\)")


class Shelf:
    """Makes one more item of a kind, the number-th, unlike its neighbours where a careless page would ask again."""

    def __init__(self, world, keys: KeyStore) -> None:
        self.world = world
        self.keys = keys

    def __getattr__(self, name: str):
        return getattr(self.world, name)

    def member(self, number: int) -> User:
        return self.members[number % len(self.members)]

    def draft(self, number: int, author: User | None = None) -> Proposal:
        texts = {"problem": "문제입니다.", "remedy": "방안입니다.", "effect": "효과입니다."}
        return start_draft(self.board, by=author or self.member(number), title=f"제안 {number}", **texts)

    def drafts(self, number: int) -> None:
        self.draft(number, author=self.jun)

    def proposal(self, number: int, author: User | None = None) -> Proposal:
        draft = self.draft(number, author)
        return open_proposal(draft, by=draft.author)

    def discussed(self, number: int) -> None:
        proposal = self.proposal(number)
        self.comment(proposal, self.member(number + 1))
        support(proposal, by=self.member(number + 2))
        if number % 3 == 0:
            hide(proposal, by=self.minji, rule="R10", reason="주제와 무관합니다.")

    def revision(self, number: int) -> None:
        proposal = Proposal.objects.first() or self.proposal(0)
        revise(proposal, by=proposal.author, title=f"고친 제목 {number}", note="다듬었습니다.")

    def shared(self, number: int) -> None:
        """A proposal of somebody's with one co-proposer, and an invitation that waits for jun."""
        proposal = self.proposal(number, author=self.members[3])
        sharing.accept(sharing.invite(proposal, by=proposal.author, person=self.sora, share=20), by=self.sora)
        sharing.invite(proposal, by=proposal.author, person=self.jun, share=30)

    def comment(self, proposal: Proposal, author: User, parent=None):
        words = {"stance": Stance.FOR, "body": "한마디 보탭니다.", "client_id": uuid.uuid4()}
        return post_comment(proposal, author=author, parent=parent, **words)

    def comments(self, number: int) -> None:
        proposal = Proposal.objects.first() or self.proposal(0)
        comment = self.comment(proposal, self.member(number))
        reply = self.comment(proposal, self.member(number + 1), parent=comment)
        if number % 3 == 0:
            hide(reply, by=self.minji, rule="R04", reason="동료를 깎아내리는 말입니다.")

    def files(self, number: int) -> None:
        proposal = Proposal.objects.first() or self.proposal(0)
        attached(proposal, proposal.author, f"자료 {number}.txt", f"자료 {number}".encode())

    def message(self, number: int):
        author, words = self.member(number), f"메시지 {number}"
        said = self.room.messages.last() if number % 2 else None
        message = post_message(self.room, author=author, body=words, client_id=uuid.uuid4(), quoted=said)
        react(message, by=self.member(number + 1), kind=Kind.LIKE)
        if number % 3 == 1:
            edit_message(message, by=author, body="고친 메시지")
        if number % 3 == 2:
            hide(message, by=self.minji, rule="R11", reason="같은 글이 되풀이됩니다.")
        return message

    def one_room(self, number: int) -> None:
        room = open_room(self.board, by=self.minji, name=f"방 {number}", proposal=self.proposal(number))
        post_message(room, author=self.sora, body="첫 이야기", client_id=uuid.uuid4())

    def seat(self, number: int) -> Membership:
        email, name = f"new{number}@hanbit.example", f"새내기 {number}"
        person = User.objects.create_user(email, name=name, institution=self.board.institution)
        today = timezone.localdate()
        return add_member(
            self.board, by=self.minji, person=person, role=Membership.Role.MEMBER, term_from=today,
            term_until=today + timedelta(days=90), team=Team.objects.create(board=self.board, name=f"분임조 {number}"),
        )  # fmt: skip

    def reported(self, number: int) -> None:
        comment = self.comment(Proposal.objects.first() or self.proposal(0), self.member(number))
        report(comment, by=self.member(number + 1), rule="R10", passage=f"{number}번째 " * 20)

    def invited(self, number: int) -> None:
        today, team = timezone.localdate(), Team.objects.create(board=self.board, name=f"분임조 {number}")
        invitation, _token = invite(
            self.board, by=self.minji, email=f"new{number}@hanbit.example", role="member", team=team, term_from=today,
            term_until=today,
        )  # fmt: skip
        if number % 3 == 1:
            revoke_invitation(invitation, by=self.minji)

    def ballot(self, number: int, author: User | None = None) -> Ballot:
        proposal = self.proposal(number, author)
        call_ballot(proposal, by=self.minji, mode=Mode.NAMED, reason="뜻을 묻습니다.")
        return open_ballot(proposal, keys=self.keys)

    def stuck(self, number: int) -> None:
        """A proposal that was called and cannot get its secret ballot, for the board is too small by now."""
        call_ballot(self.proposal(number, author=self.jun), by=self.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
        Membership.objects.filter(person__in=self.members[8:]).update(ended_at=timezone.now())

    def passed(self, number: int, author: User | None = None):
        ballot = self.ballot(number, author)
        for voter in self.members[:9]:
            cast_ballot(ballot, voter=voter, choice=Choice.YES)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
        count_ballot(close_ballot(ballot), keys=self.keys)
        return ballot.proposal.escalations.get()

    def answered(self, number: int, author: User | None = None) -> Commitment:
        escalation = self.passed(number, author)
        receive(escalation, by=self.hana)
        today = timezone.localdate()
        draft = prepare_answer(
            escalation, by=self.hana, decision=Decision.ADOPTED, reason="좋은 제안입니다.", implement_on=today,
            promises=[Promise("시범 운영", "총무과", today)],
        )  # fmt: skip
        publish_answer(escalation, by=self.hana, seen=draft.prepared_at)
        commitment = escalation.answer.commitments.get()
        report_progress(commitment, by=self.hana, state=CommitmentState.DONE, reason="마쳤습니다.")
        return commitment

    def to_confirm(self, number: int) -> None:
        self.answered(number, author=self.jun)

    def weighed(self, number: int) -> None:
        """An opinion with a reply, and a note of the desk, on one escalated proposal."""
        escalation = Escalation.objects.first() or self.passed(0)
        comment = self.comment(escalation.proposal, self.member(number))
        self.comment(escalation.proposal, self.member(number + 1), parent=comment)
        write_note(escalation, by=self.hana, body=f"메모 {number}", department="총무과")

    def promised(self, number: int) -> None:
        """A further commitment of one published answer, reported on."""
        escalation = Escalation.objects.first() or self.answered(0, author=self.jun).answer.escalation
        extra = Commitment(answer=escalation.answer, what=f"과제 {number}", who="총무과", due_on=timezone.localdate())
        extra.save()
        report_progress(extra, by=self.hana, state=CommitmentState.DONE, reason="마쳤습니다.")
        if number % 2:
            confirm_commitment(extra, by=escalation.proposal.author)

    def on_the_desk(self, number: int) -> None:
        if number % 3 == 0:
            confirm_commitment(commitment := self.answered(number), by=commitment.answer.escalation.proposal.author)
        else:
            self.passed(number)

    def everything(self, number: int) -> None:
        """Every kind of thing jun hears of and the board's log tells."""
        end_membership(self.seat(number), by=self.minji)
        self.one_room(number)
        proposal = self.proposal(number, author=self.jun)
        self.comment(proposal, self.sora)
        hide(self.comment(proposal, self.jun), by=self.minji, rule="R10", reason="주제와 무관합니다.")
        mine = post_message(self.room, author=self.jun, body="내 메시지", client_id=uuid.uuid4())
        hide(mine, by=self.minji, rule="R10", reason="주제와 무관합니다.")
        self.answered(number, author=self.jun)
        while tell():
            pass


@dataclass(frozen=True)
class List:
    """A page with a list: who reads it where, and how it gets one item more."""

    reader: str
    path: str
    more: Callable[[Shelf, int], object]


LISTS = {
    "board": List("jun", "/boards/hanbit/", Shelf.discussed),
    "board, as its moderator": List("minji", "/boards/hanbit/", Shelf.discussed),
    "board, as staff": List("staff", "/boards/hanbit/", Shelf.discussed),
    "board, with co-proposers": List("jun", "/boards/hanbit/", Shelf.shared),
    "board, sorted and searched": List("jun", "/boards/hanbit/?q=제안&sort=active", Shelf.discussed),
    "revisions": List("staff", "/proposals/{proposal.pk}/revisions/", Shelf.revision),
    "members": List("minji", "/boards/hanbit/members/", Shelf.seat),
    "invitations": List("minji", "/boards/hanbit/invitations/", Shelf.invited),
    "reports": List("minji", "/reports/", Shelf.reported),
    "home, with reports to decide": List("minji", "/", Shelf.reported),
    "rooms": List("jun", "/boards/hanbit/rooms/", Shelf.one_room),
    "room": List("jun", "/rooms/{world.room.pk}/", Shelf.message),
    "thread": List("jun", "/proposals/{proposal.pk}/", Shelf.comments),
    "thread, as its moderator": List("minji", "/proposals/{proposal.pk}/", Shelf.comments),
    "files": List("sora", "/proposals/{proposal.pk}/", Shelf.files),
    "files, as their author": List("jun", "/proposals/{proposal.pk}/", Shelf.files),
    "desk": List("hana", "/desk/", Shelf.on_the_desk),
    "desk, what was answered": List("hana", "/desk/?show=answered", Shelf.answered),
    "desk, what was promised": List("hana", "/desk/?show=commitments", Shelf.promised),
    "page to decide on": List("hana", "/escalations/{escalation.pk}/", Shelf.weighed),
    "answer": List("jun", "/proposals/{proposal.pk}/answer/", Shelf.promised),
    "paper": List("jun", "/proposals/{proposal.pk}/paper/", Shelf.promised),
    "inbox": List("jun", "/notifications/", Shelf.everything),
    "log": List("jun", "/boards/hanbit/log/", Shelf.everything),
    "home, with drafts": List("jun", "/", Shelf.drafts),
    "home, with invitations": List("jun", "/", Shelf.shared),
    "home, with ballots to vote in": List("jun", "/", Shelf.ballot),
    "home, with results to confirm": List("jun", "/", Shelf.to_confirm),
    "home, with proposals to answer": List("hana", "/", Shelf.passed),
    "home, with proposals that are stuck": List("minji", "/", Shelf.stuck),
}


MOST = {"board": 14, "room": 11, "desk": 10, "home, with drafts": 18, "thread": 22}  # of the pages people use most


@pytest.fixture(autouse=True)
def one_long_page(monkeypatch):
    """Three times what an item adds would fill a page already, and a full page would hide the growth."""
    for module in (
        "boards.escalation.queries",
        "boards.home.queries",
        "boards.home.listing",
        "boards.membership.invitations.queries",
        "boards.rooms.queries",
        "forum.notifications.queries",
    ):
        monkeypatch.setattr(f"{module}.PAGE", 1000)
    monkeypatch.setattr("boards.attachments.actions.MOST_FILES", 1000)


@pytest.mark.parametrize("name", LISTS)
def test_a_page_costs_the_same_queries_with_3_items_and_with_30(hanbit, client, tmp_path, name):
    page, shelf = LISTS[name], Shelf(hanbit, KeyStore(tmp_path / "keys"))
    client.force_login(hanbit.people[page.reader])
    _fill(shelf, page, range(FEW))
    first = {
        "proposal": Proposal.objects.order_by("pk").first(),
        "escalation": Escalation.objects.order_by("pk").first(),
    }
    path = page.path.format(world=hanbit, **first)
    _read(client, path)  # what is asked once in a process, such as content types

    few = _read(client, path)
    _fill(shelf, page, range(FEW, MANY))
    _read(client, path)  # what is rendered once in a process
    many = _read(client, path)

    assert len(many.content) > len(few.content), "the longer list must be on the page"
    assert many.asked == few.asked, f"asked again for every item: {(many.asked - few.asked).most_common(5)}"
    assert many.asked.total() <= MOST.get(name, many.asked.total()), "\n".join(many.asked)


def _fill(shelf: Shelf, page: List, numbers: range) -> None:
    for number in numbers:
        page.more(shelf, number)


def _read(client, path: str):
    """The answer, with how often it asked which query, whatever the values."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    answer.asked = Counter(ANY_VALUE.sub("?", query["sql"]) for query in captured.captured_queries)
    return answer
