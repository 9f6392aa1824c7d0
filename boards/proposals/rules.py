"""How much support a proposal needs, as a pure function."""


def threshold(*, absolute: int, percent: int, headcount: int) -> int:
    """Return max(absolute, percent of the headcount rounded up), at least 1."""
    return max(absolute, -(-headcount * percent // 100), 1)
