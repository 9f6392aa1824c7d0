"""Home says what is new on my boards since I last looked, and opening a page writes nothing by itself."""

import pytest

from boards.home.models import Visit
from boards.membership.models import Board
from forum.events.models import Event
from tests.boards.browsing import commented, published, section, text, words
from tests.boards.home.ways import balloted, passed

VISIT = "/boards/hanbit/visit/"


def news(door, person) -> str:
    return " ".join(words(door.enter(person).get("/")).partition("보드 한빛")[2].split())


@pytest.fixture
def seen(hanbit, door):
    """Sora has seen all there is."""
    door.enter(hanbit.sora).post(VISIT)


def test_what_others_did_since_the_last_visit_is_counted_by_kind(hanbit, door, keys, seen):
    proposal = published(hanbit.jun, hanbit.board)
    for number in range(3):
        commented(hanbit.tae, proposal, f"의견 {number}")
    balloted(hanbit, keys)
    passed(hanbit, keys)

    shown = news(door, hanbit.sora)

    for told in ("제안 3건", "댓글 3개", "시작한 표결 2건", "개표 결과 1건"):
        assert told in shown
    assert "책임관의 답변" not in shown


def test_what_i_did_myself_is_no_news(hanbit, door, seen):
    proposal = published(hanbit.sora, hanbit.board)
    commented(hanbit.sora, proposal, "제 생각입니다.")

    assert "지난번에 본 뒤로 새 소식이 없습니다." in news(door, hanbit.sora)


def test_a_visit_makes_it_old_for_me_and_for_nobody_else(hanbit, door):
    published(hanbit.jun, hanbit.board)
    assert "제안 1건" in news(door, hanbit.sora)

    assert door.post(VISIT).url == "/"

    assert "지난번에 본 뒤로 새 소식이 없습니다." in news(door, hanbit.sora)
    assert "제안 1건" in news(door, hanbit.tae)


def test_a_script_says_that_the_board_was_seen_and_reading_alone_writes_nothing(hanbit, door):
    door.enter(hanbit.sora)
    form = section(door.get("/boards/hanbit/"), "visit")
    assert f'action="{VISIT}"' in form
    assert not Visit.objects.exists()

    assert door.post(VISIT, script=True).status_code == 204
    door.post(VISIT, script=True)

    assert Visit.objects.get().person == hanbit.sora


def test_neither_vote_nor_support_leaves_a_visit_and_a_visit_leaves_no_event(hanbit, door, keys):
    ballot = balloted(hanbit, keys)
    proposal = published(hanbit.jun, hanbit.board)
    door.enter(hanbit.sora).post(f"/proposals/{ballot.proposal_id}/ballot/", choice="1")
    door.post(f"/proposals/{proposal.pk}/support/")
    assert not Visit.objects.exists()
    events = Event.objects.count()

    door.post(VISIT)

    assert Event.objects.count() == events


def test_news_of_a_board_i_may_not_see_are_not_told(hanbit, door, seen):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)
    published(hanbit.jun, hanbit.board)

    assert "새 소식" not in text(door.enter(hanbit.staff).get("/"))
    assert door.post(VISIT).status_code == 404
