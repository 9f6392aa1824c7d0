"""A refusal is no dead end: it leads back to what it was about, as far as the person may read that."""

import html
import re

import pytest

from boards.membership.models import Membership
from boards.proposals.actions import withdraw
from boards.rooms.models import Room
from tests.boards.browsing import commented, draft_of, published, text, words
from tests.boards.home.ways import balloted


def back(page) -> dict[str, str]:
    """The links of a refusal's page, by what they say."""
    body = text(page)[text(page).index('<section class="error-page">') :]
    found = re.findall(r'<a class="btn [^"]*" href="([^"]*)">([^<]*)</a>', body)
    return {said: html.unescape(path) for path, said in found}


HOME = {"홈으로 가기": "/"}


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.sora, hanbit.board)


@pytest.mark.parametrize("path", ["withdrawal/", "ballot-call/", "edit/", "co-proposers/"])
def test_who_may_not_act_on_a_proposal_finds_back_to_it(hanbit, door, proposal, path):
    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/{path}")

    assert page.status_code in (403, 409)
    assert back(page) == {"이 제안으로 돌아가기": f"/proposals/{proposal.pk}/"} | HOME
    assert door.get(f"/proposals/{proposal.pk}/").status_code == 200


def test_what_cannot_be_done_now_leads_back_as_well(hanbit, door, proposal):
    withdraw(proposal, by=hanbit.sora, reason="다시 쓰겠습니다.")

    page = door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/withdrawal/")

    assert page.status_code == 409
    assert back(page) == {"이 제안으로 돌아가기": f"/proposals/{proposal.pk}/"} | HOME


def test_anothers_comment_leads_back_to_its_place(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "동의합니다.")

    page = door.enter(hanbit.jun).get(f"/comments/{comment.pk}/edit/")

    assert page.status_code == 403
    assert back(page) == {"이 댓글로 돌아가기": f"/comments/{comment.pk}/"} | HOME
    assert door.client.get(f"/comments/{comment.pk}/", follow=True).status_code == 200


def test_a_ballots_pages_lead_back_to_its_proposal(hanbit, door, keys):
    ballot = balloted(hanbit, keys)

    page = door.enter(hanbit.jun).get(f"/ballots/{ballot.pk}/void/")

    assert page.status_code in (403, 409)
    assert back(page) == {"이 제안으로 돌아가기": f"/proposals/{ballot.proposal_id}/"} | HOME


def test_what_belongs_to_a_board_leads_back_to_the_board(hanbit, door):
    team, seat = hanbit.board.teams.first(), Membership.objects.get(board=hanbit.board, person=hanbit.sora)
    door.enter(hanbit.jun)

    for path in (f"/teams/{team.pk}/", f"/memberships/{seat.pk}/", "/boards/hanbit/settings/"):
        page = door.get(path)
        assert (path, page.status_code) == (path, 403)
        assert back(page) == {"이 보드로 돌아가기": "/boards/hanbit/"} | HOME


def test_a_refused_page_does_not_lead_to_itself(hanbit, door):
    room = Room.objects.filter(board=hanbit.board).first()

    page = door.enter(hanbit.staff).get(f"/rooms/{room.pk}/")

    assert f"/rooms/{room.pk}/" not in back(page).values()


def test_no_way_leads_to_what_the_person_does_not_see(hanbit, door, proposal):
    draft = draft_of(hanbit.sora, hanbit.board)
    door.enter(hanbit.rio)

    for path in (
        f"/proposals/{proposal.pk}/withdrawal/",
        f"/proposals/{draft.pk}/withdrawal/",
        "/boards/hanbit/settings/",
    ):
        page = door.get(path)
        assert page.status_code == 404
        assert "돌아가기" not in words(page)
