"""A board's last twelve months: how many proposals were opened, passed and answered in each."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from boards.escalation.models import Answer
from boards.membership.models import Board
from boards.proposals.models import Proposal
from boards.voting.models import Ballot
from boards.voting.states import State as BallotState
from forum.prepared import Given, prepared

MONTHS = 12
SERIES = {"opened": _("공개한 제안"), "passed": _("가결한 제안"), "answered": _("답변받은 제안")}
WIDTH, GAP = 10, 2  # of a month and of the space between two, in the picture's own units


@dataclass(frozen=True)
class Bar:
    """One month of a series as a rectangle that stands on the picture's lower edge."""

    x: int
    y: int
    width: int
    count: int


@dataclass(frozen=True)
class Series:
    name: str
    label: str | Promise
    total: int
    bars: list[Bar]


@dataclass(frozen=True)
class Year:
    """Three series over the same months, drawn `width` wide and `peak` high; `rows` are the same as figures."""

    months: list[date]
    series: list[Series]
    peak: int

    @property
    def state(self) -> Hashable:
        """All that it shows, as a key."""
        return self.months[0], tuple(bar.count for it in self.series for bar in it.bars)

    @property
    def width(self) -> int:
        return MONTHS * WIDTH

    @property
    def rows(self) -> list[tuple[date, list[int]]]:
        return [(month, [it.bars[turn].count for it in self.series]) for turn, month in enumerate(self.months)]


def year_of(board: Board) -> Year:
    """Return the year of a board up to this month; what the counts are about, everybody reads who reads the board."""
    months = _months(timezone.localdate())
    since = timezone.make_aware(datetime.combine(months[0], time.min))
    counts = {(name, month.date()): count for name, month, count in _counts(board.pk, since)}
    peak = max(counts.values(), default=0)
    series = [
        _series(name, label, [counts.get((name, month), 0) for month in months], peak) for name, label in SERIES.items()
    ]
    return Year(months, series, peak)


@prepared
def _counts(board: Given, since: Given) -> QuerySet:
    """Rows of series, month and count; together they are one question to the database."""
    opened = Proposal.objects.filter(board=board)
    passed = Ballot.objects.filter(proposal__board=board, state=BallotState.PASSED)
    answered = Answer.objects.filter(escalation__proposal__board=board)
    return _by_month("opened", opened, "opened_at", since).union(
        _by_month("passed", passed, "decided_at", since),
        _by_month("answered", answered, "published_at", since),
        all=True,
    )


def _by_month(name: str, rows: QuerySet, moment: str, since: Given) -> QuerySet:
    named = rows.filter(**{f"{moment}__gte": since}).annotate(series=Value(name), month=TruncMonth(moment))
    return named.order_by().values_list("series", "month").annotate(count=Count("pk"))


def _months(today: date) -> list[date]:
    """The first days of the last twelve months, the oldest first."""
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]


def _series(name: str, label: str | Promise, counts: list[int], peak: int) -> Series:
    bars = [Bar(turn * WIDTH + GAP // 2, peak - count, WIDTH - GAP, count) for turn, count in enumerate(counts)]
    return Series(name, label, sum(counts), bars)
