"""English is complete: every sentence of code and templates is in the catalogue, with the same placeholders."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from forum.environment import ROOT

CATALOGUE = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
TRANSLATED = {entry.msgid: entry for entry in CATALOGUE if entry.translated()}
MARKERS = {"_", "gettext", "gettext_lazy"}
HANGUL = re.compile(r"[가-힣]")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
SIMPLE = re.compile(r"""{%\s*translate\s+"([^"]+)"[^%]*%}""")
BLOCK = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*(?:plural[^%]*%}.*?{%\s*)?endblocktranslate\s*%}", re.DOTALL)


def said_in_code(path: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", None) in MARKERS and call.args and isinstance(call.args[0], ast.Constant)
    }


def said_in_template(path: Path) -> set[str]:
    text = path.read_text()
    blocks = {re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block.replace("%", "%%")) for block in BLOCK.findall(text)}
    return set(SIMPLE.findall(text)) | blocks


SOURCES = [
    *((path, said_in_code) for app in ("forum", "boards", "realtime") for path in sorted((ROOT / app).rglob("*.py"))),
    *((path, said_in_template) for path in sorted((ROOT / "templates").rglob("*.html"))),
]


@pytest.mark.parametrize(("path", "said"), SOURCES, ids=lambda it: it.name if isinstance(it, Path) else "")
def test_every_sentence_has_its_english(path, said):
    assert {sentence for sentence in said(path) if HANGUL.search(sentence)} - TRANSLATED.keys() == set()


@pytest.mark.parametrize("entry", TRANSLATED.values(), ids=lambda entry: entry.msgid[:30])
def test_the_english_says_the_same_things(entry):
    english = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
    for sentence in english:
        assert not HANGUL.search(sentence)
        assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(entry.msgid))


def test_the_compiled_catalogue_is_in_use():
    with translation.override("en"):
        assert gettext("홈으로 가기") == "Go to the home page"
