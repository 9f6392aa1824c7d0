"""Being told: the badge, the list, what is switched off, and a mail whose link works after signing in."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from boards.world.cast import PASSWORD
from tests.journeys import acts
from tests.journeys.people import PLAYERS, People, live
from tests.journeys.sizes import SIZES
from tests.journeys.test_every_page import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def comment(outsider, path: str, words: str) -> None:
    fields = {"stance": "for", "body": words, "client_id": str(uuid.uuid4())}
    outsider("sora").post(path, f"{path}comments/", **fields)


@pytest.mark.parametrize("size", SIZES)
def test_news_arrive_are_followed_marked_read_and_switched_off(people: People, outsider, size: dict):
    jun = people.sit_down("jun", viewport=size)
    path = acts.publish_proposal(jun, f"민원 서식 줄이기 {size['width']}")
    live(jun)
    jun.goto("/notifications/")
    if jun.get_by_role("button", name="모두 읽음으로 표시").count():
        jun.get_by_role("button", name="모두 읽음으로 표시").click()
    live(jun)
    expect(jun.locator("#badge")).to_be_empty()

    comment(outsider, path, "서식이 너무 많습니다.")
    expect(jun.locator("#badge")).to_contain_text("1")
    jun.goto("/notifications/")
    first = jun.locator(".notices li").first
    expect(first).to_contain_text("박소라 님이 댓글을 썼습니다.")
    expect(first).to_contain_text("새 알림")
    assert too_wide(jun) == ""
    first.get_by_role("button").click()
    expect(jun.locator("#comments")).to_contain_text("서식이 너무 많습니다.")
    expect(jun.locator("#badge")).to_be_empty()

    jun.goto("/notifications/")
    jun.get_by_role("link", name="알림 설정").click()
    expect(jun.locator("main")).to_contain_text("항상 켜짐")
    assert too_wide(jun) == ""
    jun.get_by_label("내 제안의 댓글, 내 댓글의 답글, 나를 언급한 댓글").uncheck()
    jun.get_by_role("button", name="저장하기").click()
    expect(jun.locator("main")).to_contain_text("알림 설정을 저장했습니다.")
    live(jun)
    comment(outsider, path, "하나만 더 보탭니다.")
    outsider("minji").post(f"{path}hiding/", f"{path}hiding/", rule="R10", reason="주제와 다릅니다.")
    expect(jun.locator("#badge")).to_contain_text("1")
    jun.goto("/notifications/")
    expect(jun.locator(".notices li").first).to_contain_text("운영원칙에 따라 제안을 가렸습니다.")
    expect(jun.locator(".notices .unread")).to_have_count(1)

    jun.goto("/notifications/settings/")
    jun.get_by_label("내 제안의 댓글, 내 댓글의 답글, 나를 언급한 댓글").check()
    jun.get_by_role("button", name="저장하기").click()
    jun.goto("/notifications/")
    jun.get_by_role("button", name="모두 읽음으로 표시").click()
    expect(jun.locator(".notices .unread")).to_have_count(0)


def type_password(page: Page, key: str) -> None:
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    page.locator('input[name="login"]').fill(PLAYERS[key].email)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator("main form button.btn-primary").click()


@pytest.mark.parametrize("size", SIZES)
def test_the_link_of_a_mail_leads_on_after_signing_in(people: People, outsider, size: dict):
    title = f"출장비 정산 간단히 {size['width']}"
    jun = people.sit_down("jun", viewport=size)
    path = acts.pass_proposal(jun, people.site, outsider, title)
    link = f"{path}answer/"
    if not people.site.full:
        jun.goto("/demo/mail/")
        acts.reload_until(jun, "main", f"{title}\n")
        letter = jun.locator(".letters .card", has_text=title).first
        expect(letter).to_contain_text("hana@hanbit.example")
        expect(letter).to_contain_text("답변 기한:")
        link = re.search(r"https?://[^/\s]+(/\S+)", letter.inner_text())[1]

    hana = people.sit_down(None, viewport=size)
    hana.goto(link)
    type_password(hana, "hana")
    expect(hana).to_have_url(re.compile(re.escape(link)))
    expect(hana.locator("main")).to_contain_text(title)


def test_a_place_on_a_page_copied_from_the_address_bar_is_found_after_signing_in(people: People):
    path = people.site.world["urls"]["proposal_many_comments"]
    sora = people.sit_down("sora")
    sora.goto(path)
    sora.locator("#comments .comment-time").last.click()
    copied = sora.url
    assert "#comment-" in copied

    sora = people.sit_down(None, java_script_enabled=False)
    sora.goto(copied)
    type_password(sora, "sora")

    expect(sora).to_have_url(copied)
    expect(sora.locator(f"#{copied.partition('#')[2]}")).to_be_in_viewport()
