"""Throwing a draft away: nothing of it is left, and only those it was shared with hear of it."""

import pytest

from boards.attachments.models import Attachment
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.sharing import accept, decline, invite
from forum.events.models import Event
from forum.notifications.models import Notification
from forum.notifications.telling import tell
from tests.boards.attachments.uploading import attached, nothing_is_left
from tests.boards.browsing import TEXTS, draft_of, published, text, words


@pytest.fixture
def draft(hanbit):
    return draft_of(hanbit.jun, hanbit.board)


def path_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/removal/"


def test_the_author_is_asked_and_the_draft_is_gone_with_its_files(
    hanbit, door, draft, django_capture_on_commit_callbacks
):
    attached(draft, hanbit.jun)
    assert path_of(draft) in text(door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/edit/"))
    asked = words(door.get(path_of(draft)))
    assert "첨부한 파일 1개도 함께 지워집니다." in asked
    assert "아무에게도 알리지 않고, 기록에도 남지 않습니다." in asked
    assert Proposal.objects.exists(), "asking does nothing"

    with django_capture_on_commit_callbacks(execute=True):
        assert door.post(path_of(draft)).url == "/"

    home = words(door.get("/"))
    assert "초안을 버렸습니다." in home
    assert TEXTS["title"] not in home
    assert nothing_is_left()
    assert not Attachment.objects.exists()
    assert not Event.objects.filter(verb="draft_discarded").exists(), "a draft of one's own is nobody's business"
    assert door.get(f"/proposals/{draft.pk}/edit/").status_code == 404
    assert door.post(path_of(draft)).status_code == 404, "a second press finds nothing"


def test_who_shared_it_or_was_asked_to_hears_of_it_and_the_invitation_leaves_the_inbox(hanbit, door, draft):
    accept(invite(draft, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)
    invite(draft, by=hanbit.jun, person=hanbit.tae, share=20)
    other = hanbit.members[5]
    decline(invite(draft, by=hanbit.jun, person=other, share=10), by=other)
    while tell():
        pass
    assert "박소라 · 수락" in words(door.enter(hanbit.jun).get(path_of(draft)))
    assert other.name not in words(door.get(path_of(draft)))

    door.post(path_of(draft))
    while tell():
        pass

    told = Notification.objects.exclude(event__verb="member_added").values_list("event__verb", "person__name")
    assert set(told) == {("draft_discarded", "박소라"), ("draft_discarded", hanbit.tae.name)}
    for person in (hanbit.sora, hanbit.tae):
        inbox = words(door.enter(person).get("/notifications/"))
        assert "초안을 버렸습니다." in inbox
        assert hanbit.board.name in inbox
        assert "지금은 볼 수 없는 글" not in inbox
        assert TEXTS["title"] not in inbox
        assert TEXTS["title"] not in words(door.get("/"))
    assert not CoProposal.objects.exists()
    data = [event.data for event in Event.objects.filter(verb="draft_discarded").order_by("pk")]
    assert data == [{"person": it.pk, "proposal": draft.pk} for it in (hanbit.sora, hanbit.tae)], "ids only"


def test_news_of_an_invitation_that_is_gone_before_the_worker_came_reaches_nobody(hanbit, door, draft):
    invite(draft, by=hanbit.jun, person=hanbit.tae, share=20)
    door.enter(hanbit.jun).post(path_of(draft))

    while tell():
        pass

    told = Notification.objects.exclude(event__verb="member_added")
    assert [it.event.verb for it in told] == ["draft_discarded"]


def test_a_notice_written_at_the_same_moment_opens_nothing(hanbit, door, draft):
    invite(draft, by=hanbit.jun, person=hanbit.tae, share=20)
    event = Event.objects.get(verb="co_proposer_invited")
    door.enter(hanbit.jun).post(path_of(draft))
    Notification.objects.create(person=hanbit.tae, event=event)

    assert "지금은 볼 수 없는 글" in words(door.enter(hanbit.tae).get("/notifications/"))


def test_a_co_proposer_who_writes_on_finds_it_gone(hanbit, door, draft):
    accept(invite(draft, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)
    assert path_of(draft) not in text(door.enter(hanbit.sora).get(f"/proposals/{draft.pk}/edit/"))
    assert door.post(path_of(draft)).status_code == 403
    assert Proposal.objects.exists()


def test_an_open_proposal_is_withdrawn_not_thrown_away(hanbit, door):
    proposal = published(hanbit.jun, hanbit.board)

    answer = door.enter(hanbit.jun).post(path_of(proposal))

    assert answer.status_code == 409
    assert "그만두려면 이유를 남기고 철회해 주세요." in words(answer)
    assert Proposal.objects.exists()
