"""The things the permission matrix speaks of, each under the name the table gives it, and what is sent to each door."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from boards.discussion.actions import post_comment
from boards.discussion.models import Stance
from boards.escalation.actions import Promise, prepare_answer, publish_answer, receive, report_progress
from boards.escalation.models import Decision
from boards.escalation.states import CommitmentState
from boards.membership.invitations.actions import invite
from boards.membership.models import Membership, Mode, Team
from boards.moderation.actions import hide
from boards.moderation.reports.actions import report
from boards.proposals import sharing
from boards.proposals.actions import open_proposal, start_draft, withdraw
from boards.proposals.models import Proposal
from boards.rooms.actions import close_room, found_room, post_message
from boards.voting.actions import call_ballot, cast_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice
from boards.world.cast import World
from forum.events.recording import SYSTEM
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from forum.sealing.keystore import KeyStore
from tests.boards.attachments.uploading import attached, part

TEXTS = {"title": "회의 줄이기", "problem": "회의가 깁니다.", "remedy": "30분만 합니다.", "effect": "여유가 생깁니다."}
KINDS = ("proposal", "comment", "message")


class Stage:
    """Every thing of the table, by name; `closed` is the Hanbit board closed to staff, with its open proposal."""

    def __init__(self, world: World, keys: KeyStore) -> None:
        self.world, self.keys = world, keys
        self.things: dict[str, object] = {"hanbit": world.board, "room": world.room}
        self._proposals()
        self._answers()
        self._content()
        self._files()
        tell()
        self.things["notice_of_jun"] = Notification.objects.filter(person=world.jun).latest("pk")

    def _proposals(self) -> None:
        self.things["draft"] = self._draft()
        self.things["open"] = self.things["closed"] = self._open()
        self.things["revision_of_open"] = self.things["open"].revisions.get()
        self.things["invitation"] = sharing.invite(
            self.things["draft"], by=self.world.jun, person=self.world.tae, share=30
        )
        shared = sharing.invite(self._draft(), by=self.world.jun, person=self.world.tae, share=30)
        self.things["share_of_tae"] = sharing.accept(shared, by=self.world.tae)
        self.things["withdrawn"] = withdraw(self._open(), by=self.world.jun, reason="다른 제안과 합칩니다.")
        for name, mode in (("balloting", Mode.NAMED), ("sealed", Mode.SEALED)):
            self.things[f"ballot_of_{name}"] = ballot = self._ballot(mode)
            self.things[name] = ballot.proposal
        self.things["failed"] = self._decided(Mode.NAMED, Choice.NO)

    def _answers(self) -> None:
        hana, today = self.world.hana, timezone.localdate()
        for name in ("escalated", "received", "prepared", "answered"):
            proposal = self._decided(Mode.SEALED, Choice.YES)
            escalation = proposal.escalations.get()
            self.things[name], self.things[f"escalation_{name}"] = proposal, escalation
            self.things[f"ballot_of_{name}"] = proposal.ballots.get()
            self.things[f"file_of_{name}"] = proposal.attachments.get()
            if name == "escalated":
                continue
            receive(escalation, by=hana)
            if name == "received":
                continue
            draft = prepare_answer(
                escalation, by=hana, decision=Decision.ADOPTED, reason="좋은 제안입니다.", implement_on=today,
                promises=[Promise("지침 개정", "총무과", today), Promise("안내", "인사과", today)],
            )  # fmt: skip
        answer = publish_answer(escalation, by=hana, seen=draft.prepared_at)
        self.things["planned"], self.things["done"] = answer.commitments.all()
        report_progress(self.things["done"], by=hana, state=CommitmentState.DONE, reason="안내했습니다.")

    def _content(self) -> None:
        world = self.world
        for key in ("tae", "minji"):
            self.things[f"comment_of_{key}"] = post_comment(
                self.things["open"], author=world.people[key], stance=Stance.FOR, body="찬성합니다.",
                client_id=uuid.uuid4(),
            )  # fmt: skip
            self.things[f"seat_of_{key}"] = Membership.objects.get(person=world.people[key])
        self.things["message_of_jun"] = post_message(
            world.room, author=world.jun, body="안녕하세요.", client_id=uuid.uuid4()
        )
        found_room(world.board, by=SYSTEM, name="부결된 제안", proposal=self.things["failed"])
        self.things["team"] = Team.objects.create(board=world.board, name="새 분임조")
        self.things["closed_team"] = Team.objects.create(
            board=world.board, name="지난 분임조", retired_by=world.minji, retired_at=timezone.now()
        )
        reported, hidden = (
            post_comment(
                self.things["open"], author=world.tae, stance=Stance.FOR, body="지나친 말", client_id=uuid.uuid4()
            )
            for _ in range(2)
        )
        self.things["report_by_jun"] = report(reported, by=world.jun, rule="R04", passage="지나친 말")
        hide(hidden, by=world.minji, rule="R04", reason="지나친 말입니다.")
        self.things["hidden_of_tae"] = hidden
        self.things["invitation_to_staff"], token = invite(world.board, by=world.minji, **self._invited())
        self.things["link_to_staff"] = SimpleNamespace(pk=token)
        closed = found_room(world.board, by=SYSTEM, name="지난 이야기")
        self.things["closed_room"] = close_room(closed, by=world.minji, reason="다음 모임까지 쉽니다.")

    def _files(self) -> None:
        self.things["hidden"] = self._open()
        for name in ("draft", "open", "hidden"):
            self.things[f"file_of_{name}"] = attached(self.things[name], self.world.jun, "표.png")
        hide(self.things["hidden"], by=self.world.minji, rule="R10", reason="주제와 다릅니다.")

    def _invited(self) -> dict:
        today = timezone.localdate()
        term = {"term_from": today, "term_until": today + timedelta(days=30)}
        return {"email": self.world.staff.email, "role": "member", **term}

    def _draft(self) -> Proposal:
        return start_draft(self.world.board, by=self.world.jun, **TEXTS)

    def _open(self) -> Proposal:
        return open_proposal(self._draft(), by=self.world.jun)

    def _ballot(self, mode: Mode) -> Ballot:
        proposal = self._open()
        attached(proposal, self.world.jun, "표.png")
        call_ballot(proposal, by=self.world.minji, mode=mode, reason="뜻을 묻습니다.")
        return open_ballot(proposal, keys=self.keys)

    def _decided(self, mode: Mode, choice: Choice) -> Proposal:
        ballot = self._ballot(mode)
        for voter in self.world.members[:8]:
            cast_ballot(ballot, voter=voter, choice=choice)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
        count_ballot(close_ballot(ballot), keys=self.keys)
        return Proposal.objects.get(pk=ballot.proposal_id)

    def posted(self, door: str) -> dict:
        """What a form of this door sends, complete and valid, with a client id of its own each time."""
        today = timezone.localdate()
        seat = {"role": "member", "term_from": today, "term_until": today + timedelta(days=30)}
        rows = {"promise-TOTAL_FORMS": "0", "promise-INITIAL_FORMS": "0"}
        written = {"client_id": str(uuid.uuid4())}
        return {
            "member_new": {**seat, "email": self.world.staff.email},
            "membership": seat,
            "board_settings": {
                "support_absolute": 5,
                "support_percent": 1,
                "quorum_percent": 40,
                "pass_percent": 50,
                "breadth": 1,
                "ballot_days": 7,
                "ballot_mode": "0",
            },
            "teams": {"name": "현장"},
            "team": {"name": "현장"},
            "board_new": {
                **seat,
                "name": "새 보드",
                "slug": "new-board",
                "code": "새",
                "cohort": "4",
                "moderator_email": self.world.staff.email,
            },
            "board_addressee": {"addressee": self.world.board.addressee_id},
            "member_list": {**seat, "lines": "새내기, new@hanbit.example"},
            "invitations": {**written, **seat, "email": "new@hanbit.example"},
            "proposal_new": {**TEXTS, "field": "culture"},
            "proposal_edit": {**TEXTS, "field": "culture"},
            "proposal_withdrawal": {"reason": "다시 생각하겠습니다."},
            "proposal_improvement": {**TEXTS, "field": "work"},
            "revision_new": {**TEXTS, "field": "work", "note": "분야를 바로잡았습니다."},
            "working_copy": {**TEXTS, "field": "work", "note": "분야를 바로잡았습니다."},
            "co_proposers": {"person": self.world.sora.pk, "share": "20"},
            "co_proposal_answer": {"answer": "accept"},
            "proposal_hiding": {"rule": "R10", "reason": "주제와 다릅니다."},
            "attachments": {"file": part("근거.pdf")},
            "comments": {**written, "stance": "for", "body": "좋습니다."},
            "comment_reply": {**written, "stance": "question", "body": "언제부터인가요?"},
            "comment_edit": {"stance": "against", "body": "다시 생각했습니다."},
            "comment_hiding": {"rule": "R04", "reason": "욕설이 있습니다."},
            **{f"{kind}_report": {"rule": "R04", "passage": "둘째 줄"} for kind in KINDS},
            **{f"{kind}_restoration": {"reason": "인용한 말입니다."} for kind in KINDS},
            "report_dismissal": {"reason": "인용한 말입니다."},
            "report_hiding": {"rule": "R04", "reason": "욕설이 있습니다."},
            "message_hiding": {"rule": "R04", "reason": "욕설이 있습니다."},
            "ballot": {"choice": "1"},
            "ballot_call": {"mode": "0", "reason": "뜻을 묻습니다."},
            "ballot_void": {"reason": "명부가 잘못되었습니다."},
            "escalation_answer": {**rows, "decision": "closed", "reason": "이미 시행하고 있습니다."},
            "escalation_publication": {"seen": self.things["escalation_prepared"].answer.prepared_at.isoformat()},
            "escalation_notes": {**written, "department": "총무과", "body": "예산은 있습니다."},
            "commitment_progress": {"state": "done", "reason": "마쳤습니다."},
            "commitment_dispute": {"reason": "아직 그대로입니다."},
            "rooms": {"name": "새 토론방"},
            "messages": {**written, "body": "안녕하세요."},
            "message_edit": {"body": "고쳤습니다."},
            "message_reactions": {"kind": "like"},
            "message_comment": {**written, "stance": "addition", "body": "> 인용", "proposal": self.things["open"].pk},
            "room_place": {"message": self.things["message_of_jun"].pk},
            "room_closing": {"reason": "이야기가 끝났습니다."},
            "room_pause": {"reason": "다음 모임까지 쉽니다."},
            "proposal_room": {"name": "제안 이야기"},
        }.get(door, {})
