"""The two sizes every journey is made at: a desk's, on both back ends, and a phone's.

What a phone changes is the page, which no database and no second process draws otherwise: the demo shows it.
"""

import pytest

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
SIZES = [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow", marks=pytest.mark.embedded)]
