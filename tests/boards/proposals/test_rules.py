"""How much support a proposal needs."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.proposals.rules import threshold


@pytest.mark.parametrize(
    ("absolute", "percent", "headcount", "needed"),
    [
        (10, 5, 1020, 51),
        (10, 5, 200, 10),
        (10, 5, 201, 11),  # 10.05 people are eleven
        (10, 5, 100, 10),
        (10, 5, 0, 10),  # no headcount entered yet
        (10, 0, 100_000, 10),
        (0, 0, 100, 1),  # nothing reaches the ballot unsupported
        (0, 100, 7, 7),
    ],
)
def test_a_proposal_needs_the_greater_of_a_number_and_a_share(absolute, percent, headcount, needed):
    assert threshold(absolute=absolute, percent=percent, headcount=headcount) == needed


@given(st.integers(0, 1000), st.integers(0, 100), st.integers(0, 400_000))
def test_the_share_is_rounded_up_exactly(absolute, percent, headcount):
    expected = max(absolute, ceil(Fraction(headcount * percent, 100)), 1)
    assert threshold(absolute=absolute, percent=percent, headcount=headcount) == expected
