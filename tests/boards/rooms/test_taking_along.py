"""A message becomes the beginning of a draft or of a comment, with a link back to where it was said."""

import re
import uuid

import pytest

from boards.discussion.models import Comment
from boards.moderation.actions import hide
from boards.proposals.actions import withdraw
from boards.proposals.models import Proposal
from boards.rooms.actions import delete_message
from tests.boards.browsing import draft_of, published, text
from tests.boards.rooms.talking import wrote


@pytest.fixture
def message(hanbit):
    return wrote(hanbit.jun, hanbit.room, "회의는 **30분**만 하면 어떨까요?\n자료는 미리 읽고요.")


def source_of(page: str) -> str:
    """The address a source link on a page leads to."""
    return re.search(r'<a href="([^"]+)"[^>]*>출처: 토론방의 메시지</a>', page)[1].replace("&amp;", "&")


def test_any_member_takes_a_message_into_a_draft_of_their_own(hanbit, door, message):
    asked = text(door.enter(hanbit.sora).get(f"/messages/{message.pk}/draft/"))
    assert "이 메시지로 제안을 써 볼까요?" in asked
    assert not Proposal.objects.exists()

    answer = door.post(f"/messages/{message.pk}/draft/")

    draft = Proposal.objects.get()
    assert answer.url == f"/proposals/{draft.pk}/edit/"
    assert (draft.author, draft.board, draft.state) == (hanbit.sora, hanbit.board, "draft")
    assert draft.title == "회의는 30분만 하면 어떨까요? 자료는 미리 읽고요."
    assert draft.problem.startswith("> 회의는 **30분**만 하면 어떨까요?\n> 자료는 미리 읽고요.")
    assert "이준" not in draft.problem


def test_one_form_makes_one_draft_however_often_it_is_sent(hanbit, door, message):
    path = f"/messages/{message.pk}/draft/"
    window = re.search(r'name="window" value="([^"]+)"', text(door.enter(hanbit.sora).get(path)))[1]

    first = door.post(path, window=window)
    draft = Proposal.objects.get()
    changed = {"title": "고친 제목", "field": "culture", "problem": "고친 글", "version": draft.version}
    door.post(first.url, **changed, window=uuid.uuid4())
    again = door.post(path, window=window)

    assert again.url == first.url
    assert (Proposal.objects.get().title, Proposal.objects.get().problem) == ("고친 제목", "고친 글")
    assert door.enter(hanbit.tae).post(path, window=window).url != first.url


def test_the_source_link_opens_the_message_in_its_place(hanbit, door, message):
    for number in range(60):
        wrote(hanbit.tae, hanbit.room, f"다음 글 {number}")
    door.enter(hanbit.sora).post(f"/messages/{message.pk}/draft/")
    draft = Proposal.objects.get()
    door.post(f"/proposals/{draft.pk}/edit/", title=draft.title, field="culture", problem=draft.problem,
              remedy="30분으로 줄입니다.", effect="시간이 남습니다.", open="1")  # fmt: skip

    source = source_of(text(door.get(draft.get_absolute_url())))

    assert source == message.get_absolute_url()
    assert f'id="message-{message.pk}"' in text(door.get(door.get(source).url))
    assert door.enter(hanbit.staff).get(source).status_code == 404


def test_a_moderator_who_may_not_propose_is_told_so(hanbit, door, message):
    answer = door.enter(hanbit.minji).post(f"/messages/{message.pk}/draft/")

    assert answer.status_code == 403
    assert not Proposal.objects.exists()


def test_a_message_becomes_a_comment_on_a_proposal_of_the_board(hanbit, door, message):
    proposal = published(hanbit.tae, hanbit.board)
    form = text(door.enter(hanbit.sora).get(f"/messages/{message.pk}/comment/"))
    assert "&gt; 회의는 **30분**만 하면 어떨까요?" in form
    body = f"> 회의는 30분만\n\n[출처: 토론방의 메시지]({message.get_absolute_url()})\n\n찬성합니다."

    answer = door.post(
        f"/messages/{message.pk}/comment/", proposal=proposal.pk, stance="for", body=body, client_id=str(uuid.uuid4())
    )

    comment = Comment.objects.get()
    assert (comment.author, comment.proposal, comment.stance) == (hanbit.sora, proposal, "for")
    assert answer.url == comment.get_absolute_url()
    assert source_of(text(door.get(proposal.get_absolute_url()))) == message.get_absolute_url()


def test_a_comment_sent_twice_is_there_once(hanbit, door, message):
    proposal = published(hanbit.tae, hanbit.board)
    sent = {"proposal": proposal.pk, "stance": "for", "body": "한 번만", "client_id": str(uuid.uuid4())}
    door.enter(hanbit.sora)

    for _ in range(2):
        door.post(f"/messages/{message.pk}/comment/", **sent)

    assert Comment.objects.count() == 1


def test_only_proposals_that_take_comments_and_that_one_may_see_are_offered(hanbit, door, message):
    offered = published(hanbit.tae, hanbit.board, title="받는 제안")
    hidden = published(hanbit.tae, hanbit.board, title="가린 제안")
    hide(hidden, by=hanbit.minji, rule="R10", reason="주제와 다릅니다.")
    withdraw(published(hanbit.tae, hanbit.board, title="철회한 제안"), by=hanbit.tae, reason="그만둡니다.")
    draft_of(hanbit.tae, hanbit.board, title="남의 초안")
    elsewhere = published(hanbit.rio, hanbit.garam, title="남의 보드 제안")
    door.enter(hanbit.sora)

    form = text(door.get(f"/messages/{message.pk}/comment/"))
    refused = door.post(
        f"/messages/{message.pk}/comment/", proposal=elsewhere.pk, stance="for", body="쓰던 글",
        client_id=str(uuid.uuid4()),
    )  # fmt: skip

    assert re.findall(r'<option value="(\d+)"', form) == [str(offered.pk)]
    assert refused.status_code == 422
    assert "쓰던 글" in text(refused)
    assert "남의 보드 제안" not in text(refused)
    assert not Comment.objects.exists()


def test_a_text_that_is_gone_is_taken_nowhere(hanbit, door, message):
    hidden = wrote(hanbit.jun, hanbit.room, "지나친 말")
    hide(hidden, by=hanbit.minji, rule="R04", reason="욕설입니다.")
    delete_message(message, by=hanbit.jun)
    published(hanbit.tae, hanbit.board)
    door.enter(hanbit.sora)

    for gone in (message, hidden):
        for kind in ("draft", "comment"):
            answer = door.get(f"/messages/{gone.pk}/{kind}/")
            assert answer.status_code == 409
            assert "지나친 말" not in text(answer)
        assert door.post(f"/messages/{gone.pk}/draft/").status_code == 409
    assert Proposal.objects.count() == 1
