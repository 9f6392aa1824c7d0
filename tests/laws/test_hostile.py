"""Hostile text through the front door, into every text field of every form: never a 500, and text stays text.

Nothing here lists a form. The doors are those of the permission matrix, the fields those of whatever form a door reads,
the columns those the words were found in afterwards, and the pages all that the matrix says somebody reads.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice, product
from urllib.parse import quote, urlsplit

import pytest
from django import forms
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.forms.forms import BaseForm
from django.test import Client
from django.urls import reverse

from boards.attachments.models import Attachment
from forum.notifications.models import Letter
from forum.web.kept import MARK as FORM_OF
from forum.web.kept import mark_of
from forum.web.richtext import TAGS
from tests.boards.browsing import SCRIPT
from tests.laws.hostile import BYTES, FILE_NAMES, MARK, STRINGS, packed
from tests.laws.stage import Stage
from tests.laws.test_permissions import DONE, ROLES, Row, address, rows

RICH = {(tag, None) for tag in TAGS} | {("a", "href"), ("a", "rel"), ("span", "class")}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster"}
SCHEMES = {"", "http", "https", "mailto"}
OURS = ("boards", "forum")
WORD = "낯선글"  # plain, so that it can be found again in rows and on pages
LONGEST = 10_000
UNASKED = {("SignupForm", "username")}  # django-allauth's own field, which no page has

PROMISED = {
    "promise-TOTAL_FORMS": "1",
    "promise-0-what": "안내",
    "promise-0-who": "총무과",
    "promise-0-due_on": "2031-01-02",
}
MORE = {"escalation_answer": {**PROMISED, "decision": "adopted", "implement_on": "2031-01-02"}}
# Doors of the matrix that are public, or read a form on GET, stand here with what they take.
ACCOUNT = {
    "account_login": {"login": "jun@hanbit.example", "password": "x"},
    "account_signup": {
        "email": "new@hanbit.example",
        "name": "새내기",
        "password1": "gk2!dk3ffk",
        "password2": "gk2!dk3ffk",
    },
    "account_email_verification_sent": {"code": "ABCDEF"},
    "account_reset_password": {"email": "jun@hanbit.example"},
}
AT_ONCE = 24  # posts before the page they lead to is read, where a door takes more than one
FILES_AT_ONCE = 10  # as many as a proposal takes
OF_A_KNOWN_FORM = 2  # turns at a further door with the same form


class Reading(HTMLParser):
    """A page as it was parsed: which elements have which attributes, where links lead, what it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str | None]] = set()
        self.wrong: list[str] = []
        self.said: list[str] = []
        self._script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag in ("script", "style")
        self.found |= {(tag, None), *((tag, name) for name, _value in attrs)}
        for name, value in attrs:
            if name in ADDRESSES and urlsplit(re.sub(r"[\x00-\x20]", "", value or "")).scheme.lower() not in SCHEMES:
                self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if self._script and MARK in data:
            self.wrong.append(f"script {data!r}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())


class Forms:
    """The forms that were read since the last look, each with the names of its text fields as a page sends them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.read: dict[str, forms.CharField] = {}
        self.kinds: set[type[BaseForm]] = set()
        self.ever: set[tuple[str, str]] = set()
        judge = BaseForm.full_clean

        def watched(form: BaseForm) -> None:
            if form.is_bound:
                for name, field in text_fields(form.fields).items():
                    self.read[form.add_prefix(name)] = field
                    self.kinds.add(type(form))
                    self.ever |= {(it.__qualname__, name) for it in type(form).__mro__ if issubclass(it, BaseForm)}
            judge(form)

        patch.setattr(BaseForm, "full_clean", watched)

    def since(self) -> tuple[dict[str, forms.CharField], frozenset[type[BaseForm]]]:
        read, kinds = self.read, frozenset(self.kinds)
        self.read, self.kinds = {}, set()
        return read, kinds


def text_fields(fields) -> dict[str, forms.CharField]:
    return {name: it for name, it in fields.items() if isinstance(it, forms.CharField) and not it.widget.is_hidden}


@pytest.fixture
def watching(monkeypatch) -> Forms:
    return Forms(monkeypatch)


@pytest.fixture
def stage(hanbit, keys) -> Stage:
    return Stage(hanbit, keys)


@pytest.fixture
def clients(hanbit) -> dict[str, Client]:
    """Everybody, each answered with a 500 where the site would answer with one."""
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, client in clients.items():
        if role != "visitor":
            client.force_login(hanbit.people[role])
    return clients


def doors() -> Iterator[tuple[Row, str]]:
    """Every door that takes something, once, with somebody who may."""
    met = set()
    for row in rows():
        role = next((role for role in reversed(ROLES) if row.cells[role] in (DONE, "200")), None)
        if row.method == "POST" and role and row.door not in met:
            met.add(row.door)
            yield row, role


def texts(fields: dict[str, forms.CharField]) -> Iterator[dict[str, str]]:
    """All of the strings for every field, as many at once as it can hold; who is done begins anew.

    A field that takes no plain word (an address) gets its own turns, so that it does not refuse for the others.
    """
    for some in (
        [it for it in fields if takes_words(fields[it])],
        [it for it in fields if not takes_words(fields[it])],
    ):
        packs = {name: list(packed(fields[name].max_length or LONGEST)) for name in some}
        for turn in range(max(map(len, packs.values()), default=0)):
            yield {name: pack[turn % len(pack)] for name, pack in packs.items()}


def takes_words(field: forms.CharField) -> bool:
    try:
        return bool(field.clean(WORD))
    except forms.ValidationError:
        return False


def follow(client: Client, response) -> list:
    """The answer, and the page it leads to."""
    if response.status_code in (302, 303):
        return [response, client.get(response.headers["Location"])]
    return [response]


def strange(response, known: set) -> list[str]:
    """What of an answer nobody of the house has written."""
    if response.status_code >= 500:
        return [str(response.status_code)]
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    page = Reading(response.content.decode())
    return page.wrong + [f"<{tag} {name or ''}>" for tag, name in page.found - known]


def all_pages(stage: Stage, clients: dict[str, Client]) -> Iterator[tuple[str, object]]:
    """Every page and part of the matrix, as the person who comes last among those who may read it."""
    for row in rows():
        role = next(
            (role for role in ("jun", "tae", "minji", "hana", "staff", "admin") if row.cells[role] == "200"), None
        )
        if row.method in ("GET", "PART") and row.thing != "closed" and role:
            yield str(row), clients[role].get(address(row, stage), headers=SCRIPT if row.method == "PART" else None)


def known_of(responses) -> set[tuple[str, str | None]]:
    """The elements and attributes of these pages, with the few that rich text may bring."""
    html = (it for it in responses if it.get("Content-Type", "").startswith("text/html"))
    return RICH.union(*(Reading(it.content.decode()).found for it in html))


def columns_with(word: str) -> set[tuple[type[models.Model], str]]:
    """Every column that holds the word."""
    return {
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and model._default_manager.filter(**{f"{field.name}__contains": word}).exists()
    }


@pytest.fixture
def quiet(caplog) -> None:
    """Refusals are what is asked for here; the log need not tell of each."""
    caplog.set_level("CRITICAL", logger="django.request")


def batched[Turn](turns: Iterator[Turn], size: int) -> Iterator[list[Turn]]:
    while some := list(islice(turns, size)):
        yield some


@dataclass
class Trying:
    """Texts on their way through one door, with a script or without, taken back afterwards."""

    stage: Stage
    row: Row
    client: Client
    script: bool

    def post(self, text: dict[str, str]):
        sent = self.stage.posted(self.row.door) | MORE.get(self.row.door, {}) | text
        return self.client.post(address(self.row, self.stage), sent, headers=SCRIPT if self.script else None)

    def takes_more(self, fields: dict[str, forms.CharField]) -> bool:
        """Whether the door takes one text after another, where no two are the same."""
        words = [name for name, it in fields.items() if takes_words(it)]
        point = transaction.savepoint_create()
        answers = [self.post(dict.fromkeys(words, f"{WORD}{turn}")).status_code for turn in range(2)]
        transaction.savepoint_rollback(point)
        return answers[1] < 400

    def strange(self, some: Sequence[dict[str, str]], known: set) -> list[str]:
        point = transaction.savepoint_create()
        answers = [self.post(text) for text in some]
        found = {it for page in (*answers, *follow(self.client, answers[-1])[1:]) for it in strange(page, known)}
        transaction.savepoint_rollback(point)
        return [f"{self.row}: {it} for {some}" for it in found]


@dataclass
class Plainly:
    """What the doors do with a plain word: fields, columns, and what its pages are made of."""

    tries: list[tuple[Trying, dict[str, forms.CharField], frozenset]] = field(default_factory=list)
    columns: set = field(default_factory=set)
    known: set = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


@pytest.fixture
def plainly(stage, clients, watching) -> Plainly:
    found = Plainly(known=known_of(page for _name, page in all_pages(stage, clients)))
    for (row, role), script in product(doors(), (False, True)):
        trying = Trying(stage, row, clients[role], script)
        point = transaction.savepoint_create()
        watching.since()
        answers = follow(trying.client, trying.post({}))
        fields, kinds = watching.since()
        transaction.savepoint_rollback(point)
        if fields and kinds not in [it for other, _fields, it in found.tries if other.row == row]:
            point = transaction.savepoint_create()
            found.tries.append((trying, fields, kinds))
            answers += follow(
                trying.client, trying.post({name: WORD for name, it in fields.items() if takes_words(it)})
            )
            found.columns |= columns_with(WORD)
            found.refused += [str(trying.row)] if answers[-1].status_code >= 400 else []
            answers.append(trying.client.post(address(row, stage), {}))
            transaction.savepoint_rollback(point)
        found.known |= known_of(answers)
    return found


def test_the_strings_are_many_and_all_are_packed():
    assert len(STRINGS) >= 300
    for limit in (40, 10_000):
        assert [it for it in STRINGS if not any(it[:limit] in pack for pack in packed(limit))] == []


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("quiet")
def test_hostile_text_in_every_field_of_every_form_stays_text(stage, clients, plainly, watching):
    assert plainly.refused == []  # a door that takes no plain word would make of this a test of refusals
    wrong, met = [], set()
    for trying, fields, kinds in plainly.tries:
        turns = islice(texts(fields), OF_A_KNOWN_FORM if kinds in met else None)
        met.add(kinds)
        for some in batched(turns, AT_ONCE if trying.takes_more(fields) else 1):
            wrong += trying.strange(some, plainly.known)
    wrong += in_the_filter(clients["jun"], plainly.known)
    wrong += at_the_account_doors()
    wrong += behind_the_link_of_a_reset("jun@hanbit.example")
    wrong += in_the_way(clients["jun"], reverse("account_change_password"), ["oldpassword", "password1", "password2"])
    assert wrong == []

    ours = {it for it in kinds_of_form(BaseForm) if it.__module__.startswith(OURS)}
    asked = {(it.__qualname__, name) for it in ours for name in text_fields(it.base_fields)}
    assert asked - watching.ever == UNASKED

    assert len(plainly.columns) > 30
    assert where_it_stands(stage, clients, plainly.columns | {(Attachment, "name")}, plainly.known) == []


@pytest.mark.usefixtures("quiet")
def test_hostile_file_names_stay_text_where_files_are_listed_refused_and_removed(stage, clients):
    client, draft = clients["jun"], stage.things["draft"]
    stage.things["file_of_draft"].delete()
    known = known_of(named_files(client, draft, ["하나.txt", "둘.exe"], script) for script in (False, True))
    known |= known_of([client.get(reverse("attachment_removal", args=[stage.things["file_of_open"].pk]))])
    wrong, kept = [], set()
    for turn, some in enumerate(batched(iter(FILE_NAMES), FILES_AT_ONCE)):
        point = transaction.savepoint_create()
        answers = [named_files(client, draft, some, script=bool(turn % 2))]
        answers += [client.get(reverse("proposal_edit", args=[draft.pk]))]
        answers += [client.get(reverse("attachment_removal", args=[it.pk])) for it in draft.attachments.all()[:1]]
        kept |= set(draft.attachments.values_list("name", flat=True))
        wrong += [f"{it} for {some}" for page in answers for it in strange(page, known)]
        transaction.savepoint_rollback(point)
    assert wrong == []
    assert len(kept) > 100
    assert any(MARK in name for name in kept)


@pytest.mark.usefixtures("quiet")
def test_bytes_that_are_no_text_are_taken_for_text(stage, clients):
    for sent in BYTES:
        answer = clients["jun"].post(
            reverse("messages", args=[stage.things["room"].pk]),
            data=b"client_id=" + str(uuid.uuid4()).encode() + b"&body=" + sent,
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code < 500, sent


@pytest.mark.usefixtures("quiet")
def test_what_was_kept_from_an_ended_session_is_given_back_as_text(hanbit, stage):
    client, path = Client(raise_request_exception=False), reverse("rooms", args=["hanbit"])
    client.force_login(hanbit.minji)
    for text in packed(4_000):
        client.logout()
        sent = {FORM_OF: mark_of(hanbit.minji), "name": WORD, "purpose": text}
        client.post(path, sent, headers={"Origin": "http://testserver"})
        kept = dict(client.session)
        client.force_login(hanbit.minji)
        session = client.session
        session.update({"kept": kept["kept"]})
        session.save()
        page = client.get(reverse("kept"))
        known = Reading(page.content.decode())
        assert known.wrong == []
        assert MARK in known.text
        assert not {(tag, name) for tag, name in known.found if MARK in tag or MARK in (name or "")}


def named_files(client: Client, draft, names: Sequence[str], script: bool):
    """Send files under these names, written into the body as whoever means harm writes them: every sign arrives."""
    body = b"".join(
        f"--x\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''{quote(name, safe='')}\r\n"
        f"Content-Type: text/plain\r\n\r\n{number}\r\n".encode()
        for number, name in enumerate(names)
    )
    return client.post(
        reverse("attachments", args=[draft.pk]), body + b"--x--\r\n", content_type="multipart/form-data; boundary=x",
        headers=SCRIPT if script else None,
    )  # fmt: skip


def in_the_filter(client: Client, known: set) -> list[str]:
    path = reverse("board", args=["hanbit"])
    known = known | known_of(client.get(path, {"q": words}) for words in (WORD, f"{WORD} " * 20))
    return [f"{text}: {it}" for text in packed(100) for it in strange(client.get(path, {"q": text}), known)]


def kinds_of_form(kind: type[BaseForm]) -> Iterator[type]:
    for it in kind.__subclasses__():
        yield it
        yield from kinds_of_form(it)


def at_the_account_doors() -> list[str]:
    """Go through the doors of those who are not signed in, each with all of the strings."""
    wrong, client = [], Client(raise_request_exception=False)
    for door, valid in ACCOUNT.items():
        known = known_of([client.get(reverse(door)), client.post(reverse(door), dict.fromkeys(valid, ""))])
        for text in packed(254):
            cache.clear()  # how often one may try is another test's
            for name in valid:
                wrong += [
                    f"{door}: {it} for {text}"
                    for it in strange(client.post(reverse(door), valid | {name: text}), known)
                ]
        client.post(reverse(door), valid)
    return wrong


def behind_the_link_of_a_reset(email: str) -> list[str]:
    client = Client(raise_request_exception=False)
    client.post(reverse("account_reset_password"), {"email": email})
    letter = Letter.objects.filter(to=email, body__contains="/reset/key/").latest("pk")
    link = re.search(r"^http\S+$", letter.body, re.MULTILINE)[0]
    return in_the_way(client, client.get(link)["Location"], ["password1", "password2"])


def in_the_way(client: Client, path: str, fields: list[str]) -> list[str]:
    """Give all of the strings to each field of a form that takes none of them, the others left empty."""
    known = known_of([client.get(path), client.post(path, {})])
    return [
        f"{path}: {it} for {text}"
        for text in packed(254)
        for name in fields
        for it in strange(client.post(path, {name: text}), known)
    ]


def where_it_stands(stage, clients, columns: set, known: set) -> list[str]:
    """Write the strings into every column that people's words came to, and read all pages."""
    wrong = []
    packs = [list(packed(40)), list(packed(300))]
    for turn in range(2):
        for model, name in columns:
            limit = model._meta.get_field(name).max_length or 300
            for number, pk in enumerate(
                model._default_manager.exclude(**{name: ""}).order_by("pk").values_list("pk", flat=True)
            ):
                pack = packs[limit >= 300]
                text = pack[(number * 7 + turn * 13 + len(name)) % len(pack)].replace("\x00", "")[:limit]
                model._default_manager.filter(pk=pk).update(**{name: text})
        wrong += [f"{name}: {it}" for name, page in all_pages(stage, clients) for it in strange(page, known)]
    return wrong
