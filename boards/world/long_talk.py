"""The proposal everybody talks about: 300 comments, each an experience and what follows from it."""

from collections.abc import Iterator

from boards.discussion.models import Stance
from boards.world.texts import Text

NIGHT_MESSAGES = Text(
    "sora",
    "퇴근 뒤 단체방 업무 지시 없애기",
    "퇴근 뒤 단체방에 올라오는 업무 지시를 한 달 동안 세어 보았습니다. "
    "우리 국에서만 137건이었고, 그날 밤에 꼭 필요한 것은 4건이었습니다. "
    "답하지 않으면 다음 날 ‘못 봤느냐’는 말을 듣습니다.",
    "1. 18시부터 다음 날 8시까지 단체방에 업무 지시를 올리지 않습니다.\n2. 급한 일은 당직자를 거쳐 전화합니다.\n"
    "3. 예약 보내기를 쓰는 방법을 모든 부서에 안내합니다.\n4. 석 달 뒤에 다시 세어 결과를 공개합니다.",
    "쉬는 시간이 쉬는 시간이 되고, 정말 급한 일은 더 빨리 전해집니다.",
)

PLACES = [
    "저희 과는", "우리 팀은", "제가 있는 읍사무소는", "민원 부서에서는", "재난 부서에서는", "본청에서는",
    "작년에 있던 부서는", "사업소에서는", "첫 발령지에서는", "옆 팀은",
]  # fmt: skip
FACTS = [
    "밤 10시가 넘어 온 지시에 답한 것이 지난달만 아홉 번입니다.",
    "예약 보내기를 쓴 뒤로 밤에 오는 지시가 거의 없어졌습니다.",
    "주말에도 단체방이 쉬지 않습니다.",
    "팀장님이 먼저 알림을 끄셔서 모두 편해졌습니다.",
    "급한 일과 급하지 않은 일이 한 방에 섞여 있습니다.",
    "답을 늦게 하면 다음 날 아침 회의에서 이름이 불립니다.",
    "전화로 바꾸고 나서 오히려 꼭 필요한 연락만 남았습니다.",
    "단체방이 일곱 개라 어느 방의 지시인지 찾는 데 시간이 갑니다.",
    "비상 단계가 아닌 날에도 밤 연락이 당연하게 되어 있습니다.",
    "부서장과 함께 기준을 정해 두어 다툼이 없습니다.",
]
POINTS = {
    Stance.FOR: [
        "그래서 찬성합니다.",
        "이 제안이 꼭 통과되면 좋겠습니다.",
        "기준이 글로 있으면 말하기가 쉬워집니다.",
        "석 달 뒤에 다시 세어 본다는 점이 가장 마음에 듭니다.",
    ],
    Stance.AGAINST: [
        "다만 모든 부서에 똑같이 적용하기는 어렵다고 봅니다.",
        "금지보다 합의가 먼저라고 생각해 반대합니다.",
        "당직자에게 일이 몰릴 수 있어 걱정됩니다.",
    ],
    Stance.QUESTION: [
        "급한 일의 기준은 누가 정하나요?",
        "지키지 않으면 어떻게 되는지 궁금합니다.",
        "다른 기관과 함께 있는 방은 어떻게 하나요?",
    ],
    Stance.ADDITION: [
        "교육 자료를 함께 만들면 좋겠습니다.",
        "부서장 성과 평가에 반영하는 방법도 넣어 주세요.",
        "재난 부서의 예외를 표로 정하면 좋겠습니다.",
    ],
}
ORDER = [Stance.FOR, Stance.FOR, Stance.AGAINST, Stance.FOR, Stance.QUESTION, Stance.ADDITION, Stance.FOR]
REPLIES = [
    "저도 같은 일을 겪었습니다.",
    "말씀하신 점을 본문에 보태겠습니다.",
    "그 부분은 당직 규칙과 함께 살펴보면 좋겠습니다.",
    "좋은 질문입니다. 다음 모임에서 함께 정해 보겠습니다.",
    "저희는 전화로 바꾸어 해결했습니다.",
]
COMMENTS = 300


def remarks() -> Iterator[tuple[Stance, str, int | None]]:
    """Yield 300 remarks in order: stance, words, and how many remarks back the one it answers stands (None: none)."""
    for turn in range(COMMENTS):
        stance = ORDER[turn % len(ORDER)]
        if turn % 3 == 2:
            yield stance, REPLIES[turn // 3 % len(REPLIES)], 1 + turn // 3 % 2
            continue
        points = POINTS[stance]
        place, fact = PLACES[turn % len(PLACES)], FACTS[(turn // len(PLACES) + turn) % len(FACTS)]
        yield stance, f"{place} {fact} {points[turn // len(ORDER) % len(points)]}", None
