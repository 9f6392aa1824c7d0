"""What the first view costs on a slow phone: bin/bench view

Chromium at 360 px, its processor four times slower, 1.6 Mbit/s and 150 ms away; a person who is signed in opens home
and a board, in the demo world, each time with an empty cache. The proxy that compresses in production is not here:
pages come as the web processes send them, so the figures are those of a worse day. Nothing is asserted.
"""

import os
import statistics
from dataclasses import dataclass
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from boards.world.cast import World, find_cast  # noqa: E402
from tests.bench.base.site import session_of, webs  # noqa: E402
from tests.journeys.chromium import FLAGS, program  # noqa: E402
from tests.journeys.people import KOREAN  # noqa: E402

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}  # bytes a second
TIMES = 3
QUIET = 1000  # milliseconds after everything has come in which shifts and long tasks still count

WATCH = """
window.seen = {largest: 0, shift: 0, tasks: []};
const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({type, buffered: true});
watch('largest-contentful-paint', it => { window.seen.largest = it.startTime; });
watch('layout-shift', it => { if (!it.hadRecentInput) window.seen.shift += it.value; });
watch('longtask', it => { window.seen.tasks.push(it.duration); });
"""


@dataclass
class View:
    largest: float
    shift: float
    tasks: list[float]
    requests: int
    bytes: float


def look(browser: Browser, origin: str, path: str, cookie: str | None) -> View:
    """Open a page as for the first time."""
    context = browser.new_context(base_url=origin, **KOREAN, **PHONE)
    if cookie:
        host = str(urlsplit(origin).hostname)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": host, "path": "/"}])
    context.add_init_script(WATCH)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    page.wait_for_timeout(QUIET)
    seen = page.evaluate("window.seen")
    context.close()
    return View(seen["largest"], seen["shift"], seen["tasks"], len(sizes), sum(sizes))


def tell(name: str, views: list[View]) -> None:
    largest, size = (statistics.median(getattr(it, what) for it in views) for what in ("largest", "bytes"))
    tasks = max((len(it.tasks) for it in views), default=0)
    longest = max((duration for it in views for duration in it.tasks), default=0)
    print(
        f"{name:<22}{largest:>8.0f}{max(it.largest for it in views):>9.0f}{max(it.shift for it in views):>8.3f}"
        f"{tasks:>8}{longest:>10.0f}{max(it.requests for it in views):>10}{size / 1000:>8.0f}",
        flush=True,
    )


def measured(world: World) -> list[tuple[str, str, str | None]]:
    return [
        ("sign-in page, guest", "/accounts/login/", None),
        ("home", "/", "jun"),
        ("board", world.board.get_absolute_url(), "jun"),
    ]


def main() -> None:
    if settings.DEMO:
        raise SystemExit("This is measured with the static files of a full installation: run bin/bench view.")
    call_command("migrate", verbosity=0)
    call_command("make_world", yes=True, verbosity=0)
    world = find_cast()
    assert world
    cookie = session_of(world.jun)
    print(f"a phone {SLOWER} times slower, 1.6 Mbit/s, 150 ms; {TIMES} first views each; goals: LCP 1000 ms, no shift,")
    print("no long task, 100 KB in 8 requests")
    print(f"{'':<22}{'LCP ms':>8}{'worst':>9}{'shift':>8}{'tasks':>8}{'longest':>10}{'requests':>10}{'KB':>8}")
    with webs(1) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for name, path, key in measured(world):
            look(browser, served.origins[0], path, cookie if key else None)  # warms the process
            tell(name, [look(browser, served.origins[0], path, cookie if key else None) for _ in range(TIMES)])
        browser.close()


if __name__ == "__main__":
    main()
