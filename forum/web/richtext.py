"""Markdown as people write it, into the small HTML we allow: raw HTML off, then an allow-list."""

import re
from collections.abc import Sequence
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from forum.web.rendered import Rendered

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "hr",
        "table", "thead", "tbody", "tr", "th", "td", "span"}  # fmt: skip
WORDS = {"inline", "fence", "code_block"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_rendered = Rendered(characters=4_000_000)


def _picture(_renderer: object, tokens: Sequence[Token], place: int, _options: object, _env: object) -> str:
    """A picture from elsewhere is a link: nothing is loaded from there."""
    address = str(tokens[place].attrs["src"])
    return f'<a href="{escape(address)}">{escape(tokens[place].content or address)}</a>'


_markdown.add_render_rule("image", _picture)


def render(text: str, *, marked: re.Pattern[str] | None = None) -> SafeString:
    """Return safe HTML; headings start at h3, links get rel=nofollow noopener and no other attribute.

    What `marked` finds in running text, not in code, stands in `<span class="mention">`. What was rendered is kept
    for a while: a page shows fifty messages again for one that is new.
    """
    key = (text, marked)
    html = _rendered.get_many([key]).get(key)
    if html is None:
        _rendered.put(key, html := _render(text, marked))
    return mark_safe(html)  # noqa: S308 - cleaned by the allow-list below


def _render(text: str, marked: re.Pattern[str] | None) -> str:
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.tag in ("h1", "h2"):
            token.tag = "h3"
        elif token.tag == "h6":
            token.tag = "h5"
        if marked is not None and token.children:
            token.children = [part for child in token.children for part in _marked(child, marked)]
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        allowed_classes={"span": {"mention"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def _marked(token: Token, pattern: re.Pattern[str]) -> list[Token]:
    if token.type != "text":
        return [token]
    parts, end = [], 0
    for found in pattern.finditer(token.content):
        parts += [_text(token.content[end : found.start()]), _html('<span class="mention">'), _text(found[0])]
        parts.append(_html("</span>"))
        end = found.end()
    return [*parts, _text(token.content[end:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


def plain(text: str) -> str:
    """Return the words alone, without the marks, blocks apart by a line; it is text, not HTML."""
    blocks = [token.children or [token] for token in _markdown.parse(text) if token.type in WORDS]
    return "\n".join("".join(part.content or " " * part.type.endswith("break") for part in block) for block in blocks)
