"""A board's list of proposals: which of them, in which order, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boards.home.cards import COLUMNS, cards_of
from boards.home.sections import STATES, Chip, filters_of
from boards.membership.models import Board, Team
from boards.proposals.models import CoProposal, Field, Kind, Proposal
from boards.proposals.states import Sharing
from boards.voting.models import Ballot
from boards.voting.states import State as BallotState
from forum.events.models import Event
from forum.prepared import Given, prepared
from forum.web.forms import ComposedCharField, Form
from forum.web.paging import Order, Page, moment, number, page_of

PAGE = 30
MOST_WORDS = 10
NEWEST = "newest"
TEXTS = ("title", "problem", "remedy", "effect")

_last_event = Event.objects.filter(stream__name=Concat(Value("proposal:"), Cast(OuterRef("pk"), CharField())))
_open_ballot = Ballot.objects.filter(proposal=OuterRef("pk"), state=BallotState.OPEN)

ORDERS = {
    NEWEST: (_("최신순"), Order("opened_at", True, moment)),
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
        label=_("찾을 말"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("찾을 말은 100자까지 쓸 수 있습니다. 줄여서 다시 찾아 주세요.")},
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
        super().__init__({"sort": NEWEST, **data})
        self.fields["team"].choices = [("", _("전체")), *teams]  # type: ignore[attr-defined]
        self.full_clean()

    def clean_q(self) -> str:
        """One space between words; more words than anybody looks for are refused."""
        words = self.cleaned_data["q"].split()
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("찾을 말은 열 낱말까지 쓸 수 있습니다. 줄여서 다시 찾아 주세요."))
        return " ".join(words)

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "field", "kind", "team"))

    def chips(self, asked: QueryDict) -> Sequence[Chip]:
        """What was chosen besides the state, each with the query that leaves it out."""
        chosen = {name: self.cleaned_data.get(name) for name in ("q", "field", "kind", "team", "sort")}
        return [
            Chip(str(self.fields[name].label), self._told(name, value), _without(asked, name))
            for name, value in chosen.items()
            if value and (name, value) != ("sort", NEWEST)
        ]

    def _told(self, name: str, value: str) -> str:
        choices = getattr(self.fields[name], "choices", ())
        return str({str(key): label for key, label in choices}.get(value, value))


@dataclass(frozen=True)
class Listing:
    """One page of a board's list, and what says what is on it."""

    filters: SafeString
    page: Page
    cards: SafeString
    state: str
    words: str
    narrowed: bool
    refused: bool
    follows: bool

    @property
    def found(self) -> str:
        """How many there are, where something was looked for: counted on the page that is read anyway."""
        if self.refused or self.follows or not (self.narrowed or self.state):
            return ""
        count = len(self.page.items)
        if self.page.before:
            return gettext("제안 %(count)s건 이상") % {"count": count}
        return gettext("제안 %(count)s건") % {"count": count}


def listing(board: Board, asked: QueryDict) -> Listing:
    """Return the page that was asked for; a hidden text is found by nothing it says.

    Who sees a board sees all its published proposals, so only the board must have been found through the person.
    """
    teams: Teams = tuple(_teams(board.pk))
    form = FilterForm(asked.dict(), teams=teams)
    wanted, refused = form.cleaned_data, "q" in form.errors
    proposals = Proposal.objects.published().filter(board=board, **_chosen(wanted))
    for word in dict.fromkeys(wanted.get("q", "").split()):
        proposals = proposals.filter(_stands(word, board))
    _label, order = ORDERS[wanted.get("sort") or NEWEST]
    if order.field in ANNOTATIONS:
        proposals = proposals.annotate(**{order.field: ANNOTATIONS[order.field]})
    columns = dict.fromkeys([*COLUMNS, order.field])  # the page reads its cursor there
    rows = (proposals.none() if refused else proposals).values_list(*columns, named=True)
    page = page_of(rows, order, asked.get("before"), PAGE)
    return Listing(
        filters=filters_of(board, form, teams, asked),
        page=page,
        cards=cards_of(page.items),
        state=wanted.get("state") or "",
        words=wanted.get("q", ""),
        narrowed=form.narrowed,
        refused=refused,
        follows="before" in asked,
    )


def _stands(word: str, board: Board) -> Q:
    """Where a word may stand on the proposal's page: in what it says unless hidden, its number, its authors' names."""
    said = Q(*[(f"{name}__icontains", word) for name in TEXTS], _connector=Q.OR) & Q(measure=None)
    partners = CoProposal.objects.filter(
        proposal__board=board, state=Sharing.ACCEPTED, person__name__icontains=word
    ).values("proposal")
    return said | Q(number__icontains=word) | Q(author__name__icontains=word) | Q(pk__in=partners)


def _without(asked: QueryDict, name: str) -> str:
    rest = asked.copy()
    for it in (name, "before"):
        rest.pop(it, None)
    return rest.urlencode()


@prepared
def _teams(board: Given) -> QuerySet:
    return Team.objects.filter(board=board).order_by("name").values_list("pk", "name")


def _chosen(wanted: dict) -> dict:
    return {name: wanted[name] for name in ("state", "field", "kind", "team") if wanted.get(name)}
