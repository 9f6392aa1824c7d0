"""What the inbox shows."""

from dataclasses import dataclass

from forum.notifications.models import Notification
from forum.notifications.telling import Address, address_of, sentence_of, with_addresses
from forum.web.paging import Page, page_before

PAGE = 30


@dataclass(frozen=True)
class Notice:
    """A notification with its sentence in the active language and the page it leads to."""

    row: Notification
    sentence: str
    address: Address


def inbox_page(person, before: str | None) -> Page:
    """One page of notices, newest first; the things they are about are fetched in one query a kind."""
    rows = Notification.objects.visible_to(person).select_related("event__actor", "event__about_type")
    page = page_before(rows.prefetch_related(with_addresses("event__about")), before, PAGE)
    return Page([Notice(row, sentence_of(row.event), address_of(row.event)) for row in page.items], page.before)
