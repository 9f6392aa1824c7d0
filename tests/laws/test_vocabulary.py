"""Every verb has a sentence, a stream, an audience and a live decision; every word is used."""

import re
from types import SimpleNamespace

import pytest
from django.utils import translation

from boards import audience, vocabulary
from forum import vocabulary as ground
from forum.environment import ROOT
from forum.events.vocabulary import VERBS, Actor, Live, Word, learn

SOURCES = [
    path
    for app in ("forum", "boards", "realtime")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path.name not in ("vocabulary.py", "audience.py")
]
CODE = "\n".join(path.read_text() for path in SOURCES)
WORDS = [*ground.WORDS, *vocabulary.WORDS]


def test_the_table_holds_every_word_once():
    assert sorted(VERBS) == sorted(word.verb for word in WORDS)


def test_a_word_cannot_be_taught_twice():
    with pytest.raises(ValueError, match="already"):
        learn(Word("proposal_opened", "again", "proposal"))


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.verb)
def test_a_verb_has_a_sentence_that_names_the_actor_only_if_it_is_kept(word):
    with translation.override("ko"):
        sentence = str(word.sentence)
    assert sentence.endswith(".")
    assert ("{actor}" in sentence) <= (word.actor is Actor.KEPT)
    assert re.findall(r"{(\w+)}", sentence.replace("{actor}", "")) == []


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.verb)
def test_a_verb_is_recorded_somewhere(word):
    literal = f'"{word.verb}"' in CODE
    _thing, _, end = word.verb.partition("_")
    made = end in ("hidden", "restored") and f'record(f"{{thing._meta.model_name}}_{end}"' in CODE
    assert literal or made


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.verb)
def test_who_hears_of_a_verb_is_decided_exactly_when_it_is_told(word):
    """Asked with an event about nothing: an undecided verb says so before it looks at what the event is about."""
    try:
        audience.audience(SimpleNamespace(verb=word.verb, about=None, actor=None))
        decided = True
    except LookupError:
        decided = False
    except (AttributeError, TypeError):
        decided = True
    assert decided == word.told


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.verb)
def test_what_lies_on_no_stream_is_heard_by_no_page(word):
    if word.stream in (None, "person"):
        assert word.live is Live.NOTHING
    else:
        assert word.live in (Live.ITEM, Live.PANELS)


def test_a_sealed_act_keeps_no_actor():
    assert VERBS["vote_cast"].actor is Actor.DROPPED
    assert VERBS["vote_cast"].stream is None
