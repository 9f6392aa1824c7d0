"""Drafts: kept as they are, published when they are whole."""

import re
import unicodedata

import pytest

from boards.proposals.actions import open_proposal
from boards.proposals.models import Proposal
from forum.events.models import Event
from tests.boards.browsing import TEXTS, draft_of, published, section, text, without_tokens, words

NEW = "/boards/hanbit/proposals/new/"
FORM = {"field": "culture", **TEXTS}


def test_a_draft_is_saved_although_it_is_incomplete(hanbit, door):
    answer = door.enter(hanbit.jun).post(NEW, title="눈치 야근 줄이기", field="work", problem="", remedy="", effect="")

    draft = Proposal.objects.get()
    assert answer.url == f"/proposals/{draft.pk}/edit/"
    assert (draft.title, draft.field, draft.problem, draft.state) == ("눈치 야근 줄이기", "work", "", "draft")
    assert "눈치 야근 줄이기" in text(door.get(answer.url))


def test_a_draft_records_nothing(hanbit, door):
    events = Event.objects.count()
    door.enter(hanbit.jun).post(NEW, **FORM)
    door.post(f"/proposals/{Proposal.objects.get().pk}/edit/", **{**FORM, "title": "다른 제목"})

    assert Event.objects.count() == events
    assert Proposal.objects.get().title == "다른 제목"


def test_what_cannot_be_saved_stays_in_the_form(hanbit, door):
    answer = door.enter(hanbit.jun).post(NEW, **{**FORM, "title": " "})

    assert answer.status_code == 422
    assert "제목을 써 주세요." in text(answer)
    assert all(TEXTS[name] in text(answer) for name in ("problem", "remedy", "effect"))
    assert not Proposal.objects.exists()


def test_text_is_kept_in_composed_form(hanbit, door):
    door.enter(hanbit.jun).post(NEW, **{name: unicodedata.normalize("NFD", value) for name, value in FORM.items()})

    assert Proposal.objects.get().title == TEXTS["title"]


def test_opening_an_incomplete_draft_is_refused_with_what_is_missing_and_keeps_the_newest_text(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board, effect="")
    form = {**FORM, "problem": "방금 고친 문제", "effect": "", "open": "1"}

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/edit/", **form)

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert '<a href="#id_effect">기대효과</a>: 기대효과를 써 주세요.' in text(answer)
    assert re.findall(r'aria-invalid="true"[^>]* id="(\w+)"', text(answer)) == ["id_effect"], "only what is missing"
    assert "저장됨" in words(answer), "the text is saved all the same"
    assert "방금 고친 문제" in text(answer)
    assert (draft.problem, draft.state) == ("방금 고친 문제", "draft")


def test_who_publishes_without_a_title_learns_of_all_that_is_missing(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/edit/", **FORM | {"title": "", "remedy": ""}, open="1")

    assert answer.status_code == 422
    assert "제목을 써 주세요." in text(answer)
    assert "개선방안을 써 주세요." in text(answer)
    assert "저장되지 않음" in section(answer, "draft-saved")


def test_who_publishes_revises_or_withdraws_is_told_that_it_is_done(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)
    door.enter(hanbit.jun)

    def told(path: str, **data) -> list[str]:
        answer = door.post(f"/proposals/{draft.pk}/{path}/", **data)
        top = re.search(r'<div class="messages".*?</div>', text(door.get(answer.url)), re.DOTALL)
        return re.findall(r'<p class="notice">(.*?)</p>', top[0] if top else "")

    assert told("edit", **FORM, open="1") == ["제안을 공개했습니다. 토론과 공감이 시작되었습니다."]
    assert told("revisions/new", **{**FORM, "title": "고친 제목"}) == ["개정본을 냈습니다."]
    assert told("withdrawal", reason="합칩니다.") == ["제안을 철회했습니다."]


def test_opening_from_the_edit_page_publishes_what_was_typed_under_a_number(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/edit/", **{**FORM, "title": "새 제목", "open": "1"})

    draft.refresh_from_db()
    assert answer.url == f"/proposals/{draft.pk}/"
    assert (draft.title, draft.state) == ("새 제목", "open")
    assert re.fullmatch(r"한빛-\d{4}-001", draft.number)
    page = text(door.enter(hanbit.sora).get(answer.url))
    assert "새 제목" in page
    assert draft.number in page


def test_a_draft_can_be_opened_as_it_was_saved(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    assert door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/opening/").url == f"/proposals/{draft.pk}/"
    again = door.post(f"/proposals/{draft.pk}/opening/")

    assert again.status_code == 409
    assert "이미 공개한 제안입니다." in text(again)
    assert Event.objects.filter(verb="proposal_opened").count() == 1


def test_an_incomplete_draft_refused_at_opening_is_shown_as_it_was_saved(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board, remedy="")

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/opening/")

    assert answer.status_code == 422
    assert TEXTS["problem"] in text(answer)
    assert "개선방안을 써 주세요." in text(answer)
    assert "기대효과를 써 주세요." not in text(answer)


def test_text_typed_while_the_draft_was_opened_elsewhere_is_given_back(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)
    open_proposal(draft, by=hanbit.jun)

    answer = door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/edit/", **{**FORM, "problem": "다른 창에서 쓰던 글"})

    assert answer.status_code == 409
    assert "이미 공개한 제안입니다." in text(answer)
    assert "다른 창에서 쓰던 글" in text(answer)
    assert Proposal.objects.get().problem == TEXTS["problem"]


def test_the_edit_page_says_who_will_read_it_and_under_which_name(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)
    page = words(door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/edit/"))

    assert "임시저장한 글은 쓴 사람만 봅니다." in page
    assert "한빛 주니어보드의 위원과 운영자, 한빛시의 직원이 읽습니다." in page
    assert "책임관은 제안이 가결되어 상정된 뒤부터 읽습니다." in page
    assert "‘이준’ 이름으로 올라갑니다." in page


def test_on_a_closed_board_no_staff_are_named_as_readers(hanbit, door):
    hanbit.board.closed = True
    hanbit.board.save()
    draft = draft_of(hanbit.jun, hanbit.board)

    page = words(door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/edit/"))

    assert "한빛 주니어보드의 위원과 운영자가 읽습니다." in page
    assert "한빛시의 직원" not in page


@pytest.mark.parametrize("key", ["sora", "minji", "staff", "hana", "rio", "admin", "audit", "guest"])
def test_a_draft_is_not_there_for_anybody_but_its_author(hanbit, door, key):
    draft = draft_of(hanbit.jun, hanbit.board)
    door.enter(hanbit.people[key])

    for path in ("", "edit/", "text/", "state/", "timeline/"):
        there = door.get(f"/proposals/{draft.pk}/{path}")
        absent = door.get(f"/proposals/987654/{path}")
        assert there.status_code == 404
        assert without_tokens(there) == without_tokens(absent)
    assert door.post(f"/proposals/{draft.pk}/opening/").status_code == 404
    assert Proposal.objects.get().state == "draft"


def test_the_address_of_a_draft_leads_its_author_to_the_form(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board)

    assert door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/").url == f"/proposals/{draft.pk}/edit/"
    assert door.get(f"/proposals/{draft.pk}/state/").status_code == 404


@pytest.mark.parametrize("key", ["minji", "staff", "admin", "audit"])
def test_who_is_no_member_is_told_that_only_members_propose(hanbit, door, key):
    answer = door.enter(hanbit.people[key]).post(NEW, **FORM)

    assert answer.status_code == 403
    assert "제안은 임기 중인 위원만 쓸 수 있습니다." in text(answer)
    assert not Proposal.objects.exists()


def test_on_another_board_there_is_nothing_to_write_on(hanbit, door):
    assert door.enter(hanbit.rio).get(NEW).status_code == 404
    assert door.enter(hanbit.hana).post(NEW, **FORM).status_code == 404
    assert not Proposal.objects.exists()


def test_numbers_follow_each_other(hanbit):
    numbers = [published(hanbit.jun, hanbit.board).number[-3:] for _ in range(3)]

    assert numbers == ["001", "002", "003"]
