"""What a room does in the browser: nothing said is lost, nothing read is moved, everybody finds their place again."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from boards.moderation.actions import hide
from boards.rooms.actions import close_room, edit_message, pause_room, reopen_room
from boards.rooms.models import Message, Place
from tests.realtime.listening import say

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


# --- One's place -----------------------------------------------------------------------------------------------------


def talk(hanbit, count: int, *, start: int = 0, author=None) -> list[Message]:
    return [say(hanbit.room, author or hanbit.jun, f"메시지 {number}") for number in range(start, start + count)]


def place_of(person) -> int | None:
    return Place.objects.filter(person=person).values_list("message", flat=True).first()


def reads_up_to(person, message: Message) -> None:
    """Wait until the server knows."""
    deadline = time.monotonic() + 15
    while place_of(person) != message.pk:
        assert time.monotonic() < deadline, f"at {place_of(person)}, not at {message.pk}"
        time.sleep(0.05)


def test_what_stands_in_view_counts_as_read_and_the_next_visit_begins_there(windows, hanbit, room):
    *_, last_read = talk(hanbit, 20)
    page = windows.open(hanbit.sora, room)
    expect(page.locator("#read-until")).to_have_count(0)
    reads_up_to(hanbit.sora, last_read)
    page.goto("/notifications/")
    talk(hanbit, 30, start=20)
    page.goto("/boards/hanbit/rooms/")
    expect(page.locator(".card .badge")).to_contain_text("30")
    page.get_by_role("link", name=hanbit.room.name).click()
    line = page.locator("#read-until")
    expect(line).to_have_text("여기까지 읽음")
    expect(line).to_be_in_viewport()
    expect(page.get_by_text("메시지 20", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("메시지 49", exact=True)).not_to_be_in_viewport()


def test_new_messages_below_are_counted_on_a_button_that_leads_to_them(windows, hanbit, room):
    talk(hanbit, 40)
    page = windows.open(hanbit.sora, room)
    expect(page.get_by_text("메시지 39", exact=True)).to_be_in_viewport()
    button = page.locator(".new-messages")
    expect(button).to_be_hidden()
    page.locator("#room-log").evaluate("log => log.scrollTop = 200")
    *_, newest = talk(hanbit, 3, start=40)
    expect(button).to_have_text("새 메시지 3개")
    button.click()
    expect(page.get_by_text("메시지 42", exact=True)).to_be_in_viewport()
    expect(button).to_be_hidden()
    reads_up_to(hanbit.sora, newest)


def test_a_composer_that_grows_leaves_the_log_at_its_end(windows, hanbit, room):
    talk(hanbit, 20)
    page = windows.open(hanbit.sora, room, viewport={"width": 360, "height": 740})
    expect(page.get_by_text("메시지 19", exact=True)).to_be_in_viewport()
    field(page).fill("\n".join(f"줄 {number}" for number in range(6)))
    expect(page.get_by_text("메시지 19", exact=True)).to_be_in_viewport()
    *_, newest = talk(hanbit, 2, start=20)
    expect(page.get_by_text("메시지 21", exact=True)).to_be_in_viewport()
    reads_up_to(hanbit.sora, newest)


def test_what_was_said_in_a_room_nobody_looks_at_stays_unread(windows, hanbit, room):
    *_, read = talk(hanbit, 3)
    page = windows.open(hanbit.sora, room)
    reads_up_to(hanbit.sora, read)
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
    *_, unread = talk(hanbit, 2, start=3)
    expect(page.locator(".message")).to_have_count(5)
    page.wait_for_timeout(1000)  # longer than a message must stand in view
    assert place_of(hanbit.sora) == read.pk
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    reads_up_to(hanbit.sora, unread)


# --- What was said before --------------------------------------------------------------------------------------------


def test_scrolling_up_brings_older_messages_and_moves_neither_reading_nor_focus(windows, hanbit, room):
    talk(hanbit, 130)
    page = windows.open(hanbit.sora, room)
    log = page.locator("#room-log")
    field(page).focus()
    expect(page.locator(".message")).to_have_count(50)
    log.evaluate("log => log.scrollTop = 100")
    expect(page.locator(".message")).to_have_count(100)
    expect(page.get_by_text("메시지 80", exact=True)).to_be_in_viewport()
    expect(log).to_have_attribute("aria-busy", "false")
    expect(field(page)).to_be_focused()
    log.evaluate("log => log.scrollTop = 0")
    expect(page.locator(".message")).to_have_count(130)
    expect(page.locator(".message").first).to_contain_text("메시지 0")
    expect(page.locator(".room-older")).to_have_count(0)
    assert len(page.locator(".day").all()) == 1, "one divider a day, however many pages were put together"


def test_a_connection_that_is_gone_while_scrolling_up_does_not_leave_the_page(windows, hanbit, room):
    talk(hanbit, 60)
    page = windows.open(hanbit.sora, room)
    field(page).fill("쓰던 글")
    page.context.set_offline(True)
    page.locator("#room-log").evaluate("log => log.scrollTop = 0")
    page.wait_for_timeout(500)
    expect(field(page)).to_have_value("쓰던 글")
    page.context.set_offline(False)


def test_the_link_of_an_old_message_opens_it_among_its_neighbours(windows, hanbit, room):
    old = talk(hanbit, 120)[20]
    page = windows.open(hanbit.sora, old.get_absolute_url(), wait=False)
    expect(page.locator(f"#message-{old.pk}")).to_be_in_viewport()
    expect(page.get_by_text("메시지 19", exact=True)).to_be_visible()
    expect(page.get_by_text("메시지 21", exact=True)).to_be_visible()
    page.get_by_role("link", name="이후 메시지 보기").click()
    page.get_by_role("link", name="최근 메시지로 돌아가기").click()
    expect(page.get_by_text("메시지 119", exact=True)).to_be_in_viewport()
    expect(field(page)).to_be_visible()


# --- Quotes and signs ------------------------------------------------------------------------------------------------


def open_acts(page: Page, words: str) -> Locator:
    message = page.locator(".message").filter(has=page.locator(".message-body").get_by_text(words, exact=True))
    message.get_by_role("link", name=re.compile("할 수 있는 일")).click()
    expect(message.locator(".acts")).to_be_visible()
    return message


def test_a_reply_quotes_and_the_quote_follows_what_becomes_of_the_message(windows, hanbit, room):
    first = say(hanbit.room, hanbit.jun, "회의는 **30분**만 합시다")
    sora, tae = windows.open(hanbit.sora, room), windows.open(hanbit.tae, room)
    field(sora).fill("쓰던 답")
    open_acts(sora, "회의는 30분만 합시다").get_by_role("link", name="인용 답글").click()
    expect(sora.locator("[data-quoting]")).to_contain_text("이준: 회의는 30분만 합시다")
    expect(field(sora)).to_be_focused()
    expect(field(sora)).to_have_value("쓰던 답")
    field(sora).press("Enter")
    for page in (sora, tae):
        expect(page.locator(".quote")).to_contain_text("회의는 30분만 합시다")
    expect(sora.locator("[data-quoting]")).to_be_hidden()
    send(sora, "인용하지 않은 글")
    expect(tae.locator(".message").last).to_contain_text("인용하지 않은 글")
    expect(tae.locator(".message").last.locator(".quote")).to_have_count(0)
    hide(first, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    for page in (sora, tae):
        expect(page.locator(".quote")).to_contain_text("운영자가 가린 메시지입니다.")
        expect(page.locator("#messages")).not_to_contain_text("30분")


def test_a_quote_that_was_refused_comes_back_with_its_text(windows, hanbit, room):
    say(hanbit.room, hanbit.jun, "인용할 글")
    page = windows.open(hanbit.sora, room)
    open_acts(page, "인용할 글").get_by_role("link", name="인용 답글").click()
    close_room(hanbit.room, by=hanbit.minji, reason="이야기가 끝났습니다.")
    send(page, "늦은 답")
    expect(page.locator("#panel-room .errorlist")).to_contain_text("이야기가 끝났습니다.")
    expect(field(page)).to_have_value("늦은 답")
    expect(page.locator("[data-quoting]")).to_contain_text("인용할 글")


def test_signs_are_put_and_taken_back_with_the_keyboard_and_all_see_whose_they_are(windows, hanbit, room):
    say(hanbit.room, hanbit.jun, "좋은 생각")
    sora, tae = windows.open(hanbit.sora, room), windows.open(hanbit.tae, room)
    message = open_acts(sora, "좋은 생각")
    like = message.get_by_role("button", name="좋아요")
    like.press("Enter")
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like).to_be_focused()
    signs = tae.locator(".reactions")
    expect(signs).to_contain_text("좋아요 1")
    signs.locator("summary").press("Enter")
    expect(signs).to_contain_text("박소라")
    like.press("Enter")
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(signs).to_have_count(0)


# --- The room itself -------------------------------------------------------------------------------------------------


def test_a_pause_is_told_live_with_its_reason_and_the_text_stays(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    field(page).fill("쓰다 만 글")
    pause_room(hanbit.room, by=hanbit.minji, reason="점심을 먹고 이어 갑니다.")
    expect(page.locator("#panel-room-state")).to_contain_text("잠시 멈춤")
    expect(page.locator("#panel-room-state")).to_contain_text("점심을 먹고 이어 갑니다.")
    field(page).press("Enter")
    expect(page.locator("#panel-room .errorlist")).to_contain_text("점심을 먹고 이어 갑니다.")
    expect(field(page)).to_have_value("쓰다 만 글")
    reopen_room(hanbit.room, by=hanbit.minji)
    expect(page.locator("#panel-room-state")).not_to_contain_text("잠시 멈춤")
    expect(page.locator("#panel-room .errorlist")).to_have_count(0)
    field(page).press("Enter")
    expect(page.locator(".message")).to_contain_text("쓰다 만 글")


def test_an_edit_that_was_not_posted_comes_back_but_never_hides_what_was_posted_since(windows, hanbit, room):
    message = say(hanbit.room, hanbit.jun, "오후 두 시")
    page = windows.open(hanbit.jun, f"/messages/{message.pk}/edit/")
    words = page.locator("main textarea")
    expect(words).to_be_focused()
    words.fill("오후 두 시 반")
    page.reload()
    expect(words).to_have_value("오후 두 시 반")
    expect(page.get_by_text("올리지 않은 글을 되살렸습니다.")).to_be_visible()
    edit_message(message, by=hanbit.jun, body="오후 세 시")
    page.reload()
    expect(words).to_have_value("오후 세 시")
    words.fill("오후 네 시")
    page.get_by_role("link", name="그만두기").click()
    page.goto(f"/messages/{message.pk}/edit/")
    expect(words).to_have_value("오후 세 시")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 450), (740, 360)])
def test_in_a_small_window_the_log_takes_what_room_there_is(windows, hanbit, room, width, height):
    for number in range(12):
        say(hanbit.room, hanbit.jun, f"메시지 {number}")
    page = windows.open(hanbit.sora, room, viewport={"width": width, "height": height})
    expect(page.locator(".message").last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="보내기")).to_be_in_viewport(ratio=1)
    assert page.locator("#room-log").bounding_box()["height"] >= height / 2
