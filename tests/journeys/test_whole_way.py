"""The main job from the first draft to the confirmed result, by people at two browsers who reload nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import acts
from tests.journeys.people import People, live

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

TITLE = "당직 근무 다음 날은 쉬기"
OTHERS = ("tae", "bora", "chan", "dahee", "eunji", "gaon")
HEARD = 60_000  # milliseconds for what may have to wait for the next ping, while Redis is away


def stays(page: Page) -> None:
    """Mark a page, so that `stayed` can tell that it was never loaded anew."""
    page.evaluate("() => { window.neverLeft = true; }")


def stayed(page: Page) -> None:
    assert page.evaluate("() => window.neverLeft === true"), "the page was loaded anew"


def test_a_proposal_is_discussed_put_to_a_named_ballot_and_answered(people: People, outsider):
    jun = people.sit_down("jun")
    path = acts.publish_proposal(jun, TITLE)
    live(jun)
    stays(jun)

    # Sora finds it on the board, takes a side and supports it; Jun sees both.
    sora = people.sit_down("sora", at=1)
    sora.goto("/boards/hanbit/")
    sora.get_by_role("link", name=TITLE).click()
    live(sora)
    acts.comment(sora, "보완 의견", "대체 인력부터 정해 두면 좋겠습니다.")
    theirs = jun.locator("#comments > li", has_text="대체 인력부터 정해 두면 좋겠습니다.")
    expect(theirs).to_have_count(1)
    expect(theirs).to_contain_text("박소라")
    expect(theirs.locator(".stance-suggestion, .stance").first).to_contain_text("보완 의견")
    sora.get_by_role("button", name="공감하기").click()
    expect(sora.locator("#panel-support")).to_contain_text("공감했습니다.")
    expect(jun.locator("#panel-support")).to_contain_text("공감 1명")

    # The moderator puts it to the ballot; within a tick it is open on Jun's page.
    minji = people.sit_down("minji", at=1)
    acts.call_ballot(minji, path, "기명")
    expect(jun.locator("#panel-ballot")).to_contain_text("투표 마감")
    expect(jun.locator("#panel-ballot")).to_contain_text("기명 표결입니다.")

    # They vote, while Redis is away for 20 seconds.
    sora = people.sit_down("sora", at=1)
    sora.goto(path)
    live(sora)
    with people.site.bus_away(20):
        acts.vote(sora, "찬성")
        acts.vote(jun, "찬성")
        for key in OTHERS:
            outsider(key).post(path, f"{path}ballot/", choice="2" if key == "tae" else "1")
        expect(jun.locator(".turnout")).to_contain_text("8명", timeout=HEARD)
    expect(sora.locator(".turnout")).to_contain_text("8명", timeout=HEARD)

    # It closes, passes and is on the executive's desk.
    acts.close_ballot(people.site, path)
    expect(jun.locator("#panel-state")).to_contain_text("가결", timeout=HEARD)
    expect(jun.locator("#panel-answer")).to_contain_text("상정", timeout=HEARD)
    expect(jun.locator("#panel-answer")).to_contain_text("정하나")

    hana = people.sit_down("hana", at=1)
    hana.goto("/desk/")
    rows = hana.locator('section[aria-labelledby="waiting-title"] .card')
    expect(rows.filter(has_text=TITLE)).to_have_count(1)
    dates = [row.locator("time").last.get_attribute("datetime") for row in rows.all()]
    assert dates == sorted(dates)
    acts.receive_and_prepare(hana, TITLE, task="당직 다음 날 휴무를 복무 규정에 넣기")
    expect(jun.locator("#panel-answer")).not_to_contain_text("휴무를 복무 규정에 넣기")
    hana.get_by_role("button", name="답변 공개하기").click()
    expect(hana.locator("#panel-answer")).to_contain_text("당직 다음 날 휴무를 복무 규정에 넣기")
    answer = jun.locator("#panel-answer")
    expect(answer).to_contain_text("종이를 아끼자는 뜻에 동의합니다.")
    expect(answer).to_contain_text("당직 다음 날 휴무를 복무 규정에 넣기")
    expect(jun.locator("#panel-state")).to_contain_text("답변 완료")
    expect(jun.locator("#badge")).to_contain_text("읽지 않은 알림")

    # She reports it done; Jun disputes that once, then confirms.
    acts.report_done(hana, path)
    stayed(jun)
    answer.get_by_role("link", name="아직 아닙니다").click()
    jun.get_by_label("아직 이행되지 않은 점").fill("우리 과는 아직 그대로입니다.")
    jun.get_by_role("button", name="이의 내기").click()
    expect(hana.locator("#panel-answer")).to_contain_text("이준 님이 이의를 냈습니다: 우리 과는 아직 그대로입니다.")
    acts.report_done(hana, path)
    jun.goto("/")
    jun.locator("#duties").get_by_role("link", name="당직 다음 날 휴무를 복무 규정에 넣기").click()
    jun.get_by_role("button", name="이행을 확인합니다").click()
    expect(hana.locator("#panel-answer")).to_contain_text("이준 님이 이행을 확인했습니다.")

    jun.goto("/notifications/")
    expect(jun.locator(".notices")).to_contain_text("정하나 님이 답변을 공개했습니다.")


def test_a_sealed_vote_is_found_among_the_accepted_after_closing(people: People, outsider):
    jun = people.sit_down("jun")
    path = acts.publish_proposal(jun, "연가 사유 묻지 않기")
    live(jun)
    minji = people.sit_down("minji", at=1)
    acts.call_ballot(minji, path, "비밀")
    expect(jun.locator("#panel-ballot")).to_contain_text("비밀 표결입니다.")

    acts.vote(jun, "찬성")
    receipt = jun.locator("#panel-ballot .receipt").inner_text().strip()
    assert len(receipt) >= 40
    for key in OTHERS:
        outsider(key).post(path, f"{path}ballot/", choice="1" if key in ("tae", "bora", "chan") else "2")
    expect(jun.locator(".turnout")).to_contain_text("7명")
    expect(minji.locator("#panel-ballot")).not_to_contain_text("찬성 4")

    acts.close_ballot(people.site, path)
    expect(jun.locator("#panel-ballot .vote-figures")).to_contain_text("4")
    expect(jun.locator("#panel-state")).to_contain_text("가결")
    jun.get_by_role("link", name="접수 목록과 확인증 찾기").click()
    expect(jun.get_by_text(receipt)).to_be_visible()
