"""Two people in one room: what one does, the other sees, whatever happens to the wire between them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import People, live

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def enter(people: People, key: str, at: int, path: str) -> Page:
    page = people.sit_down(key, at=at)
    page.goto(path)
    return live(page)


@pytest.fixture
def two(people: People) -> tuple[Page, Page]:
    """Jun and Sora in the board's room, each on a web process of their own where there are two."""
    path = people.site.world["urls"]["room"]
    return enter(people, "jun", 0, path), enter(people, "sora", 1, path)


def say(page: Page, words: str) -> None:
    page.locator("#panel-room").get_by_role("textbox").fill(words)
    page.locator("#panel-room").get_by_role("button", name="보내기").click()


def message(page: Page, words: str) -> Locator:
    return page.locator("#messages > li").filter(has_text=words)


def last_words(page: Page, count: int) -> list[str]:
    return [it.strip() for it in page.locator("#messages .message-body").all_inner_texts()[-count:]]


def test_what_one_says_changes_and_deletes_the_other_sees(two: tuple[Page, Page]):
    jun, sora = two
    say(jun, "다음 모임은 언제인가요?")
    expect(message(sora, "다음 모임은 언제인가요?")).to_be_visible()
    say(sora, "목요일 어떠세요?")
    expect(message(jun, "목요일 어떠세요?")).to_be_visible()
    expect(jun.locator("#panel-room").get_by_role("textbox")).to_have_value("")

    message(jun, "다음 모임은 언제인가요?").get_by_role("link", name="할 수 있는 일").click()
    jun.get_by_role("link", name="고치기").click()
    jun.get_by_role("textbox").fill("이번 모임은 언제인가요?")
    jun.get_by_role("button", name="고친 글 올리기").click()
    expect(message(sora, "이번 모임은 언제인가요?")).to_contain_text("고친 메시지")
    expect(message(sora, "다음 모임은 언제인가요?")).to_have_count(0)

    message(sora, "목요일 어떠세요?").get_by_role("link", name="할 수 있는 일").click()
    sora.get_by_role("link", name="지우기").click()
    sora.get_by_role("button", name="지우기").click()
    expect(jun.locator("#messages > li").last).to_contain_text("글쓴이가 지운 메시지입니다.")
    expect(message(jun, "목요일 어떠세요?")).to_have_count(0)


def test_both_are_counted_until_one_leaves(people: People, two: tuple[Page, Page]):
    jun, _ = two
    expect(jun.locator(".presence")).to_have_text("지금 2명이 이 방을 보고 있습니다.")
    people.get_up(1)
    expect(jun.locator(".presence")).to_have_text("지금 1명이 이 방을 보고 있습니다.", timeout=60_000)


def test_what_was_said_while_one_was_offline_arrives_once_and_in_order(two: tuple[Page, Page]):
    jun, sora = two
    sora.context.set_offline(True)
    sora.evaluate("() => window.dispatchEvent(new Event('offline'))")
    said = [f"끊긴 사이의 말 {number}" for number in range(1, 4)]
    for words in said:
        say(jun, words)
        expect(message(jun, words)).to_have_count(1)
    sora.context.set_offline(False)
    expect(message(sora, said[-1])).to_be_visible(timeout=60_000)
    live(sora)
    assert last_words(sora, 3) == said
    assert last_words(jun, 3) == said


def test_a_message_written_without_a_connection_waits_and_is_there_once(two: tuple[Page, Page]):
    jun, sora = two
    sora.context.set_offline(True)
    say(sora, "지하철에서 쓴 말")
    expect(message(sora, "지하철에서 쓴 말")).to_contain_text("실패")
    sora.context.set_offline(False)
    message(sora, "지하철에서 쓴 말").get_by_role("button", name="다시 보내기").click()
    expect(message(jun, "지하철에서 쓴 말")).to_have_count(1)
    expect(message(sora, "지하철에서 쓴 말")).to_have_count(1)
    expect(message(sora, "지하철에서 쓴 말")).not_to_contain_text("실패")


@pytest.mark.postgres
def test_redis_away_for_20_seconds_costs_nobody_a_message(people: People, two: tuple[Page, Page]):
    said = []
    with people.site.bus_away(20) as back:
        for number in range(1, 5):
            for page, name in zip(two, ("준", "소라"), strict=True):
                said.append(f"{name}이 말합니다 {number}")
                say(page, said[-1])
                expect(message(page, said[-1]).locator(".message-head")).to_be_visible()
        assert not back.is_set()
    say(two[0], "레디스가 돌아왔습니다")
    said.append("레디스가 돌아왔습니다")
    for page in two:
        for words in said:
            expect(message(page, words)).to_have_count(1, timeout=60_000)
        assert last_words(page, len(said)) == said
        live(page)
