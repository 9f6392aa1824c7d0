"""What the queue of reports reads."""

from boards.membership.models import Membership
from boards.moderation.models import Measure
from boards.moderation.policy import ContentPolicy
from boards.moderation.reports.models import Report

PAGE = 50


def queue_of(person) -> list[Report]:
    """The open reports a person may decide, those that wait longest first."""
    waiting = Report.objects.to_judge(person).open().select_related("board", "about_type")
    return list(waiting.order_by("at", "pk")[:PAGE])


def judges_anywhere(person) -> bool:
    """Whether reports can come to this person at all."""
    moderates = Membership.objects.in_office().moderators().filter(person=person)
    return moderates.exists() or bool(person.administers)


def around(filed: Report, person) -> dict:
    """What stands around a report: where its text is, if the person may read there, and what became of the measure."""
    thing = filed.thing
    measures = Measure.objects.filter(about_type=filed.about_type, about_id=filed.about_id)
    return {
        "thing": thing,
        "within_sight": type(thing).objects.visible_to(person).filter(pk=thing.pk).exists(),
        "measure": measures.filter(at=filed.decided_at).first() if filed.decided_at else None,
        "may_restore": ContentPolicy(person, thing).restore,
    }
