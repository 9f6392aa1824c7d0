"""Revisions: an open proposal changes in public, step by step."""

import re
import threading

import pytest

from boards.moderation.actions import hide
from boards.proposals.actions import revise, withdraw
from boards.proposals.models import Proposal, Revision
from boards.proposals.states import State
from boards.voting.actions import call_ballot
from forum.events.models import Event
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.browsing import TEXTS, commented, draft_of, published, section, text, without_tokens, words

FORM = {"field": "work", "kind": "main", **TEXTS}
NEWER = {**FORM, "remedy": "답례 금지를 복무 규정에 넣고 해마다 알립니다."}


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def edit_page(proposal) -> str:
    return f"/proposals/{proposal.pk}/revisions/new/"


def hidden_fields(page) -> dict[str, str]:
    return dict(re.findall(r'name="(version|window)" value="([^"]+)"', text(page)))


def test_an_edit_after_opening_is_the_next_revision(hanbit, door, proposal):
    door.enter(hanbit.jun)
    assert edit_page(proposal) in text(door.get(f"/proposals/{proposal.pk}/"))
    assert TEXTS["remedy"] in text(door.get(edit_page(proposal)))

    answer = door.post(edit_page(proposal), **NEWER, note="규정 이름을 분명히 했습니다.")

    assert answer.url == f"/proposals/{proposal.pk}/"
    first, second = Revision.objects.order_by("number")
    assert (first.remedy, first.field, first.kind) == (TEXTS["remedy"], "culture", "free")
    assert (second.number, second.remedy, second.field, second.kind) == (2, NEWER["remedy"], "work", "main")
    assert (second.by, second.note) == (hanbit.jun, "규정 이름을 분명히 했습니다.")
    page = words(door.enter(hanbit.sora).get(answer.url))
    assert NEWER["remedy"] in page
    assert "일하는 방식 · 대표과제" in page
    assert "개정본 2" in page


def test_a_revision_shows_what_it_changed_in_each_part(hanbit, door, proposal):
    revise(proposal, by=hanbit.jun, remedy="답례 금지를 복무 규정에 넣습니다.", kind="main", note="이름을 분명히")
    second = Revision.objects.get(number=2)

    page = door.enter(hanbit.staff).get(f"/revisions/{second.pk}/")

    remedy = section(page, "part-6")
    assert re.search(r"<ins><span class=\"visually-hidden\">\[더한 곳\] </span> 복무</ins>", remedy)
    assert "답례 금지를" in remedy
    assert 'id="part-1"' not in text(page), "the title is as it was"
    kind = words(page)[words(page).index("과제 구분") :]
    assert kind.startswith("과제 구분 [뺀 곳] 자율과제[더한 곳] 대표과제")
    assert "이름을 분명히" in words(page)


def test_the_list_of_revisions_leads_to_each(hanbit, door, proposal):
    revise(proposal, by=hanbit.jun, title="시보떡 없애기", note="짧게")
    door.enter(hanbit.staff)

    page = door.get(f"/proposals/{proposal.pk}/revisions/")

    links = re.findall(r'href="(/revisions/\d+/)">개정본 (\d)', text(page))
    assert [number for _link, number in links] == ["2", "1"]
    assert "처음 공개한 글" in section(page, "revision-1")
    assert "지금 글" in section(page, "revision-2")
    first = door.get(links[1][0])
    assert TEXTS["problem"] in text(first)
    assert "바뀐 곳" not in words(first)


def test_hostile_words_in_a_change_are_shown_as_words(hanbit, door, proposal):
    revise(proposal, by=hanbit.jun, problem="<script>alert(1)</script> <ins>", note="<b>굵게</b>")

    page = text(door.enter(hanbit.sora).get(Revision.objects.get(number=2).get_absolute_url()))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>굵게" not in page


def test_who_talked_about_the_old_text_hears_of_the_new_one(hanbit, proposal):
    commented(hanbit.sora, proposal, "어느 규정인가요?")
    while tell():
        pass
    revise(proposal, by=hanbit.jun, title="시보떡 없애기")
    while tell():
        pass

    told = Notification.objects.filter(event__verb="proposal_revised").values_list("person__name", flat=True)
    assert list(told) == ["박소라"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.BALLOTING, "표결하는 동안에는 제안의 글을 고칠 수 없습니다."),
        (State.PASSED, "토론·공감 단계의 제안만 고칠 수 있습니다."),
        (State.FAILED, "토론·공감 단계의 제안만 고칠 수 있습니다."),
        (State.WITHDRAWN, "토론·공감 단계의 제안만 고칠 수 있습니다."),
    ],
)
def test_the_text_is_fixed_in_every_other_state_and_what_was_typed_stays(hanbit, door, proposal, state, sentence):
    Proposal.objects.filter(pk=proposal.pk).update(state=state)

    answer = door.enter(hanbit.jun).post(edit_page(proposal), **{**NEWER, "problem": "길게 고쳐 쓴 문제"})

    assert answer.status_code == 409
    assert sentence in text(answer)
    assert "길게 고쳐 쓴 문제" in text(answer)
    assert Revision.objects.count() == 1
    assert door.get(edit_page(proposal)).status_code == 409


def test_a_called_ballot_that_has_not_opened_does_not_fix_the_text(hanbit, door, proposal):
    call_ballot(proposal, by=hanbit.minji, mode=1, reason="뜻을 묻습니다.")

    assert door.enter(hanbit.jun).post(edit_page(proposal), **NEWER).status_code == 302


@pytest.mark.parametrize("key", ["sora", "minji", "staff"])
def test_nobody_else_edits_it(hanbit, door, proposal, key):
    assert door.enter(hanbit.people[key]).post(edit_page(proposal), **NEWER).status_code == 403
    assert Revision.objects.count() == 1


def test_an_edit_that_changes_nothing_is_no_revision(hanbit, door, proposal):
    answer = door.enter(hanbit.jun).post(edit_page(proposal), **{**FORM, "field": "culture", "kind": "free"})

    assert answer.status_code == 422
    assert "바뀐 곳이 없습니다." in text(answer)
    assert Revision.objects.count() == 1


def test_a_revision_may_leave_nothing_empty(hanbit, door, proposal):
    answer = door.enter(hanbit.jun).post(edit_page(proposal), **{**NEWER, "effect": " "})

    assert answer.status_code == 422
    assert NEWER["remedy"] in text(answer)
    assert Proposal.objects.get().effect == TEXTS["effect"]


def test_a_form_sent_twice_is_one_revision(hanbit, door, proposal):
    sent = {**NEWER, **hidden_fields(door.enter(hanbit.jun).get(edit_page(proposal)))}

    answers = [door.post(edit_page(proposal), **sent) for _ in range(2)]

    assert [it.status_code for it in answers] == [302, 302]
    assert Revision.objects.count() == 2
    assert Event.objects.filter(verb="proposal_revised").count() == 1


def test_two_windows_do_not_overwrite_each_other_unread(hanbit, door, proposal):
    door.enter(hanbit.jun)
    here, there = (hidden_fields(door.get(edit_page(proposal))) for _ in range(2))
    door.post(edit_page(proposal), **NEWER, **there)

    refused = door.post(edit_page(proposal), **{**FORM, "effect": "이쪽 창의 효과"}, **here)
    after = Proposal.objects.get()
    again = door.post(edit_page(proposal), **{**FORM, "effect": "이쪽 창의 효과"}, **hidden_fields(refused))

    assert refused.status_code == 409
    assert "다른 화면이나 함께 쓰는 사람이 저장한 글이 있습니다." in text(refused)
    assert "이쪽 창의 효과" in text(refused)
    assert after.remedy == NEWER["remedy"]
    assert again.status_code == 302
    assert Proposal.objects.get().effect == "이쪽 창의 효과"
    assert Revision.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_revisions_written_at_once_have_numbers_without_holes(hanbit):
    proposal = published(hanbit.jun, hanbit.board)
    threads = [
        threading.Thread(target=lambda words=f"방안 {it}": _in_own_connection(proposal, hanbit.jun, words))
        for it in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Revision.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Revision.objects.get(number=6).remedy == Proposal.objects.get().remedy


def _in_own_connection(proposal, person, words) -> None:
    from django.db import connection

    try:
        revise(proposal, by=person, remedy=words)
    finally:
        connection.close()


def test_the_text_of_a_hidden_proposal_is_in_none_of_its_revisions(hanbit, door, proposal):
    revise(proposal, by=hanbit.jun, problem="전화번호 010-0000-0000", note="번호를 넣었습니다.")
    hide(proposal, by=hanbit.minji, rule="R01", reason="전화번호가 있습니다.")

    for person in (hanbit.jun, hanbit.sora, hanbit.minji):
        door.enter(person)
        page = door.get(f"/proposals/{proposal.pk}/revisions/")
        assert page.status_code == 200
        assert not [it for it in (*TEXTS.values(), "번호를 넣었습니다.", "010") if it in text(page)]
        assert door.get(Revision.objects.get(number=2).get_absolute_url()).status_code == 404
    assert door.enter(hanbit.jun).get(edit_page(proposal)).status_code == 409
    Proposal.objects.update(state=State.FAILED)
    assert door.post(f"/proposals/{proposal.pk}/improvement/", **NEWER).status_code == 409


@pytest.mark.parametrize("key", ["rio", "hana", "guest"])
def test_for_outsiders_revisions_do_not_exist(hanbit, door, proposal, key):
    door.enter(hanbit.people[key])
    revision = Revision.objects.get()

    for there, absent in (
        (f"/proposals/{proposal.pk}/revisions/", "/proposals/987654/revisions/"),
        (f"/revisions/{revision.pk}/", "/revisions/987654/"),
        (edit_page(proposal), "/proposals/987654/revisions/new/"),
    ):
        found, missing = door.get(there), door.get(absent)
        assert (found.status_code, without_tokens(found)) == (404, without_tokens(missing))


def test_a_draft_has_no_revisions_page(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    assert door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/revisions/").status_code == 404


def test_a_withdrawn_proposal_keeps_its_revisions_readable(hanbit, door, proposal):
    revise(proposal, by=hanbit.jun, title="시보떡 없애기")
    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")

    assert "개정본 2" in words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/revisions/"))
