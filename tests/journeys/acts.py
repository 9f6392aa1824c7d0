"""What people do on the pages, as often as a journey needs it; the same with a script and without."""

import re
import uuid
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.installation import Installation

NUMBER = re.compile(r"한빛-\d{4}-\d{3}")
WITHIN_A_TICK = 20_000  # milliseconds for the clockwork to notice and the page to hear


def publish_proposal(page: Page, title: str) -> str:
    """Write a draft, save it, open it; return the path of its page."""
    page.goto("/boards/hanbit/")
    page.get_by_role("link", name="제안 쓰기").click()
    page.get_by_label("제목").fill(title)
    page.get_by_role("button", name="임시저장").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("임시저장한 제안")
    page.get_by_label("현황 및 문제점").fill("회의 자료를 사람 수만큼 인쇄합니다.")
    page.get_by_label("개선방안").fill("회의 자료는 화면으로 봅니다.")
    page.get_by_label("기대효과").fill("종이와 준비 시간을 아낍니다.")
    page.get_by_role("button", name="저장하고 공개하기").click()
    expect(page.locator("#panel-text h1")).to_have_text(title)
    expect(page.locator("#panel-text .eyebrow")).to_contain_text(NUMBER)
    return "/" + page.url.split("/", 3)[3].partition("#")[0]


def choose(within: Page | Locator, word: str) -> None:
    """Click the card of a choice, the one that begins with the word after its sign."""
    within.locator("label:has(input[type=radio])").filter(has_text=re.compile(rf"^[^가-힣]*{word}")).click()


def comment(page: Page, stance: str, words: str) -> None:
    composer = page.locator("#panel-composer")
    choose(composer, stance)
    composer.get_by_role("textbox").fill(words)
    composer.get_by_role("button", name="올리기").click()


def call_ballot(page: Page, path: str, mode: str) -> None:
    """Put a proposal to the ballot, as its moderator, with a reason."""
    page.goto(path)
    page.get_by_role("link", name="표결에 부치기").click()
    choose(page, mode)
    page.get_by_label("표결에 부치는 이유").fill("토론이 무르익었습니다.")
    page.get_by_role("button", name="표결에 부치기").click()
    expect(page.locator("#panel-text")).to_be_visible()


def vote(page: Page, choice: str) -> None:
    panel = page.locator("#panel-ballot")
    choose(panel, choice)
    panel.get_by_role("button", name="투표하기").click()
    expect(panel.get_by_role("button", name="다시 투표하기")).to_be_visible()


def reload_until(page: Page, selector: str, text: str) -> None:
    """Load the page anew until it says so: what who has no script does."""

    def see() -> bool:
        page.reload()
        return text in page.locator(selector).inner_text()

    deadline = timezone.now() + timedelta(milliseconds=WITHIN_A_TICK)
    while not see():
        assert timezone.now() < deadline, f"{selector} never said {text}"
        page.wait_for_load_state("load")


def receive_and_prepare(page: Page, proposal: str, *, task: str) -> None:
    """Receive the escalation that stands first on the desk, and write its answer up to the preview."""
    page.goto("/desk/")
    page.get_by_role("link", name=proposal).click()
    page.get_by_role("button", name="접수하기").click()
    soon = timezone.localdate() + timedelta(days=30)
    choose(page, "채택")
    page.get_by_role("textbox", name="사유").fill("종이를 아끼자는 뜻에 동의합니다.")
    page.get_by_label("실시 예정 시기").fill(soon.isoformat())
    page.locator('[name="promise-0-what"]').fill(task)
    page.locator('[name="promise-0-who"]').fill("총무과")
    page.locator('[name="promise-0-due_on"]').fill(soon.isoformat())
    page.get_by_role("button", name="저장하고 미리 보기").click()
    expect(page.get_by_role("heading", name="이렇게 공개됩니다")).to_be_visible()


def report_done(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("link", name="추진 상황 알리기").click()
    choose(page, "완료")
    page.get_by_label("설명").fill("모든 회의실에 화면을 놓았습니다.")
    page.get_by_role("button", name="알리기").click()
    expect(page.locator("#panel-answer .commitments")).to_contain_text("모든 회의실에 화면을 놓았습니다.")


def close_ballot(site: Installation, path: str) -> None:
    site.close_ballot_of(int(path.strip("/").rpartition("/")[2]))


def pass_proposal(page: Page, site: Installation, outsider, title: str, *, said: str = "") -> str:
    """Let the page's person publish a proposal and the board pass it by name; return the path of its page."""
    path = publish_proposal(page, title)
    if said:
        words = {"stance": "for", "body": said, "client_id": str(uuid.uuid4())}
        outsider("sora").post(path, f"{path}comments/", **words)
    outsider("minji").post(f"{path}ballot-call/", f"{path}ballot-call/", mode="0", reason="뜻을 묻습니다.")
    reload_until(page, "#panel-ballot", "투표 마감")
    for key in ("sora", "tae", "bora", "chan", "dahee", "eunji"):
        outsider(key).post(path, f"{path}ballot/", choice="1")
    close_ballot(site, path)
    reload_until(page, "#panel-state", "가결")
    return path
