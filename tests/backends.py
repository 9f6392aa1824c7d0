"""Both back ends for one suite: a file of SQLite with one process's layer, or PostgreSQL and Redis (bin/test --full).

Tests marked `postgres` or `embedded` run on that back end only. Browser tests come last: Playwright keeps an event loop
in the thread of the tests.
"""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management.base import CommandError
from django.core.management.commands.flush import Command
from django.db import OperationalError


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="repeat the failure tests 30 times, not 3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = "postgres" if django_settings.DEMO else "embedded"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
    items[:] = sorted(
        (item for item in items if item not in set(elsewhere)),
        key=lambda item: item.get_closest_marker("browser") is not None,
    )


@pytest.fixture(scope="session")
def repeats(pytestconfig: pytest.Config) -> int:
    """How often a failure test fails something: 3 times, or 30 with --long."""
    return 30 if pytestconfig.getoption("--long") else 3


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Put SQLite's test database in a file: threads then meet as they do in the demo, each on its own connection."""
    database = django_settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let the database go with the server or the folder it was made in: at the end a page may still be reading it."""
    return True


@pytest.fixture(autouse=True, scope="session")
def patient_flush() -> Iterator[None]:
    """Empty the tables again when that met a server's last reading in a deadlock, which the database resolved."""
    flush = Command.handle

    def handle(self, **options):
        for _ in range(5):
            try:
                return flush(self, **options)
            except CommandError as error:
                if not isinstance(error.__cause__, OperationalError):
                    raise
                time.sleep(0.5)
        return flush(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", handle)
        yield


@pytest.fixture(autouse=True)
def own_traces(settings, tmp_path) -> None:
    """Give each test an empty cache, so that no limit of the last one holds, a key store and files of its own."""
    settings.KEY_STORE = tmp_path / "keys"
    settings.ATTACHMENTS = tmp_path / "attachments"
    cache.clear()
