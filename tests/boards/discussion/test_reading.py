"""The thread as its readers see it."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from boards.discussion import queries
from boards.discussion.models import Comment, Stance
from boards.moderation.actions import hide
from boards.proposals.actions import withdraw
from boards.proposals.states import State
from tests.boards.browsing import commented, published, section, text, without_tokens, words


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def test_stances_are_told_by_word_and_by_shape_and_counted(hanbit, door, proposal):
    for stance, so_many in ((Stance.FOR, 3), (Stance.AGAINST, 1), (Stance.QUESTION, 2)):
        for number in range(so_many):
            commented(hanbit.sora, proposal, f"의견 {number}", stance=stance)

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")

    overview = re.search(r'<ul class="stances".*?</ul>', text(page), re.DOTALL)[0]
    counted = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", overview)).strip()
    assert counted == "찬성 3 반대 1 질문 2 보완 의견 0"
    assert len(set(re.findall(r'<path d="([^"]+)"', overview))) == 4
    first = section(page, f"comment-{Comment.objects.filter(stance='against').get().pk}")
    assert f'<path d="{Stance.AGAINST.shape}"/></svg> 반대' in first
    assert "토론 6" in words(page)


def test_an_empty_discussion_invites_to_begin(hanbit, door, proposal):
    page = door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/")

    assert "아직 의견이 없습니다. 첫 의견을 남겨 주세요." in text(page)
    assert "<li" not in section(page, "comments")


def test_the_thread_says_where_it_stands_on_its_stream(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "의견")

    page = text(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"))

    assert f'<ol id="comments" class="thread" data-stream="proposal:{proposal.pk}" data-since="2"' in page


def test_a_comment_looks_the_same_to_everybody(hanbit, door, proposal):
    comment = commented(hanbit.jun, proposal, "제 의견")

    seen = {
        section(door.enter(reader).get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")
        for reader in (hanbit.jun, hanbit.sora, hanbit.minji, hanbit.staff, hanbit.audit)
    }

    assert seen == {render_to_string("discussion/_comment.html", {"comment": Comment.objects.shown().get()}).strip()}
    assert f'href="/comments/{comment.pk}/acts/"' in seen.pop()


def test_what_can_be_done_with_a_comment_depends_on_who_asks(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "의견")

    def acts(person) -> set[str]:
        return set(
            re.findall(r'href="([^"]+)"', text(door.enter(person).get(f"/comments/{comment.pk}/acts/", script=True)))
        )

    report, hiding = f"/comments/{comment.pk}/report/", f"/comments/{comment.pk}/hiding/"
    assert acts(hanbit.sora) == {f"/comments/{comment.pk}/edit/", f"/comments/{comment.pk}/deletion/"}
    assert acts(hanbit.jun) == {report}
    assert acts(hanbit.minji) == {report, hiding}
    for person in (hanbit.sora, hanbit.jun):
        said = words(door.enter(person).get(f"/comments/{comment.pk}/acts/"))
        assert "운영자만" not in said, "what others may do is no news here"


def test_the_page_that_asks_before_deleting_offers_nothing_else_with_the_comment(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "지울 글")

    page = section(door.enter(hanbit.sora).get(f"/comments/{comment.pk}/deletion/"), f"comment-{comment.pk}")

    assert "지울 글" in page
    assert "답글 쓰기" not in page
    assert "할 수 있는 일" not in page


def test_from_the_head_of_the_discussion_a_link_leads_to_the_field(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "의견")

    for order in ("old", "new", "best"):
        page = text(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/?sort={order}"))
        assert page.index('href="#id_body"') < page.index('id="comments"')
        assert (page.index('id="id_body"') < page.index('id="comments"')) == (order == "new"), "where the newest stand"
    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")
    assert 'href="#id_body"' not in text(door.get(f"/proposals/{proposal.pk}/")), "there is no field"


def test_a_moderator_is_told_that_own_words_are_for_another_to_judge(hanbit, door, proposal):
    comment = commented(hanbit.minji, proposal, "운영자의 의견")

    page = text(door.enter(hanbit.minji).get(f"/comments/{comment.pk}/acts/"))

    assert f"/comments/{comment.pk}/hiding/" not in page
    assert "다른 운영자에게 맡겨 주세요." in page


def test_a_hidden_comment_shows_rule_and_reason_and_keeps_its_place_and_replies(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "지나친 말")
    commented(hanbit.jun, proposal, "그래도 답합니다.", parent=comment)
    hide(comment, by=hanbit.minji, rule="R04", reason="동료를 깎아내리는 말입니다.")

    for reader in (hanbit.jun, hanbit.sora, hanbit.minji):
        door.enter(reader)
        for path in (f"/proposals/{proposal.pk}/", f"/comments/{comment.pk}/acts/", f"/comments/{comment.pk}/reply/"):
            page = door.get(path)
            assert "지나친 말" not in text(page)
            assert "R04" in section(page, f"comment-{comment.pk}")
            assert "이유: 동료를 깎아내리는 말입니다." in words(page)
    assert "그래도 답합니다." in text(door.get(f"/proposals/{proposal.pk}/"))


def test_markup_in_a_comment_is_shown_as_text(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "<img src=x onerror=alert(1)> **굵게**")

    thread = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), "comments")

    assert "<img" not in thread
    assert "<strong>굵게</strong>" in thread


@pytest.mark.parametrize("key", ["rio", "nuri", "hana", "boss", "guest"])
def test_for_outsiders_a_comment_is_as_absent_as_one_that_never_was(hanbit, door, proposal, key):
    comment = commented(hanbit.sora, proposal, "우리끼리 의견")
    door.enter(hanbit.people[key])

    for path in ("", "reply/", "acts/", "hiding/"):
        there, absent = door.get(f"/comments/{comment.pk}/{path}"), door.get(f"/comments/987654/{path}")
        assert (there.status_code, without_tokens(there)) == (404, without_tokens(absent)), path
    posted = door.post(f"/comments/{comment.pk}/reply/", body="밖에서", stance="for")
    assert posted.status_code == 404
    assert Comment.objects.count() == 1


def test_a_comments_own_address_leads_to_its_place(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "의견")

    answer = door.enter(hanbit.jun).get(f"/comments/{comment.pk}/")

    assert answer.url == f"/proposals/{proposal.pk}/#comment-{comment.pk}"


def test_a_ballot_does_not_end_the_discussion(hanbit, door, proposal):
    for state in (State.BALLOTING, State.PASSED, State.FAILED):
        type(proposal).objects.filter(pk=proposal.pk).update(state=state)
        assert "data-composer" in text(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/comments/", script=True))


def test_500_comments_cost_the_same_few_queries_as_three(hanbit, door, proposal, monkeypatch):
    monkeypatch.setattr(queries, "REPLIES", 500)
    door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/")
    costs = []
    for so_many in (3, 500):
        while (number := Comment.objects.count()) < so_many:
            parent = Comment.objects.order_by("?").first() if number % 3 else None
            comment = commented(hanbit.members[number % len(hanbit.members)], proposal, f"의견 {number}", parent=parent)
            if number % 50 == 1:
                hide(comment, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
        with CaptureQueriesContext(connection) as asked:
            page = door.get(f"/proposals/{proposal.pk}/")
        assert text(page).count("data-order=") == so_many
        costs.append(len(asked))

    assert costs[0] == costs[1]
    assert costs[0] <= 30
