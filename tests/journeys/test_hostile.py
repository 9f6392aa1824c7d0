"""Hostile text as a browser meets it: no dialog, no script, no request, no complaint, and nothing sticks out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.test_every_page import ALLOWED, Watch, too_wide
from tests.laws.hostile import BIDI, EMOJI, LONG, MARK, packed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.embedded]  # and so does hostile text

TITLES = [" ".join(LONG)[:120], "".join((BIDI[5], "<x-hostile>", *EMOJI))[:120]]


def planted(page: Page) -> list[str]:
    """What of the text has become an element or an attribute."""
    return page.evaluate(
        """(mark) => [...document.querySelectorAll("*")].flatMap((it) =>
            [it.localName, ...it.getAttributeNames()].filter((name) => name.includes(mark)))""",
        MARK,
    )


def look(page: Page, watch: Watch, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer
    assert answer.ok, path
    found = [*planted(page), *watch.heard(answer.url, ALLOWED)]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found.append(too_wide(page))
    return [f"{path}: {it}" for it in found if it]


def test_hostile_text_is_only_text_to_a_browser(people: People):
    page = people.sit_down("rio")
    dialogs: list[str] = []
    page.on("dialog", lambda it: (dialogs.append(it.message), it.dismiss()))
    watch = Watch(page, people.site.origins[0])
    texts, wrong, seen = list(packed(10_000)), [], ["/", "/boards/garam/", "/boards/garam/log/", "/notifications/"]

    for number, title in enumerate(TITLES):
        page.goto("/boards/garam/proposals/new/")
        page.get_by_label("제목").fill(title)
        for label in ("현황 및 문제점", "개선방안", "기대효과"):
            page.get_by_label(label).fill(texts[number % len(texts)])
        page.get_by_role("button", name="임시저장").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("임시저장한 제안")
        wrong += look(page, watch, page.url)
        page.get_by_role("button", name="저장하고 공개하기").click()
        expect(page.locator("#panel-text h1")).to_be_visible()
        path = "/" + page.url.split("/", 3)[3].partition("#")[0]
        seen += [path, f"{path}paper/", f"{path}revisions/"]
    for text in packed(4_000):
        page.goto(path)
        composer = page.locator("#panel-composer")
        before = page.locator("#comments > li").count()
        composer.locator("label:has(input[type=radio])").first.click()
        composer.get_by_role("textbox").fill(text)
        composer.get_by_role("button", name="올리기").click()
        expect(page.locator("#comments > li")).to_have_count(before + 1)

    page.goto("/boards/garam/rooms/")
    page.get_by_role("link", name=re.compile("사랑방")).click()
    seen.append("/" + page.url.split("/", 3)[3])
    for text in packed(1_000):
        before = page.locator("#messages > .message").count()
        page.locator("#panel-room").get_by_role("textbox").fill(text)
        page.locator("#panel-room").get_by_role("button", name="보내기").click()
        expect(page.locator("#messages > .message:not(.pending)")).to_have_count(before + 1)

    for path in seen:
        wrong += look(page, watch, path)
    assert not wrong, "\n".join(wrong)
    assert dialogs == watch.elsewhere == []
