"""Private acts of a reader; they record nothing."""

from django.utils import timezone

from forum.events.recording import stale, verb
from forum.notifications.models import Notification


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
