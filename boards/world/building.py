"""The demo's world: a board in its third month, a neighbour, and the cohort before; made by acts, then moved back."""

import uuid
from datetime import timedelta

from django.utils import timezone

from boards.attachments.actions import attach
from boards.attachments.rules import examine
from boards.discussion.actions import post_comment
from boards.discussion.models import Comment
from boards.escalation.actions import receive
from boards.escalation.models import Decision
from boards.escalation.states import CommitmentState
from boards.membership.invitations.actions import invite as invite_to_board
from boards.membership.models import Membership, Mode
from boards.moderation.reports.actions import report
from boards.proposals.actions import improve, revise, withdraw
from boards.proposals.models import Proposal
from boards.proposals.sharing import accept, invite
from boards.rooms.actions import open_room, pause_room, post_message
from boards.voting.actions import cast_ballot
from boards.voting.models import Ballot, Choice
from boards.world import files, last_cohort, long_talk, season, texts
from boards.world.acting import Acting
from boards.world.ageing import age, age_board, age_rest, age_room, number_by_age, order_by_age
from boards.world.cast import LAST_COHORT, World, find_cast, found_cast, found_last_cohort
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from forum.sealing.keystore import KeyStore

FIRST_BALLOT_CLOSES_AFTER = timedelta(minutes=3)
READ_AFTER = timedelta(days=14)  # what is older than that, everybody has read


def make_world(keys: KeyStore) -> World:
    """Make the demo world, or find it when it is there already."""
    return find_cast() or _Builder(found_cast(), keys).build()


class _Builder:
    def __init__(self, world: World, keys: KeyStore) -> None:
        self.world = world
        self.keys = keys
        self.hanbit = Acting(world.board, world.people, world.members, world.minji, world.hana, keys)
        self.garam = Acting(world.garam, world.people, [world.rio], world.nuri, world.hana, keys)

    def build(self) -> World:
        self._last_cohort()
        self._answered()
        self._refused_and_kept()
        self._overdue()
        self._passed()
        self._failed()
        self._balloting()
        self._open()
        self._everybody_talks()
        self._closing_soon()
        self._neighbours()
        self._rooms()
        self._asked()
        number_by_age()
        for slug, founded in (("hanbit", 120), ("garam", 120), (LAST_COHORT, 490)):
            age_board(self.world.boards[slug], founded=founded)
        age_rest()
        order_by_age()
        while tell():
            pass
        now = timezone.now()
        Notification.objects.filter(must=False).update(read_at=now)
        Notification.objects.filter(event__at__lt=now - READ_AFTER).update(read_at=now)
        Letter.objects.all().update(sent_at=now)  # what happened before the first start was mailed long ago
        return self.world

    # --- What has come of it -------------------------------------------------------------------------------------

    def _answered(self) -> None:
        proposal = self.hanbit.published(texts.RICE_CAKES)
        self._attach(proposal, files.SURVEY)
        self.hanbit.balloted(proposal, Mode.SEALED, yes=8, no=3)
        answer = self.hanbit.answered(
            proposal,
            Decision.ADOPTED,
            "신규 직원에게 비용을 지우는 관행은 이어갈 이유가 없습니다. 제안하신 문안을 운영 규정에 넣고, "
            "축하 편지는 제가 먼저 쓰겠습니다.",
            [
                ("부서 운영 규정에 ‘시보 해제 답례 금지’ 조항 신설", "총무과"),
                ("시보 해제 축하 편지 시범 운영(3개 부서)", "인사과"),
            ],
        )
        self.hanbit.reported(answer, [CommitmentState.DONE, CommitmentState.IN_PROGRESS])
        age(proposal, opened=80)

    def _refused_and_kept(self) -> None:
        houses = self.hanbit.published(season.EMPTY_HOUSES)
        self.hanbit.balloted(houses, Mode.NAMED, yes=7, no=3)
        self.hanbit.answered(
            houses, Decision.NOT_ADOPTED,
            "빈집을 고치는 데 한 채에 4천만 원이 들고, 임대 기간이 끝난 뒤의 쓰임도 정해지지 않았습니다. "
            "올해는 어렵다고 보았습니다. 다만 장거리 출퇴근의 어려움은 사실이어서, 통근 버스를 먼저 검토하겠습니다.",
            [],
        )  # fmt: skip
        age(houses, opened=72)
        cups = self.hanbit.published(season.CARBON)
        self.hanbit.balloted(cups, Mode.SEALED, yes=9, no=3)
        answer = self.hanbit.answered(
            cups, Decision.PARTLY, "회의실 열두 곳부터 시작하겠습니다. 큰 행사는 한 해 더 지켜보겠습니다.",
            [("회의실 12곳에 컵과 정수기 놓기", "총무과"), ("행사 기준 다시 쓰기", "기획예산과")],
        )  # fmt: skip
        self.hanbit.reported(answer, [CommitmentState.DONE, CommitmentState.DELAYED])
        age(cups, opened=76)

    def _overdue(self) -> None:
        proposal = self.hanbit.published(texts.LUNCH_DAYS)
        self.hanbit.balloted(proposal, Mode.SEALED, yes=9, no=2)
        receive(proposal.escalations.get(), by=self.world.hana)
        age(proposal, opened=59)

    def _passed(self) -> None:
        for text, opened in ((texts.SMART_MEETINGS, 26), (season.WAITING_DUTY, 21)):
            proposal = self.hanbit.published(text)
            self.hanbit.balloted(proposal, Mode.NAMED, yes=7, no=2, abstain=1)
            age(proposal, opened=opened)

    def _failed(self) -> None:
        for text, opened in ((texts.CEREMONY, 33), (season.AWARDS, 45)):
            proposal = self.hanbit.published(text)
            self.hanbit.balloted(proposal, Mode.NAMED, yes=3, no=5, abstain=2)
            age(proposal, opened=opened)
        music = self.hanbit.published(season.SMALL_JOYS)
        self.hanbit.balloted(music, Mode.NAMED, yes=4, no=6)
        improve(
            music, by=music.author, note="횟수를 줄이고 준비하는 사람을 정했습니다.",
            remedy="석 달에 한 번, 점심시간 20분만 로비에서 엽니다. 준비는 원하는 직원 동아리가 합니다.",
        )  # fmt: skip
        age(music, opened=50)
        clothes = self.hanbit.published(season.UNIFORM)
        withdraw(clothes, by=clothes.author, reason="총무과가 같은 내용을 다음 달부터 시행하기로 했습니다.")
        age(clothes, opened=30)

    # --- What is going on ----------------------------------------------------------------------------------------

    def _balloting(self) -> None:
        for text, opened, votes in ((texts.AVOIDED_WORK, 7, 4), (season.DINNERS, 5, 6)):
            proposal = self.hanbit.published(text)
            ballot = self.hanbit.opened(proposal, Mode.SEALED)
            for turn, voter in enumerate(self.world.members[3 : 3 + votes]):  # the first three have yet to vote
                cast_ballot(ballot, voter=voter, choice=Choice.NO if turn == 1 else Choice.YES)
            age(proposal, opened=opened)

    def _open(self) -> None:
        for text, supporters, opened in season.OPEN:
            age(self.hanbit.published(text, supporters=supporters), opened=opened)
        reports = self.hanbit.published(season.USELESS_WORK, supporters=7)
        revise(
            reports, by=reports.author, note="법정 보고서 4종을 뺐습니다.",
            problem=season.USELESS_WORK.problem.replace("31종", "27종(법정 보고서 4종 제외)"),
        )  # fmt: skip
        self._attach(reports, files.REPORTS)
        age(reports, opened=12)
        shared = self.hanbit.draft(season.SEAT_CHANGE)
        accept(invite(shared, by=shared.author, person=self.world.dahee, share=30), by=self.world.dahee)
        age(self.hanbit.open_with_talk(shared, season.SEAT_CHANGE, supporters=5), opened=4)
        self.hanbit.draft(texts.AFTER_HOURS)
        self.hanbit.draft(season.BOOKS)
        age(self.hanbit.published(texts.HANDOVER, supporters=3), opened=0.5)
        waiting = self.hanbit.published(texts.SHORT_REPORTS, supporters=8)
        self._attach(waiting, files.WAITING)
        age(waiting, opened=2)

    def _attach(self, proposal: Proposal, file: files.File) -> None:
        attach(proposal, examine(file.name, file.declared, file.make()), by=proposal.author)

    def _everybody_talks(self) -> None:
        proposal = self.hanbit.published(long_talk.NIGHT_MESSAGES, supporters=10)
        said: list[Comment] = []
        for turn, (stance, words, back) in enumerate(long_talk.remarks()):
            author = self.hanbit.members[(turn * 5 + turn // 7) % len(self.hanbit.members)]
            parent = said[-back] if back else None
            said.append(
                post_comment(
                    proposal, author=author, stance=stance, body=words, client_id=uuid.uuid4(), parent=parent
                )
            )  # fmt: skip
        report(said[2], by=self.world.sora, rule="R10", passage=said[2].body.splitlines()[0][:60])
        age(proposal, opened=41)

    def _closing_soon(self) -> None:
        """A ballot that is sure to pass and closes soon after the first start."""
        proposal = self.hanbit.published(texts.NO_WAITING)
        ballot = self.hanbit.opened(proposal, Mode.NAMED)
        self.hanbit.cast(ballot, yes=6, no=1)
        age(proposal, opened=16)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() + FIRST_BALLOT_CLOSES_AFTER)

    # --- Around it -----------------------------------------------------------------------------------------------

    def _neighbours(self) -> None:
        for turn, text in enumerate(season.GARAM_OPEN, start=1):
            age(self.garam.published(text, supporters=1), opened=9.0 * turn)
        trees = self.garam.published(season.TREE_LABELS, supporters=0)
        withdraw(trees, by=trees.author, reason="학교와 먼저 이야기해 보고 다시 내겠습니다.")
        age(trees, opened=50)
        age(self.garam.published(texts.VILLAGE, supporters=0), opened=1)

    def _last_cohort(self) -> None:
        board, people = found_last_cohort(self.world)
        then = Acting(board, people, list(people.values()), self.world.minji, self.world.hana, self.keys)
        for turn, outcome in enumerate(last_cohort.OUTCOMES):
            proposal = then.published(outcome.text, supporters=6)
            then.balloted(proposal, Mode.NAMED if turn % 2 else Mode.SEALED, yes=7, no=3)
            promised = [(what, who) for what, who, _state in outcome.promises]
            answer = then.answered(proposal, outcome.decision, outcome.reason, promised)
            then.reported(answer, [CommitmentState(state) for _what, _who, state in outcome.promises])
            age(proposal, opened=430 - 14 * turn)
        for turn, text in enumerate(last_cohort.FAILED):
            proposal = then.published(text, supporters=3)
            then.balloted(proposal, Mode.NAMED, yes=2, no=7)
            age(proposal, opened=400 - 30 * turn)
        today = timezone.localdate()
        Membership.objects.filter(board=board).update(
            term_from=today - timedelta(days=490), term_until=today - timedelta(days=126)
        )

    def _asked(self) -> None:
        """What waits for somebody's yes: a share in a draft, and a seat on the board."""
        books = Proposal.objects.get(board=self.world.board, title=season.BOOKS.title)
        invite(books, by=books.author, person=self.world.sora, share=20)
        today = timezone.localdate()
        invite_to_board(
            self.world.board, by=self.world.minji, email="nari@hanbit.example", role=Membership.Role.MEMBER,
            team=self.world.board.teams.get(name="조직문화"), term_from=today, term_until=today + timedelta(days=240),
        )  # fmt: skip

    def _rooms(self) -> None:
        minji, board = self.world.minji, self.world.board
        for who, words in texts.CHAT:
            self._say(self.world.room, who, words)
        trial = open_room(board, by=minji, name="30분 회의 실험", purpose="세 팀이 해 보고 있는 30분 회의를 나눕니다.")
        for who, words in texts.TRIAL:
            self._say(trial, who, words)
        night = Proposal.objects.get(board=board, title=long_talk.NIGHT_MESSAGES.title)
        about = open_room(board, by=minji, name="연락 기준을 함께 정해요", proposal=night)
        for who, words in texts.RULES:
            self._say(about, who, words)
        pause_room(trial, by=minji, reason="실험이 끝나는 금요일에 다시 엽니다.")
        for room, opened in ((self.world.room, 9), (trial, 6), (about, 4), (self.world.rooms["garam"], 30)):
            age_room(room, opened=opened)

    def _say(self, room, who: str, words: str) -> None:
        post_message(room, author=self.world.people[who], body=words, client_id=uuid.uuid4())
