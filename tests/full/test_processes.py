"""The installation as docker-compose.yml starts it, from an empty database to the answer, over two web processes."""

import re
import signal
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from tests.full.site import Site, wait_for
from tests.full.visitor import Answer, Visitor

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]

PASSWORD = "수요일-저녁-산책-17"
BOARD = "/boards/saesol/"
UNTIL = (timezone.localdate() + timedelta(days=200)).isoformat()
MEMBERS = {"jun": "이준", "sora": "박소라", "tae": "최태호"}
FOUNDED = [
    "--institution=새솔시", "--headcount=300", "--board=새솔 주니어보드", "--slug=saesol", "--code=새솔",
    "--team=현장", "--team=문화", "--holder-email=hana@saesol.example", "--holder-name=정하나",
    "--moderator-email=minji@saesol.example", "--moderator-name=김민지", f"--term-until={UNTIL}",
]  # fmt: skip
TEXTS = {
    "title": "회의는 30분만", "field": "culture", "problem": "회의가 깁니다.",
    "remedy": "30분 안에 끝냅니다.", "effect": "시간이 남습니다.",
}  # fmt: skip


def asked(site: Site, question: str, *values):
    """One value from the database of the site."""
    with psycopg.connect(site.addresses["DATABASE_URL"]) as connection:
        row = connection.execute(question, values).fetchone()
    return row and row[0]


def told(site: Site, command: str, *values) -> None:
    with psycopg.connect(site.addresses["DATABASE_URL"]) as connection:
        connection.execute(command, values)


def newest_letter(site: Site, email: str) -> str:
    return asked(site, 'SELECT body FROM forum_letter WHERE "to" = %s ORDER BY id DESC LIMIT 1', email) or ""


def with_first_password(site: Site, email: str) -> Visitor:
    """Somebody without a password: asks for a letter, follows its link, sets one, signs in."""
    visitor = Visitor(site.origins)
    visitor.send("/accounts/password/reset/", email=email)
    link = wait_for(lambda: re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", newest_letter(site, email)))
    done = visitor.send(link[1], password1=PASSWORD, password2=PASSWORD)
    assert done.path == "/accounts/password/reset/key/done/", done.words
    return signed_in(visitor, email)


def signed_in(visitor: Visitor, email: str) -> Visitor:
    home = visitor.send("/accounts/login/", login=email, password=PASSWORD)
    assert (home.status, home.path) == (200, "/"), home.words
    return visitor


def until(visitor: Visitor, path: str, words: str) -> Answer:
    """Load a page anew until it says so."""
    seen: list[Answer] = []

    def says() -> Answer | None:
        seen.append(visitor.get(path))
        return seen[-1] if words in seen[-1].words else None

    return wait_for(says, lambda: f"{path} never said {words!r}: {seen[-1].status} {seen[-1].words}")


def published(visitor: Visitor) -> str:
    """Write a draft, open it, and return the path of its page."""
    draft = visitor.send(f"{BOARD}proposals/new/", **TEXTS)
    opened = visitor.send(draft.path, draft.path, open="1", **TEXTS)
    assert re.search(r"새솔-\d{4}-001", opened.words), opened.words
    return opened.path


def add_members(moderator: Visitor) -> None:
    teams = re.findall(r'<option value="(\d+)">(?:현장|문화)<', moderator.get(f"{BOARD}members/new/").text)
    for turn, key in enumerate(MEMBERS):
        added = moderator.send(
            f"{BOARD}members/new/",
            email=f"{key}@saesol.example", name=MEMBERS[key], role="member", team=teams[turn % 2],
            term_from=timezone.localdate().isoformat(), term_until=UNTIL,
        )  # fmt: skip
        assert MEMBERS[key] in added.words


def answer(executive: Visitor) -> str:
    """Receive what lies on the desk, answer it with one commitment, publish that; return the page's words."""
    desk = executive.get("/desk/")
    path = re.search(r'href="(/escalations/\d+/)"', desk.text)
    assert path, desk.words
    executive.send(path[1], f"{path[1]}receipt/")
    preview = executive.send(
        path[1], f"{path[1]}answer/",
        **{
            "decision": "adopted", "reason": "좋은 제안입니다.", "implement_on": UNTIL, "preview": "1",
            "promise-0-what": "회의 지침 개정", "promise-0-who": "총무과", "promise-0-due_on": UNTIL,
        },
    )  # fmt: skip
    assert preview.path == f"{path[1]}publication/", preview.words
    return executive.send(preview.path).words


def test_a_board_lives_from_the_empty_database_to_the_answer(site: Site):
    assert "/boards/saesol/" in site.manage("found_board", *FOUNDED)
    minji = with_first_password(site, "minji@saesol.example")
    hana = with_first_password(site, "hana@saesol.example")
    add_members(minji)
    jun, sora, tae = (with_first_password(site, f"{key}@saesol.example") for key in MEMBERS)

    proposal = published(jun)
    assert hana.get(proposal).status == 404, "executives see nothing before the escalation"
    minji.send(f"{proposal}ballot-call/", mode="0", reason="토론이 무르익었습니다.")
    until(jun, proposal, "투표하기")
    for voter in (jun, sora, tae):
        assert "지금 낸 표: 찬성" in voter.send(proposal, f"{proposal}ballot/", choice="1").words
    told(site, "UPDATE boards_ballot SET closes_at = now() WHERE state = 'open'")
    until(sora, proposal, "가결")
    until(hana, "/desk/", TEXTS["title"])
    assert "회의 지침 개정" in answer(hana)

    notices = until(jun, "/notifications/", "정하나 님이 답변을 공개했습니다.")
    assert "제안이 책임관에게 상정되었습니다." in notices.words
    assert "좋은 제안입니다." in jun.get(proposal).words
    assert asked(site, "SELECT count(*) FROM boards_escalation") == 1
    assert f"{site.origins[0]}{proposal}" in newest_letter(site, "jun@saesol.example")


def test_the_services_are_well_by_their_own_health_checks(site: Site):
    checks = [("worker", None), ("clock", None), ("counter", None), *(("web", port) for port in site.ports)]
    assert not {service: said.stderr for service, port in checks if (said := site.health(service, port)).returncode}


def test_only_the_counter_has_made_keys(site: Site):
    assert "KEY_STORE" not in {name for it in ("web", "worker", "clock", "migrate") for name in site.variables(it)}
    assert (site.folder / "keys").stat().st_mode & 0o077 == 0


def test_asked_to_stop_each_service_ends_in_good_order(site: Site):
    """Last: it ends them. uvicorn passes the signal on, once all is closed."""
    webs = {f"web-{port}" for port in site.ports}

    ended = site.stop()

    assert {name: code for name, code in ended.items() if name not in webs} == dict.fromkeys(ended.keys() - webs, 0)
    assert {ended[name] for name in webs} <= {0, -signal.SIGTERM}
    for name in ended:
        assert "Traceback" not in site.log(name).read_text(), site.log(name).read_text()[-3000:]
    dead = site.health("web", site.ports[0])
    assert dead.returncode != 0
