"""What every test has: the cast, quick passwords, and rules of hypothesis that hold on a busy machine."""

import hypothesis
import pytest

pytest_plugins = ["tests.backends", "tests.live", "tests.world"]

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
