"""The request as views know it."""

from django.http import HttpRequest

from forum.accounts.models import User


class Request(HttpRequest):
    """A request past the front door: `person` is who signed in, on a PUBLIC door perhaps nobody."""

    person: User
