"""Writes that may arrive twice: a client id names the write, a hash of its content tells a repeat from a clash."""

import hashlib
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from forum.web.errors import Conflict


def body_hash(*parts: str) -> str:
    """Return the SHA-256 of the parts in hex, each with its length so that they cannot run together."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def same_again[Row: models.Model](written: models.QuerySet[Row], digest: str) -> Row | None:
    """Return what this client id has written already, None if nothing; raise Conflict when it was something else."""
    earlier: Any = written.first()
    if earlier is not None and earlier.body_hash != digest:
        raise Conflict(_("같은 번호로 다른 글이 이미 올라갔습니다. 화면을 새로 고친 뒤 다시 보내 주세요."))
    return earlier


def saved_once(row: models.Model) -> bool:
    """Insert the row; return False when a unique constraint says that it was there first."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
