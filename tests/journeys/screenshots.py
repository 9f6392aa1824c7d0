"""The README's pictures: a fresh demo, its cast signed in, the first screen of the pages that matter to each role."""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.journeys.chromium import start_chromium
from tests.journeys.installation import Installation, embedded
from tests.servers import ROOT

LARGEST_PICTURE = 200_000
LARGEST_SUM = 1_200_000
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Picture:
    name: str
    who: str
    page: str
    """Its name in `manage.py world --json`."""
    at: str = ""
    """What to scroll to; nothing is the top."""
    size: ViewportSize | None = None
    live: bool = True


PICTURES = [
    Picture("home", "sora", "home"),
    Picture("board", "sora", "board"),
    Picture("board-phone", "sora", "board", size=NARROW),
    Picture("proposal", "tae", "proposal_many_comments"),
    Picture("discussion", "tae", "proposal_many_comments", at="#discussion"),
    Picture("ballot", "jun", "proposal_balloting", at="#panel-ballot"),
    Picture("room", "jun", "room"),
    Picture("reports", "minji", "reports"),
    Picture("desk", "hana", "desk"),
    Picture("decision", "hana", "decision"),
    Picture("answer", "sora", "answer"),
    Picture("paper", "sora", "paper", live=False),
]


def take_all(site: Installation, browser: Browser, into: Path) -> None:
    for picture in PICTURES:
        context = browser.new_context(
            base_url=site.origins[0], viewport=picture.size or WIDE, locale="ko-KR", timezone_id="Asia/Seoul",
            reduced_motion="reduce", color_scheme="light",
        )  # fmt: skip
        page = context.new_page()
        _sign_in(page, picture.who)
        page.goto(site.world["urls"][picture.page])
        if picture.live:
            expect(page.locator("html")).to_have_attribute("data-live", "open", timeout=20_000)
        if picture.at:
            page.locator(picture.at).evaluate("it => it.scrollIntoView()")
        page.screenshot(path=into / f"{picture.name}.png")
        context.close()


def _sign_in(page: Page, key: str) -> None:
    page.goto("/accounts/login/")
    page.locator(f'button[name="name"][value="{key}"]').click()
    expect(page.locator(".whoami")).to_be_visible()


def too_large(into: Path) -> list[str]:
    sizes = {it.name: it.stat().st_size for it in sorted(into.glob("*.png"))}
    found = [f"{name}: {size} bytes" for name, size in sizes.items() if size > LARGEST_PICTURE]
    return found + [f"all together: {sum(sizes.values())} bytes"] * (sum(sizes.values()) > LARGEST_SUM)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/screenshots")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "screenshots", help="docs/screenshots")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, embedded(Path(folder)) as site, sync_playwright() as playwright:
        browser = start_chromium(playwright)
        take_all(site, browser, into)
        browser.close()
    if found := too_large(into):
        sys.exit("Too large for a repository: " + "; ".join(found))


if __name__ == "__main__":
    main()
