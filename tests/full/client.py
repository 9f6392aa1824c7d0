"""A page in a thread of its own, as stubborn as the product's script: it tries again until it is answered."""

import itertools
import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from random import Random

from boards.voting.models import Choice
from tests.full.visitor import Answer, Visitor, hidden_fields

STREAM = "room:{}"
PAUSE = 0.1  # seconds a client thinks
TRIES = 200  # at one write, a quarter of a second apart
STANDS = ("data-since", "data-epoch")


@dataclass
class Client:
    """Writes until it is told to stop, tries again with the same id, and catches up now and then."""

    number: int
    visitor: Visitor
    room: int
    proposal: int
    written: dict[str, tuple[str, str]] = field(default_factory=dict)  # client id → body, the id it was acknowledged as
    items: dict[str, tuple[str, str]] = field(default_factory=dict)  # what the page shows: id → order, HTML
    choice: int | None = None
    receipts: set[str] = field(default_factory=set)
    failures: int = 0
    error: BaseException | None = None

    def __post_init__(self) -> None:
        page = self.visitor.get(f"/rooms/{self.room}/")
        self.form = hidden_fields(page.text, f"/rooms/{self.room}/messages/")
        assert self.form, page.words
        self.since, self.epoch = (page.text.partition(f'{name}="')[2].partition('"')[0] for name in STANDS)

    def live(self, stop: threading.Event) -> None:
        try:
            for turn in itertools.count():
                if stop.is_set():
                    return
                (self.vote if turn % 4 == self.number % 4 else self.say)(turn)
                if turn % 5 == self.number % 5:
                    self.catch_up()
                time.sleep(PAUSE)
        except BaseException as error:  # the test's thread raises it
            self.error = error

    def say(self, turn: int) -> None:
        name, body = str(uuid.uuid4()), f"{self.number}번의 {turn}번째 말 <&>"
        answer = self.post(f"/rooms/{self.room}/messages/", body=body, client_id=name)
        assert answer.status in (200, 201), answer.words
        self.written[name] = (body, answer.text.partition('id="')[2].partition('"')[0])

    def vote(self, turn: int) -> None:
        choice = Choice.values[Random(f"{self.number}.{turn}").randrange(len(Choice.values))]
        answer = self.post(f"/proposals/{self.proposal}/ballot/", choice=str(choice))
        assert answer.status == 200, answer.words
        self.choice = choice
        self.receipts.add(answer.text.partition('class="receipt">')[2].partition("<")[0])

    def post(self, path: str, **fields: str) -> Answer:
        return self.again(lambda: self.visitor.post(path, {**self.form, **fields}))

    def again(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until an answer comes; each time it is another web process that is asked."""
        for _ in range(TRIES):
            try:
                answer = ask()
            except (OSError, HTTPException):
                self.failures += 1
            else:
                if answer.status < 500:
                    return answer
                self.failures += 1
            time.sleep(0.25)
        raise AssertionError(f"no answer after {TRIES} tries")

    def catch_up(self) -> None:
        query = f"stream={STREAM.format(self.room)}&since={self.since}&epoch={self.epoch}"
        answer = self.again(lambda: self.visitor.get(f"/live/catch-up/?{query}"))
        frame = json.loads(answer.text)
        assert (frame["type"], str(frame["from"])) == ("frame", self.since)
        self.since = str(frame["to"])
        self.items |= {item["id"]: (item["order"], item["html"]) for item in frame["items"]}

    def shown(self) -> list[str]:
        return sorted(self.items, key=lambda name: self.items[name][0])
