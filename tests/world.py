"""The named cast for tests: `hanbit.jun`, `hanbit.board`, `hanbit.room`; the same that the demo has."""

import pytest

from boards.world.cast import World, found_cast
from forum.sealing.keystore import KeyStore, key_store


@pytest.fixture
def hanbit(db) -> World:
    return found_cast()


@pytest.fixture
def keys(settings, tmp_path) -> KeyStore:
    """An empty key store of this test's own, also for what the counter does."""
    settings.KEY_STORE = tmp_path / "keys"
    return key_store()
