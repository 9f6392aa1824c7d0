"""Answering: from the desk to the answer juniors read, the paper for the file and the confirmed commitment."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import acts
from tests.journeys.people import People
from tests.journeys.sizes import SIZES
from tests.journeys.test_every_page import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TASK = "민원 창구에 통역 안내판 놓기"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("size", SIZES)
def test_an_executive_weighs_drafts_previews_and_publishes(people: People, outsider, size: dict, script: bool):
    title = f"통역 안내 늘리기 {size['width']} {script}"
    jun = people.sit_down("jun", viewport=size, java_script_enabled=script)
    path = acts.pass_proposal(jun, people.site, outsider, title, said="외국인 주민이 부쩍 늘었습니다.")

    hana = people.sit_down("hana", at=1, viewport=size, java_script_enabled=script)
    hana.goto("/desk/")
    hana.get_by_role("link", name=title).click()
    for told in (title, "외국인 주민이 부쩍 늘었습니다.", "찬성", "제안이 책임관에게 상정되었습니다."):
        expect(hana.locator(".decide-read")).to_contain_text(told)
    fits(hana)
    leave_note(hana, "관광과도 같은 일을 준비하고 있습니다.")
    acts.receive_and_prepare(hana, title, task=TASK)
    fits(hana)

    # The draft keeps, and only the office reads it.
    hana.get_by_role("link", name="더 고치기").click()
    reason = hana.get_by_role("textbox", name="사유")
    expect(reason).to_have_value("종이를 아끼자는 뜻에 동의합니다.")
    reason.fill("안내판부터 놓고, 통역 인력은 내년 예산에 넣겠습니다.")
    with hana.expect_navigation():
        hana.get_by_role("button", name="임시저장").click()
    hana.reload()
    expect(reason).to_have_value("안내판부터 놓고, 통역 인력은 내년 예산에 넣겠습니다.")
    jun.goto(f"{path}answer/")
    expect(jun.locator("#panel-answer")).to_contain_text("심사")
    expect(jun.locator("main")).not_to_contain_text("안내판부터 놓고")

    leave_half_a_row(hana)
    hana.get_by_role("button", name="저장하고 미리 보기").click()
    shown = hana.locator(".answer").inner_text()
    hana.get_by_role("button", name="답변 공개하기").click()
    expect(hana.locator("#panel-answer")).to_contain_text(TASK)

    # What the junior reads first is what the preview showed.
    jun.goto(f"{path}answer/")
    assert jun.locator(".answer").inner_text() == shown
    expect(jun.locator(".decision")).to_contain_text("채택")
    expect(jun.locator("main")).to_contain_text("상정된 날에 답했습니다.")
    expect(jun.locator("main")).not_to_contain_text("관광과도")
    fits(jun)
    jun.get_by_role("link", name="인쇄용 문서").click()
    expect(jun.get_by_role("heading", level=1)).to_have_text("제안 및 답변서")
    expect(jun.locator(".paper")).to_contain_text(TASK)
    fits(jun)

    # What was promised stays on the desk until the junior has confirmed it.
    hana.goto("/desk/?show=commitments")
    card = hana.locator(".card", has_text=title)
    card.get_by_role("link", name="추진 상황 알리기").click()
    acts.choose(hana, "완료")
    hana.get_by_label("설명").fill("모든 창구에 놓았습니다.")
    hana.get_by_role("button", name="알리기").click()
    jun.goto(f"{path}answer/")
    jun.get_by_role("button", name="이행을 확인합니다").click()
    expect(jun.locator("#panel-answer")).to_contain_text("제안자가 모든 이행과제를 확인했습니다.")
    hana.goto("/desk/?show=commitments")
    expect(hana.locator("main")).not_to_contain_text(title)


def leave_half_a_row(page: Page) -> None:
    """Fill half a row, add another, be led to what is wrong with nothing lost, and think better of it."""
    half = page.get_by_role("group", name="이행과제 2")
    half.get_by_label("이행과제").fill("통역 인력 예산 넣기")
    page.get_by_role("button", name="줄 더하기").click()
    expect(page.get_by_role("group", name="이행과제 3").get_by_label("이행과제")).to_be_focused()
    with page.expect_navigation():
        page.get_by_role("button", name="임시저장").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary").get_by_role("link", name="담당 부서").click()
    expect(half.get_by_label("담당 부서")).to_be_focused()
    expect(half.get_by_label("이행과제")).to_have_value("통역 인력 예산 넣기")
    fits(page)
    half.get_by_label("이행과제").fill("")


def leave_note(page: Page, words: str) -> None:
    notes = page.locator("#notes")
    notes.get_by_role("textbox", name="내부 메모").fill(words)
    notes.get_by_role("button", name="메모 남기기").click()
    expect(page.locator("#notes .notes")).to_contain_text(words)


def fits(page: Page) -> None:
    assert too_wide(page) == ""


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_is_used_by_keyboard_alone(people: People, size: dict):
    hana = people.sit_down("hana", viewport=size)
    hana.goto("/desk/")
    hana.keyboard.press("Tab")
    hana.keyboard.press("Enter")  # to the content, past the navigation
    seen = []
    for _ in range(4):
        hana.keyboard.press("Tab")
        seen.append(hana.evaluate("() => document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"))
    assert [it.split(" ")[0] for it in seen[:3]] == ["답변할", "이행과제", "답변한"]
    hana.keyboard.press("Enter")
    expect(hana.locator(".decide")).to_be_visible()
    assert seen[3].startswith("한빛-")


def test_on_a4_the_paper_is_one_sheet_without_navigation(people: People, tmp_path):
    jun = people.sit_down("jun")
    jun.goto(f"{people.site.world['urls']['proposal_answered']}paper/")
    jun.emulate_media(media="print")

    expect(jun.locator(".paper-hint")).to_be_hidden()
    paper = tmp_path / "paper.pdf"
    jun.pdf(path=str(paper), prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) == 1
