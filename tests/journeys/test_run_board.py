"""Running a board: found it, add members by list, change rules and teams, decide reports; also without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import acts
from tests.journeys.people import People
from tests.journeys.sizes import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WAYS = [
    pytest.param(("가", {"viewport": WIDE}), id="wide"),
    pytest.param(("나", {"viewport": NARROW}), id="narrow", marks=pytest.mark.embedded),
    pytest.param(("다", {"viewport": NARROW, "java_script_enabled": False}), id="without script"),
]
SOON = (timezone.localdate() + timedelta(days=200)).isoformat()


@pytest.fixture(params=WAYS)
def way(request) -> tuple[str, dict]:
    """How wide and with or without a script; the word tells one run's rows from another's."""
    return request.param


def test_a_board_is_founded_and_filled(people: People, way):
    word, context = way
    slug = {"가": "one", "나": "two", "다": "three"}[word]
    admin = people.sit_down("admin", **context)
    admin.get_by_role("link", name="주니어보드 만들기").click()
    admin.get_by_label("보드 이름").fill(f"새내기 보드 {word}")
    admin.get_by_label("주소에 쓸 이름").fill(slug)
    admin.get_by_label("제안 번호의 머리말").fill(f"새내기{word}")
    admin.get_by_label("답변할 직위").select_option(label="혁신책임관")
    admin.get_by_label("운영자의 이메일").fill("minji@hanbit.example")
    admin.get_by_label("임기 끝").fill(SOON)
    admin.get_by_role("button", name="만들기").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text(f"새내기 보드 {word}")

    minji = people.sit_down("minji", at=1, **context)
    minji.goto(f"/boards/{slug}/members/")
    minji.get_by_role("link", name="분임조", exact=True).click()
    minji.get_by_label("분임조 이름").fill("현장")
    minji.get_by_role("button", name="분임조 만들기").click()
    expect(minji.locator(".cards")).to_contain_text("현장")

    minji.goto(f"/boards/{slug}/members/list/")
    minji.get_by_label("명단", exact=False).first.fill(
        f"새싹{word}, sprout-{slug}@hanbit.example, 현장\n최태호, tae@hanbit.example, 없는조"
    )
    minji.get_by_label("임기 끝").fill(SOON)
    minji.get_by_role("button", name="미리 보기").click()
    expect(minji.locator("table")).to_contain_text("고칠 줄: 이 보드에 없는 분임조입니다.")
    minji.get_by_label("명단", exact=False).first.fill(
        f"새싹{word}, sprout-{slug}@hanbit.example, 현장\n최태호, tae@hanbit.example, 현장"
    )
    minji.get_by_role("button", name="미리 보기").click()
    minji.get_by_role("button", name="2명 추가하기").click()
    expect(minji.locator("main")).to_contain_text("2명을 위원으로 추가했습니다.")
    expect(minji.locator("table")).to_contain_text(f"새싹{word}")

    minji.goto(f"/boards/{slug}/settings/")
    minji.get_by_label("의결정족수(%)").fill("60")
    minji.get_by_role("button", name="저장").click()
    expect(minji.locator("main")).to_contain_text("의결정족수(%): 50 → 60")

    tae = people.sit_down("tae", at=1, **context)
    tae.goto(f"/boards/{slug}/log/")
    expect(tae.locator("main")).to_contain_text("김민지 님이 보드의 규칙을 바꿨습니다.")
    expect(tae.locator("main")).to_contain_text("의결정족수(%): 50 → 60")


def test_a_report_is_decided_and_a_hidden_text_shown_again(people: People, way):
    word, context = way
    body = f"지나친 말입니다 {word}"
    sora = people.sit_down("sora", **context)
    path = people.site.world["urls"]["proposal_open"]
    sora.goto(path)
    acts.comment(sora, "반대", body)
    expect(sora.locator("#comments")).to_contain_text(body)

    jun = people.sit_down("jun", at=1, **context)
    jun.goto(path)
    comment = jun.locator("#comments > li", has_text=body)
    number = (comment.get_attribute("id") or "").rpartition("-")[2]
    jun.goto(f"/comments/{number}/acts/")
    jun.get_by_role("link", name="신고").click()
    jun.get_by_label("적용한 운영원칙").select_option("R04")
    jun.get_by_label("어긋나는 부분").fill(f"첫 문장 {word}")
    jun.get_by_role("button", name="신고하기").click()
    expect(jun.locator("main")).to_contain_text("신고했습니다.")

    minji = people.sit_down("minji", at=1, **context)
    minji.locator("#duties").get_by_role("link", name="심사할 신고").click()
    minji.locator(".card", has_text=f"첫 문장 {word}").get_by_role("link").click()
    expect(minji.locator("main")).to_contain_text(body)
    minji.locator('form[action$="/hiding/"]').get_by_label("이유").fill("동료를 낮추어 부릅니다.")
    minji.get_by_role("button", name="가리기", exact=True).click()
    expect(minji.get_by_role("status").filter(has_text="글을 가렸습니다.")).to_be_visible()

    acts.reload_until(sora, "#comments", "이유: 동료를 낮추어 부릅니다.")
    expect(sora.locator("#comments")).not_to_contain_text(body)

    minji.goto(f"/comments/{number}/")
    minji.locator(f"#comment-{number}").get_by_role("link", name="할 수 있는 일").click()
    minji.get_by_role("link", name="다시 보이게 하기").click()
    minji.get_by_label("이유").fill("인용한 말이었습니다.")
    minji.get_by_role("button", name="다시 보이게 하기").click()
    acts.reload_until(sora, "#comments", body)

    jun = people.sit_down("jun", at=1, **context)
    jun.goto("/notifications/")
    expect(jun.locator(".notices")).to_contain_text("신고하신 글을 운영원칙에 따라 가렸습니다.")
