"""A comment's HTML: the one partial of page, answer, frame and catch-up, rendered once a language for each state."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from boards.discussion.models import Comment
from boards.discussion.rules import ID_WIDTH
from forum.web.rendered import Rendered

_rendered = Rendered(characters=16_000_000)  # some 12,000 comments a process


class Row(NamedTuple):
    """What of a comment is read for all of a discussion, without its words."""

    pk: int
    proposal_id: int
    path: str
    stance: str
    author_id: int
    parent_id: int | None
    version: int
    measure_id: int | None
    created_at: datetime
    deleted_at: datetime | None

    @property
    def root(self) -> int:
        return int(self.path[:ID_WIDTH])

    @property
    def readable(self) -> bool:
        return self.measure_id is None and self.deleted_at is None


def html_of(comment: Comment) -> SafeString:
    """Return a comment's HTML in the active language; best called on `Comment.objects.shown()`."""
    key = _key(comment, comment.author.name, comment.parent.author.name if comment.parent else "")
    html = _rendered.get_many([key]).get(key) or _render(key, comment)
    return mark_safe(html)  # noqa: S308 - rendered by the template


def html_of_all(rows: Sequence[Row], authors: dict[int, str], parents: dict[int, str]) -> dict[int, str]:
    """Return the HTML of many comments by their ids; only those not rendered before are read whole.

    `authors` holds the names of the rows' authors by their ids, `parents` those of their parents' by the parents' ids.
    """
    keys = {row.pk: _key(row, authors[row.author_id], parents.get(row.parent_id or 0, "")) for row in rows}
    known = _rendered.get_many(keys.values())
    html = {pk: known[key] for pk, key in keys.items() if key in known}
    missing = keys.keys() - html.keys()
    for comment in Comment.objects.shown().filter(pk__in=missing) if missing else ():
        html[comment.pk] = html_of(comment)
    return html


def _render(key: Hashable, comment: Comment) -> str:
    html = render_to_string("discussion/_comment.html", {"comment": comment})
    _rendered.put(key, html)
    return html


def _key(row: Row | Comment, author: str, parent: str) -> Hashable:
    """All that the partial shows: a version fixes words, stance and mentions, a measure its rule and reason."""
    deleted = row.deleted_at is not None
    return get_language(), row.pk, row.version, row.measure_id, deleted, row.created_at, author, parent
