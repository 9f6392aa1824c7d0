"""A board's list of proposals: which of them, in which order, a page at a time."""

from dataclasses import dataclass

from django import forms
from django.db.models import CharField, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from boards.discussion.models import Comment
from boards.home.cards import cards_of
from boards.membership.models import Board, Team
from boards.proposals.models import CoProposal, Field, Kind, Proposal
from boards.proposals.states import State
from boards.voting.models import Ballot
from boards.voting.states import State as BallotState
from forum.events.models import Event
from forum.web.forms import ComposedCharField, Form
from forum.web.paging import Order, Page, moment, number, page_of

PAGE = 20
TEXTS = ("title", "problem", "remedy", "effect")

_last_event = Event.objects.filter(stream__name=Concat(Value("proposal:"), Cast(OuterRef("pk"), CharField())))
_open_ballot = Ballot.objects.filter(proposal=OuterRef("pk"), state=BallotState.OPEN)

ORDERS = {
    "newest": (_("최신순"), Order("opened_at", True, moment)),
    "active": (_("최근 활동순"), Order("active_at", True, moment)),
    "supported": (_("공감 많은 순"), Order("support_count", True, number)),
    "closing": (_("표결 마감 임박순"), Order("closes_at", False, moment)),
}
ANNOTATIONS = {
    "active_at": Subquery(_last_event.order_by("-number").values("at")[:1]),
    "closes_at": Subquery(_open_ballot.values("closes_at")[:1]),
}
STATES = [it for it in State if it != State.DRAFT]


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
    team = forms.ModelChoiceField(
        label=_("분임조"), required=False, queryset=Team.objects.none(), empty_label=_("전체")
    )
    sort = forms.ChoiceField(
        label=_("정렬"), required=False, choices=lambda: [(name, label) for name, (label, _order) in ORDERS.items()]
    )

    def __init__(self, data, *, board: Board) -> None:
        super().__init__({"sort": "newest", **data})
        self.fields["team"].queryset = board.teams.order_by("name")  # type: ignore[attr-defined]
        self.full_clean()


@dataclass(frozen=True)
class Listing:
    """One page of a board's list, and the form that says what is on it."""

    form: FilterForm
    page: Page
    cards: SafeString
    state: str
    narrowed: bool


def listing(board: Board, asked: dict[str, str]) -> Listing:
    """Return the page that was asked for; a hidden text is found by nothing it says.

    Who sees a board sees all its published proposals, so only the board must have been found through the person.
    """
    form = FilterForm(asked, board=board)
    wanted = form.cleaned_data
    proposals = Proposal.objects.published().filter(board=board, **_chosen(wanted))
    if words := wanted.get("q"):
        said = Q(*[(f"{name}__icontains", words) for name in TEXTS], _connector=Q.OR)
        proposals = proposals.filter(said, measure=None)
    _label, order = ORDERS[wanted.get("sort") or "newest"]
    if order.field in ANNOTATIONS:
        proposals = proposals.annotate(**{order.field: ANNOTATIONS[order.field]})
    page = page_of(_shown(proposals), order, asked.get("before"), PAGE)
    _count_talk(page.items)
    narrowed = any(wanted.get(name) for name in ("q", "field", "kind", "team"))
    return Listing(form, page, cards_of(page.items), wanted.get("state") or "", narrowed)


def _chosen(wanted: dict) -> dict:
    return {name: wanted[name] for name in ("state", "field", "kind", "team") if wanted.get(name)}


def _shown(proposals: QuerySet) -> QuerySet:
    return (
        proposals.defer("problem", "remedy", "effect")
        .select_related("author", "team")
        .prefetch_related("escalations", Prefetch("co_proposals", CoProposal.objects.accepted(), to_attr="partners"))
    )


def _count_talk(proposals: list[Proposal]) -> None:
    """Count the comments of those shown only: a board holds many more."""
    shown = Comment.objects.filter(proposal__in=[it.pk for it in proposals])
    counts = dict(shown.order_by().values_list("proposal").annotate(Count("pk")))
    for proposal in proposals:
        proposal.talk = counts.get(proposal.pk, 0)  # type: ignore[attr-defined]
