"""The browser of the journeys and of the pictures: the system's Chromium, talking to nobody else.

The headless shell draws pages only; a whole Chromium also draws a window with its buttons around each of them.
"""

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert found, "Chromium is needed: run bin/_system browser as root, or install chromium-headless-shell."
    return found


def start_chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=program(), args=FLAGS)
