"""What the navigation shows a person."""

from boards.membership.models import Board


def nav(request) -> dict:
    """Lazy, so that a fragment without navigation asks nothing."""
    if not request.user.is_authenticated:
        return {}
    person = request.user
    return {"nav": {"boards": lambda: Board.objects.visible_to(person), "desk": lambda: person.holds_office}}
