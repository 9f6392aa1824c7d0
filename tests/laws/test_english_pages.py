"""English pages say everything in English: no Hangul on them but what people wrote, and here people wrote none."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.boards.browsing import SCRIPT
from tests.laws.stage import Stage
from tests.laws.test_permissions import ROLES, address, rows

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
OURS = ("boards", "forum")
NAME_OF_THE_OTHER_LANGUAGE = "한국어"


@pytest.fixture
def stage(hanbit, keys) -> Stage:
    """The stage as people who write no Korean would have left it."""
    stage = Stage(hanbit, keys)
    for model in apps.get_models():
        if model.__module__.startswith(OURS):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField):
                    _latinise(model, field.name)
    return stage


def _latinise(model: type[models.Model], name: str) -> None:
    for pk, value in model._default_manager.values_list("pk", name):
        if value and HANGUL.search(value):
            model._default_manager.filter(pk=pk).update(**{name: HANGUL.sub(f"w{pk}", value)})


@pytest.fixture
def clients(hanbit) -> dict[str, Client]:
    clients = {role: Client(headers={"accept-language": "en"}) for role in ROLES}
    for role, client in clients.items():
        if role != "visitor":
            client.force_login(hanbit.people[role])
    return clients


def korean_on(response) -> set[str]:
    if not response.get("Content-Type", "").startswith("text/html"):
        return set()
    return set(HANGUL.findall(response.content.decode())) - {NAME_OF_THE_OTHER_LANGUAGE}


@pytest.mark.timeout(300)
def test_english_pages_hold_no_korean_of_ours(stage, clients):
    wrong = set()
    for row in [row for row in rows() if row.method in ("GET", "PART", "POST")]:
        readers = [role for role in ROLES if row.cells[role] in ("200", "ok")]
        others = [role for role in ROLES if row.cells[role] in ("403", "409")][-1:]
        for role in readers[-3:] + others if row.method != "POST" else others:
            answer = clients[role].get if row.method != "POST" else clients[role].post
            headers = SCRIPT if row.method == "PART" else None
            wrong |= {(row.door, word) for word in korean_on(answer(address(row, stage), headers=headers))}
    assert sorted(wrong) == []


@pytest.mark.timeout(300)
def test_english_forms_refuse_in_english(stage, clients):
    wrong = set()
    for row in [row for row in rows() if row.method == "POST"]:
        for role in [role for role in ROLES if row.cells[role] == "ok"][-1:]:
            wrong |= {(row.door, word) for word in korean_on(clients[role].post(address(row, stage), {}))}
    assert sorted(wrong) == []
