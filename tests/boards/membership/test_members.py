"""Who sits on a board, and a moderator's acts on the seats, through the front door."""

from datetime import timedelta

import pytest

from boards.membership.models import Membership, Team
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import section, text, without_tokens, words
from tests.boards.membership.seating import NEW, rows, seat_of, today, typed, values

MEMBERS = "/boards/hanbit/members/"


# The list


def test_moderators_come_first_then_the_teams_in_order(hanbit, door):
    names = rows(door.enter(hanbit.staff))

    seats = [Membership.objects.get(person__name=name) for name in names]
    assert names[0] == hanbit.minji.name
    assert len(names) == len(set(names)) == 12
    assert [seat.team.name for seat in seats[1:]] == sorted(seat.team.name for seat in seats[1:])


def test_a_row_tells_role_team_and_term(hanbit, door):
    seat = seat_of(hanbit.jun)

    row = section(door.enter(hanbit.staff).get(MEMBERS), f"membership-{seat.pk}")

    for told in ("위원", seat.team.name, f"{seat.term_from:%Y. %-m. %-d.}", f"{seat.term_until:%Y. %-m. %-d.}"):
        assert told in row
    assert "임기 중 아님" not in row


@pytest.mark.parametrize("term", [{"term_until": -1}, {"term_from": 1}])
def test_a_term_that_is_over_or_has_not_begun_is_marked(hanbit, door, term):
    Membership.objects.filter(person=hanbit.jun).update(
        **{name: today() + timedelta(days=days) for name, days in term.items()}
    )

    row = section(door.enter(hanbit.staff).get(MEMBERS), f"membership-{seat_of(hanbit.jun).pk}")

    assert "임기 중 아님" in row


def test_only_a_moderator_is_offered_to_manage_and_never_the_own_seat(hanbit, door):
    own, other = seat_of(hanbit.minji), seat_of(hanbit.jun)

    page = door.enter(hanbit.minji).get(MEMBERS)

    assert f'href="/memberships/{other.pk}/"' in section(page, f"membership-{other.pk}")
    assert "본인의 임기와 역할은 다른 운영자가 바꿀 수 있습니다." in section(page, f"membership-{own.pk}")
    assert f'href="/memberships/{own.pk}/"' not in text(page)
    for key in ("jun", "staff", "audit"):
        page = text(door.enter(hanbit.people[key]).get(MEMBERS))
        assert "/memberships/" not in page
        assert NEW not in page


@pytest.mark.parametrize("key", ["rio", "nuri", "hana", "guest"])
def test_for_outsiders_the_list_is_not_there(hanbit, door, key):
    door.enter(hanbit.people[key])

    there, absent = door.get(MEMBERS), door.get("/boards/nothing/members/")

    assert (there.status_code, without_tokens(there).replace("hanbit", "nothing")) == (404, without_tokens(absent))


# Adding


def test_a_moderator_adds_a_colleague_who_may_then_propose(hanbit, door):
    team = hanbit.board.teams.first()
    new = "/boards/hanbit/proposals/new/"
    assert door.enter(hanbit.staff).get(new).status_code == 403

    answer = door.enter(hanbit.minji).post(NEW, **typed("STAFF@hanbit.example", team=team.pk))

    assert answer["Location"] == MEMBERS
    seat = seat_of(hanbit.staff)
    assert (seat.role, seat.team, seat.added_by) == ("member", team, hanbit.minji)
    assert (seat.term_from, seat.term_until) == (today(), today() + timedelta(days=180))
    assert hanbit.staff.name in rows(door)
    assert door.enter(hanbit.staff).get(new).status_code == 200


def test_who_was_added_is_told_in_the_app_and_by_mail_and_the_log_keeps_who_did_it(hanbit, door):
    door.enter(hanbit.minji).post(NEW, **typed())
    tell()

    assert Notification.objects.get(person=hanbit.staff, event__verb="member_added").must
    assert Letter.objects.get(to=hanbit.staff.email)
    log = text(door.get("/boards/hanbit/log/"))
    assert "김민지 님이 위원을 추가했습니다." in log
    assert hanbit.staff.name in log


def test_who_has_no_account_yet_gets_one_that_waits_for_a_password(hanbit, door):
    answer = door.enter(hanbit.minji).post(NEW, **typed("New.Comer@hanbit.example", name="새봄"))
    tell()

    assert answer["Location"] == MEMBERS
    newcomer = User.objects.get(email="new.comer@hanbit.example")
    assert (newcomer.name, newcomer.institution) == ("새봄", hanbit.board.institution)
    assert not newcomer.has_usable_password()
    assert seat_of(newcomer).added_by == hanbit.minji
    assert Letter.objects.get(to=newcomer.email)


def test_an_address_that_is_no_officials_is_added_only_knowingly(hanbit, door):
    outside = typed("outside@gmail.example", name="바깥")
    assert 'type="checkbox"' not in text(door.enter(hanbit.minji).get(NEW))

    refused = door.post(NEW, **outside)

    assert refused.status_code == 422
    assert "기관의 공직 메일 주소가 아닙니다(gmail.example)." in words(refused)
    assert 'type="checkbox" name="outside"' in text(refused)
    assert not User.objects.filter(email="outside@gmail.example").exists()
    assert door.post(NEW, **outside, outside="on")["Location"] == MEMBERS
    assert seat_of(User.objects.get(email="outside@gmail.example")).added_by == hanbit.minji


def test_a_refused_seat_leaves_no_account_behind(hanbit, door):
    door.enter(hanbit.minji).post(NEW, **typed("late@hanbit.example", name="늦음", term_until="2020-01-01"))

    assert not User.objects.filter(email="late@hanbit.example").exists()


REFUSED = {
    "an unknown address": (typed("nobody@hanbit.example"), 422, "그 이메일을 쓰는 계정이 없습니다"),
    "somebody of another institution": (typed("rio@garam.example"), 422, "그 이메일을 쓰는 계정이 없습니다"),
    "somebody of no institution": (typed("guest@guest.example"), 422, "그 이메일을 쓰는 계정이 없습니다"),
    "no address at all": (typed("민지"), 422, "이메일"),
    "who owes the answers": (typed("hana@hanbit.example"), 422, "위원이 될 수 없습니다"),
    "a member already": (typed("jun@hanbit.example"), 409, "이미 이 보드의 위원입니다"),
    "a term that ends before it begins": (typed(term_until="2020-01-01"), 422, "끝나는 날은 시작하는 날보다"),
    "a day that does not exist": (typed(term_until="2027-02-30"), 422, "임기 끝"),
    "a role that does not exist": (typed(role="king"), 422, "역할"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_who_cannot_be_added_is_refused_with_a_sentence_and_what_was_typed_stays(hanbit, door, case):
    fields, status, sentence = REFUSED[case]
    before = Membership.objects.count(), Event.objects.count()

    answer = door.enter(hanbit.minji).post(NEW, **fields)

    assert answer.status_code == status
    assert sentence in section(answer, "main")
    held = values(answer)
    assert {name: held.get(name, "") for name in ("email", "term_from", "term_until")} == {
        name: fields[name] for name in ("email", "term_from", "term_until")
    }
    assert (Membership.objects.count(), Event.objects.count()) == before


def test_the_refusal_does_not_tell_whether_an_address_exists_elsewhere(hanbit, door):
    door.enter(hanbit.minji)

    known, unknown = (door.post(NEW, **typed(address)) for address in ("rio@garam.example", "ria@garam.example"))

    assert without_tokens(known).replace("rio@", "ria@") == without_tokens(unknown)


def test_a_team_of_another_board_cannot_be_chosen(hanbit, door):
    foreign = Team.objects.filter(board=hanbit.garam).first()

    answer = door.enter(hanbit.minji).post(NEW, **typed(team=foreign.pk))

    assert answer.status_code == 422
    assert foreign.name not in text(answer)
    assert not Membership.objects.filter(person=hanbit.staff).exists()


@pytest.mark.parametrize(
    ("key", "status"), [("jun", 403), ("staff", 403), ("admin", 403), ("audit", 403), ("nuri", 404), ("hana", 404)]
)
def test_nobody_but_a_moderator_of_this_board_adds_members(hanbit, door, key, status):
    door.enter(hanbit.people[key])

    assert door.get(NEW).status_code == status
    assert door.post(NEW, **typed()).status_code == status
    assert not Membership.objects.filter(person=hanbit.staff).exists()


# Changing and ending


def test_a_moderator_changes_role_team_and_term(hanbit, door):
    seat, team = seat_of(hanbit.jun), hanbit.board.teams.exclude(pk=seat_of(hanbit.jun).team_id).first()
    path = f"/memberships/{seat.pk}/"
    form = values(door.enter(hanbit.minji).get(path))
    assert form == {
        "role": "member",
        "team": str(seat.team_id),
        "term_from": seat.term_from.isoformat(),
        "term_until": seat.term_until.isoformat(),
    }

    until = today() + timedelta(days=30)
    answer = door.post(path, **{**form, "role": "moderator", "team": team.pk, "term_until": until.isoformat()})

    assert answer["Location"] == MEMBERS
    seat.refresh_from_db()
    assert (seat.role, seat.team, seat.term_until) == ("moderator", team, until)
    assert Event.objects.filter(verb="membership_changed", about_id=seat.pk, actor=hanbit.minji).count() == 1


def test_a_refused_change_keeps_what_was_typed(hanbit, door):
    seat = seat_of(hanbit.jun)
    form = {"role": "moderator", "team": "", "term_from": today().isoformat(), "term_until": "2020-01-01"}

    answer = door.enter(hanbit.minji).post(f"/memberships/{seat.pk}/", **form)

    assert answer.status_code == 422
    assert values(answer) == form
    seat.refresh_from_db()
    assert seat.role == "member"


def test_an_ended_seat_takes_the_rights_at_once_and_leaves_the_list(hanbit, door):
    seat = seat_of(hanbit.jun)
    asked = words(door.enter(hanbit.minji).get(f"/memberships/{seat.pk}/end/"))
    assert "이준 님의 임기를 지금 끝낼까요?" in asked
    assert "제안하거나 투표하거나 토론방에 들어갈 수 없습니다." in asked
    assert f'action="/memberships/{seat.pk}/end/"' not in text(door.get(f"/memberships/{seat.pk}/"))

    answer = door.post(f"/memberships/{seat.pk}/end/")

    assert answer["Location"] == MEMBERS
    assert "이준 님의 임기를 끝냈습니다." in words(door.get(MEMBERS))
    seat.refresh_from_db()
    assert seat.ended_by == hanbit.minji
    assert hanbit.jun.name not in rows(door)
    assert door.enter(hanbit.jun).get("/boards/hanbit/proposals/new/").status_code == 403
    assert door.get(f"/rooms/{hanbit.room.pk}/").status_code == 404


def test_who_left_can_be_added_again(hanbit, door):
    door.enter(hanbit.minji).post(f"/memberships/{seat_of(hanbit.jun).pk}/end/")

    door.post(NEW, **typed("jun@hanbit.example"))

    assert Membership.objects.in_office().filter(person=hanbit.jun).count() == 1
    assert Membership.objects.filter(person=hanbit.jun).count() == 2


def test_an_ended_seat_can_neither_be_changed_nor_ended_again(hanbit, door):
    seat = seat_of(hanbit.jun)
    door.enter(hanbit.minji).post(f"/memberships/{seat.pk}/end/")
    ended_at = seat_of(hanbit.jun).ended_at

    change = typed(role="moderator")
    answers = [
        door.get(f"/memberships/{seat.pk}/"),
        door.post(f"/memberships/{seat.pk}/end/"),
        door.post(f"/memberships/{seat.pk}/", **change),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert all("이미 임기가 끝난 위원입니다." in text(answer) for answer in answers)
    assert values(answers[-1])["role"] == "moderator", "what was typed stays"
    assert (seat_of(hanbit.jun).ended_at, seat_of(hanbit.jun).role) == (ended_at, "member")
    assert Event.objects.filter(verb="membership_ended").count() == 1


@pytest.mark.parametrize("path", ["/memberships/{pk}/", "/memberships/{pk}/end/"])
def test_nobody_changes_their_own_seat(hanbit, door, path):
    seat = seat_of(hanbit.minji)

    answer = door.enter(hanbit.minji).post(path.format(pk=seat.pk), **typed())

    assert answer.status_code == 403
    assert "다른 운영자가" in text(answer)
    assert seat_of(hanbit.minji).in_office
    assert seat_of(hanbit.minji).role == "moderator"


@pytest.mark.parametrize(
    ("key", "status"), [("sora", 403), ("staff", 403), ("nuri", 404), ("hana", 404), ("guest", 404)]
)
@pytest.mark.parametrize("path", ["/memberships/{pk}/", "/memberships/{pk}/end/"])
def test_nobody_but_a_moderator_of_this_board_touches_a_seat(hanbit, door, key, status, path):
    seat = seat_of(hanbit.jun)

    answer = door.enter(hanbit.people[key]).post(path.format(pk=seat.pk), **{**typed(), "role": "moderator"})

    assert answer.status_code == status
    assert door.get(f"/memberships/{seat.pk}/").status_code == status
    assert (seat_of(hanbit.jun).role, seat_of(hanbit.jun).in_office) == ("member", True)
    assert not Event.objects.filter(verb__in=["membership_changed", "membership_ended"]).exists()
