"""kill -9 of a web process under twenty people who chat and vote: what was acknowledged is there, once."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from boards.membership.models import Mode
from boards.rooms.models import Message
from boards.voting.actions import call_ballot, close_ballot, open_ballot
from boards.voting.counting import count_ballot
from boards.voting.models import Ballot, Choice, SealedVote
from forum.events.models import Event, Stream
from tests.boards.browsing import published
from tests.concurrency.crowd import colleagues, seated
from tests.full.client import Client
from tests.full.site import FILLED, Site, database_url, wait_for
from tests.full.visitor import Visitor
from tests.realtime.listening import cookie_of

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(900)]

CLIENTS = 20


@pytest.fixture
def webs(transactional_db, tmp_path: Path) -> Iterator[Site]:
    """Two web processes on the database of the tests, which knows their sessions."""
    addresses = {name: os.environ[name] for name in ("REDIS_URL", "CACHE_URL")}
    addresses["DATABASE_URL"] = database_url(connection.settings_dict["NAME"])
    own = {name: os.environ[name] for name in ("SECRET_KEY", "TAG_KEY")}
    site = Site(tmp_path, addresses, filled=FILLED | own)
    try:
        site.start_webs()
        yield site
    finally:
        site.stop()


@pytest.fixture
def ballot(hanbit, keys) -> Ballot:
    seated(hanbit, colleagues(hanbit, CLIENTS - len(hanbit.members)))
    proposal = published(hanbit.jun, hanbit.board)
    call_ballot(proposal, by=hanbit.minji, mode=Mode.SEALED, reason="뜻을 묻습니다.")
    return open_ballot(proposal, keys=keys)


def clients_of(site: Site, ballot: Ballot, room: int) -> list[Client]:
    clients = []
    for number, entry in enumerate(ballot.roll.select_related("person").order_by("pk")):
        visitor = Visitor(site.origins[:: -1 if number % 2 else 1])
        visitor.enter(cookie_of(entry.person))
        clients.append(Client(number, visitor, room, ballot.proposal_id))
    return clients


def test_what_a_killed_web_process_acknowledged_is_there_once(webs, hanbit, ballot, keys, repeats, capsys):
    clients = clients_of(webs, ballot, hanbit.room.pk)
    assert len(clients) == CLIENTS
    stop = threading.Event()
    threads = [threading.Thread(target=client.live, args=(stop,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()

    def go_on(writes: int) -> None:
        aim = sum(len(client.written) for client in clients) + writes
        wait_for(lambda: sum(len(it.written) for it in clients) >= aim or any(it.error for it in clients), within=60)

    try:
        for turn in range(repeats):
            port = webs.ports[turn % 2]
            go_on(CLIENTS)
            webs.kill_web(port)
            go_on(CLIENTS)  # with the other one alone
            webs.start("web", port)
            webs.await_web(port)
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert not [client.error for client in clients if client.error]
    for client in clients:
        client.catch_up()

    failures = sum(client.failures for client in clients)
    messages = list(Message.objects.order_by("pk"))
    with capsys.disabled():
        print(
            f"\n{repeats} kills under {CLIENTS} clients: {len(messages)} messages, "
            f"{sum(len(client.receipts) for client in clients)} votes acknowledged, {failures} requests tried again"
        )
    assert failures > 0, "no kill hit anything"
    every_message_is_there_once(clients, messages)
    every_list_is_that_of_the_database(clients, messages)
    the_stream_has_no_hole(hanbit.room.stream, messages)
    every_vote_is_there_once(clients, ballot, keys)


def every_message_is_there_once(clients: list[Client], messages: list[Message]) -> None:
    acknowledged = {name: it for client in clients for name, it in client.written.items()}
    assert {str(it.client_id): (it.body, f"message-{it.pk}") for it in messages} == acknowledged
    assert len(messages) == len(acknowledged)


def every_list_is_that_of_the_database(clients: list[Client], messages: list[Message]) -> None:
    there = [f"message-{it.pk}" for it in messages]
    for client in clients:
        assert client.shown() == there, client.number
        for message in messages:
            shown = client.items[f"message-{message.pk}"][1]
            assert message.body.replace("<&>", "&lt;&amp;&gt;") in shown


def the_stream_has_no_hole(name: str, messages: list[Message]) -> None:
    stream = Stream.objects.get(name=name)
    events = Event.objects.filter(stream=stream).order_by("number")
    assert list(events.values_list("number", flat=True)) == list(range(1, stream.head + 1))
    posted = events.filter(verb="message_posted").values_list("about_id", flat=True)
    assert sorted(posted) == [message.pk for message in messages]


def every_vote_is_there_once(clients: list[Client], ballot: Ballot, keys) -> None:
    assert SealedVote.objects.filter(entry__ballot=ballot).count() == CLIENTS
    accepted = set(ballot.accepted.values_list("hash", flat=True))
    receipts = set().union(*(client.receipts for client in clients))
    assert receipts <= accepted
    recorded = Event.objects.filter(verb="vote_cast", about_id=ballot.pk)
    assert recorded.count() == len(accepted)

    Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now())
    tally = count_ballot(close_ballot(ballot), keys=keys).tally
    last = [client.choice for client in clients]
    assert tally.cast == CLIENTS
    if tally.yes is not None:
        assert [tally.yes, tally.no, tally.abstain] == [
            last.count(it) for it in (Choice.YES, Choice.NO, Choice.ABSTAIN)
        ]
    else:
        assert last.count(Choice.YES) < 3 or CLIENTS - last.count(Choice.YES) < 3
