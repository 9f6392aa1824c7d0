"""The cohort before: its people, what they proposed a year ago, and what came of it."""

from dataclasses import dataclass

from boards.world.texts import Text

PEOPLE = {
    "yuna": "서유나", "minho": "장민호", "sehun": "오세윤", "jiae": "문지애", "doyeon": "하도연",
    "woojin": "석우진", "nara": "길나라", "taeyang": "구태양", "seulgi": "민슬기", "hyeon": "도현",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of a proposal: decision, reason, and what was promised, with where each promise stands."""

    text: Text
    decision: str
    reason: str
    promises: tuple[tuple[str, str, str], ...] = ()  # (what, who, the state reported last)


DONE, DELAYED, INFEASIBLE, IN_PROGRESS = "done", "delayed", "infeasible", "in_progress"

OUTCOMES = [
    Outcome(
        Text(
            "yuna", "당직 다음 날 오전 휴무",
            "숙직을 마치고 그대로 오후까지 일합니다. 지난해 당직 다음 날 일어난 차량 사고가 두 건입니다.",
            "숙직 다음 날은 오전을 쉬고, 그 시간의 업무 대행을 당직표에 함께 적습니다.",
            "쉬고 나온 직원이 안전하게 일합니다.",
            [("minho", "for", "안전의 문제입니다."), ("jiae", "for", "대행까지 적는다는 점이 좋습니다.")],
        ),
        "adopted",
        "당직자의 안전을 위해 꼭 필요한 제안입니다. 당직 규칙을 고쳐 다음 달부터 시행하겠습니다.",
        (("당직 근무 규칙 개정", "총무과", DONE), ("당직표에 대행자 칸 추가", "정보통신과", DONE)),
    ),
    Outcome(
        Text(
            "minho", "결재 단계를 넷에서 둘로",
            "연가와 출장 결재가 네 단계를 거칩니다. 평균 1.8일이 걸립니다.",
            "금액과 영향이 작은 결재는 담당과 팀장 두 단계로 마칩니다.",
            "한 해에 결재 2만 건이 하루 빨라집니다.",
            [("sehun", "for", "작은 결재부터 바꾸면 위험도 작습니다.")],
        ),
        "partly_adopted",
        "연가와 관내 출장은 제안대로 줄이겠습니다. 예산이 따르는 결재는 감사 부서와 더 살펴보겠습니다.",
        (("위임전결 규정 개정(연가·관내 출장)", "기획예산과", DONE), ("예산 결재 단계 검토", "감사담당관", DELAYED)),
    ),
    Outcome(
        Text(
            "jiae", "신규 직원 첫 달 길잡이",
            "첫 출근 날 컴퓨터와 책상이 없었습니다. 누구에게 물어야 할지 몰라 석 달을 보냈습니다.",
            "부서와 나이를 가리지 않고 길잡이 한 사람을 정해 첫 달에 주 1회 만납니다.",
            "첫 석 달의 막막함이 줄어듭니다.",
            [("nara", "for", "길잡이가 같은 부서가 아니라는 점이 좋습니다.")],
        ),
        "adopted",
        "다음 임용부터 모든 신규 직원에게 길잡이를 정하겠습니다.",
        (("길잡이 40명 모집과 교육", "인사과", DONE), ("첫 출근 준비 점검표", "총무과", DONE)),
    ),
    Outcome(
        Text(
            "woojin", "관용차 예약을 휴대전화로",
            "관용차를 쓰려면 총무과에 전화해 장부에 적습니다. 빈 차가 있어도 알 수 없습니다.",
            "차량 상태를 화면에서 보고 바로 예약합니다.",
            "차를 찾아 전화하는 시간이 없어집니다.",
            [("taeyang", "for", "현장 부서에 정말 필요합니다.")],
        ),
        "adopted",
        "올해 안에 예약 화면을 만들겠습니다.",
        (("예약 화면 만들기", "정보통신과", INFEASIBLE), ("공용 달력으로 먼저 운영", "총무과", DONE)),
    ),
    Outcome(
        Text(
            "nara", "민원실 점심 교대에 한 사람 더",
            "점심 교대 시간에 창구가 둘로 줄어 평균 대기가 22분입니다.",
            "12시부터 13시까지 다른 부서에서 한 사람이 돕습니다.",
            "대기가 절반으로 줄고, 창구 직원이 밥을 먹을 수 있습니다.",
            [("yuna", "against", "돕는 부서의 일은 누가 하나요?")],
        ),
        "not_adopted",
        "돕는 부서의 업무 공백이 더 크다고 보았습니다. 대신 12시 30분에 시작하는 시차 근무를 먼저 해 보겠습니다. "
        "그 결과를 이 제안의 댓글에 남기겠습니다.",
    ),
    Outcome(
        Text(
            "seulgi", "사내 메신저 18시 자동 알림 끄기",
            "퇴근 뒤에도 메신저 알림이 평균 11번 울립니다.",
            "18시부터 다음 날 8시까지 알림을 끄고, 급한 일은 전화로 합니다.",
            "쉬는 시간이 쉬는 시간이 됩니다.",
            [("hyeon", "for", "전화로 하면 정말 급한 일만 남습니다.")],
        ),
        "adopted",
        "알림을 끄는 것을 기본으로 하겠습니다. 재난 부서는 스스로 켤 수 있게 합니다.",
        (("메신저 기본 설정 변경", "정보통신과", DONE),),
    ),
    Outcome(
        Text(
            "taeyang", "회의록을 하루 안에 모두에게",
            "회의에 들어가지 못한 사람은 결정을 일주일 뒤에 듣습니다.",
            "결정 사항 다섯 줄을 그날 안에 공유합니다.",
            "같은 질문이 줄어듭니다.",
            [("doyeon", "for", "다섯 줄이면 누구나 쓸 수 있습니다.")],
        ),
        "closed",
        "간부회의 결과는 이미 당일에 공유하고 있어 종결합니다. 부서 회의에도 쓰도록 안내했습니다.",
    ),
]  # fmt: skip

FAILED = [
    Text(
        "hyeon", "청사 옥상에 텃밭 만들기",
        "옥상이 비어 있습니다.",
        "부서마다 한 칸씩 텃밭을 가꿉니다.",
        "함께 가꾸며 쉬는 곳이 생깁니다.",
        [("woojin", "against", "물을 주는 일이 결국 막내의 일이 됩니다.")],
    ),
    Text(
        "doyeon", "매주 금요일 영어 조회",
        "외국인 민원이 늘고 있습니다.",
        "금요일 조회를 영어로 합니다.",
        "영어에 익숙해집니다.",
        [("seulgi", "against", "조회를 줄이자는 이야기와 거꾸로 갑니다.")],
    ),
]  # fmt: skip
