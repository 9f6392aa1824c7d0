"""The demo world as a table of accounts and paths, for people and scripts that want to look at it."""

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from boards.escalation.models import Escalation
from boards.proposals.models import Proposal
from boards.proposals.states import State
from boards.world.cast import CAST, PASSWORD, World


def describe(world: World) -> dict:
    """Return `{"accounts": [{key, name, email, password, role, board}], "urls": {name: path}}`."""
    accounts = [
        {"key": it.key, "name": it.name, "email": it.email, "password": PASSWORD, "role": it.role, "board": it.board}
        for it in CAST
    ]
    return {"accounts": accounts, "urls": _urls(world)}


def _urls(world: World) -> dict[str, str]:
    slug = world.board.slug
    proposals = Proposal.objects.filter(board=world.board)
    escalated = Escalation.objects.filter(proposal=OuterRef("pk"))
    unanswered = escalated.unanswered()
    found = {
        "proposal_open": proposals.filter(state=State.OPEN),
        "proposal_balloting": proposals.filter(state=State.BALLOTING),
        "proposal_passed": proposals.filter(Exists(unanswered.exclude(pk__in=Escalation.objects.overdue()))),
        "proposal_failed": proposals.filter(state=State.FAILED),
        "proposal_answered": proposals.filter(Exists(escalated.filter(answer__published_at__isnull=False))),
        "proposal_overdue": proposals.filter(Exists(escalated.filter(pk__in=Escalation.objects.overdue()))),
    }
    urls = {"home": reverse("home"), "board": reverse("board", args=[slug])}
    for name, matching in found.items():
        first = matching.order_by("pk").first()
        if first is not None:
            urls[name] = reverse("proposal", args=[first.pk])
    talked = proposals.annotate(talk=Count("comments")).order_by("-talk", "pk").first()
    if talked is not None:
        urls["proposal_many_comments"] = reverse("proposal", args=[talked.pk])
    overdue = Escalation.objects.filter(proposal__board=world.board).overdue().order_by("pk").first()
    if overdue is not None:
        urls["decision"] = overdue.get_absolute_url()
    answered = found["proposal_answered"].order_by("pk").first()
    if answered is not None:
        urls["answer"] = reverse("answer", args=[answered.pk])
        urls["paper"] = reverse("proposal_paper", args=[answered.pk])
    return urls | {
        "room": reverse("room", args=[world.room.pk]),
        "rooms": reverse("rooms", args=[slug]),
        "desk": reverse("desk"),
        "members": reverse("members", args=[slug]),
        "log": reverse("board_log", args=[slug]),
        "notifications": reverse("notifications"),
        "settings": reverse("board_settings", args=[slug]),
        "reports": reverse("reports"),
        "sessions": reverse("sessions"),
        "notification_settings": reverse("notification_settings"),
    }
