"""Out of a refusal, and to what a kept text belongs: the page of what it was about, found through the person alone."""

from collections.abc import Callable, Iterator

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from boards.discussion.models import Comment
from boards.membership.models import Board
from boards.proposals.models import Proposal
from boards.rooms.models import Message, Room
from forum.web.ways import Way

# By how the address begins: what the number or name in it is of a proposal, of a room, of a board.
OF_A_PROPOSAL = {
    "proposals": "pk",
    "comments": "comments",
    "revisions": "revisions",
    "co-proposals": "co_proposals",
    "attachments": "attachments",
    "ballots": "ballots",
    "escalations": "escalations",
    "commitments": "escalations__answer__commitments",
}
OF_A_ROOM = {"rooms": "pk", "messages": "messages"}
OF_A_BOARD = {
    "boards": "slug",
    "teams": "teams",
    "memberships": "memberships",
    **{start: f"proposals__{lookup}" for start, lookup in OF_A_PROPOSAL.items()},
    **{start: f"rooms__{lookup}" for start, lookup in OF_A_ROOM.items()},
}
THE_COMMENT, THE_MESSAGE = {"comments": "pk"}, {"messages": "pk"}

type Kind = tuple[Callable[..., QuerySet], dict[str, str], object]
KINDS: list[Kind] = [
    (Comment.objects.visible_to, THE_COMMENT, _("이 댓글로 돌아가기")),
    (Message.objects.visible_to, THE_MESSAGE, _("이 메시지로 돌아가기")),
    (Proposal.objects.visible_to, OF_A_PROPOSAL, _("이 제안으로 돌아가기")),
    (Room.objects.visible_to, OF_A_ROOM, _("이 토론방으로 돌아가기")),
    (Board.objects.visible_to, OF_A_BOARD, _("이 보드로 돌아가기")),
]


def way_back(request: HttpRequest) -> Way | None:
    """Return the nearest page that the person may read and that is not the one that is refused."""
    for label, thing in _around(request.resolver_match, request):
        path = thing.get_absolute_url()  # type: ignore[attr-defined] # all of these have a page
        if path != request.path:
            return Way(path, str(label))
    return None


def place_of(request: HttpRequest, path: str) -> Way | None:
    """Return the proposal, the room or the board that what is sent to an address belongs to."""
    try:
        around = _around(resolve(path.partition("?")[0]), request)
    except Resolver404:
        return None
    for _label, thing in around:
        if isinstance(thing, (Proposal, Room, Board)):
            return Way(thing.get_absolute_url(), _name(thing))
    return None


def _name(thing: Proposal | Room | Board) -> str:
    if isinstance(thing, Proposal):
        return " ".join(filter(None, [thing.number, "" if thing.hidden else thing.title]))
    return thing.name


def _around(match: ResolverMatch | None, request: HttpRequest) -> Iterator[tuple[object, Model]]:
    """Yield what an address is about, the nearest first."""
    if match is None:
        return
    start, key = match.route.partition("/")[0], match.kwargs.get("pk", match.kwargs.get("slug"))
    for visible_to, lookups, label in KINDS:
        if start in lookups and key is not None:
            found = visible_to(request.person).filter(**{lookups[start]: key}).first()  # type: ignore[attr-defined]
            if found is not None:
                yield label, found
