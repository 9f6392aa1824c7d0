"""Pages under ASGI: each request is answered whole in a thread that stays, and leaves nothing behind in it."""

import threading

import pytest
from asgiref.sync import async_to_sync
from django.core.signals import request_finished

from forum.web import serving
from forum.web.serving import Pages


@pytest.fixture
def pages(monkeypatch) -> Pages:
    """One thread for all, so that whatever stayed in it would meet the next request."""
    monkeypatch.setattr(serving, "AT_ONCE", 1)
    return Pages()


def ask(pages: Pages, path: str, *, language: str = "ko", messages: list[dict] | None = None) -> list[dict]:
    """Return what the application sends."""
    headers = [(b"host", b"localhost"), (b"accept-language", language.encode())]
    scope = {
        "type": "http", "method": "GET", "path": path, "headers": headers, "query_string": b"", "scheme": "http",
    }  # fmt: skip
    waiting = messages or [{"type": "http.request", "body": b"", "more_body": False}]
    sent: list[dict] = []

    async def receive() -> dict:
        return waiting.pop(0)

    async def send(message: dict) -> None:
        sent.append(message)

    async_to_sync(pages)(scope, receive, send)
    return sent


def page_of(sent: list[dict]) -> str:
    return b"".join(message.get("body", b"") for message in sent).decode()


@pytest.mark.django_db(transaction=True)
def test_the_language_of_one_reader_does_not_stay_for_the_next(pages):
    told = [page_of(ask(pages, "/accounts/login/", language=language)) for language in ("ko", "en", "ko")]

    assert ['<html lang="ko"' in page for page in told] == [True, False, True]
    assert ['<html lang="en"' in page for page in told] == [False, True, False]


@pytest.mark.django_db(transaction=True)
def test_a_request_is_finished_in_its_own_thread_before_it_is_sent(pages):
    threads = []

    def heard(**_) -> None:
        threads.append(threading.current_thread().name)

    request_finished.connect(heard)
    try:
        [start, *_] = ask(pages, "/healthz")
    finally:
        request_finished.disconnect(heard)

    assert start["status"] == 200
    assert [name.rstrip("0123456789_") for name in threads] == ["page"]


def test_who_leaves_while_still_sending_is_answered_by_nobody(pages):
    begun = {"type": "http.request", "body": b"a", "more_body": True}

    assert ask(pages, "/healthz", messages=[begun, {"type": "http.disconnect"}]) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_is_streamed_whole(pages):
    sent = ask(pages, "/static/forum/icon.svg")

    assert sent[0]["status"] == 200
    assert page_of(sent).endswith("</svg>\n")
