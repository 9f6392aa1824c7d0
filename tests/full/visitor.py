"""A person with a browser that has no script: cookies, forms found on pages, redirects followed."""

import html
import re
import urllib.request
from dataclasses import dataclass
from http.cookiejar import Cookie, CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit

FORM = re.compile(r"<form\b(?P<attributes>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
HIDDEN = re.compile(r'<input\b[^>]*type="hidden"[^>]*>')


@dataclass(frozen=True)
class Answer:
    status: int
    url: str
    text: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def words(self) -> str:
        """What the page says, without its markup."""
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.text)))


class Visitor:
    """One person at the addresses `origins`: each request goes to the next, as a proxy would spread them."""

    def __init__(self, origins: list[str]) -> None:
        self.origins = list(origins)
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, path: str) -> Answer:
        return self._ask(path)

    def send(self, on: str, to: str | None = None, **fields: str) -> Answer:
        """Fill in the form on a page that leads to `to` (or to the page itself) and send it."""
        page = self.get(on)
        assert page.status == 200, (page.status, page.url, page.words[:300])
        hidden = hidden_fields(page.text, to)
        assert hidden is not None, f"no form to {to} on {page.path}: {page.words}"
        return self._ask(to or page.path, {**hidden, **fields})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Post as a page's script does, from a form it has; OSError or HTTPException tell that no answer came."""
        return self._ask(path, fields, {"X-Fragment": "1"})

    def enter(self, session: str) -> None:
        """Come with a session that is there already, `name=value`."""
        name, _equals, value = session.partition("=")
        self.cookies.set_cookie(
            Cookie(0, name, value, None, False, "localhost.local", False, False, "/", True, False, None, False, None,
                   None, {})
        )  # fmt: skip

    def _ask(self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Answer:
        self.origins.append(self.origins.pop(0))
        origin = self.origins[0]
        request = urllib.request.Request(  # noqa: S310 - our own address
            urljoin(origin, path), urlencode(fields).encode() if fields is not None else None, headers or {}
        )
        if fields is not None:
            request.add_header("Origin", origin)
        try:
            response = self._opener.open(request, timeout=20)
        except HTTPError as refused:
            response = refused
        with response:
            return Answer(response.status, response.url, response.read().decode())


def hidden_fields(page: str, to: str | None) -> dict[str, str] | None:
    """The hidden inputs of the form that leads to `to`, None if the page has no such form."""
    for form in FORM.finditer(page):
        attributes = dict(ATTRIBUTE.findall(form["attributes"]))
        if attributes.get("method") == "post" and attributes.get("action") == to:
            inputs = [dict(ATTRIBUTE.findall(it)) for it in HIDDEN.findall(form["inside"])]
            return {it["name"]: html.unescape(it.get("value", "")) for it in inputs}
    return None
