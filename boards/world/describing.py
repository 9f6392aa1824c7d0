"""The demo world as a table of accounts and paths, for people and scripts that want to look at it."""

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from boards.escalation.models import Escalation
from boards.moderation.reports.models import Report
from boards.proposals.models import Proposal, Revision
from boards.proposals.states import State
from boards.voting.models import Ballot
from boards.voting.states import State as BallotState
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
    revised = Revision.objects.filter(proposal__board=world.board, number__gt=1).order_by("pk").first()
    if revised is not None:
        urls["revisions"] = reverse("revisions", args=[revised.proposal_id])
        urls["revision"] = reverse("revision", args=[revised.pk])
    draft = proposals.filter(author=world.jun, state=State.DRAFT).order_by("pk").first()
    if draft is not None:
        urls["draft"] = reverse("proposal_edit", args=[draft.pk])
        urls["co_proposers"] = reverse("co_proposers", args=[draft.pk])
    report = Report.objects.filter(board=world.board).order_by("pk").first()
    if report is not None:
        urls["report"] = reverse("report", args=[report.pk])
    called = Ballot.objects.filter(proposal__board=world.board).order_by("pk")
    for name, state in (("roll", BallotState.OPEN), ("accepted", BallotState.PASSED)):
        ballot = called.filter(state=state).first()
        if ballot is not None:
            urls[name] = reverse(f"ballot_{name}", args=[ballot.pk])
    team = world.board.teams.order_by("pk").first()
    if team is not None:
        urls["team"] = reverse("team", args=[team.pk])
    return urls | {
        "proposal_new": reverse("proposal_new", args=[slug]),
        "member_new": reverse("member_new", args=[slug]),
        "member_list": reverse("member_list", args=[slug]),
        "invitations": reverse("invitations", args=[slug]),
        "teams": reverse("teams", args=[slug]),
        "board_new": reverse("board_new"),
        "kept": reverse("kept"),
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
