"""The demo begins with a whole world or with none, and never takes away what another one is using."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.full.compose import ROOT
from tests.full.site import Site
from tests.servers import free_port, wait_until

pytestmark = pytest.mark.embedded

PATIENCE = 90


def demo(folder: Path, *options: str, port: int) -> subprocess.Popen:
    told = {**Site.bare(), "FORUM_MODE": "demo", "FORUM_DATA": str(folder), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-u", "manage.py", "demo", *options], cwd=ROOT, env=told,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def ended(process: subprocess.Popen) -> str:
    """All it said until its end."""
    said, _none = process.communicate(timeout=PATIENCE)
    return said


def interrupt(process: subprocess.Popen) -> str:
    os.killpg(process.pid, signal.SIGINT)
    return ended(process)


def test_a_broken_off_first_start_is_begun_anew_and_a_running_demo_is_left_alone(tmp_path):
    first = demo(tmp_path, port=free_port())
    wait_until(lambda: (tmp_path / "unfinished").exists(), first, "it does not begin its world")
    said = interrupt(first)
    assert "Stopped before the world was whole: the next start begins it anew." in said
    assert "Traceback" not in said

    port = free_port()
    second = demo(tmp_path, port=port)
    try:
        lines = iter(second.stdout.readline, "")
        assert any("Ctrl-C ends all." in line for line in lines)
        assert not (tmp_path / "unfinished").exists()
        told = subprocess.run(
            [sys.executable, "manage.py", "world", "--json"], cwd=ROOT, timeout=PATIENCE,
            env={**Site.bare(), "FORUM_DATA": str(tmp_path)}, capture_output=True, text=True,
        )  # fmt: skip
        assert '"proposal_overdue"' in told.stdout, told.stderr

        for options, at in ((["--reset"], port), (["--reset"], free_port()), ([], free_port())):
            other = demo(tmp_path, *options, port=at)
            assert "A demo is running on" in ended(other)
            assert other.returncode == 1
        assert (tmp_path / "db.sqlite3").exists()
    finally:
        assert "Stopped." in interrupt(second)
