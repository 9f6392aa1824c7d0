"""Writing a proposal: from the first words to a revision all can follow; on phone and desk, and without script."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import acts
from tests.journeys.people import People, live
from tests.journeys.sizes import SIZES
from tests.journeys.test_every_page import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NEW = "/boards/hanbit/proposals/new/"


def path_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3].partition("#")[0]


def looks_right(page: Page) -> None:
    assert not too_wide(page)
    assert not violations(page)


def saved(page: Page) -> None:
    expect(page.locator("#draft-saved")).to_have_text(re.compile(r"저장됨\s+\d\d:\d\d"))


@pytest.mark.parametrize("size", SIZES)
def test_a_proposal_is_written_together_and_changes_in_public(people: People, size: dict):
    title = f"보고는 한 장으로 {size['width']}"
    jun = people.sit_down("jun", viewport=size)
    jun.goto(NEW)
    jun.get_by_label("현황 및 문제점").fill("보고서가 **열 장**을 넘습니다.")
    saved(jun)
    assert re.search(r"/proposals/\d+/edit/$", jun.url), "the address is the draft's, so a reload finds it"
    jun.get_by_label("제목").fill(title)
    jun.get_by_label("분야").select_option(label="일하는 방식")
    acts.choose(jun, "대표과제")
    jun.get_by_role("button", name="미리보기").click()
    expect(jun.locator("#preview strong")).to_have_text("열 장")
    jun.get_by_label("개선방안").fill("- 한 장 서식을 씁니다.")
    expect(jun.locator("#preview li")).to_have_text("한 장 서식을 씁니다.")
    jun.get_by_label("기대효과").fill("읽는 시간이 줄어듭니다.")
    looks_right(jun)
    jun.get_by_role("button", name="임시저장").click()

    jun.get_by_role("link", name="부제안자 초대하기").click()
    jun.get_by_label("초대할 위원").select_option(label="박소라")
    jun.get_by_label("기여도(%)").fill("40")
    jun.get_by_role("button", name="초대하기").click()
    expect(jun.locator("main")).to_contain_text("답을 기다림")
    looks_right(jun)

    sora = people.sit_down("sora", at=1, viewport=size)
    card = sora.locator("#duties .card").filter(has_text=title)
    card.get_by_role("link", name="읽고 답하기").click()
    expect(sora.locator("main")).to_contain_text("보고서가 열 장을 넘습니다.")
    looks_right(sora)
    sora.get_by_role("button", name="수락하기").click()
    expect(sora.locator("main")).to_contain_text("수락")

    jun.get_by_role("link", name="임시저장한 제안").click()
    jun.get_by_role("button", name="저장하고 공개하기").click()
    expect(jun.locator("#panel-text")).to_contain_text("주제안자 이준 60% · 부제안자 박소라 40%")
    path = path_of(jun)

    reader = people.sit_down("tae", at=1, viewport=size)
    reader.goto(path)
    live(reader)
    jun.get_by_role("link", name="글 고치기").click()
    jun.get_by_label("개선방안").fill("- 두 장 서식을 씁니다.")
    jun.get_by_label("무엇을 왜 고쳤나요?").fill("그림이 들어갈 자리를 두었습니다.")
    looks_right(jun)
    jun.get_by_role("button", name="개정본 내기").click()
    expect(reader.locator("#panel-text")).to_contain_text("두 장 서식을 씁니다.")
    reader.get_by_role("link", name="개정본 2").click()
    reader.get_by_role("link", name="개정본 2").click()
    expect(reader.locator(".diff ins")).to_contain_text("두")
    expect(reader.locator(".diff del")).to_contain_text("한")
    looks_right(reader)

    jun.get_by_role("link", name="제안 철회").click()
    jun.get_by_label("철회하는 이유").fill("다른 제안과 합칩니다.")
    jun.get_by_role("button", name="철회하기").click()
    expect(jun.locator("#panel-state")).to_contain_text("이유: 다른 제안과 합칩니다.")


def test_what_was_typed_survives_a_dead_server_and_a_dead_browser(people: People):
    jun = people.sit_down("jun")
    jun.goto(NEW)
    jun.get_by_label("제목").fill("끊겨도 남는 글")
    saved(jun)
    path = path_of(jun)

    def is_down(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    context = jun.context
    context.route("**/edit/", is_down)
    jun.get_by_label("현황 및 문제점").fill("끊긴 사이에 쓴 문제")
    expect(jun.locator("#draft-saved")).to_contain_text("저장하지 못함")
    expect(jun.locator("#draft-saved")).to_contain_text("이 브라우저에 보관했고")
    jun.close()  # the browser dies

    again = context.new_page()
    again.goto(path)
    expect(again.get_by_label("현황 및 문제점")).to_have_value("")
    expect(again.locator("#draft-kept")).to_be_visible()
    context.unroute("**/edit/")
    with again.expect_response(lambda answer: answer.request.method == "POST"):  # the page said 저장됨 before, too
        again.get_by_role("button", name="되살리기").click()
    expect(again.get_by_label("현황 및 문제점")).to_have_value("끊긴 사이에 쓴 문제")
    saved(again)
    again.reload()
    expect(again.get_by_label("현황 및 문제점")).to_have_value("끊긴 사이에 쓴 문제")
    expect(again.locator("#draft-kept")).to_be_hidden()

    elsewhere = people.sit_down("jun", at=1)
    elsewhere.locator("#drafts").get_by_role("link", name="끊겨도 남는 글").click()
    expect(elsewhere.get_by_label("현황 및 문제점")).to_have_value("끊긴 사이에 쓴 문제")


def test_a_revision_and_a_comment_being_typed_outlive_the_page_and_signing_out_forgets_them(people: People):
    jun = people.sit_down("jun")
    path = acts.publish_proposal(jun, "고치다 만 글")
    jun.goto(f"{path}revisions/new/")
    jun.get_by_label("개선방안").fill("고치다 만 방안")
    saved(jun)
    tab = jun.context.new_page()
    jun.close()  # the window dies

    tab.goto(f"{path}revisions/new/")
    expect(tab.locator("#kept-copy")).to_contain_text("아직 내지 않은 수정 내용이 있습니다.")
    looks_right(tab)
    tab.get_by_role("link", name="이어서 쓰기").click()
    expect(tab.get_by_label("개선방안")).to_have_value("고치다 만 방안")
    tab.get_by_role("button", name="개정본 내기").click()
    expect(tab.locator("#panel-text")).to_contain_text("고치다 만 방안")

    field = tab.locator("#panel-composer textarea")
    field.fill("쓰다 만 댓글")
    tab.reload()
    expect(field).to_have_value("쓰다 만 댓글")
    tab.get_by_role("button", name="로그아웃").click()
    tab.wait_for_url("**/accounts/login/**")
    assert tab.evaluate("Object.keys(sessionStorage).concat(Object.keys(localStorage))") == []


def test_two_windows_do_not_overwrite_each_other(people: People):
    first = people.sit_down("jun")
    first.goto(NEW)
    first.get_by_label("제목").fill("두 창에서 쓰는 글")
    saved(first)
    second = people.sitting[0].new_page()
    second.goto(path_of(first))
    second.get_by_label("개선방안").fill("둘째 창의 방안")
    saved(second)

    first.get_by_label("개선방안").fill("첫째 창의 방안")
    crossing = first.locator("#crossing")
    expect(crossing).to_contain_text("다른 화면이나 함께 쓰는 사람이 저장한 글이 있습니다.")
    expect(crossing.locator("del")).to_contain_text("둘째")
    expect(crossing.locator("ins")).to_contain_text("첫째")
    expect(first.locator("#draft-saved")).to_have_text("저장되지 않음")
    second.reload()
    expect(second.get_by_label("개선방안")).to_have_value("둘째 창의 방안")


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_without_javascript(people: People, outsider, size: dict):
    title = f"당직표 함께 짜기 {size['width']}"
    jun = people.sit_down("jun", java_script_enabled=False, viewport=size)
    jun.goto(NEW)
    jun.get_by_label("제목").fill(title)
    jun.get_by_label("현황 및 문제점").fill("당직표를 **한 사람**이 짭니다.")
    jun.get_by_role("button", name="미리보기").click()
    expect(jun.locator("#preview strong")).to_have_text("한 사람")
    expect(jun.get_by_label("현황 및 문제점")).to_have_value("당직표를 **한 사람**이 짭니다.")
    jun.get_by_role("button", name="임시저장").click()
    jun.get_by_label("개선방안").fill("함께 짭니다.")
    jun.get_by_label("첨부할 파일").set_input_files({"name": "당직표.txt", "mimeType": "text/plain", "buffer": b"1"})
    jun.get_by_role("button", name="임시저장").click()
    expect(jun.locator("#panel-attachments .file")).to_contain_text("당직표.txt")
    jun.get_by_label("기대효과").fill("공평해집니다.")
    jun.get_by_role("button", name="저장하고 공개하기").click()
    path = path_of(jun)

    jun.get_by_role("link", name="글 고치기").click()
    jun.get_by_label("기대효과").fill("모두에게 공평해집니다.")
    jun.get_by_role("button", name="개정본 내기").click()
    jun.get_by_role("link", name="개정본 2").click()
    jun.get_by_role("link", name="개정본 2").click()
    expect(jun.locator(".diff ins")).to_contain_text("모두에게")

    # It fails, is improved, and is found again on the board.
    minji = people.sit_down("minji", at=1, java_script_enabled=False)
    acts.call_ballot(minji, path, "기명")
    jun.goto(path)
    acts.reload_until(jun, "#panel-ballot", "투표 마감")
    for key in ("sora", "tae", "bora", "chan", "dahee", "eunji"):
        outsider(key).post(path, f"{path}ballot/", choice="2")
    acts.close_ballot(people.site, path)
    acts.reload_until(jun, "#panel-state", "부결")
    jun.get_by_role("link", name="보완해서 다시 내기").click()
    jun.get_by_label("개선방안").fill("분기마다 함께 짜고 바꿀 수 있게 합니다.")
    jun.get_by_role("button", name="다시 내기").click()
    expect(jun.locator("#panel-text")).to_contain_text("제2회차")
    expect(jun.locator("#panel-text")).to_contain_text("개정본 3")

    jun.goto("/boards/hanbit/")
    jun.get_by_text("찾기와 정렬").click()
    jun.get_by_label("찾을 말").fill("분기마다 함께")
    jun.get_by_label("정렬").select_option(label="최근 활동순")
    jun.get_by_role("button", name="찾기").click()
    expect(jun.locator("#proposals .card").first).to_contain_text(title)
    expect(jun.locator("#found")).to_be_in_viewport()
    expect(jun.get_by_label("찾을 말")).to_have_value("분기마다 함께")
    jun.get_by_text("찾기와 정렬").click()
    jun.get_by_label("찾을 말").fill("없는 말입니다")
    jun.get_by_role("button", name="찾기").click()
    expect(jun.locator("#proposals")).to_contain_text("이 조건에 맞는 제안이 없습니다.")
    jun.get_by_role("link", name="모든 제안 보기").click()
    expect(jun.locator("#proposals .card").first).to_be_visible()
