"""In which order a discussion is read, in parts when it is long, and how one gets to a comment in it."""

import re
import uuid
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from boards.discussion import queries
from boards.discussion.actions import delete_comment
from boards.discussion.models import Comment
from boards.discussion.rules import ID_WIDTH, Thread, best
from tests.boards.browsing import commented, published, section, text, words


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def order(response) -> list[str]:
    """The comments of the page by their words, as they stand."""
    return re.findall(r'<div class="comment-body prose"><p>([^<]*)</p>', section(response, "comments"))


# --- The rule of what is recommended --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("threads", "expected"),
    [
        ([], []),
        ([(1, "for", 0), (2, "for", 2)], [2, 1]),
        ([(1, "for", 1), (2, "for", 1)], [1, 2]),
        ([(1, "for", 9), (2, "for", 8), (3, "for", 7), (4, "against", 0)], [4, 1, 2, 3]),
        ([(1, "for", 0), (2, "against", 5)], [1, 2]),
        ([(1, "question", 0), (2, "for", 3), (3, "for", 4), (4, "against", 1), (5, "against", 2)], [1, 3, 5, 2, 4]),
        ([(1, None, 9), (2, "for", 0)], [2, 1]),
    ],
)
def test_stances_take_turns_the_rarest_first_each_with_what_most_people_answered(threads, expected):
    assert [thread.root for thread in best([Thread(*it) for it in threads])] == expected


THREADS = st.lists(
    st.builds(
        Thread, root=st.integers(1, 99), stance=st.sampled_from(["for", "against", "question", None]),
        voices=st.integers(0, 9),
    ),
    unique_by=lambda it: it.root,
)  # fmt: skip


@given(THREADS)
def test_every_thread_has_one_place_and_no_stance_waits_for_another_to_end(threads):
    ranked = best(threads)

    assert sorted(it.root for it in ranked) == sorted(it.root for it in threads)
    heard = [it.stance for it in ranked if it.stance is not None]
    stances = set(heard)
    assert set(heard[: len(stances)]) == stances
    for stance in stances:
        voices = [it.voices for it in ranked if it.stance == stance]
        assert all(one >= other for one, other in pairwise(voices))


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def talk(hanbit, proposal):
    """Two who are for it, the second much answered, and one who is against."""
    first = commented(hanbit.sora, proposal, "찬성 하나")
    second = commented(hanbit.tae, proposal, "찬성 둘")
    third = commented(hanbit.bora, proposal, "반대 하나", stance="against")
    commented(hanbit.sora, proposal, "답 하나", parent=second)
    commented(hanbit.jun, proposal, "답 둘", parent=second)
    for number in range(3):
        commented(hanbit.sora, proposal, f"제 말에 보탭니다 {number}", parent=first)
    return first, second, third


MY_OWN = [f"제 말에 보탭니다 {number}" for number in range(3)]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["찬성 하나", *MY_OWN, "찬성 둘", "답 하나", "답 둘", "반대 하나"]),
        ("old", ["찬성 하나", *MY_OWN, "찬성 둘", "답 하나", "답 둘", "반대 하나"]),
        ("new", ["반대 하나", "찬성 둘", "답 하나", "답 둘", "찬성 하나", *MY_OWN]),
        ("best", ["반대 하나", "찬성 둘", "답 하나", "답 둘", "찬성 하나", *MY_OWN]),
        ("nonsense", ["찬성 하나", *MY_OWN, "찬성 둘", "답 하나", "답 둘", "반대 하나"]),
    ],
)
def test_threads_are_sorted_and_answers_stay_below_what_they_answer(hanbit, door, proposal, talk, sort, expected):
    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?sort={sort}")

    assert order(page) == expected
    [current] = re.findall(r'sort=(\w+)#discussion" aria-current="true"', text(page))
    assert current == (sort if sort in ("new", "best") else "old")


def test_the_rule_of_what_is_recommended_is_told_beside_it(hanbit, door, proposal, talk):
    door.enter(hanbit.jun)

    assert "번갈아 보여 줍니다" in words(door.get(f"/proposals/{proposal.pk}/?sort=best"))
    assert "번갈아 보여 줍니다" not in words(door.get(f"/proposals/{proposal.pk}/?sort=new"))


def test_both_sides_have_the_same_room_for_their_reasons(hanbit, door, proposal):
    for number in range(6):
        commented(hanbit.members[number], proposal, f"찬성하는 까닭 {number} " + "길게 " * 100)
    for number in range(8):
        commented(hanbit.members[6 + number // 2], proposal, f"반대하는 까닭 {number}", stance="against")

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")

    sides = re.findall(r"<section aria-labelledby=\"side-\w+\">.*?</section>", text(page), re.DOTALL)
    assert [side.count("<li>") for side in sides] == [3, 3]
    assert "6명이 말한 이유" in sides[0]
    assert "4명이 말한 이유" in sides[1]
    assert re.findall(r"반대하는 까닭 (\d)", sides[1]) == ["0", "2", "4"], "one of each person"
    assert max(len(it) for it in re.findall(r'data-to="[^"]+">([^<]+)<', "".join(sides))) <= 120


def test_the_overview_shows_words_without_marks_and_leads_to_the_comment(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "**시간**을 아낍니다 <script>")

    overview = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), f"overview-{proposal.pk}")

    assert (
        f'<a href="/comments/{comment.pk}/" data-to="comment-{comment.pk}">시간을 아낍니다 &lt;script&gt;</a>'
        in overview
    )


# --- Long discussions -----------------------------------------------------------------------------------------------


@pytest.fixture
def five_a_part(monkeypatch):
    monkeypatch.setattr(queries, "MOST", 5)


def parts(door, path: str) -> list[list[str]]:
    """Follow the link to what comes next, as one does without a script, to the end."""
    found = []
    while path:
        page = door.client.get(path, follow=True)
        found.append(order(page))
        more = re.search(r'href="([^"]+)" data-more', text(page))
        path = more[1].replace("&amp;", "&") if more else ""
    return found


@pytest.mark.parametrize("sort", ["old", "new", "best"])
def test_a_long_discussion_is_read_in_parts_and_nothing_is_left_out_or_shown_twice(
    hanbit, door, proposal, five_a_part, sort
):
    for number in range(12):
        stance = "against" if number % 4 == 0 else "for"
        first = commented(hanbit.sora, proposal, f"의견 {number:02}", stance=stance)
        if number % 3 == 0:
            commented(hanbit.tae, proposal, f"답 {number:02}", parent=first)
    door.enter(hanbit.jun)

    shown = parts(door, f"/proposals/{proposal.pk}/?sort={sort}")

    assert len(shown) in (3, 4)
    assert all(len(it) <= 6 for it in shown), "a short thread is not torn, so a part may be longer by its last answers"
    together = [it for part in shown for it in part]
    assert len(together) == len(set(together)) == 16
    firsts = [it for it in together if it.startswith("의견")]
    if sort != "best":
        assert firsts == sorted(firsts, reverse=sort == "new")


def test_what_comes_next_is_a_part_alone_for_a_script(hanbit, door, proposal, five_a_part):
    comments = [commented(hanbit.sora, proposal, f"의견 {number}") for number in range(7)]
    door.enter(hanbit.jun)

    part = text(door.get(f"/proposals/{proposal.pk}/discussion/?after={comments[4].pk}", script=True))

    assert part.startswith('<div id="discussion-part"')
    assert re.findall(r'<li id="comment-(\d+)"', part) == [str(it.pk) for it in comments[5:]]


@pytest.mark.parametrize(
    "asked", ["after=x", "at=999", "at=x&sort=new", "after=-1&sort=best", "after=" + "9" * 40, "sort=new&after=0"]
)
def test_a_place_that_is_none_shows_the_discussion(hanbit, door, proposal, talk, asked):
    assert door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?{asked}").status_code == 200


def test_one_reads_on_after_a_thread_that_is_gone_meanwhile(hanbit, door, proposal, five_a_part):
    comments = [commented(hanbit.sora, proposal, f"의견 {number}") for number in range(7)]
    delete_comment(comments[4], by=hanbit.sora)

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?after={comments[4].pk}")

    assert order(page) == ["의견 5", "의견 6"]


def test_a_comments_address_opens_the_part_in_which_it_stands_with_its_thread(hanbit, door, proposal, five_a_part):
    comments = [commented(hanbit.sora, proposal, f"의견 {number}") for number in range(7)]
    reply = commented(hanbit.tae, proposal, "뒤에 있는 답", parent=comments[5])
    door.enter(hanbit.jun)

    assert door.get(f"/comments/{comments[1].pk}/").url == f"/proposals/{proposal.pk}/#comment-{comments[1].pk}"
    there = door.get(f"/comments/{reply.pk}/").url
    assert there == f"/proposals/{proposal.pk}/?at={reply.pk}#comment-{reply.pk}"
    page = door.get(there)
    assert order(page) == ["의견 5", "뒤에 있는 답", "의견 6"]
    assert "처음부터 보기" in text(page)


def test_after_posting_one_stands_at_ones_comment_however_long_the_discussion(hanbit, door, proposal, five_a_part):
    for number in range(6):
        commented(hanbit.sora, proposal, f"의견 {number}")
    form = {"stance": "for", "body": "맨 뒤의 글", "client_id": "00000000-0000-4000-8000-000000000001"}

    answer = door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/comments/", **form)

    assert order(door.get(answer.url)) == ["맨 뒤의 글"]


def test_5000_comments_do_not_break(hanbit, door, proposal):
    made = [
        Comment(
            proposal=proposal, author=hanbit.members[number % 8], stance="for", body=f"의견 {number}", pk=number,
            path=f"{number:0{ID_WIDTH}d}", client_id=uuid.UUID(int=number), body_hash="",
        )
        for number in range(1, 5001)
    ]  # fmt: skip
    Comment.objects.bulk_create(made)
    door.enter(hanbit.jun)

    for sort in ("old", "new", "best"):
        with CaptureQueriesContext(connection) as asked:
            page = door.get(f"/proposals/{proposal.pk}/?sort={sort}")
        assert len(order(page)) == queries.MOST
        assert len(asked) <= 30
        assert "토론 5000" in words(page)
    assert door.get("/comments/4321/").url == f"/proposals/{proposal.pk}/?at=4321#comment-4321"


# --- A long thread --------------------------------------------------------------------------------------------------


@pytest.fixture
def thread(hanbit, proposal, monkeypatch):
    """A thread of seven replies, of which three are shown at once, before another one."""
    monkeypatch.setattr(queries, "REPLIES", 3)
    first = commented(hanbit.sora, proposal, "긴 토론의 시작")
    replies = [commented(hanbit.tae, proposal, f"답 {number}", parent=first) for number in range(7)]
    commented(hanbit.sora, proposal, "다음 의견")
    return [first, *replies]


def link_to_replies(page, words: str) -> str:
    """Where the link leads without a script."""
    [found] = re.findall(rf'<a [^>]*href="([^"]+)" data-replies="[^"]+">{words}</a>', text(page))
    return found.replace("&amp;", "&")


@pytest.mark.parametrize("sort", ["old", "new", "best"])
def test_of_a_long_thread_the_first_replies_are_shown_and_one_reads_on_forth_and_back(
    hanbit, door, proposal, thread, sort
):
    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?sort={sort}")
    first = ["긴 토론의 시작", "답 0", "답 1", "답 2"]
    assert order(page) == (["다음 의견", *first] if sort == "new" else [*first, "다음 의견"])

    page = door.get(link_to_replies(page, "답글 4개 더 보기"))
    assert order(page)[:4] == ["긴 토론의 시작", "답 3", "답 4", "답 5"]
    assert f"sort={sort}" in link_to_replies(page, "답글 1개 더 보기")
    last = door.get(link_to_replies(page, "답글 1개 더 보기"))
    assert order(last)[:2] == ["긴 토론의 시작", "답 6"]
    back = door.get(link_to_replies(last, "앞의 답글 6개 보기"))
    assert order(back)[:4] == ["긴 토론의 시작", "답 3", "답 4", "답 5"]
    assert order(door.get(link_to_replies(back, "앞의 답글 3개 보기")))[:4] == first


def test_a_script_reads_the_replies_alone(hanbit, door, proposal, thread):
    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")
    [source] = re.findall(r'data-replies="([^"]+)"', text(page))

    part = door.get(source.replace("&amp;", "&"), script=True)

    assert order(part) == ["긴 토론의 시작", "답 3", "답 4", "답 5"]
    assert door.get(source.replace("&amp;", "&"), script=False).url.startswith(f"/proposals/{proposal.pk}/?")


def test_the_address_of_every_reply_opens_where_it_stands(hanbit, door, proposal, thread):
    below = commented(hanbit.bora, proposal, "다섯 번째의 답", parent=thread[5])
    door.enter(hanbit.jun)

    for comment in [*thread, below]:
        there = door.get(f"/comments/{comment.pk}/").url
        assert there.endswith(f"#comment-{comment.pk}")
        assert comment.body in order(door.get(there))
    assert door.get(f"/comments/{thread[3].pk}/").url == f"/proposals/{proposal.pk}/#comment-{thread[3].pk}"


def test_what_stands_around_a_cut_is_in_order_and_the_cut_tells_what_it_hides(hanbit, door, proposal, thread):
    """By its order a script knows whether a new reply belongs to what is left out."""
    page = text(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?at={thread[4].pk}"))

    orders = re.findall(r'<li id="(\w+-\d+)"[^>]* data-order="([^"]+)"', page)
    assert [order for _ident, order in orders] == sorted(order for _ident, order in orders)
    assert [ident for ident, _order in orders[:7]] == [
        f"comment-{thread[0].pk}", f"cut-{thread[1].pk}", *(f"comment-{it.pk}" for it in thread[4:7]),
        f"cut-{thread[7].pk}", f"comment-{thread[7].pk + 1}",
    ]  # fmt: skip


def test_a_thread_of_2000_replies_is_not_shown_whole(hanbit, door, proposal):
    path = f"{1:0{ID_WIDTH}d}"
    made = [
        Comment(
            proposal=proposal, author=hanbit.members[number % 8], stance="for", body=f"의견 {number}", pk=number,
            path=path if number == 1 else f"{path}{number:0{ID_WIDTH}d}", depth=min(number - 1, 1),
            parent_id=1 if number > 1 else None, client_id=uuid.UUID(int=number), body_hash="",
        )
        for number in range(1, 2002)
    ]  # fmt: skip
    Comment.objects.bulk_create(made)

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")

    assert len(order(page)) == 1 + queries.REPLIES
    assert "답글 1950개 더 보기" in words(page)
    assert "의견 1777" in order(door.client.get("/comments/1777/", follow=True))
