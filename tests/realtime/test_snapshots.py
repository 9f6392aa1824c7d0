"""What is shown whole: turnout, support, presence and the badge."""

import re
from uuid import uuid4

import pytest

from boards.discussion.actions import delete_comment, edit_comment, post_comment
from boards.discussion.models import Stance
from boards.membership.models import Mode
from boards.moderation.actions import hide
from boards.proposals.actions import open_proposal, start_draft
from boards.support.actions import support
from boards.voting.actions import call_ballot, cast_ballot, open_ballot
from boards.voting.models import Choice
from forum.notifications.actions import read_all_notices
from forum.notifications.telling import tell
from tests.realtime.listening import cookie_of, opened

TEXTS = {
    "title": "회의는 똑똑하게",
    "problem": "회의가 깁니다.",
    "remedy": "30분만 합니다.",
    "effect": "시간이 남습니다.",
}


@pytest.fixture
def proposal(hanbit):
    return open_proposal(start_draft(hanbit.board, by=hanbit.jun, **TEXTS), by=hanbit.jun)


def newest(page, name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.snapshots[name][-1]))


def test_who_watches_is_shown_the_thing_as_it_is_and_every_change(server, hanbit, proposal):
    name = f"support:{proposal.pk}"
    with opened(server, hanbit.sora) as page:
        page.watch(name)
        page.until(lambda it: name in it.snapshots)
        assert "공감 0명" in newest(page, name)
        support(proposal, by=hanbit.tae)
        page.until(lambda it: "공감 1명" in newest(it, name), within=2)


def test_the_overview_of_a_discussion_follows_every_comment_and_what_becomes_of_it(server, hanbit, proposal):
    name = f"discussion:{proposal.pk}"
    with opened(server, hanbit.sora) as page:
        page.watch(name)
        page.until(lambda it: name in it.snapshots)
        assert "토론 0" in newest(page, name)
        words = {"stance": Stance.FOR, "body": "시간을 아낍니다."}
        comments = [post_comment(proposal, author=hanbit.tae, client_id=uuid4(), **words) for _ in range(3)]
        page.until(lambda it: "찬성 3" in newest(it, name), within=3)
        edit_comment(comments[0], by=hanbit.tae, stance=Stance.AGAINST, body="다시 보니 아닙니다.")
        page.until(lambda it: "찬성 2 반대 1" in newest(it, name), within=3)
        hide(comments[1], by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
        delete_comment(comments[2], by=hanbit.tae)
        page.until(lambda it: "찬성 0 반대 1" in newest(it, name), within=3)


def test_what_has_not_changed_is_not_sent_again(server, hanbit, proposal):
    name = f"support:{proposal.pk}"
    with opened(server, hanbit.sora) as first:
        first.watch(name)
        first.next("snapshot")
        with opened(server, hanbit.tae) as second:
            second.watch(name)
            second.next("snapshot")
            first.hears_nothing(0.8)
    assert len(first.snapshots[name]) == 1


def test_turnout_counts_and_tells_no_choice(server, hanbit, proposal, keys):
    call_ballot(proposal, by=hanbit.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
    ballot = open_ballot(proposal, keys=keys)
    name = f"turnout:{ballot.pk}"
    with opened(server, hanbit.sora) as page:
        page.watch(name)
        page.next("snapshot")
        before = newest(page, name)
        cast_ballot(ballot, voter=hanbit.tae, choice=Choice.NO)
        page.until(lambda it: newest(it, name) != before, within=2)
    assert "1" in newest(page, name)
    assert not any(word in newest(page, name) for word in ("반대", hanbit.tae.name))


def test_nobody_but_its_owner_sees_a_badge(server, hanbit, proposal):
    while tell():
        pass
    read_all_notices(by=hanbit.minji)
    name = f"badge:{hanbit.minji.pk}"
    with opened(server, hanbit.minji) as page, opened(server, hanbit.sora) as stranger:
        page.watch(name)
        page.next("snapshot")
        stranger.watch(name)
        assert stranger.next("refused") == {"type": "refused", "stream": name}
        support_until_met(proposal, hanbit)
        while tell():
            pass
        page.until(lambda it: re.search(r"[1-9]", newest(it, name)), within=3)


def support_until_met(proposal, hanbit) -> None:
    for person in hanbit.members[: proposal.support_needed]:
        support(proposal, by=person)


def test_presence_counts_people_not_pages_and_goes_down_again(server, hanbit):
    name = f"presence:{hanbit.room.pk}"
    cookie = cookie_of(hanbit.jun)
    with opened(server, hanbit.sora) as page:
        page.listen_live(hanbit.room.stream)
        page.watch(name)
        page.until(lambda it: name in it.snapshots and "1명" in newest(it, name))
        with opened(server, cookie=cookie) as first, opened(server, cookie=cookie) as second:
            first.listen_live(hanbit.room.stream)
            second.listen_live(hanbit.room.stream)
            second.listen_live(hanbit.room.stream)
            page.until(lambda it: "2명" in newest(it, name), within=3)
            assert hanbit.jun.name not in page.snapshots[name][-1]
        page.until(lambda it: "1명" in newest(it, name), within=3)
