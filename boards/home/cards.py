"""A proposal's card in a board's list, rendered once a language for all that it shows."""

from collections.abc import Hashable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from boards.proposals.models import Proposal
from forum.web.rendered import Rendered

_rendered = Rendered(characters=4_000_000)  # some 4,000 cards a process


def cards_of(proposals: list[Proposal]) -> SafeString:
    """Return the cards of proposals in a row, which were read with all that a card shows."""
    keys = [_key(proposal) for proposal in proposals]
    html = _rendered.get_many(keys)
    for key, proposal in zip(keys, proposals, strict=True):
        if key not in html:
            html[key] = render_to_string("boards/_proposal.html", {"proposal": proposal})
            _rendered.put(key, html[key])
    return mark_safe("\n".join(html[key] for key in keys))  # noqa: S308 - rendered by the template


def _key(proposal: Proposal) -> Hashable:
    """All that the card shows; a hidden title is not among it."""
    return (
        get_language(),
        proposal.pk,
        proposal.number,
        None if proposal.hidden else proposal.title,
        proposal.state,
        proposal.field,
        proposal.kind,
        proposal.team.name if proposal.team else None,
        proposal.author.name,
        tuple(it.person.name for it in proposal.partners),
        proposal.opened_at,
        proposal.support_count,
        proposal.support_needed,
        proposal.talk,  # type: ignore[attr-defined]
        tuple((it.state, it.overdue, it.due_on) for it in proposal.escalations.all()),
    )
