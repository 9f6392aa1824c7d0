"""What the pages of a board's seats read."""

from dataclasses import dataclass

from boards.membership.models import Membership
from boards.membership.policy import BoardPolicy, MembershipPolicy
from boards.policy import Verdict


@dataclass(frozen=True)
class Seat:
    """A seat that has not ended, and whether the reader may change it."""

    row: Membership
    change: Verdict


def seats_on(policy: BoardPolicy) -> list[Seat]:
    """Return the seats of the policy's board as its person sees them; asks for their rights once."""
    seats = Membership.objects.seated(policy.thing)
    return [Seat(seat, MembershipPolicy(policy.person, seat, policy).change) for seat in seats]
