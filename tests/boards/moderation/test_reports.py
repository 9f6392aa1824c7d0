"""Somebody reports a text; a moderator who has no part in it decides, and both sides hear of it without names."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from boards.membership.actions import add_member
from boards.membership.models import Board, Membership
from boards.moderation.actions import hide, restore
from boards.moderation.models import Measure
from boards.moderation.reports.actions import report
from boards.moderation.reports.models import Report
from boards.proposals.actions import open_proposal
from boards.proposals.models import CoProposal
from boards.rooms.actions import post_message
from forum.accounts.models import User
from forum.events.models import Event
from forum.notifications.models import Letter, Notification
from forum.notifications.telling import tell
from forum.web.errors import WrongState
from tests.boards.browsing import commented, draft_of, published, section, text, words

KINDS = ("proposal", "comment", "message")
BODY = "문제가 있는 글입니다."
TYPED = {"rule": "R04", "passage": "첫 문장의 낮추어 부르는 말"}


@pytest.fixture(params=KINDS)
def thing(request, hanbit):
    """One of each kind, written by sora."""
    return written(hanbit, request.param, hanbit.sora)


@pytest.fixture
def comment(hanbit):
    return written(hanbit, "comment", hanbit.sora)


@pytest.fixture
def second(hanbit):
    """Another moderator of the same board."""
    person = User.objects.create_user("second@hanbit.example", name="두번째", institution=hanbit.board.institution)
    add_member(
        hanbit.board, by=hanbit.minji, person=person, role=Membership.Role.MODERATOR, team=None,
        term_from=date(2000, 1, 1), term_until=date(2100, 1, 1),
    )  # fmt: skip
    return person


def written(hanbit, kind: str, author):
    if kind == "message":
        return post_message(hanbit.room, author=author, body=BODY, client_id=uuid.uuid4())
    if kind == "proposal":
        return published(author, hanbit.board, problem=BODY)
    return commented(author, published(hanbit.jun, hanbit.board), BODY)


def path(thing, noun: str = "report") -> str:
    return f"/{thing._meta.model_name}s/{thing.pk}/{noun}/"


def told(verb: str) -> dict:
    """Who was told of a verb, and whether they must know."""
    tell()
    return {it.person.email.split("@")[0]: it.must for it in Notification.objects.filter(event__verb=verb)}


def offers(door, thing) -> str:
    """What the page of a thing's acts offers."""
    where = {"proposal": "/proposals/{}/state/", "comment": "/comments/{}/acts/", "message": "/messages/{}/"}
    return text(door.get(where[thing._meta.model_name].format(thing.pk), script=True))


# Reporting


def test_a_reader_reports_with_rule_and_passage_and_the_moderator_hears_of_it(hanbit, door, thing):
    door.enter(hanbit.jun)
    assert path(thing) in offers(door, thing)
    assert BODY in words(door.get(path(thing)))

    answer = door.post(path(thing), **TYPED)

    assert answer["Location"] == thing.get_absolute_url()
    filed = Report.objects.get()
    assert (filed.thing, filed.author, filed.by, filed.rule, filed.board) == (
        thing, hanbit.sora, hanbit.jun, "R04", hanbit.board,
    )  # fmt: skip
    assert told("report_filed") == {"minji": True}
    event = Event.objects.get(verb="report_filed")
    assert (event.actor, event.stream.name) == (None, f"moderation:{hanbit.board.pk}")


def test_staff_report_what_they_may_read(hanbit, door, comment):
    assert door.enter(hanbit.staff).post(path(comment), **TYPED).status_code == 302


def test_nothing_of_a_report_is_in_the_boards_log_or_on_the_proposals_timeline(hanbit, door, comment):
    report(comment, by=hanbit.jun, **TYPED)

    for page in ("/boards/hanbit/log/", f"/proposals/{comment.proposal_id}/"):
        assert "신고가 들어왔습니다" not in words(door.enter(hanbit.sora).get(page))
        assert TYPED["passage"] not in text(door.get(page))


@pytest.mark.parametrize(
    ("key", "status", "sentence"),
    [("sora", 403, "본인이 쓴 글은 신고할 수 없습니다."), ("rio", 404, ""), ("hana", 404, ""), ("guest", 404, "")],
)
def test_own_texts_and_texts_one_cannot_read_are_not_reported(hanbit, door, thing, key, status, sentence):
    answer = door.enter(hanbit.people[key]).post(path(thing), **TYPED)

    assert answer.status_code == status
    assert sentence in words(answer)
    assert not Report.objects.exists()


def test_twice_is_once_and_what_was_typed_stays(hanbit, door, comment):
    report(comment, by=hanbit.jun, **TYPED)

    answer = door.enter(hanbit.jun).post(path(comment), rule="R10", passage="한 번 더 쓴 부분")

    assert answer.status_code == 409
    assert "이미 신고한 글입니다." in words(answer)
    assert "한 번 더 쓴 부분" in text(answer)
    assert path(comment) not in offers(door, comment)
    with pytest.raises(IntegrityError, match=r"one_open_report|UNIQUE"), transaction.atomic():
        Report.objects.create(board=hanbit.board, thing=comment, author=hanbit.sora, by=hanbit.jun, rule="R01")


@pytest.mark.parametrize("data", [{"rule": ""}, {"rule": "R99"}, {"passage": " "}])
def test_without_rule_and_passage_nothing_is_reported(hanbit, door, comment, data):
    answer = door.enter(hanbit.jun).post(path(comment), **{**TYPED, **data})

    assert answer.status_code == 422
    assert not Report.objects.exists()


# The queue


def test_the_queue_shows_what_waits_longest_first_and_home_leads_there(hanbit, door):
    for days, passage in ((1, "어제 것"), (9, "오래된 것"), (4, "그사이 것")):
        filed = report(written(hanbit, "comment", hanbit.sora), by=hanbit.jun, rule="R10", passage=passage)
        Report.objects.filter(pk=filed.pk).update(at=timezone.now() - timezone.timedelta(days=days))

    page = words(door.enter(hanbit.minji).get("/reports/"))

    assert page.index("오래된 것") < page.index("그사이 것") < page.index("어제 것")
    assert "심사할 신고 3건" in words(door.get("/"))


@pytest.mark.parametrize("key", ["jun", "sora", "staff", "hana", "audit", "guest"])
def test_for_those_no_report_comes_to_there_is_no_queue(hanbit, door, key):
    assert door.enter(hanbit.people[key]).get("/reports/").status_code == 404


def test_another_boards_moderator_sees_nothing_of_it(hanbit, door, comment):
    filed = report(comment, by=hanbit.jun, **TYPED)
    door.enter(hanbit.nuri)

    assert TYPED["passage"] not in text(door.get("/reports/"))
    assert door.get(f"/reports/{filed.pk}/").status_code == 404
    assert door.post(f"/reports/{filed.pk}/hiding/", rule="R04", reason="x").status_code == 404


# Deciding


def test_an_upheld_report_hides_the_text_and_both_are_told_without_names(hanbit, door, thing):
    filed = report(thing, by=hanbit.jun, **TYPED)
    page = words(door.enter(hanbit.minji).get(f"/reports/{filed.pk}/"))
    assert BODY in page
    assert TYPED["passage"] in page
    place = hanbit.room.name if thing._meta.model_name == "message" else "한빛-2026-001"
    assert place in page  # where it stands, and the way there
    assert f'href="{thing.get_absolute_url()}"' in text(door.get(f"/reports/{filed.pk}/"))

    answer = door.post(f"/reports/{filed.pk}/hiding/", rule="R04", reason="동료를 낮추어 부릅니다.")

    assert answer["Location"] == "/reports/"
    assert "글을 가렸습니다. 글쓴이와 신고한 사람에게 알립니다." in words(door.get("/reports/"))
    thing.refresh_from_db()
    filed.refresh_from_db()
    assert thing.hidden
    assert (filed.outcome, filed.decided_by) == ("upheld", hanbit.minji)
    assert told("report_upheld") == {"jun": True}
    assert told(f"{thing._meta.model_name}_hidden") == {"sora": True}
    for letter in Letter.objects.filter(key__contains="event-").exclude(body__contains="추가되셨습니다"):
        name = {"jun@hanbit.example": "이준", "sora@hanbit.example": "박소라"}.get(letter.to, "김민지")
        assert {it for it in ("이준", "박소라", "김민지") if it in letter.body} <= {name}
    door.enter(hanbit.jun)
    assert "글을 가렸습니다" in words(door.get(f"/reports/{filed.pk}/"))
    assert "김민지" not in words(door.get(f"/reports/{filed.pk}/")).replace("김민지 님, 안녕", "")


def test_a_dismissed_report_leaves_the_text_and_gives_the_reason(hanbit, door, thing):
    filed = report(thing, by=hanbit.jun, **TYPED)

    door.enter(hanbit.minji).post(f"/reports/{filed.pk}/dismissal/", reason="비판이지 비하가 아닙니다.")

    thing.refresh_from_db()
    assert not thing.hidden
    assert told("report_dismissed") == {"jun": True}
    assert told("content_kept") == {"sora": False}
    log = words(door.enter(hanbit.tae).get("/boards/hanbit/log/"))
    assert "운영자가 신고 한 건을 살펴보고 글을 그대로 두기로 했습니다." in log
    page = words(door.enter(hanbit.jun).get(f"/reports/{filed.pk}/"))
    assert "글을 그대로 두기로 했습니다" in page
    assert "비판이지 비하가 아닙니다." in page
    assert door.enter(hanbit.sora).get(f"/reports/{filed.pk}/").status_code == 404
    assert door.enter(hanbit.jun).post(path(thing), **TYPED).status_code == 302, "it may be reported anew"


@pytest.mark.parametrize(("act", "field"), [("hiding", {"rule": ""}), ("dismissal", {"reason": " "})])
def test_a_decision_without_rule_or_reason_is_refused_and_keeps_what_was_typed(hanbit, door, comment, act, field):
    filed = report(comment, by=hanbit.jun, **TYPED)

    answer = door.enter(hanbit.minji).post(
        f"/reports/{filed.pk}/{act}/", **{"rule": "R04", "reason": "써 둔 이유", **field}
    )

    assert answer.status_code == 422
    assert ("써 둔 이유" in text(answer)) is (act == "hiding")
    assert not Measure.objects.exists()


def test_two_cannot_both_decide(hanbit, door, comment, second):
    filed = report(comment, by=hanbit.jun, **TYPED)
    door.enter(second).post(f"/reports/{filed.pk}/dismissal/", reason="먼저 쓴 이유")

    late = door.enter(hanbit.minji).post(f"/reports/{filed.pk}/hiding/", rule="R04", reason="나중에 쓴 이유")

    assert late.status_code == 409
    assert "이미 결정한 신고입니다." in words(late)
    assert "나중에 쓴 이유" in text(late)


def test_hiding_a_text_settles_every_report_about_it(hanbit, comment, second):
    for who in (hanbit.jun, hanbit.tae, hanbit.staff):
        report(comment, by=who, **TYPED)

    hide(comment, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")

    assert not Report.objects.open().exists()
    assert told("report_upheld") == {"jun": True, "tae": True, "staff": True}


# Nobody judges their own


def test_the_author_and_the_reporter_are_no_judges(hanbit, door, second):
    own = report(written(hanbit, "comment", hanbit.minji), by=hanbit.jun, **TYPED)
    filed = report(written(hanbit, "comment", hanbit.sora), by=hanbit.minji, **TYPED)
    door.enter(hanbit.minji)

    assert "지금 심사할 신고가 없습니다" in words(door.get("/reports/"))
    assert door.get(f"/reports/{own.pk}/").status_code == 404
    assert door.post(f"/reports/{filed.pk}/dismissal/", reason="제 신고입니다.").status_code == 403
    assert door.post(path(filed.thing, "hiding"), rule="R04", reason="제 신고입니다.").status_code == 403
    assert told("report_filed") == {"second": True}
    assert door.enter(second).get(f"/reports/{own.pk}/").status_code == 200


def test_a_co_proposer_who_moderates_judges_nothing_of_the_proposal(hanbit, door, second):
    draft = draft_of(hanbit.sora, hanbit.board, problem=BODY)
    proposal = open_proposal(draft, by=hanbit.sora)
    CoProposal.objects.create(
        proposal=proposal,
        person=second,
        share=30,
        invited_by=hanbit.sora,
        state="accepted",
        decided_at=timezone.now(),
    )
    filed = report(proposal, by=hanbit.jun, **TYPED)
    door.enter(second)

    assert door.post(path(proposal)).status_code == 403
    assert door.post(f"/reports/{filed.pk}/dismissal/", reason="괜찮은 글입니다.").status_code == 404
    hide(proposal, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")
    assert door.post(path(proposal, "restoration"), reason="괜찮은 글입니다.").status_code == 403
    proposal.refresh_from_db()
    assert proposal.hidden


def test_who_reported_a_text_decides_no_report_about_it(hanbit, door, second, comment):
    report(comment, by=second, **TYPED)
    of_another = report(comment, by=hanbit.jun, **TYPED)
    door.enter(second)

    for act in ("hiding", "dismissal"):
        answer = door.post(f"/reports/{of_another.pk}/{act}/", rule="R04", reason="제가 신고한 글입니다.")
        assert answer.status_code == 404
    of_another.refresh_from_db()
    assert of_another.decided_at is None


def test_a_text_hidden_meanwhile_is_not_reported(hanbit, comment):
    stale = type(comment).objects.get(pk=comment.pk)
    hide(comment, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")
    with pytest.raises(WrongState):
        report(stale, by=hanbit.jun, **TYPED)


def test_the_database_takes_no_judgment_by_author_or_reporter(hanbit, comment):
    filed = report(comment, by=hanbit.jun, **TYPED)

    for judge in (hanbit.jun, hanbit.sora):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=filed.pk).update(outcome="dismissed", decided_by=judge, decided_at=timezone.now())


@pytest.mark.parametrize("closed", [False, True])
def test_with_no_other_moderator_it_goes_to_the_institutions_admin(hanbit, door, closed):
    about_minji = report(written(hanbit, "comment", hanbit.minji), by=hanbit.jun, **TYPED)
    about_sora = report(written(hanbit, "comment", hanbit.sora), by=hanbit.jun, **TYPED)
    Board.objects.filter(pk=hanbit.board.pk).update(closed=closed)

    assert told("report_filed") == {"admin": True, "minji": True}
    door.enter(hanbit.admin)
    assert door.get(f"/reports/{about_sora.pk}/").status_code == 404
    assert "심사할 신고 1건" in words(door.get("/"))
    door.post(f"/reports/{about_minji.pk}/hiding/", rule="R04", reason="낮추어 부릅니다.")

    about_minji.thing.refresh_from_db()
    assert about_minji.thing.hidden
    assert about_minji.thing.measure.by == hanbit.admin


@pytest.mark.parametrize("part", ["co-proposes", "reported too"])
def test_a_report_never_waits_for_the_only_moderator_who_has_a_part_in_it(hanbit, door, part):
    proposal = published(hanbit.sora, hanbit.board, problem=BODY)
    if part == "co-proposes":
        CoProposal.objects.create(
            proposal=proposal, person=hanbit.minji, share=30, invited_by=hanbit.sora, state="accepted",
            decided_at=timezone.now(),
        )  # fmt: skip
    else:
        report(proposal, by=hanbit.minji, **TYPED)
    filed = report(proposal, by=hanbit.jun, rule="R10", passage="주제와 먼 문단")

    hearers = Notification.objects.filter(event__verb="report_filed", event__about_id=filed.pk)
    tell()
    assert {it.person for it in hearers} == {hanbit.admin}
    door.enter(hanbit.minji)
    assert "주제와 먼 문단" not in text(door.get("/reports/"))
    assert "심사할 신고" not in words(door.get("/"))
    door.enter(hanbit.admin)
    assert "주제와 먼 문단" in text(door.get("/reports/"))
    assert "심사할 신고" in words(door.get("/"))
    assert door.post(f"/reports/{filed.pk}/dismissal/", reason="주제에 맞습니다.").status_code == 302


@pytest.mark.parametrize("state", ["invited", "declined"])
def test_an_invitation_nobody_accepted_takes_no_report_from_the_moderator(hanbit, door, state):
    proposal = published(hanbit.sora, hanbit.board, problem=BODY)
    CoProposal.objects.create(
        proposal=proposal, person=hanbit.minji, share=30, invited_by=hanbit.sora, state=state,
        decided_at=None if state == "invited" else timezone.now(),
    )  # fmt: skip
    report(proposal, by=hanbit.jun, **TYPED)

    assert told("report_filed") == {"minji": True}
    assert "심사할 신고 1건" in words(door.enter(hanbit.minji).get("/"))


# Restoring


def test_a_hidden_text_is_shown_again_with_a_reason_and_may_be_hidden_anew(hanbit, door, thing):
    hide(thing, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")
    door.enter(hanbit.minji)
    assert path(thing, "restoration") in offers(door, thing)

    answer = door.post(path(thing, "restoration"), reason="인용이었습니다.")

    assert answer["Location"] == thing.get_absolute_url()
    assert BODY in words(door.client.get(answer["Location"], follow=True))
    measure = Measure.objects.get()
    assert (measure.lifted_by, measure.lifting_reason) == (hanbit.minji, "인용이었습니다.")
    assert told(f"{thing._meta.model_name}_restored") == {"sora": True}
    hide(thing, by=hanbit.minji, rule="R01", reason="개인정보가 있습니다.")
    assert Measure.objects.count() == 2


def test_the_decided_report_leads_back_and_tells_when_the_text_was_shown_again(hanbit, door, thing):
    filed = report(thing, by=hanbit.jun, **TYPED)
    door.enter(hanbit.minji).post(f"/reports/{filed.pk}/hiding/", rule="R04", reason="낮추어 부릅니다.")
    assert path(thing, "restoration") in text(door.get(f"/reports/{filed.pk}/"))
    for key in ("jun", "minji"):
        assert "이유: 낮추어 부릅니다." in words(door.enter(hanbit.people[key]).get(f"/reports/{filed.pk}/"))

    door.post(path(thing, "restoration"), reason="인용이었습니다.")

    page = door.get(f"/reports/{filed.pk}/")
    assert "그 뒤 글을 다시 보이게 했습니다." in words(page)
    assert "이유: 인용이었습니다." in words(page)
    assert path(thing, "restoration") not in text(page)
    assert "그 뒤 글을 다시 보이게 했습니다." in words(door.enter(hanbit.jun).get(f"/reports/{filed.pk}/"))


def test_who_may_not_enter_the_room_gets_no_way_to_it(hanbit, door):
    said = written(hanbit, "message", hanbit.minji)  # the only moderator wrote it: it goes to the admin
    filed = report(said, by=hanbit.jun, **TYPED)

    page = door.enter(hanbit.admin).get(f"/reports/{filed.pk}/")

    assert BODY in words(page)
    assert hanbit.room.name not in words(page)
    assert said.get_absolute_url() not in text(page)


@pytest.mark.parametrize("kind", ["comment", "message"])
def test_from_the_placeholder_the_moderator_finds_the_way_back_and_others_no_list_of_refusals(hanbit, door, kind):
    thing = written(hanbit, kind, hanbit.sora)
    hide(thing, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")
    acts = {"comment": f"/comments/{thing.pk}/acts/", "message": f"/messages/{thing.pk}/"}[kind]

    for key in ("minji", "tae"):
        page = door.enter(hanbit.people[key]).client.get(thing.get_absolute_url(), follow=True)
        assert f'href="{acts}"' in section(page, f"{kind}-{thing.pk}")
    own = section(door.get(acts), f"acts-{kind}-{thing.pk}")
    assert own.count("hint") <= 1
    assert "restoration" not in own
    there = section(door.enter(hanbit.minji).get(acts), f"acts-{kind}-{thing.pk}")
    assert path(thing, "restoration") in there
    assert "hint" not in there


def test_without_a_reason_it_stays_hidden(hanbit, door, comment):
    hide(comment, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")

    assert door.enter(hanbit.minji).post(path(comment, "restoration"), reason=" ").status_code == 422
    comment.refresh_from_db()
    assert comment.hidden


@pytest.mark.parametrize(("key", "status"), [("sora", 403), ("jun", 403), ("staff", 403), ("nuri", 404)])
def test_only_a_moderator_restores(hanbit, door, comment, key, status):
    hide(comment, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")

    assert door.enter(hanbit.people[key]).post(path(comment, "restoration"), reason="좋은 글").status_code == status


def test_nobody_restores_their_own_text(hanbit, door, second):
    own = written(hanbit, "comment", hanbit.minji)
    hide(own, by=second, rule="R04", reason="낮추어 부릅니다.")

    assert door.enter(hanbit.minji).post(path(own, "restoration"), reason="제 글").status_code == 403


def test_what_is_not_hidden_is_not_restored(hanbit, door, comment):
    assert door.enter(hanbit.minji).post(path(comment, "restoration"), reason="그냥").status_code == 409
    restored = hide(comment, by=hanbit.minji, rule="R04", reason="낮추어 부릅니다.")
    comment.refresh_from_db()
    restore(comment, by=hanbit.minji, reason="인용이었습니다.")
    restored.refresh_from_db()
    assert restored.lifted_at is not None
