"""What the queue of reports reads."""

from boards.membership.models import Membership
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
