"""Reporting a text, the queue of reports, and the decision."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.moderation.forms import HidingForm
from boards.moderation.policy import ContentPolicy
from boards.moderation.reports.actions import dismiss, report, uphold
from boards.moderation.reports.forms import DismissalForm, ReportForm
from boards.moderation.reports.models import Report
from boards.moderation.reports.policy import ReportPolicy
from boards.moderation.reports.queries import around, judges_anywhere, queue_of
from boards.policy import demand_form
from forum.accounts.requests import Request
from forum.web.doors import SIGNED_IN, door


def reporting(visible_to: Callable) -> Callable[..., HttpResponse]:
    """Make the view that reports one kind of content, found through `visible_to(person)`."""

    @door(ContentPolicy.report)
    @require_http_methods(["GET", "POST"])
    def view(request: Request, pk: int) -> HttpResponse:
        thing = get_object_or_404(visible_to(request.person).select_related("author"), pk=pk)
        demand_form(ContentPolicy(request.person, thing).report, typed=request.method == "POST")
        form = ReportForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            form.attempt(report, thing, by=request.person, **form.cleaned_data)
            if not form.errors:
                messages.success(request, _("신고했습니다. 운영자가 살펴본 뒤 결과를 알려 드립니다."))
                return redirect(thing)
        return render(request, "moderation/reporting.html", {"form": form, "thing": thing}, status=form.status)

    return view


@door(SIGNED_IN)
@require_GET
def reports(request: Request) -> HttpResponse:
    """The queue; it exists for those to whom reports can come."""
    if not judges_anywhere(request.person):
        raise Http404
    return render(request, "moderation/reports.html", {"reports": queue_of(request.person)})


def _report(request: Request, pk: int) -> Report:
    visible = Report.objects.visible_to(request.person).select_related("board", "about_type", "author")
    return get_object_or_404(visible, pk=pk)


def _page(request: Request, found: Report, status: int = 200, **forms) -> HttpResponse:
    decide = ReportPolicy(request.person, found).decide
    fresh = {"hiding": HidingForm(initial={"rule": found.rule}, auto_id="hide-%s"), "dismissal": DismissalForm()}
    context = {"report": found, "decide": decide, **around(found, request.person), **fresh, **forms}
    return render(request, "moderation/report.html", context, status=status)


@door(ReportPolicy.read)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """The report with the text it is about; who reported reads what became of it."""
    return _page(request, _report(request, pk))


@door(ReportPolicy.decide)
@require_POST
def upholding(request: Request, pk: int) -> HttpResponse:
    found = _report(request, pk)
    demand_form(ReportPolicy(request.person, found).decide, typed=True)
    form = HidingForm(request.POST, auto_id="hide-%s")
    if form.is_valid():
        form.attempt(uphold, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("글을 가렸습니다. 글쓴이와 신고한 사람에게 알립니다."))
            return redirect("reports")
    return _page(request, found, form.status, hiding=form)


@door(ReportPolicy.decide)
@require_POST
def dismissal(request: Request, pk: int) -> HttpResponse:
    found = _report(request, pk)
    demand_form(ReportPolicy(request.person, found).decide, typed=True)
    form = DismissalForm(request.POST)
    if form.is_valid():
        form.attempt(dismiss, found, by=request.person, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("글을 그대로 두기로 했습니다. 글쓴이와 신고한 사람에게 알립니다."))
            return redirect("reports")
    return _page(request, found, form.status, dismissal=form)
