"""The hours in which people of the demo act: by day, and Monday to Friday."""

from datetime import datetime, time, timedelta

from django.utils import timezone

FIRST, LAST = time(8), time(21)
FRIDAY = 4


def by_day(moment: datetime, now: datetime) -> datetime:
    """Return a moment between eight in the morning and nine in the evening of a working day, never later than `now`.

    What came before comes before still: each working day takes what happened up to the midnight that begins the next
    one, the last what happened up to now.
    """
    last = _working_day(timezone.localtime(now) - timedelta(hours=FIRST.hour))
    begin = min(_working_day(timezone.localtime(moment)), last)
    end = now if begin == last else _next_working_day(begin)
    share = min((moment - begin) / (end - begin), 1.0)
    opening, closing = (timezone.make_aware(datetime.combine(begin.date(), hour)) for hour in (FIRST, LAST))
    return opening + share * (min(closing, now) - opening)


def _working_day(moment: datetime) -> datetime:
    """The midnight that begins the working day of a local moment, that of Friday for a weekend."""
    day = moment.date() - timedelta(days=max(moment.weekday() - FRIDAY, 0))
    return timezone.make_aware(datetime.combine(day, time()))


def _next_working_day(begin: datetime) -> datetime:
    return begin + timedelta(days=3 if begin.weekday() == FRIDAY else 1)
