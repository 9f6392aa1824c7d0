"""What the inbox shows."""

from dataclasses import dataclass

from forum.notifications.models import Notification, Silence
from forum.notifications.telling import Address, addresses_for, sentence_of, with_addresses
from forum.web.paging import Page, page_before

PAGE = 30


@dataclass(frozen=True)
class Notice:
    """A notification with its sentence in the active language and the page it leads to."""

    row: Notification
    sentence: str
    address: Address


def inbox_page(person, before: str | None) -> Page:
    """One page of notices, newest first; the things they are about are fetched in one query a kind.

    A title is shown only to who may read it today, whatever they were told of once.
    """
    rows = Notification.objects.visible_to(person).select_related("event__actor", "event__about_type")
    page = page_before(rows.prefetch_related(with_addresses("event__about")), before, PAGE)
    addresses = addresses_for(person, [row.event for row in page.items])
    told = zip(page.items, addresses, strict=True)
    return Page([Notice(row, sentence_of(row.event, address), address) for row, address in told], page.before)


def silenced_by(person) -> set[str]:
    """The kinds of news the person does not want to hear of."""
    return set(Silence.objects.filter(person=person).values_list("kind", flat=True))
