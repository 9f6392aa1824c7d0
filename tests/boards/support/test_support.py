"""Giving and taking back support, and what is kept of it."""

import re

import pytest
from django.apps import apps
from django.db import connection

from boards.membership.models import Board
from boards.proposals.actions import withdraw
from boards.proposals.models import Proposal
from boards.support.actions import support
from boards.support.models import Support
from forum.events.models import Event
from tests.boards.browsing import published, section, text, words


@pytest.fixture
def proposal(hanbit):
    return published(hanbit.jun, hanbit.board)


def _rows() -> dict[str, set]:
    """Every row of every table, as it is."""
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = {tuple(map(repr, row)) for row in cursor.fetchall()}
    return rows


def test_support_is_given_by_a_button_without_javascript_and_counted(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/support/"
    assert "공감 0명 · 표결 기준 11명" in words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/"))

    answer = door.post(path)

    assert (answer.status_code, answer.url) == (303, f"/proposals/{proposal.pk}/#panel-support")
    panel = section(door.get(answer.url), "panel-support")
    assert "공감 1명 · 표결 기준 11명" in panel
    assert "공감했습니다." in panel
    assert "공감 거두기" in panel
    assert "공감하기" not in panel
    assert "공감하기" in section(door.enter(hanbit.tae).get(f"/proposals/{proposal.pk}/"), "panel-support")


def test_giving_twice_counts_once_and_taking_back_twice_takes_once(hanbit, door, proposal):
    path = f"/proposals/{proposal.pk}/support/"
    support(proposal, by=hanbit.tae)
    door.enter(hanbit.sora)

    for data, count in (({}, 2), ({}, 2), ({"withdraw": "1"}, 1), ({"withdraw": "1"}, 1)):
        assert door.post(path, **data).status_code == 303
        assert Proposal.objects.get().support_count == count == Support.objects.count()


def test_a_script_gets_the_panel_as_it_is_now(hanbit, door, proposal):
    answer = door.enter(hanbit.sora).post(f"/proposals/{proposal.pk}/support/", script=True)

    assert answer.status_code == 200
    assert text(answer).startswith('<section id="panel-support"')
    assert f'<div id="support-{proposal.pk}" class="progress" data-snapshot="support:{proposal.pk}">' in text(answer)
    assert "공감 1명" in text(answer)


def test_staff_support_and_the_rule_is_said_in_plain_words(hanbit, door, proposal):
    page = words(door.enter(hanbit.staff).get(f"/proposals/{proposal.pk}/support/", script=True))

    assert "공감한 사람이 11명이 되면 표결이 저절로 시작됩니다." in page
    assert "누가 공감했는지 볼 수 없습니다." in page
    assert door.post(f"/proposals/{proposal.pk}/support/").status_code == 303
    assert Proposal.objects.get().support_count == 1


def test_a_support_writes_its_own_row_and_the_count_and_nothing_else(hanbit, door, proposal):
    door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/")
    before = _rows()

    door.post(f"/proposals/{proposal.pk}/support/")

    after = _rows()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"boards_support", "boards_proposal"}
    assert len(after["boards_support"]) == 1
    assert [field.name for field in Support._meta.fields] == ["tag", "proposal"]


def test_no_page_tells_who_supported(hanbit, door, proposal):
    support(proposal, by=hanbit.bora)
    support(proposal, by=hanbit.chan)

    for reader in (hanbit.jun, hanbit.minji, hanbit.audit, hanbit.admin):
        page = text(door.enter(reader).get(f"/proposals/{proposal.pk}/"))
        assert "공감 2명" in page
        assert hanbit.bora.name not in page
        assert hanbit.chan.name not in page


def test_crossing_the_threshold_is_told_once_by_nobody_and_stays(hanbit, door, proposal):
    Board.objects.update(support_absolute=2, support_percent=0)
    proposal = published(hanbit.jun, Board.objects.get(slug="hanbit"))
    path = f"/proposals/{proposal.pk}/support/"

    for person in (hanbit.sora, hanbit.tae, hanbit.bora):
        door.enter(person).post(path)
    door.post(path, withdraw="1")
    door.enter(hanbit.tae).post(path, withdraw="1")

    assert [event.actor for event in Event.objects.filter(verb="threshold_met")] == [None]
    page = words(door.get(path, script=True))
    assert "공감 1명 · 표결 기준 2명" in page
    assert "공감이 기준에 이르렀습니다. 뒤에 공감이 줄어도 달라지지 않습니다." in page


def test_after_the_talk_is_over_support_is_refused_in_the_panel_with_the_reason(hanbit, door, proposal):
    withdraw(proposal, by=hanbit.jun, reason="합칩니다.")
    door.enter(hanbit.sora)
    sentence = "공감은 토론·공감 단계에서만 할 수 있습니다."

    page = door.post(f"/proposals/{proposal.pk}/support/")
    panel = door.post(f"/proposals/{proposal.pk}/support/", script=True)

    assert (page.status_code, panel.status_code) == (409, 409)
    assert re.search(rf'role="alert">{sentence}', section(page, "panel-support"))
    assert text(panel).startswith('<section id="panel-support"')
    assert sentence in text(panel)
    assert "<form" not in text(panel)
    assert not Support.objects.exists()


@pytest.mark.parametrize("key", ["rio", "nuri", "hana", "boss", "guest"])
def test_for_outsiders_there_is_nothing_to_support(hanbit, door, proposal, key):
    assert door.enter(hanbit.people[key]).post(f"/proposals/{proposal.pk}/support/").status_code == 404
    assert not Support.objects.exists()


def test_in_a_second_round_the_moderator_decides_whatever_the_count(hanbit, door, proposal):
    Proposal.objects.filter(pk=proposal.pk).update(round=2)

    page = words(door.enter(hanbit.sora).get(f"/proposals/{proposal.pk}/support/", script=True))

    assert "공감 수와 관계없이 운영자가 표결에 부칩니다." in page
    assert "저절로" not in page
