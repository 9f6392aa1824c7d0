"""What the scripts of a page do, seen in a browser: it hears others, and disturbs nobody who types or reads."""

import re
import uuid

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from boards.discussion import queries
from boards.discussion.actions import delete_comment, edit_comment, post_comment
from boards.discussion.models import Stance
from boards.membership.actions import end_membership
from boards.membership.models import Membership
from boards.moderation.actions import hide
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal
from boards.rooms.actions import close_room, edit_message, reopen_room
from boards.rooms.models import Message
from boards.support.actions import support
from forum.events.models import Stream
from forum.notifications.telling import tell
from tests.journeys.windows import is_live
from tests.realtime.listening import cookie_of, say

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise hands Django whole files; read in a thread they are streamed well enough.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning"),
]
TEXTS = {
    "title": "회의는 똑똑하게",
    "problem": "회의가 깁니다.",
    "remedy": "30분만 합니다.",
    "effect": "시간이 남습니다.",
}


@pytest.fixture
def room(hanbit) -> str:
    return f"/rooms/{hanbit.room.pk}/"


@pytest.fixture
def proposal(hanbit) -> Proposal:
    return open_proposal(start_draft(hanbit.board, by=hanbit.jun, **TEXTS), by=hanbit.jun)


def remark(proposal: Proposal, author, body: str, parent=None):
    return post_comment(proposal, author=author, stance=Stance.FOR, body=body, client_id=uuid.uuid4(), parent=parent)


def box(page: Page) -> Locator:
    return page.locator("#panel-room textarea")


def write(page: Page, words: str) -> None:
    box(page).fill(words)


def test_a_message_typed_in_one_window_appears_in_the_other_and_is_marked_as_ones_own(windows, hanbit, room):
    jun, sora = windows.open(hanbit.jun, room), windows.open(hanbit.sora, room)
    write(jun, "안녕하세요")
    box(jun).press("Enter")
    expect(sora.locator(".message")).to_contain_text("안녕하세요")
    expect(jun.locator(".message")).to_have_count(1)
    expect(jun.locator(".message.mine")).to_have_count(1)
    expect(sora.locator(".message.mine")).to_have_count(0)
    expect(box(jun)).to_have_value("")
    expect(jun.locator(".empty")).to_have_count(0)


def test_shift_enter_breaks_the_line_and_enter_that_ends_a_syllable_sends_nothing(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    field = box(page)
    field.fill("첫 줄")
    field.press("End")
    field.press("Shift+Enter")
    field.press_sequentially("x")
    expect(field).to_have_value("첫 줄\nx")
    field.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    expect(page.locator(".message")).to_have_count(0)
    field.press("Enter")
    expect(page.locator(".message")).to_have_count(1)


def test_an_edit_and_a_hiding_change_what_others_see(windows, hanbit, room):
    message = say(hanbit.room, hanbit.jun, "처음 글")
    page = windows.open(hanbit.sora, room)
    edit_message(message, by=hanbit.jun, body="고친 글")
    expect(page.locator(".message")).to_contain_text("고친 글")
    hide(message, by=hanbit.minji, rule="R04", reason="동료를 깎아내립니다.")
    expect(page.locator(".message")).not_to_contain_text("고친 글")
    expect(page.locator(".message")).to_contain_text("R04")


def show_new(page: Page, count: int) -> None:
    """Press the button that tells of so many new comments."""
    page.get_by_role("button", name=f"새 댓글 {count}개", exact=True).click()


def items_of(page: Page) -> str:
    """The discussion's own HTML without the space between its items."""
    return re.sub(r">\s+<", "><", page.locator("#comments").inner_html()).strip()


def test_what_the_page_shows_live_is_what_a_fresh_page_shows(windows, hanbit, room, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    expect(page.locator(".discussion .empty")).to_be_visible()
    first = remark(proposal, hanbit.tae, "첫 의견")
    expect(page.locator(".comment")).to_have_count(1)  # where nothing was read nothing waits behind a button
    expect(page.locator(".discussion .empty, .new-items button")).to_have_count(0)
    remark(proposal, hanbit.bora, "둘째 의견")
    remark(proposal, hanbit.jun, "첫 의견에 답", parent=first)
    show_new(page, 2)
    expect(page.locator(".comment")).to_have_count(3)
    page.evaluate("document.activeElement.removeAttribute('tabindex')")
    expect(page.locator(".overview h2 .count")).to_have_text("3")
    live, counts = items_of(page), page.locator(".stances").inner_text()
    page.reload()
    expect(page.locator(".comment")).to_have_count(3)
    assert live == items_of(page)
    assert page.locator(".stances").inner_text() == counts


def test_a_message_that_does_not_get_through_waits_and_goes_once_when_sent_again(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    page.context.set_offline(True)
    write(page, "끊긴 사이에 쓴 글")
    box(page).press("Enter")
    expect(page.locator(".pending")).to_contain_text("실패")
    expect(page.locator(".pending")).to_contain_text("끊긴 사이에 쓴 글")
    page.context.set_offline(False)
    page.locator(".pending").get_by_role("button", name="다시 보내기").click()
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".message")).to_have_count(1)
    assert Message.objects.filter(room=hanbit.room).count() == 1


def test_an_answer_that_is_lost_makes_no_second_message(windows, hanbit, room):
    page = windows.open(hanbit.jun, room)
    lost = []

    def lose_the_first(route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/messages/", lose_the_first)
    write(page, "한 번만")
    box(page).press("Enter")
    page.locator(".pending").get_by_role("button", name="다시 보내기").click()
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".message")).to_have_count(1)
    assert Message.objects.filter(room=hanbit.room).count() == 1


def fall_asleep(page: Page) -> None:
    """Put the page aside as a browser does with one that is not looked at: its socket is gone, it asks nothing."""
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    is_live(page, "closed")


def wake_up(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_page_that_slept_heals_itself_when_it_wakes(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    fall_asleep(page)
    for number in range(3):
        say(hanbit.room, hanbit.jun, f"놓친 글 {number}")
    wake_up(page)
    expect(page.locator(".message")).to_have_count(3)
    say(hanbit.room, hanbit.jun, "돌아온 뒤")
    expect(page.locator(".message")).to_have_count(4)


def test_a_page_that_can_have_no_socket_asks_every_few_seconds(windows, hanbit, room):
    page = windows.open(hanbit.sora, "/notifications/")
    page.add_init_script(
        "window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006 })) } close() {} };"
        "window.WebSocket.OPEN = 1;"
    )
    page.goto(room)
    is_live(page, "polling")
    say(hanbit.room, hanbit.jun, "물어서 들은 말")
    expect(page.locator(".message")).to_contain_text("물어서 들은 말", timeout=10_000)


def test_a_restored_stream_is_read_again_from_the_page(windows, hanbit, room):
    page = windows.open(hanbit.sora, "/notifications/")
    say(hanbit.room, hanbit.jun, "남은 글")
    page.goto(room)
    is_live(page)
    epoch = page.locator("#messages").get_attribute("data-epoch")
    Stream.objects.filter(name=hanbit.room.stream).update(epoch="00000000-0000-4000-8000-000000000000")
    say(hanbit.room, hanbit.jun, "복원 뒤에 쓴 글")
    expect(page.locator(".message")).to_have_count(2, timeout=30_000)
    assert page.locator("#messages").get_attribute("data-epoch") != epoch
    say(hanbit.room, hanbit.jun, "그다음 글")
    expect(page.locator(".message")).to_have_count(3)


def test_a_stream_is_not_given_up_when_the_page_cannot_be_read_again_at_once(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    failed = []

    def fail_the_first(route) -> None:
        if failed or route.request.resource_type != "fetch":
            return route.continue_()
        failed.append(route.request.url)
        return route.fulfill(status=503, body="busy")

    page.route(f"**{room}", fail_the_first)
    Stream.objects.filter(name=hanbit.room.stream).update(epoch="00000000-0000-4000-8000-000000000000")
    say(hanbit.room, hanbit.jun, "복원 뒤에 쓴 글")
    expect(page.locator(".message")).to_have_count(1, timeout=30_000)
    assert failed


def test_panels_are_read_again_when_something_happens(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")
    expect(page.locator("#panel-room")).to_contain_text("닫힌 토론방")
    reopen_room(hanbit.room, by=hanbit.minji)
    expect(box(page)).to_be_visible()


def test_a_panel_in_which_somebody_types_is_left_alone_until_they_are_done(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    write(page, "쓰다 만 글")
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")
    say_elsewhere = page.locator("#panel-room")
    page.wait_for_timeout(1500)
    expect(box(page)).to_have_value("쓰다 만 글")
    box(page).fill("")
    page.locator("h1").click()
    expect(say_elsewhere).to_contain_text("닫힌 토론방")


def test_a_text_that_is_too_long_is_counted_and_not_cut(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    write(page, "")
    page.keyboard.insert_text("가" * 2001)
    expect(box(page)).to_have_value("가" * 2001)
    expect(page.locator(".counted")).to_have_text("2,000자 중 2,001자 너무 깁니다. 줄여야 보낼 수 있습니다.")
    box(page).press("Enter")
    expect(page.locator("#panel-room .errorlist")).to_contain_text("1자를 줄여 주세요.")
    expect(box(page)).to_have_value("가" * 2001)
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(page.locator(".counted")).to_have_text("2,000자 중 2,000자")
    box(page).press("Enter")
    expect(page.locator(".counted")).to_have_count(0)


def test_a_text_that_is_refused_comes_back_with_the_reason(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    write(page, "늦은 글")
    close_room(hanbit.room, by=hanbit.minji, reason="다음 모임까지 쉽니다.")
    box(page).press("Enter")
    expect(page.locator("#panel-room .errorlist")).to_contain_text("닫힌 토론방")
    expect(box(page)).to_have_value("늦은 글")
    expect(page.locator(".message")).to_have_count(0)


def test_whatever_answers_a_comment_stays_in_its_form_until_it_has_arrived(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    composer, address = page.locator("#panel-composer"), f"**/proposals/{proposal.pk}/comments/"
    composer.locator("label.stance-for").click()
    composer.get_by_role("textbox").fill("오래 쓴 글")
    for status in (403, 404, 409, 413, 429, 500):
        page.route(address, answering(status, f"{status} 때문에 안 됩니다."))
        composer.get_by_role("button", name="올리기").click()
        if status in (429, 500):
            expect(composer.locator(".form-status button")).to_be_visible()
        else:
            expect(composer.locator(".errorlist")).to_have_text(f"{status} 때문에 안 됩니다.")
        expect(composer.get_by_role("textbox")).to_have_value("오래 쓴 글")
        page.unroute(address)
    composer.get_by_role("button", name="올리기").click()
    expect(page.locator(".comment")).to_have_count(1)


def answering(status: int, words: str):
    return lambda route: route.fulfill(status=status, content_type="text/plain; charset=utf-8", body=words)


def test_who_lost_the_board_while_writing_reads_so_and_keeps_the_text(windows, hanbit, proposal, room):
    comment, message = windows.open(hanbit.sora, proposal.get_absolute_url()), windows.open(hanbit.sora, room)
    composer = comment.locator("#panel-composer")
    composer.locator("label.stance-for").click()
    composer.get_by_role("textbox").fill("오래 쓴 의견")
    write(message, "오래 쓴 글")
    end_membership(Membership.objects.get(person=hanbit.sora, ended_at=None), by=hanbit.minji)
    hanbit.board.closed = True
    hanbit.board.save()
    composer.get_by_role("button", name="올리기").click()
    box(message).press("Enter")
    for form, words in ((composer, "오래 쓴 의견"), (message.locator("#panel-room"), "오래 쓴 글")):
        expect(form.locator(".errorlist")).to_contain_text("이 주소에는 볼 수 있는 것이 없습니다.")
        expect(form.get_by_role("textbox")).to_have_value(words)


def test_signed_out_elsewhere_the_text_stays_and_the_page_says_so(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    page.context.clear_cookies()
    write(page, "로그아웃 뒤에 쓴 글")
    box(page).press("Enter")
    told = page.locator("#panel-room .errorlist")
    expect(told).to_contain_text("쓰신 글은 보관했습니다.")
    expect(box(page)).to_have_value("로그아웃 뒤에 쓴 글")
    name, _, value = cookie_of(hanbit.sora).partition("=")  # signed in again in another window
    page.context.add_cookies([{"name": name, "value": value, "url": windows.server.url}])
    told.get_by_role("link", name="다시 로그인하기").click()
    expect(page).to_have_url(re.compile(f"{room}$"))
    expect(box(page)).to_have_value("로그아웃 뒤에 쓴 글")


def test_support_counts_up_on_every_open_page(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    support(proposal, by=hanbit.tae)
    expect(page.locator(f"#support-{proposal.pk}")).to_contain_text("공감 1명")
    support(proposal, by=hanbit.bora)
    expect(page.locator(f"#support-{proposal.pk}")).to_contain_text("공감 2명")


def test_support_is_given_and_taken_back_without_leaving_the_page(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="공감하기").click()
    expect(page.locator("#panel-support")).to_contain_text("공감했습니다.")
    page.get_by_role("button", name="공감 거두기").click()
    expect(page.get_by_role("button", name="공감하기")).to_be_visible()
    support(proposal, by=hanbit.tae)
    expect(page.locator(f"#support-{proposal.pk}")).to_contain_text("공감 1명")
    assert page.evaluate("window.stayed")


def test_a_form_that_is_too_old_gives_the_text_back_in_a_fresh_one(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    composer = page.locator("#panel-composer")
    composer.locator("label.stance-for").click()
    composer.get_by_role("textbox").fill("오래 쓴 글")
    composer.get_by_role("button", name="올리기").click()
    expect(page.locator("main")).to_contain_text("오래 쓴 글")
    assert not proposal.comments.exists()


def test_a_second_click_while_the_server_is_slow_sends_nothing(windows, hanbit):
    page, held = windows.open(hanbit.minji, "/boards/hanbit/rooms/"), []
    page.get_by_label("토론방 이름").fill("점심 이야기")
    button = page.get_by_role("button", name="열기", exact=True)
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    page.route("**/boards/hanbit/rooms/", lambda route: held.append(route))
    for _ in range(2):
        page.mouse.click(place["x"] + 5, place["y"] + 5)
        page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("h1")).to_contain_text("점심 이야기")


def test_a_burst_is_told_as_a_number(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    fall_asleep(page)
    for number in range(8):
        say(hanbit.room, hanbit.jun, f"몰려온 글 {number}")
    wake_up(page)
    expect(page.locator(".message")).to_have_count(8)
    expect(page.get_by_text("새 메시지 8개가 왔습니다.")).to_have_count(1)


def test_what_one_may_do_with_a_message_opens_and_closes_below_it(windows, hanbit, room):
    say(hanbit.room, hanbit.sora, "내가 쓴 글")
    page = windows.open(hanbit.sora, room)
    link = page.get_by_role("link", name=re.compile("할 수 있는 일"))
    link.click()
    expect(page.get_by_role("link", name="고치기")).to_be_visible()
    link.click()
    expect(page.get_by_role("link", name="고치기")).to_have_count(0)
    link.click()
    expect(page.get_by_role("link", name="고치기")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="고치기")).to_have_count(0)
    expect(link).to_be_focused()


def test_the_badge_counts_what_one_is_told(windows, hanbit, proposal):
    while tell():
        pass
    page = windows.open(hanbit.jun, "/notifications/")
    expect(page.locator("#badge")).to_contain_text("1")  # of the seat
    remark(proposal, hanbit.tae, "저도 같은 생각입니다.")
    while tell():
        pass
    expect(page.locator("#badge")).to_contain_text("2")


def test_people_in_the_room_are_counted(windows, hanbit, room):
    first = windows.open(hanbit.jun, room)
    expect(first.locator(".presence")).to_contain_text("1명")
    second = windows.open(hanbit.sora, room)
    expect(first.locator(".presence")).to_contain_text("2명")
    second.goto("/notifications/")
    expect(first.locator(".presence")).to_contain_text("1명")


def test_a_comment_stays_in_the_form_until_it_has_arrived_and_then_the_form_is_empty(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    composer = page.locator("#panel-composer")
    composer.locator("label.stance-for").click()
    composer.get_by_role("textbox").fill("   ")
    composer.get_by_role("button", name="올리기").click()
    expect(composer.locator(".errorlist")).to_contain_text("내용을 써 주세요.")
    expect(composer.get_by_role("textbox")).to_have_value("   ")
    expect(composer.locator("input:checked")).to_have_count(1)
    composer.get_by_role("textbox").fill("찬성하는 까닭")
    composer.get_by_role("button", name="올리기").click()
    expect(page.locator(".comment")).to_have_count(1)
    expect(composer.get_by_role("textbox")).to_have_value("")
    expect(composer.locator("input:checked")).to_have_count(0)
    expect(composer.locator(".errorlist")).to_have_count(0)
    expect(page.locator(".overview h2 .count")).to_have_text("1")


def test_a_reply_is_written_in_place_and_stands_below_its_parent(windows, hanbit, proposal):
    first = remark(proposal, hanbit.tae, "첫 의견")
    remark(proposal, hanbit.bora, "둘째 의견")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    page.locator(f"#comment-{first.pk}").get_by_role("link", name="답글 쓰기").click()
    reply = page.locator(f"#acts-comment-{first.pk}")
    reply.locator("label.stance-addition").click()
    reply.get_by_role("textbox").fill("첫 의견에 보탭니다")
    page.keyboard.press("Escape")  # what is typed is never closed away
    hide(first, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    expect(page.locator(f"#comment-{first.pk}")).to_contain_text("R10")
    expect(reply.get_by_role("textbox")).to_have_value("첫 의견에 보탭니다")
    reply.get_by_role("button", name="올리기").click()
    expect(page.locator(".comment")).to_have_count(3)
    expect(page.locator(".comment").nth(1)).to_contain_text("첫 의견에 보탭니다")
    expect(reply).to_have_count(0)


def test_older_messages_are_put_before_without_moving_what_is_read(windows, hanbit, room):
    for number in range(70):
        say(hanbit.room, hanbit.jun, f"메시지 {number}")
    page = windows.open(hanbit.sora, room)
    expect(page.locator(".message")).to_have_count(50)
    newest = page.locator(".message").last
    expect(newest).to_be_in_viewport()
    page.get_by_role("link", name="이전 메시지 보기").click()
    expect(page.locator(".message")).to_have_count(70)
    expect(page.locator(".message").first).to_contain_text("메시지 0")
    expect(page.get_by_role("link", name="이전 메시지 보기")).to_have_count(0)
    expect(page.get_by_text("메시지 20", exact=True)).to_be_in_viewport()


def test_a_change_of_a_message_on_an_older_page_adds_nothing_to_this_one(windows, hanbit, room):
    old = say(hanbit.room, hanbit.jun, "오래된 글")
    for number in range(50):
        say(hanbit.room, hanbit.jun, f"메시지 {number}")
    page = windows.open(hanbit.sora, room)
    edit_message(old, by=hanbit.jun, body="오래된 글 고침")
    say(hanbit.room, hanbit.jun, "새 글")
    expect(page.locator(".message")).to_have_count(51)
    expect(page.locator(".message").first).to_contain_text("메시지 0")


def test_the_log_follows_at_its_end_and_stays_where_it_is_read(windows, hanbit, room):
    for number in range(45):
        say(hanbit.room, hanbit.jun, f"메시지 {number}")
    page = windows.open(hanbit.sora, room)
    say(hanbit.room, hanbit.jun, "바닥에서 본 글")
    expect(page.locator(".message", has_text="바닥에서 본 글")).to_be_in_viewport()
    page.get_by_text("메시지 5", exact=True).scroll_into_view_if_needed()
    read = page.get_by_text("메시지 7", exact=True)
    before = read.bounding_box()["y"]
    say(hanbit.room, hanbit.jun, "멀리서 온 글")
    expect(page.locator(".message", has_text="멀리서 온 글")).to_have_count(1)
    expect(page.locator(".message", has_text="멀리서 온 글")).not_to_be_in_viewport()
    assert read.bounding_box()["y"] == pytest.approx(before, abs=2)
    write(page, "내가 위에서 쓴 글")
    box(page).press("Enter")
    expect(page.locator(".message:not(.pending)", has_text="내가 위에서 쓴 글")).to_be_in_viewport()


def test_reading_a_discussion_is_not_disturbed_by_what_comes_in_above(windows, hanbit, proposal):
    first = remark(proposal, hanbit.tae, "첫 의견")
    for number in range(30):
        remark(proposal, hanbit.bora, f"의견 {number}")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    read = page.locator(".comment", has_text="의견 25")
    read.scroll_into_view_if_needed()
    before = read.bounding_box()["y"]
    for number in range(3):
        remark(proposal, hanbit.jun, f"위에 끼어든 답 {number}", parent=first)
    expect(page.get_by_role("button", name="새 댓글 3개")).to_be_in_viewport()
    expect(page.locator(".comment")).to_have_count(31)
    expect(page.locator(".overview h2 .count")).to_have_text("34")
    assert read.bounding_box()["y"] == pytest.approx(before, abs=2)
    show_new(page, 3)
    expect(page.locator(".comment")).to_have_count(34)
    expect(page.locator(".comment", has_text="위에 끼어든 답 0")).to_be_in_viewport()
    expect(page.locator(".new-items button")).to_have_count(0)


@pytest.mark.parametrize(("sort", "place"), [("old", 3), ("new", 0), ("best", 3)])
def test_a_new_thread_is_shown_where_its_order_belongs(windows, hanbit, proposal, sort, place):
    first = remark(proposal, hanbit.tae, "첫 의견")
    remark(proposal, hanbit.bora, "첫 의견에 답", parent=first)
    page = windows.open(hanbit.sora, f"{proposal.get_absolute_url()}?sort={sort}")
    remark(proposal, hanbit.jun, "새 의견")
    reply = remark(proposal, hanbit.jun, "또 하나의 답", parent=first)
    show_new(page, 2)
    expect(page.locator(".comment")).to_have_count(4)
    shown = page.locator(".comment").evaluate_all("them => them.map(it => it.id)")
    assert shown.index(f"comment-{reply.pk}") == shown.index(f"comment-{first.pk}") + 2
    expect(page.locator(".comment").nth(place)).to_contain_text("새 의견")


def test_an_edit_and_a_deletion_change_the_comment_others_read_at_once(windows, hanbit, proposal):
    comment = remark(proposal, hanbit.tae, "처음 글")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    edit_comment(comment, by=hanbit.tae, stance="against", body="고친 글")
    expect(page.locator(".comment")).to_contain_text("고친 글")
    expect(page.locator(".comment")).to_contain_text("수정됨")
    expect(page.locator(".new-items button")).to_have_count(0)
    delete_comment(comment, by=hanbit.tae)
    expect(page.locator(".comment")).to_contain_text("작성자가 삭제한 댓글입니다.")


def test_a_comment_that_waits_and_is_changed_is_shown_as_it_is_then(windows, hanbit, proposal):
    remark(proposal, hanbit.jun, "먼저 있던 글")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    comment = remark(proposal, hanbit.tae, "처음 글")
    expect(page.get_by_role("button", name="새 댓글 1개")).to_be_visible()
    edit_comment(comment, by=hanbit.tae, stance="for", body="고친 글")
    hide(remark(proposal, hanbit.bora, "가릴 글"), by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    show_new(page, 2)
    expect(page.locator(".comment").nth(1)).to_contain_text("고친 글")
    expect(page.locator(".comment").last).to_contain_text("R10")


def test_ones_own_comment_from_another_window_does_not_wait(windows, hanbit, proposal):
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    remark(proposal, hanbit.sora, "휴대전화로 쓴 글")
    expect(page.locator(".comment.mine")).to_contain_text("휴대전화로 쓴 글")


def test_ones_own_comment_is_in_sight_wherever_its_order_puts_it(windows, hanbit, proposal):
    for number in range(20):
        remark(proposal, hanbit.tae, f"의견 {number}")
    page = windows.open(hanbit.sora, f"{proposal.get_absolute_url()}?sort=new")
    composer = page.locator("#panel-composer")
    composer.locator("label.stance-for").click()
    composer.get_by_role("textbox").fill("맨 위에 설 글")
    composer.get_by_role("button", name="올리기").click()
    expect(page.locator(".comment").first).to_contain_text("맨 위에 설 글")
    expect(page.locator(".comment").first).to_be_in_viewport()


def test_an_answer_to_a_thread_on_another_part_leads_there(windows, hanbit, proposal, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for number in range(3):
        last = remark(proposal, hanbit.tae, f"의견 {number}")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    expect(page.locator(".comment")).to_have_count(2)
    reply = remark(proposal, hanbit.jun, "뒤쪽의 답", parent=last)
    show_new(page, 1)
    expect(page.locator(f"#comment-{reply.pk}")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(rf"at={reply.pk}#comment-{reply.pk}$"))


def test_a_long_thread_is_read_on_in_place_and_ones_own_reply_is_seen_behind_what_is_left_out(
    windows, hanbit, proposal, monkeypatch
):
    monkeypatch.setattr(queries, "REPLIES", 2)
    first = remark(proposal, hanbit.tae, "긴 토론의 시작")
    for number in range(5):
        remark(proposal, hanbit.jun, f"답 {number}", parent=first)
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    comments = page.locator(".comment-body")
    expect(comments).to_have_text(["긴 토론의 시작", "답 0", "답 1"])
    remark(proposal, hanbit.sora, "휴대전화로 쓴 답", parent=first)
    expect(comments).to_have_text(["긴 토론의 시작", "답 0", "답 1", "휴대전화로 쓴 답"])
    remark(proposal, hanbit.bora, "더 깊은 답", parent=proposal.comments.get(body="답 3"))
    expect(page.get_by_role("button", name="새 댓글 1개")).to_be_visible()
    page.get_by_role("link", name="답글 3개 더 보기").click()
    expect(comments).to_have_text(["긴 토론의 시작", "답 0", "답 1", "답 2", "답 3", "휴대전화로 쓴 답"])
    expect(page.locator(":focus")).to_contain_text("답 2")
    page.get_by_role("link", name="더 보기").click()
    read = ["긴 토론의 시작", "답 0", "답 1", "답 2", "답 3", "더 깊은 답", "답 4", "휴대전화로 쓴 답"]
    expect(comments).to_have_text(read)
    expect(page.get_by_role("link", name="더 보기")).to_have_count(0)
    expect(page.get_by_role("button", name="새 댓글")).to_have_count(0)
    page.goto(f"{page.url.partition('#')[0]}?at={proposal.comments.get(body='답 4').pk}")
    page.get_by_role("link", name="앞의 답글 4개 보기").click()
    page.get_by_role("link", name="앞의 답글 2개 보기").click()
    expect(comments).to_have_text(read[:-1])
    expect(page.get_by_role("link", name="답글 1개 더 보기")).to_be_visible()


def test_a_long_discussion_is_read_on_without_leaving_the_page(windows, hanbit, proposal, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    for number in range(7):
        remark(proposal, hanbit.tae, f"의견 {number}")
    page = windows.open(hanbit.sora, proposal.get_absolute_url())
    remark(proposal, hanbit.jun, "의견 7")
    show_new(page, 1)
    more = page.get_by_role("link", name="댓글 더 보기")
    more.click()
    expect(page.locator(".comment")).to_have_count(7)
    more.click()
    expect(more).to_have_count(0)
    bodies = page.locator(".comment-body").all_inner_texts()
    assert bodies == [f"의견 {number}" for number in range(8)]


def test_a_paused_log_holds_new_messages_back_and_tells_how_many(windows, hanbit, room):
    page = windows.open(hanbit.sora, room)
    page.get_by_role("button", name="새 메시지 잠시 멈추기").click()
    for number in range(3):
        say(hanbit.room, hanbit.jun, f"기다리는 글 {number}")
    button = page.locator("[data-pause]")
    expect(button).to_contain_text("(3)")
    expect(page.locator(".message")).to_have_count(0)
    write(page, "멈춘 사이에 내가 쓴 글")
    box(page).press("Enter")
    expect(page.locator(".message:not(.pending)")).to_have_count(1)
    say(hanbit.room, hanbit.jun, "하나 더 기다리는 글")
    expect(button).to_contain_text("(4)")
    button.click()
    expect(page.locator(".message")).to_have_count(5)
    say(hanbit.room, hanbit.jun, "다시 오는 글")
    expect(page.locator(".message")).to_have_count(6)


def test_who_loses_the_room_hears_no_more_of_it(windows, hanbit, room):
    page, other = windows.open(hanbit.jun, room), windows.open(hanbit.sora, room)
    end_membership(Membership.objects.get(person=hanbit.jun, ended_at=None), by=hanbit.minji)
    page.wait_for_timeout(500)
    say(hanbit.room, hanbit.sora, "준은 못 보는 글")
    expect(other.locator(".message")).to_have_count(1)
    expect(page.locator(".message")).to_have_count(0)
