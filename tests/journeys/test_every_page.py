"""Every page of the demo world, as each role meets it: reachable or not, narrow or wide, silent and accessible.

A page is loaded once for each role and once for each language; widths, zoom and looks change under it. What is built
of the same elements and classes as something before it is looked at once: axe takes seconds for a long discussion.
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.embedded]  # pages look the same on both

SIZES = [(360, 1), (768, 1), (1280, 1), (640, 2)]  # the last is 1280 at twice the size
ROLES = {
    "member": "sora", "author": "jun", "moderator": "minji", "executive": "hana", "staff": "staff", "admin": "admin",
    "guest": "guest",
}  # fmt: skip
EVERYBODY = " ".join(ROLES)
SEATED = "member author moderator"
READERS = f"{SEATED} staff admin"
ADDRESSED = f"{READERS} executive"

# Who meets which page: written by hand from who may read what; what one may not read does not exist for them.
PAGES = {
    "home": EVERYBODY,
    "notifications": EVERYBODY,
    "notification_settings": EVERYBODY,
    "sessions": EVERYBODY,
    "kept": EVERYBODY,
    "board": READERS,
    "members": READERS,
    "log": SEATED,
    "rooms": SEATED,
    "room": SEATED,
    "desk": "executive",
    "decision": "executive",
    "answer": ADDRESSED,
    "paper": ADDRESSED,
    "proposal_open": READERS,
    "proposal_many_comments": READERS,
    "proposal_balloting": READERS,
    "proposal_passed": ADDRESSED,
    "proposal_failed": READERS,
    "proposal_answered": ADDRESSED,
    "proposal_overdue": ADDRESSED,
    "proposal_new": "member author",
    "draft": "author",
    "co_proposers": "author",
    "revisions": READERS,
    "revision": READERS,
    "roll": SEATED,
    "accepted": ADDRESSED,
    "reports": "moderator admin",
    "report": "member moderator",  # the member has made it
    "settings": "moderator",
    "teams": "moderator",
    "team": "moderator",
    "invitations": "moderator",
    "member_new": "moderator",
    "member_list": "moderator",
    "board_new": "admin",
}
# What is shown to people who may see the board but not enter there; everybody may know that boards are founded.
REFUSED = {
    **dict.fromkeys(("log", "rooms", "roll"), "staff admin"),
    **dict.fromkeys(
        ("settings", "teams", "team", "invitations", "member_new", "member_list"), "member author staff admin"
    ),
    "proposal_new": "moderator staff admin",
    "board_new": EVERYBODY,
}
# The looks of the house besides the light one, and the rules of axe that colours can break.
LIGHT = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
LOOKS = {
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more"},
    "dark contrast": {"color_scheme": "dark", "contrast": "more"},
    "forced colours": {"forced_colors": "active"},
}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
AXE = {"resultTypes": ["violations"], "preload": False}
ALLOWED = 200


class Watch:
    """What a page does that nobody sees: requests to others, and what the console complains about."""

    def __init__(self, page: Page, origin: str) -> None:
        self.origin = origin
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", f"{self.origin.replace('http', 'ws')}/", "data:")):
            self.elsewhere.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def heard(self, url: str, status: int) -> list[str]:
        """Return the complaints since the last time, without the one a refused page makes about itself."""
        heard, self.complaints = self.complaints, []
        return [it for it in heard if status == ALLOWED or not it.endswith(f"({url})")]


def expected(name: str, role: str) -> int:
    if role in PAGES[name].split():
        return ALLOWED
    return 403 if role in REFUSED.get(name, "").split() else 404


def too_wide(page: Page) -> str:
    """Return which elements stick out sideways, nothing when none does."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return "";
            const out = [...document.querySelectorAll("body *")].filter(
                (it) => it.getBoundingClientRect().right > root.clientWidth + 0.5);
            return `${root.scrollWidth} > ${root.clientWidth}: ` + out.map(
                (it) => it.tagName + "." + it.className).slice(0, 5).join(", ");
        }"""
    )


def too_wide_at_any_size(page: Page) -> list[str]:
    screen = page.context.new_cdp_session(page)
    found = []
    for width, scale in SIZES:
        metrics = {"width": width, "height": 900 // scale, "deviceScaleFactor": scale, "mobile": False}
        screen.send("Emulation.setDeviceMetricsOverride", metrics)
        found += [f"at {width}: {it}" for it in [too_wide(page)] if it]
    screen.detach()
    return found


SHAPE = """() => {
    const known = new Map();
    const shape = (it) => {
        const inside = [...it.children].map((child) => [shape(child), child]);
        const times = {};
        for (const [like, child] of inside) {
            times[like] = (times[like] ?? 0) + 1;
            child.toggleAttribute("data-repeated", times[like] > 3);
        }
        const said = [...it.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
        const named = it.getAttributeNames().filter((name) => !name.startsWith("data-")).sort();
        const text = JSON.stringify([it.localName, it.className.baseVal ?? it.className, named, said,
            ...Object.keys(times).sort()]);
        if (!known.has(text)) known.set(text, known.size);
        return known.get(text);
    };
    shape(document.body);
    return [...known.keys()].join();
}"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds against the page, all rules or these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = AXE | ({"runOnly": rules} if rules else {})
    what = json.dumps({"exclude": [["[data-repeated]"]]})
    found = page.evaluate(f"axe.run({what}, {json.dumps(options)})")["violations"]
    return [f"{it['id']}: {node['target']} {node['failureSummary']}" for it in found for node in it["nodes"]]


def violations_in_every_look(page: Page, shapes: set[str]) -> list[str]:
    """What axe finds in every look, unless a page of this shape has been looked at."""
    shape = page.evaluate(SHAPE)
    if shape in shapes:
        return []
    shapes.add(shape)
    found = violations(page)
    for name, look in LOOKS.items():
        page.emulate_media(**LIGHT | look)
        found += [f"{name}: {it}" for it in violations(page, OF_COLOURS)]
    page.emulate_media(**LIGHT)
    return found


@pytest.fixture(scope="module")
def shapes() -> set[str]:
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_met_as_the_role_allows_and_says_nothing_to_others(role: str, people: People, shapes: set[str]):
    page = people.sit_down(ROLES[role])
    watch = Watch(page, people.site.origins[0])
    wrong: list[str] = []
    for name, path in people.site.world["urls"].items():
        answer = page.goto(path)
        assert answer
        if answer.status != expected(name, role):
            wrong.append(f"{name}: {answer.status} instead of {expected(name, role)}")
        found = too_wide_at_any_size(page) + violations_in_every_look(page, shapes)
        wrong += [f"{name}: {it}" for it in found + watch.heard(answer.url, answer.status)]
    assert not wrong, "\n".join(wrong)
    assert not watch.elsewhere


def test_each_page_is_as_accessible_in_english(people: People):
    wrong: list[str] = []
    left, shapes = dict(PAGES), set[str]()
    for role in ("author", "moderator", "executive", "admin"):  # between them they may read everything
        page = people.sit_down(ROLES[role], locale="en-US")
        watch = Watch(page, people.site.origins[0])
        for name in [name for name in left if role in left[name].split()]:
            del left[name]
            answer = page.goto(people.site.world["urls"][name])
            assert answer
            assert page.locator("html").get_attribute("lang") == "en"
            found = too_wide_at_any_size(page) + violations_in_every_look(page, shapes)
            wrong += [f"{name}: {it}" for it in found + watch.heard(answer.url, answer.status)]
        wrong += watch.elsewhere
    assert not left
    assert not wrong, "\n".join(wrong)


def test_the_table_names_every_page_of_the_world(people: People):
    assert set(people.site.world["urls"]) == set(PAGES)


FORMS = {
    "sora": [
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/boards/hanbit/proposals/new/",
        "{proposal_open}",
        "/demo/mail/",
        "/demo/style/",
    ],
    "minji": [
        "/boards/hanbit/members/new/",
        "/boards/hanbit/members/list/",
        "/boards/hanbit/invitations/",
        "/boards/hanbit/settings/",
        "/boards/hanbit/teams/",
        "/reports/",
        "{proposal_open}ballot-call/",
        "{proposal_open}hiding/",
        "{proposal_open}report/",
    ],
    "admin": ["/institution/boards/new/"],
    None: ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"],
}


@pytest.mark.parametrize("key", FORMS)
def test_each_form_is_accessible_and_fits(key: str | None, people: People, shapes: set[str]):
    page = people.sit_down(key, viewport={"width": 360, "height": 800})
    watch = Watch(page, people.site.origins[0])
    urls = people.site.world["urls"]
    wrong: list[str] = []
    for pattern in FORMS[key]:
        path = pattern.format(**urls)
        if path.startswith("/demo/") and people.site.full:
            continue
        answer = page.goto(path)
        assert answer
        assert answer.ok, path
        found = [too_wide(page), *violations_in_every_look(page, shapes), *watch.heard(path, ALLOWED)]
        wrong += [f"{path}: {it}" for it in found if it]
    assert not wrong, "\n".join(wrong)
