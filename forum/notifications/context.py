"""The number beside 알림 on every page."""

from django.db.models import Count, QuerySet

from forum.notifications.models import Notification
from forum.prepared import Given, prepared


def unread(request) -> dict:
    if not request.user.is_authenticated:
        return {}
    return {"unread": lambda: sum(count for (count,) in _unread(request.user.pk))}


@prepared
def _unread(person: Given) -> QuerySet:
    unread = Notification.objects.filter(person=person).unread()
    return unread.order_by().values("person").annotate(count=Count("pk")).values_list("count")
