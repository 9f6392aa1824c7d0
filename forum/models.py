"""Gathers the models of the ground's features for Django; nobody imports this module."""

from forum.accounts.models import SignIn, User
from forum.clockwork.models import Heartbeat
from forum.events.models import Event, Stream
from forum.institutions.models import Appointment, Institution, ListedAddress, MailDomain, Office
from forum.notifications.models import Letter, Notification, Silence

__all__ = [
    "Appointment",
    "Event",
    "Heartbeat",
    "Institution",
    "Letter",
    "ListedAddress",
    "MailDomain",
    "Notification",
    "Office",
    "SignIn",
    "Silence",
    "Stream",
    "User",
]
