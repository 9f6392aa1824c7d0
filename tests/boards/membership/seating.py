"""How the tests seat people, and what they read of a seat."""

import re
from datetime import date, timedelta

from django.utils import timezone

from boards.membership.models import Membership
from tests.boards.browsing import Door, text

NEW = "/boards/hanbit/members/new/"


def today() -> date:
    return timezone.localdate()


def typed(person: str = "staff@hanbit.example", **fields) -> dict:
    """What a moderator types into the form of a new seat."""
    term = {"term_from": today().isoformat(), "term_until": (today() + timedelta(days=180)).isoformat()}
    return {"email": person, "role": "member", "team": "", **term, **fields}


def seat_of(person) -> Membership:
    """The newest seat of a person."""
    return Membership.objects.filter(person=person).latest("pk")


def rows(door: Door) -> list[str]:
    """The names on the list of members, from top to bottom."""
    return re.findall(r'<th scope="row">(.*?)</th>', text(door.get("/boards/hanbit/members/")))


def values(response) -> dict[str, str]:
    """What the fields of the form on a page hold."""
    page = text(response)
    held = dict(re.findall(r'<input type="(?:email|date)" name="(\w+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        held[name] = chosen[1] if chosen else ""
    return held
