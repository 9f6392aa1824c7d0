"""What is promised is shown: every promise names tests, and every test it names is there."""

import re

import pytest

from forum.environment import ROOT

PROMISES = (ROOT / "docs" / "promises.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PROMISES)))
PARAGRAPHS = [it for it in re.split(r"\n\n", PROMISES) if it.startswith("**")]


@pytest.mark.parametrize("path", NAMED)
def test_a_test_that_is_named_is_there_and_tests_something(path: str):
    assert "def test_" in (ROOT / path).read_text()


def test_every_promise_names_the_tests_that_show_it():
    assert PARAGRAPHS
    assert [it.splitlines()[0] for it in PARAGRAPHS if not re.search(r"^— `tests/", it, re.MULTILINE)] == []


def test_the_readme_shows_only_pictures_that_are_there():
    pictures = re.findall(r"docs/screenshots/[\w-]+\.png", (ROOT / "README.md").read_text())
    assert pictures
    assert [it for it in pictures if not (ROOT / it).is_file()] == []
