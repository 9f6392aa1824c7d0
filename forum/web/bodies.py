"""Requests that are too large are cut off before anything is made of them."""

import re
from io import BytesIO

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.utils import translation
from django.utils.translation import gettext as _

LENGTH = b"content-length"


def limited(application):
    """Wrap an ASGI application: what says that it is too long, or turns out to be, is answered with 413."""

    async def serve(scope, receive, send) -> None:
        limit = _limit(scope["path"])
        said = next((value for name, value in scope["headers"] if name == LENGTH), b"0")
        if said.isdigit() and int(said) > limit:
            return await _refuse(scope, send, limit)
        taken, refused = 0, False

        async def receive_within_limit() -> dict:
            nonlocal taken, refused
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                refused = True
                await _refuse(scope, send, limit)
                return {"type": "http.disconnect"}
            return message

        async def send_unless_refused(message: dict) -> None:
            if not refused:
                await send(message)

        await application(scope, receive_within_limit, send_unless_refused)

    return serve


def _limit(path: str) -> int:
    return settings.LARGEST_BODY_WITH_FILES if re.search(settings.PATHS_WITH_FILES, path) else settings.LARGEST_BODY


async def _refuse(scope, send, limit: int) -> None:
    with translation.override(translation.get_language_from_request(ASGIRequest(scope, BytesIO()))):
        sentence = _(
            "한 번에 보낼 수 있는 %(most)sMB를 넘었습니다. 파일을 나누어 올리거나 글을 줄여 다시 보내 주세요."
        ) % {"most": limit // (1024 * 1024)}
        if not any(name == b"x-fragment" for name, _value in scope["headers"]):  # a script's page is still there
            sentence += " " + _("브라우저에서 뒤로 가면 쓰신 글이 그대로 있습니다.")
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
