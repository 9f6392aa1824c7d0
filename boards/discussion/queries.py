"""What the discussion of a proposal reads."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from boards.discussion.forms import CommentForm
from boards.discussion.fragments import Row, html_of_all
from boards.discussion.models import Comment, Stance
from boards.discussion.rules import ID_WIDTH, Sort, Thread, foremost, ordered
from boards.membership.abilities import role_on
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from forum.accounts.models import User

MOST = 500  # comments of one part of the page; its last thread is shown whole
FOREMOST = 3  # reasons shown of each side


@dataclass(frozen=True)
class Part:
    """Some threads of a discussion, and from where to read on: the root of the last one shown."""

    html: SafeString
    sort: Sort
    skipped: bool
    after: int | None


@dataclass(frozen=True)
class Side:
    """One side of the question: how many people gave how many reasons, and the foremost of these."""

    stance: Stance
    people: int
    reasons: list[Comment]


def composer(proposal: Proposal, person, form: CommentForm | None = None) -> dict:
    """What it takes to write; the client id is always new, so that a refused text can be sent again."""
    return {
        "may_comment": ProposalPolicy(person, proposal).comment,
        "role": role_on(person, proposal.board).value,
        "form": form or CommentForm(),
        "client_id": uuid.uuid4(),
    }


def discussion(proposal: Proposal, person, asked, *, comment_form: CommentForm | None = None) -> dict:
    """The part of the discussion that was `asked` for, its overview, and the composer."""
    rows = rows_of(proposal)
    return {
        "part": part(rows, asked),
        "overview": overview(rows),
        "sorts": Sort if len({row.root for row in rows}) > 1 else [],
        "composer": composer(proposal, person, comment_form),
    }


def rows_of(proposal: Proposal) -> list[Row]:
    rows = Comment.objects.filter(proposal=proposal).order_by("path")
    return [Row._make(row) for row in rows.values_list(*Row._fields)]


def part(rows: list[Row], asked) -> Part:
    """Return the threads after `asked["after"]` or from `asked["thread"]` on, in the order of `asked["sort"]`.

    An unknown order is the oldest first, an unknown place is the beginning.
    """
    sort = Sort(asked.get("sort")) if asked.get("sort") in Sort.values else Sort.OLD
    threads = _threads(rows)
    order = [thread.root for thread in ordered(_judged(threads), sort)]
    begin = _begin(order, sort, after=_number(asked.get("after")), thread=_number(asked.get("thread")))
    shown: list[Row] = []
    end = begin
    while end < len(order) and len(shown) < MOST:
        shown += threads[order[end]]
        end += 1
    return Part(_html(shown, rows), sort, skipped=begin > 0, after=order[end - 1] if end < len(order) else None)


def _threads(rows: list[Row]) -> dict[int, list[Row]]:
    return {root: list(its) for root, its in groupby(rows, key=lambda row: row.root)}


def _judged(threads: dict[int, list[Row]]) -> list[Thread]:
    judged = []
    for root, (first, *answers) in threads.items():
        others = {row.author_id for row in answers if row.readable} - {first.author_id}
        judged.append(Thread(root, first.stance if first.readable else None, len(others)))
    return judged


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < ID_WIDTH else None


def _begin(order: list[int], sort: Sort, *, after: int | None, thread: int | None) -> int:
    """Return the index to begin with; what has its place by age is found even when it is gone."""
    if thread in order:
        return order.index(thread)
    if after is None:
        return 0
    if after in order:
        return order.index(after) + 1
    if sort is Sort.BEST:
        return 0
    return sum(1 for root in order if (root > after if sort is Sort.NEW else root < after))


def _html(shown: list[Row], rows: list[Row]) -> SafeString:
    authors = {row.pk: row.author_id for row in rows}
    parents = {row.parent_id: authors[row.parent_id] for row in shown if row.parent_id is not None}
    people = {row.author_id for row in shown} | set(parents.values())
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return html_of_all(shown, names, {parent: names[author] for parent, author in parents.items()})


def overview(rows: list[Row]) -> dict:
    """How much was said and by how many, and the foremost reasons of both sides, as many of one as of the other.

    Only first-level comments count as reasons, one of each person, in the rank they have among the recommended.
    """
    readable = [row for row in rows if row.readable]
    reasons = [row for row in readable if row.parent_id is None]
    said = Counter(row.stance for row in readable)
    threads = _judged(_threads(rows))
    authors = {row.pk: row.author_id for row in reasons}
    chosen = {stance: _one_each(foremost(threads, stance), authors) for stance in (Stance.FOR, Stance.AGAINST)}
    words = {it.pk: it for it in _words(pk for roots in chosen.values() for pk in roots)}
    sides = [
        Side(stance, len({it.author_id for it in reasons if it.stance == stance}), [words[pk] for pk in roots])
        for stance, roots in chosen.items()
    ]
    return {
        "total": len(readable),
        "stances": [(stance, said[stance.value]) for stance in Stance],
        "sides": sides if words else [],
    }


def _one_each(threads: list[Thread], authors: dict[int, int]) -> list[int]:
    """The first threads of different people, so that nobody speaks for a side alone while others do too."""
    firsts: dict[int, int] = {}
    for thread in threads:
        firsts.setdefault(authors[thread.root], thread.root)
    return list(firsts.values())[:FOREMOST]


def _words(ids: Iterable[int]) -> list[Comment]:
    wanted = list(ids)
    return list(Comment.objects.filter(pk__in=wanted).select_related("author")) if wanted else []


def place_of(comment: Comment) -> str:
    """Return the address at which a comment stands in its thread, on whichever part of the discussion that is."""
    root = int(comment.path[:ID_WIDTH])
    before = Comment.objects.filter(proposal=comment.proposal_id, path__lt=f"{root:0{ID_WIDTH}d}").count()
    query = f"?thread={root}" if before >= MOST else ""
    return f"/proposals/{comment.proposal_id}/{query}#comment-{comment.pk}"
