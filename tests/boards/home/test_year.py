"""The board's year: what was opened, passed and answered in each of the last twelve months."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from boards.home.year import year_of
from boards.proposals.models import Proposal
from tests.boards.browsing import published, section, words
from tests.boards.escalation.answering import answered


def totals(board) -> dict[str, int]:
    return {series.name: series.total for series in year_of(board).series}


def test_each_step_counts_in_its_own_month(hanbit, keys):
    answered(hanbit)
    published(hanbit.sora, hanbit.board)
    year = year_of(hanbit.board)

    assert totals(hanbit.board) == {"opened": 2, "passed": 1, "answered": 1}
    assert year.months[-1] == timezone.localdate().replace(day=1)
    assert year.rows[-1] == (year.months[-1], [2, 1, 1])
    assert all(counts == [0, 0, 0] for _month, counts in year.rows[:-1])


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-01-01", date(2025, 2, 1)), ("2026-12-31", date(2026, 1, 1)), ("2028-02-29", date(2027, 3, 1))],
)
def test_the_year_ends_with_this_month(hanbit, today, first):
    with time_machine.travel(datetime.fromisoformat(f"{today}T12:00:00+09:00")):
        months = year_of(hanbit.board).months
    assert (months[0], len(months), len(set(months))) == (first, 12, 12)


def test_what_is_older_than_a_year_a_draft_or_another_boards_is_not_in_it(hanbit):
    old = published(hanbit.jun, hanbit.board)
    Proposal.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=400))
    published(hanbit.rio, hanbit.garam)

    assert totals(hanbit.board) == {"opened": 0, "passed": 0, "answered": 0}


def test_the_picture_has_a_bar_a_month_and_the_same_figures_as_a_table(hanbit, door):
    published(hanbit.jun, hanbit.board)
    page = section(door.enter(hanbit.staff).get("/boards/hanbit/"), "year")

    assert page.count("<rect") == 36
    assert re.findall(r"<td>(\d+)</td>", page)[-3:] == ["1", "0", "0"]
    assert "공개한 제안 1건" in re.sub(r"<[^>]+>", "", page)


def test_before_the_first_proposal_it_says_what_will_be_there(hanbit, door):
    assert "아직 공개한 제안이 없습니다." in words(door.enter(hanbit.jun).get("/boards/hanbit/"))


def test_a_board_says_how_long_its_cohort_sits(hanbit, door):
    seat = hanbit.board.memberships.first()
    page = words(door.enter(hanbit.staff).get("/boards/hanbit/"))
    assert f"임기 {seat.term_from:%Y. %-m. %-d.} ~ {seat.term_until:%Y. %-m. %-d.}" in page
