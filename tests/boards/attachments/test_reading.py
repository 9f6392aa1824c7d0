"""Handing out: to who may read the proposal, under headers that let nothing run."""

import pytest

from boards.attachments import store
from boards.attachments.kinds import Kind
from tests.boards.attachments.making import HONEST
from tests.boards.attachments.uploading import attached
from tests.boards.browsing import draft_of, published, text, without_tokens, words

GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("ending", [kind.value for kind in Kind])
def test_a_file_comes_as_a_download_under_its_korean_name(hanbit, door, ending):
    attachment = attached(published(hanbit.jun, hanbit.board), hanbit.jun, f"회의 ‘자료’.{ending}", HONEST[ending])

    answer = door.enter(hanbit.sora).get(f"/attachments/{attachment.pk}/")

    assert answer.content == store.read(attachment.file)
    assert answer.headers["Content-Type"] == Kind(ending).content_type
    assert {name: answer.headers[name] for name in GUARDS} == GUARDS
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"attachment-{attachment.pk}.{ending}\"; filename*=UTF-8''"
        f"%ED%9A%8C%EC%9D%98%20%E2%80%98%EC%9E%90%EB%A3%8C%E2%80%99.{ending}"
    )


def test_the_small_picture_is_ours_and_guarded_as_well(hanbit, door):
    attachment = attached(published(hanbit.jun, hanbit.board), hanbit.jun, "a.png", HONEST["png"])

    page = door.enter(hanbit.sora).get(f"/proposals/{attachment.proposal_id}/")
    answer = door.get(f"/attachments/{attachment.pk}/preview/")

    assert f'<img src="/attachments/{attachment.pk}/preview/" width="40" height="30" alt=""' in text(page)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == "inline"
    assert {name: answer.headers[name] for name in GUARDS} == GUARDS


def test_what_has_no_picture_has_no_small_one(hanbit, door):
    attachment = attached(published(hanbit.jun, hanbit.board), hanbit.jun, "a.pdf")

    assert door.enter(hanbit.jun).get(f"/attachments/{attachment.pk}/preview/").status_code == 404


def test_the_file_of_a_draft_is_its_authors_and_for_others_as_one_that_does_not_exist(hanbit, door):
    attachment = attached(draft_of(hanbit.jun, hanbit.board), hanbit.jun, "초안.png", HONEST["png"])
    assert door.enter(hanbit.jun).get(f"/attachments/{attachment.pk}/").status_code == 200

    for person in (hanbit.sora, hanbit.minji, hanbit.staff, hanbit.hana, hanbit.rio):
        door.enter(person)
        for path in ("/attachments/{}/", "/attachments/{}/preview/", "/attachments/{}/removal/"):
            hidden, absent = door.get(path.format(attachment.pk)), door.get(path.format(987654321))
            assert (hidden.status_code, absent.status_code) == (404, 404)
            assert without_tokens(hidden) == without_tokens(absent)


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_what_the_disk_has_lost_or_changed_is_not_handed_out_and_says_so(hanbit, door, damage):
    attachment = attached(published(hanbit.jun, hanbit.board), hanbit.jun)
    path = store._path(attachment.file)
    path.unlink() if damage == "gone" else path.write_bytes(b"somebody else's")

    answer = door.enter(hanbit.sora).get(f"/attachments/{attachment.pk}/")

    assert answer.status_code == 409
    assert "지금 읽을 수 없습니다" in words(answer)
    assert "Content-Disposition" not in answer.headers
