"""The accepted list and the roll, and who finds no ballot at all."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from boards.membership.models import Mode
from boards.voting.models import Ballot
from tests.boards.browsing import section, text
from tests.boards.voting.balloting import NO, YES, cast, counted, finished, opened, panel_of


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


def test_the_receipt_has_a_page_of_its_own_for_the_voter_until_the_ballot_closes(hanbit, door, keys):
    ballot = opened(hanbit, Mode.SEALED)
    path = f"/ballots/{ballot.pk}/receipt/"
    assert door.enter(hanbit.sora).get(path).status_code == 404, "who has not voted has none"
    panel = door.post(f"/proposals/{ballot.proposal_id}/ballot/", script=True, choice="2")
    receipt = re.search(r"\b[0-9a-f]{64}\b", text(panel))[0]

    page = section(door.get(path), "main")

    assert f'href="{path}"' in text(panel)
    assert receipt in page
    assert "반대" not in page
    assert hanbit.sora.name not in page
    for other in (hanbit.tae, hanbit.minji, hanbit.staff):
        assert door.enter(other).get(path).status_code == 404
    cast(ballot, hanbit.members[2:], *[YES] * 7)
    finished(ballot)
    assert door.enter(hanbit.sora).get(path).status_code == 404


def test_a_named_ballot_has_no_receipt(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    cast(ballot, [hanbit.sora], YES)

    assert door.enter(hanbit.sora).get(f"/ballots/{ballot.pk}/receipt/").status_code == 404


def test_the_panel_says_in_words_how_much_time_is_left_and_announces_no_ticking(hanbit, door, keys):
    ballot = opened(hanbit, Mode.NAMED)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() + timedelta(hours=3, minutes=20, seconds=30))

    panel = panel_of(door.enter(hanbit.sora), ballot)

    assert "3시간 20분 남음" in panel
    assert "aria-live" not in panel
    assert 'role="timer"' not in panel


@pytest.mark.parametrize(("choice", "sentence"), [(YES, "가결되었습니다."), (NO, "부결되었습니다.")])
def test_the_result_says_in_a_sentence_how_it_ended(hanbit, door, keys, choice, sentence):
    ballot = counted(hanbit, Mode.NAMED, *[choice] * 7)

    assert sentence in panel_of(door.enter(hanbit.staff), ballot)
