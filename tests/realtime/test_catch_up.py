"""The same frames over HTTP, for pages that can have no socket."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.proposals.actions import open_proposal, start_draft
from forum.events.queries import head_of
from tests.realtime.listening import opened, say

TEXTS = {
    "title": "회의는 똑똑하게",
    "problem": "회의가 깁니다.",
    "remedy": "30분만 합니다.",
    "effect": "시간이 남습니다.",
}


def asked(client, person, name: str, since, epoch: str = "", **headers):
    client.force_login(person)
    query = {"stream": name, "since": since, "epoch": epoch}
    return client.get(reverse("catch_up"), query, headers=headers)


def test_the_frame_is_the_one_a_socket_brings(server, hanbit, client):
    head = head_of(hanbit.room.stream)
    say(hanbit.room, hanbit.jun, "어느 길로 와도 같은 말")
    with opened(server, hanbit.sora) as page:
        page.listen(head)
        brought = page.next("frame")
    assert asked(client, hanbit.sora, head.name, head.number, head.epoch).json() == brought


def test_nothing_new_is_an_empty_frame(hanbit, client):
    head = head_of(hanbit.room.stream)
    frame = asked(client, hanbit.sora, head.name, head.number, head.epoch).json()
    assert (frame["from"], frame["to"], frame["items"], frame["panels"]) == (head.number, head.number, [], False)


@pytest.mark.parametrize(("since", "epoch"), [(0, "another"), (0, ""), (10**17, None)])
def test_what_cannot_be_told_whole_is_to_be_read_again(hanbit, client, since, epoch):
    head = head_of(hanbit.room.stream)
    answer = asked(client, hanbit.sora, head.name, since, head.epoch if epoch is None else epoch)
    assert answer.json() == {"type": "reload", "stream": head.name}


def test_hidden_absent_and_nonsense_answer_alike(hanbit, client):
    say(hanbit.room, hanbit.jun, "우리끼리 하는 말")
    draft = start_draft(hanbit.board, by=hanbit.jun, **TEXTS)
    head = head_of(hanbit.room.stream)
    questions = [
        (head.name, 0),
        (hanbit.jun.stream, 0),
        (f"presence:{hanbit.room.pk}", 0),
        (draft.stream, 0),
        ("room:987654321", 0),
        ("nothing:1", 0),
        ("", 0),
        (head.name, "-1"),
        (head.name, "x"),
        (head.name, "9" * 40),
    ]
    answers = [asked(client, hanbit.rio, name, since, head.epoch) for name, since in questions]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_snapshot_can_be_asked_for_by_who_may_watch_it(hanbit, client):
    proposal = open_proposal(start_draft(hanbit.board, by=hanbit.jun, **TEXTS), by=hanbit.jun)
    name = f"support:{proposal.pk}"
    client.force_login(hanbit.staff)
    answer = client.get(reverse("snapshot"), {"name": name}).json()
    assert (answer["type"], answer["name"]) == ("snapshot", name)
    assert "공감 0명" in answer["html"]
    for stranger in (hanbit.rio, hanbit.hana):
        client.force_login(stranger)
        assert client.get(reverse("snapshot"), {"name": name}).status_code == 404
        assert client.get(reverse("snapshot"), {"name": hanbit.room.stream}).status_code == 404


def test_answers_are_kept_nowhere(hanbit, client):
    head = head_of(hanbit.room.stream)
    assert "no-store" in asked(client, hanbit.sora, head.name, head.number, head.epoch)["Cache-Control"]


def test_a_script_of_a_guest_is_told_to_sign_in(hanbit, client):
    answer = client.get(reverse("catch_up"), {"stream": hanbit.room.stream, "since": 0}, headers={"X-Fragment": "1"})
    assert answer.status_code == 401


def test_a_frame_costs_the_same_queries_for_one_item_and_for_thirty(hanbit, client):
    head = head_of(hanbit.room.stream)
    costs = []
    for count in (1, 30):
        for number in range(count):
            say(hanbit.room, hanbit.jun, f"{count}-{number}")
        client.force_login(hanbit.sora)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("catch_up"), {"stream": head.name, "since": head.number, "epoch": head.epoch})
        costs.append(len(queries))
    assert costs[0] == costs[1]
