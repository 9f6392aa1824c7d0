"""Measures on content."""

from typing import Any

from django.utils import timezone

from boards.moderation.models import Measure, Moderated
from boards.moderation.policy import ContentPolicy
from boards.moderation.reports.models import Outcome, Report
from boards.policy import demand
from forum.events.recording import record, stale, verb
from forum.locks import own


def hide(content: Moderated, *, by, rule: str, reason: str) -> Measure:
    """Hide content under a rule; raise NotAllowed for own content, WrongState when somebody hid it first."""
    with verb():
        thing: Any = own(content)
        demand(ContentPolicy(by, thing).hide)
        return take_measure(thing, by=by, rule=rule, reason=reason)


def take_measure(thing: Any, *, by, rule: str, reason: str) -> Measure:
    """Hide locked content without asking a policy, and settle the reports about it: for `hide` and for reports."""
    with verb():
        measure = Measure.objects.create(board=thing.board, about=thing, rule=rule, reason=reason, by=by)
        thing.measure = measure
        thing.save(update_fields=["measure"])
        record(f"{thing._meta.model_name}_hidden", about=thing, by=by, stream=thing.stream, measure=measure.pk)
        for name in thing.snapshots:
            stale(name)
        for report in Report.objects.about(thing).open():
            report.outcome, report.decided_by, report.decided_at = Outcome.UPHELD, by, measure.at
            report.save(update_fields=["outcome", "decided_by", "decided_at"])
            record("report_upheld", about=report, by=by, stream=report.stream)
    return measure


def restore(content: Moderated, *, by, reason: str) -> Measure:
    """Show hidden content again; raise NotAllowed for own content, WrongState when it is not hidden."""
    with verb():
        thing: Any = own(content)
        demand(ContentPolicy(by, thing).restore)
        measure = thing.measure
        measure.lifted_by, measure.lifted_at, measure.lifting_reason = by, timezone.now(), reason
        measure.save(update_fields=["lifted_by", "lifted_at", "lifting_reason"])
        thing.measure = None
        thing.save(update_fields=["measure"])
        record(f"{thing._meta.model_name}_restored", about=thing, by=by, stream=thing.stream, measure=measure.pk)
        for name in thing.snapshots:
            stale(name)
    return measure
