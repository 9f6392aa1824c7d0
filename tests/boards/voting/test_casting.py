"""Voting, by a form without JavaScript and with: what the voter reads, and what a vote leaves behind."""

import re

import pytest
from django.utils import timezone

from boards.membership.actions import add_member
from boards.membership.models import Membership, Mode
from boards.proposals.models import Proposal
from boards.voting.models import AcceptedHash, Ballot, Choice, NamedVote, SealedVote
from boards.voting.queries import ballot_panel
from forum.clock import run_once
from forum.events.models import Event
from tests.boards.browsing import section, text, words
from tests.boards.voting.balloting import ABSTAIN, NO, YES, cast, changed_tables, let_time_pass, opened, panel_of, rows

HASH = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def named(hanbit, keys) -> Ballot:
    return opened(hanbit, Mode.NAMED)


@pytest.fixture
def sealed(hanbit, keys) -> Ballot:
    return opened(hanbit, Mode.SEALED)


def _vote(door, ballot: Ballot, choice, **how):
    return door.post(f"/proposals/{ballot.proposal_id}/ballot/", choice=choice, **how)


def test_an_open_ballot_says_until_when_how_many_voted_and_what_it_takes(hanbit, door, named):
    cast(named, hanbit.members, YES, NO, ABSTAIN)

    panel = panel_of(door.enter(hanbit.sora), named)

    assert f"{timezone.localtime(named.closes_at):%Y. %-m. %-d. %H:%M}" in panel
    assert f'id="turnout-{named.pk}" class="turnout" data-snapshot="turnout:{named.pk}"' in panel
    assert "선거인 11명 가운데 <strong>3명</strong>이 투표했습니다." in panel
    assert "선거인 11명의 50% 이상(6명 이상)이 투표해야 합니다." in panel
    assert "찬성이 50%보다 많아야 합니다." in panel
    assert "2개 이상의 분임조에서 찬성이 나와야 합니다." in panel
    assert "혁신책임관에게 상정" in panel


def test_before_the_vote_the_voter_reads_who_will_see_it(hanbit, door, named):
    panel = panel_of(door.enter(hanbit.sora), named)

    assert "기명 표결입니다." in panel
    assert "이 보드의 위원과 운영자가 내 이름과 내가 고른 것을 봅니다." in panel
    assert panel.index("기명 표결입니다.") < panel.index("<form")


def test_a_secret_ballot_says_what_it_protects_against_and_what_not(hanbit, door, sealed):
    panel = panel_of(door.enter(hanbit.sora), sealed)

    assert "데이터베이스를 보는 사람도 누가 무엇을 골랐는지 알 수 없습니다." in panel
    assert "투표했다는 사실은 비밀이 아닙니다." in panel
    assert "개표 열쇠와 데이터베이스를 함께 가진 사람" in panel
    assert "2개 이상의 분임조에서 투표해야 합니다." in panel
    assert panel.index("비밀 표결입니다.") < panel.index("<form")


def test_a_named_vote_is_cast_by_a_form_shown_to_its_voter_and_replaced_by_the_next(hanbit, door, named):
    door.enter(hanbit.sora)

    answer = _vote(door, named, "1")

    assert (answer.status_code, answer.url) == (303, f"/proposals/{named.proposal_id}/#panel-ballot")
    assert "지금 낸 표: <strong>찬성</strong>" in panel_of(door, named)
    assert "다시 투표하기" in panel_of(door, named)
    _vote(door, named, "2")
    assert "지금 낸 표: <strong>반대</strong>" in panel_of(door, named)
    assert list(NamedVote.objects.values_list("entry__person", "choice", "version")) == [(hanbit.sora.pk, NO, 2)]
    assert "지금 낸 표" not in panel_of(door.enter(hanbit.tae), named)


def test_a_script_gets_the_panel_as_it_is_now(hanbit, door, sealed):
    answer = _vote(door.enter(hanbit.sora), sealed, "1", script=True)

    assert answer.status_code == 200
    assert text(answer).startswith('<section id="panel-ballot"')
    assert "투표했습니다." in text(answer)
    assert "<strong>1명</strong>" in text(answer)


def test_a_plain_visit_of_the_panel_leads_to_the_proposal(hanbit, door, named):
    answer = door.enter(hanbit.sora).get(f"/proposals/{named.proposal_id}/ballot/")

    assert (answer.status_code, answer.url) == (303, f"/proposals/{named.proposal_id}/#panel-ballot")


def test_a_sealed_vote_gives_its_voter_the_receipt_of_the_current_envelope_and_no_word_of_the_choice(
    hanbit, door, sealed
):
    door.enter(hanbit.sora)
    _vote(door, sealed, "1")
    first = HASH.findall(panel_of(door, sealed))
    _vote(door, sealed, "2")
    second = HASH.findall(panel_of(door, sealed))

    assert len(first) == len(second) == 1
    assert first != second
    assert set(AcceptedHash.objects.values_list("hash", flat=True)) == {*first, *second}
    assert SealedVote.objects.get().version == 2
    assert "지금 낸 표" not in panel_of(door, sealed)
    assert "checked" not in panel_of(door, sealed)
    assert HASH.findall(panel_of(door.enter(hanbit.tae), sealed)) == []


def test_once_the_ballot_is_over_no_receipt_is_shown_again(hanbit, door, sealed):
    door.enter(hanbit.sora)
    _vote(door, sealed, "1")
    let_time_pass(sealed)
    run_once("clock")

    assert Ballot.objects.get().state == "counting"
    assert HASH.findall(panel_of(door, sealed)) == []
    assert "receipt" not in ballot_panel(Proposal.objects.get(), hanbit.sora)


@pytest.mark.parametrize(
    ("mode", "allowed"),
    [
        (Mode.NAMED, {"boards_namedvote", "forum_event"}),
        (Mode.SEALED, {"boards_sealedvote", "boards_acceptedhash", "forum_event"}),
    ],
)
@pytest.mark.parametrize("script", [False, True])
def test_a_vote_writes_its_own_rows_and_nothing_else(hanbit, door, keys, mode, allowed, script):
    ballot = opened(hanbit, mode)
    door.enter(hanbit.sora).get(f"/proposals/{ballot.proposal_id}/")

    for choice in ("1", "3"):
        before = rows()
        _vote(door, ballot, choice, script=script)
        assert changed_tables(before) == allowed


def test_the_event_of_a_vote_names_nobody_lies_on_no_stream_and_tells_no_choice(hanbit, door, sealed):
    _vote(door.enter(hanbit.sora), sealed, "1")

    event = Event.objects.get(verb="vote_cast")

    assert (event.actor, event.stream, event.number) == (None, None, None)
    assert set(event.data) == {"receipt", "mac"}


def test_two_envelopes_of_one_choice_are_unlike_and_of_one_length(hanbit, sealed):
    cast(sealed, hanbit.members, YES, YES, NO, ABSTAIN)

    envelopes = [bytes(it) for it in SealedVote.objects.values_list("envelope", flat=True)]

    assert len(set(envelopes)) == 4
    assert len({len(it) for it in envelopes}) == 1


@pytest.mark.parametrize("choice", ["", "4", "찬성"])
def test_without_a_choice_nothing_is_cast_and_the_page_says_why(hanbit, door, named, choice):
    answer = _vote(door.enter(hanbit.sora), named, choice)

    assert answer.status_code == 422
    assert "error-summary" in section(answer, "panel-ballot")
    assert not NamedVote.objects.exists()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("minji", "투표는 임기 중인 위원만 할 수 있습니다."),
        ("staff", "투표는 임기 중인 위원만 할 수 있습니다."),
        ("admin", "투표는 임기 중인 위원만 할 수 있습니다."),
    ],
)
def test_who_may_not_vote_reads_why_and_has_no_form(hanbit, door, named, key, sentence):
    panel = panel_of(door.enter(hanbit.people[key]), named)
    assert sentence in panel
    assert "<form" not in panel

    answer = _vote(door, named, "1")

    assert answer.status_code == 403
    assert f'role="alert">{sentence}' in section(answer, "panel-ballot")
    assert not NamedVote.objects.exists()


def test_who_joined_after_the_opening_is_not_on_the_roll(hanbit, door, named):
    today = timezone.localdate()
    add_member(
        hanbit.board, by=hanbit.minji, person=hanbit.staff, role=Membership.Role.MEMBER, team=None, term_from=today,
        term_until=today,
    )  # fmt: skip

    answer = _vote(door.enter(hanbit.staff), named, "1")

    assert answer.status_code == 403
    assert "선거인명부에 이름이 없어" in text(answer)
    assert not NamedVote.objects.exists()


def test_who_left_the_board_can_no_longer_vote_though_on_the_roll(hanbit, door, named):
    Membership.objects.filter(person=hanbit.tae).update(ended_at=timezone.now())

    assert _vote(door.enter(hanbit.tae), named, "1").status_code == 403
    assert not NamedVote.objects.exists()


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.SEALED])
def test_a_vote_after_the_end_is_refused_in_the_panel_even_before_the_clock_has_closed(hanbit, door, keys, mode):
    ballot = opened(hanbit, mode)
    let_time_pass(ballot)
    door.enter(hanbit.sora)

    answer = _vote(door, ballot, "1")

    assert answer.status_code == 409
    assert "투표가 끝났습니다. 끝난 뒤에 낸 표는 받지 않습니다." in section(answer, "panel-ballot")
    assert "투표 시간이 끝났습니다. 곧 개표합니다." in words(answer)
    assert "<form" not in section(answer, "panel-ballot")
    assert not NamedVote.objects.exists()
    assert not SealedVote.objects.exists()
    assert _vote(door, ballot, "1", script=True).status_code == 409


def test_while_it_counts_a_late_vote_is_refused_in_words(hanbit, door, named):
    Ballot.objects.update(state="counting", closes_at=timezone.now())

    answer = _vote(door.enter(hanbit.sora), named, str(Choice.YES.value))

    assert answer.status_code == 409
    assert 'role="alert">투표가 끝났습니다.' in section(answer, "panel-ballot")


def test_the_turnout_is_the_same_for_everybody_and_names_nobody(hanbit, door, sealed):
    cast(sealed, [hanbit.bora, hanbit.chan], YES, NO)
    seen = set()

    for reader in (hanbit.jun, hanbit.minji, hanbit.staff, hanbit.audit):
        page = door.enter(reader).get(f"/proposals/{sealed.proposal_id}/")
        seen.add(section(page, f"turnout-{sealed.pk}"))
        assert hanbit.bora.name not in text(page)

    assert len(seen) == 1
    assert "<strong>2명</strong>" in seen.pop()
