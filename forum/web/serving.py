"""Django's pages under ASGI: a request is answered in one go, in a thread that stays."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from typing import IO

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

AT_ONCE = 64  # requests a process works at; they share the connections of the pool


class Pages(ASGIHandler):
    """Django's handler with one hand-over a request: its own gives each a fresh thread and goes there five times.

    Nothing here is asynchronous: middleware and views are called one inside the other, as under WSGI.
    """

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = True) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope, receive, send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with closing(body):
            response = await self._in_thread(lambda: self._answer(scope, body))
            await self.send_response(response, send)

    def _in_thread[Result](self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Run it in a context of its own, so that the language of one request does not stay for the next."""
        return asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, work)

    def _answer(self, scope, body: IO[bytes]) -> HttpResponseBase:
        """Do all the work and finish the request, so that its connection serves the next while this is sent."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response = refused or self.get_response(request)  # type: ignore[arg-type] # one of the two is there
        if isinstance(response, StreamingHttpResponse):  # a static file
            response.streaming_content = _each([bytes(part) for part in response])
        response.close()
        return response


async def _each(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
