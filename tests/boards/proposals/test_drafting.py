"""A draft while somebody types: looked at before it is sent, saved by itself, seen by nobody else."""

import re
import uuid

import pytest

from boards.membership.models import Team
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal, Revision
from forum.events.models import Event
from tests.boards.browsing import TEXTS, draft_of, published, section, text, words

NEW = "/boards/hanbit/proposals/new/"
FORM = {"field": "culture", **TEXTS}


def saved(answer) -> tuple[str, str]:
    """Where the next save goes, and what it has to know."""
    found = re.search(r'data-action="([^"]+)" data-version="(\d+)"', text(answer))
    assert found, text(answer)
    return found[1], found[2]


# Field, kind and team


def test_a_proposal_has_a_field_a_kind_and_a_team(hanbit, door):
    team = hanbit.board.teams.first()
    door.enter(hanbit.jun).post(NEW, **FORM, kind="main", team=team.pk)
    draft = Proposal.objects.get()

    open_proposal(draft, by=hanbit.jun)

    page = words(door.enter(hanbit.sora).get(f"/proposals/{draft.pk}/"))
    assert f"조직문화 · 대표과제 · 분임조 {team.name}" in page
    assert f"조직문화 대표과제 분임조 {team.name}" in words(door.get("/boards/hanbit/"))
    assert Revision.objects.get().team == team


def test_a_new_draft_is_a_free_task_of_its_authors_team_unless_they_say_otherwise(hanbit, door):
    page = text(door.enter(hanbit.jun).get(NEW))
    mine = hanbit.jun.memberships.get().team

    assert f'<option value="{mine.pk}" selected>' in page
    assert re.search(r'value="free"[^>]* checked', page)
    door.post(NEW, **FORM)
    assert (Proposal.objects.get().kind, Proposal.objects.get().team) == ("free", None)


def test_only_teams_of_the_board_are_offered_and_taken(hanbit, door):
    other = Team.objects.create(board=hanbit.garam, name="이웃 분임조")

    assert "이웃 분임조" not in text(door.enter(hanbit.jun).get(NEW))
    assert door.post(NEW, **FORM, team=other.pk).status_code == 422
    assert not Proposal.objects.exists()


# Preview


@pytest.mark.parametrize("script", [False, True])
def test_the_preview_shows_the_text_as_it_will_look_and_keeps_it(hanbit, door, script):
    form = {**FORM, "problem": "**굵게** <script>x</script>", "title": ""}
    answer = door.enter(hanbit.jun).post(NEW, script=script, **form, preview="1")

    assert answer.status_code == 200
    preview = section(answer, "preview")
    assert "<strong>굵게</strong>" in preview
    assert "<script>x" not in preview
    assert "제목 없는 제안" in preview
    assert not Proposal.objects.exists()
    if not script:
        assert "**굵게** &lt;script&gt;" in text(answer), "what was typed is still in the form"
        assert "다시 확인해 주세요" not in text(answer), "to look is not to send"


@pytest.mark.parametrize("act", ["edit", "revisions/new", "improvement"])
def test_looking_changes_nothing(hanbit, door, act):
    proposal = draft_of(hanbit.jun, hanbit.board) if act == "edit" else published(hanbit.jun, hanbit.board)
    if act == "improvement":
        Proposal.objects.update(state="failed")
    before = (Proposal.objects.values().get(), Event.objects.count())

    answer = door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/{act}/", **{**FORM, "title": "보기만"}, preview="1")

    assert "보기만" in section(answer, "preview")
    assert (Proposal.objects.values().get(), Event.objects.count()) == before


# Saving by itself


def test_the_first_words_become_a_draft_although_there_is_no_title(hanbit, door):
    answer = door.enter(hanbit.jun).post(NEW, script=True, field="work", title="", problem="첫 줄", window=uuid.uuid4())

    draft = Proposal.objects.get()
    assert (draft.title, draft.problem, draft.state) == ("", "첫 줄", "draft")
    assert saved(answer) == (f"/proposals/{draft.pk}/edit/", "1")
    assert re.search(r"저장됨</span> <time[^>]*>\d\d:\d\d</time>", text(answer))
    assert "제목 없는 제안" in text(door.get("/"))


def test_the_next_words_are_saved_in_the_same_draft(hanbit, door):
    window = uuid.uuid4()
    door.enter(hanbit.jun)
    place, version = saved(door.post(NEW, script=True, field="work", problem="첫 줄", window=window))

    place, version = saved(door.post(place, script=True, field="work", problem="둘째", version=version, window=window))

    assert (Proposal.objects.get().problem, version) == ("둘째", "2")
    assert not Event.objects.exclude(verb__startswith="member").filter(stream__name__startswith="proposal").exists()


def test_a_first_save_whose_answer_was_lost_is_not_a_second_draft(hanbit, door):
    window = uuid.uuid4()
    door.enter(hanbit.jun)
    for words_so_far in ("첫 줄", "첫 줄과 둘째 줄"):
        answer = door.post(NEW, script=True, field="work", problem=words_so_far, version=0, window=window)

    assert Proposal.objects.get().problem == "첫 줄과 둘째 줄"
    assert saved(answer)[1] == "2"


def test_a_save_whose_answer_was_lost_is_no_conflict(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)
    window, path = uuid.uuid4(), f"/proposals/{draft.pk}/edit/"
    door.enter(hanbit.jun)

    answers = [door.post(path, script=True, **FORM, version=1, window=window) for _ in range(2)]

    assert [it.status_code for it in answers] == [200, 200]


def test_two_windows_of_one_draft_are_told_apart(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)
    path = f"/proposals/{draft.pk}/edit/"
    door.enter(hanbit.jun)
    door.post(path, script=True, **{**FORM, "problem": "저쪽 창"}, version=1, window=uuid.uuid4())

    answer = door.post(path, script=True, **{**FORM, "problem": "이쪽 창"}, version=1, window=uuid.uuid4())

    assert answer.status_code == 409
    assert "다른 화면이나 함께 쓰는 사람이 저장한 글이 있습니다." in words(answer)
    assert Proposal.objects.get().problem == "저쪽 창"


@pytest.mark.parametrize("script", [True, False])
def test_who_is_overtaken_sees_what_they_would_overwrite(hanbit, door, script):
    draft = draft_of(hanbit.jun, hanbit.board)
    path = f"/proposals/{draft.pk}/edit/"
    door.enter(hanbit.jun)
    door.post(path, **{**FORM, "problem": "동료가 저장한 문제"}, version=1, window=uuid.uuid4())

    answer = door.post(path, script=script, **{**FORM, "problem": "내가 쓴 문제"}, version=1, window=uuid.uuid4())

    crossing = section(answer, "crossing")
    assert answer.status_code == 409
    assert 'data-version="2"' in crossing
    assert re.search(r"<del>.*동료가 저장한", crossing)
    assert re.search(r"<ins>.*내가 쓴", crossing)
    assert "현황 및 문제점" in crossing
    assert "기대효과" not in crossing, "what is the same is not told"
    assert f'href="/proposals/{draft.pk}/"' in crossing
    if not script:
        assert "저장되지 않음" in section(answer, "draft-saved")


def test_who_is_overtaken_while_revising_sees_the_newer_revision(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)
    path = f"/proposals/{proposal.pk}/revisions/new/"
    door.enter(hanbit.jun)
    door.post(path, **{**FORM, "remedy": "동료의 방안"}, version=1, window=uuid.uuid4())

    answer = door.post(path, **{**FORM, "remedy": "나의 방안"}, version=1, window=uuid.uuid4())

    assert answer.status_code == 409
    assert "동료의" in section(answer, "crossing")
    assert "저장되지 않음" in section(answer, "draft-saved")


def test_who_goes_back_to_the_first_form_is_warned_once_and_stays_in_the_same_draft(hanbit, door):
    first = re.search(r'name="window" value="([^"]+)"', text(door.enter(hanbit.jun).get(NEW)))[1]
    door.post(NEW, **FORM, version=0, window=first)
    edit = f"/proposals/{Proposal.objects.get().pk}/edit/"
    door.post(edit, **{**FORM, "problem": "나중에 고친 문제"}, version=1, window=uuid.uuid4())

    back = door.post(NEW, **{**FORM, "problem": "먼저 화면의 문제"}, version=0, window=first)
    kept = Proposal.objects.get().problem
    version = re.search(r'name="version" value="(\d+)"', text(back))[1]
    again = door.post(NEW, **{**FORM, "problem": "먼저 화면의 문제"}, version=version, window=first)

    assert (back.status_code, kept) == (409, "나중에 고친 문제")
    assert "먼저 화면의 문제" in text(back)
    assert again.url == edit
    assert Proposal.objects.get().problem == "먼저 화면의 문제"


def test_what_is_too_long_is_refused_by_name_and_the_last_good_text_stays(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    answer = door.enter(hanbit.jun).post(
        f"/proposals/{draft.pk}/edit/", script=True, **{**FORM, "problem": "가" * 10_001}
    )

    assert answer.status_code == 422
    assert 'class="errorlist"' in text(answer)
    assert Proposal.objects.get().problem == TEXTS["problem"]


@pytest.mark.parametrize("key", ["sora", "minji", "staff", "rio"])
def test_nobody_else_saves_into_it_even_with_its_window(hanbit, door, key):
    window = uuid.uuid4()
    draft = start_draft(hanbit.board, by=hanbit.jun, window=window, **TEXTS)

    answer = door.enter(hanbit.people[key]).post(
        f"/proposals/{draft.pk}/edit/", script=True, **{**FORM, "title": "남의 글"}, version=1, window=window
    )

    assert answer.status_code == 404
    assert Proposal.objects.get(pk=draft.pk).title == TEXTS["title"]


def test_a_draft_saved_by_itself_still_needs_a_title_to_be_published(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board, title="")

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/edit/", **{**FORM, "title": ""}, open="1")

    assert answer.status_code == 422
    assert "제목을 써 주세요." in text(answer)
    assert Proposal.objects.get().state == "draft"
