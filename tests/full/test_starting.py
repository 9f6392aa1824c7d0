"""What is missing or unsafe stops the start: one sentence that says what to do, no traceback, no secret in it."""

import re
import socket
import subprocess
import sys

import pytest

from tests.full.compose import ROOT
from tests.full.site import FILLED, Site
from tests.servers import free_port

pytestmark = pytest.mark.postgres  # what needs no server runs beside the rest, once

WHOLE = {
    **{name: text for name, text in FILLED.items() if name != "POSTGRES_PASSWORD"},
    "DATABASE_URL": "postgres://board:a-password-of-postgres@127.0.0.1:9/board",
    "REDIS_URL": "redis://:a-password-of-redis@127.0.0.1:9/0",
    "CACHE_URL": "redis://:a-password-of-redis@127.0.0.1:9/1",
    "PUBLIC_ORIGINS": "https://board.example.go.kr",
}
SECRETS = re.compile("a-password-of|only-in-the-tests|another-in-the-tests")
WEB = ["-m", "uvicorn", "forum.asgi:application", "--host=127.0.0.1"]


def start(*command: str, **changed: str | None) -> subprocess.CompletedProcess:
    """Start a process with a whole configuration of a full installation, but for what is changed (None leaves out)."""
    told = {**Site.bare(), "FORUM_MODE": "full", **WHOLE, **changed}
    return subprocess.run(
        [sys.executable, *(command or ("manage.py", "worker"))], cwd=ROOT,
        env={name: value for name, value in told.items() if value is not None},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def sentence(done: subprocess.CompletedProcess) -> str:
    """The one sentence a process said instead of starting."""
    said = [line for line in (done.stdout + done.stderr).splitlines() if not re.match(r"INFO:|ERROR:\s+App", line)]
    assert done.returncode not in (0, None)
    assert len(said) == 1, "\n".join(said)
    assert not SECRETS.search(said[0])
    return re.sub(r"^(CommandError|ERROR):\s+", "", said[0])


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_without_a_variable_nothing_starts(name):
    assert sentence(start(**{name: None})).startswith(f"{name} is missing: set it to ")


UNSAFE = {
    "a short secret": ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess: set it to 32 random"),
    "a secret of one letter": ({"TAG_KEY": "a" * 64}, "TAG_KEY is too easy to guess: set it to 32 random"),
    "an open http origin": ({"PUBLIC_ORIGINS": "http://board.example.go.kr"}, "use https://"),
    "an http origin among others": ({"PUBLIC_ORIGINS": "https://a.go.kr, http://10.0.0.1"}, "use https://"),
    "a host without scheme": ({"PUBLIC_ORIGINS": "board.example.go.kr"}, "write whole origins"),
    "one Redis database": ({"CACHE_URL": WHOLE["REDIS_URL"]}, "CACHE_URL must be another Redis database"),
    "another database": ({"DATABASE_URL": "sqlite:///board.sqlite3"}, "DATABASE_URL does not begin with postgres://"),
    "no database at all": ({"DATABASE_URL": "a-password-of"}, "DATABASE_URL does not begin with postgres://"),
    "no Redis at all": ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL does not begin with redis://"),
    "no mail server": ({"MAIL_URL": "consolemail://"}, "MAIL_URL does not begin with smtp://"),
    "another mode": ({"FORUM_MODE": "production"}, "FORUM_MODE is 'production': set it to demo or full"),
    "a demo with a secret of production": ({"FORUM_MODE": "demo"}, "which the demo refuses: set FORUM_MODE=full"),
    "a demo without its name": ({"FORUM_MODE": None}, "which the demo refuses: set FORUM_MODE=full"),
}


@pytest.mark.parametrize(("changed", "said"), UNSAFE.values(), ids=UNSAFE)
def test_with_an_unsafe_configuration_nothing_starts(changed, said):
    assert said in sentence(start(**changed))


@pytest.mark.parametrize("name", [*sorted(WHOLE), "KEY_STORE"])
def test_the_demo_refuses_each_variable_of_production(name, tmp_path):
    alone = dict.fromkeys(WHOLE) | {name: WHOLE.get(name, str(tmp_path))}

    said = sentence(start("manage.py", "demo", **{**alone, "FORUM_MODE": "demo", "FORUM_DATA": str(tmp_path)}))

    assert said.startswith(f"{name}: that belongs to a production configuration")
    assert "set FORUM_MODE=full, or unset" in said


def test_web_processes_say_the_same_sentence_when_a_variable_is_missing():
    assert sentence(start(*WEB, TAG_KEY=None)).startswith("TAG_KEY is missing: set it to ")


def test_the_counter_does_not_start_without_a_key_store():
    assert sentence(start("manage.py", "counter")).startswith("KEY_STORE is missing: set it to ")


def test_the_counter_does_not_start_with_a_key_store_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("no folder")

    said = sentence(start("manage.py", "counter", KEY_STORE=str(tmp_path / "file" / "keys")))

    assert "cannot be written" in said
    assert "make it the folder of the account that runs the counter" in said


STARTS = {
    "web": [*WEB, "--port=9"],
    "worker": ["manage.py", "worker"],
    "clock": ["manage.py", "clock"],
    "counter": ["manage.py", "counter"],
    "migrate": ["manage.py", "migrate"],
}


@pytest.mark.parametrize("service", STARTS)
def test_without_a_database_nothing_starts(service, tmp_path):
    said = sentence(start(*STARTS[service], KEY_STORE=str(tmp_path) if service == "counter" else None))

    assert said == "PostgreSQL at 127.0.0.1:9 lets nobody in (Connection refused): start it, or correct DATABASE_URL."


@pytest.mark.parametrize("service", [name for name in STARTS if name != "migrate"])
def test_without_redis_nothing_starts(service, tmp_path, empty_database):
    keys = str(tmp_path) if service == "counter" else None

    said = sentence(start(*STARTS[service], DATABASE_URL=empty_database, KEY_STORE=keys))

    assert said.startswith("Redis at 127.0.0.1:9 does not answer (")
    assert said.endswith("): start it, or correct REDIS_URL.")


def test_a_database_that_is_not_there_is_said_by_its_name(empty_database):
    other = f"{empty_database}_of_others"

    said = sentence(start(DATABASE_URL=other))

    assert f'database "{other.rpartition("/")[2]}" does not exist' in said


def test_a_redis_that_takes_connections_and_answers_nothing_stops_the_start_within_seconds(empty_database):
    with socket.create_server(("127.0.0.1", free_port())) as silent:
        where = f"127.0.0.1:{silent.getsockname()[1]}"
        said = sentence(start(DATABASE_URL=empty_database, REDIS_URL=f"redis://{where}/0"))

    assert said.startswith(f"Redis at {where} does not answer (")
