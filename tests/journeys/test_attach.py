"""Files of a proposal, on two sizes of window, with a script and without: attached, refused, taken away, read."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.boards.attachments.making import HONEST, hwp, png_of
from tests.journeys.acts import NUMBER
from tests.journeys.people import live
from tests.journeys.sizes import NARROW, SIZES, WIDE
from tests.journeys.test_every_page import too_wide, violations

pytestmark = pytest.mark.browser

UNKNOWN = "application/octet-stream"


def file(name: str, data: bytes | None = None, kind: str = UNKNOWN) -> FilePayload:
    ending = name.rpartition(".")[2]
    return {"name": name, "mimeType": kind, "buffer": HONEST[ending] if data is None else data}


def attach(page: Page, *files: FilePayload, script: bool) -> None:
    """Choose files; without a script a button sends them."""
    panel = page.locator("#panel-attachments")
    panel.get_by_label("첨부할 파일").set_input_files(list(files))
    if not script:
        panel.get_by_role("button", name="파일 올리기").click()


def draft(page: Page, title: str) -> None:
    page.goto("/boards/hanbit/proposals/new/")
    page.get_by_label("제목").fill(title)
    page.get_by_role("button", name="임시저장").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("임시저장한 제안")


def fits(page: Page, script: bool) -> None:
    """Nothing sticks out, and, where a script can look, nothing shuts anybody out."""
    assert too_wide(page) == ""
    assert not script or violations(page) == []


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("size", SIZES)
def test_a_proposal_with_its_files(people, size, script):
    window = {"viewport": size, "java_script_enabled": script}
    page = people.sit_down("jun", **window)
    title = f"회의 자료는 화면으로 {size['width']} {script}"
    draft(page, title)
    panel = page.locator("#panel-attachments")

    # Typed and not saved yet: it stays, whatever happens to the files.
    page.get_by_label("현황 및 문제점").fill("회의 자료를 사람 수만큼 인쇄합니다.")
    page.get_by_label("개선방안").fill("회의 자료는 화면으로 봅니다.")
    page.get_by_label("기대효과").fill("종이와 준비 시간을 아낍니다.")
    attach(page, file("설문 결과(최종).hwp", hwp()), file("회의실 사진.jpg"), script=script)
    expect(panel.locator(".file")).to_have_count(2)
    expect(panel).to_contain_text("설문 결과(최종).hwp")
    expect(page.get_by_label("개선방안")).to_have_value("회의 자료는 화면으로 봅니다.")

    attach(page, file("설치.exe", b"MZ"), file("지도.png", png_of(50_000, 50_000)), file("예산.xlsx"), script=script)
    expect(panel.get_by_role("alert")).to_contain_text("‘설치.exe’: 올릴 수 있는 형식이 아닙니다.")
    expect(panel.get_by_role("alert")).to_contain_text("‘지도.png’: 그림이 너무 큽니다.")
    expect(panel.locator(".file")).to_have_count(3)
    expect(page.get_by_label("기대효과")).to_have_value("종이와 준비 시간을 아낍니다.")
    fits(page, script)

    panel.get_by_role("button", name="예산.xlsx 빼기").click()
    expect(panel.locator(".file")).to_have_count(2)
    expect(page.get_by_label("기대효과")).to_have_value("종이와 준비 시간을 아낍니다.")

    page.get_by_role("button", name="저장하고 공개하기").click()
    expect(page.locator("#panel-text .eyebrow")).to_contain_text(NUMBER)
    expect(panel.locator(".file")).to_have_count(2)
    fits(page, script)
    path = "/" + page.url.split("/", 3)[3].partition("#")[0]

    # Another reads it, and sees what comes and goes without reloading.
    reader = people.sit_down("sora", at=1, **window)
    reader.goto(path)
    files = reader.locator("#panel-attachments")
    expect(files.locator("img")).to_have_js_property("complete", True) if script else None
    expect(files.get_by_label("첨부할 파일")).to_have_count(0)
    with reader.expect_download() as downloading:
        files.get_by_role("link", name="설문 결과(최종).hwp").click()
    assert downloading.value.suggested_filename == "설문 결과(최종).hwp"
    assert downloading.value.path().read_bytes() == hwp()
    if script:
        live(reader)

    attach(page, file("덧붙임.txt"), script=script)
    expect(panel.locator(".file")).to_have_count(3)
    if not script:
        reader.reload()
    expect(files).to_contain_text("덧붙임.txt")
    expect(reader.locator("#panel-timeline")).to_contain_text("파일을 첨부했습니다.")

    panel.get_by_role("link", name="덧붙임.txt 빼기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("첨부파일 빼기")
    fits(page, script)
    page.get_by_role("button", name="빼기").click()
    expect(panel.locator(".file")).to_have_count(2)
    if not script:
        reader.reload()
    expect(files).not_to_contain_text("덧붙임.txt")


def test_a_keyboard_is_enough_and_the_list_is_told(people):
    page = people.sit_down("jun", viewport=WIDE)
    draft(page, "자판만으로 붙이기")
    panel = page.locator("#panel-attachments")
    attach(page, file("자료.pdf"), script=True)
    expect(panel.locator(".file")).to_have_count(1)
    expect(panel.get_by_role("status")).to_have_text("파일 목록을 새로 고쳤습니다.")
    expect(panel).to_be_focused()

    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="자료.pdf")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel.locator(".file")).to_have_count(0)
    expect(panel.get_by_role("heading")).to_have_text(re.compile("^첨부파일$"))


def test_a_lost_connection_is_told_and_the_file_can_be_sent_again(people):
    page = people.sit_down("jun", viewport=NARROW)
    draft(page, "연결이 끊겨도")
    page.context.set_offline(True)
    attach(page, file("자료.pdf"), script=True)
    panel = page.locator("#panel-attachments")
    expect(panel).to_contain_text("파일을 올리지 못했습니다.")
    page.context.set_offline(False)

    attach(page, file("자료.pdf"), script=True)
    expect(panel.locator(".file")).to_have_count(1)
