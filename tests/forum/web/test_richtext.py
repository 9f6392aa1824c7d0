"""What people write becomes small, safe HTML."""

import re
from html.parser import HTMLParser

import pytest

from forum.web.richtext import render


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[눌러 보세요](javascript:alert(1))",
        "[눌러 보세요](data:text/html;base64,PHNjcmlwdD4=)",
        "![그림](https://elsewhere.example/pixel.png)",
        "<a href='https://x' onclick='alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "`<script>`",
        '[x](https://ok.example "onmouseover=alert(1)")',
    ],
)
def test_hostile_text_is_shown_as_text(hostile):
    elements = Elements()
    elements.feed(render(hostile))
    assert elements.tags <= {"p", "a", "code"}
    assert elements.attributes <= {("a", "href"), ("a", "rel")}
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in elements.addresses)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![그림](https://a.example/p.png)", '<a href="https://a.example/p.png" rel="nofollow noopener">그림</a>'),
        (
            "![](https://a.example/p.png)",
            '<a href="https://a.example/p.png" rel="nofollow noopener">https://a.example/p.png</a>',
        ),
        ("좋아요!", "좋아요!"),
    ],
)
def test_a_picture_from_elsewhere_is_a_link_and_nothing_else(written, shown):
    assert render(written).strip() == f"<p>{shown}</p>"


class Elements(HTMLParser):
    """What a browser would make of the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def test_headings_start_below_those_of_the_page():
    assert render("# 하나") == "<h3>하나</h3>\n"
    assert render("###### 여섯") == "<h5>여섯</h5>\n"


def test_links_lead_out_without_telling_from_where():
    assert render("[가](https://a.example)") == '<p><a href="https://a.example" rel="nofollow noopener">가</a></p>\n'


def test_line_breaks_are_kept():
    assert render("한 줄\n두 줄") == "<p>한 줄<br>\n두 줄</p>\n"


def test_a_text_with_marks_and_the_same_without_are_kept_apart():
    text, marked = "@소라 님께", re.compile("@소라")

    assert "mention" not in render(text)
    assert '<span class="mention">@소라</span>' in render(text, marked=marked)
    assert "mention" not in render(text)
