"""Browser windows on the server of the test's own process: a test acts on rows and sees what pages make of it."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.realtime.listening import cookie_of


class Windows:
    """Open pages, each with its own person and session."""

    def __init__(self, server, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.contexts = []

    def open(self, person, path: str, *, wait: bool = True, **options) -> Page:
        context = self.browser.new_context(base_url=self.server.url, locale="ko-KR", **options)
        name, _, value = cookie_of(person).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.server.url}])
        self.contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(path)
        if wait:
            is_live(page)
        return page


@pytest.fixture
def windows(monkeypatch, server, browser) -> Iterator[Windows]:
    # Playwright keeps an event loop in this thread, which Django takes for async code.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    opened = Windows(server, browser)
    yield opened
    faults = [fault for context in opened.contexts for page in context.pages for fault in page.faults]
    for context in opened.contexts:
        context.close()
    assert faults == []


def is_live(page: Page, state: str = "open") -> None:
    expect(page.locator("html")).to_have_attribute("data-live", state, timeout=15_000)
