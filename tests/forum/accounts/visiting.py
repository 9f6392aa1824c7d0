"""How the tests sign up: a browser of its own, the code from the mail."""

import re

from django.test import Client

from forum.accounts.models import User
from forum.notifications.models import Letter

SIGN_UP, CODE = "/accounts/signup/", "/accounts/confirm-email/"
PASSWORD = "수요일-저녁-산책-17"


def typed(address: str, **fields) -> dict:
    return {"email": address, "name": "고은별", "password1": PASSWORD, "password2": PASSWORD, **fields}


def letter_to(email: str) -> Letter:
    """The newest letter to an address."""
    return Letter.objects.filter(to__iexact=email).latest("pk")


def code_for(email: str) -> str:
    return re.search(r"^[0-9A-Z]{3,}-?[0-9A-Z]{3,}$", letter_to(email).body, re.MULTILINE)[0]


def sign_up(client: Client, email: str, **fields):
    """Sign up and enter the code; return the answer to the code."""
    assert client.post(SIGN_UP, typed(email, **fields))["Location"] == CODE
    return client.post(CODE, {"action": "verify", "code": code_for(email)})


def person(email: str) -> User:
    return User.objects.get(email=email)
