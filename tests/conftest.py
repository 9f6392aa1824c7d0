"""What every test has: the cast, quick passwords, and rules of hypothesis that hold on a busy machine."""

import hypothesis
import pytest
from django.utils import translation

pytest_plugins = ["tests.backends", "tests.live", "tests.world"]

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def korean_at_first() -> None:
    """The language of the last request stays with the thread, and must not reach the next test."""
    translation.activate("ko")
