"""A board's list of proposals: which of them, in which order, a page at a time."""

from dataclasses import dataclass

from django import forms
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from boards.home.cards import COLUMNS, cards_of
from boards.home.sections import STATES, filters_of
from boards.membership.models import Board, Team
from boards.proposals.models import Field, Kind, Proposal
from boards.voting.models import Ballot
from boards.voting.states import State as BallotState
from forum.events.models import Event
from forum.prepared import Given, prepared
from forum.web.forms import ComposedCharField, Form
from forum.web.paging import Order, Page, moment, number, page_of

PAGE = 30
TEXTS = ("title", "problem", "remedy", "effect")

_last_event = Event.objects.filter(stream__name=Concat(Value("proposal:"), Cast(OuterRef("pk"), CharField())))
_open_ballot = Ballot.objects.filter(proposal=OuterRef("pk"), state=BallotState.OPEN)

ORDERS = {
    "newest": (_("최신순"), Order("opened_at", True, moment)),
    "active": (_("최근 활동순"), Order("active_at", True, moment, gaps=True)),
    "supported": (_("공감 많은 순"), Order("support_count", True, number)),
    "closing": (_("표결 마감 임박순"), Order("closes_at", False, moment, gaps=True)),
}
ANNOTATIONS = {
    "active_at": Subquery(_last_event.order_by("-number").values("at")[:1]),
    "closes_at": Subquery(_open_ballot.values("closes_at")[:1]),
}
type Teams = tuple[tuple[int, str], ...]


class FilterForm(Form):
    """What the list is narrowed to; nothing chosen is everything, and what nobody offered counts as not chosen."""

    q = ComposedCharField(
        label=_("찾을 말"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("상태"), required=False, choices=lambda: [("", _("전체")), *((it.value, it.label) for it in STATES)]
    )
    field = forms.ChoiceField(label=_("분야"), required=False, choices=[("", _("전체")), *Field.choices])
    kind = forms.ChoiceField(label=_("과제 구분"), required=False, choices=[("", _("전체")), *Kind.choices])
    team = forms.ChoiceField(label=_("분임조"), required=False)
    sort = forms.ChoiceField(
        label=_("정렬"), required=False, choices=lambda: [(name, label) for name, (label, _order) in ORDERS.items()]
    )

    def __init__(self, data, *, teams: Teams) -> None:
        super().__init__({"sort": "newest", **data})
        self.fields["team"].choices = [("", _("전체")), *teams]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "field", "kind", "team"))


@dataclass(frozen=True)
class Listing:
    """One page of a board's list, and what says what is on it."""

    filters: SafeString
    page: Page
    cards: SafeString
    state: str
    narrowed: bool


def listing(board: Board, asked: QueryDict) -> Listing:
    """Return the page that was asked for; a hidden text is found by nothing it says.

    Who sees a board sees all its published proposals, so only the board must have been found through the person.
    """
    teams: Teams = tuple(_teams(board.pk))
    form = FilterForm(asked.dict(), teams=teams)
    wanted = form.cleaned_data
    proposals = Proposal.objects.published().filter(board=board, **_chosen(wanted))
    if words := wanted.get("q"):
        said = Q(*[(f"{name}__icontains", words) for name in TEXTS], _connector=Q.OR)
        proposals = proposals.filter(said, measure=None)
    _label, order = ORDERS[wanted.get("sort") or "newest"]
    if order.field in ANNOTATIONS:
        proposals = proposals.annotate(**{order.field: ANNOTATIONS[order.field]})
    columns = dict.fromkeys([*COLUMNS, order.field])  # the page reads its cursor there
    page = page_of(proposals.values_list(*columns, named=True), order, asked.get("before"), PAGE)
    return Listing(
        filters_of(board, form, teams, asked), page, cards_of(page.items), wanted.get("state") or "", form.narrowed
    )


@prepared
def _teams(board: Given) -> QuerySet:
    return Team.objects.filter(board=board).order_by("name").values_list("pk", "name")


def _chosen(wanted: dict) -> dict:
    return {name: wanted[name] for name in ("state", "field", "kind", "team") if wanted.get(name)}
