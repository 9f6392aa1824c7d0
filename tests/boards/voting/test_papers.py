"""The accepted list and the roll, and who finds no ballot at all."""

import re

import pytest

from boards.membership.models import Mode
from tests.boards.browsing import section, text
from tests.boards.voting.balloting import YES, cast, counted, finished, opened


@pytest.mark.parametrize("key", ["rio", "guest", "hana", "boss"])
def test_outsiders_and_executives_find_no_ballot_before_the_escalation(hanbit, door, keys, key):
    ballot = opened(hanbit, Mode.SEALED)
    door.enter(hanbit.people[key])

    for path in (f"/proposals/{ballot.proposal_id}/ballot/", f"/ballots/{ballot.pk}/accepted/"):
        assert door.get(path, script=True).status_code == 404
    assert door.post(f"/proposals/{ballot.proposal_id}/ballot/", choice="1").status_code == 404


def test_the_accepted_list_holds_every_envelope_unmarked_and_only_after_the_end(hanbit, door, keys):
    ballot = opened(hanbit, Mode.SEALED)
    door.enter(hanbit.sora)
    receipts = []
    for choice in ("1", "2"):
        panel = door.post(f"/proposals/{ballot.proposal_id}/ballot/", script=True, choice=choice)
        receipts += re.findall(r"\b[0-9a-f]{64}\b", text(panel))
    cast(ballot, hanbit.members[2:], *[YES] * 7)
    path = f"/ballots/{ballot.pk}/accepted/"
    assert door.get(path).status_code == 404

    ballot = finished(ballot)

    page = text(door.get(path))
    listed = re.findall(r"<li>([0-9a-f]{64})</li>", page)
    assert listed == sorted(ballot.accepted.values_list("hash", flat=True))
    assert len(listed) == 9
    assert set(receipts) <= set(listed)
    assert ballot.accepted_root in page
    assert hanbit.sora.name not in section(door.get(path), "main")


def test_a_named_ballot_has_no_accepted_list(hanbit, door, keys):
    ballot = counted(hanbit, Mode.NAMED, *[YES] * 7)

    assert door.enter(hanbit.sora).get(f"/ballots/{ballot.pk}/accepted/").status_code == 404


def test_the_roll_names_the_members_for_the_board_and_says_nothing_of_who_voted(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    path = f"/ballots/{ballot.pk}/roll/"
    before = section(door.enter(hanbit.sora).get(path), "main")
    cast(ballot, [hanbit.bora], YES)

    after = section(door.get(path), "main")

    assert before == after
    assert all(member.name in after for member in hanbit.members)
    assert hanbit.minji.name not in after
    assert door.enter(hanbit.staff).get(path).status_code == 403
    assert door.enter(hanbit.rio).get(path).status_code == 404
