"""The colours of the house can be told apart by everybody: computed from the tokens, as WCAG 2.2 does."""

import re

import pytest

from forum.environment import ROOT

CSS = (ROOT / "forum/static/forum/css/foundation.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
FALLBACK = CSS[CSS.index("@supports not") : CSS.index("@media (prefers-contrast: more)")]
NORMAL = {name: values for name, *values in PAIR.findall(CSS[: CSS.index("@supports not")])}
MORE = {name: values for name, *values in PAIR.findall(CSS[CSS.index("@media (prefers-contrast: more)") :])}

TONES = ("primary", "danger", "good", "warn")
WORDS = [
    *((ink, ground) for ink in ("ink", "ink-soft", *TONES) for ground in ("paper", "ground")),
    *((ink, f"{tone}-soft") for tone in TONES for ink in ("ink", "ink-soft", tone)),
    *((f"{tone}-ink", f"{tone}{state}") for tone in ("primary", "danger") for state in ("", "-strong")),
    *(("paper", tone) for tone in TONES),
    ("primary-strong", "primary-soft"),
]
EDGES = [(edge, ground) for edge in ("line-strong", "focus") for ground in ("paper", "ground", "primary-soft")]


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("tokens", "least_word", "least_edge"), [(NORMAL, 5, 3.1), (NORMAL | MORE, 7, 3.1)], ids=["normal", "more"]
)
def test_words_and_edges_stand_out(tokens, least_word, least_edge, scheme):
    figures = {
        (front, back, least): contrast(tokens[front][scheme], tokens[back][scheme])
        for pairs, least in ((WORDS, least_word), (EDGES, least_edge))
        for front, back in pairs
    }
    assert {pair: round(figure, 2) for pair, figure in figures.items() if figure < pair[2]} == {}


def test_old_browsers_get_the_light_colours():
    fallback = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", FALLBACK))
    assert fallback == {name: light for name, (light, _) in NORMAL.items()}
