"""The browser of the journeys and of the pictures: the system's Chromium, talking to nobody else."""

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


def start_chromium(playwright: Playwright) -> Browser:
    found = shutil.which("chromium")
    assert found, "Chromium is needed: run bin/_system browser as root, or install chromium."
    return playwright.chromium.launch(executable_path=found, args=FLAGS)
