"""Pages by cursor: newest first by id, so that no item comes twice while others are added."""

from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class Page:
    """A slice of a list; `before` is the cursor of the next, older page, None at the end."""

    items: list
    before: int | None


def page_before(queryset: QuerySet, before: str | None, size: int) -> Page:
    """Return up to `size` items with an id below the cursor, newest first; a cursor that is no number is ignored."""
    queryset = queryset.order_by("-id")
    if before and before.isascii() and before.isdigit() and len(before) < 19:
        queryset = queryset.filter(id__lt=int(before))
    items = list(queryset[: size + 1])
    more = len(items) > size
    items = items[:size]
    return Page(items=items, before=items[-1].pk if more else None)
