"""What the pages of a board's seats read."""

from dataclasses import dataclass

from django.http import Http404

from boards.membership.models import Board, Membership
from boards.membership.policy import BoardPolicy, MembershipPolicy
from boards.policy import Verdict


def boards_seen_by(person) -> list[Board]:
    """The boards a person sees, by name, each with what its page tells of it; a page asks once for them all."""

    def ask() -> list[Board]:
        boards = Board.objects.visible_to(person).select_related("institution", "addressee__holder")
        return list(boards.order_by("name", "pk"))

    return person.known("boards", ask)


def board_seen_by(person, slug: str) -> Board:
    """Return that one of them; raise Http404 as for a board that is not there."""
    found = next((it for it in boards_seen_by(person) if it.slug == slug), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Seat:
    """A seat that has not ended, and whether the reader may change it."""

    row: Membership
    change: Verdict


def seats_on(policy: BoardPolicy) -> list[Seat]:
    """Return the seats of the policy's board as its person sees them; asks for their rights once."""
    seats = Membership.objects.seated(policy.thing)
    return [Seat(seat, MembershipPolicy(policy.person, seat, policy).change) for seat in seats]
