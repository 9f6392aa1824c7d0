"""The inbox."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forum.accounts.requests import Request
from forum.notifications.actions import read_all_notices, read_notice, silence
from forum.notifications.forms import ChoiceForm
from forum.notifications.kinds import always
from forum.notifications.models import Notification
from forum.notifications.queries import inbox_page, silenced_by
from forum.notifications.telling import addresses_for
from forum.web.doors import SIGNED_IN, door


@door(SIGNED_IN)
@require_GET
def inbox(request: Request) -> HttpResponse:
    return render(request, "notifications/inbox.html", {"page": inbox_page(request.person, request.GET.get("before"))})


@door(SIGNED_IN)
@require_POST
def follow(request: Request, pk: int) -> HttpResponse:
    """Mark the notice as read and go to what it is about."""
    notice = get_object_or_404(Notification.objects.visible_to(request.person), pk=pk)
    read_notice(notice, by=request.person)
    return redirect(addresses_for(request.person, [notice.event])[0].path)


@door(SIGNED_IN)
@require_POST
def all_read(request: Request) -> HttpResponse:
    read_all_notices(by=request.person)
    return redirect("notifications")


@door(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    """What a person wants to be told; what they must know is told anyway, and the page says why."""
    form = ChoiceForm(request.POST if request.method == "POST" else None, silenced=silenced_by(request.person))
    if request.method == "POST" and form.is_valid():
        silence(form.off, by=request.person)
        messages.success(request, _("알림 설정을 저장했습니다."))
        return redirect("notification_settings")
    context = {"form": form, "always": always()}
    return render(request, "notifications/settings.html", context, status=form.status)
