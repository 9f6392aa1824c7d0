"""How fast the pages people use most are, signed in, on few and on many rows: bin/bench pages [--rows 1000,1000000]

Two web processes over PostgreSQL. Each page is asked for by one client, whose p50 is how long a person waits, and by
eight at once, who show p99 and pages a second; `CPU ms` is what a page costs the web processes, which a loaded machine
changes least. Two floors are served by the same processes in the same run: a bare page of one query, and 500 comments
in one flat template. The goals are told beside the figures; nothing is asserted.
"""

import argparse
import os
import time
from dataclasses import dataclass, field

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from boards.proposals.models import Proposal  # noqa: E402
from boards.world.cast import World, found_cast  # noqa: E402
from tests.bench.base.load import Taken, ask  # noqa: E402
from tests.bench.base.rows import found, grow  # noqa: E402
from tests.bench.base.site import session_of, webs  # noqa: E402

CLIENTS = 8
WEBS = 2
ROUNDS = 2  # over all pages, so that a slow moment of the machine does not meet one of them alone
WARMING = 1.0


@dataclass
class Page:
    name: str
    path: str
    person: str = "jun"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Figures:
    alone: Taken = field(default_factory=Taken)
    crowd: Taken = field(default_factory=Taken)


def pages(world: World, proposal: Proposal) -> list[Page]:
    roots = proposal.comments.filter(depth=0).order_by("pk").values_list("pk", flat=True)
    part = f"{proposal.get_absolute_url()}discussion/?after={roots[len(roots) * 4 // 5]}"
    return [
        Page("bare page, one query", "/bench/bare/"),
        Page("plain, 500 comments", f"/bench/plain/{proposal.pk}/"),
        Page("board", world.board.get_absolute_url()),
        Page("proposal, 500 comments", proposal.get_absolute_url()),
        Page("part of its threads", part, headers={"X-Fragment": "1"}),
        Page("room", world.room.get_absolute_url()),
        Page("home", "/"),
        Page("desk", "/desk/", "hana"),
        Page("inbox", "/notifications/"),
    ]


def measure(world: World, asked: list[Page], seconds: float) -> dict[str, Figures]:
    cookies = {key: f"{settings.SESSION_COOKIE_NAME}={session_of(world.people[key])}" for key in ("jun", "hana")}
    figures = {page.name: Figures() for page in asked}
    with webs(WEBS) as served:

        def taken(page: Page, clients: int, seconds: float) -> Taken:
            headers = {"Cookie": cookies[page.person], **page.headers}
            before = served.worked()
            found = ask(served.origins, page.path, headers, clients=clients, seconds=seconds)
            found.worked = served.worked() - before
            return found

        for page in asked:
            taken(page, CLIENTS, WARMING)
        for _ in range(ROUNDS):
            for page in asked:
                figures[page.name].alone += taken(page, 1, seconds / ROUNDS / 2)
                figures[page.name].crowd += taken(page, CLIENTS, seconds / ROUNDS)
    return figures


def tell(rows: int, figures: dict[str, Figures]) -> None:
    bare = figures["bare page, one query"].alone.p50
    print(f"\n{rows:,} rows{'':<18}{'one client':>12}{'':>12}{f'{CLIENTS} clients':>12}")
    heads = f"{'p50 ms':>9}{'x bare':>8}{'KB':>7}{'p50 ms':>11}{'p99 ms':>9}{'p99/p50':>9}{'pages/s':>9}{'CPU ms':>9}"
    print(f"{'':<26}{heads}")
    for name, it in figures.items():
        print(
            f"{name:<26}{it.alone.p50:>9.1f}{it.alone.p50 / bare:>8.1f}{it.alone.size / 1000:>7.0f}"
            f"{it.crowd.p50:>11.1f}{it.crowd.p99:>9.1f}{it.crowd.p99 / it.crowd.p50:>9.2f}{it.crowd.rate:>9.0f}"
            f"{it.crowd.work:>9.1f}",
            flush=True,
        )


def tell_goals(measured: dict[int, dict[str, Figures]]) -> None:
    (_, few), (_, many) = min(measured.items()), max(measured.items())
    board, bare = many["board"], many["bare page, one query"]
    whole, plain = many["proposal, 500 comments"].alone.p50, many["plain, 500 comments"].alone.p50
    growth = {name: many[name].alone.p50 / few[name].alone.p50 for name in many}
    spread = {name: it.crowd.p99 / it.crowd.p50 for name, it in many.items()}
    print("\nGoals, at the most rows")
    _goal("board, p50 of one client", board.alone.p50, "ms <=", 15)
    _goal(f"board, {CLIENTS} clients", board.crowd.rate, "pages/s >=", 130)
    times, work = board.alone.p50 / bare.alone.p50, board.crowd.work / bare.crowd.work
    print(f"       board / bare page: {times:.1f} x the time, {work:.1f} x the work")
    _goal("proposal with 500 comments / plain template", whole / plain, "x <=", 0.6)
    if len(measured) > 1:
        worst = max(growth, key=lambda name: growth[name])
        _goal(f"growth {min(measured):,} to {max(measured):,} rows, most: {worst}", growth[worst], "x <=", 1.3)
    worst = max(spread, key=lambda name: spread[name])
    _goal(f"p99 / p50, {CLIENTS} clients, most: {worst}", spread[worst], "x <=", 3)


def _goal(what: str, figure: float, unit: str, goal: float) -> None:
    met = figure >= goal if unit.endswith(">=") else figure <= goal
    print(f"{'met   ' if met else 'MISSED'} {what}: {figure:.2f} {unit} {goal}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench pages")
    parser.add_argument("--rows", default="1000,50000", help="sizes of the installation, with commas between them")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long the clients ask for each page")
    asked = parser.parse_args()
    if settings.DEMO:
        raise SystemExit("This is measured on PostgreSQL: run bin/bench pages.")
    call_command("migrate", verbosity=0)
    world = found_cast()
    proposal = found(world)
    print(f"{WEBS} web processes, {os.cpu_count()} cores; load before: {os.getloadavg()[0]:.1f}", flush=True)
    measured = {}
    for rows in sorted(int(text) for text in asked.rows.split(",")):
        began = time.perf_counter()
        there = grow(world, proposal, rows)
        print(f"grew to {there:,} rows in {time.perf_counter() - began:.0f} s", flush=True)
        measured[there] = measure(world, pages(world, proposal), asked.seconds)
        tell(there, measured[there])
    tell_goals(measured)


if __name__ == "__main__":
    main()
