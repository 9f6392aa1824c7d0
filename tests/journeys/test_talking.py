"""What a room does in the browser: nothing said is lost, nothing read is moved, everybody finds their place again."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from boards.rooms.actions import close_room
from boards.rooms.models import Message

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise hands Django whole files; read in a thread they are streamed well enough.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning"),
]

POSTING = re.compile(r"/messages/$")


@pytest.fixture
def room(hanbit) -> str:
    return f"/rooms/{hanbit.room.pk}/"


def field(page: Page) -> Locator:
    return page.locator("#panel-room textarea")


def send(page: Page, words: str) -> None:
    field(page).fill(words)
    field(page).press("Enter")


def pending(page: Page) -> Locator:
    return page.locator(".message.pending")


def hold_posts(page: Page) -> list[Route]:
    """Let what is sent wait on its way; it is in the list that is returned."""
    held: list[Route] = []
    page.route(POSTING, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    return held


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_a_message_says_how_far_it_is(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    held = hold_posts(page)
    send(page, "가는 중인 글")
    expect(pending(page)).to_contain_text("보내는 중")
    expect(field(page)).to_have_value("")
    field(page).fill("다음 글을 벌써 쓰고 있습니다")
    held[0].continue_()
    expect(pending(page)).to_have_count(0)
    expect(page.locator("#panel-room .form-status")).to_have_text("보냄")
    expect(field(page)).to_have_value("다음 글을 벌써 쓰고 있습니다")


def test_a_message_cut_off_on_its_way_is_sent_again_and_is_there_once(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    sent: list[str] = []

    def cut_off_twice(route: Route) -> None:
        sent.append(re.search(r'name="client_id"\s+([0-9a-f-]{36})', route.request.post_data)[1])
        if len(sent) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route(POSTING, cut_off_twice)
    send(page, "두 번 끊긴 글")
    for _ in range(2):
        expect(pending(page)).to_contain_text("실패")
        expect(pending(page)).to_contain_text("두 번 끊긴 글")
        pending(page).get_by_role("button", name="다시 보내기").click()
    expect(pending(page)).to_have_count(0)
    expect(page.locator(".message")).to_have_count(1)
    assert len(sent) == 3
    assert len(set(sent)) == 1
    assert Message.objects.get().body == "두 번 끊긴 글"


def test_what_did_not_arrive_outlives_a_reload_and_arrives_once(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    page.on("dialog", lambda dialog: dialog.accept())
    lost = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch())
        route.abort()

    page.route(POSTING, lose_the_answer)
    send(page, "받았다는 답이 오지 않은 글")
    expect(pending(page)).to_contain_text("실패")
    page.unroute(POSTING)
    page.reload()
    expect(pending(page)).to_contain_text("받았다는 답이 오지 않은 글")
    pending(page).get_by_role("button", name="다시 보내기").click()
    expect(pending(page)).to_have_count(0)
    page.reload()
    expect(page.locator(".message")).to_have_count(1)
    assert Message.objects.count() == len(lost) == 1


def test_a_server_that_does_not_answer_is_told_and_the_message_can_be_sent_again(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    hold_posts(page)
    page.clock.install()
    send(page, "기다리는 글")
    expect(pending(page)).to_contain_text("보내는 중")
    page.clock.fast_forward(5_000)
    expect(pending(page)).to_contain_text("서버의 답이 늦어지고 있습니다")
    page.clock.fast_forward(20_000)
    expect(pending(page)).to_contain_text("실패")
    page.unroute(POSTING)
    pending(page).get_by_role("button", name="다시 보내기").click()
    expect(pending(page)).to_have_count(0)
    expect(page.locator(".message")).to_have_count(1)


def test_a_message_refused_after_the_composer_went_away_keeps_its_text(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    held = hold_posts(page)
    send(page, "늦은 글")
    expect(pending(page)).to_have_count(1)
    field(page).blur()
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")
    expect(page.locator("#panel-room")).to_contain_text("닫힌 토론방")
    held[0].continue_()
    expect(pending(page)).to_contain_text("닫힌 토론방")
    expect(pending(page)).to_contain_text("늦은 글")
    assert not Message.objects.exists()
