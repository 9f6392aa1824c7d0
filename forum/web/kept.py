"""What was typed into a form that could not be taken: kept for the same person, given back in a fresh form.

Every form carries a mark of the person it was drawn for (the `csrf_token` tag writes it), so that text from an old page
never comes before the eyes, or under the name, of whoever is signed in by now.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseRedirect, UnreadablePostError
from django.utils import timezone

from forum.web.labels import Labels

MARK = "form_of"
NEVER_KEPT = {"csrfmiddlewaretoken", MARK, "password", "password1", "password2", "oldpassword", "choice"}
KEPT_FOR = timedelta(hours=1)
MOST_CHARACTERS = 200_000
DRAWN = "drawn"  # what a form was drawn with (forum.web.forms.EditForm): goes along, and nobody wrote it
ONE_WORD = re.compile(r"[\x21-\x7e]{0,60}")  # a key, a date, a choice of a list: nothing a person would miss

_signer = Signer(salt="form_of")


@dataclass(frozen=True)
class Kept:
    """The fields of a form, in order; `texts` are those a person wrote, `sent` whether it was sent on since."""

    action: str
    fields: list[tuple[str, str]]
    sent: bool = False

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [field for field in self.fields if self._is_text(*field)]

    @property
    def rest(self) -> list[tuple[str, str]]:
        return [field for field in self.fields if not self._is_text(*field)]

    @property
    def labelled(self) -> list[tuple[str, str, str]]:
        """The texts, each with what its field is called, if that is known."""
        return [(name, value, self._labels.label(name)) for name, value in self.texts]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen from a list of words and goes along, by what the field and the choice are called."""
        words = [(self._labels.label(name), self._labels.choice(name, value)) for name, value in self.rest]
        return [(label, choice) for label, choice in words if label and choice]

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.action, [name for name, _value in self.texts])

    @staticmethod
    def _is_text(name: str, value: str) -> bool:
        return name != DRAWN and not ONE_WORD.fullmatch(value)


def mark_of(person) -> str:
    return _signer.sign(str(person.pk))


def typed_in(request: HttpRequest) -> Kept:
    """What a POST holds that may be shown again, wherever it came from."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values]
    return Kept(request.get_full_path(), fields)


def writer_of(request: HttpRequest) -> int | None:
    """Return whose form was posted, by id; None when no page of ours drew it."""
    own_origin = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") not in (own_origin, *settings.PUBLIC_ORIGINS):
        return None
    try:
        return int(_signer.unsign(request.POST.get(MARK, "")))
    except BadSignature:
        return None


def given_back(request: HttpRequest) -> Kept | None:
    """Return what the person who is signed in has typed into a form that is refused, None when there is nothing.

    It depends on what was posted alone, so that the page of what is hidden stays that of what does not exist, and asks
    nothing of the database, which may be what is missing.
    """
    person = getattr(request, "_cached_user", None)  # who was found to be signed in before the view was asked
    if request.method != "POST" or person is None or not person.is_authenticated:
        return None
    try:
        kept = typed_in(request) if writer_of(request) == person.pk else None
    except (SuspiciousOperation, UnreadablePostError):  # it could not be read to the end
        return None
    return kept if kept and kept.texts else None


def keep(request: HttpRequest) -> bool:
    """Keep what was typed in the guest's session, which outlives signing in; return whether there was anything."""
    writer, typed = writer_of(request), typed_in(request)
    size = sum(len(value) for _name, value in typed.fields)
    if writer is None or not typed.texts or size > MOST_CHARACTERS:
        return False
    request.session["kept"] = {
        "of": writer, "at": timezone.now().isoformat(), "action": typed.action, "fields": typed.fields,
    }  # fmt: skip
    return True


def kept_for(request: HttpRequest) -> Kept | None:
    """Return what was kept for the person who is signed in, while it is not too old."""
    kept = request.session.get("kept")
    if kept is None or kept["of"] != request.user.pk:
        return None
    if timezone.now() - datetime.fromisoformat(kept["at"]) > KEPT_FOR:
        return None
    return Kept(kept["action"], [(name, value) for name, value in kept["fields"]], kept.get("sent", False))


def send_on(request: HttpRequest, kept: Kept) -> HttpResponseRedirect:
    """Let the browser send the form it has just posted to where it belongs; the text stays for its hour."""
    request.session["kept"] = {**request.session["kept"], "sent": True}
    return HttpResponseRedirect(kept.action, preserve_request=True)
