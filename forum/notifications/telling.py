"""From events to notices: the worker asks who hears of an event and writes each notice once."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forum.accounts.models import User
from forum.accounts.passwords import way_in
from forum.events.models import Event
from forum.events.recording import stale, verb
from forum.notifications.kinds import kind_of
from forum.notifications.letters import Wording, one_line, send_letters, write_letter
from forum.notifications.models import Letter, Notification, Silence
from forum.web.sites import absolute

log = logging.getLogger(__name__)

LETTER = re.compile(r"event-(\d+)-(\d+)")  # the key of a letter: of which event, to whom


@dataclass(frozen=True)
class Hearers:
    """Who must know (notice and mail) and who may (notice); an empty audience is nobody."""

    must: frozenset[User] = field(default_factory=frozenset)
    may: frozenset[User] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Address:
    """Where an event leads: the title of what it is about, the path of its page, and a fact worth knowing first.

    `sentence` replaces the vocabulary's where that would not speak to whom it concerns; it may name the `{actor}`.
    """

    title: str
    path: str
    fact: str = ""
    sentence: str = ""


_ask: Callable[[Event], Hearers] = lambda event: Hearers()  # noqa: E731
_find: Callable[[Event, User | None], Address] = lambda event, reader: Address("", "/")  # noqa: E731
_things: Callable[[], list[QuerySet]] = list
_readable: Callable[[User, list[Event]], set[int]] = lambda person, events: set()  # noqa: E731


def ask_audience(
    audience: Callable[[Event], Hearers],
    address: Callable[[Event, User | None], Address],
    things: Callable[[], list[QuerySet]],
    readable: Callable[[User, list[Event]], set[int]],
) -> None:
    """Register, once at start-up, who hears of what, where it leads, how to fetch many things at once for that, and
    of which of the events (by id) a person may still read what they are about.
    """
    global _ask, _find, _things, _readable
    _ask, _find, _things, _readable = audience, address, things, readable


def with_addresses(about: str) -> GenericPrefetch:
    """Prefetch what events are about (`about` is the lookup that leads there) with all that `address_of` needs."""
    return GenericPrefetch(about, _things())


def address_of(event: Event) -> Address:
    """Return where an event leads whoever reads of it."""
    return _find(event, None)


def addresses_for(person: User, events: list[Event]) -> list[Address]:
    """Return where each event leads; of what the person may no longer read, that it is out of their sight."""
    readable = _readable(person, [event for event in events if event.about is not None])
    gone = Address(_("지금은 볼 수 없는 글"), reverse("notifications"))
    return [_find(event, person) if event.pk in readable else gone for event in events]


def tell(limit: int = 100) -> int:
    """Write the notices and letters of up to `limit` events nobody was told of yet; return how many events that were.

    Events are claimed by their state under a lock others skip, so that two workers never tell the same one. One that
    cannot be told is logged, holds up no other and is tried again.
    """
    if not Event.objects.untold().exists():
        return 0
    with verb():
        events = list(
            Event.objects.untold()
            .select_for_update(skip_locked=True, no_key=True, of=("self",))
            .select_related("actor", "stream")
            .order_by("id")[:limit]
        )
        told = [event.pk for event in events if _told(event)]
        Event.objects.filter(pk__in=told).update(told_at=timezone.now())
    return len(told)


def _told(event: Event) -> bool:
    try:
        with transaction.atomic():
            _tell(event)
    except DatabaseError:
        raise  # the connection is gone, or the act is: all of it is tried again
    except Exception:
        log.exception("Nobody could be told of event %s (%s); it will be tried again.", event.pk, event.verb)
        return False
    return True


def _tell(event: Event) -> None:
    hearers = _ask(event) if event.about is not None else Hearers()  # what was thrown away meanwhile is no news
    must = {person for person in hearers.must if person.is_active}
    may = _listening(event, {person for person in hearers.may if person.is_active} - must)
    Notification.objects.bulk_create(
        [Notification(person=person, event=event, must=person in must) for person in _sorted(must | may)],
        ignore_conflicts=True,
    )
    for person in _sorted(must | may):
        stale(f"badge:{person.pk}")
    for person in _sorted(must):
        _write_to(person, event)


def _listening(event: Event, people: set[User]) -> set[User]:
    """Those of the people who did not switch this kind of news off."""
    silent = Silence.objects.filter(kind=kind_of(event.verb), person__in=people).values_list("person", flat=True)
    deaf = set(silent) if people else set()
    return {person for person in people if person.pk not in deaf}


def _sorted(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda person: person.pk)


def _write_to(person: User, event: Event) -> None:
    subject, body = _worded(person, event)
    write_letter(key=f"event-{event.pk}-{person.pk}", to=person.email, subject=subject, body=body)


def _worded(person: User, event: Event, *, on_the_way_out: bool = False) -> Wording:
    with translation.override("ko"):
        place = _find(event, person)
        subject = f"[{_('주니어보드')}] {place.title}"
        body = _("%(name)s 님, 안녕하세요.\n\n%(sentence)s\n\n%(title)s\n%(link)s\n") % {
            "name": person.name,
            "sentence": f"{sentence_of(event, place)} {place.fact}".rstrip()
            + (_first_password(person) if on_the_way_out else ""),
            "title": place.title,
            "link": absolute(place.path),
        }
    return one_line(subject), body


def _first_password(person: User) -> str:
    """How to set a first password, so that a letter leads to no shut door; nothing for whoever has one."""
    if (way := way_in(person)) is None:
        return ""
    return _(
        "\n\n아직 비밀번호를 정하지 않으셨습니다. 먼저 아래 주소에서 정하고, 이 이메일 주소로 로그인해 주세요. "
        "이 주소는 %(until)s까지 한 번만 쓸 수 있습니다.\n%(link)s\n\n"
        "기한이 지났으면 아래 화면에 이 이메일 주소를 써 주세요. 비밀번호를 정할 메일을 새로 보내 드립니다.\n%(again)s"
    ) % {
        "until": f"{way.until:%Y. %-m. %-d. %H:%M}",
        "link": absolute(way.path),
        "again": absolute(way.again),
    }


def send_letters_as_of_now(limit: int = 50) -> int:
    """Send the letters that are due, those about events worded anew: a title may have been hidden meanwhile.

    Only now is the way to a first password made: its time begins, and it lies in no letter that waits.
    """
    return send_letters(limit, anew=_anew)


def _anew(letter: Letter) -> Wording | None:
    key = LETTER.fullmatch(letter.key)
    event = Event.objects.filter(pk=key[1]).select_related("actor").first() if key else None
    person = User.objects.filter(pk=key[2]).first() if key else None
    return _worded(person, event, on_the_way_out=True) if person and event and event.about else None


def sentence_of(event: Event, place: Address | None = None) -> str:
    """The event as a sentence in the active language; what no person did was done on the command line."""
    actor = event.actor.name if event.actor else _("설치 담당자")
    sentence = place.sentence if place and place.sentence else str(event.word.sentence)
    return sentence.format(actor=actor)
