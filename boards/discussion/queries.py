"""What the discussion of a proposal reads."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from boards.discussion.forms import CommentForm
from boards.discussion.fragments import Row, html_of_all
from boards.discussion.models import Comment, CommentVersion, Stance
from boards.discussion.rules import ID_WIDTH, Sort, Thread, foremost, ordered
from boards.membership.abilities import role_on
from boards.proposals.differences import Piece, differences
from boards.proposals.models import Proposal
from boards.proposals.policy import ProposalPolicy
from forum.accounts.models import User

MOST = 500  # comments of one part of the page, and what is shown of its last thread beyond them
REPLIES = 50  # of one thread shown at once
FOREMOST = 3  # reasons shown of each side


@dataclass(frozen=True)
class Part:
    """Some threads of a discussion, and from where to read on: the root of the last one shown."""

    html: SafeString
    sort: Sort
    skipped: bool
    after: int | None


@dataclass(frozen=True)
class Cut:
    """Replies of a thread that are not shown: the first of them, how many, and the one to read on at.

    `earlier` ones stand before those that are shown.
    """

    first: Row
    count: int
    to: Row
    earlier: bool = False


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
    """Return the threads after `asked["after"]` or from that of the comment `asked["at"]` on, in the order asked for.

    An unknown order is the oldest first, an unknown place is the beginning.
    """
    sort = _sort(asked)
    threads = _threads(rows)
    order = [thread.root for thread in ordered(_judged(threads), sort)]
    at = _number(asked.get("at"))
    begin = _begin(order, sort, after=_number(asked.get("after")), thread=_root(rows, at))
    shown: list[Row | Cut] = []
    end = begin
    while end < len(order) and len(shown) < MOST:
        shown += _cut(threads[order[end]], at)
        end += 1
    return Part(_html(shown, rows, sort), sort, skipped=begin > 0, after=order[end - 1] if end < len(order) else None)


def replies(rows: list[Row], asked) -> Part:
    """Return of one thread what stands around the comment `asked["at"]`, for who reads on in it."""
    at = _number(asked.get("at"))
    root = _root(rows, at)
    shown = _cut([row for row in rows if row.root == root], at) if root else []
    return Part(_html(shown, rows, _sort(asked)), _sort(asked), skipped=False, after=None)


def _sort(asked) -> Sort:
    return Sort(asked.get("sort")) if asked.get("sort") in Sort.values else Sort.OLD


def _root(rows: list[Row], at: int | None) -> int | None:
    return next((row.root for row in rows if row.pk == at), None)


def _cut(thread: list[Row], at: int | None) -> list[Row | Cut]:
    """The first comment and those replies among which `at` stands, the first where it does not, with what is left out.

    Replies are counted off from the first, so that reading on forth and back comes by the same.
    """
    first, *answers = thread
    place = next((place for place, row in enumerate(answers) if row.pk == at), 0)
    begin = place - place % REPLIES
    end = begin + REPLIES
    before = [Cut(answers[0], begin, answers[begin - REPLIES], earlier=True)] if begin else []
    after = [Cut(answers[end], len(answers) - end, answers[end])] if answers[end:] else []
    return [first, *before, *answers[begin:end], *after]


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


def _html(shown: list[Row | Cut], rows: list[Row], sort: Sort) -> SafeString:
    comments = [it for it in shown if isinstance(it, Row)]
    authors = {row.pk: row.author_id for row in rows}
    parents = {row.parent_id: authors[row.parent_id] for row in comments if row.parent_id is not None}
    people = {row.author_id for row in comments} | set(parents.values())
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    html = html_of_all(comments, names, {parent: names[author] for parent, author in parents.items()})
    lines = [_cut_html(it, sort) if isinstance(it, Cut) else html.get(it.pk, "") for it in shown]
    return mark_safe("\n".join(filter(None, lines)))  # noqa: S308 - rendered by templates


def _cut_html(cut: Cut, sort: Sort) -> str:
    return render_to_string("discussion/_cut.html", {"cut": cut, "sort": sort})


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


@dataclass(frozen=True)
class Said:
    """What a comment says or said, under its number; `pieces` is what that changed, `before` another stance before."""

    number: int
    stance: Stance
    before: Stance | None
    body: str
    at: datetime
    pieces: list[Piece]


def versions_of(comment: Comment) -> list[Said]:
    """The comment and all it said before, the newest first, each beside what it said just before."""
    newest = CommentVersion(
        number=comment.version, stance=comment.stance, body=comment.body, at=comment.edited_at or comment.created_at
    )
    said = [*comment.versions.order_by("number"), newest]
    return [_said(earlier, later) for earlier, later in zip([None, *said], said, strict=False)][::-1]


def _said(earlier: CommentVersion | None, later: CommentVersion) -> Said:
    before = Stance(earlier.stance) if earlier and earlier.stance != later.stance else None
    pieces = differences(earlier.body, later.body) if earlier and earlier.body != later.body else []
    return Said(later.number, Stance(later.stance), before, later.body, later.at, pieces)


def place_of(comment: Comment) -> str:
    """Return the address at which a comment stands in its thread, on whichever part of the discussion that is."""
    root = comment.path[:ID_WIDTH]
    before = Comment.objects.filter(proposal=comment.proposal_id, path__lt=comment.path).aggregate(
        threads=Count("pk", filter=Q(path__lt=root)), replies=Count("pk", filter=Q(path__gt=root))
    )
    query = f"?at={comment.pk}" if before["threads"] >= MOST or before["replies"] >= REPLIES else ""
    return f"/proposals/{comment.proposal_id}/{query}#comment-{comment.pk}"
