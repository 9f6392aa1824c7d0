"""What every test has: the cast, quick passwords, and a waker that stays quiet unless a test wants it."""

import pytest

pytest_plugins = ["tests.backends", "tests.live", "tests.world"]


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
