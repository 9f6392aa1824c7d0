"""Measures on content."""

from typing import Any

from boards.moderation.models import Measure, Moderated
from boards.moderation.policy import ContentPolicy
from boards.policy import demand
from forum.events.recording import record, verb
from forum.locks import own


def hide(thing: Moderated, *, by, rule: str, reason: str) -> Measure:
    """Hide content under a rule; raise NotAllowed for own content, WrongState when somebody hid it first."""
    with verb():
        content: Any = own(thing)
        demand(ContentPolicy(by, content).hide)
        measure = Measure.objects.create(board=content.board, about=content, rule=rule, reason=reason, by=by)
        content.measure = measure
        content.save(update_fields=["measure"])
        record(f"{content._meta.model_name}_hidden", about=content, by=by, stream=content.stream, measure=measure.pk)
    return measure
