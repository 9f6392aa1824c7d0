"""A database of its own for an installation that begins empty."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.full.site import Site, database_url, redis_database


@pytest.fixture(scope="module")
def empty_database() -> Iterator[str]:
    """The address of a new database on the run's PostgreSQL; dropped with everybody in it."""
    name = f"begun_{secrets.token_hex(4)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield database_url(name)
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
