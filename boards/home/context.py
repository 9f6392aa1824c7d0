"""What the navigation shows a person."""

from boards.membership.queries import boards_seen_by


def nav(request) -> dict:
    """Lazy, so that a fragment without navigation asks nothing."""
    if not request.user.is_authenticated:
        return {}
    person = request.user
    return {"nav": {"boards": lambda: boards_seen_by(person), "desk": lambda: person.holds_office}}
