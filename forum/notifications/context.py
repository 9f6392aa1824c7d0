"""The number beside 알림 on every page."""

from forum.notifications.models import Notification


def unread(request) -> dict:
    if not request.user.is_authenticated:
        return {}
    return {"unread": Notification.objects.visible_to(request.user).unread().count}
