"""Two moderators have the same form open: who saves last is told what the other saved, and overwrites it knowingly."""

import html
import re

import pytest

from boards.membership.models import Membership
from forum.events.models import Event
from tests.boards.browsing import Door, text, words
from tests.boards.membership.seating import seat_of, today, values
from tests.boards.membership.test_settings import PAGE, RULES


@pytest.fixture
def sora(hanbit):
    """A second moderator."""
    Membership.objects.filter(person=hanbit.sora).update(role=Membership.Role.MODERATOR)
    return hanbit.sora


def drawn(response) -> str:
    """What the form on the page was drawn with."""
    found = re.search(r'name="drawn" value="([^"]*)"', text(response))
    return html.unescape(found[1]) if found else ""


def opened(door: Door, person, path: str) -> str:
    return drawn(door.enter(person).get(path))


# The rules


def test_rules_saved_meanwhile_are_not_overwritten_unseen(hanbit, sora, door):
    first, second = opened(door, hanbit.minji, PAGE), opened(door, sora, PAGE)
    door.enter(hanbit.minji).post(PAGE, **{**RULES, "quorum_percent": "60", "closed": "on"}, drawn=first)

    answer = door.enter(sora).post(PAGE, **{**RULES, "pass_percent": "70"}, drawn=second)

    assert answer.status_code == 409
    page = words(answer)
    assert "김민지 님이" in page
    assert "먼저 바꿨습니다. 지금 저장된 내용: 의결정족수(%) 60, 위원만 보는 보드 ✓." in page
    assert 'value="70"' in text(answer), "what was typed stays"
    hanbit.board.refresh_from_db()
    assert (hanbit.board.quorum_percent, hanbit.board.closed, hanbit.board.pass_percent) == (60, True, 50)
    assert Event.objects.filter(verb="settings_changed").count() == 1


def test_sending_the_rules_again_overwrites_them_knowingly(hanbit, sora, door):
    stale = opened(door, sora, PAGE)
    door.enter(hanbit.minji).post(PAGE, **{**RULES, "quorum_percent": "60"}, drawn=stale)
    typed = {**RULES, "pass_percent": "70"}
    seen = drawn(door.enter(sora).post(PAGE, **typed, drawn=stale))

    assert door.post(PAGE, **typed, drawn=seen).status_code == 302

    hanbit.board.refresh_from_db()
    assert (hanbit.board.quorum_percent, hanbit.board.pass_percent) == (50, 70)


def test_the_same_rules_sent_twice_are_saved_once_and_refused_never(hanbit, door):
    before = opened(door, hanbit.minji, PAGE)
    answers = [door.post(PAGE, **{**RULES, "quorum_percent": "60"}, drawn=before) for _ in range(2)]

    assert [it.status_code for it in answers] == [302, 302]
    assert Event.objects.filter(verb="settings_changed").count() == 1


@pytest.mark.parametrize("nonsense", ["5", "[]", '{"quorum_percent": 50}', "{", '"x"', "null"])
def test_a_form_that_does_not_know_what_it_was_drawn_with_breaks_nothing(hanbit, door, nonsense):
    answer = door.enter(hanbit.minji).post(PAGE, **{**RULES, "quorum_percent": "60"}, drawn=nonsense)

    assert answer.status_code in (302, 409, 422)


# Seats


def term(person, **fields) -> dict:
    seat = seat_of(person)
    return {
        "role": seat.role, "team": seat.team_id or "", "term_from": seat.term_from.isoformat(),
        "term_until": seat.term_until.isoformat(), **fields,
    }  # fmt: skip


def test_a_seat_changed_meanwhile_is_not_overwritten_unseen(hanbit, sora, door):
    path = f"/memberships/{seat_of(hanbit.tae).pk}/"
    first, second = opened(door, hanbit.minji, path), opened(door, sora, path)
    team, until = hanbit.board.teams.get(name="조직문화"), today().isoformat()
    door.enter(hanbit.minji).post(path, **term(hanbit.tae, team=team.pk), drawn=first)

    typed = {**term(hanbit.tae, team=hanbit.board.teams.get(name="시민 서비스").pk), "term_until": until}
    answer = door.enter(sora).post(path, **typed, drawn=second)

    assert answer.status_code == 409
    assert "김민지 님이" in words(answer)
    assert "먼저 바꿨습니다. 지금 저장된 내용: 분임조 조직문화." in words(answer)
    assert values(answer)["term_until"] == until
    assert seat_of(hanbit.tae).team == team
    assert door.post(path, **typed, drawn=drawn(answer)).status_code == 302
    assert seat_of(hanbit.tae).term_until == today()


def test_a_seat_without_a_team_and_another_term_are_told_in_words(hanbit, sora, door):
    path = f"/memberships/{seat_of(hanbit.tae).pk}/"
    stale = opened(door, sora, path)
    door.enter(hanbit.minji).post(path, **term(hanbit.tae, team="", term_until=today().isoformat()), drawn=stale)

    answer = door.enter(sora).post(path, **term(hanbit.tae, role="moderator"), drawn=stale)

    assert f"지금 저장된 내용: 분임조 없음, 임기 끝 {today():%Y. %m. %d.}" in words(answer)


# Teams


def test_a_team_renamed_meanwhile_is_not_renamed_unseen(hanbit, sora, door):
    team = hanbit.board.teams.get(name="조직문화")
    path = f"/teams/{team.pk}/"
    first, second = opened(door, hanbit.minji, path), opened(door, sora, path)
    door.enter(hanbit.minji).post(path, name="문화", drawn=first)

    answer = door.enter(sora).post(path, name="조직", drawn=second)

    assert answer.status_code == 409
    assert "지금 저장된 내용: 분임조 이름 문화." in words(answer)
    assert 'value="조직"' in text(answer)
    team.refresh_from_db()
    assert team.name == "문화"
    assert door.post(path, name="조직", drawn=drawn(answer)).status_code == 302
