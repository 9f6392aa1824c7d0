"""What the tests of the boards share."""

import pytest

from tests.boards.browsing import Door


@pytest.fixture
def door(client):
    return Door(client)
