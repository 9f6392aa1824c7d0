"""The inbox: what a person is told in the app."""

import re

import pytest
from django.template.loader import render_to_string

from boards.moderation.actions import hide
from forum.notifications import queries
from forum.notifications.actions import read_all_notices
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.browsing import Door, commented, published, section, text

INBOX = "/notifications/"


@pytest.fixture
def door(client) -> Door:
    return Door(client)


@pytest.fixture
def proposal(hanbit):
    """Jun's proposal; only the moderators' notice of it is there."""
    tell()
    Notification.objects.all().delete()
    proposal = published(hanbit.jun, hanbit.board)
    tell()
    return proposal


def sentences(response) -> list[str]:
    """What the notices say, from top to bottom."""
    return re.findall(r"<p>([^<]*님이[^<]*)</p>", section(response, "main"))


def badge(response) -> str:
    """The number beside 알림 on a page."""
    return re.sub(r"<[^>]*>|[^\d]", "", section(response, "badge"))


def test_an_author_reads_who_commented_newest_first(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "찬성합니다.")
    commented(hanbit.tae, proposal, "저도요.")
    tell()

    page = door.enter(hanbit.jun).get(INBOX)

    assert sentences(page) == [f"{who.name} 님이 댓글을 썼습니다." for who in (hanbit.tae, hanbit.sora)]
    assert text(page).count(f"{proposal.number} {proposal.title}") == 2


def test_nobody_reads_anothers_notices(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "찬성합니다.")
    tell()
    notice = Notification.objects.get(person=hanbit.jun)

    page = door.enter(hanbit.tae).get(INBOX)

    assert sentences(page) == []
    assert "아직 알림이 없습니다" in text(page)
    assert door.post(f"{INBOX}{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_following_a_notice_marks_it_read_and_leads_to_what_it_is_about(hanbit, door, proposal):
    comment = commented(hanbit.sora, proposal, "찬성합니다.")
    tell()
    notice = Notification.objects.get(person=hanbit.jun)

    answer = door.enter(hanbit.jun).post(f"{INBOX}{notice.pk}/")

    assert answer["Location"] == comment.get_absolute_url()
    assert "새 알림" not in section(door.get(INBOX), f"notice-{notice.pk}")


def test_reading_the_list_marks_nothing_and_a_link_cannot(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "찬성합니다.")
    tell()
    notice = Notification.objects.get(person=hanbit.jun)

    door.enter(hanbit.jun).get(INBOX)
    assert door.get(f"{INBOX}{notice.pk}/").status_code == 405
    assert door.get(f"{INBOX}all-read/").status_code == 405

    assert "새 알림" in section(door.get(INBOX), f"notice-{notice.pk}")


def test_all_can_be_marked_read_at_once_and_only_ones_own(hanbit, door, proposal):
    for number in range(3):
        commented(hanbit.sora, proposal, f"의견 {number}")
    tell()
    minji_had = Notification.objects.visible_to(hanbit.minji).unread().count()

    page = door.enter(hanbit.jun).get(INBOX)
    assert badge(page) == "3"
    door.post(f"{INBOX}all-read/")
    page = door.get(INBOX)

    assert badge(page) == ""
    assert "모두 읽음으로 표시" not in text(page)
    assert len(sentences(page)) == 3
    assert Notification.objects.visible_to(hanbit.minji).unread().count() == minji_had > 0


def test_older_notices_are_reached_by_a_link(hanbit, door, proposal, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(3):
        commented(hanbit.sora, proposal, f"의견 {number}")
    tell()

    page = door.enter(hanbit.jun).get(INBOX)
    older = door.get(INBOX + re.search(r'href="(\?before=\d+)"', text(page))[1])

    assert (len(sentences(page)), len(sentences(older))) == (2, 1)
    assert "before=" not in section(older, "main")


def test_whose_seat_it_is_is_spoken_to(hanbit, door):
    tell()

    page = section(door.enter(hanbit.jun).get(INBOX), "main")
    assert "<p>위원으로 추가되셨습니다.</p>" in page
    assert "추가한 사람: 설치 담당자" in page


def test_what_must_be_read_is_marked(hanbit, door, proposal):
    hide(proposal, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    commented(hanbit.sora, proposal, "왜 가렸나요?")
    tell()
    must = Notification.objects.get(person=hanbit.jun, event__verb="proposal_hidden")
    may = Notification.objects.get(person=hanbit.jun, event__verb="comment_posted")

    page = door.enter(hanbit.jun).get(INBOX)

    assert "꼭 확인해 주세요" in section(page, f"notice-{must.pk}")
    assert "꼭 확인해 주세요" not in section(page, f"notice-{may.pk}")


def test_a_title_hidden_later_is_gone_from_older_notices(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board, title="가려야 할 제목")
    tell()
    assert "가려야 할 제목" in text(door.enter(hanbit.minji).get(INBOX))

    hide(proposal, by=hanbit.minji, rule="R02", reason="확인되지 않은 내용입니다.")

    page = text(door.get(INBOX))
    assert "가려야 할 제목" not in page
    assert proposal.number in page


def test_the_badge_of_the_page_is_the_badge_that_is_sent(hanbit, door, proposal):
    commented(hanbit.sora, proposal, "찬성합니다.")
    tell()

    page = section(door.enter(hanbit.jun).get("/"), "badge")
    sent = render_to_string("notifications/_badge.html", {"unread": 1})

    assert page == sent.strip()
    read_all_notices(by=hanbit.jun)
    assert section(door.get("/"), "badge") == render_to_string("notifications/_badge.html", {"unread": 0}).strip()
