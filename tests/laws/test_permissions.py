"""The permission matrix, run through the front door: every cell, every door, and what a refusal leaves behind."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from boards.membership.models import Board
from forum.checks import url_patterns
from forum.events.models import Stream
from forum.web.doors import ACCOUNT_DOORS, PUBLIC
from tests.boards.browsing import SCRIPT, without_tokens
from tests.laws.stage import Stage

TABLE = Path(__file__).with_name("permissions.txt")
ROLES = ["visitor", "guest", "rio", "staff", "tae", "jun", "minji", "hana", "boss", "admin", "audit"]
NOBODYS = 987654321
DONE, ASKED = "ok", "in"


class Row(NamedTuple):
    method: str
    door: str
    thing: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.door} {self.thing}".strip()


def rows() -> Iterator[Row]:
    for line in TABLE.read_text().splitlines():
        words = line.partition("#")[0].split()
        if words:
            head, cells = words[: -len(ROLES)], words[-len(ROLES) :]
            yield Row(head[0], head[1], "".join(head[2:]), dict(zip(ROLES, cells, strict=True)))


@pytest.fixture
def stage(hanbit, keys) -> Stage:
    return Stage(hanbit, keys)


@pytest.fixture
def clients(hanbit) -> dict[str, Client]:
    clients = {role: Client() for role in ROLES}
    for role, client in clients.items():
        if role != "visitor":
            client.force_login(hanbit.people[role])
    return clients


def address(row: Row, stage: Stage, pk: int | None = None) -> str:
    """The URL of a row's door on its thing, or on what does not exist."""
    if row.method in ("HEAR", "SNAP"):
        kind, _colon, name = row.door.partition(":")
        thing = stage.things.get(name) or stage.world.people[name]
        stream = f"{kind}:{pk or thing.pk}"
        if row.method == "SNAP":
            return f"{reverse('snapshot')}?name={stream}"
        epoch = Stream.objects.filter(name=stream).values_list("epoch", flat=True).first()
        return f"{reverse('catch_up')}?stream={stream}&since=0&epoch={epoch}"
    if not row.thing:
        return reverse(row.door)
    thing = stage.world.board if row.door in BY_SLUG else stage.things[row.thing]
    if isinstance(thing, Board):
        return reverse(row.door, args=["nowhere" if pk else thing.slug])
    return reverse(row.door, args=[pk or thing.pk])


BY_SLUG = {
    "board", "board_visit", "members", "member_new", "board_log", "proposal_new", "rooms", "invitations", "member_list",
    "board_settings", "board_addressee", "teams",
}  # fmt: skip


def knock(client: Client, row: Row, stage: Stage, pk: int | None = None):
    path = address(row, stage, pk)
    if row.method == "POST":
        return client.post(path, stage.posted(row.door))
    return client.get(path, headers=SCRIPT if row.method == "PART" else None)


def said(response) -> str:
    if response.status_code in (302, 303):
        return ASKED if response.headers["Location"].startswith(reverse("account_login")) else DONE
    if response.status_code == 401:
        return ASKED
    return str(response.status_code)


def close_board(stage: Stage, closed: bool) -> None:
    Board.objects.filter(pk=stage.world.board.pk).update(closed=closed)


def everything() -> str:
    """A digest of every row of every table but the sessions."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label != "sessions.Session":
            digest.update(repr(list(model._default_manager.order_by("pk").values_list())).encode())
    return digest.hexdigest()


@pytest.mark.timeout(600)
def test_every_cell_of_the_matrix_holds_and_a_refusal_changes_no_row(stage, clients):
    wrong, before = [], {}
    for row in rows():
        closed = row.thing == "closed"
        close_board(stage, closed)
        before[closed] = before.get(closed) or everything()  # what a row did is taken back after it
        refused = [role for role, expected in row.cells.items() if expected != DONE]
        for roles in [refused, *([role] for role in row.cells if role not in refused)]:
            point = transaction.savepoint_create()
            for role in roles:
                if (answer := said(knock(clients[role], row, stage))) != row.cells[role]:
                    wrong.append(f"{row}: {role} reads {answer}, not {row.cells[role]}")
            if roles is refused and everything() != before[closed]:
                wrong.append(f"{row}: a refusal of {', '.join(refused)} changed a row")
            transaction.savepoint_rollback(point)
    assert wrong == []


def test_an_outsider_reads_the_same_for_what_is_hidden_and_for_what_does_not_exist(stage, clients):
    wrong = []
    for row in [row for row in rows() if row.thing or ":" in row.door]:
        close_board(stage, row.thing == "closed")
        for role in [role for role, cell in row.cells.items() if cell in ("404", ASKED)]:
            hidden, absent = (knock(clients[role], row, stage, pk) for pk in (None, NOBODYS))
            if said(hidden) != said(absent) or without_tokens(hidden) != without_tokens(absent):
                wrong.append(f"{row}: {role} can tell what is hidden from what does not exist")
    assert wrong == []


def test_every_url_is_in_the_matrix():
    in_table = {row.door for row in rows()} | {"catch_up", "snapshot"}
    public = {
        pattern.name
        for _route, pattern in url_patterns(get_resolver())
        if getattr(pattern.callback, "door", None) == PUBLIC or pattern.name in ACCOUNT_DOORS
    }
    names = {pattern.name for _route, pattern in url_patterns(get_resolver())}
    assert names - in_table - public == set()
    assert in_table - names - {row.door for row in rows() if row.method in ("HEAR", "SNAP")} == set()


def test_the_public_doors_are_few_and_known():
    """A door that opens to everybody is added here by hand, with a second thought."""
    public = {
        pattern.name
        for _route, pattern in url_patterns(get_resolver())
        if getattr(pattern.callback, "door", None) == PUBLIC
    }
    assert public <= {"language", "healthz", "demo_sign_in", "demo_mail", "demo_style"}
