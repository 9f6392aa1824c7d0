"""What every page needs to know of the installation."""

from django.conf import settings


def page(request) -> dict:
    return {"demo": settings.DEMO}
