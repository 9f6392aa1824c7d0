"""How many votes a second one hot ballot takes: `cast_ballot` beside an ORM baseline that locks first.

Both write the same rows in the same kind of transaction with the same wake-up; only locking and statements differ. Runs
alternate, so that a slow moment of the machine meets both, and medians are told. Three pairs: the storing alone, with
the policy asked under the lock, and with the policy and a sealed vote.
"""

import os
import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from boards.membership.models import Mode  # noqa: E402
from boards.policy import demand  # noqa: E402
from boards.proposals.actions import open_proposal, start_draft  # noqa: E402
from boards.voting.actions import call_ballot, cast_ballot, open_ballot  # noqa: E402
from boards.voting.casting import write_named  # noqa: E402
from boards.voting.models import AcceptedHash, Ballot, Choice, NamedVote, RollEntry, SealedVote  # noqa: E402
from boards.voting.policy import BallotPolicy  # noqa: E402
from boards.world.cast import World, found_cast  # noqa: E402
from forum.accounts.models import User  # noqa: E402
from forum.events.models import Event  # noqa: E402
from forum.events.recording import record, stale, verb  # noqa: E402
from forum.locks import share  # noqa: E402
from forum.sealing.envelope import envelope_hash, new_message, pack, part_hashes, seal  # noqa: E402
from forum.sealing.keystore import key_store  # noqa: E402
from forum.sealing.tags import box_mac  # noqa: E402
from tests.concurrency.crowd import colleagues, seated  # noqa: E402

THREADS = 8
VOTERS = 400
ROUNDS = 7
SECONDS = 2.0  # of each run
TEXTS = {"title": "짧은 회의", "problem": "회의가 깁니다.", "remedy": "30분만 합니다.", "effect": "시간이 남습니다."}

type Cast = Callable[[RollEntry, User, int], None]


# --- Ours ----------------------------------------------------------------------------------------------------------


def stored_ours(ballot: Ballot, entry: RollEntry, voter: User, choice: int) -> None:
    """What `cast_ballot` does for a named vote, without asking the policy."""
    with verb():
        shared = share(ballot)
        write_named(entry, choice)
        record("vote_cast", about=shared, by=voter, stream=None)
        stale(f"turnout:{shared.pk}")


def cast_ours(ballot: Ballot, entry: RollEntry, voter: User, choice: int) -> None:
    cast_ballot(ballot, voter=voter, choice=choice)


# --- The baseline: lock first, then the ORM ------------------------------------------------------------------------


def stored_baseline(ballot: Ballot, entry: RollEntry, voter: User, choice: int) -> None:
    with verb():
        locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
        _save_named(entry, choice)
        _save_event(locked)
        stale(f"turnout:{locked.pk}")


def named_baseline(ballot: Ballot, entry: RollEntry, voter: User, choice: int) -> None:
    with verb():
        locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
        policy = BallotPolicy(voter, locked)
        demand(policy.vote)
        _save_named(policy.entry, choice)
        _save_event(locked)
        stale(f"turnout:{locked.pk}")


def sealed_baseline(ballot: Ballot, entry: RollEntry, voter: User, choice: int) -> None:
    with verb():
        locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
        policy = BallotPolicy(voter, locked)
        demand(policy.vote)
        envelope = pack([(0, seal(new_message(choice), bytes(locked.public_key), ballot_id=locked.pk))])
        digest = envelope_hash(envelope)
        vote = SealedVote.objects.filter(entry=policy.entry).first() or SealedVote(entry=policy.entry, version=0)
        vote.version += 1
        vote.envelope, vote.mac = envelope, box_mac(locked.pk, policy.entry.pk, vote.version, digest)
        vote.save()
        for part in part_hashes(envelope):
            AcceptedHash.objects.create(hash=part.hex(), ballot=locked)
        _save_event(locked, receipt=digest.hex(), mac=vote.mac.hex())
        stale(f"turnout:{locked.pk}")


def _save_named(entry: RollEntry, choice: int) -> None:
    vote, made = NamedVote.objects.get_or_create(entry=entry, defaults={"choice": choice})
    if not made:
        vote.choice = choice
        vote.version += 1
        vote.save()


def _save_event(ballot: Ballot, **data) -> None:
    kind = ContentType.objects.get_for_model(Ballot)
    Event.objects.create(verb="vote_cast", about_type=kind, about_id=ballot.pk, data=data, told_at=timezone.now())


# --- Measuring -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    what: str
    mode: Mode
    ours: Callable[..., None]
    baseline: Callable[..., None]


PAIRS = [
    Pair("storing a named vote", Mode.NAMED, stored_ours, stored_baseline),
    Pair("… with the policy", Mode.NAMED, cast_ours, named_baseline),
    Pair("… with the policy, sealed", Mode.SEALED, cast_ours, sealed_baseline),
]


def votes_a_second(cast: Cast, entries: list[RollEntry]) -> float:
    """Let each thread cast for its own part of the roll until time is up."""
    done = [0] * THREADS
    start = threading.Barrier(THREADS + 1)
    until = [0.0]

    def one(place: int) -> None:
        own, dice = entries[place::THREADS], random.Random(place)
        try:
            connection.ensure_connection()
            start.wait()
            while time.perf_counter() < until[0]:
                entry = dice.choice(own)
                cast(entry, entry.person, dice.choice(list(Choice)))
                done[place] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    until[0] = began + SECONDS
    start.wait()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def opened(world: World, mode: Mode) -> Ballot:
    proposal = open_proposal(start_draft(world.board, by=world.jun, **TEXTS), by=world.jun)
    call_ballot(proposal, by=world.minji, mode=mode, reason="모두의 뜻을 묻습니다.")
    return open_ballot(proposal, keys=key_store(), closes_at=timezone.now() + timedelta(hours=1))


def compare(pair: Pair, world: World) -> float:
    ballots = {name: opened(world, pair.mode) for name in ("ours", "baseline")}
    rolls = {name: list(it.roll.select_related("person")) for name, it in ballots.items()}
    runs: dict[str, list[float]] = {"ours": [], "baseline": []}
    for turn in range(ROUNDS + 1):
        for name in ("ours", "baseline") if turn % 2 else ("baseline", "ours"):
            speed = votes_a_second(partial(getattr(pair, name), ballots[name]), rolls[name])
            if turn:  # the first one warms up
                runs[name].append(speed)
    for name, ballot in ballots.items():
        _check_rows(name, ballot)
    ours, baseline = (statistics.median(runs[name]) for name in ("ours", "baseline"))
    print(f"{pair.what:<28}{ours:>8.0f}/s{baseline:>12.0f}/s{ours / baseline:>9.2f} x", flush=True)
    return ours / baseline


def _check_rows(name: str, ballot: Ballot) -> None:
    """Stop when a side saved work: each cast must have raised a version and left an event, and a hash if sealed."""
    votes = (SealedVote if ballot.sealed else NamedVote).objects.filter(entry__ballot=ballot)
    casts = Event.objects.filter(verb="vote_cast", about_id=ballot.pk).count()
    versions = votes.aggregate(sum=Sum("version"))["sum"]
    if versions != casts or (ballot.sealed and ballot.accepted.count() != casts):
        raise SystemExit(f"{name} did not write all rows: {casts} events, versions {versions}.")


def main() -> None:
    if settings.DEMO:
        raise SystemExit("This is measured on PostgreSQL: run bin/bench votes.")
    call_command("migrate", verbosity=0)
    world = found_cast()
    seated(world, colleagues(world, VOTERS))
    print(f"{THREADS} threads, one ballot, a roll of {VOTERS}, medians of {ROUNDS} runs of {SECONDS:.0f} s, in turn")
    print(f"{'':<28}{'ours':>10}{'lock first':>14}{'ratio':>11}")
    for pair in PAIRS:
        compare(pair, world)


if __name__ == "__main__":
    main()
