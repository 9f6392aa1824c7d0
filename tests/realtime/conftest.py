"""What the tests of the wire share."""

from tests.live import _daphne, server, uvicorns  # noqa: F401
