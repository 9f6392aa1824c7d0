"""What people switch off they do not hear of; what they must know they are told in any case."""

import re

import pytest

from boards.moderation.actions import hide
from boards.vocabulary import ALWAYS, KINDS
from forum.events.vocabulary import VERBS
from forum.notifications.actions import silence
from forum.notifications.kinds import REST, kind_of
from forum.notifications.models import Letter, Notification, Silence
from forum.notifications.telling import tell
from tests.boards.browsing import Door, commented, published, section, text, words
from tests.boards.escalation.answering import answered

SETTINGS = "/notifications/settings/"


@pytest.fixture
def door(client) -> Door:
    return Door(client)


@pytest.fixture
def proposal(hanbit):
    proposal = published(hanbit.jun, hanbit.board)
    tell()
    Notification.objects.all().delete()
    return proposal


def ticked(response) -> set[str]:
    return set(re.findall(r'<input type="checkbox" name="(\w+)"[^>]*checked', text(response)))


def everything_but(*names: str) -> dict[str, str]:
    return {kind.name: "on" for kind in KINDS if kind.name not in names}


def test_at_first_everything_is_on_and_a_choice_is_kept(hanbit, door):
    door.enter(hanbit.jun)
    assert ticked(door.get(SETTINGS)) == {kind.name for kind in KINDS}

    assert door.post(SETTINGS, **everything_but("comments", "ballots")).url == SETTINGS

    page = door.get(SETTINGS)
    assert ticked(page) == {kind.name for kind in KINDS} - {"comments", "ballots"}
    assert "알림 설정을 저장했습니다." in text(page)
    assert len(ticked(door.enter(hanbit.sora).get(SETTINGS))) == len(KINDS), "nobody else's choice is changed"


def test_what_is_switched_off_is_not_told_and_heard_again_when_it_is_on(hanbit, door, proposal):
    silence({"comments"}, by=hanbit.jun)
    first = commented(hanbit.sora, proposal, "찬성합니다.")
    commented(hanbit.tae, proposal, "저도요.", parent=first)
    tell()
    assert not Notification.objects.filter(person=hanbit.jun).exists()
    assert Notification.objects.filter(person=hanbit.sora).exists(), "who did not switch it off is told"

    silence(set(), by=hanbit.jun)
    commented(hanbit.sora, proposal, "하나 더요.")
    tell()

    assert Notification.objects.filter(person=hanbit.jun).count() == 1


def test_what_one_must_know_is_told_though_everything_is_off(hanbit, door, keys):
    silence({kind.name for kind in KINDS}, by=hanbit.jun)
    silence({kind.name for kind in KINDS}, by=hanbit.hana)
    Letter.objects.all().delete()
    escalation = answered(hanbit)
    hide(escalation.proposal, by=hanbit.minji, rule="R10", reason="주제와 무관합니다.")
    while tell():
        pass

    told = set(Notification.objects.filter(person=hanbit.jun).values_list("event__verb", flat=True))
    assert told >= {"escalation_answered", "proposal_hidden"}
    assert "ballot_passed" not in told
    assert Notification.objects.filter(person=hanbit.hana, event__verb="proposal_escalated").exists()
    assert Letter.objects.filter(to=hanbit.hana.email).exists()


def test_the_page_says_what_cannot_be_switched_off_and_why(hanbit, door):
    page = door.enter(hanbit.jun).get(SETTINGS)

    for it in ALWAYS:
        assert str(it.label) in words(page)
        assert str(it.why) in words(page)
    assert section(page, "main").count("항상 켜짐") == len(ALWAYS)
    assert 'href="/notifications/settings/"' in text(door.get("/notifications/"))


def test_a_name_nobody_knows_switches_nothing(hanbit, door):
    door.enter(hanbit.jun).post(SETTINGS, **everything_but(), nonsense="on")

    assert not Silence.objects.exists()


def test_every_verb_in_a_kind_is_told_and_in_no_other_kind():
    verbs = [verb for kind in KINDS for verb in kind.verbs]

    assert len(verbs) == len(set(verbs))
    assert [verb for verb in verbs if not VERBS[verb].told] == []
    assert kind_of("something_new") == REST
    assert REST in {kind.name for kind in KINDS}
