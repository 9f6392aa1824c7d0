"""The page of a proposal and its panels."""

import pytest

from boards.discussion.models import Stance
from boards.moderation.actions import hide
from boards.proposals.actions import withdraw
from tests.boards.browsing import TEXTS, commented, published, section, text, without_tokens, words

PANELS = ("text", "state", "timeline", "support")


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


@pytest.mark.parametrize("key", ["jun", "sora", "minji", "staff", "admin", "audit"])
def test_the_board_and_the_staff_read_number_author_and_texts(hanbit, door, proposal, key):
    page = words(door.enter(hanbit.people[key]).get(f"/proposals/{proposal.pk}/"))

    for said in (proposal.number, "제안자 이준", "현황 및 문제점", "개선방안", "기대효과", *TEXTS.values()):
        assert said in page


@pytest.mark.parametrize("key", ["hana", "boss", "rio", "nuri", "guest"])
def test_for_everybody_else_it_is_as_if_it_did_not_exist(hanbit, door, proposal, key):
    door.enter(hanbit.people[key])

    for path in ("", "text/", "state/", "timeline/", "support/", "comments/", "withdrawal/", "improvement/", "hiding/"):
        there = door.get(f"/proposals/{proposal.pk}/{path}")
        absent = door.get(f"/proposals/987654/{path}")
        assert (there.status_code, without_tokens(there)) == (404, without_tokens(absent)), path


def test_markup_in_a_text_is_shown_as_text(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board, problem="<script>alert(1)</script> **굵게**", title="<b>제목</b>")

    page = text(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"))

    assert "<script>alert" not in page
    assert "<strong>굵게</strong>" in page
    assert "<b>제목</b>" not in page


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_fetched_by_a_script_equals_the_one_on_the_page(hanbit, door, proposal, name):
    commented(hanbit.sora, proposal, "의견입니다.")
    door.enter(hanbit.sora)
    page = door.get(f"/proposals/{proposal.pk}/")

    panel = door.get(f"/proposals/{proposal.pk}/{name}/", script=True)

    assert f'data-panel="proposal:{proposal.pk}"' in text(panel)
    assert f'data-src="/proposals/{proposal.pk}/{name}/"' in text(panel)
    assert without_tokens(panel).strip() in without_tokens(page)


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_opened_without_a_script_leads_to_the_page(hanbit, door, proposal, name):
    answer = door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/{name}/")

    assert answer.status_code == 303
    assert answer.url.partition("#")[0] == f"/proposals/{proposal.pk}/"


def test_the_timeline_tells_the_acts_in_order_with_their_time_and_leaves_the_talk_out(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "의견입니다.", stance=Stance.QUESTION)
    withdraw(proposal, by=hanbit.jun, reason="다른 제안과 합칩니다.")

    timeline = section(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"), "panel-timeline")

    assert timeline.index("이준 님이 제안을 공개했습니다.") < timeline.index("이준 님이 제안을 철회했습니다.")
    assert timeline.count("<time") == 2
    assert "댓글" not in timeline


def test_only_the_author_is_offered_the_withdrawal_and_only_the_moderator_the_hiding(hanbit, door, proposal):
    def offered(person) -> list[str]:
        state = text(door.enter(person).get(f"/proposals/{proposal.pk}/state/", script=True))
        return [act for act in ("withdrawal", "improvement", "hiding") if f"/proposals/{proposal.pk}/{act}/" in state]

    assert offered(hanbit.jun) == ["withdrawal"]
    assert offered(hanbit.minji) == ["hiding"]
    assert offered(hanbit.sora) == []
    assert offered(hanbit.staff) == []


def test_a_hidden_proposal_shows_rule_and_reason_and_nothing_of_its_text(hanbit, door, proposal):
    hide(proposal, by=hanbit.minji, rule="R01", reason="전화번호가 적혀 있습니다.")
    comment = commented(hanbit.sora, proposal, "의견입니다.")

    paths = [f"/proposals/{proposal.pk}/", f"/comments/{comment.pk}/reply/", f"/comments/{comment.pk}/acts/"]
    for person in (hanbit.sora, hanbit.jun, hanbit.minji):
        door.enter(person)
        pages = [door.get(path) for path in paths] + [door.get(f"{paths[0]}text/", script=True)]
        for page in pages:
            assert page.status_code == 200
            assert not [value for value in TEXTS.values() if value in text(page)]
        for page in (pages[0], pages[-1]):
            assert "운영원칙 R01 ‘개인정보 게재’에 따라" in words(page)
            assert "이유: 전화번호가 적혀 있습니다." in words(page)
    assert proposal.number in text(pages[0])
