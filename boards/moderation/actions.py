"""Measures on content."""

from typing import Any

from boards.moderation.models import Measure, Moderated
from boards.moderation.policy import ContentPolicy
from boards.policy import demand
from forum.events.recording import record, stale, verb
from forum.locks import own


def hide(content: Moderated, *, by, rule: str, reason: str) -> Measure:
    """Hide content under a rule; raise NotAllowed for own content, WrongState when somebody hid it first."""
    with verb():
        thing: Any = own(content)
        demand(ContentPolicy(by, thing).hide)
        measure = Measure.objects.create(board=thing.board, about=thing, rule=rule, reason=reason, by=by)
        thing.measure = measure
        thing.save(update_fields=["measure"])
        record(f"{thing._meta.model_name}_hidden", about=thing, by=by, stream=thing.stream, measure=measure.pk)
        for name in thing.snapshots:
            stale(name)
    return measure
