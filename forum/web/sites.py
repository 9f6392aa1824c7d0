"""The address people reach this installation under, for links in mails."""

from django.conf import settings


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGINS[0]}{path}"
