"""The pages of an account that django-allauth does not have."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forum.accounts.requests import Request
from forum.accounts.sessions import sign_ins_of, sign_out_elsewhere
from forum.web.doors import SIGNED_IN, door


@door(SIGNED_IN)
@require_GET
def sessions(request: Request) -> HttpResponse:
    """Where the person is signed in; reading it writes nothing."""
    context = {"sign_ins": sign_ins_of(request.person), "current": request.session.session_key}
    return render(request, "account/sessions.html", context)


@door(SIGNED_IN)
@require_POST
def other_sessions(request: Request) -> HttpResponse:
    """End all sessions but this one."""
    sign_out_elsewhere(request.person, but=request.session.session_key or "")
    messages.success(request, _("다른 기기에서 모두 로그아웃했습니다."))
    return redirect("sessions")
