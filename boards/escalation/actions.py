"""Acts of the duty to answer: escalate, receive, prepare, publish, report progress, confirm or dispute."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from boards.escalation.models import (
    ADOPTING,
    Answer,
    Commitment,
    Confirmation,
    DeskNote,
    Escalation,
    Progress,
    Reminder,
)
from boards.escalation.policy import CommitmentPolicy, EscalationPolicy
from boards.escalation.rules import due_on, is_past, reminder_at
from boards.escalation.states import CommitmentState, State
from boards.policy import demand
from boards.proposals.models import Proposal
from forum.accounts.signing import tell_rights_changed
from forum.events.models import Stream
from forum.events.recording import SYSTEM, record, verb
from forum.institutions.models import Office
from forum.locks import own
from forum.web.errors import Invalid, WrongState
from forum.web.repeats import body_hash, same_again


@dataclass(frozen=True)
class Promise:
    """What the office promises to do: what, who, and the last day."""

    what: str
    who: str
    due_on: date


def escalate(proposal: Proposal, *, addressee: Office) -> Escalation:
    """Put a passed round on the addressee's desk, with the last day to answer; called under the proposal's lock.

    The round is unique, so a second call in the same round raises IntegrityError instead of escalating twice.
    """
    with verb():
        now = timezone.now()
        escalation = Escalation.objects.create(
            proposal=proposal,
            round=proposal.round,
            addressee=addressee,
            escalated_at=now,
            due_on=due_on(timezone.localdate(now), proposal.board.answer_days),
        )
        record("proposal_escalated", about=escalation, by=SYSTEM, stream=escalation.stream)
    return escalation


def hand_over(office: Office, *, to) -> Office:
    """Give the office to another holder, or to nobody; of what lies unanswered on its desk they are told anew."""
    with verb():
        office = own(office)
        before, office.holder = office.holder, to
        office.save(update_fields=["holder"])
        for person in {before, to} - {None}:
            tell_rights_changed(person)
        if before != to:
            for escalation in Escalation.objects.unanswered().filter(addressee=office).order_by("pk"):
                record("escalation_handed_over", about=escalation, by=SYSTEM, stream=escalation.stream)
    return office


def receive(escalation: Escalation, *, by) -> Escalation:
    """Acknowledge the escalation; the last day to answer does not move."""
    with verb():
        escalation = own(escalation)
        demand(EscalationPolicy(by, escalation).receive)
        escalation.move_to(State.RECEIVED, received_at=timezone.now(), received_by=by)
        record("escalation_received", about=escalation, by=by, stream=escalation.stream)
    return escalation


def write_note(
    escalation: Escalation, *, by, body: str, department: str = "", client_id: UUID | None = None
) -> DeskNote:
    """Keep a note on the desk of the addressee's office, which nobody else reads.

    The same `client_id` again returns the first one, with other words it is a Conflict.
    """
    with verb():
        escalation = own(escalation)
        demand(EscalationPolicy(by, escalation).note)
        digest = body_hash(department, body)
        mine = DeskNote.objects.filter(escalation=escalation, by=by, client_id=client_id)
        if client_id is not None and (earlier := same_again(mine, digest)) is not None:
            return earlier
        note = DeskNote.objects.create(
            escalation=escalation, office=escalation.addressee, department=department, body=body, by=by,
            client_id=client_id, body_hash=digest,
        )  # fmt: skip
        Stream.objects.get_or_create(name=note.stream)
        record("desk_note_written", about=note, by=by, stream=note.stream)
    return note


def prepare_answer(
    escalation: Escalation,
    *,
    by,
    decision: str,
    reason: str,
    implement_on: date | None,
    promises: list[Promise],
    begun_with: str | None = None,
    window: UUID | None = None,
    by_itself: bool = False,
) -> Answer:
    """Save the draft answer, seen by the addressee's office only; the first that says something starts the review.

    `begun_with` is the time (ISO) of the draft the writer had before them, empty for none: raise WrongState when
    another window has saved one since. What saves itself while somebody types starts nothing others hear of.
    """
    with verb():
        escalation = own(escalation)
        demand(EscalationPolicy(by, escalation).answer)
        stored = Answer.objects.filter(escalation=escalation).first()
        seen = stored.prepared_at.isoformat() if stored else ""
        own_window = stored is not None and window is not None and window == stored.prepared_in
        if stored is not None and begun_with not in (None, seen) and not own_window:
            raise WrongState(_drafted_meanwhile(stored))
        answer, _made = Answer.objects.update_or_create(
            escalation=escalation,
            defaults={
                "decision": decision,
                "reason": reason,
                "implement_on": implement_on,
                "prepared_by": by,
                "prepared_at": timezone.now(),
                "prepared_in": window,
            },
        )
        answer.commitments.all().delete()
        Commitment.objects.bulk_create(
            [Commitment(answer=answer, what=it.what, who=it.who, due_on=it.due_on) for it in promises]
        )
        begun = decision or reason.strip() or implement_on or promises
        if escalation.state == State.RECEIVED and begun and not by_itself:
            escalation.move_to(State.UNDER_REVIEW)
            record("escalation_under_review", about=escalation, by=by, stream=escalation.stream)
    return answer


def _drafted_meanwhile(stored: Answer) -> str:
    return _(
        "그 사이 다른 화면에서 초안이 저장되었습니다. 저장한 사람: %(name)s(%(moment)s). "
        "아래에 쓰신 글로 바꾸려면 한 번 더 저장해 주세요."
    ) % {"name": stored.prepared_by.name, "moment": f"{timezone.localtime(stored.prepared_at):%Y. %-m. %-d. %H:%M}"}


def hindrance_to(answer: Answer | None) -> str | None:
    """Return the sentence that says what must be put right before an answer can be published, None when it can."""
    if answer is None or not answer.decision or not answer.reason.strip():
        return _("결정과 사유를 모두 써 주세요. 사유 없는 답변은 공개할 수 없습니다.")
    promised = list(answer.commitments.all())
    if answer.decision not in ADOPTING:
        return _promises_without_adopting(answer) if promised or answer.implement_on else None
    if answer.implement_on is None:
        return _("채택하는 답변에는 실시 예정 시기를 써 주세요.")
    if not promised:
        return _("채택하는 답변에는 이행과제를 하나 이상 써 주세요.")
    return _past_promise(answer.implement_on, promised)


def _promises_without_adopting(answer: Answer) -> str:
    return _(
        "‘%(decision)s’에는 실시 예정 시기와 이행과제를 붙일 수 없습니다. ‘더 고치기’를 눌러 두 가지를 지우거나, "
        "하기로 한 일이 있으면 결정을 ‘채택’이나 ‘일부 채택’으로 바꿔 주세요."
    ) % {"decision": answer.get_decision_display()}


def _past_promise(implement_on: date, promised: list[Commitment]) -> str | None:
    """What is published cannot be changed, so it promises nothing for a day that is over."""
    today = timezone.localdate()
    if is_past(implement_on, today):
        return _("실시 예정 시기가 이미 지났습니다. 오늘이나 그 뒤의 날로 고쳐 주세요.")
    late = next((it for it in promised if is_past(it.due_on, today)), None)
    if late is None:
        return None
    sentence = _("이행과제 ‘%(what)s’의 완료 기한이 이미 지났습니다. 오늘이나 그 뒤의 날로 고쳐 주세요.")
    return sentence % {"what": late.what}


def publish_answer(escalation: Escalation, *, by, seen: datetime | None) -> Answer:
    """Publish for good the prepared answer that was saved at `seen`, as its preview showed it.

    Raise WrongState when it was saved again since, Invalid when decision, reason, date or commitments do not fit.
    """
    with verb():
        escalation = own(escalation)
        demand(EscalationPolicy(by, escalation).answer)
        answer: Answer = Answer.objects.filter(escalation=escalation).first()  # type: ignore[assignment] # none lacks all
        if (sentence := hindrance_to(answer)) is not None:
            raise Invalid(sentence)
        if answer.prepared_at != seen:
            raise WrongState(
                _("미리보기를 연 뒤에 답변이 고쳐졌습니다. 아래의 지금 내용을 다시 확인하고 공개해 주세요.")
            )
        answer.published_by, answer.published_at = by, timezone.now()
        answer.save(update_fields=["published_by", "published_at"])
        escalation.move_to(State.ANSWERED)
        record("escalation_answered", about=escalation, by=by, stream=escalation.stream, answer=answer.pk)
    return answer


def report_progress(commitment: Commitment, *, by, state: str, reason: str) -> Progress:
    """Move a commitment along with a reason; a completion waits for the proposer's word."""
    with verb():
        commitment = own(commitment)
        demand(CommitmentPolicy(by, commitment).report)
        commitment.move_to(CommitmentState(state))
        progress = Progress.objects.create(commitment=commitment, state=state, reason=reason, by=by)
        name = "commitment_done" if state == CommitmentState.DONE else "commitment_progressed"
        record(name, about=commitment, by=by, stream=commitment.stream, progress=progress.pk)
    return progress


def confirm_commitment(commitment: Commitment, *, by) -> Confirmation:
    """Confirm the newest report of completion: the commitment is closed."""
    return _judge(commitment, by=by, confirmed=True, reason="")


def dispute_commitment(commitment: Commitment, *, by, reason: str) -> Confirmation:
    """Dispute the newest report of completion: the commitment is in progress again."""
    return _judge(commitment, by=by, confirmed=False, reason=reason)


def _judge(commitment: Commitment, *, by, confirmed: bool, reason: str) -> Confirmation:
    with verb():
        commitment = own(commitment)
        demand(CommitmentPolicy(by, commitment).confirm)
        if not confirmed:
            if not reason.strip():
                raise Invalid(_("이의가 있으면 무엇이 아직 이행되지 않았는지 써 주세요."))
            commitment.move_to(CommitmentState.IN_PROGRESS)
        confirmation = Confirmation.objects.create(
            progress=commitment.progress.latest("pk"), confirmed=confirmed, reason=reason, by=by
        )
        name = "commitment_confirmed" if confirmed else "commitment_disputed"
        record(name, about=commitment, by=by, stream=commitment.stream)
    return confirmation


def remind(escalation: Escalation) -> Reminder | None:
    """Remind the office, once each, that 7, 3 or 1 days are left to answer; a reminder that was missed is left out."""
    with verb():
        escalation = own(escalation)
        days = reminder_at(escalation.days_left)
        if escalation.state == State.ANSWERED or days is None or escalation.reminders.filter(days__lte=days).exists():
            return None
        reminder = Reminder.objects.create(escalation=escalation, days=days)
        record("answer_due_soon", about=escalation, by=SYSTEM, stream=escalation.stream)
    return reminder


def mark_overdue(escalation: Escalation) -> Escalation:
    """Tell, once, that the last day to answer has passed; the mark itself is computed from the date."""
    with verb():
        escalation = own(escalation)
        if escalation.overdue and escalation.overdue_marked_at is None:
            escalation.overdue_marked_at = timezone.now()
            escalation.save(update_fields=["overdue_marked_at"])
            record("escalation_overdue", about=escalation, by=SYSTEM, stream=escalation.stream)
    return escalation
