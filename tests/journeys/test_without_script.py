"""The main job with JavaScript off: every step is a form and a page."""

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

VOTERS = ("tae", "bora", "chan", "dahee", "eunji")


def test_a_proposal_gets_its_answer(people: People, outsider):
    jun = people.sit_down("jun", java_script_enabled=False)
    path = acts.publish_proposal(jun, "회의 자료 종이 없애기")

    sora = people.sit_down("sora", at=1, java_script_enabled=False)
    sora.goto("/boards/hanbit/")
    sora.get_by_role("link", name="회의 자료 종이 없애기").click()
    acts.comment(sora, "찬성", "우리 과는 벌써 하고 있습니다.")
    expect(sora.locator("#comments")).to_contain_text("우리 과는 벌써 하고 있습니다.")
    sora.get_by_role("button", name="공감하기").click()
    expect(sora.locator("#panel-support")).to_contain_text("공감했습니다.")
    expect(sora.locator("#panel-support")).to_contain_text("공감 1명")

    jun.reload()
    jun.locator("#comments").get_by_role("link", name="답글 쓰기").click()
    reply = jun.locator("main form")
    acts.choose(reply, "질문")
    reply.get_by_role("textbox").fill("어느 과인지 알려 주실 수 있나요?")
    reply.get_by_role("button", name="올리기").click()
    expect(jun.locator("#comments > li")).to_have_count(2)
    expect(jun.locator("#comments > li").nth(1)).to_contain_text("박소라 님에게 답글")

    minji = people.sit_down("minji", at=1, java_script_enabled=False)
    acts.call_ballot(minji, path, "기명")
    acts.reload_until(jun, "#panel-ballot", "투표 마감")
    acts.vote(jun, "찬성")
    for key in VOTERS:
        outsider(key).post(path, f"{path}ballot/", choice="1")
    acts.close_ballot(people.site, path)
    acts.reload_until(jun, "#panel-state", "가결")

    hana = people.sit_down("hana", at=1, java_script_enabled=False)
    acts.receive_and_prepare(hana, "회의 자료 종이 없애기", task="회의실마다 화면 놓기")
    hana.get_by_role("button", name="답변 공개하기").click()
    acts.report_done(hana, path)

    jun.goto("/")
    jun.get_by_role("link", name="회의실마다 화면 놓기").click()
    jun.get_by_role("button", name="이행을 확인합니다").click()
    expect(jun.locator("#panel-answer")).to_contain_text("이준 님이 이행을 확인했습니다.")


def test_a_room_is_used_by_reloading(people: People):
    path = people.site.world["urls"]["room"]
    jun = people.sit_down("jun", java_script_enabled=False)
    jun.goto(path)
    jun.get_by_role("textbox").fill("점심에 모일까요?")
    jun.get_by_role("button", name="보내기").click()
    expect(jun.locator("#messages > li").last).to_contain_text("점심에 모일까요?")
    expect(jun.get_by_role("textbox")).to_have_value("")

    sora = people.sit_down("sora", at=1, java_script_enabled=False)
    sora.goto(path)
    expect(sora.locator("#messages > li").last).to_contain_text("점심에 모일까요?")

    jun.locator("#messages > li").last.get_by_role("link", name="할 수 있는 일").click()
    jun.get_by_role("link", name="고치기").click()
    jun.get_by_role("textbox").fill("저녁에 모일까요?")
    jun.get_by_role("button", name="고친 글 올리기").click()
    sora.reload()
    expect(sora.locator("#messages > li").last).to_contain_text("저녁에 모일까요?")
    expect(sora.locator("#messages > li").last).to_contain_text("고친 메시지")


def test_what_was_typed_survives_a_refusal(people: People):
    page = people.sit_down("tae", java_script_enabled=False)
    page.goto(people.site.world["urls"]["proposal_open"])
    composer = page.locator("#panel-composer")
    composer.locator("form").evaluate("(form) => form.noValidate = true")  # as a browser that does not check forms
    composer.get_by_role("textbox").fill("입장을 고르지 않고 쓴 의견")
    composer.get_by_role("button", name="올리기").click()
    expect(composer).to_contain_text("찬성, 반대, 질문, 보완 의견 가운데 하나를 골라 주세요.")
    expect(composer.get_by_role("textbox")).to_have_value("입장을 고르지 않고 쓴 의견")
