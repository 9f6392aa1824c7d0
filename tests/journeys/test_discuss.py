"""Discussing a proposal, on a wide screen, on a phone, and without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys import acts
from tests.journeys.people import People, live
from tests.journeys.sizes import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=SIZES)
def size(request) -> dict:
    return {"viewport": request.param}


def said(page: Page, words: str) -> Locator:
    return page.locator("#comments > li").filter(has_text=words)


def show_new(page: Page, count: int) -> None:
    page.get_by_role("button", name=f"새 댓글 {count}개", exact=True).click()


def answer(page: Page, to: str, stance: str, words: str) -> None:
    said(page, to).first.get_by_role("link", name=re.compile("^답글 쓰기")).click()
    form = page.locator(".acts.composer")
    acts.choose(form, stance)
    form.get_by_role("textbox").fill(words)
    form.get_by_role("button", name="올리기").click()


def act_on(page: Page, words: str, act: str) -> None:
    said(page, words).first.get_by_role("link", name=re.compile("^할 수 있는 일")).click()
    page.get_by_role("link", name=act, exact=True).click()


def is_in_order(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert [it["id"] for it in Axe().run(page).response["violations"]] == []


def test_a_discussion_from_the_first_opinion_to_the_last(people: People, size: dict):
    jun = people.sit_down("jun", **size)
    path = acts.publish_proposal(jun, "회의 시간 줄이기")
    live(jun)

    # Sora is for it and calls Jun; as the first opinion it stands on Jun's page at once.
    sora = people.sit_down("sora", at=1, **size)
    sora.goto(path)
    live(sora)
    acts.comment(sora, "찬성", "@이준 님, 저희 과는 벌써 30분 회의를 합니다.")
    expect(said(sora, "30분 회의").locator(".mention")).to_have_text("@이준")
    expect(said(jun, "30분 회의")).to_be_visible()
    expect(jun.locator(".discussion .empty, .new-items button")).to_have_count(0)

    # What comes after it waits until it is asked for. Both sides stand at the top, by word, shape, number.
    acts.comment(jun, "반대", "급한 안건은 30분으로 모자랍니다.")
    expect(sora.locator("#comments > li")).to_have_count(1)
    show_new(sora, 1)
    expect(said(sora, "급한 안건")).to_be_focused()
    for side, words in (("찬성", "30분 회의"), ("반대", "급한 안건")):
        place = sora.locator(".sides section").filter(has=sora.get_by_role("heading", name=side))
        expect(place).to_contain_text("1명이 말한 이유")
        expect(place).to_contain_text(words)
        expect(place.locator("h3 svg.stance-shape")).to_be_visible()

    # An answer stands below what it answers; a comment is edited, and its first words stay readable.
    answer(sora, "급한 안건은", "보완 의견", "급한 안건은 따로 잡으면 어떨까요?")
    expect(said(sora, "따로 잡으면")).to_contain_text("님에게 답글")
    show_new(jun, 1)
    act_on(jun, "30분으로 모자랍니다", "고치기")
    jun.get_by_role("textbox").fill("급한 안건만 예외로 두면 됩니다.")
    acts.choose(jun, "보완 의견")
    jun.get_by_role("button", name="고친 글 올리기").click()
    expect(said(sora, "예외로 두면")).to_contain_text("수정됨")
    said(sora, "예외로 두면").get_by_role("link", name="수정됨").click()
    expect(sora.locator("main")).to_contain_text("급한 안건은 30분으로 모자랍니다.")
    is_in_order(sora)
    sora.get_by_role("link", name="댓글이 있는 자리로 돌아가기").click()
    expect(said(sora, "예외로 두면")).to_be_in_viewport()

    # A comment that is deleted leaves its place, and the answer to it stays.
    act_on(live(jun), "예외로 두면", "삭제하기")
    is_in_order(jun)
    jun.get_by_role("button", name="삭제하기").click()
    expect(said(sora, "작성자가 삭제한 댓글입니다.")).to_have_count(1)
    expect(said(sora, "따로 잡으면")).to_have_count(1)
    is_in_order(sora)

    # Jun was told that he was called, and the notice leads to the place.
    jun.goto("/notifications/")
    acts.reload_until(jun, "main", "박소라 님이 댓글에서 나를 언급했습니다.")
    jun.locator(".notices li", has_text="댓글에서 나를 언급했습니다.").first.get_by_role("button").first.click()
    expect(said(jun, "30분 회의")).to_be_in_viewport()
    expect(jun.locator(".comment:target")).to_contain_text("30분 회의")


def test_without_a_script_all_of_it_is_forms_and_pages(people: People, size: dict):
    sora = people.sit_down("sora", java_script_enabled=False, **size)
    path = acts.publish_proposal(sora, "보고서 한 장으로")
    for stance, words in (("찬성", "한 장이면 충분합니다."), ("반대", "그림이 많으면 모자랍니다.")):
        acts.comment(sora, stance, words)
    answer(sora, "그림이 많으면", "질문", "붙임으로 내면 안 되나요?")
    expect(sora.locator("#comments > li")).to_have_count(3)

    sora.get_by_role("link", name="새글 먼저").click()
    expect(sora.locator("#comments > li").first).to_contain_text("그림이 많으면")
    sora.get_by_role("link", name="추천").click()
    expect(sora.locator("#comments > li").first).to_contain_text("한 장이면")
    expect(sora.locator("#discussion")).to_contain_text("번갈아 보여 줍니다.")

    act_on(sora, "한 장이면", "고치기")
    sora.get_by_role("textbox").fill("한 장과 붙임이면 충분합니다.")
    sora.get_by_role("button", name="고친 글 올리기").click()
    expect(said(sora, "한 장과 붙임이면")).to_contain_text("수정됨")
    act_on(sora, "그림이 많으면", "삭제하기")
    sora.get_by_role("button", name="삭제하기").click()
    expect(sora).to_have_url(re.compile(rf"{path}#comment-\d+$"))
    expect(said(sora, "작성자가 삭제한 댓글입니다.")).to_have_count(1)
    expect(said(sora, "붙임으로 내면")).to_have_count(1)
