"""Changing one's own words: every version stays readable until the author takes all of them away."""

import re

import pytest

from boards.discussion.actions import delete_comment, edit_comment
from boards.discussion.models import Comment, CommentVersion
from boards.moderation.actions import hide
from boards.proposals.actions import withdraw
from forum.events.models import Event
from forum.web.errors import NotAllowed, WrongState
from tests.boards.browsing import commented, published, section, text, words


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


@pytest.fixture
def comment(hanbit, proposal) -> Comment:
    return commented(hanbit.sora, proposal, "처음 쓴 글")


def test_an_edited_comment_says_so_and_leads_to_what_it_said_before(hanbit, door, proposal, comment):
    answer = door.enter(hanbit.sora).post(f"/comments/{comment.pk}/edit/", stance="against", body="고친 **글**")

    assert answer.url == f"/proposals/{proposal.pk}/#comment-{comment.pk}"
    door.enter(hanbit.jun)
    shown = section(door.get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")
    assert "고친 <strong>글</strong>" in shown
    assert "처음 쓴 글" not in shown
    assert re.search(r"</svg> 반대</span>", shown)
    [history] = re.findall(r'href="([^"]+)">수정됨<', shown)
    told = words(door.get(history))
    assert told.index("지금 글 반대") < told.index("고친 글") < told.index("1번째 글 찬성") < told.rindex("처음 쓴 글")


def test_every_edit_is_a_version_and_the_same_words_are_none(hanbit, comment):
    for body in ("둘째", "둘째", "셋째"):
        edit_comment(comment, by=hanbit.sora, stance="for", body=body)

    kept = CommentVersion.objects.order_by("number").values_list("number", "body")
    assert list(kept) == [(1, "처음 쓴 글"), (2, "둘째")]
    comment.refresh_from_db()
    assert (comment.version, comment.body) == (3, "셋째")
    edits = Event.objects.filter(verb="comment_edited").order_by("number")
    assert [event.data["version"] for event in edits] == [2, 3]


def test_a_comment_nobody_edited_says_nothing_of_edits(hanbit, door, proposal, comment):
    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")

    assert "수정됨" not in section(page, f"comment-{comment.pk}")


def test_only_the_author_is_offered_to_edit_and_to_delete(hanbit, door, comment):
    def offered(person) -> set[str]:
        page = text(door.enter(person).get(f"/comments/{comment.pk}/acts/", script=True))
        return set(re.findall(rf'href="/comments/{comment.pk}/(\w+)/"', page))

    assert offered(hanbit.sora) == {"edit", "deletion"}
    assert offered(hanbit.jun) == {"report"}
    assert offered(hanbit.minji) == {"report", "hiding"}
    for path in ("edit", "deletion"):
        assert door.enter(hanbit.minji).get(f"/comments/{comment.pk}/{path}/").status_code == 403


def test_the_form_holds_what_the_comment_says_and_a_refusal_keeps_what_was_typed(hanbit, door, comment):
    path = f"/comments/{comment.pk}/edit/"
    page = text(door.enter(hanbit.sora).get(path))
    assert "처음 쓴 글</textarea>" in page
    assert re.search(r'value="for"[^>]*checked', page)

    refused = door.post(path, stance="maybe", body="고쳐 쓴 글")

    assert refused.status_code == 422
    assert "고쳐 쓴 글</textarea>" in text(refused)
    assert "하나를 골라 주세요." in text(refused)


def test_an_edit_the_state_refuses_is_given_back(hanbit, door, proposal, comment):
    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")

    refused = door.enter(hanbit.sora).post(f"/comments/{comment.pk}/edit/", stance="for", body="늦은 글")

    assert refused.status_code == 409
    assert "늦은 글</textarea>" in text(refused)
    assert "공개 중인 제안에만" in text(refused)


def test_a_deleted_comment_keeps_its_place_and_its_replies(hanbit, door, proposal, comment):
    edit_comment(comment, by=hanbit.sora, stance="for", body="고친 글")
    reply = commented(hanbit.tae, proposal, "그래도 답합니다.", parent=comment)
    asked = words(door.enter(hanbit.sora).get(f"/comments/{comment.pk}/deletion/"))
    assert "댓글을 삭제할까요?" in asked
    assert "고친 글" in asked

    door.post(f"/comments/{comment.pk}/deletion/")

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")
    shown = section(page, f"comment-{comment.pk}")
    assert "작성자가 삭제한 댓글입니다." in shown
    assert "stance" not in shown
    assert "고친 글" not in text(page)
    assert "그래도 답합니다." in section(page, f"comment-{reply.pk}")
    assert "박소라 님에게 답글" in section(page, f"comment-{reply.pk}")


def test_the_history_shows_what_each_edit_changed(hanbit, door, comment):
    for stance, body in (
        ("for", "회의는 한 시간 안에 마칩시다."),
        ("for", "회의는 삼십 분 안에 마칩시다."),
        ("against", "회의는 삼십 분 안에 마칩시다."),
    ):
        edit_comment(comment, by=hanbit.sora, stance=stance, body=body)

    history = door.enter(hanbit.jun).get(f"/comments/{comment.pk}/versions/")

    newest, third, _second, first = re.findall(r'<li class="card">.*?</li>', text(history), re.DOTALL)
    assert "의견을 ‘찬성’에서 ‘반대’(으)로 바꾸었습니다." in newest
    assert 'class="diff"' not in newest, "its words are those before"
    assert "의견을" not in third
    [changed] = re.findall(r'<div class="diff">(.*)</div>', third)
    bare = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", changed)
    assert bare == "회의는 <del>한 시간</del><ins>삼십 분</ins> 안에 마칩시다."
    assert "[더한 곳]" in changed
    assert 'class="diff"' not in first


def test_deleting_takes_every_version_away(hanbit, door, comment):
    edit_comment(comment, by=hanbit.sora, stance="for", body="@이준호 고친 글")
    delete_comment(comment, by=hanbit.sora)

    comment.refresh_from_db()
    assert comment.body == ""
    assert not CommentVersion.objects.exists()
    assert not comment.mentions.exists()
    assert door.enter(hanbit.sora).get(f"/comments/{comment.pk}/versions/").status_code == 409
    assert "처음 쓴 글" not in repr(list(Event.objects.values_list("data", flat=True)))


def test_what_is_gone_can_be_neither_edited_nor_deleted_again(hanbit, proposal, comment):
    delete_comment(comment, by=hanbit.sora)
    for act in (lambda: edit_comment(comment, by=hanbit.sora, stance="for", body="다시"),
                lambda: delete_comment(comment, by=hanbit.sora)):  # fmt: skip
        with pytest.raises(WrongState, match="이미 삭제한"):
            act()


def test_a_hidden_comment_stays_as_it_was_hidden(hanbit, door, proposal, comment):
    edit_comment(comment, by=hanbit.sora, stance="for", body="고친 글")
    hide(comment, by=hanbit.minji, rule="R04", reason="동료를 깎아내립니다.")

    with pytest.raises(WrongState, match="운영자가 가린"):
        edit_comment(comment, by=hanbit.sora, stance="for", body="다시")
    with pytest.raises(WrongState, match="운영자가 가린"):
        delete_comment(comment, by=hanbit.sora)
    versions = door.enter(hanbit.sora).get(f"/comments/{comment.pk}/versions/")
    assert versions.status_code == 409
    assert "처음 쓴 글" not in text(versions)
    assert "수정됨" not in section(door.get(f"/proposals/{proposal.pk}/"), f"comment-{comment.pk}")


def test_nobody_changes_the_words_of_another(hanbit, comment):
    for act in (lambda: edit_comment(comment, by=hanbit.minji, stance="for", body="남의 글"),
                lambda: delete_comment(comment, by=hanbit.minji)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    comment.refresh_from_db()
    assert comment.body == "처음 쓴 글"


def test_what_is_gone_counts_for_no_side(hanbit, door, proposal, comment):
    commented(hanbit.tae, proposal, "저는 반대합니다.", stance="against")
    delete_comment(comment, by=hanbit.sora)

    page = door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/")

    overview = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", section(page, f"overview-{proposal.pk}")))
    assert "토론 1 찬성 0 반대 1" in overview
    assert "찬성 0명이 말한 이유 아직 없습니다." in overview
