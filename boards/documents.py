"""The documents that are written from the code: what may follow what, and who may do what."""

from django.urls import get_resolver
from django.utils import translation

from boards.escalation.states import COMMITMENT_NEXT
from boards.escalation.states import NEXT as ESCALATION_NEXT
from boards.membership.abilities import ABILITIES, Ability
from boards.proposals.states import NEXT as PROPOSAL_NEXT
from boards.proposals.states import SHARING_NEXT
from boards.rooms.states import NEXT as ROOM_NEXT
from boards.voting.states import NEXT as BALLOT_NEXT
from forum.checks import url_patterns
from forum.web.doors import ACCOUNT_DOORS

TABLES: dict[str, dict] = {
    "Proposal": PROPOSAL_NEXT,
    "CoProposal": SHARING_NEXT,
    "Ballot": BALLOT_NEXT,
    "Escalation": ESCALATION_NEXT,
    "Commitment": COMMITMENT_NEXT,
    "Room": ROOM_NEXT,
}


def lifecycle_document() -> str:
    """Return docs/lifecycle.md."""
    parts = [
        "# Lifecycle",
        "Written by `manage.py write_documents` from the tables `NEXT` in `boards/*/states.py`. "
        "Nothing moves any other way.",
    ]
    with translation.override("ko"):
        for name, table in TABLES.items():
            rows = [
                f"| {_told(now)} | {', '.join(sorted(map(_told, following))) or '–'} |"
                for now, following in table.items()
            ]
            parts.append("\n".join([f"## {name}\n", "| state | may become |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _told(state) -> str:
    return f"`{state.value}` {state.label}"


def permissions_document() -> str:
    """Return docs/permissions.md."""
    head = f"| role | {' | '.join(it.name.lower() for it in Ability)} |"
    roles = [
        f"| {role.name.lower()} | {' | '.join('yes' if it in may else '–' for it in Ability)} |"
        for role, may in ABILITIES.items()
    ]
    doors = [
        f"| `/{route.lstrip('^')}` | {_door(pattern)} |"
        for route, pattern in sorted(url_patterns(get_resolver()), key=lambda found: found[0])
        if not route.startswith("demo/")
    ]
    return "\n".join(
        [
            "# Permissions",
            "",
            "Written by `manage.py write_documents`. The reviewed table of every role, thing and state, which the",
            "tests run through the front door, is `tests/laws/permissions.txt`.",
            "",
            "## What a role may do on a board (`boards/membership/abilities.py`)",
            "",
            head,
            "|---" * (len(Ability) + 1) + "|",
            *roles,
            "",
            "## What is written on every door",
            "",
            "| URL | right |",
            "|---|---|",
            *doors,
            "",
        ]
    )


def _door(pattern) -> object:
    return ACCOUNT_DOORS.get(pattern.name or "") or pattern.callback.door
