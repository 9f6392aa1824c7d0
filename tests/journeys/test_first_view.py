"""What the first view costs: few requests, few bytes, and neither script nor socket for a guest."""

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.people import People

pytestmark = pytest.mark.browser


def cost(page: Page, path: str) -> dict[str, int]:
    """Return the bytes of everything the browser fetches for a page."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    return {it.url: len(it.body()) for it in answers}


@pytest.mark.parametrize(("key", "path"), [(None, "/accounts/login/"), ("sora", "/boards/hanbit/")])
def test_a_first_view_is_below_100_kilobytes_in_8_requests(key: str | None, path: str, people: People):
    people.sit_down(key)
    fetched = cost(people.sitting[0].new_page(), path)
    assert len(fetched) <= 8, fetched
    assert sum(fetched.values()) < 100_000, fetched


def test_a_guest_gets_neither_script_nor_socket(people: People):
    page = people.sit_down(None)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    fetched = cost(page, "/accounts/login/")
    assert [url for url in fetched if url.endswith(".js")] == []
    assert sockets == []
