"""The look of the house: style files as written, no colour past the tokens, a word and a shape for every state."""

import re
from pathlib import Path

import pytest

from boards.discussion.models import Stance
from boards.escalation.models import Decision
from boards.escalation.states import CommitmentState
from boards.escalation.states import State as EscalationState
from boards.proposals.states import State as ProposalState
from boards.voting.states import State as BallotState
from forum.environment import ROOT

CSS = sorted((ROOT / "forum/static/forum/css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
GUIDE = (ROOT / "templates/_styleguide.html").read_text()
STATES = [
    *(
        (f"chip-{it}", it.label)
        for states in (ProposalState, EscalationState, Decision, CommitmentState)
        for it in states
    ),
    *((f"chip-{'balloting' if it == BallotState.OPEN else it}", it.label) for it in BallotState),
]


def test_a_page_has_at_most_three_style_files_of_less_than_60_kilobytes():
    size = {path.name: path.stat().st_size for path in CSS}
    assert sorted(size) == ["features.css", "foundation.css", "paper.css", "work.css"]
    assert sum(size.values()) - size["paper.css"] < 60_000
    assert [it.name for it in TEMPLATES if "css/paper.css" in it.read_text()] == ["paper.html"]
    assert "css/work.css" not in (ROOT / "templates/escalation/paper.html").read_text()


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_styles_ask_nobody_and_stand_in_layers(path: Path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"url\(|@import|@font-face", text)
    assert text.count("{") == text.count("}")
    if path.name != "foundation.css":
        assert text.startswith(f"@layer {path.stem} {{")
        assert text.count("@layer") == 1
        assert re.findall(r"#[0-9a-f]{3,8}\b(?![^;{]*\{)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_pages_carry_no_style_and_no_script_of_their_own(path: Path):
    text = path.read_text()
    assert not re.search(r"""\sstyle=|<style\b|\son[a-z]+=["']|javascript:""", text)
    assert not re.search(r"<script(?![^>]*\bnonce=)", text)


@pytest.mark.parametrize(("name", "word"), STATES, ids=lambda it: str(it))
def test_every_state_is_shown_with_its_word_in_the_style_guide(name: str, word: str):
    assert f'<span class="chip {name}">{word}</span>' in GUIDE


@pytest.mark.parametrize("stance", Stance)
def test_every_stance_is_shown_with_its_shape_and_word(stance: Stance):
    shape = f'aria-hidden="true" focusable="false"><path d="{stance.shape}"/></svg>'
    assert re.search(rf'<li class="stance stance-{stance}"><svg [^>]*{re.escape(shape)} {stance.label}', GUIDE)
