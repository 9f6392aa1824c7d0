"""A list of people: first what would happen, then the act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.membership.mail_lists.actions import add_list
from boards.membership.mail_lists.forms import MailListForm
from boards.membership.mail_lists.queries import plan
from boards.membership.models import Board
from boards.membership.policy import BoardPolicy
from boards.policy import demand
from forum.accounts.requests import Request
from forum.web.doors import door


@door(BoardPolicy.manage)
@require_http_methods(["GET", "POST"])
def mail_list(request: Request, slug: str) -> HttpResponse:
    """Show what the list would do; only with `seen`, the digest of what was shown, it is done."""
    board = get_object_or_404(Board.objects.visible_to(request.person), slug=slug)
    demand(BoardPolicy(request.person, board).manage)
    form = MailListForm(request.POST or None, request.FILES or None, board=board)
    planned = None
    if request.method == "POST" and form.is_valid():
        if seen := request.POST.get("seen"):
            added = form.attempt(add_list, board, by=request.person, seen=seen, **form.cleaned_data)
            if added:
                messages.success(request, _("%(count)s명을 위원으로 추가했습니다.") % {"count": added})
                return redirect("members", slug=slug)
        planned = plan(board, form.cleaned_data["lines"])
    context = {"board": board, "form": form, "plan": planned}
    return render(request, "boards/mail_list.html", context, status=form.status)
