"""Attaching and taking away: who may, when, how many, what is recorded, and what of the rest of the page stays."""

import json
import os
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks

from boards.attachments import store
from boards.attachments.actions import remove
from boards.attachments.models import Attachment
from boards.attachments.rules import LARGEST_TOTAL, MOST_FILES
from boards.attachments.tasks import GRACE, sweep_lone_files
from boards.membership.models import Mode
from boards.moderation.actions import hide
from boards.proposals.models import Proposal
from boards.proposals.states import State
from boards.voting.actions import call_ballot, open_ballot
from forum.clock import DUTIES, run_once
from forum.events.models import Event
from forum.neighbours import missing_folder
from forum.web.errors import NotAllowed, WrongState
from tests.boards.attachments.making import HONEST, pdf
from tests.boards.attachments.uploading import attached, nothing_is_left, on_disk, part, path_of, send
from tests.boards.browsing import TEXTS, draft_of, published, section, text, words


@pytest.fixture
def draft(hanbit):
    return draft_of(hanbit.jun, hanbit.board)


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def editor_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/edit/"


def removal_of(attachment: Attachment) -> str:
    return f"/attachments/{attachment.pk}/removal/"


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_files_stand_on_the_page_with_name_kind_and_size(hanbit, door, proposal):
    attached(proposal, hanbit.jun, "설문 결과.hwp")

    panel = section(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"), "panel-attachments")

    assert "설문 결과.hwp" in panel
    assert "한글 문서" in panel
    assert "KB" in panel
    assert 'type="file"' not in panel
    assert "빼기" not in panel


def test_without_files_readers_see_no_empty_box_and_the_author_the_form(hanbit, door, proposal):
    assert " hidden>" in section(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"), "panel-attachments")
    panel = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), "panel-attachments")
    assert " hidden>" not in panel.partition("\n")[0]
    assert 'enctype="multipart/form-data"' in panel


def test_a_new_proposal_says_when_files_can_be_attached(hanbit, door):
    assert "임시저장한 뒤에 첨부" in words(door.enter(hanbit.jun).get("/boards/hanbit/proposals/new/"))


def test_enter_in_the_editor_saves_and_sends_no_file(hanbit, door, draft):
    """The first button that submits is the one a browser presses for Enter."""
    attached(draft, hanbit.jun)
    page = text(door.enter(hanbit.jun).get(editor_of(draft))).partition("<main")[2]

    assert "임시저장" in page.partition('type="submit"')[2].partition("</button>")[0]


def test_what_was_typed_in_the_editor_is_saved_with_the_file(hanbit, door, draft):
    answer = send(
        door.enter(hanbit.jun), draft, part("근거.pdf"), **{**TEXTS, "field": "work", "problem": "새로 쓴 글"}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{editor_of(draft)}#panel-attachments"
    draft.refresh_from_db()
    assert (draft.problem, draft.field, draft.state) == ("새로 쓴 글", "work", State.DRAFT)


def test_what_was_typed_stays_when_the_file_is_refused(hanbit, door, draft):
    answer = send(
        door.enter(hanbit.jun), draft, part("a.exe", b"MZ"), **{**TEXTS, "field": "work", "effect": "새 효과"}
    )

    assert answer.status_code == 422
    assert "새 효과" in text(answer)
    draft.refresh_from_db()
    assert draft.effect == "새 효과"


@pytest.mark.parametrize("button", ["", "preview"])
def test_a_file_chosen_and_not_sent_is_attached_by_whichever_button_is_pressed(hanbit, door, draft, button):
    page = section(door.enter(hanbit.jun).get(editor_of(draft)), "main")
    assert 'enctype="multipart/form-data"' in page.partition("data-draft")[0].rpartition("<form")[2]

    door.post(editor_of(draft), **{**TEXTS, "field": "work", "file": part("근거.pdf"), button or "x": "1"})

    assert "근거.pdf" in section(door.get(editor_of(draft)), "panel-attachments")


def test_a_proposal_opens_with_the_file_that_was_chosen_last(hanbit, door, draft):
    door.enter(hanbit.jun).post(
        editor_of(draft), **{**TEXTS, "field": "work", "file": [part("가.pdf"), part("나.txt")], "open": "1"}
    )

    draft.refresh_from_db()
    assert draft.state == State.OPEN
    assert [it.name for it in draft.attachments.order_by("pk")] == ["가.pdf", "나.txt"]


def test_a_proposal_does_not_open_without_the_file_that_was_refused(hanbit, door, draft):
    answer = door.enter(hanbit.jun).post(
        editor_of(draft), **{**TEXTS, "field": "work", "effect": "새 효과", "file": part("a.exe", b"MZ"), "open": "1"}
    )

    draft.refresh_from_db()
    assert (answer.status_code, draft.state, draft.effect) == (422, State.DRAFT, "새 효과")
    assert "올릴 수 있는 형식이 아닙니다" in section(answer, "panel-attachments")


def test_what_cannot_be_saved_stays_in_its_fields_beside_the_file(hanbit, door, draft):
    answer = send(
        door.enter(hanbit.jun), draft, part("a.txt"), **{**TEXTS, "field": "work", "title": "", "problem": "글"}
    )

    assert answer.status_code == 422
    assert "제목을 써 주세요" in words(answer)
    assert ">\n글</textarea>" in text(answer)
    assert Attachment.objects.count() == 1
    draft.refresh_from_db()
    assert draft.title == TEXTS["title"]


def test_a_script_gets_the_list_alone_and_nothing_else_changes(hanbit, door, draft):
    answer = send(door.enter(hanbit.jun), draft, part("근거.pdf"), script=True)

    assert text(answer).strip() == section(answer, "panel-attachments")
    assert "근거.pdf" in text(answer)


def test_on_the_page_a_refusal_stands_beside_the_form(hanbit, door, proposal):
    answer = send(door.enter(hanbit.jun), proposal, part("a.exe", b"MZ"))

    assert answer.status_code == 422
    assert "올릴 수 있는 형식이 아닙니다" in section(answer, "panel-attachments")
    assert TEXTS["title"] in words(answer)


# --- How many and how much --------------------------------------------------------------------------------------------


def test_the_eleventh_file_is_refused(hanbit, door, draft):
    parts = [part(f"{number}.txt", f"글 {number}".encode()) for number in range(MOST_FILES + 1)]

    answer = send(door.enter(hanbit.jun), draft, *parts)

    assert answer.status_code == 422
    assert "파일을 10개까지" in words(answer)
    assert "‘10.txt’" in words(answer)
    assert Attachment.objects.count() == len(on_disk()) == MOST_FILES


def test_beyond_the_total_a_file_is_refused_and_the_rest_is_told(hanbit, door, draft):
    attached(draft, hanbit.jun)
    Attachment.objects.update(size=LARGEST_TOTAL - 1024 * 1024)

    answer = send(door.enter(hanbit.jun), draft, part("큰 자료.pdf", pdf(os.urandom(2 * 1024 * 1024))))

    assert answer.status_code == 422
    assert "이제 1.0MB 남았습니다" in words(answer)
    assert Attachment.objects.count() == len(on_disk()) == 1


def test_the_same_file_again_is_the_one_that_is_there(hanbit, door, draft):
    for _ in range(2):
        assert send(door.enter(hanbit.jun), draft, part("a.pdf")).status_code == 302
    answer = send(door.enter(hanbit.jun), draft, part("b.pdf"))

    assert "‘a.pdf’라는 이름으로 이미 있습니다" in words(answer)
    assert Attachment.objects.count() == len(on_disk()) == 1


# --- Who and when -----------------------------------------------------------------------------------------------------


def test_nobody_but_the_author_attaches_or_takes_away(hanbit, proposal):
    attachment = attached(proposal, hanbit.jun)
    for person in (hanbit.sora, hanbit.minji, hanbit.staff, hanbit.rio):
        with pytest.raises(NotAllowed):
            attached(proposal, person, "b.pdf")
        with pytest.raises(NotAllowed):
            remove(attachment, by=person)
    assert len(on_disk()) == 1


def test_once_the_ballot_is_open_files_stay_as_they_are(hanbit, door, proposal, keys):
    attachment = attached(proposal, hanbit.jun)
    call_ballot(proposal, by=hanbit.minji, mode=Mode.NAMED, reason="뜻을 묻습니다.")
    open_ballot(proposal, keys=keys)

    added = send(door.enter(hanbit.jun), proposal, part("b.pdf"))
    removed = door.post(removal_of(attachment))

    assert (added.status_code, removed.status_code) == (409, 409)
    for answer in (added, removed):
        assert "표결하는 동안에는 파일을 첨부하거나 뺄 수 없습니다." in words(answer)
    assert Attachment.objects.count() == len(on_disk()) == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("passed", "가결된 제안이라"),
        ("failed", "보완해서 다시 내면 더할 수 있습니다."),
        ("withdrawn", "철회한 제안이라 파일을"),
    ],
)
def test_in_each_state_the_reason_why_files_stay_is_true(hanbit, door, proposal, state, said):
    Proposal.objects.update(state=state)

    page = section(door.enter(hanbit.jun).get(f"/proposals/{proposal.pk}/"), "panel-attachments")

    assert said in page
    assert "표결" not in page or state != "withdrawn", "there was no ballot"


def test_files_of_a_round_that_was_voted_on_stay_in_the_next(hanbit, proposal):
    attachment = attached(proposal, hanbit.jun)
    Proposal.objects.filter(pk=proposal.pk).update(round=2)

    with pytest.raises(WrongState, match="앞 회차"):
        remove(attachment, by=hanbit.jun)
    attached(Proposal.objects.get(pk=proposal.pk), hanbit.jun, "b.pdf")


def test_a_hidden_proposal_hides_its_files_and_takes_no_more(hanbit, door, proposal):
    attachment = attached(proposal, hanbit.jun, "비밀.png", HONEST["png"])
    hide(proposal, by=hanbit.minji, rule="R01", reason="개인정보가 있습니다.")

    for person in (hanbit.jun, hanbit.sora, hanbit.minji):
        door.enter(person)
        assert door.get(f"/attachments/{attachment.pk}/").status_code == 404
        assert door.get(f"/attachments/{attachment.pk}/preview/").status_code == 404
        assert "비밀.png" not in text(door.get(f"/proposals/{proposal.pk}/"))
    assert send(door.enter(hanbit.jun), proposal, part("b.pdf")).status_code == 409


# --- Taking away ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_away_leaves_neither_row_nor_bytes(hanbit, door, proposal):
    attachment = attached(proposal, hanbit.jun, "a.png", HONEST["png"])
    door.enter(hanbit.jun)
    assert "빼기" in words(door.get(removal_of(attachment)))

    assert door.post(removal_of(attachment)).status_code == 303

    assert nothing_is_left()
    with pytest.raises(WrongState, match="이미 뺀"):
        remove(attachment, by=hanbit.jun)


@pytest.mark.django_db(transaction=True)
def test_in_the_editor_a_file_goes_at_once_and_what_was_typed_is_saved(hanbit, door, draft):
    attachment = attached(draft, hanbit.jun)

    answer = door.enter(hanbit.jun).post(removal_of(attachment), **{**TEXTS, "field": "work", "effect": "새 효과"})

    assert answer.status_code == 302
    assert nothing_is_left()
    draft.refresh_from_db()
    assert draft.effect == "새 효과"


def test_a_file_that_cannot_be_recorded_is_swept_away(hanbit, draft):
    """What a crash leaves: bytes that no row names. Young ones may still get their row."""
    mine = attached(draft, hanbit.jun, "a.png", HONEST["png"])
    lone, young = store.keep(b"lone"), store.keep(b"young")
    half = store._path(lone).with_suffix(".part")
    half.write_bytes(b"ha")
    for path in on_disk():
        if path.name != young:
            os.utime(path, (time.time() - GRACE - 1,) * 2)

    assert sweep_lone_files() == 2
    assert {path.name for path in on_disk()} == {mine.file, mine.preview, young}
    assert sweep_lone_files() == 0


def test_the_clock_sweeps(hanbit):
    os.utime(store._path(store.keep(b"lone")), (time.time() - GRACE - 1,) * 2)

    assert sweep_lone_files in {duty.work for duty in DUTIES["clock"]}
    run_once("clock")
    assert nothing_is_left()


# --- What is recorded -------------------------------------------------------------------------------------------------


def test_on_an_open_proposal_both_acts_are_recorded_and_told_in_its_course(hanbit, door, proposal):
    remove(attached(proposal, hanbit.jun, "사적인 이름.pdf"), by=hanbit.jun)

    events = Event.objects.on(proposal.stream).filter(verb__startswith="attachment").order_by("number")
    assert [(event.verb, event.actor) for event in events] == [
        ("attachment_added", hanbit.jun),
        ("attachment_removed", hanbit.jun),
    ]
    assert {event.about_type for event in events} == {ContentType.objects.get_for_model(Proposal)}
    assert "사적인" not in json.dumps([event.data for event in events], ensure_ascii=False)
    page = words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"))
    assert "파일을 첨부했습니다." in page
    assert "첨부파일을 뺐습니다." in page
    assert "파일을 첨부했습니다." in words(door.get("/boards/hanbit/log/"))


def test_on_a_draft_nothing_is_recorded(hanbit, draft):
    before = Event.objects.count()
    remove(attached(draft, hanbit.jun), by=hanbit.jun)

    assert Event.objects.count() == before


# --- Where files lie --------------------------------------------------------------------------------------------------


def test_the_disk_knows_random_names_only_and_nobody_else_reads_them(hanbit, draft):
    attached(draft, hanbit.jun, "이름.pdf")

    [path] = on_disk()
    assert path.name == Attachment.objects.get().file
    assert len(path.name) == 32
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_served_stops_the_start(settings):
    assert [it for it in run_checks(tags=["safety"]) if it.id == "forum.E003"] == []
    settings.ATTACHMENTS = settings.STATIC_ROOT / "attachments"

    [error] = [it for it in run_checks(tags=["safety"]) if it.id == "forum.E003"]
    assert "ATTACHMENTS" in error.msg


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(settings, tmp_path):
    assert missing_folder() == ""
    (tmp_path / "a file").write_bytes(b"")
    settings.ATTACHMENTS = tmp_path / "a file" / "attachments"

    assert "mount a volume there, or correct ATTACHMENTS." in missing_folder()


def test_the_list_is_the_same_path_for_page_and_script(hanbit, door, proposal):
    door.enter(hanbit.sora)
    assert door.get(path_of(proposal)).status_code == 303
    assert door.get(path_of(proposal), script=True).status_code == 200
