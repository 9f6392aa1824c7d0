"""Handing out what people sent: never run, never shown as a page of ours, never kept in between."""

import hashlib
import logging
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from boards.attachments import store
from boards.attachments.kinds import Kind
from boards.attachments.models import Attachment
from forum.web.errors import WrongState

log = logging.getLogger(__name__)

GUARDED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Frame-Options": "DENY",
}
ATTR_CHARS = "!#$&+-.^_`|~"  # RFC 5987, beside letters and digits


def download(attachment: Attachment) -> HttpResponse:
    """The file as it was kept; raise WrongState when the disk has lost or changed it."""
    data = _read(attachment, attachment.file)
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise _lost(attachment, "changed")
    headers = {"Content-Disposition": disposition(attachment.name, f"attachment-{attachment.pk}.{attachment.kind}")}
    return HttpResponse(data, content_type=attachment.content_type, headers=GUARDED | headers)


def small_picture(attachment: Attachment) -> HttpResponse:
    """The picture to look at on the page: drawn by us, so it may be shown in its place."""
    data = _read(attachment, attachment.preview)
    headers = {"Content-Disposition": "inline"}
    return HttpResponse(data, content_type=Kind.JPG.content_type, headers=GUARDED | headers)


def disposition(name: str, plain: str) -> str:
    """RFC 6266: the name in UTF-8 for browsers of today, and one of plain letters for the others."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=ATTR_CHARS)}"


def _read(attachment: Attachment, name: str) -> bytes:
    try:
        return store.read(name)
    except OSError as error:
        raise _lost(attachment, error.__class__.__name__) from error


def _lost(attachment: Attachment, why: str) -> WrongState:
    log.error("The file of attachment %s cannot be handed out: %s.", attachment.pk, why)
    return WrongState(_("이 파일을 지금 읽을 수 없습니다. 잠시 뒤 다시 받아 보고, 계속되면 운영자에게 알려 주세요."))
