"""Uploads that break off half-way, against real servers over a bare socket: nothing is left behind."""

import socket
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from boards.attachments.models import Attachment
from boards.proposals.models import Proposal
from tests.boards.attachments.making import pdf
from tests.boards.attachments.uploading import nothing_is_left, on_disk, path_of
from tests.boards.browsing import published
from tests.realtime.listening import cookie_of

SECRET = "a" * 32  # of the form's token; any will do when cookie and field agree
BOUNDARY = "half-way"
SIZE = 6 * 1024 * 1024  # more than is held in memory
PATIENCE = 20.0


@pytest.fixture
def proposal(hanbit, server) -> Proposal:
    return published(hanbit.jun, hanbit.board)


@pytest.fixture
def scratch(tmp_path, monkeypatch) -> Path:
    """The folder of temporary files, for this process and for those it starts."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def request(proposal: Proposal, author, port: int) -> bytes:
    """A whole request that attaches one large file."""
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{SECRET}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="큰 자료.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    body += pdf(b"%" + b"x" * SIZE + b"\n") + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST {path_of(proposal)} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n"
        f"Cookie: {cookie_of(author)}; {settings.CSRF_COOKIE_NAME}={SECRET}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def break_off(port: int, data: bytes) -> None:
    """Send half of it and hang up without a word, as a phone does that loses its network."""
    with socket.create_connection(("localhost", port), PATIENCE) as line:
        line.sendall(data[: len(data) // 2])
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def whole(port: int, data: bytes) -> bytes:
    with socket.create_connection(("localhost", port), PATIENCE) as line:
        line.sendall(data)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer


def until(true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_file_that_breaks_off_half_way_leaves_nothing(hanbit, server, proposal, scratch):
    data = request(proposal, hanbit.jun, server.port)
    for _ in range(3):
        break_off(server.port, data)

    assert server.answers()
    assert nothing_is_left()
    assert list(scratch.iterdir()) == []

    assert whole(server.port, data).startswith(b"HTTP/1.1 303")
    assert Attachment.objects.get().size > SIZE
    assert len(on_disk()) == 1
    assert list(scratch.iterdir()) == []


@pytest.mark.postgres
def test_nothing_is_left_under_the_server_of_a_full_installation_either(hanbit, proposal, uvicorns, scratch):
    [server] = uvicorns(1, ATTACHMENTS=str(settings.ATTACHMENTS))
    data = request(proposal, hanbit.jun, server.port)
    for _ in range(3):
        break_off(server.port, data)

    assert server.answers()
    assert nothing_is_left()
    assert list(scratch.iterdir()) == []

    assert whole(server.port, data).startswith(b"HTTP/1.1 303")
    assert len(on_disk()) == 1


@pytest.mark.postgres
def test_a_process_killed_while_a_file_comes_in_leaves_nothing(hanbit, proposal, uvicorns, scratch):
    [server] = uvicorns(1, ATTACHMENTS=str(settings.ATTACHMENTS))
    data = request(proposal, hanbit.jun, server.port)
    with socket.create_connection(("localhost", server.port), PATIENCE) as line:
        line.sendall(data[: len(data) // 2])
        held = Path(f"/proc/{server.processes[0].pid}/fd")
        until(lambda: any(str(scratch) in str(it.readlink()) for it in held.iterdir() if it.is_symlink()))
        server.kill()

    assert nothing_is_left()
    assert list(scratch.iterdir()) == []


@pytest.mark.postgres
def test_what_says_it_is_too_large_is_refused_before_it_is_sent(hanbit, proposal, uvicorns):
    [server] = uvicorns(1)
    length = settings.LARGEST_BODY_WITH_FILES + 1
    head = request(proposal, hanbit.jun, server.port).partition(b"Content-Length: ")[0]

    began = time.monotonic()
    answer = whole(server.port, head + f"Content-Length: {length}\r\n\r\n".encode()).decode()

    assert time.monotonic() - began < 2
    assert answer.startswith("HTTP/1.1 413")
    assert "64MB를 넘었습니다" in answer
