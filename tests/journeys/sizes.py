"""The two sizes every journey is made at: a desk's and a phone's."""

import pytest

SIZES = [
    pytest.param({"width": 1280, "height": 900}, id="wide"),
    pytest.param({"width": 360, "height": 740}, id="narrow"),
]
