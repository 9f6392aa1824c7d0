"""The board's log: every act worth proving, for members, moderators and the auditor."""

import re

import pytest

from boards.home import queries
from boards.membership.actions import end_membership
from boards.membership.models import Membership, Mode
from boards.moderation.actions import hide
from boards.rooms.actions import close_room
from boards.support.actions import support
from boards.voting.actions import cast_ballot
from boards.voting.models import Choice
from tests.boards.browsing import commented, draft_of, published, text, without_tokens
from tests.boards.home.ways import balloted, done
from tests.boards.rooms.talking import wrote

LOG = "/boards/hanbit/log/"


def entries(response) -> list[str]:
    """The sentences of the log, from top to bottom."""
    return re.findall(r'<li class="timeline-step">.*?<span>(.*?)</span>', text(response), re.DOTALL)


def test_the_whole_way_of_a_proposal_is_in_the_log_newest_first(hanbit, door, keys):
    done(hanbit, keys)

    log = entries(door.enter(hanbit.sora).get(LOG))

    assert log[:10] == [
        "정하나 님이 이행과제를 완료했다고 알렸습니다. 결과를 확인해 주세요.",
        "정하나 님이 답변을 공개했습니다.",
        "정하나 님이 심사를 시작했습니다.",
        "정하나 님이 상정된 제안을 접수했습니다.",
        "제안이 책임관에게 상정되었습니다.",
        "표결에서 가결되었습니다.",
        "투표가 끝나 개표를 기다립니다.",
        "표결이 시작되었습니다.",
        "김민지 님이 제안을 표결에 부쳤습니다.",
        "이준 님이 제안을 공개했습니다.",
    ]


def test_each_entry_leads_to_what_it_is_about(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)
    end_membership(Membership.objects.get(person=hanbit.tae), by=hanbit.minji)
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")

    page = text(door.enter(hanbit.sora).get(LOG))

    assert f'<a href="/proposals/{proposal.pk}/">{proposal.number} {proposal.title}</a>' in page
    assert f'<a href="/boards/hanbit/">{hanbit.board.name} · {hanbit.tae.name}</a>' in page
    assert f'<a href="/rooms/{hanbit.room.pk}/">{hanbit.room.name}</a>' in page


def test_every_act_of_a_moderator_is_in_the_log(hanbit, door):
    comment = commented(hanbit.jun, published(hanbit.jun, hanbit.board), "지나친 말")
    hide(comment, by=hanbit.minji, rule="R04", reason="동료를 깎아내립니다.")
    hide(wrote(hanbit.jun, hanbit.room, "지나친 말"), by=hanbit.minji, rule="R04", reason="동료를 깎아내립니다.")
    end_membership(Membership.objects.get(person=hanbit.tae), by=hanbit.minji)

    page = door.enter(hanbit.jun).get(LOG)

    assert entries(page)[:3] == [
        "김민지 님이 위원의 임기를 끝냈습니다.",
        "운영자가 운영원칙에 따라 메시지를 가렸습니다.",
        "운영자가 운영원칙에 따라 댓글을 가렸습니다.",
    ]
    assert "지나친 말" not in text(page)


def test_talk_support_drafts_and_votes_leave_no_entry(hanbit, door, keys):
    proposal = published(hanbit.jun, hanbit.board)
    ballot = balloted(hanbit, keys, mode=Mode.SEALED)
    door.enter(hanbit.sora)
    before = entries(door.get(LOG))

    commented(hanbit.tae, proposal, "한마디")
    wrote(hanbit.tae, hanbit.room, "한마디")
    support(proposal, by=hanbit.tae)
    cast_ballot(ballot, voter=hanbit.tae, choice=Choice.NO)
    draft_of(hanbit.tae, hanbit.board)

    assert entries(door.get(LOG)) == before


def test_another_boards_acts_are_not_in_it(hanbit, door):
    published(hanbit.rio, hanbit.garam, title="이웃 보드의 글")

    assert "이웃 보드의 글" not in text(door.enter(hanbit.sora).get(LOG))
    assert "이웃 보드의 글" in text(door.enter(hanbit.nuri).get("/boards/garam/log/"))


@pytest.mark.parametrize("key", ["jun", "minji", "audit"])
def test_members_moderators_and_the_auditor_read_it(hanbit, door, key):
    assert door.enter(hanbit.people[key]).get(LOG).status_code == 200


@pytest.mark.parametrize("key", ["staff", "admin"])
def test_staff_are_told_who_reads_the_log(hanbit, door, key):
    published(hanbit.jun, hanbit.board)

    answer = door.enter(hanbit.people[key]).get(LOG)

    assert answer.status_code == 403
    assert "활동 기록은 이 보드의 위원과 운영자, 감사만 볼 수 있습니다." in text(answer)
    assert "공개했습니다" not in text(answer)


@pytest.mark.parametrize("key", ["rio", "nuri", "hana", "guest"])
def test_for_everybody_else_it_is_not_there(hanbit, door, key):
    door.enter(hanbit.people[key])

    there, absent = door.get(LOG), door.get("/boards/nothing/log/")

    assert (there.status_code, without_tokens(there).replace("hanbit", "nothing")) == (404, without_tokens(absent))


def test_the_log_is_read_back_to_the_founding_page_by_page(hanbit, door, monkeypatch):
    whole = entries(door.enter(hanbit.sora).get(LOG))
    monkeypatch.setattr(queries, "PAGE", 4)

    seen, path = [], LOG
    while path:
        page = door.get(path)
        assert len(entries(page)) <= 4
        seen += entries(page)
        older = re.search(r'href="(\?before=\d+)"', text(page))
        path = older and LOG + older[1]

    assert seen == whole
    assert seen[-1] == "주니어보드가 만들어졌습니다."
