"""The size of a request: what is too large is cut off, in the reader's language, before anything is made of it."""

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings

from forum.web.bodies import limited

FILES, EDITOR, OTHER = "/proposals/1/attachments/", "/proposals/1/edit/", "/proposals/1/comments/"


class Passed:
    """An application that reads all, and tells what it read."""

    def __init__(self) -> None:
        self.called = False
        self.read = 0
        self.ended_by = ""

    async def __call__(self, scope, receive, send) -> None:
        self.called = True
        while True:
            message = await receive()
            self.read += len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                self.ended_by = message["type"]
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read"})


def ask(application, path: str, pieces: list[int], *, length: int | None = None, language: str = "ko"):
    """Send pieces of so many bytes; return the status and the words of the answer."""
    headers = [(b"host", b"localhost"), (b"accept-language", language.encode())]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    scope = {
        "type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b"", "scheme": "http",
    }  # fmt: skip
    waiting = [
        {"type": "http.request", "body": bytes(size), "more_body": number < len(pieces)}
        for number, size in enumerate(pieces, start=1)
    ]
    answers: list[dict] = []

    async def receive() -> dict:
        return waiting.pop(0)

    async def send(message: dict) -> None:
        answers.append(message)

    async_to_sync(limited(application))(scope, receive, send)
    [start, body] = answers
    return start["status"], body["body"].decode()


@pytest.mark.parametrize(
    ("path", "limit"),
    [(FILES, "LARGEST_BODY_WITH_FILES"), (EDITOR, "LARGEST_BODY_WITH_FILES"), (OTHER, "LARGEST_BODY")],
)
def test_what_says_it_is_too_large_reaches_nobody(path, limit):
    application, most = Passed(), getattr(settings, limit)

    status, sentence = ask(application, path, [], length=most + 1)

    assert (status, application.called) == (413, False)
    assert f"{most // 1024 // 1024}MB를 넘었습니다" in sentence
    assert "브라우저에서 뒤로 가면 쓰신 글이 그대로 있습니다." in sentence


def test_what_grows_too_large_is_cut_off_and_the_application_hears_that_nobody_is_there():
    application, piece = Passed(), 1024 * 1024

    status, _sentence = ask(application, OTHER, [piece] * 5)

    assert (status, application.ended_by) == (413, "http.disconnect")
    assert application.read <= settings.LARGEST_BODY


def test_what_fits_passes_whole():
    application = Passed()

    assert ask(application, OTHER, [1000, 500], length=1500) == (200, "read")
    assert application.read == 1500


def test_the_sentence_comes_in_the_readers_language():
    _status, sentence = ask(Passed(), FILES, [], length=10**9, language="en")

    assert "more than the 64 MB" in sentence
