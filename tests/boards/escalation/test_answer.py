"""Preparing, previewing and publishing the answer."""

import re

import pytest

from boards.escalation.models import Answer, Commitment, Escalation
from forum.events.models import Event
from tests.boards.browsing import section, text, words
from tests.boards.escalation.answering import answered, escalated, form, later, publish, received

ROW = ("지침 개정", "총무과", later())


@pytest.fixture
def escalation(hanbit, keys) -> Escalation:
    return received(hanbit)


def _save(door, escalation: Escalation, **data):
    return door.post(f"/escalations/{escalation.pk}/answer/", **data)


def test_a_draft_is_kept_as_it_was_typed_and_read_by_the_office_alone(hanbit, door, escalation):
    page = f"/escalations/{escalation.pk}/"

    answer = _save(door.enter(hanbit.hana), escalation, **form(ROW, reason="초안입니다."))

    assert answer.url == page
    again = text(door.get(page))
    assert "초안입니다." in again
    assert 'value="지침 개정"' in again
    assert "임시저장한 때" in again
    assert Escalation.objects.get().state == "under_review"
    for reader in (hanbit.jun, hanbit.minji, hanbit.staff, hanbit.audit):
        shown = text(door.enter(reader).get(f"/proposals/{escalation.proposal_id}/"))
        assert "초안입니다." not in shown
        assert "지침 개정" not in shown


def test_a_draft_may_be_empty_and_its_rows_are_replaced_by_the_next_save(hanbit, door, escalation):
    door.enter(hanbit.hana)
    assert _save(door, escalation, **form(decision="", reason="", implement_on="")).status_code == 302
    _save(door, escalation, **form(ROW, ("교육", "인사과", later(90))))
    data = form(("교육", "인사과", later(90)), rooms=7)
    data["promise-INITIAL_FORMS"] = 2

    _save(door, escalation, **data)

    assert list(Commitment.objects.values_list("what", "who")) == [("교육", "인사과")]


def test_an_empty_draft_starts_no_review_and_tells_nobody(hanbit, door, escalation):
    events = Event.objects.count()

    _save(door.enter(hanbit.hana), escalation, **form(decision="", reason=" ", implement_on=""))

    escalation.refresh_from_db()
    assert escalation.state == "received"
    assert Event.objects.count() == events
    _save(door, escalation, **form(ROW, decision="", reason="", implement_on=""))
    escalation.refresh_from_db()
    assert escalation.state == "under_review"


def _rows(response) -> int:
    """How many rows of commitments the form shows, not counting the one a script draws more after."""
    return len(re.findall(r'name="promise-\d+-what"', text(response)))


def test_there_is_always_one_empty_row_for_more(hanbit, door, escalation):
    page = f"/escalations/{escalation.pk}/"
    assert _rows(door.enter(hanbit.hana).get(page)) == 1

    _save(door, escalation, **form(*[ROW] * 5))

    assert _rows(door.get(page)) == 6
    assert text(door.get(page)).count('value="지침 개정"') == 5


def test_another_row_is_drawn_without_judging_or_losing_what_was_typed(hanbit, door, escalation):
    half = form(ROW, ("교육", "", later(-3)), rooms=2, reason="쓰던 답변", begun_with="")

    answer = _save(door.enter(hanbit.hana), escalation, more="1", **half)

    assert answer.status_code == 200
    assert _rows(answer) == 3
    for typed in ("쓰던 답변", 'value="지침 개정"', 'value="교육"', f'value="{later(-3)}"', 'value="adopted"'):
        assert typed in section(answer, "draft")
    assert re.search(r'value="adopted"[^>]* checked', text(answer))
    assert "error-summary" not in text(answer)
    assert re.search(r'<input[^>]*name="promise-2-what"[^>]*autofocus', text(answer))
    assert not Answer.objects.exists()


def test_another_row_does_not_hide_that_another_window_has_saved(hanbit, door, escalation):
    door.enter(hanbit.hana)
    _save(door, escalation, **form(ROW, reason="첫째 화면에서 쓴 글"), begun_with="")

    answer = _save(door, escalation, more="1", **form(ROW, reason="둘째 화면에서 쓴 글"), begun_with="")

    assert 'name="begun_with" value=""' in text(answer)
    assert "둘째 화면에서 쓴 글" in text(answer)
    assert Answer.objects.get().reason == "첫째 화면에서 쓴 글"


def test_another_row_for_a_published_answer_keeps_what_was_typed(hanbit, door, keys):
    escalation = answered(hanbit)

    answer = _save(door.enter(hanbit.hana), escalation, more="1", **form(ROW, reason="늦은 생각입니다."))

    assert answer.status_code == 409
    assert "늦은 생각입니다." in text(answer)


def test_a_draft_saved_in_another_window_is_not_lost_unseen(hanbit, door, escalation):
    door.enter(hanbit.hana)
    page = f"/escalations/{escalation.pk}/"

    def begun() -> str:
        return re.search(r'name="begun_with" value="([^"]*)"', text(door.get(page)))[1]

    both = begun()
    _save(door, escalation, **form(ROW, reason="첫째 화면에서 쓴 글"), begun_with=both)
    refused = _save(door, escalation, **form(ROW, reason="둘째 화면에서 쓴 글"), begun_with=both)

    assert refused.status_code == 409
    assert "다른 화면에서 초안이 저장되었습니다. 저장한 사람: 정하나(" in text(refused)
    assert "둘째 화면에서 쓴 글" in text(refused)
    assert "첫째 화면에서 쓴 글" in section(refused, "draft")
    assert Answer.objects.get().reason == "첫째 화면에서 쓴 글"

    now = re.search(r'name="begun_with" value="([^"]*)"', text(refused))[1]
    _save(door, escalation, **form(ROW, reason="둘째 화면에서 쓴 글"), begun_with=now)
    assert Answer.objects.get().reason == "둘째 화면에서 쓴 글"
    assert begun() not in (both, now)


def test_half_a_commitment_is_refused_and_what_was_typed_stays(hanbit, door, escalation):
    answer = _save(door.enter(hanbit.hana), escalation, **form(("지침 개정", "", ""), reason="긴 답변입니다."))

    assert answer.status_code == 422
    sentence = "이행과제는 내용, 담당 부서, 완료 기한을 모두 써 주세요."
    assert sentence in section(answer, "id_promise-0-who_error")
    assert f"이행과제 1 · 담당 부서: {sentence}" in words(answer)
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in text(answer)
    assert "긴 답변입니다." in text(answer)
    assert 'value="지침 개정"' in text(answer)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("broken", [{"promise-TOTAL_FORMS": "x"}, {"promise-TOTAL_FORMS": 5000}, {"decision": "great"}])
def test_a_broken_form_is_refused(hanbit, door, escalation, broken):
    assert _save(door.enter(hanbit.hana), escalation, **{**form(ROW), **broken}).status_code == 422
    assert not Answer.objects.exists()


def test_the_texts_of_the_answer_are_normalised(hanbit, door, escalation):
    decomposed = "\u1112\u1161\u11ab"  # 한 in parts

    _save(door.enter(hanbit.hana), escalation, **form((decomposed, decomposed, later()), reason=decomposed))

    assert (Answer.objects.get().reason, Commitment.objects.get().what) == ("한", "한")


def test_before_the_receipt_nothing_is_written_and_nothing_typed_is_lost(hanbit, door, keys):
    escalation = escalated(hanbit)

    answer = _save(door.enter(hanbit.hana), escalation, **form(ROW, reason="성급한 답변입니다."))

    assert answer.status_code == 409
    assert "먼저 접수해 주세요." in text(answer)
    assert "성급한 답변입니다." in text(answer)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (form(ROW, decision=""), "결정과 사유를 모두 써 주세요."),
        (form(ROW, reason=" "), "결정과 사유를 모두 써 주세요."),
        (form(decision="not_adopted", reason=""), "결정과 사유를 모두 써 주세요."),
        (form(ROW, implement_on=""), "채택하는 답변에는 실시 예정 시기를 써 주세요."),
        (form(ROW, decision="partly_adopted", implement_on=""), "채택하는 답변에는 실시 예정 시기를 써 주세요."),
        (form(), "채택하는 답변에는 이행과제를 하나 이상 써 주세요."),
    ],
)
def test_an_answer_that_lacks_something_is_not_published_and_the_preview_says_what(
    hanbit, door, escalation, data, sentence
):
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **data)

    shown = door.get(preview.url)
    refused = door.post(preview.url)

    assert sentence in text(shown)
    assert "답변 공개하기" not in section(shown, "main")
    assert refused.status_code == 422
    assert sentence in text(refused)
    assert Answer.objects.get().published_at is None
    assert Escalation.objects.get().state == "under_review"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (form(ROW, implement_on=later(-1)), "id_implement_on"),
        (form(ROW, ("교육", "인사과", later(-1))), "id_promise-1-due_on"),
    ],
)
def test_a_promise_for_a_day_that_is_over_is_refused_beside_its_field(hanbit, door, escalation, data, field):
    refused = _save(door.enter(hanbit.hana), escalation, **{**data, "reason": "긴 답변입니다."})

    assert refused.status_code == 422
    assert "지난 날은 약속할 수 없습니다." in section(refused, f"{field}_error")
    assert f'href="#{field}"' in text(refused)
    assert f'value="{later(-1)}"' in text(refused)
    assert "긴 답변입니다." in text(refused)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("implement_on", "due_on", "sentence"),
    [
        (later(-1), later(), "실시 예정 시기가 이미 지났습니다."),
        (later(), later(-1), "이행과제 ‘지침 개정’의 완료 기한이 이미 지났습니다."),
        (later(0), later(0), ""),
    ],
)
def test_a_promise_whose_day_has_passed_since_the_draft_is_not_published(
    hanbit, door, escalation, implement_on, due_on, sentence
):
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **form(ROW)).url
    Answer.objects.update(implement_on=implement_on)
    Commitment.objects.update(due_on=due_on)

    answer = publish(door, preview)

    assert answer.status_code == (422 if sentence else 302)
    assert sentence in text(answer)
    assert Answer.objects.filter(published_at=None).exists() == bool(sentence)


@pytest.mark.parametrize(("decision", "word"), [("not_adopted", "불채택"), ("closed", "종결")])
@pytest.mark.parametrize("data", [form(implement_on=later()), form(ROW, implement_on="")])
def test_who_does_not_adopt_promises_nothing_and_loses_nothing_typed(hanbit, door, escalation, data, decision, word):
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **{**data, "decision": decision})

    shown, refused = door.get(preview.url), publish(door, preview.url)

    sentence = f"‘{word}’에는 실시 예정 시기와 이행과제를 붙일 수 없습니다."
    assert sentence in text(shown)
    assert "답변 공개하기" not in section(shown, "main")
    assert refused.status_code == 422
    assert sentence in text(refused)
    assert Answer.objects.get().published_at is None
    again = text(door.get(f"/escalations/{escalation.pk}/"))
    assert 'value="지침 개정"' in again or f'value="{later()}"' in again


@pytest.mark.parametrize("decision", ["not_adopted", "closed"])
def test_a_refusal_needs_a_reason_but_no_date_and_no_commitment(hanbit, door, escalation, decision):
    data = form(decision=decision, reason="예산이 없습니다.", implement_on="")
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **data)

    published = publish(door, preview.url)
    assert published.url == f"/proposals/{escalation.proposal_id}/answer/"
    assert "답변을 공개했습니다." in section(door.get(published.url), "main").partition("panel-answer")[0]

    panel = section(door.enter(hanbit.jun).get(f"/proposals/{escalation.proposal_id}/"), "panel-answer")
    assert "예산이 없습니다." in panel
    assert "이행과제" not in panel


def test_a_published_answer_cannot_be_changed_and_what_was_typed_meanwhile_stays(hanbit, door, keys):
    escalation = answered(hanbit)
    door.enter(hanbit.hana)

    answer = _save(door, escalation, **form(ROW, decision="closed", reason="다시 생각해 보니 아닙니다."))
    again = door.post(f"/escalations/{escalation.pk}/publication/")

    assert (answer.status_code, again.status_code) == (409, 409)
    assert "공개한 답변은 고칠 수 없습니다." in text(answer)
    assert "다시 생각해 보니 아닙니다." in text(answer)
    assert "옳은 제안입니다." in text(answer)
    stored = Answer.objects.get()
    assert (stored.decision, stored.reason) == ("adopted", "옳은 제안입니다.")


@pytest.mark.parametrize("seen", ["", "어제", "2026-11-24T09:00:00", "2026-11-24T09:00:00+00:00"])
def test_only_the_draft_that_was_previewed_is_published(hanbit, door, escalation, seen):
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **form(ROW, reason="처음 쓴 사유입니다."))
    door.get(preview.url)
    _save(door, escalation, **form(ROW, reason="다른 창에서 고친 사유입니다."))

    refused = door.post(preview.url, seen=seen)

    assert refused.status_code == 409
    assert "미리보기를 연 뒤에 답변이 고쳐졌습니다." in text(refused)
    assert "다른 창에서 고친 사유입니다." in text(refused)
    assert Answer.objects.get().published_at is None
    assert publish(door, preview.url).url == f"/proposals/{escalation.proposal_id}/answer/"
    assert Answer.objects.get().reason == "다른 창에서 고친 사유입니다."


def test_a_preview_is_old_as_soon_as_the_draft_is_saved_again(hanbit, door, escalation):
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **form(ROW))
    shown = Answer.objects.get().prepared_at.isoformat()
    assert f'name="seen" value="{shown}"' in text(door.get(preview.url))
    _save(door, escalation, **form(ROW, reason="다른 창에서 고친 사유입니다."))

    assert door.post(preview.url, seen=shown).status_code == 409
    assert Answer.objects.get().published_at is None


def test_the_answer_names_who_published_it_even_when_the_office_has_a_new_holder(hanbit, door, keys):
    escalation = answered(hanbit)
    escalation.addressee.holder = hanbit.boss
    escalation.addressee.save()

    panel = words(door.enter(hanbit.jun).get(f"/proposals/{escalation.proposal_id}/answer/", script=True))

    assert "혁신책임관 한도윤" in panel
    assert "정하나" in panel


def test_an_answer_is_text_and_never_markup(hanbit, door, escalation):
    data = form(("<img src=x>", "<b>총무과</b>", later()), reason="<script>alert(1)</script> **옳습니다**")
    preview = _save(door.enter(hanbit.hana), escalation, preview="1", **data)
    shown = text(door.get(preview.url))
    door.post(preview.url)
    shown += section(door.enter(hanbit.jun).get(f"/proposals/{escalation.proposal_id}/"), "panel-answer")

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "<b>총무과" not in shown
    assert "<strong>옳습니다</strong>" in shown


def test_nobody_else_previews_or_publishes(hanbit, door, escalation):
    _save(door.enter(hanbit.hana), escalation, **form(ROW))

    for person in (hanbit.boss, hanbit.jun, hanbit.minji, hanbit.admin, hanbit.rio):
        door.enter(person)
        assert door.get(f"/escalations/{escalation.pk}/publication/").status_code == 404
        assert door.post(f"/escalations/{escalation.pk}/publication/").status_code == 404
        assert _save(door, escalation, **form(ROW, decision="closed")).status_code == 404
    assert Answer.objects.get().published_at is None
