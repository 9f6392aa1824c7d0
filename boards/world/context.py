"""The cast on the demo's sign-in page."""

from django.conf import settings

from boards.world.cast import CAST


def demo_accounts(request) -> dict:
    if not settings.DEMO or request.user.is_authenticated:
        return {}
    return {"demo_accounts": CAST}
