"""Sending files through the front door, and looking at what is left of them."""

import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from boards.attachments.actions import attach
from boards.attachments.models import Attachment
from boards.attachments.rules import examine
from boards.proposals.models import Proposal
from tests.boards.attachments.making import DECLARED, HONEST
from tests.boards.browsing import SCRIPT


def path_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/attachments/"


def part(name: str, data: bytes | None = None, declared: str | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it; without data an honest one of its ending."""
    ending = name.rpartition(".")[2].lower()
    content = HONEST[ending] if data is None else data
    return SimpleUploadedFile(name, content, DECLARED.get(ending, "") if declared is None else declared)


def send(door, proposal: Proposal, *parts: SimpleUploadedFile, script: bool = False, **typed: str):
    """Post the files; the answer tells how many seconds it took."""
    began = time.monotonic()
    answer = door.client.post(path_of(proposal), {"file": list(parts), **typed}, headers=SCRIPT if script else None)
    answer.took = time.monotonic() - began
    return answer


def attached(proposal: Proposal, author, name: str = "근거.txt", data: bytes | None = None) -> Attachment:
    upload = part(name, data)
    return attach(proposal, examine(name, upload.content_type, upload.read()), by=author)


def on_disk() -> list[Path]:
    return [path for path in Path(settings.ATTACHMENTS).glob("**/*") if path.is_file()]


def nothing_is_left() -> bool:
    return not Attachment.objects.exists() and on_disk() == []
