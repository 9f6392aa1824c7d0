"""An institution's admin founds a board from a short form; its moderator takes over."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from boards.membership.models import Board
from boards.voting.actions import call_ballot, open_ballot
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import send_letters_as_of_now, tell
from forum.web.sites import absolute
from tests.boards.browsing import published, text, words
from tests.boards.membership.seating import seat_of, today
from tests.forum.accounts.visiting import PASSWORD

PAGE = "/institution/boards/new/"


def told(hanbit, **fields) -> dict:
    plain = {
        "name": "한빛 제4기 주니어보드", "slug": "hanbit-4", "code": "한빛4", "cohort": "4",
        "addressee": hanbit.board.addressee_id, "moderator_email": "staff@hanbit.example", "moderator_name": "",
        "term_from": today().isoformat(), "term_until": "2100-01-01",
    }  # fmt: skip
    return {**plain, **fields}


def test_a_board_is_founded_and_its_moderator_runs_it(hanbit, door):
    assert PAGE in text(door.enter(hanbit.admin).get("/"))

    answer = door.post(PAGE, **told(hanbit))

    assert answer["Location"] == "/boards/hanbit-4/"
    board = Board.objects.get(slug="hanbit-4")
    assert (board.institution, board.addressee, board.cohort) == (
        hanbit.board.institution, hanbit.board.addressee, 4,
    )  # fmt: skip
    assert (seat_of(hanbit.staff).board, seat_of(hanbit.staff).role) == (board, "moderator")
    assert Event.objects.get(verb="board_founded", about_id=board.pk).actor == hanbit.admin
    assert door.enter(hanbit.staff).get("/boards/hanbit-4/settings/").status_code == 200


def test_a_moderator_without_account_gets_one_by_name(hanbit, door):
    door.enter(hanbit.admin).post(PAGE, **told(hanbit, moderator_email="new@hanbit.example", moderator_name="새내기"))

    assert User.objects.get(email="new@hanbit.example").institution == hanbit.board.institution


def test_a_new_moderators_letter_says_so_and_opens_the_door_once(hanbit, door, client):
    new = {"moderator_email": "new@hanbit.example", "moderator_name": "새내기"}
    door.enter(hanbit.admin).post(PAGE, **told(hanbit, **new))
    tell()
    assert "/password/" not in Letter.objects.get(to="new@hanbit.example").body  # nothing that opens lies and waits
    send_letters_as_of_now()
    letter = mail.outbox[-1]

    assert letter.to == ["new@hanbit.example"]
    for said in ("운영자로 추가되셨습니다.", "한빛 제4기 주니어보드", "2100. 1. 1.까지", "한 번만 쓸 수 있습니다."):
        assert said in letter.body
    assert absolute("/accounts/password/reset/\n") in letter.body  # what to do when its time is over
    link = re.search(r"//[^/\s]+(/accounts/password/reset/key/\S+)", letter.body)[1]
    client.logout()
    form = client.get(link)["Location"]
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(form, chosen)["Location"] == "/accounts/password/reset/key/done/"
    client.post("/accounts/login/", {"login": "new@hanbit.example", "password": PASSWORD})
    assert door.get("/boards/hanbit-4/settings/").status_code == 200
    client.logout()
    assert "이미 썼거나 기한이 지난 주소입니다." in words(client.get(link, follow=True))


def test_the_link_of_the_letter_is_dead_after_its_time(hanbit, door, client):
    new = {"moderator_email": "new@hanbit.example", "moderator_name": "새내기"}
    door.enter(hanbit.admin).post(PAGE, **told(hanbit, **new))
    tell()
    send_letters_as_of_now()
    link = re.search(r"//[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    client.logout()

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert "이미 썼거나 기한이 지난 주소입니다." in words(client.get(link, follow=True))


def test_who_has_a_password_gets_no_link_to_set_one(hanbit, door):
    door.enter(hanbit.admin).post(PAGE, **told(hanbit))
    tell()
    send_letters_as_of_now()

    assert "운영자로 추가되셨습니다." in mail.outbox[-1].body
    assert "/password/" not in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slug": "hanbit"}, "다른 보드가 이미 쓰고 있습니다."),
        ({"code": "한빛"}, "다른 보드가 이미 쓰고 있습니다."),
        ({"slug": "한빛 보드"}, "영문 소문자와 숫자, 붙임표(-)만 쓸 수 있습니다."),
        ({"slug": "UPPER-1"}, "영문 소문자와 숫자, 붙임표(-)만 쓸 수 있습니다."),
        ({"term_until": "2020-01-01"}, "빠를 수 없습니다."),
        ({"moderator_email": "hana@hanbit.example"}, "위원이 될 수 없습니다."),
        ({"moderator_email": "rio@garam.example"}, "한빛시의 이메일 주소가 아닙니다."),
        ({"moderator_email": "new@hanbit.example"}, "이름을 써 주시면"),
        ({"name": " "}, "보드 이름"),
        (
            {"moderator_email": "mod@gmail.example", "moderator_name": "바깥"},
            "기관의 공직 메일 주소가 아닙니다(gmail.example).",
        ),
    ],
)
def test_what_cannot_be_founded_is_refused_whole_and_keeps_what_was_typed(hanbit, door, fields, sentence):
    before = Board.objects.count(), User.objects.count(), Event.objects.count()

    answer = door.enter(hanbit.admin).post(PAGE, **told(hanbit, cohort="7", **fields))

    assert answer.status_code in (409, 422)
    assert sentence in words(answer)
    assert 'value="7"' in text(answer)
    assert (Board.objects.count(), User.objects.count(), Event.objects.count()) == before


def test_an_office_of_another_institution_cannot_be_addressed(hanbit, door):
    foreign = hanbit.garam.institution.offices.get()

    assert door.enter(hanbit.admin).post(PAGE, **told(hanbit, addressee=foreign.pk)).status_code == 422


@pytest.mark.parametrize("key", ["minji", "staff", "hana", "audit", "guest"])
def test_nobody_but_the_institutions_admin_founds_boards(hanbit, door, key):
    door.enter(hanbit.people[key])

    assert PAGE not in text(door.get("/"))
    assert door.post(PAGE, **told(hanbit)).status_code == 403
    assert not Board.objects.filter(slug="hanbit-4").exists()


def test_a_moderator_with_an_address_that_is_no_officials_is_confirmed(hanbit, door):
    new = {"moderator_email": "mod@gmail.example", "moderator_name": "바깥"}

    assert door.enter(hanbit.admin).post(PAGE, **told(hanbit, **new, outside="on"))["Location"] == "/boards/hanbit-4/"


# The addressee, named later

ADDRESSEE = "/institution/boards/hanbit/addressee/"


def test_a_board_founded_without_an_addressee_waits_on_the_admins_home_until_one_is_named(hanbit, door, keys):
    Board.objects.filter(pk=hanbit.board.pk).update(addressee=None)
    proposal = published(hanbit.jun, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=0, reason="뜻을 묻습니다.")
    assert "답변할 직위 없음" in words(door.enter(hanbit.admin).get("/"))
    office = hanbit.board.addressee

    answer = door.post(ADDRESSEE, addressee=office.pk)

    assert answer["Location"] == "/"
    page = door.get("/")
    assert "답변할 직위를 정했습니다." in words(page)
    assert "답변할 직위 없음" not in words(page)
    assert "답변할 직위: 혁신책임관" in words(page)
    assert ADDRESSEE in text(page)
    assert Board.objects.get(pk=hanbit.board.pk).addressee == office
    assert open_ballot(proposal, keys=keys).addressee == office
    log = words(door.enter(hanbit.jun).get("/boards/hanbit/log/"))
    assert "문가영 님이 가결된 제안에 답변할 직위를 정했습니다." in log
    assert f"답변할 직위: 정하지 않음 → {office.title}" in log
    tell()
    assert Notification.objects.filter(person=hanbit.minji, event__verb="addressee_named").exists()


def test_an_open_ballot_keeps_its_addressee(hanbit, door, keys):
    proposal = published(hanbit.jun, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=0, reason="뜻을 묻습니다.")
    ballot = open_ballot(proposal, keys=keys)
    other = hanbit.board.institution.offices.exclude(pk=hanbit.board.addressee_id).first()

    door.enter(hanbit.admin).post(ADDRESSEE, addressee=other.pk)

    ballot.refresh_from_db()
    assert ballot.addressee == hanbit.board.addressee
    assert f"{hanbit.board.addressee.title} → {other.title}" in words(door.enter(hanbit.jun).get("/boards/hanbit/log/"))


def test_no_other_institutions_office_answers(hanbit, door):
    foreign = hanbit.garam.institution.offices.get()

    assert door.enter(hanbit.admin).post(ADDRESSEE, addressee=foreign.pk).status_code == 422
    assert door.post(ADDRESSEE, addressee="").status_code == 422
    assert not Event.objects.filter(verb="addressee_named").exists()
