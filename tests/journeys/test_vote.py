"""Supporting and voting: the rule in plain words, why I may not, time left, receipt, result, roll, earlier rounds."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import People
from tests.journeys.sizes import SIZES
from tests.journeys.test_every_page import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("size", SIZES)
def test_support_shows_its_progress_and_the_rule(people: People, size: dict):
    jun = people.sit_down("jun", viewport=size)
    acts.publish_proposal(jun, f"공용 우산 두기 {size['width']}")
    panel = jun.locator("#panel-support")
    expect(panel).to_contain_text(re.compile(r"공감 0명 · 표결 기준 \d+명"))
    expect(panel).to_contain_text("표결이 저절로 시작됩니다.")

    panel.get_by_role("button", name="공감하기").click()
    expect(panel).to_contain_text("공감 1명")
    expect(panel).to_contain_text("누가 공감했는지 볼 수 없습니다.")
    panel.get_by_role("button", name="공감 거두기").click()
    expect(panel).to_contain_text("공감 0명")


@pytest.mark.parametrize("size", SIZES)
def test_a_secret_vote_has_a_receipt_and_who_may_not_vote_reads_why(people: People, size: dict):
    path = people.site.world["urls"]["proposal_balloting"]
    for key, why in (("minji", "투표는 임기 중인 위원만"), ("staff", "투표는 임기 중인 위원만")):
        page = people.sit_down(key, viewport=size)
        page.goto(path)
        expect(page.locator("#panel-ballot")).to_contain_text(why)

    voter = {1280: "jun", 360: "sora"}[size["width"]]  # who votes again would be shown the former receipt first
    page = people.sit_down(voter, viewport=size)
    page.goto(path)
    panel = page.locator("#panel-ballot")
    expect(panel.locator(".due")).to_have_text(re.compile(r"남음$"))
    panel.get_by_text("가결되려면").click()
    expect(panel.locator(".rule")).to_contain_text("이상)이 투표해야 합니다.")
    acts.vote(page, "찬성")
    receipt = panel.locator(".receipt").inner_text().strip()
    panel.get_by_role("link", name="확인증 따로 보고 인쇄하기").click()
    expect(page.locator("main .receipt")).to_have_text(receipt)
    assert too_wide(page) == ""
    page.get_by_role("link", name="표결로 돌아가기").click()
    panel.get_by_role("link", name="선거인명부").click()
    expect(page.locator("main")).to_contain_text("이준")


@pytest.mark.parametrize("size", SIZES)
def test_the_result_is_told_in_words_and_a_failed_round_stays_readable(people: People, outsider, size: dict):
    jun = people.sit_down("jun", viewport=size)
    path = acts.publish_proposal(jun, f"회식은 점심에 {size['width']}")
    outsider("minji").post(f"{path}ballot-call/", f"{path}ballot-call/", mode="0", reason="뜻을 묻습니다.")
    acts.reload_until(jun, "#panel-ballot", "투표 마감")
    for key in ("sora", "tae", "bora", "chan", "dahee", "eunji"):
        outsider(key).post(path, f"{path}ballot/", choice="2")
    acts.close_ballot(people.site, path)
    panel = jun.locator("#panel-ballot")
    expect(panel).to_contain_text("부결되었습니다. 정해진 규칙을 다 채우지 못했습니다.")
    expect(panel).to_contain_text("선거인 11명 가운데 6명이 투표했습니다.")
    expect(panel).to_contain_text("50%를 넘지 못했습니다.")
    expect(panel.locator(".vote-figures")).to_contain_text("6")

    jun.get_by_role("link", name="보완해서 다시 내기").click()
    jun.get_by_label("개선방안").fill("분기에 한 번만, 원하는 사람만 모입니다.")
    jun.get_by_role("button", name="다시 내기").click()
    panel.get_by_text("지난 회차").click()
    expect(panel).to_contain_text("1회차")
    expect(panel).to_contain_text("선거인 11명 가운데 6명이 투표했습니다.")
    assert too_wide(jun) == ""
