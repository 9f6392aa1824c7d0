"""A database of its own for an installation that begins empty."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.full.site import Site, redis_database


@pytest.fixture(scope="module")
def empty_database() -> Iterator[str]:
    """The address of a new database on the run's PostgreSQL; dropped with everybody in it."""
    server = os.environ["DATABASE_URL"]
    name = f"begun_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(empty_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """All services on the empty database, migrated, each running and answering."""
    addresses = {
        "DATABASE_URL": empty_database,
        "REDIS_URL": redis_database(2),
        "CACHE_URL": redis_database(3),
    }
    installed = Site(Path(tmp_path_factory.mktemp("site")), addresses)
    done = installed.run("migrate")
    assert done.returncode == 0, done.stderr
    try:
        for service in ("worker", "clock", "counter"):
            installed.start(service)
        installed.start_webs()
        yield installed
    finally:
        installed.stop()
