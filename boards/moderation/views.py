"""Measures on content; which content a URL can mean is handed in by the URL table, so that this feature knows none."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.moderation.actions import hide, restore
from boards.moderation.forms import HidingForm, RestorationForm
from boards.moderation.policy import ContentPolicy
from boards.policy import demand_form
from forum.accounts.requests import Request
from forum.web.doors import door


def hiding(visible_to: Callable) -> Callable[..., HttpResponse]:
    """Make the view that hides one kind of content, found through `visible_to(person)`."""

    @door(ContentPolicy.hide)
    @require_http_methods(["GET", "POST"])
    def view(request: Request, pk: int) -> HttpResponse:
        thing = get_object_or_404(visible_to(request.person).select_related("author", "measure__by"), pk=pk)
        demand_form(ContentPolicy(request.person, thing).hide, typed=request.method == "POST")
        form = HidingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.attempt(hide, thing, by=request.person, **form.cleaned_data)
            if not form.errors:
                return redirect(thing)
        return render(request, "moderation/hiding.html", {"form": form, "thing": thing}, status=form.status)

    return view


def restoring(visible_to: Callable) -> Callable[..., HttpResponse]:
    """Make the view that shows one kind of hidden content again, found through `visible_to(person)`."""

    @door(ContentPolicy.restore)
    @require_http_methods(["GET", "POST"])
    def view(request: Request, pk: int) -> HttpResponse:
        thing = get_object_or_404(visible_to(request.person).select_related("author", "measure__by"), pk=pk)
        demand_form(ContentPolicy(request.person, thing).restore, typed=request.method == "POST")
        form = RestorationForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.attempt(restore, thing, by=request.person, **form.cleaned_data)
            if not form.errors:
                return redirect(thing)
        return render(request, "moderation/restoration.html", {"form": form, "thing": thing}, status=form.status)

    return view
