"""Home: first what I have to do and until when, then my boards with what is new, and never an empty page."""

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import People, live
from tests.journeys.sizes import SIZES
from tests.journeys.test_every_page import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("size", SIZES)
def test_each_finds_first_what_waits_for_them(people: People, outsider, size: dict):
    title = f"점심시간 지키기 {size['width']}"
    jun = people.sit_down("jun", viewport=size)
    path = acts.publish_proposal(jun, title)
    outsider("minji").post(f"{path}ballot-call/", f"{path}ballot-call/", mode="0", reason="뜻을 묻습니다.")
    acts.reload_until(jun, "#panel-ballot", "투표 마감")

    # A member: vote before it closes; once voted it waits no longer.
    jun.goto("/")
    card = jun.locator("#duties .card", has_text=title)
    expect(card).to_contain_text("일")
    expect(card).to_contain_text("남음")
    assert too_wide(jun) == ""
    card.get_by_role("link", name="투표하러 가기").click()
    acts.vote(jun, "찬성")
    jun.goto("/")
    expect(jun.locator("#duties")).not_to_contain_text(title)

    # The executive: answer until the last day.
    for key in ("sora", "tae", "bora", "chan", "dahee", "eunji"):
        outsider(key).post(path, f"{path}ballot/", choice="1")
    acts.close_ballot(people.site, path)
    jun.goto(path)
    acts.reload_until(jun, "#panel-state", "가결")
    hana = people.sit_down("hana", at=1, viewport=size)
    card = hana.locator("#duties .card", has_text=title)
    expect(card).to_contain_text("답변 기한")
    expect(card).to_contain_text("일 남음")
    card.get_by_role("link", name="접수하러 가기").click()
    expect(hana.locator(".decide")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_is_new_on_a_board_is_told_until_it_was_seen(people: People, outsider, size: dict, script: bool):
    jun = people.sit_down("jun", viewport=size, java_script_enabled=script)
    boards = jun.locator("#boards")
    if script:
        with jun.expect_response("**/visit/"):
            jun.goto("/boards/hanbit/")
        jun.goto("/")
    else:
        boards.get_by_role("button", name="다 봤어요 – 한빛 주니어보드", exact=True).click()
    expect(boards).to_contain_text("지난번에 본 뒤로 새 소식이 없습니다.")

    sora = people.sit_down("sora", at=1)
    acts.publish_proposal(sora, f"새로 온 제안 {size['width']} {script}")
    live(sora)
    jun.goto("/")
    expect(boards).to_contain_text("제안 1건")
    assert too_wide(jun) == ""


@pytest.mark.parametrize("size", SIZES)
def test_who_has_nothing_to_do_reads_what_comes_next(people: People, size: dict):
    guest = people.sit_down("guest", viewport=size)
    expect(guest.locator("#boards")).to_contain_text("아직 어느 기관에도 속해 있지 않아 볼 수 있는 보드가 없습니다.")
    boss = people.sit_down("boss", viewport=size)
    expect(boss.locator("#duties")).to_contain_text("지금 답변할 제안이 없습니다.")
    boss.get_by_role("link", name="지금까지의 답변 보기").click()
    expect(boss.locator(".empty")).to_contain_text("지금 답변할 제안이 없습니다.")
