"""How the tests get an escalation onto the desk, an answer written and a commitment reported."""

import html
import re
from datetime import date, timedelta

from django.utils import timezone

from boards.escalation.actions import Promise, prepare_answer, publish_answer, receive, report_progress
from boards.escalation.models import Commitment, Decision, Escalation
from boards.escalation.states import CommitmentState
from boards.membership.models import Mode
from tests.boards.browsing import text
from tests.boards.voting.balloting import YES, counted


def escalated(hanbit) -> Escalation:
    """Jun's proposal, passed by name and on hana's desk."""
    return counted(hanbit, Mode.NAMED, *[YES] * 7).proposal.escalations.get()


def received(hanbit) -> Escalation:
    return receive(escalated(hanbit), by=hanbit.hana)


def publish(door, path: str):
    """Open the preview at `path` and publish what it shows."""
    draft = re.search(r'name="seen" value="([^"]*)"', text(door.get(path)))
    return door.post(path, seen=html.unescape(draft[1]) if draft else "")


def later(days: int = 60) -> date:
    return timezone.localdate() + timedelta(days=days)


def answered(hanbit, *, promises: int = 1) -> Escalation:
    escalation = received(hanbit)
    draft = prepare_answer(
        escalation, by=hanbit.hana, decision=Decision.ADOPTED, reason="옳은 제안입니다.", implement_on=later(),
        promises=[Promise(f"과제 {number}", "총무과", later()) for number in range(1, promises + 1)],
    )  # fmt: skip
    publish_answer(escalation, by=hanbit.hana, seen=draft.prepared_at)
    return escalation


def reported_done(hanbit) -> Commitment:
    """A commitment that waits for jun's word."""
    commitment = answered(hanbit).answer.commitments.get()
    report_progress(commitment, by=hanbit.hana, state=CommitmentState.DONE, reason="지침을 고쳤습니다.")
    return commitment


def form(*rows: tuple[str, str, date | str], rooms: int = 5, **fields) -> dict:
    """What the answer form sends: the fields and as many rows as it shows, most of them empty."""
    data = {"decision": "adopted", "reason": "옳은 제안입니다.", "implement_on": later(), **fields}
    data |= {"promise-TOTAL_FORMS": rooms, "promise-INITIAL_FORMS": 0}
    for number in range(rooms):
        what, who, due = rows[number] if number < len(rows) else ("", "", "")
        data |= {f"promise-{number}-what": what, f"promise-{number}-who": who, f"promise-{number}-due_on": due}
    return data
