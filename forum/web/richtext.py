"""Markdown as people write it, into the small HTML we allow: raw HTML off, then an allow-list."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "hr",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
WORDS = {"inline", "fence", "code_block"}
_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")
)


def render(text: str) -> SafeString:
    """Return safe HTML; headings start at h3, links get rel=nofollow noopener and no other attribute."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.tag in ("h1", "h2"):
            token.tag = "h3"
        elif token.tag == "h6":
            token.tag = "h5"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned by the allow-list above


def plain(text: str) -> str:
    """Return the words alone, without the marks, blocks apart by a line; it is text, not HTML."""
    blocks = [token.children or [token] for token in _markdown.parse(text) if token.type in WORDS]
    return "\n".join("".join(part.content or " " * part.type.endswith("break") for part in block) for block in blocks)
