"""Co-proposers: invited with a share, named only once they have accepted, authors from then on."""

import threading

import pytest

from boards.membership.actions import change_membership, end_membership
from boards.moderation.actions import hide
from boards.moderation.policy import ContentPolicy
from boards.proposals.actions import open_proposal
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.sharing import accept, cancel_invitation, decline, invite
from boards.proposals.states import State
from boards.voting.policy import BallotCallPolicy
from forum.clock import run_once
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from forum.web.errors import Invalid, WrongState
from tests.boards.browsing import TEXTS, commented, draft_of, published, section, text, without_tokens, words
from tests.boards.home.ways import done

FORM = {"field": "culture", **TEXTS}


@pytest.fixture
def draft(hanbit):
    return draft_of(hanbit.jun, hanbit.board)


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def shared(proposal, author, person, share=30) -> CoProposal:
    return accept(invite(proposal, by=author, person=person, share=share), by=person)


def heard() -> list[tuple[str, str]]:
    while tell():
        pass
    told = Notification.objects.filter(event__verb__startswith="co_proposer").order_by("pk")
    return list(told.values_list("event__verb", "person__name"))


# Inviting and answering


def test_an_invited_member_reads_the_draft_and_accepts_a_share(hanbit, door, draft):
    door.enter(hanbit.jun).post(f"/proposals/{draft.pk}/co-proposers/", person=hanbit.sora.pk, share=40)
    invitation = CoProposal.objects.get()
    assert (invitation.share, invitation.state, invitation.invited_by) == (40, "invited", hanbit.jun)
    assert heard() == [("co_proposer_invited", "박소라")]

    home = section(door.enter(hanbit.sora).get("/"), "duties")
    assert f"/co-proposals/{invitation.pk}/" in home
    assert "이준 님이 기여도 40%의 부제안자로 초대했습니다." in home
    assert TEXTS["problem"] in text(door.get(f"/co-proposals/{invitation.pk}/"))
    assert door.get(f"/proposals/{draft.pk}/edit/").status_code == 404, "not an author yet"
    door.post(f"/co-proposals/{invitation.pk}/answer/", answer="accept")

    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert invitation.decided_at is not None
    assert heard()[1:] == [("co_proposer_accepted", "이준")]
    assert door.post(f"/proposals/{draft.pk}/edit/", **{**FORM, "title": "함께 쓴 제목"}).status_code == 303
    assert Proposal.objects.get().title == "함께 쓴 제목"
    assert "함께 쓴 제목" in section(door.get("/"), "drafts")


def test_a_draft_says_who_reads_it_now(hanbit, door, draft):
    readers = "지금 이 글을 읽을 수 있는 사람: 이준 님"
    path = f"/proposals/{draft.pk}/edit/"
    invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)

    for where in (path, "/"):
        page = words(door.enter(hanbit.jun).get(where))
        assert f"{readers}, 박소라 님(초대에 답할 때까지)" in page
        assert "쓴 사람만 봅니다" not in page
    assert "박소라 님이 초대를 수락하면 그 이름도 함께 올라갑니다." in words(door.get(path))

    accept(CoProposal.objects.get(), by=hanbit.sora)
    invitation = invite(draft, by=hanbit.jun, person=hanbit.tae, share=10)
    for person, where in ((hanbit.jun, path), (hanbit.sora, path), (hanbit.sora, "/")):
        page = words(door.enter(person).get(where))
        assert f"{readers}, 박소라 님(부제안자), {hanbit.tae.name} 님(초대에 답할 때까지)" in page
    page = words(door.get(path))
    assert "공개하기 전에 파일을 볼 수 있는 사람은 이준, 박소라 님이고" in page
    assert "‘이준, 박소라’ 이름으로 올라갑니다." in page

    decline(invitation, by=hanbit.tae)
    assert hanbit.tae.name not in section(door.get("/"), "drafts")


def test_an_invited_person_whose_seat_has_ended_reads_no_more_and_is_not_named(hanbit, door, draft):
    invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    hanbit.sora.memberships.update(term_until="2020-01-02", term_from="2020-01-01")

    assert "임시저장한 글은 쓴 사람만 봅니다." in words(door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/edit/"))


def test_who_invites_is_told_before_that_the_draft_will_be_read(hanbit, door, draft, proposal):
    told = "초대를 보내면 그 위원은 답할 때까지 임시저장한 이 글을 모두 읽을 수 있습니다."

    assert told in words(door.enter(hanbit.jun).get(f"/proposals/{draft.pk}/co-proposers/"))
    assert told not in words(door.get(f"/proposals/{proposal.pk}/co-proposers/")), "everybody reads it anyway"


def test_who_has_accepted_is_told_so_and_led_to_the_proposal_first(hanbit, door, draft):
    invitation = invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    path = f"/co-proposals/{invitation.pk}/"

    page = text(door.enter(hanbit.sora).get(door.post(f"{path}answer/", answer="accept").url))

    assert "초대를 수락했습니다." in page
    assert page.index("제안 보기") < page.index("부제안자 그만두기")
    assert "btn-danger" not in page
    door.post(f"{path}departure/")
    assert "부제안자를 그만두었습니다." in words(door.get(path))


def test_only_accepted_co_proposers_are_named_and_the_rest_is_the_main_proposers(hanbit, door, draft):
    shared(draft, hanbit.jun, hanbit.sora, 40)
    invite(draft, by=hanbit.jun, person=hanbit.tae, share=20)
    decline(invite(draft, by=hanbit.jun, person=hanbit.bora, share=10), by=hanbit.bora)
    open_proposal(draft, by=hanbit.jun)

    page = door.enter(hanbit.staff).get(f"/proposals/{draft.pk}/")

    assert "주제안자 이준 60% · 부제안자 박소라 40%" in words(page)
    assert not [it for it in (hanbit.tae, hanbit.bora) if it.name in section(page, "panel-text")]
    assert "이준, 박소라" in section(door.get("/boards/hanbit/"), f"proposal-{draft.pk}")


def test_on_an_open_proposal_everybody_learns_of_a_new_co_proposer(hanbit, door, proposal):
    shared(proposal, hanbit.jun, hanbit.sora)

    timeline = section(door.enter(hanbit.staff).get(f"/proposals/{proposal.pk}/"), "panel-timeline")

    assert "박소라 님이 부제안자로 함께하게 되었습니다." in timeline
    assert "초대" not in timeline


def test_a_refusal_is_known_to_the_two_alone(hanbit, door, proposal):
    invitation = decline(invite(proposal, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)

    assert heard() == [("co_proposer_invited", "박소라"), ("co_proposer_declined", "이준")]
    for person in (hanbit.tae, hanbit.minji, hanbit.staff):
        door.enter(person)
        there, absent = door.get(f"/co-proposals/{invitation.pk}/"), door.get("/co-proposals/987654/")
        assert (there.status_code, without_tokens(there)) == (404, without_tokens(absent))
        assert "박소라" not in words(door.get(f"/proposals/{proposal.pk}/"))
        assert "거절" not in words(door.get("/boards/hanbit/log/"))


def test_who_declined_or_was_uninvited_reads_the_draft_no_more(hanbit, door, draft):
    first = decline(invite(draft, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.sora)
    second = cancel_invitation(invite(draft, by=hanbit.jun, person=hanbit.tae, share=30), by=hanbit.jun)

    for person, invitation in ((hanbit.sora, first), (hanbit.tae, second)):
        page = door.enter(person).get(f"/co-proposals/{invitation.pk}/")
        assert TEXTS["problem"] not in text(page)
        assert door.get(f"/proposals/{draft.pk}/edit/").status_code == 404


def test_an_invitation_is_answered_once_by_who_was_invited(hanbit, door, draft):
    invitation = invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    path = f"/co-proposals/{invitation.pk}/answer/"

    assert door.enter(hanbit.jun).post(path, answer="accept").status_code == 403
    assert door.enter(hanbit.tae).post(path, answer="accept").status_code == 404
    assert door.enter(hanbit.sora).post(path).status_code == 422
    assert door.post(path, answer="decline").status_code == 302
    late = door.post(path, answer="accept")

    assert late.status_code == 409
    assert "이미 답한 초대입니다." in text(late)
    assert CoProposal.objects.get().state == "declined"


def test_whose_term_is_over_cannot_accept(hanbit, door, draft):
    invitation = invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    hanbit.sora.memberships.update(term_until="2020-01-02", term_from="2020-01-01")

    assert door.enter(hanbit.sora).post(f"/co-proposals/{invitation.pk}/answer/", answer="accept").status_code == 403
    assert CoProposal.objects.get().state == "invited"


@pytest.mark.parametrize("state", [State.BALLOTING, State.PASSED, State.WITHDRAWN])
def test_once_a_ballot_has_begun_the_authors_are_fixed(hanbit, door, proposal, state):
    invitation = invite(proposal, by=hanbit.jun, person=hanbit.sora, share=30)
    Proposal.objects.update(state=state)

    answers = [
        door.enter(hanbit.sora).post(f"/co-proposals/{invitation.pk}/answer/", answer="accept"),
        door.enter(hanbit.jun).post(f"/proposals/{proposal.pk}/co-proposers/", person=hanbit.tae.pk, share=10),
        door.post(f"/co-proposals/{invitation.pk}/cancellation/"),
    ]

    assert [it.status_code for it in answers] == [409, 409, 409]
    assert "표결이 시작된 뒤에는 함께 제안한 사람을 바꿀 수 없습니다." in text(answers[0])
    assert "초대받았" not in text(door.enter(hanbit.sora).get("/"))
    assert f"/co-proposals/{invitation.pk}/" not in text(door.get("/"))


# A seat that ends, and stepping down


SECRET = "시장님께 아직 보이지 않을 제목"


def nowhere_seen(door, person, proposal) -> bool:
    """Whether none of what the person can open, now or by catching up, says what the draft is called."""
    door.enter(person)
    invitation = CoProposal.objects.get(proposal=proposal, person=person)
    paths = ("/", "/notifications/", "/notifications/badge/", f"/co-proposals/{invitation.pk}/")
    pages = [text(door.get(path)) for path in paths] + [text(door.get(path, script=True)) for path in paths]
    letters = [it.subject + it.body for it in Letter.objects.filter(to=person.email)]
    return SECRET not in "".join([*pages, *letters])


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("end", ["ended", "over", "moderator"])
def test_who_lost_the_seat_sees_nothing_of_the_draft_they_were_invited_to(hanbit, door, end, told):
    draft = draft_of(hanbit.jun, hanbit.board, title=SECRET)
    invitation = invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    if told:
        heard()
        assert SECRET in text(door.enter(hanbit.sora).get("/"))
        assert SECRET in text(door.get("/notifications/"))
    seat = hanbit.sora.memberships.get()
    if end == "ended":
        end_membership(seat, by=hanbit.minji)
    elif end == "over":
        hanbit.sora.memberships.update(term_from="2020-01-01", term_until="2020-01-02")
    else:
        change_membership(
            seat, by=hanbit.minji, role="moderator", team=None, term_from=seat.term_from, term_until=seat.term_until
        )
    heard()

    assert nowhere_seen(door, hanbit.sora, draft)
    assert f"/co-proposals/{invitation.pk}/" not in section(door.get("/"), "duties")
    run_once("clock")
    heard()
    assert nowhere_seen(door, hanbit.sora, draft)
    invitation.refresh_from_db()
    assert invitation.state == "lapsed"


def test_the_author_learns_of_a_lapsed_invitation_and_gives_the_share_again(hanbit, door):
    draft = draft_of(hanbit.jun, hanbit.board, title=SECRET)
    invite(draft, by=hanbit.jun, person=hanbit.sora, share=100)
    end_membership(hanbit.sora.memberships.get(), by=hanbit.minji)
    assert [run_once("clock"), run_once("clock")] == [1, 0]

    assert heard() == [("co_proposer_lapsed", "이준")]
    inbox = words(door.enter(hanbit.jun).get("/notifications/"))
    assert "초대한 위원의 임기가 끝나 부제안자 초대가 닫혔습니다." in inbox
    assert SECRET in inbox
    page = words(door.get(f"/proposals/{draft.pk}/co-proposers/"))
    assert "박소라 100% 임기가 끝나 닫힘" in page
    door.post(f"/proposals/{draft.pk}/co-proposers/", person=hanbit.tae.pk, share=100)
    assert CoProposal.objects.get(person=hanbit.tae).state == "invited"


def test_only_what_nobody_can_answer_lapses(hanbit, draft, proposal):
    invitations = [invite(it, by=hanbit.jun, person=hanbit.sora, share=30) for it in (draft, proposal)]
    shared(draft, hanbit.jun, hanbit.tae)
    end_membership(hanbit.tae.memberships.get(), by=hanbit.minji)

    assert run_once("clock") == 0
    assert {it.state for it in CoProposal.objects.filter(pk__in=[it.pk for it in invitations])} == {"invited"}
    assert CoProposal.objects.get(person=hanbit.tae).state == "accepted"


def test_a_co_proposer_of_a_draft_steps_down_and_the_author_is_told(hanbit, door, draft):
    share = shared(draft, hanbit.jun, hanbit.sora, 100)
    heard()
    page = text(door.enter(hanbit.sora).get(f"/proposals/{draft.pk}/edit/"))
    assert f'href="/co-proposals/{share.pk}/"' in page
    assert "부제안자 그만두기" in text(door.get(f"/co-proposals/{share.pk}/"))

    answer = door.post(f"/co-proposals/{share.pk}/departure/")

    assert answer["Location"] == f"/co-proposals/{share.pk}/"
    assert heard()[-1] == ("co_proposer_left", "이준")
    assert door.get(f"/proposals/{draft.pk}/edit/").status_code == 404
    assert TEXTS["title"] not in text(door.get("/")) + text(door.get("/notifications/"))
    assert "박소라 님이 공개하기 전에 부제안자를 그만두었습니다." in text(door.enter(hanbit.jun).get("/notifications/"))
    assert "박소라 100% 그만둠" in words(door.get(f"/proposals/{draft.pk}/co-proposers/"))
    assert invite(draft, by=hanbit.jun, person=hanbit.sora, share=100).state == "invited"


def test_once_it_is_open_nobody_steps_down_and_nobody_does_it_for_another(hanbit, door, draft):
    share = shared(draft, hanbit.jun, hanbit.sora)
    path = f"/co-proposals/{share.pk}/departure/"
    assert door.enter(hanbit.jun).post(path).status_code == 403
    assert door.enter(hanbit.tae).post(path).status_code == 404
    open_proposal(draft, by=hanbit.jun)

    late = door.enter(hanbit.sora).post(path)

    assert late.status_code == 409
    assert "공개한 제안의 부제안자는 그만둘 수 없습니다." in text(late)
    assert "부제안자 그만두기" not in text(door.get(f"/co-proposals/{share.pk}/"))
    assert CoProposal.objects.get().state == "accepted"


# Shares


@pytest.mark.parametrize(
    ("given", "asked", "taken"), [([], 100, True), ([], 101, False), ([60], 40, True), ([60], 41, False)]
)
def test_shares_never_exceed_the_whole(hanbit, door, draft, given, asked, taken):
    for person, share in zip(hanbit.members[2:], given, strict=False):
        invite(draft, by=hanbit.jun, person=person, share=share)

    answer = door.enter(hanbit.jun).post(
        f"/proposals/{draft.pk}/co-proposers/", person=hanbit.members[8].pk, share=asked
    )

    assert answer.status_code == (302 if taken else 422)
    assert sum(CoProposal.objects.values_list("share", flat=True)) == sum(given) + (asked if taken else 0)


def test_a_declined_or_cancelled_share_can_be_given_again(hanbit, draft):
    decline(invite(draft, by=hanbit.jun, person=hanbit.sora, share=100), by=hanbit.sora)
    cancel_invitation(invite(draft, by=hanbit.jun, person=hanbit.tae, share=100), by=hanbit.jun)

    assert invite(draft, by=hanbit.jun, person=hanbit.sora, share=100).state == "invited"


def test_who_can_be_invited(hanbit, draft):
    invite(draft, by=hanbit.jun, person=hanbit.sora, share=10)

    for person in (hanbit.jun, hanbit.minji, hanbit.staff, hanbit.rio, hanbit.sora):
        with pytest.raises(Invalid):
            invite(draft, by=hanbit.jun, person=person, share=10)
    assert CoProposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_invitations_at_once_do_not_exceed_the_whole_together(hanbit):
    draft = draft_of(hanbit.jun, hanbit.board)
    guests = [it for it in hanbit.members if it != hanbit.jun][:6]
    threads = [threading.Thread(target=_invite, args=(draft, hanbit.jun, person)) for person in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(CoProposal.objects.values_list("share", flat=True)) == [40, 40]


def _invite(draft, author, person) -> None:
    from django.db import connection

    try:
        invite(draft, by=author, person=person, share=40)
    except Invalid:
        pass
    finally:
        connection.close()


# Authors wherever authors count


def test_a_co_proposer_edits_but_does_not_publish_withdraw_or_invite(hanbit, door, proposal):
    shared(proposal, hanbit.jun, hanbit.sora)
    door.enter(hanbit.sora)

    assert (
        door.post(f"/proposals/{proposal.pk}/revisions/new/", **{**FORM, "title": "함께 고친 제목"}).status_code == 302
    )
    assert door.post(f"/proposals/{proposal.pk}/withdrawal/", reason="그만둡니다.").status_code == 403
    assert door.get(f"/proposals/{proposal.pk}/co-proposers/").status_code == 403
    assert Proposal.objects.get().state == "open"
    second = draft_of(hanbit.jun, hanbit.board)
    shared(second, hanbit.jun, hanbit.sora)
    assert "제안은 주제안자만 공개할 수 있습니다." in text(door.get(f"/proposals/{second.pk}/edit/"))
    assert door.post(f"/proposals/{second.pk}/opening/").status_code == 403


def test_a_co_proposer_improves_a_failed_proposal(hanbit, door, proposal):
    shared(proposal, hanbit.jun, hanbit.sora)
    Proposal.objects.update(state="failed")

    answer = door.enter(hanbit.sora).post(f"/proposals/{proposal.pk}/improvement/", **{**FORM, "effect": "보완한 효과"})

    assert answer.status_code == 302
    assert (Proposal.objects.get().state, Proposal.objects.get().round) == ("open", 2)


def test_a_moderator_does_not_judge_what_they_share(hanbit, proposal):
    shared(proposal, hanbit.jun, hanbit.sora)
    hanbit.sora.memberships.update(role="moderator")

    assert "본인이 쓴 글" in ContentPolicy(hanbit.sora, proposal).hide.reason
    assert "본인의 제안" in BallotCallPolicy(hanbit.sora, proposal).call.reason


def test_every_author_hears_of_comments_and_of_hiding(hanbit, proposal):
    shared(proposal, hanbit.jun, hanbit.sora)
    commented(hanbit.tae, proposal, "좋습니다.")
    hide(proposal, by=hanbit.minji, rule="R10", reason="주제와 다릅니다.")
    while tell():
        pass

    for verb in ("comment_posted", "proposal_hidden"):
        told = Notification.objects.filter(event__verb=verb).values_list("person__name", flat=True)
        assert sorted(told) == ["박소라", "이준"]


def test_every_author_hears_of_the_answer_and_may_confirm_what_was_promised(hanbit, door, keys):
    commitment = done(hanbit, keys)
    proposal = commitment.answer.escalation.proposal
    CoProposal.objects.create(
        proposal=proposal, person=hanbit.sora, share=30, state="accepted", invited_by=hanbit.jun,
        decided_at=proposal.opened_at,
    )  # fmt: skip
    while tell():
        pass

    told = Notification.objects.filter(event__verb="escalation_answered", must=True).values_list(
        "person__name", flat=True
    )
    assert sorted(told) == ["박소라", "이준"]
    assert commitment.what in section(door.enter(hanbit.sora).get("/"), "duties")
    assert door.post(f"/commitments/{commitment.pk}/confirmation/").status_code in (302, 303)
    assert commitment.what not in section(door.get("/"), "duties")


def test_an_invitation_leads_from_the_inbox_to_its_answer(hanbit, door, draft):
    invitation = invite(draft, by=hanbit.jun, person=hanbit.sora, share=30)
    heard()

    inbox = text(door.enter(hanbit.sora).get("/notifications/"))

    assert "이준 님이 부제안자로 초대했습니다." in inbox
    assert TEXTS["title"] in inbox
    cancel_invitation(invitation, by=hanbit.jun)
    assert TEXTS["title"] not in text(door.get("/notifications/"))
    assert Event.objects.get(verb="co_proposer_invited").about == invitation


def test_a_late_answer_raises_before_anything_changes(hanbit, draft):
    invitation = cancel_invitation(invite(draft, by=hanbit.jun, person=hanbit.sora, share=30), by=hanbit.jun)

    with pytest.raises(WrongState, match="주제안자가 취소한 초대"):
        accept(invitation, by=hanbit.sora)
    assert CoProposal.objects.get().state == "cancelled"
