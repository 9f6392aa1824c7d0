"""Saying something to a proposal, and answering what others said."""

import re
import unicodedata
import uuid

import pytest

from boards.discussion.models import Comment
from boards.proposals.actions import withdraw
from forum.events.models import Event
from tests.boards.browsing import commented, published, section, text, without_tokens, words


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def _say(door, path: str, body: str, *, stance: str = "for", client_id=None, script: bool = False):
    return door.post(path, body=body, stance=stance, client_id=str(client_id or uuid.uuid4()), script=script)


def _client_id(page: str) -> str:
    return re.search(r'name="client_id" value="([^"]+)"', page)[1]


def test_the_form_works_as_it_was_rendered_without_javascript(hanbit, door, proposal):
    page = text(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"))

    answer = _say(door, f"/proposals/{proposal.pk}/comments/", "찬성합니다.", client_id=_client_id(page))

    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert answer.url == f"/proposals/{proposal.pk}/#comment-{comment.pk}"
    assert "찬성합니다." in text(door.get(answer.url))


def test_a_script_gets_the_comment_as_every_reader_sees_it(hanbit, door, proposal):
    answer = _say(door.enter(hanbit.sora), f"/proposals/{proposal.pk}/comments/", "찬성합니다.", script=True)

    assert answer.status_code == 201
    assert text(answer).startswith(f'<li id="comment-{Comment.objects.get().pk}"')
    for reader in (hanbit.sora, hanbit.jun, hanbit.minji, hanbit.staff):
        assert text(answer).strip() in text(door.enter(reader).get(f"/proposals/{proposal.pk}/"))


def test_staff_take_part_in_the_discussion(hanbit, door, proposal):
    assert _say(door.enter(hanbit.staff), f"/proposals/{proposal.pk}/comments/", "직원도 봅니다.").status_code == 303
    assert Comment.objects.get().author == hanbit.staff


def test_the_same_comment_sent_again_is_there_once(hanbit, door, proposal):
    client_id, path = uuid.uuid4(), f"/proposals/{proposal.pk}/comments/"
    door.enter(hanbit.sora)
    first = _say(door, path, "한 번만", client_id=client_id, script=True)
    again = _say(door, path, "한 번만", client_id=client_id, script=True)

    assert text(first) == text(again)
    assert Comment.objects.count() == 1
    assert Event.objects.filter(verb="comment_posted").count() == 1


def test_another_text_under_the_same_client_id_is_refused_and_can_be_sent_from_the_page_that_refused_it(
    hanbit, door, proposal
):
    client_id, path = uuid.uuid4(), f"/proposals/{proposal.pk}/comments/"
    _say(door.enter(hanbit.sora), path, "처음 글", client_id=client_id)

    refused = _say(door, path, "다른 글", client_id=client_id, stance="against")
    page = text(refused)

    assert refused.status_code == 409
    assert "다른 글이 이미 올라갔습니다" in page
    assert "다른 글</textarea>" in page
    assert re.search(r'<input type="radio"[^>]*value="against"[^>]*checked', page)
    _say(door, path, "다른 글", client_id=_client_id(page))
    assert list(Comment.objects.order_by("pk").values_list("body", flat=True)) == ["처음 글", "다른 글"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"body": "  "}, "내용을 써 주세요."),
        ({"stance": ""}, "하나를 골라 주세요."),
        ({"stance": "maybe"}, "골라"),
        ({"body": "가" * 4001}, "4,001자입니다. 1자를 줄여 주세요."),
    ],
)
def test_what_is_missing_is_said_beside_what_was_typed(hanbit, door, proposal, data, sentence):
    form = {"body": "쓰던 글", "stance": "question", "client_id": str(uuid.uuid4()), **data}
    door.enter(hanbit.sora)

    answer = door.post(f"/proposals/{proposal.pk}/comments/", **form)

    assert answer.status_code == 422
    assert sentence in section(answer, "panel-composer")
    assert form["body"].strip() in text(answer)
    assert door.post(f"/proposals/{proposal.pk}/comments/", script=True, **form).status_code == 422
    assert not Comment.objects.exists()


def test_text_is_kept_in_composed_form(hanbit, door, proposal):
    _say(door.enter(hanbit.sora), f"/proposals/{proposal.pk}/comments/", unicodedata.normalize("NFD", "보완 의견"))

    assert Comment.objects.get().body == "보완 의견"


def test_the_composer_says_who_reads_and_under_which_name(hanbit, door, proposal):
    def readers(person) -> str:
        return words(door.enter(person).get(f"/proposals/{proposal.pk}/comments/", script=True))

    assert "한빛 주니어보드의 위원과 운영자, 한빛시의 직원이 읽습니다." in readers(hanbit.sora)
    assert "‘박소라’(위원) 이름으로 올라갑니다." in readers(hanbit.sora)
    assert "‘김민지’(운영자) 이름으로 올라갑니다." in readers(hanbit.minji)
    assert "‘오세린’(직원) 이름으로 올라갑니다." in readers(hanbit.staff)


def test_the_composer_is_a_panel_that_a_script_reads_again(hanbit, door, proposal):
    page = door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/")
    panel = door.get(f"/proposals/{proposal.pk}/comments/", script=True)

    assert text(panel).startswith('<section id="panel-composer"')
    assert without_tokens(panel).strip() in without_tokens(page)
    assert door.get(f"/proposals/{proposal.pk}/comments/").url == f"/proposals/{proposal.pk}/#discussion"


def test_a_comment_on_a_proposal_withdrawn_meanwhile_is_refused_and_given_back(hanbit, door, proposal):
    parent = commented(hanbit.tae, proposal, "먼저 쓴 글")
    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")
    door.enter(hanbit.sora)

    for path in (f"/proposals/{proposal.pk}/comments/", f"/comments/{parent.pk}/reply/"):
        answer = _say(door, path, "쓰던 글")
        assert answer.status_code == 409
        assert "공개 중인 제안에만 댓글을 쓸 수 있습니다." in text(answer)
        assert "쓰던 글" in text(answer)
        assert "data-composer" not in text(answer)
    assert Comment.objects.count() == 1


def test_a_reply_is_written_on_a_page_of_its_own_and_stands_under_its_parent(hanbit, door, proposal):
    first = commented(hanbit.sora, proposal, "첫 의견")
    commented(hanbit.tae, proposal, "둘째 의견")
    page = text(door.enter(hanbit.jun).get(f"/comments/{first.pk}/reply/"))
    assert "첫 의견" in page

    answer = _say(door, f"/comments/{first.pk}/reply/", "첫 의견의 답", client_id=_client_id(page), stance="addition")

    reply = Comment.objects.get(parent=first)
    assert answer.url == f"/proposals/{proposal.pk}/#comment-{reply.pk}"
    thread = section(door.get(f"/proposals/{proposal.pk}/"), "comments")
    assert thread.index("첫 의견<") < thread.index("첫 의견의 답") < thread.index("둘째 의견")
    assert "박소라 님에게 답글" in section(door.get(f"/proposals/{proposal.pk}/"), f"comment-{reply.pk}")


def test_a_script_gets_the_reply_form_alone_with_ids_of_its_own(hanbit, door, proposal):
    first, second = commented(hanbit.sora, proposal, "첫 의견"), commented(hanbit.tae, proposal, "둘째 의견")
    door.enter(hanbit.jun)
    pages = [text(door.get(f"/proposals/{proposal.pk}/"))]
    pages += [text(door.get(f"/comments/{it.pk}/reply/", script=True)) for it in (first, second)]

    assert pages[1].startswith(f'<div id="acts-comment-{first.pk}"')
    assert f'action="/comments/{first.pk}/reply/"' in pages[1]
    ids = [re.findall(r'\bid="([^"]+)"', page) for page in pages]
    assert len(ids[0]) == len(set(ids[0]))
    assert not set(ids[0]) & set(ids[1])
    assert not set(ids[1]) & set(ids[2])


def test_a_refused_reply_stays_in_the_form(hanbit, door, proposal):
    parent = commented(hanbit.sora, proposal, "첫 의견")
    door.enter(hanbit.jun)

    page = _say(door, f"/comments/{parent.pk}/reply/", "답글입니다.", stance="")
    assert page.status_code == 422
    assert "답글입니다.</textarea>" in text(page)
    assert _say(door, f"/comments/{parent.pk}/reply/", "답글입니다.", stance="", script=True).status_code == 422
    assert Comment.objects.count() == 1


def test_replies_stand_five_levels_deep_and_then_lie_flat_in_order(hanbit, door, proposal):
    chain = [commented(hanbit.sora, proposal, "1층")]
    for level in range(2, 8):
        _say(door.enter(hanbit.jun), f"/comments/{chain[-1].pk}/reply/", f"{level}층")
        chain.append(Comment.objects.latest("pk"))

    page = section(door.get(f"/proposals/{proposal.pk}/"), "comments")

    assert re.findall(r"comment-depth-(\d)", page) == list("0123444")
    assert re.findall(r"(\d층)", page) == [f"{level}층" for level in range(1, 8)]


def test_the_author_of_the_proposal_and_of_the_parent_hear_of_a_comment(hanbit, door, proposal):
    parent = commented(hanbit.sora, proposal, "첫 의견")

    _say(door.enter(hanbit.tae), f"/comments/{parent.pk}/reply/", "답글입니다.")

    event = Event.objects.filter(verb="comment_posted").latest("pk")
    assert (event.actor, event.about, event.stream.name) == (hanbit.tae, Comment.objects.latest("pk"), proposal.stream)
