"""A board's list: narrowed, sorted, and read to its end without meeting anything twice."""

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from boards.home import listing
from boards.membership.models import Mode
from boards.moderation.actions import hide
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.states import Sharing
from boards.voting.models import Ballot
from forum.web.paging import Order, moment, number, page_of
from tests.boards.browsing import commented, draft_of, published, text, words
from tests.boards.home.test_board import BOARD, next_link, titles
from tests.boards.home.ways import balloted


def made(hanbit, title: str, **facts) -> Proposal:
    proposal = published(hanbit.jun, hanbit.board, title=title)
    Proposal.objects.filter(pk=proposal.pk).update(**facts)
    return proposal


def read(door, query: str) -> list[str]:
    return titles(door.get(f"{BOARD}?{query}"))


# Narrowing


def test_the_list_is_narrowed_by_field_kind_team_and_state_together(hanbit, door):
    team, other = hanbit.board.teams.order_by("name")[:2]
    made(hanbit, "가", field="work", kind="main", team=team)
    made(hanbit, "나", field="work", kind="free", team=other)
    made(hanbit, "다", field="service", kind="main", team=team, state="withdrawn")
    door.enter(hanbit.staff)

    assert read(door, "field=work") == ["나", "가"]
    assert read(door, "kind=main") == ["다", "가"]
    assert read(door, f"team={team.pk}") == ["다", "가"]
    assert read(door, f"team={team.pk}&field=work&kind=main&state=open") == ["가"]
    assert read(door, f"team={other.pk}&field=service") == []


@pytest.mark.parametrize("query", ["field=x", "kind=x", "team=x", "team=987654", "sort=x", "state=x"])
def test_what_nobody_offered_narrows_nothing(hanbit, door, query):
    made(hanbit, "가")

    assert read(door.enter(hanbit.jun), query) == ["가"]


def test_words_are_found_in_title_and_texts_however_they_are_composed(hanbit, door):
    published(hanbit.jun, hanbit.board, title="회의 줄이기", problem="보고가 너무 잦습니다.")
    published(hanbit.jun, hanbit.board, title="휴가 쓰기", remedy="QR 출입으로 바꿉니다.")
    door.enter(hanbit.jun)

    assert read(door, f"q={quote('회의')}") == ["회의 줄이기"]
    assert read(door, f"q={quote(unicodedata.normalize('NFD', '보고가'))}") == ["회의 줄이기"]
    assert read(door, "q=qr") == ["휴가 쓰기"]
    assert read(door, f"q={quote('100%')}") == []
    assert read(door, "q=_") == []


def test_no_search_finds_a_draft_a_hidden_text_or_another_boards_proposal(hanbit, door):
    draft_of(hanbit.jun, hanbit.board, title="비밀 초안 제목")
    hide(published(hanbit.jun, hanbit.board, title="비밀 전화번호"), by=hanbit.minji, rule="R01", reason="번호입니다.")
    published(hanbit.rio, hanbit.garam, title="비밀 이웃")

    page = door.enter(hanbit.jun).get(f"{BOARD}?q={quote('비밀')}")

    assert titles(page) == []
    assert "이 조건에 맞는 제안이 없습니다." in words(page)


def test_the_choices_stay_in_the_form_and_in_every_link(hanbit, door, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    for title in ("가", "나"):
        made(hanbit, title, field="work", support_count=2)

    page = door.enter(hanbit.jun).get(f"{BOARD}?field=work&sort=supported&q=")

    assert '<option value="work" selected>' in text(page)
    assert '<option value="supported" selected>' in text(page)
    links = [it.replace("&amp;", "&") for it in re.findall(r'href="(\?[^"]*)"', text(page))]
    assert all("sort=supported" in it and "field=work" in it for it in links if "조건" not in it and "state" in it)
    following = door.get(next_link(page))
    assert titles(following) == ["가"]
    assert '<option value="work" selected>' in text(following)


# Sorting


def test_four_orders(hanbit, door, keys):
    old = made(hanbit, "가", support_count=5)
    made(hanbit, "나", support_count=9)
    made(hanbit, "다", support_count=1)
    balloted(hanbit, keys, title="라", mode=Mode.NAMED)
    later = balloted(hanbit, keys, title="마", mode=Mode.NAMED)
    Ballot.objects.filter(pk=later.pk).update(closes_at=later.closes_at + timedelta(days=1))
    commented(hanbit.sora, old, "아직 필요한 제안입니다.")
    door.enter(hanbit.jun)

    assert read(door, "") == ["마", "라", "다", "나", "가"]
    assert read(door, "sort=newest") == ["마", "라", "다", "나", "가"]
    assert read(door, "sort=supported")[:3] == ["나", "가", "다"]
    assert read(door, "sort=active")[0] == "가"
    assert read(door, "sort=closing") == ["라", "마", "다", "나", "가"]


@pytest.mark.parametrize("sort", listing.ORDERS)
def test_each_order_is_read_to_its_end_page_by_page(hanbit, door, keys, monkeypatch, sort):
    monkeypatch.setattr(listing, "PAGE", 2)
    for it in range(5):
        made(hanbit, f"제안 {it}", support_count=it // 2)
    for it in range(2):
        balloted(hanbit, keys, title=f"표결 {it}", mode=Mode.NAMED)
    door.enter(hanbit.jun)
    with monkeypatch.context() as whole:
        whole.setattr(listing, "PAGE", 100)
        expected = read(door, f"sort={sort}")

    seen, path = [], f"{BOARD}?sort={sort}"
    while path:
        page = door.get(path)
        seen += titles(page)
        path = next_link(page)

    assert seen == expected
    assert len(set(seen)) == 7


def test_what_is_opened_while_somebody_reads_on_comes_neither_twice_nor_in_between(hanbit, door, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    for it in range(4):
        made(hanbit, f"제안 {it}")
    first = door.enter(hanbit.jun).get(BOARD)
    made(hanbit, "새 제안")

    assert titles(first) + titles(door.get(next_link(first))) == ["제안 3", "제안 2", "제안 1", "제안 0"]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "_",
        "_x",
        "x_1",
        "2026-01-01T00:00:00_1",
        "9" * 30 + "_1",
        "1_" + "9" * 30,
        "\x00_1",
        "²_²",
        "1_-1",
        "0001-01-01T00:00:00+23:59_5",
        "9999-12-31T23:59:59-23:59_5",
    ],
)
@pytest.mark.parametrize("sort", listing.ORDERS)
def test_a_cursor_nobody_gave_out_is_ignored(hanbit, door, sort, cursor):
    made(hanbit, "가")

    assert read(door.enter(hanbit.jun), f"sort={sort}&before={quote(cursor)}") == ["가"]


@pytest.mark.parametrize(
    ("field", "kept", "value"),
    [
        ("support_count", number, st.integers(0, 3)),
        (
            "threshold_met_at",
            moment,
            st.none() | st.integers(0, 3).map(lambda it: datetime(2026, 1, 1, 0, 0, 0, it, tzinfo=UTC)),
        ),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_by_value_and_id_hold_everything_once_and_in_order(hanbit, field, kept, value, descending):
    order = Order(field, descending, kept, gaps=kept is moment)

    @settings(max_examples=40)
    @given(st.lists(value, max_size=9), st.integers(1, 4))
    def holds(values, size):
        point = transaction.savepoint_create()
        Proposal.objects.bulk_create(Proposal(board=hanbit.board, author=hanbit.jun, **{field: it}) for it in values)
        rows = list(Proposal.objects.all())
        empty = [it for it in rows if getattr(it, field) is None]
        filled = sorted((it for it in rows if it not in empty), key=lambda it: -it.pk)
        filled.sort(key=lambda it: getattr(it, field), reverse=descending)
        expected = [it.pk for it in filled + sorted(empty, key=lambda it: -it.pk)]
        seen, cursor = [], None
        while True:
            page = page_of(Proposal.objects.all(), order, cursor, size)
            assert len(page.items) <= size
            seen += [it.pk for it in page.items]
            if (cursor := page.before) is None:
                break
        transaction.savepoint_rollback(point)
        assert seen == expected

    holds()


# Finding what stands on the screen


def found(page) -> str:
    """The line that says how much was found."""
    [line] = re.findall(r'<p id="found"[^>]*>(.*?)</p>', text(page), re.DOTALL) or [""]
    return " ".join(re.sub(r"<[^>]*>", "", line).split())


def chips(page) -> dict[str, str]:
    """What the list is narrowed to, each with the link that takes it away."""
    [these] = re.findall(r'<ul class="[^"]*\bnarrowed\b[^"]*"[^>]*>(.*?)</ul>', text(page), re.DOTALL) or [""]
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*<span[^>]*>[^<]*</span>)', these)
    return {" ".join(re.sub(r"<[^>]*>", "", told).split()): html.unescape(link) for link, told in links}


def test_a_number_finds_its_proposal_whole_or_in_part(hanbit, door):
    for title in ("가", "나"):
        made(hanbit, title)
    first, second = Proposal.objects.order_by("pk").values_list("number", flat=True)
    door.enter(hanbit.jun)

    assert read(door, f"q={quote(first)}") == ["가"]
    assert read(door, f"q={second.rpartition('-')[2]}") == ["나"]


def test_the_names_of_its_authors_find_a_proposal_and_names_of_who_declined_do_not(hanbit, door):
    shared, declined = made(hanbit, "가"), made(hanbit, "나")
    published(hanbit.tae, hanbit.board, title="다")
    for proposal, state in ((shared, Sharing.ACCEPTED), (declined, Sharing.DECLINED)):
        CoProposal.objects.create(
            proposal=proposal,
            person=hanbit.sora,
            share=40,
            state=state,
            invited_by=hanbit.jun,
            decided_at=timezone.now(),
        )
    door.enter(hanbit.staff)

    assert read(door, f"q={quote(hanbit.tae.name)}") == ["다"]
    assert read(door, f"q={quote(hanbit.sora.name)}") == ["가"]
    assert read(door, f"q={quote(f'{hanbit.sora.name} {hanbit.jun.name}')}") == ["가"]


def test_every_word_must_be_found_wherever_it_stands_and_spaces_do_not_matter(hanbit, door):
    published(hanbit.jun, hanbit.board, title="회의 줄이기", problem="보고가 너무 잦습니다.")
    published(hanbit.jun, hanbit.board, title="회의 늘리기", problem="만나지 못합니다.")
    door.enter(hanbit.jun)

    assert read(door, f"q={quote('  보고   회의  ')}") == ["회의 줄이기"]
    assert read(door, f"q={quote('회의')}%E3%80%80{quote('보고')}") == ["회의 줄이기"]
    assert read(door, f"q={quote('회의 휴가')}") == []


def test_a_hidden_proposal_is_found_by_its_number_and_its_author_and_by_no_word_it_says(hanbit, door):
    hidden = published(hanbit.tae, hanbit.board, title="비밀")
    hide(hidden, by=hanbit.minji, rule="R01", reason="번호입니다.")
    door.enter(hanbit.jun)

    def shown(query: str) -> bool:
        return f"/proposals/{hidden.pk}/" in text(door.get(f"{BOARD}?q={quote(query)}"))

    assert shown(hidden.number)
    assert shown(hanbit.tae.name)
    assert not shown("비밀")
    assert not shown(f"{hanbit.tae.name} 비밀")


def test_words_of_another_boards_proposals_and_drafts_are_found_by_nothing(hanbit, door):
    draft_of(hanbit.jun, hanbit.board, title="초안")
    published(hanbit.rio, hanbit.garam, title="이웃")
    door.enter(hanbit.jun)

    assert read(door, f"q={quote(hanbit.jun.name)}") == []
    assert read(door, f"q={quote(hanbit.rio.name)}") == []


@pytest.mark.parametrize(
    ("words_typed", "sentence"),
    [
        ("가" * 101, "찾을 말은 100자까지 쓸 수 있습니다. 줄여서 다시 찾아 주세요."),
        ("가 나 다 라 마 바 사 아 자 차 카", "찾을 말은 열 낱말까지 쓸 수 있습니다. 줄여서 다시 찾아 주세요."),
    ],
)
def test_too_much_to_look_for_is_refused_in_words_and_stays_in_the_form(hanbit, door, words_typed, sentence):
    made(hanbit, "가")

    page = door.enter(hanbit.jun).get(f"{BOARD}?q={quote(words_typed)}")

    assert sentence in words(page)
    assert f'value="{words_typed}"' in text(page)
    assert '<details class="narrowing" open>' in text(page)
    assert titles(page) == []
    assert "이 조건에 맞는 제안이 없습니다." not in words(page)


# Saying what was found


def test_how_much_was_found_stands_in_a_status_line_and_in_the_title(hanbit, door, monkeypatch):
    for title in ("가 회의", "나 회의", "다"):
        made(hanbit, title)
    door.enter(hanbit.jun)

    two = door.get(f"{BOARD}?q={quote('회의')}")
    monkeypatch.setattr(listing, "PAGE", 1)
    many = door.get(f"{BOARD}?q={quote('회의')}")

    assert (found(two), found(many)) == ("제안 2건", "제안 1건 이상")
    assert '<p id="found" role="status"' in text(two)
    assert "<title>‘회의’ 제안 2건 · 한빛 주니어보드 · 주니어보드</title>" in text(two)
    assert found(door.get(f"{BOARD}?q={quote('없는말')}")) == "제안 0건"
    assert found(door.get(BOARD)) == ""
    assert "<title>한빛 주니어보드 · 주니어보드</title>" in text(door.get(BOARD))


def test_the_form_is_closed_after_a_search_and_leads_to_what_it_found(hanbit, door):
    made(hanbit, "가")

    page = text(door.enter(hanbit.jun).get(f"{BOARD}?q={quote('가')}"))

    assert '<details class="narrowing">' in page
    assert f'action="{BOARD}#proposals"' in page


def test_each_thing_the_list_is_narrowed_to_is_told_and_can_be_taken_away(hanbit, door):
    team = hanbit.board.teams.order_by("name")[0]
    made(hanbit, "가", field="work", kind="main", team=team)
    door.enter(hanbit.jun)
    query = f"q={quote('가')}&field=work&kind=main&team={team.pk}&sort=supported&state=open"

    page = door.get(f"{BOARD}?{query}")

    assert list(chips(page)) == [
        "찾을 말: 가 빼기", "분야: 일하는 방식 빼기", "과제 구분: 대표과제 빼기", f"분임조: {team.name} 빼기",
        "정렬: 공감 많은 순 빼기",
    ]  # fmt: skip
    for told, link in chips(page).items():
        without = door.get(BOARD + link.partition("#")[0])
        assert titles(without) == ["가"]
        assert list(chips(without)) == [it for it in chips(page) if it != told]
        assert 'name="state" value="open"' in text(without)


def test_the_pages_that_follow_say_what_they_are_narrowed_to_and_count_nothing(hanbit, door, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    for title in ("가 회의", "나 회의"):
        made(hanbit, title)
    first = door.enter(hanbit.jun).get(f"{BOARD}?q={quote('회의')}")

    following = door.get(next_link(first))

    assert titles(following) == ["가 회의"]
    assert list(chips(following)) == ["찾을 말: 회의 빼기"]
    assert found(following) == "이어서 보는 제안"
