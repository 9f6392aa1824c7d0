"""A backup comes back by the commands of docs/operations.md, on a server of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.servers import ROOT, full_installation

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
KEPT = ("boards_proposal", "boards_comment", "boards_sealedvote", "forum_event", "forum_letter", "forum_notification")


def test_a_backup_comes_back_whole_with_new_epochs_fresh_numbers_and_nobody_signed_in(tmp_path: Path):
    with full_installation(fsync=False) as (variables, postgres, _):

        def run(*command: str, database: str = "board") -> None:
            inside = os.environ | variables | {"DATABASE_URL": postgres.url(database)}
            subprocess.run(command, cwd=ROOT, env=inside, check=True, capture_output=True)

        def manage(*arguments: str, database: str = "board") -> None:
            run(sys.executable, "manage.py", *arguments, database=database)

        dump = str(tmp_path / "board.dump")
        manage("migrate", "--verbosity", "0")
        manage("make_world", "--yes")
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute("INSERT INTO django_session VALUES ('one', '', now() + interval '1 day')")
            rows = _rows(connection)
            epochs = _epochs(connection)
            newest = connection.execute("SELECT max(id) FROM forum_event").fetchone()
            run("pg_dump", "--format=custom", f"--file={dump}", postgres.url())
            connection.execute("CREATE DATABASE restored ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")

        run("pg_restore", f"--dbname={postgres.url('restored')}", "--exit-on-error", "--no-owner", dump)
        with psycopg.connect(postgres.url("restored"), autocommit=True) as connection:
            connection.execute(_told("BEGIN;"))

            assert _rows(connection) == rows
            assert not epochs & _epochs(connection)
            assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
            following = connection.execute("SELECT nextval(pg_get_serial_sequence('forum_event', 'id'))").fetchone()
            assert following[0] > newest[0] + 1_000_000

            connection.execute(_told_in_a_line("UPDATE forum_letter"))
            assert connection.execute("SELECT count(*) FROM forum_letter WHERE sent_at IS NULL").fetchone() == (0,)
        manage("migrate", "--check", database="restored")
        manage("world", database="restored")


def _rows(connection) -> dict[str, int]:
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT}  # noqa: S608


def _epochs(connection) -> set:
    return {epoch for (epoch,) in connection.execute("SELECT epoch FROM forum_stream")}


def _told(beginning: str) -> str:
    """The block of SQL in the document that begins so."""
    blocks = re.findall(r"^ *```sql\n(.*?)^ *```$", OPERATIONS, re.MULTILINE | re.DOTALL)
    return next(it for it in blocks if it.strip().startswith(beginning))


def _told_in_a_line(beginning: str) -> str:
    return next(it for it in re.findall(r"`([^`\n]+;)`", OPERATIONS) if it.startswith(beginning))
