"""Every table of states: no step that is not in it, no state without a word, no column that takes another."""

import pytest
from django.db import IntegrityError, transaction

from boards.documents import lifecycle_document, permissions_document
from boards.escalation.models import Commitment, Escalation
from boards.lifecycle import Lifecycle
from boards.proposals.models import CoProposal, Proposal
from boards.rooms.models import Room
from boards.voting.models import Ballot
from forum.environment import ROOT
from forum.web.errors import WrongState

MODELS: list[type[Lifecycle]] = [Proposal, CoProposal, Ballot, Escalation, Commitment, Room]


def states_of(model: type[Lifecycle]) -> type:
    return type(next(iter(model.NEXT)))


@pytest.mark.parametrize("model", MODELS)
def test_the_table_names_every_state_and_no_other(model):
    states = set(states_of(model))
    assert set(model.NEXT) == states
    assert set().union(*model.NEXT.values()) <= states


@pytest.mark.parametrize(
    ("model", "now", "then"),
    [(model, now, then) for model in MODELS for now in model.NEXT for then in states_of(model)],
)
def test_a_thing_moves_along_the_table_only(model, now, then, monkeypatch):
    thing = model(state=now.value)
    saved = []
    monkeypatch.setattr(model, "save", lambda self, **kwargs: saved.append(self.state))
    if then in model.NEXT[now]:
        thing.move_to(then)
        assert saved == [then]
    else:
        with pytest.raises(WrongState):
            thing.move_to(then)
        assert (thing.state, saved) == (now.value, [])


def test_the_database_takes_no_other_word(hanbit):
    with pytest.raises(IntegrityError, match="state_of_a_room"), transaction.atomic():
        Room.objects.filter(pk=hanbit.room.pk).update(state="haunted")


@pytest.mark.parametrize(
    ("name", "text"), [("lifecycle.md", lifecycle_document), ("permissions.md", permissions_document)]
)
def test_the_generated_document_is_as_the_code_is(name, text):
    """When this fails, run `manage.py write_documents` and read the difference."""
    assert (ROOT / "docs" / name).read_text() == text()
