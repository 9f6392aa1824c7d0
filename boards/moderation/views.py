"""Measures on content; which content a URL can mean is handed in by the URL table, so that this feature knows none."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.moderation.actions import hide, restore
from boards.moderation.forms import HidingForm, RestorationForm
from boards.moderation.policy import ContentPolicy
from boards.policy import demand_form, right
from forum.accounts.requests import Request
from forum.web.doors import door
from forum.web.forms import Form


def hiding(visible_to: Callable) -> Callable[..., HttpResponse]:
    """Make the view that hides one kind of content, found through `visible_to(person)`."""
    return _measure(visible_to, ContentPolicy.hide, hide, HidingForm, "moderation/hiding.html")


def restoring(visible_to: Callable) -> Callable[..., HttpResponse]:
    """Make the view that shows one kind of hidden content again, found through `visible_to(person)`."""
    return _measure(visible_to, ContentPolicy.restore, restore, RestorationForm, "moderation/restoration.html")


def _measure(visible_to: Callable, may: right, act: Callable, form_of: type[Form], page: str) -> Callable:
    @door(may)
    @require_http_methods(["GET", "POST"])
    def view(request: Request, pk: int) -> HttpResponse:
        thing = get_object_or_404(visible_to(request.person).select_related("author", "measure__by"), pk=pk)
        demand_form(may.rule(ContentPolicy(request.person, thing)), typed=request.method == "POST")
        form = form_of(request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.attempt(act, thing, by=request.person, **form.cleaned_data)
            if not form.errors:
                return redirect(thing)
        return render(request, page, {"form": form, "thing": thing}, status=form.status)

    return view
