"""Getting in: sign up with an official address, accept an invitation, set a password anew, sign out everywhere."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import KOREAN, People, live
from tests.journeys.sizes import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.embedded]  # the mail is read in the demo

PASSWORD = "수요일-저녁-산책-17"


@pytest.fixture(params=SIZES)
def size(request) -> dict:
    return {"viewport": request.param}


def mail_to(page: Page, address: str, pattern: str) -> str:
    """What the newest mail to an address says, read in the demo's list of mails."""
    reader = page.context.new_page()
    reader.goto("/demo/mail/")
    found = re.search(pattern, reader.locator(".letters > li", has_text=address).first.inner_text())
    reader.close()
    assert found, f"no mail to {address} with {pattern}"
    return found[0]


def sign_up(page: Page, address: str, name: str) -> None:
    """Fill in the form, and the code from the mail."""
    page.get_by_label("기관 이메일").fill(address)
    page.get_by_label("이름").fill(name)
    page.get_by_label("비밀번호", exact=False).nth(0).fill(PASSWORD)
    page.get_by_label("비밀번호 다시").fill(PASSWORD)
    page.get_by_role("button", name="확인 코드 받기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("메일로 받은 코드를 써 주세요")
    page.get_by_label("확인 코드").fill(mail_to(page, address, r"(?m)^[0-9A-Z]{3,}-?[0-9A-Z]{3,}$"))
    page.get_by_role("button", name="확인", exact=True).click()


def test_an_official_signs_up_and_sees_the_boards_of_the_institution(people: People, size: dict):
    page = people.sit_down(None, **size)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="가입하기").click()

    sign_up(page, f"new-{size['viewport']['width']}@hanbit.example", "고은별")

    expect(page.get_by_role("heading", level=1)).to_have_text("고은별 님, 안녕하세요")
    page.locator("#boards").get_by_role("link", name="한빛 주니어보드", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("한빛 주니어보드")


def test_an_invited_newcomer_of_a_shared_domain_signs_up_and_accepts(people: People, size: dict):
    address = f"invited-{size['viewport']['width']}@korea.kr"
    minji = people.sit_down("minji", **size)
    minji.goto("/boards/hanbit/members/")
    minji.get_by_role("link", name="초대", exact=True).click()
    minji.get_by_label("초대할 이메일").fill(address)
    minji.get_by_label("임기 끝").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    # A moderator stands on no roll: the ballots of other journeys stay as they are.
    minji.get_by_label("역할").select_option(label="운영자")
    minji.get_by_role("button", name="초대 보내기").click()
    expect(minji.locator(".cards").first).to_contain_text("기다리는 중")
    link = mail_to(minji, address, r"/invitations/[\w-]+/")

    guest = people.sit_down(None, at=1, **size)
    guest.goto(link)
    guest.get_by_role("link", name="가입하기").click()
    sign_up(guest, address, "한새봄")
    expect(guest.get_by_role("heading", level=1)).to_have_text("한빛 주니어보드 초대")
    guest.get_by_role("button", name="받아들이기").click()
    expect(guest.get_by_role("link", name="보드의 규칙")).to_be_visible()

    guest.goto(link)
    expect(guest.locator("main")).to_contain_text("링크는 한 번만 쓸 수 있습니다")


def test_a_forgotten_password_is_set_anew_by_mail(people: People, size: dict):
    page = people.sit_down(None, **size)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="비밀번호 다시 정하기").click()
    page.get_by_role("textbox").fill("haru@hanbit.example")
    page.get_by_role("button", name="메일 받기").click()
    page.goto(mail_to(page, "haru@hanbit.example", r"/accounts/password/reset/key/\S+"))
    page.locator('[name="password1"]').fill(PASSWORD)
    page.locator('[name="password2"]').fill(PASSWORD)
    page.get_by_role("button", name="비밀번호 정하기").click()
    page.get_by_role("link", name="로그인하기").click()
    page.locator('[name="login"]').fill("haru@hanbit.example")
    page.locator('[name="password"]').fill(PASSWORD)
    page.locator("main form button.btn-primary").click()

    expect(page.locator(".whoami")).to_contain_text("배하루")


def test_signing_out_everywhere_else_closes_the_other_page_at_once(people: People, browser: Browser, size: dict):
    here = people.sit_down("inho", **size)
    there = people.sit_down("inho", at=1, **KOREAN)
    there.goto("/notifications/")
    live(there)

    here.goto("/accounts/sessions/")
    expect(here.locator(".cards > li")).not_to_have_count(1)
    here.get_by_role("button", name="다른 기기에서 모두 로그아웃").click()

    expect(here.locator("main")).to_contain_text("이 기기에서만 로그인해 있습니다.")
    expect(there.locator("html")).not_to_have_attribute("data-live", "open", timeout=10_000)
    there.goto("/notifications/")
    expect(there.get_by_role("heading", level=1)).to_have_text("로그인")
