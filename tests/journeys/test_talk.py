"""Talking in a board's room from its opening to what becomes of the talk, wide, narrow, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.acts import choose
from tests.journeys.people import People, live
from tests.journeys.sizes import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(params=SIZES)
def size(request) -> dict:
    return {"viewport": request.param}


def open_room(people: People, name: str, **options) -> str:
    """Let the moderator open a room; return its path."""
    minji = people.sit_down("minji", **options)
    minji.goto("/boards/hanbit/rooms/")
    minji.get_by_label("토론방 이름").fill(name)
    minji.get_by_label("목적").fill("11월 발표의 순서와 자료를 정합니다.")
    minji.get_by_role("button", name="열기").click()
    expect(minji.get_by_role("heading", level=1)).to_have_text(name)
    expect(minji.locator("main")).to_contain_text("11월 발표의 순서와 자료를 정합니다.")
    return "/" + minji.url.split("/", 3)[3]


def say(page: Page, words: str) -> None:
    page.locator("#panel-room").get_by_role("textbox").fill(words)
    page.locator("#panel-room").get_by_role("button", name="보내기").click()


def message(page: Page, words: str) -> Locator:
    return page.locator("#messages > .message").filter(has=page.locator(".message-body").get_by_text(words, exact=True))


def acts_of(page: Page, words: str) -> Locator:
    """Open what one can do with a message; without a script that is a page of its own."""
    message(page, words).get_by_role("link", name=re.compile("할 수 있는 일")).click()
    acts = page.locator(".acts[id^='acts-message-']")
    expect(acts).to_be_visible()
    return acts


def turn(page: Page, how: str, reason: str) -> None:
    page.get_by_role("link", name=how).click()
    page.get_by_label("이유").fill(reason)
    page.get_by_role("button", name=how).click()


def take_along(page: Page, words: str) -> None:
    """Make a draft of a message and follow its source back; then comment on a proposal with it."""
    acts_of(page, words).get_by_role("link", name="제안 초안으로").click()
    page.get_by_role("button", name="초안 만들기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("임시저장한 제안")
    expect(page.get_by_label("제목")).to_have_value(words)
    problem = page.get_by_label("현황 및 문제점").input_value()
    assert problem.startswith(f"> {words}")
    page.goto(re.search(r"\]\((\S+)\)", problem)[1])
    expect(message(page, words)).to_be_in_viewport()

    acts_of(page, words).get_by_role("link", name="제안의 댓글로").click()
    page.get_by_label("댓글을 달 제안").select_option(index=1)
    choose(page, "보완 의견")
    page.get_by_role("button", name="댓글 올리기").click()
    comment = page.locator(".comment").filter(has_text=words).last
    expect(comment).to_be_visible()
    comment.get_by_role("link", name="출처: 토론방의 메시지").click()
    expect(message(page, words)).to_be_in_viewport()


def test_a_room_is_opened_talked_in_and_something_comes_of_it(people: People, size: dict):
    width = size["viewport"]["width"]
    path = open_room(people, f"성과보고회 준비 {width}", **size)

    jun, sora = people.sit_down("jun", **size), people.sit_down("sora", at=1, **size)
    for page in (jun, sora):
        page.goto(path)
        live(page)
    cut = []
    jun.route("**/messages/", lambda route: route.continue_() if cut else (cut.append(1), route.abort()))
    say(jun, "발표는 팀마다 10분으로 할까요?")
    waiting = jun.locator(".message.pending")
    expect(waiting).to_contain_text("실패")
    waiting.get_by_role("button", name="다시 보내기").click()
    expect(jun.locator("#panel-room .form-status")).to_have_text("보냄")
    expect(message(jun, "발표는 팀마다 10분으로 할까요?")).to_have_count(1)

    acts = acts_of(sora, "발표는 팀마다 10분으로 할까요?")
    acts.get_by_role("button", name="좋아요").click()
    expect(message(jun, "발표는 팀마다 10분으로 할까요?").locator(".reactions")).to_contain_text("좋아요 1")
    acts.get_by_role("link", name="인용 답글").click()
    say(sora, "저는 7분이면 좋겠어요")
    expect(message(jun, "저는 7분이면 좋겠어요").locator(".quote")).to_contain_text("발표는 팀마다 10분으로 할까요?")
    newest = message(jun, "저는 7분이면 좋겠어요").get_attribute("id")
    expect(jun.locator("#messages")).to_have_attribute("data-read", newest.removeprefix("message-"))

    jun.goto("/")
    say(sora, "자료는 하루 전에 올려요")
    expect(message(sora, "자료는 하루 전에 올려요").locator(".message-head")).to_be_visible()
    jun.goto("/boards/hanbit/rooms/")
    card = jun.locator(".card").filter(has_text=f"성과보고회 준비 {width}")
    expect(card.locator(".badge")).to_contain_text("1")
    card.get_by_role("link", name=re.compile("성과보고회")).click()
    expect(jun.locator("#read-until")).to_have_text("여기까지 읽음")
    order = jun.locator("#messages > li").all_inner_texts()
    assert "자료는 하루 전에 올려요" in order[[it.strip() for it in order].index("여기까지 읽음") + 1]

    minji = people.sit_down("minji", **size)
    minji.goto(path)
    sora.locator("#panel-room").get_by_role("textbox").fill("쓰다 만 말")
    turn(minji, "토론방 잠시 멈추기", "점심을 먹고 이어 갑니다.")
    expect(sora.locator("#panel-room-state")).to_contain_text("점심을 먹고 이어 갑니다.")
    sora.locator("#panel-room").get_by_role("button", name="보내기").click()
    expect(sora.locator("#panel-room .errorlist")).to_contain_text("점심을 먹고 이어 갑니다.")
    expect(sora.locator("#panel-room").get_by_role("textbox")).to_have_value("쓰다 만 말")
    minji.get_by_role("button", name="토론방 다시 열기").click()
    expect(sora.locator("#panel-room-state")).not_to_contain_text("점심을")
    sora.locator("#panel-room").get_by_role("button", name="보내기").click()
    expect(message(minji, "쓰다 만 말")).to_be_visible()
    expect(sora.locator(".message.pending")).to_have_count(0)  # else the browser asks before one leaves the page

    take_along(sora, "자료는 하루 전에 올려요")
    minji.goto(path)
    turn(minji, "토론방 닫기", "발표 준비를 마쳤습니다.")
    expect(minji.locator("#panel-room")).to_contain_text("닫힌 토론방입니다.")


def test_a_proposal_has_a_room_of_its_own(people: People, size: dict):
    proposal = people.site.world["urls"]["proposal_open"]
    minji = people.sit_down("minji", **size)
    minji.goto(proposal)
    if minji.get_by_role("link", name="이 제안의 토론방 열기").count():
        minji.get_by_role("link", name="이 제안의 토론방 열기").click()
        minji.get_by_role("button", name="열기").click()
    else:
        minji.get_by_role("link", name="이 제안의 토론방").click()
    room = minji.url.partition("#")[0].partition("?")[0]
    sora = people.sit_down("sora", at=1, **size)
    sora.goto(proposal)
    sora.get_by_role("link", name="이 제안의 토론방").click()
    expect(sora.locator("#panel-room")).to_be_visible()
    assert sora.url.partition("#")[0] == room.replace(people.site.origins[0], people.site.origins[1])
    sora.get_by_role("navigation", name="위치").get_by_role("link").last.click()
    expect(sora.locator("#panel-text")).to_be_visible()


def test_everything_in_a_room_works_without_javascript(people: People):
    plain = {"java_script_enabled": False}
    path = open_room(people, "글만으로 이야기하기", **plain)

    jun = people.sit_down("jun", **plain)
    jun.goto(path)
    say(jun, "점심 모임을 옮길까요?")
    sora = people.sit_down("sora", at=1, **plain)
    sora.goto(path)
    acts_of(sora, "점심 모임을 옮길까요?").get_by_role("button", name="궁금해요").click()
    expect(message(sora, "점심 모임을 옮길까요?").locator(".reactions")).to_contain_text("궁금해요 1")
    acts_of(sora, "점심 모임을 옮길까요?").get_by_role("link", name="인용 답글").click()
    expect(sora.locator("#panel-room")).to_contain_text("이준: 점심 모임을 옮길까요?")
    say(sora, "목요일이 좋아요")
    expect(message(sora, "목요일이 좋아요").locator(".quote")).to_contain_text("점심 모임을 옮길까요?")

    jun.goto(path)
    jun.get_by_role("button", name="여기까지 읽었어요").click()
    sora.goto(path)
    say(sora, "장소도 바꿔요")
    jun.goto("/boards/hanbit/rooms/")
    card = jun.locator(".card").filter(has_text="글만으로 이야기하기")
    expect(card.locator(".badge")).to_contain_text("1")
    card.get_by_role("link", name=re.compile("글만으로")).click()
    expect(jun.locator("#read-until")).to_have_text("여기까지 읽음")

    minji = people.sit_down("minji", **plain)
    minji.goto(path)
    turn(minji, "토론방 잠시 멈추기", "잠시 쉽니다.")
    say(sora, "늦은 말")
    expect(sora.locator("#panel-room")).to_contain_text("잠시 쉽니다.")
    expect(sora.get_by_label("올리지 못한 글")).to_have_value("늦은 말")
    minji.get_by_role("button", name="토론방 다시 열기").click()
    sora.goto(path)
    take_along(sora, "장소도 바꿔요")
