"""The board's page: who finds it, what the list shows, and the rules in force in plain sentences."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from boards.escalation.models import Escalation
from boards.home import listing
from boards.membership.models import Board
from boards.moderation.actions import hide
from boards.proposals import sharing
from boards.proposals.actions import withdraw
from boards.proposals.models import Proposal
from boards.support.actions import support
from forum.institutions.models import Office
from tests.boards.browsing import commented, draft_of, published, section, text, without_tokens, words
from tests.boards.home.ways import balloted, called, passed

BOARD = "/boards/hanbit/"


def titles(response) -> list[str]:
    """The titles of the proposals on a page, from top to bottom, without their numbers."""
    links = re.findall(r'<h3><a href="/proposals/\d+/"><span class="number">(.*?)</a>', text(response), re.DOTALL)
    return [link.strip().partition(" ")[2] for link in links]


def next_link(response) -> str | None:
    found = re.search(r'href="(\?[^"]*before=[^"]*)"', text(response))
    return found and BOARD + found[1].replace("&amp;", "&")


# Who


@pytest.mark.parametrize("key", ["jun", "minji", "staff", "admin", "audit"])
def test_the_board_and_its_institution_read_the_list(hanbit, door, key):
    published(hanbit.jun, hanbit.board)

    assert titles(door.enter(hanbit.people[key]).get(BOARD)) == ["시보떡 문화 없애기"]


@pytest.mark.parametrize("key", ["rio", "nuri", "hana", "boss", "guest"])
def test_for_everybody_else_the_board_is_not_there(hanbit, door, key):
    published(hanbit.jun, hanbit.board)
    door.enter(hanbit.people[key])

    there, absent = door.get(BOARD), door.get("/boards/nothing/")

    assert (there.status_code, without_tokens(there).replace("hanbit", "nothing")) == (404, without_tokens(absent))


@pytest.mark.parametrize("key", ["staff", "admin", "audit"])
def test_a_closed_board_is_read_by_those_who_sit_on_it_only(hanbit, door, key):
    Board.objects.filter(pk=hanbit.board.pk).update(closed=True)

    assert door.enter(hanbit.people[key]).get(BOARD).status_code == 404
    answer = door.enter(hanbit.jun).get(BOARD)
    assert answer.status_code == 200
    assert "공개한 제안은 이 보드의 위원과 운영자만 읽습니다." in text(answer)


# The list


def test_a_proposal_is_listed_with_its_number_state_author_support_and_talk(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)
    commented(hanbit.tae, proposal, "찬성합니다.")
    commented(hanbit.sora, proposal, "저도요.")
    support(proposal, by=hanbit.sora)

    shown = section(door.enter(hanbit.staff).get(BOARD), f"proposal-{proposal.pk}")

    assert proposal.number in shown
    assert '<span class="chip chip-open">토론·공감</span>' in shown
    assert hanbit.jun.name in shown
    assert f"공감 1/{proposal.support_needed}명" in shown
    assert "댓글 2개" in shown
    assert f"{timezone.localtime(proposal.opened_at):%Y. %-m. %-d. %H:%M}" in shown


@pytest.mark.parametrize(
    "fact",
    [
        {"title": "고친 제목"},
        {"number": "한빛-고친-1"},
        {"state": "withdrawn"},
        {"field": "service"},
        {"kind": "main"},
        {"support_count": 7},
        {"support_needed": 99},
        {"opened_at": timezone.now() - timedelta(days=9)},
    ],
    ids=lambda fact: next(iter(fact)),
)
def test_a_card_that_was_shown_before_says_what_is_true_now(hanbit, door, fact):
    proposal = published(hanbit.jun, hanbit.board)
    before = section(door.enter(hanbit.staff).get(BOARD), f"proposal-{proposal.pk}")

    Proposal.objects.filter(pk=proposal.pk).update(**fact)

    assert section(door.get(BOARD), f"proposal-{proposal.pk}") != before


def test_a_card_follows_the_names_talk_and_language(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)
    team = hanbit.board.teams.first()
    Proposal.objects.filter(pk=proposal.pk).update(team=team)
    seen = [section(door.enter(hanbit.staff).get(BOARD), f"proposal-{proposal.pk}")]

    for change in (
        lambda: type(team).objects.filter(pk=team.pk).update(name="새 분임조"),
        lambda: type(hanbit.jun).objects.filter(pk=hanbit.jun.pk).update(name="이준호"),
        lambda: sharing.accept(sharing.invite(proposal, by=hanbit.jun, person=hanbit.sora, share=20), by=hanbit.sora),
        lambda: commented(hanbit.tae, proposal, "찬성합니다."),
        lambda: door.post("/language/", language="en"),
    ):
        change()
        seen.append(section(door.get(BOARD), f"proposal-{proposal.pk}"))

    assert len(set(seen)) == len(seen)
    assert "새 분임조" in seen[-1]
    assert "이준호, 박소라" in seen[-1]


def test_the_newest_proposal_comes_first_and_drafts_are_not_there(hanbit, door):
    for title in ("첫째", "둘째", "셋째"):
        published(hanbit.jun, hanbit.board, title=title)
    draft_of(hanbit.jun, hanbit.board, title="아직 쓰는 글")
    published(hanbit.rio, hanbit.garam, title="이웃 보드의 글")

    assert titles(door.enter(hanbit.jun).get(BOARD)) == ["셋째", "둘째", "첫째"]


def test_the_list_can_be_narrowed_to_one_state(hanbit, door, keys):
    published(hanbit.sora, hanbit.board, title="토론하는 글")
    balloted(hanbit, keys, title="표결하는 글")
    passed(hanbit, keys, title="가결된 글")
    withdraw(published(hanbit.tae, hanbit.board, title="철회한 글"), by=hanbit.tae, reason="더 다듬겠습니다.")
    door.enter(hanbit.jun)

    seen = {state: titles(door.get(f"{BOARD}?state={state}")) for state in ("open", "balloting", "passed", "withdrawn")}

    assert seen == {
        "open": ["토론하는 글"],
        "balloting": ["표결하는 글"],
        "passed": ["가결된 글"],
        "withdrawn": ["철회한 글"],
    }
    assert 'aria-current="page">가결</a>' in text(door.get(f"{BOARD}?state=passed"))


@pytest.mark.parametrize("query", ["state=nonsense", "state=draft", "before=nonsense", "before=-3"])
def test_a_query_nobody_offered_shows_no_draft_and_does_no_harm(hanbit, door, query):
    published(hanbit.jun, hanbit.board, title="공개한 글")
    draft_of(hanbit.jun, hanbit.board, title="아직 쓰는 글")

    page = door.enter(hanbit.jun).get(f"{BOARD}?{query}")

    assert page.status_code == 200
    assert "아직 쓰는 글" not in text(page)


def test_older_proposals_are_reached_by_a_link_that_keeps_the_state(hanbit, door, keys, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(5):
        published(hanbit.sora, hanbit.board, title=f"제안 {number}")
    balloted(hanbit, keys, title="표결하는 글")
    door.enter(hanbit.jun)

    seen, path = [], f"{BOARD}?state=open"
    while path:
        page = door.get(path)
        seen.append(titles(page))
        path = next_link(page)

    assert seen == [["제안 4", "제안 3"], ["제안 2", "제안 1"], ["제안 0"]]


def test_a_missed_last_day_to_answer_is_public_on_the_list(hanbit, door, keys):
    escalation = passed(hanbit, keys)
    door.enter(hanbit.staff)
    before = section(door.get(BOARD), f"proposal-{escalation.proposal_id}")

    Escalation.objects.filter(pk=escalation.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    after = section(door.get(BOARD), f"proposal-{escalation.proposal_id}")

    assert "기한 초과" not in before
    assert f"{escalation.due_on:%Y. %-m. %-d.}" in before
    assert "기한 초과" in after


def test_the_title_of_a_hidden_proposal_is_not_on_the_list(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board, title="가려야 할 제목")
    hide(proposal, by=hanbit.minji, rule="R01", reason="개인정보가 들어 있습니다.")

    page = door.enter(hanbit.sora).get(BOARD)

    assert "가려야 할 제목" not in text(page)
    assert proposal.number in section(page, f"proposal-{proposal.pk}")


@pytest.mark.parametrize(
    ("key", "query", "sentence"),
    [
        ("jun", "", "첫 제안을 써 주세요"),
        ("staff", "", "위원이 제안을 공개하면 여기에 나타납니다"),
        ("jun", "?state=failed", "이 상태의 제안이 없습니다"),
    ],
)
def test_an_empty_list_says_what_to_do_next(hanbit, door, key, query, sentence):
    assert sentence in text(door.enter(hanbit.people[key]).get(BOARD + query))


# Rules and ways on


def test_the_rules_in_force_are_told_in_plain_sentences(hanbit, door):
    Board.objects.filter(pk=hanbit.board.pk).update(
        support_absolute=12, support_percent=7, ballot_days=9, quorum_percent=61, pass_percent=55, breadth=3,
        answer_days=25,
    )  # fmt: skip

    rules = words(door.enter(hanbit.staff).get(BOARD))

    for sentence in (
        "공감한 사람이 72명이 되면 표결이 저절로 시작됩니다. 12명과, 직원 1,020명의 7% 가운데 많은 쪽입니다.",
        "표결은 9일 동안 하고, 따로 정하지 않으면 비밀 표결(운영 서버가 개표)입니다.",
        "위원의 61% 이상이 투표하고(기권도 셉니다), 찬성이 찬성과 반대를 더한 수의 55%를 넘고, 3개 이상의 분임조가",
        "가결된 제안은 혁신책임관에게 상정됩니다. 상정된 날부터 25일 안에 이유를 붙여 답해야 하고",
        "지금 그 자리는 정하나 님이 맡고 있습니다.",
    ):
        assert sentence in rules


def test_the_threshold_told_is_the_one_a_proposal_gets(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)

    assert f"공감한 사람이 {proposal.support_needed}명이 되면" in text(door.enter(hanbit.jun).get(BOARD))


def test_a_board_whose_ballots_cannot_open_says_so_before_anybody_writes(hanbit, door):
    door.enter(hanbit.jun)
    Office.objects.filter(holder=hanbit.hana).update(holder=None)
    vacant = text(door.get(BOARD))
    Board.objects.filter(pk=hanbit.board.pk).update(addressee=None)
    nobody = text(door.get(BOARD))

    assert "지금 그 자리가 비어 있어" in vacant
    assert "답변할 책임관이 정해지지 않아" in nobody


@pytest.mark.parametrize(
    ("key", "write", "rooms", "log"),
    [
        ("jun", True, True, True),
        ("minji", False, True, True),
        ("staff", False, False, False),
        ("admin", False, False, False),
        ("audit", False, False, True),
    ],
)
def test_the_page_leads_where_the_reader_may_go_and_nowhere_else(hanbit, door, key, write, rooms, log):
    page = text(door.enter(hanbit.people[key]).get(BOARD))

    links = [f'href="{BOARD}{path}"' in page for path in ("proposals/new/", "rooms/", "log/", "members/")]

    assert links == [write, rooms, log, True]
    assert ("제안은 임기 중인 위원만 쓸 수 있습니다." in page) is not write


def test_a_called_proposal_that_waits_is_still_listed_as_open(hanbit, door):
    proposal = called(hanbit)

    assert 'class="chip chip-open"' in section(door.enter(hanbit.jun).get(BOARD), f"proposal-{proposal.pk}")
