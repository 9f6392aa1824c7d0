"""A moderator changes rules and teams; what was open before keeps the rules it opened with."""

import pytest
from django.utils import timezone

from boards.membership.models import Membership, Mode, Team
from boards.voting.actions import call_ballot, open_ballot
from forum.events.models import Event
from tests.boards.browsing import published, text, words
from tests.boards.membership.seating import seat_of

PAGE, TEAMS = "/boards/hanbit/settings/", "/boards/hanbit/teams/"
RULES = {
    "support_absolute": "10", "support_percent": "1", "quorum_percent": "50", "pass_percent": "50", "breadth": "2",
    "ballot_days": "14", "ballot_mode": "1",
}  # fmt: skip


def test_each_rule_stands_with_what_follows_from_it(hanbit, door):
    page = words(door.enter(hanbit.minji).get(PAGE))

    for sentence in (
        "표결이 저절로 시작됩니다.", "기권도 셉니다.", "높일수록 가결되기 어렵습니다.", "10명 이상이어야 시작됩니다.",
        "이미 시작한 표결에는 시작할 때의 규칙이 그대로 남습니다.",
    ):  # fmt: skip
        assert sentence in page


def test_a_change_is_recorded_with_old_and_new_figures_and_shown(hanbit, door):
    answer = door.enter(hanbit.minji).post(
        PAGE, **{**RULES, "quorum_percent": "60", "ballot_mode": "0", "closed": "on"}
    )

    assert answer["Location"] == PAGE
    hanbit.board.refresh_from_db()
    assert (hanbit.board.quorum_percent, hanbit.board.ballot_mode, hanbit.board.closed) == (60, Mode.NAMED, True)
    event = Event.objects.get(verb="settings_changed")
    assert event.data == {"quorum_percent": [50, 60], "ballot_mode": [1, 0], "closed": [False, True]}
    page = words(door.get(PAGE))
    assert "의결정족수(%): 50 → 60" in page
    assert "→ 기명 표결" in page
    log = words(door.enter(hanbit.jun).get("/boards/hanbit/log/"))
    for said in (
        "김민지 님이 보드의 규칙을 바꿨습니다.", "의결정족수(%): 50 → 60",
        "표결 방식: 비밀 표결(운영 서버가 개표) → 기명 표결", "위원만 보는 보드: 아니요 → 예",
    ):  # fmt: skip
        assert said in log


def test_saving_the_same_records_nothing(hanbit, door):
    door.enter(hanbit.minji).post(PAGE, **RULES)

    assert not Event.objects.filter(verb="settings_changed").exists()


def test_an_open_ballot_and_an_open_proposal_keep_their_rules(hanbit, door, keys):
    proposal = published(hanbit.jun, hanbit.board)
    needed = proposal.support_needed
    call_ballot(proposal, by=hanbit.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
    ballot = open_ballot(proposal, keys=keys)
    before = {it.attname: getattr(ballot, it.attname) for it in ballot._meta.concrete_fields}

    door.enter(hanbit.minji).post(
        PAGE, **{**RULES, "quorum_percent": "90", "pass_percent": "90", "support_absolute": "99", "ballot_days": "1"}
    )

    ballot.refresh_from_db()
    proposal.refresh_from_db()
    assert {it.attname: getattr(ballot, it.attname) for it in ballot._meta.concrete_fields} == before
    assert proposal.support_needed == needed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quorum_percent": "0"}, "의결정족수(%)"),
        ({"pass_percent": "100"}, "가결 기준(%)"),
        ({"ballot_days": ""}, "표결 기간(일)"),
        ({"ballot_mode": "7"}, "표결 방식"),
        ({"breadth": "4"}, "분임조가 3개뿐이어서"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_what_was_typed_stays(hanbit, door, fields, sentence):
    answer = door.enter(hanbit.minji).post(PAGE, **{**RULES, "support_absolute": "77", **fields})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="77"' in text(answer)
    hanbit.board.refresh_from_db()
    assert hanbit.board.support_absolute == 10


# Teams


def test_a_team_is_made_renamed_and_retired(hanbit, door):
    door.enter(hanbit.minji).post(TEAMS, name="골목")
    team = Team.objects.get(name="골목")
    door.post(f"/teams/{team.pk}/", name="골목 살피기")
    door.post(f"/teams/{team.pk}/retirement/")

    team.refresh_from_db()
    assert (team.name, team.retired_by) == ("골목 살피기", hanbit.minji)
    assert "골목 살피기 마침" in words(door.get(TEAMS))
    assert "골목 살피기" not in text(door.get("/boards/hanbit/members/new/"))
    verbs = list(Event.objects.filter(verb__startswith="team_").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["team_made", "team_renamed", "team_retired"]
    assert door.get(f"/teams/{team.pk}/").status_code == 409


def test_two_teams_of_one_name_are_refused(hanbit, door):
    team = hanbit.board.teams.order_by("name").first()
    other = hanbit.board.teams.exclude(pk=team.pk).first()

    answers = [door.enter(hanbit.minji).post(TEAMS, name=team.name), door.post(f"/teams/{other.pk}/", name=team.name)]

    assert [it.status_code for it in answers] == [409, 409]
    assert all("같은 이름의 분임조가 있습니다." in words(it) for it in answers)


def test_a_team_with_members_is_not_retired_and_its_page_says_so_and_who_they_are(hanbit, door):
    path = f"/teams/{seat_of(hanbit.jun).team_id}/"
    answer, page = door.enter(hanbit.minji).post(f"{path}retirement/"), door.get(path)

    assert answer.status_code == 409
    for it in (answer, page):
        assert "아직 위원이 있는 분임조입니다." in words(it)
    assert f'<a href="/memberships/{seat_of(hanbit.jun).pk}/">이준</a>' in text(page)
    assert "retirement" not in text(page)
    assert "일하는 방식 위원 4명" in words(door.get(TEAMS))


def test_a_retired_team_is_opened_again_under_its_name(hanbit, door):
    team = Team.objects.create(board=hanbit.board, name="골목")
    door.enter(hanbit.minji).post(f"/teams/{team.pk}/retirement/")
    refused = door.post(TEAMS, name="골목")
    assert "마친 분임조면 다시 열어 주세요." in words(refused)

    assert door.post(f"/teams/{team.pk}/reopening/")["Location"] == TEAMS

    team.refresh_from_db()
    assert (team.retired_at, team.retired_by) == (None, None)
    assert "골목" in text(door.get("/boards/hanbit/members/new/"))
    assert "김민지 님이 마친 분임조를 다시 열었습니다." in words(door.get("/boards/hanbit/log/"))
    assert door.post(f"/teams/{team.pk}/reopening/").status_code == 409


def test_no_team_is_retired_that_a_ballot_needs_to_pass(hanbit, door):
    Membership.objects.filter(board=hanbit.board).update(ended_at=timezone.now())
    Membership.objects.filter(person=hanbit.minji).update(ended_at=None)
    first, second = hanbit.board.teams.order_by("pk")[:2]

    answers = [door.enter(hanbit.minji).post(f"/teams/{team.pk}/retirement/") for team in (first, second)]

    assert [it.status_code for it in answers] == [302, 409]
    assert "그 수를 먼저 낮춰 주세요." in words(answers[1])
