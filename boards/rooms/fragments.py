"""A message's HTML: the one partial of page, answer, frame and catch-up, rendered once a language for each state."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from boards.rooms.models import Message, Reaction
from forum.web.rendered import Rendered

_rendered = Rendered(characters=8_000_000)  # some 8,000 messages a process

type Signs = tuple[tuple[str, str], ...]  # each reaction's kind, and the name of who gave it, as they came


class Row(NamedTuple):
    """What is read of every message of a window: all that its partial depends on, without its words.

    The times of the last edit and of the deletion fix the words, those of the quoted message its excerpt.
    """

    pk: int
    author_id: int
    author: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    measure_id: int | None
    quoted_id: int | None
    quoted_author: str | None
    quoted_edited_at: datetime | None
    quoted_deleted_at: datetime | None
    quoted_measure_id: int | None

    @property
    def readable(self) -> bool:
        return self.deleted_at is None and self.measure_id is None


COLUMNS = (
    "pk", "author", "author__name", "created_at", "edited_at", "deleted_at", "measure",
    "quoted", "quoted__author__name", "quoted__edited_at", "quoted__deleted_at", "quoted__measure",
)  # fmt: skip


def html_of(message: Message) -> SafeString:
    """Return a message's HTML in the active language; best called on `Message.objects.shown()`."""
    quoted = message.quoted
    quotation = (
        (quoted.pk, quoted.author.name, quoted.edited_at, quoted.deleted_at, quoted.measure_id)
        if quoted
        else (None, None, None, None, None)
    )
    row = Row(
        message.pk, message.author_id, message.author.name, message.created_at, message.edited_at, message.deleted_at,
        message.measure_id, *quotation,
    )  # fmt: skip
    key = _key(row, tuple((it.kind, it.person.name) for it in message.reactions.all()))
    html = _rendered.get_many([key]).get(key) or _render(key, message)
    return mark_safe(html)  # noqa: S308 - rendered by the template


def html_of_all(rows: Sequence[Row]) -> dict[int, SafeString]:
    """Return the HTML of messages by their ids; only those not rendered before are read whole."""
    signs = _signs([row.pk for row in rows])
    keys = {row.pk: _key(row, signs.get(row.pk, ())) for row in rows}
    known = _rendered.get_many(keys.values())
    html = {pk: mark_safe(known[key]) for pk, key in keys.items() if key in known}  # noqa: S308 - as above
    missing = keys.keys() - html.keys()
    for message in Message.objects.shown().filter(pk__in=missing) if missing else ():
        html[message.pk] = html_of(message)
    return html


def _signs(messages: list[int]) -> dict[int, Signs]:
    found: dict[int, Signs] = defaultdict(tuple)
    reactions = Reaction.objects.filter(message__in=messages).order_by("pk")
    for message, kind, name in reactions.values_list("message", "kind", "person__name"):
        found[message] += ((kind, name),)
    return found


def _render(key: Hashable, message: Message) -> str:
    html = render_to_string("rooms/_message.html", {"message": message})
    _rendered.put(key, html)
    return html


def _key(row: Row, signs: Signs) -> Hashable:
    return get_language(), row, signs
