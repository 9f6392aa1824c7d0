"""What the installation is told from outside, as it is understood or refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from forum.environment import read_environment

FULL = {
    "FORUM_MODE": "full",
    "SECRET_KEY": "k3J-9aQ_vT7xWm2LpZ8dRf5sYb1nHc4g6Ue0",
    "TAG_KEY": "p0Qw-e9Rt_y8Ui7oP6as5Df4gh3Jk2lz1Xcv",
    "DATABASE_URL": "postgres://board:secret@localhost/board",
    "REDIS_URL": "redis://localhost:6379/0",
    "CACHE_URL": "redis://localhost:6379/1",
    "MAIL_URL": "smtp://localhost:25",
    "MAIL_FROM": "board@example.go.kr",
}


@pytest.fixture
def origins(monkeypatch):
    """Return how PUBLIC_ORIGINS is understood."""
    for name, value in FULL.items():
        monkeypatch.setenv(name, value)

    def understood(text: str) -> tuple[str, ...]:
        monkeypatch.setenv("PUBLIC_ORIGINS", text)
        return read_environment().public_origins

    return understood


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://board.example.kr", ("https://board.example.kr",)),
        ("https://board.example.kr/", ("https://board.example.kr",)),
        (" https://a.kr , ,https://b.kr:8443,", ("https://a.kr", "https://b.kr:8443")),
        ("HTTPS://Board.Example.KR", ("https://board.example.kr",)),
        ("https://board.example.kr:443", ("https://board.example.kr",)),
        ("http://localhost:80", ("http://localhost",)),
        ("http://localhost:8000,http://[::1]:8000", ("http://localhost:8000", "http://[::1]:8000")),
        ("https://xn--9d0b95e.kr", ("https://xn--9d0b95e.kr",)),
    ],
)
def test_origins_are_held_as_browsers_send_them(origins, text, meant):
    assert origins(text) == meant


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (",", "set it to whole origins"),
        ("board.example.kr", "write whole origins"),
        ("https://", "write whole origins"),
        ("https://board.example.kr/path", "write whole origins"),
        ("https://board.example.kr?x=1", "write whole origins"),
        ("https://user@board.example.kr", "write whole origins"),
        ("https://board.example.kr:http", "write whole origins"),
        ("https://[::1", "write whole origins"),
        ("ftp://board.example.kr", "write whole origins"),
        ("https://한빛.kr", "xn--"),
        ("http://board.example.kr", "use https://"),
    ],
)
def test_what_is_no_origin_is_refused_with_what_to_write(origins, text, advice):
    with pytest.raises(ImproperlyConfigured, match=advice):
        origins(text)
