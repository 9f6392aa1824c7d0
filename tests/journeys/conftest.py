"""One installation and one Chromium for all journeys; people come and go."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.journeys.chromium import start_chromium
from tests.journeys.installation import Installation, embedded, full
from tests.journeys.people import Outsider, People
from tests.journeys.windows import windows  # noqa: F401 - a fixture

expect.set_options(timeout=20_000)  # a loaded machine is no fault of the product


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    start = full if os.environ.get("FORUM_MODE") == "full" else embedded
    with start(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = start_chromium(playwright)
    yield started
    started.close()


@pytest.fixture
def people(site: Installation, browser: Browser) -> Iterator[People]:
    site.forget_limits()
    there = People(site, browser)
    yield there
    there.leave()


@pytest.fixture(scope="session")
def outsider(playwright: Playwright, site: Installation) -> Iterator[Callable[[str], Outsider]]:
    """Let people come without a browser, to fill a ballot; each signs in once, for signing in is limited."""
    came: dict[str, Outsider] = {}

    def come(key: str) -> Outsider:
        if key not in came:
            came[key] = Outsider(playwright, site, key)
        return came[key]

    yield come
    for one in came.values():
        one.leave()
