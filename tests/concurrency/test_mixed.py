"""Everybody does everything: mixed verbs on five proposals and one room for twenty seconds.

Turns red when `recording._write` takes the streams in the order of the calls instead of sorted: PostgreSQL breaks a
deadlock within seconds.
"""

import random
import time
from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import Count
from django.utils import timezone

from boards.discussion.actions import delete_comment, edit_comment, post_comment
from boards.discussion.models import Comment, CommentVersion, Stance
from boards.membership.models import Membership
from boards.moderation.actions import hide
from boards.proposals.actions import improve, open_proposal, start_draft, withdraw
from boards.proposals.models import Proposal
from boards.rooms.actions import delete_message, edit_message, post_message
from boards.rooms.models import Message
from boards.support.actions import support, withdraw_support
from boards.support.models import Support
from boards.voting.actions import call_ballot, cast_ballot, void_ballot
from boards.voting.models import Ballot, Choice, NamedVote
from boards.voting.states import State
from boards.voting.tasks import close_due_ballots, count_closed_ballots, open_due_ballots
from forum.events.models import Event, Stream
from forum.events.recording import verb
from forum.notifications.telling import tell
from forum.web.errors import Refusal
from tests.concurrency.conftest import TEXTS
from tests.concurrency.crowd import at_once, colleagues, kinds, seated

PROPOSALS = 5
THREADS = 8
SECONDS = 20.0
FEWEST = 200  # acts that must have been done, or too little was mixed
BALLOT_FOR = timedelta(seconds=2)

pytestmark = pytest.mark.django_db(transaction=True)


class Bustle:
    """What anybody may try at any time; what the rules refuse then is counted, everything else that fails is raised."""

    def __init__(self, world, proposals: list[Proposal], moderators: list, seed: int) -> None:
        self.random = random.Random(seed)
        self.room, self.people, self.proposals, self.moderators = world.room, world.members, proposals, moderators
        self.author = world.jun
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def go_on(self, until: float) -> None:
        often = [
            self.comment, self.reply, self.comment_on_four, self.give_support, self.take_support_back,
            self.vote, self.vote, self.vote, self.say, self.change_words,
            self.change_comment,
        ]  # fmt: skip
        seldom = [
            self.call, self.improve, self.withdraw_the_last, self.hide_comment, self.delete, self.delete_comment,
            self.void, self.clock, self.worker,
        ]  # fmt: skip
        while time.monotonic() < until:
            act = self.random.choice(often * 3 + seldom)
            try:
                act()
            except Refusal:
                self.refused[act.__name__] += 1
            else:
                self.done[act.__name__] += 1

    def anybody(self):
        return self.random.choice(self.people)

    def any_proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.random.choice(self.proposals).pk)

    def any_of(self, rows):
        return self.random.choice(list(rows.order_by("-pk")[:20]) or [None])

    def comment(self, proposal: Proposal | None = None, parent: Comment | None = None) -> None:
        post_comment(
            proposal or self.any_proposal(), author=self.anybody(), stance=self.random.choice(list(Stance)),
            body="의견입니다.", client_id=uuid4(), parent=parent,
        )  # fmt: skip

    def reply(self) -> None:
        if parent := self.any_of(Comment.objects.select_related("proposal")):
            self.comment(parent.proposal, parent)

    def comment_on_four(self) -> None:
        """Four streams in one act, in any order: only their sorting keeps two of these from locking each other out."""
        with verb():
            for proposal in self.random.sample(self.proposals, PROPOSALS - 1):
                self.comment(proposal)

    def give_support(self) -> None:
        support(self.any_proposal(), by=self.anybody())

    def take_support_back(self) -> None:
        withdraw_support(self.any_proposal(), by=self.anybody())

    def call(self) -> None:
        call_ballot(
            self.any_proposal(),
            by=self.random.choice(self.moderators),
            mode=self.random.choice([0, 1]),
            reason="때가 됐습니다.",
        )

    def vote(self) -> None:
        if ballot := self.any_of(Ballot.objects.filter(state=State.OPEN)):
            cast_ballot(ballot, voter=self.anybody(), choice=self.random.choice(list(Choice)))

    def void(self) -> None:
        if ballot := self.any_of(Ballot.objects.filter(state=State.OPEN)):
            void_ballot(ballot, by=self.random.choice(self.moderators), reason="명부가 틀렸습니다.")

    def improve(self) -> None:
        improve(self.any_proposal(), by=self.author, **TEXTS)

    def withdraw_the_last(self) -> None:
        withdraw(self.proposals[-1], by=self.author, reason="다른 제안과 합칩니다.")

    def hide_comment(self) -> None:
        if comment := self.any_of(Comment.objects.all()):
            hide(comment, by=self.random.choice(self.moderators), rule="R04", reason="욕설")

    def change_comment(self) -> None:
        if comment := self.any_of(Comment.objects.all()):
            edit_comment(comment, by=comment.author, stance=Stance.FOR, body=f"@박소라 님, {self.random.random()}")

    def delete_comment(self) -> None:
        if comment := self.any_of(Comment.objects.all()):
            delete_comment(comment, by=comment.author)

    def say(self) -> None:
        post_message(self.room, author=self.anybody(), body="안녕하세요.", client_id=uuid4())

    def change_words(self) -> None:
        if message := self.any_of(Message.objects.all()):
            edit_message(message, by=message.author, body="고친 말입니다.")

    def delete(self) -> None:
        if message := self.any_of(Message.objects.all()):
            delete_message(message, by=message.author)

    def clock(self) -> None:
        open_due_ballots()
        for ballot in Ballot.objects.filter(state=State.OPEN, closes_at__gt=timezone.now() + BALLOT_FOR):
            Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.opened_at + BALLOT_FOR)
        close_due_ballots()
        count_closed_ballots()

    def worker(self) -> None:
        tell()


def test_mixed_verbs_never_deadlock_and_leave_streams_without_holes(hanbit, keys, threads, capsys):
    moderators = [hanbit.minji, *seated(hanbit, colleagues(hanbit, 1), Membership.Role.MODERATOR)]
    proposals = [
        open_proposal(start_draft(hanbit.board, by=hanbit.jun, **TEXTS), by=hanbit.jun) for _ in range(PROPOSALS)
    ]
    bustles = [Bustle(hanbit, proposals, moderators, seed) for seed in range(THREADS)]
    until = time.monotonic() + SECONDS

    outcomes = at_once([partial(it.go_on, until) for it in bustles], threads=THREADS)

    done = sum((it.done for it in bustles), Counter())
    assert not kinds(outcomes)
    assert done.total() >= FEWEST
    _streams_have_no_holes()
    _counts_agree(proposals)
    with capsys.disabled():
        refused = sum(it.refused.total() for it in bustles)
        print(f"\n{done.total()} acts of {len(done)} kinds, {refused} refused, {Ballot.objects.count()} ballots")


def _streams_have_no_holes() -> None:
    for stream in Stream.objects.all():
        numbers = list(stream.events.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, stream.head + 1)), stream.name


def _counts_agree(proposals: list[Proposal]) -> None:
    for proposal in Proposal.objects.filter(pk__in=[it.pk for it in proposals]):
        assert proposal.support_count == Support.objects.filter(proposal=proposal).count()
    posted = Event.objects.filter(verb="comment_posted").values("about_id").annotate(times=Count("pk"))
    assert sorted(posted.values_list("about_id", "times")) == [
        (pk, 1) for pk in Comment.objects.order_by("pk").values_list("pk", flat=True)
    ]
    for comment in Comment.objects.all():
        earlier = CommentVersion.objects.filter(comment=comment).order_by("number").values_list("number", flat=True)
        assert list(earlier) == ([] if comment.deleted_at else list(range(1, comment.version)))
    for ballot in Ballot.objects.filter(state__in=(State.PASSED, State.FAILED), mode=0):
        assert ballot.tally.cast == NamedVote.objects.filter(entry__ballot=ballot).count()
        assert Event.objects.filter(verb__in=("ballot_passed", "ballot_failed"), about_id=ballot.pk).count() == 1
    assert not Ballot.objects.exclude(alarm="").exists()
