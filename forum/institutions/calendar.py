"""The working calendar: weekends and Korean public holidays, substitute holidays included.

Holidays are those the installed release of `holidays` knows: one the government declares later needs a newer release.
"""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@cache
def _holidays(year: int) -> frozenset[date]:
    from holidays.countries import SouthKorea  # slow to import, and needed once a due date is computed

    return frozenset(SouthKorea(years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def last_day(start: date, days: int) -> date:
    """Return the last day of a period of calendar days that begins the day after `start`.

    A last day that is no working day moves to the next one (행정기본법 제6조, 민법 제161조).
    """
    day = start + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
