"""Every URL is a door with a right written on it; a view without one stops the start (see forum/checks.py)."""

from collections.abc import Callable

PUBLIC = "public"  # anybody, signed in or not
SIGNED_IN = "signed in"  # anybody with an account; what they find depends on who they are

# The doors of django-allauth's views, which we do not write ourselves.
ACCOUNT_DOORS = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_signup": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": SIGNED_IN,
}


def door(right) -> Callable:
    """Write on a view who may pass: PUBLIC, SIGNED_IN, or the right of a policy (`ProposalPolicy.comment`)."""

    def mark(view):
        view.door = right
        return view

    return mark


def door_of(match) -> object | None:
    """Return what is written on the door of a resolved URL, None when nothing is."""
    return ACCOUNT_DOORS.get(match.view_name) or getattr(match.func, "door", None)
