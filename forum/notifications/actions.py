"""Private acts of a reader; they record nothing."""

from django.utils import timezone

from forum.events.recording import stale, verb
from forum.notifications.models import Notification, Silence


def read_notice(notice: Notification, *, by) -> Notification:
    """Mark one's own notice as read, once."""
    with verb():
        Notification.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())
        stale(f"badge:{by.pk}")
    return notice


def read_all_notices(*, by) -> int:
    """Mark all own notices as read; return how many were unread."""
    with verb():
        count = Notification.objects.visible_to(by).unread().update(read_at=timezone.now())
        stale(f"badge:{by.pk}")
    return count


def silence(kinds: set[str], *, by) -> None:
    """Hear of every kind of news but these from now on; what has been told stays."""
    with verb():
        silenced = Silence.objects.filter(person=by)
        silenced.exclude(kind__in=kinds).delete()
        Silence.objects.bulk_create([Silence(person=by, kind=kind) for kind in sorted(kinds)], ignore_conflicts=True)
