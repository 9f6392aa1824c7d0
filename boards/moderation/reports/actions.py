"""Acts that report a text and decide about a report."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.moderation.actions import take_measure
from boards.moderation.models import Measure, Moderated
from boards.moderation.policy import ContentPolicy
from boards.moderation.reports.models import Outcome, Report, moderation_stream
from boards.moderation.reports.policy import ReportPolicy
from boards.policy import demand, not_now
from forum.events.models import Stream
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import WrongState


def report(content: Moderated, *, by, rule: str, passage: str) -> Report:
    """Report a text under a rule; raise NotAllowed for own text, WrongState when it is hidden or reported already."""
    with verb():
        thing: Any = own(content)
        demand(ContentPolicy(by, thing).report)
        stream = moderation_stream(thing.board.pk)
        Stream.objects.get_or_create(name=stream)
        try:
            with transaction.atomic():
                filed = Report.objects.create(
                    board=thing.board, thing=thing, author=thing.author, rule=rule, passage=passage, by=by
                )
        except IntegrityError as error:
            raise WrongState(_("이미 신고한 글입니다. 운영자가 살펴보고 있습니다.")) from error
        record("report_filed", about=filed, by=by, stream=stream)
    return filed


def uphold(filed: Report, *, by, rule: str, reason: str) -> Measure:
    """Hide the reported text; all open reports about it are upheld with it."""
    with verb():
        thing = own(filed.thing)
        filed = own(filed)
        demand(ReportPolicy(by, filed).decide)
        if thing.hidden:
            demand(not_now(_("이미 가린 글입니다.")))
        return take_measure(thing, by=by, rule=rule, reason=reason)


def dismiss(filed: Report, *, by, reason: str) -> Report:
    """Leave the text as it is, with a reason the reporter reads."""
    with verb():
        thing = own(filed.thing)
        filed = own(filed)
        demand(ReportPolicy(by, filed).decide)
        filed.outcome, filed.reason = Outcome.DISMISSED, reason
        filed.decided_by, filed.decided_at = by, timezone.now()
        filed.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
        record("report_dismissed", about=filed, by=by, stream=filed.stream)
        record("content_kept", about=thing, by=by, stream=filed.stream)
        record("report_set_aside", about=filed.board, by=by, stream=filed.board.stream)
    return filed
