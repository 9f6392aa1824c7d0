"""The people at their browsers, and those who use the same forms without one."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, Playwright, expect

from boards.world.cast import CAST, PASSWORD
from tests.journeys.installation import Installation

PLAYERS = {player.key: player for player in CAST}
KOREAN = {"locale": "ko-KR", "timezone_id": "Asia/Seoul"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class People:
    """Two browsers, one on each web process; whoever sits down at one gets a context of their own."""

    site: Installation
    browser: Browser
    sitting: dict[int, BrowserContext] = field(default_factory=dict)

    def sit_down(self, key: str | None, *, at: int = 0, **context) -> Page:
        """Return the page of a person who has just signed in at browser 0 or 1; who sat there before is gone."""
        self.get_up(at)
        self.sitting[at] = self.browser.new_context(base_url=self.site.origins[at], **KOREAN | context)
        page = self.sitting[at].new_page()
        page.set_default_timeout(20_000)
        if key:
            sign_in(page, key, demo=not self.site.full)
        return page

    def get_up(self, at: int) -> None:
        if there := self.sitting.pop(at, None):
            there.close()

    def leave(self) -> None:
        for at in list(self.sitting):
            self.get_up(at)


def sign_in(page: Page, key: str, *, demo: bool) -> None:
    """Sign in as people do: by one click in the demo, else with address and password."""
    page.goto("/accounts/login/")
    if demo:
        page.locator(f'button[name="name"][value="{key}"]').click()
    else:
        page.locator('input[name="login"]').fill(PLAYERS[key].email)
        page.locator('input[name="password"]').fill(PASSWORD)
        page.locator("main form button.btn-primary").click()
    expect(page.locator(".whoami")).to_contain_text(PLAYERS[key].name)


def live(page: Page) -> Page:
    """Wait until the page hears what happens."""
    expect(page.locator("html")).to_have_attribute("data-live", "open", timeout=20_000)
    return page


class Outsider:
    """A person who fills in the same forms over plain HTTP."""

    def __init__(self, playwright: Playwright, site: Installation, key: str) -> None:
        self.door: APIRequestContext = playwright.request.new_context(base_url=site.origins[0])
        self.post("/accounts/login/", "/accounts/login/", login=PLAYERS[key].email, password=PASSWORD)

    def post(self, form_on: str, action: str, **fields: str) -> None:
        """Send a form that stands on one page to the address it names."""
        token = TOKEN.search(self.door.get(form_on).text())
        assert token, f"no form on {form_on}"
        answer = self.door.post(
            action,
            form={"csrfmiddlewaretoken": token[1], **fields},
            headers={"Referer": form_on},
            fail_on_status_code=True,
        )
        assert answer.ok, answer.url

    def leave(self) -> None:
        self.door.dispose()
