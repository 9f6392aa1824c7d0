"""Pages by cursor: by id, or by a value and then by id, so that no item comes twice while others are added."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Page:
    """A slice of a list; `before` is the cursor of the next page, None at the end."""

    items: list
    before: int | str | None


def page_before(queryset: QuerySet, before: str | None, size: int) -> Page:
    """Return up to `size` items with an id below the cursor, newest first; a cursor that is no number is ignored."""
    queryset = queryset.order_by("-id")
    if before and before.isascii() and before.isdigit() and len(before) < 19:
        queryset = queryset.filter(id__lt=int(before))
    items = list(queryset[: size + 1])
    more = len(items) > size
    items = items[:size]
    return Page(items=items, before=items[-1].pk if more else None)


@dataclass(frozen=True)
class Order:
    """A list's order: by a field or annotation, and among equals the newest id first.

    `read` makes the field's value from what a cursor says of it. Where some items have `gaps`, those without a value
    come last; without gaps the order is one an index can have.
    """

    field: str
    descending: bool
    read: Callable[[str], Any]
    gaps: bool = False

    def applied_to(self, queryset: QuerySet) -> QuerySet:
        value, last = F(self.field), self.gaps or None
        return queryset.order_by(value.desc(nulls_last=last) if self.descending else value.asc(nulls_last=last), "-id")

    def after(self, value: Any, pk: int) -> Q:
        """What comes after the item with this value and id."""
        if value is None:
            return Q(**{f"{self.field}__isnull": True, "id__lt": pk})
        further = "lt" if self.descending else "gt"
        later = Q(**{f"{self.field}__{further}e": value}) & (Q(**{f"{self.field}__{further}": value}) | Q(id__lt=pk))
        return later | Q(**{f"{self.field}__isnull": True}) if self.gaps else later


def page_of(queryset: QuerySet, order: Order, cursor: str | None, size: int) -> Page:
    """Return up to `size` items after the cursor `value_id`; a cursor nobody gave out is ignored."""
    if (place := _place(order, cursor or "")) is not None:
        queryset = queryset.filter(order.after(*place))
    items = list(order.applied_to(queryset)[: size + 1])
    more = len(items) > size
    items = items[:size]
    return Page(items, _cursor(order, items[-1]) if more else None)


def _cursor(order: Order, item: Any) -> str:
    value = getattr(item, order.field)
    told = value.isoformat() if isinstance(value, datetime) else value
    return f"{'' if value is None else told}_{item.pk}"


def _place(order: Order, cursor: str) -> tuple[Any, int] | None:
    value, _mark, pk = cursor.rpartition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        return (None if order.gaps and not value else order.read(value)), int(pk)
    except ValueError:
        return None


def moment(text: str) -> datetime:
    """Read a cursor's time; raise ValueError for what is none, tells no zone, or lies before or after all time."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("A moment without its zone.")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("A moment beyond the calendar.") from error


def number(text: str) -> int:
    """Read a cursor's number; raise ValueError for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError("Not a number.")
    return int(text)
