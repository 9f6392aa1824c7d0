"""A moderator invites an address; its holder signs in or up, accepts, and is a member."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from boards.membership.actions import add_member, end_membership
from boards.membership.invitations.models import Invitation
from boards.membership.models import Membership
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from tests.boards.browsing import section, text, words
from tests.boards.membership.seating import seat_of, today, typed
from tests.forum.accounts.visiting import CODE, SIGN_UP, code_for, letter_to, person
from tests.forum.accounts.visiting import typed as signing_up

PAGE = "/boards/hanbit/invitations/"
STAFF = "staff@hanbit.example"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def invited(door, email: str = STAFF, **fields) -> str:
    """Send an invitation and return the path of the link in its mail."""
    answer = door.post(PAGE, **typed(email, **fields))
    assert answer.status_code == 302, words(answer)
    return re.search(r"/invitations/[\w-]+/", letter_to(email).body)[0]


def test_the_mail_says_who_invites_to_what_and_until_when(hanbit, door):
    link = invited(door.enter(hanbit.minji))

    letter = letter_to(STAFF)
    assert "한빛 주니어보드" in letter.subject
    for told in ("김민지", "위원", f"{timezone.localtime(timezone.now() + timedelta(days=14)):%Y. %-m. %-d.}", link):
        assert told in letter.body


def test_an_invitation_sent_twice_is_one_mail_whose_link_works(hanbit, door):
    client_id = uuid.uuid4()
    link = invited(door.enter(hanbit.minji), client_id=client_id)

    again = door.post(PAGE, **typed(STAFF, client_id=client_id))
    another = door.post(PAGE, **typed("new@hanbit.example", client_id=client_id))

    assert (again.status_code, another.status_code) == (302, 409)
    assert 'value="new@hanbit.example"' in text(another)
    assert Letter.objects.filter(to=STAFF).count() == Invitation.objects.count() == 1
    assert door.enter(hanbit.staff).post(link)["Location"] == "/boards/hanbit/"


def test_who_accepts_is_a_member_in_the_role_team_and_term_offered(hanbit, door):
    team = hanbit.board.teams.first()
    link = invited(door.enter(hanbit.minji), team=team.pk)

    page = words(door.enter(hanbit.staff).get(link))
    answer = door.post(link)

    assert "한빛 주니어보드 초대" in page
    assert team.name in page
    assert answer["Location"] == "/boards/hanbit/"
    seat = seat_of(hanbit.staff)
    assert (seat.role, seat.team, seat.term_from, seat.added_by) == ("member", team, today(), hanbit.minji)
    assert door.get("/boards/hanbit/proposals/new/").status_code == 200
    tell()
    assert Notification.objects.filter(person=hanbit.minji, event__verb="invitation_accepted").exists()


def test_a_newcomer_signs_up_from_the_link_and_lands_on_it(hanbit, door):
    link = invited(door.enter(hanbit.minji), "new@hanbit.example")
    browser = Client()

    asked = browser.get(link)["Location"]
    form = text(browser.get(asked))
    sign_up_link = re.search(r'href="(/accounts/signup/[^"]*)"', form)[1]
    browser.post(SIGN_UP, {**signing_up("new@hanbit.example"), "next": link})
    landed = browser.post(CODE, {"action": "verify", "code": code_for("new@hanbit.example")})

    assert f"next={link}".replace("/", "%2F") in sign_up_link.replace("/", "%2F")
    assert landed["Location"] == link
    assert browser.post(link)["Location"] == "/boards/hanbit/"
    assert seat_of(person("new@hanbit.example")).in_office


def test_an_invitation_proves_the_institution_of_a_shared_address_once_it_is_accepted(hanbit, door):
    link = invited(door.enter(hanbit.minji), "someone@korea.kr")
    browser = Client()
    browser.post(SIGN_UP, signing_up("someone@korea.kr"))
    browser.post(CODE, {"action": "verify", "code": code_for("someone@korea.kr")})

    assert person("someone@korea.kr").institution is None  # it may have gone to a mistyped address
    assert browser.get("/boards/hanbit/").status_code == 404
    assert browser.post(link)["Location"] == "/boards/hanbit/"
    assert person("someone@korea.kr").institution == hanbit.board.institution


def test_an_invitation_is_worth_nothing_once_who_sent_it_moderates_no_more(hanbit, door):
    second = User.objects.create_user("second@hanbit.example", name="두번째", institution=hanbit.board.institution)
    seat = add_member(
        hanbit.board, by=hanbit.minji, person=second, role=Membership.Role.MODERATOR,
        term_from=timezone.localdate(), term_until=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    link = invited(door.enter(second))
    end_membership(seat, by=hanbit.minji)

    answer = door.enter(hanbit.staff).post(link)

    assert answer.status_code == 409
    assert "지금 운영자에게 다시 초대를 부탁해 주세요." in words(answer)
    assert not Membership.objects.filter(person=hanbit.staff).exists()


def test_an_account_without_institution_joins_by_accepting(hanbit, door):
    stray = User.objects.create_user("stray@korea.kr", name="떠돌이")
    link = invited(door.enter(hanbit.minji), stray.email)

    assert door.enter(stray).post(link)["Location"] == "/boards/hanbit/"

    stray.refresh_from_db()
    assert stray.institution == hanbit.board.institution


def test_only_a_hash_of_the_link_is_kept(hanbit, door):
    token = invited(door.enter(hanbit.minji)).strip("/").partition("/")[2]

    kept = repr(list(Invitation.objects.values())) + repr(list(Event.objects.values()))

    assert token not in kept
    assert Invitation.objects.get().token_hash in kept


# A link that does not work says why


def refused(door, who, link) -> tuple[int, str]:
    door.enter(who)
    page, act = door.get(link), door.post(link)
    assert page.status_code == act.status_code
    assert not Membership.objects.filter(person=who, ended_at=None, term_from=today()).exists()
    return act.status_code, words(act)


def test_a_forwarded_link_opens_nothing_and_names_nobody(hanbit, door):
    link = invited(door.enter(hanbit.minji))

    status, page = refused(door, hanbit.rio, link)

    assert status == 403
    assert "다른 이메일 주소로 보낸 것입니다" in page
    assert STAFF not in page
    assert "한빛" not in page


def test_a_revoked_link_says_so(hanbit, door):
    link = invited(door.enter(hanbit.minji))
    door.post(f"/invitations/{Invitation.objects.get().pk}/revocation/")

    assert refused(door, hanbit.staff, link)[0] == 409
    assert "운영자가 취소한 초대입니다" in refused(door, hanbit.staff, link)[1]


def test_an_expired_link_says_so(hanbit, door):
    link = invited(door.enter(hanbit.minji))
    Invitation.objects.update(expires_at=timezone.now())

    status, page = refused(door, hanbit.staff, link)

    assert (status, "기한이 지난 초대입니다" in page) == (409, True)


def test_a_used_link_says_so_and_seats_nobody_twice(hanbit, door):
    link = invited(door.enter(hanbit.minji))
    door.enter(hanbit.staff).post(link)

    answer = door.post(link)

    assert answer.status_code == 409
    assert "링크는 한 번만 쓸 수 있습니다" in words(answer)
    assert Membership.objects.filter(person=hanbit.staff).count() == 1


def test_a_link_nobody_sent_is_not_there(hanbit, door):
    assert door.enter(hanbit.staff).get("/invitations/nobody-sent-this/").status_code == 404


def test_a_newer_invitation_makes_the_older_link_useless(hanbit, door):
    first = invited(door.enter(hanbit.minji))
    second = invited(door)

    assert door.enter(hanbit.staff).post(first).status_code == 409
    assert door.post(second).status_code == 302
    assert list(Invitation.objects.order_by("pk").values_list("revoked_by", flat=True)) == [hanbit.minji.pk, None]


# The moderator's side


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"person": "jun@hanbit.example"}, 409, "이미 이 보드의 위원입니다."),
        ({"person": "hana@hanbit.example"}, 422, "위원이 될 수 없습니다."),
        ({"person": "rio@garam.example"}, 422, "한빛시의 이메일 주소가 아닙니다."),
        ({"person": "new@garam.example"}, 422, "한빛시의 이메일 주소가 아닙니다."),
        ({"person": "new@gmail.example"}, 422, "공직자 메일로 등록되어 있지 않아"),
        ({"person": "guest@guest.example"}, 422, "한빛시의 이메일 주소가 아닙니다."),
        ({"term_until": "2020-01-01"}, 422, "빠를 수 없습니다."),
        ({"person": "누구"}, 422, "초대할 이메일"),
    ],
)
def test_a_refused_invitation_says_why_keeps_what_was_typed_and_mails_nobody(hanbit, door, fields, status, sentence):
    answer = door.enter(hanbit.minji).post(PAGE, **typed(**fields))

    assert answer.status_code == status
    assert sentence in words(answer)
    assert typed(**fields)["email"] in text(answer)
    assert typed(**fields)["term_until"] in text(answer)
    assert (Invitation.objects.count(), Letter.objects.count()) == (0, 0)


def test_the_list_tells_what_became_of_each(hanbit, door):
    door.enter(hanbit.minji)
    for email in (STAFF, "a@hanbit.example", "b@hanbit.example", "c@hanbit.example"):
        link = invited(door, email)
        if email == STAFF:
            door.enter(hanbit.staff).post(link)
            door.enter(hanbit.minji)
    third, last = Invitation.objects.order_by("-pk")[:2][::-1]
    door.post(f"/invitations/{third.pk}/revocation/")
    Invitation.objects.filter(pk=last.pk).update(expires_at=timezone.now())

    page = door.get(PAGE)

    shown = [words_of(section(page, f"invitation-{it.pk}")) for it in Invitation.objects.order_by("pk")]
    for told, word in zip(shown, ("받아들임", "기다리는 중", "취소함", "기한 지남"), strict=True):
        assert word in told
    assert ["초대 취소" in told for told in shown] == [False, True, False, True]


def words_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_the_log_tells_of_invitations_without_an_address(hanbit, door):
    invited(door.enter(hanbit.minji))

    page = words(door.enter(hanbit.sora).get("/boards/hanbit/log/"))

    assert "김민지 님이 위원으로 초대했습니다." in page
    assert STAFF not in page


def test_one_unsettled_invitation_an_address_is_also_the_databases_law(hanbit, door):
    invited(door.enter(hanbit.minji))

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM boards_invitation WHERE accepted_at IS NULL AND revoked_at IS NULL")
        assert cursor.fetchone()[0] == 1
    names = {constraint.name for constraint in Invitation._meta.constraints}
    assert {"one_unsettled_invitation_per_address", "an_invitation_ends_once"} <= names


# Adding at once, without an invitation


def test_an_address_of_another_institutions_domain_gets_no_account_here(hanbit, door):
    answer = door.enter(hanbit.minji).post("/boards/hanbit/members/new/", **typed("new@garam.example", name="새내기"))

    assert answer.status_code == 422
    assert not User.objects.filter(email="new@garam.example").exists()


def test_a_sign_up_nobody_confirmed_takes_the_name_the_moderator_gives(hanbit, door):
    Client().post(SIGN_UP, signing_up("new@hanbit.example", name="장난"))

    door.enter(hanbit.minji).post("/boards/hanbit/members/new/", **typed("new@hanbit.example", name="새내기"))

    added = person("new@hanbit.example")
    assert (added.name, added.institution, added.unconfirmed) == ("새내기", hanbit.board.institution, False)
