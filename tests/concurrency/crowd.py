"""Many people at once: threads with a connection each, released by one barrier."""

import threading
from collections.abc import Callable

from django.db import connection

from boards.membership.models import Membership
from boards.world.cast import World
from forum.accounts.models import User

PATIENCE = 60.0  # seconds a crowd may take; a deadlock nobody breaks fails the test instead of holding it up

type Outcome = object | Exception


def at_once(
    acts: list[Callable[[], object]], *, threads: int, ready: Callable[[], object] | None = None
) -> list[Outcome]:
    """Do the acts in so many threads and return what each returned or raised.

    All are connected before any starts; `ready` is done in between.
    """
    threads = min(threads, len(acts))
    outcomes: list[Outcome] = [None] * len(acts)
    start = threading.Barrier(threads, action=ready)

    def one(first: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            for place in range(first, len(acts), threads):
                try:
                    outcomes[place] = acts[place]()
                except Exception as error:  # the test judges it
                    outcomes[place] = error
        finally:
            connection.close()

    running = [threading.Thread(target=one, args=(first,), daemon=True) for first in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in running), "The crowd never came to an end."
    return outcomes


def kinds(outcomes: list[Outcome]) -> set[str]:
    """The names of what was raised, for a message that says what went wrong."""
    return {f"{type(it).__name__}: {it}" for it in outcomes if isinstance(it, Exception)}


def colleagues(world: World, count: int) -> list[User]:
    """Add people of the Hanbit institution who have no seat."""
    institution = world.board.institution
    return [
        User.objects.create_user(f"colleague{number}@hanbit.example", name=f"동료 {number}", institution=institution)
        for number in range(count)
    ]


def seated(world: World, people: list[User], role: str = Membership.Role.MEMBER) -> list[User]:
    """Give people a seat on the Hanbit board, in its teams by turns."""
    term = Membership.objects.get(person=world.jun)
    teams = list(world.board.teams.order_by("pk"))
    Membership.objects.bulk_create(
        [
            Membership(
                board=world.board, person=person, role=role, team=teams[turn % len(teams)],
                term_from=term.term_from, term_until=term.term_until,
            )
            for turn, person in enumerate(people)
        ]
    )  # fmt: skip
    return people
