"""Attaching files to a proposal and taking them away."""

import hashlib

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from boards.attachments import store
from boards.attachments.models import Attachment
from boards.attachments.policy import AttachmentPolicy, FilesPolicy
from boards.attachments.rules import LARGEST_TOTAL, MEBIBYTE, MOST_FILES, Examined, refused
from boards.policy import demand
from boards.proposals.models import Proposal
from boards.proposals.states import State
from forum.events.recording import record, verb
from forum.locks import own
from forum.web.errors import WrongState


def attach(proposal: Proposal, file: Examined, *, by) -> Attachment:
    """Attach an examined file; the same file again is the one that is there. Drafts record nothing.

    The bytes are written when everything else is decided. What a crash leaves between them and the commit is a file
    without a row, which the clock sweeps away.
    """
    with verb():
        proposal = own(proposal)
        demand(FilesPolicy(by, proposal).attach)
        digest = hashlib.sha256(file.data).hexdigest()
        if (earlier := proposal.attachments.filter(sha256=digest).first()) is not None:
            return _same_again(earlier, file)
        _demand_room(proposal, file)
        attachment = Attachment.objects.create(
            proposal=proposal, by=by, round=proposal.round, name=file.name, kind=file.kind, size=len(file.data),
            sha256=digest, preview_width=file.preview_size[0], preview_height=file.preview_size[1],
            preview=store.keep(file.preview) if file.preview else "", file=store.keep(file.data),
        )  # fmt: skip
        if proposal.state != State.DRAFT:
            record("attachment_added", about=proposal, by=by, stream=proposal.stream, attachment=attachment.pk)
    return attachment


def remove(attachment: Attachment, *, by) -> None:
    """Take a file away before its ballot opens; its bytes go after the commit."""
    with verb():
        proposal = own(attachment.proposal)
        found = Attachment.objects.select_related("proposal__board").filter(pk=attachment.pk).first()
        if found is None:
            raise WrongState(_("이미 뺀 파일입니다."))
        demand(AttachmentPolicy(by, found).remove)
        found.delete()
        transaction.on_commit(lambda: store.discard(found.file, found.preview))
        if proposal.state != State.DRAFT:
            record("attachment_removed", about=proposal, by=by, stream=proposal.stream, attachment=attachment.pk)


def _same_again(earlier: Attachment, file: Examined) -> Attachment:
    if earlier.name != file.name:
        raise refused(
            file.name,
            _("같은 파일이 ‘%(name)s’라는 이름으로 이미 있습니다. 이름을 바꾸려면 그 파일을 빼고 다시 올려 주세요.")
            % {"name": earlier.name},
        )
    return earlier


def _demand_room(proposal: Proposal, file: Examined) -> None:
    files = proposal.attachments.all()
    if files.count() >= MOST_FILES:
        raise refused(
            file.name,
            _("제안 하나에 파일을 %(most)s개까지 첨부할 수 있습니다. 다른 파일을 빼거나 하나로 묶어 올려 주세요.")
            % {"most": MOST_FILES},
        )
    total = files.aggregate(total=Sum("size"))["total"] or 0
    if total + len(file.data) > LARGEST_TOTAL:
        raise refused(
            file.name,
            _("제안 하나의 파일은 모두 합쳐 %(most)sMB까지입니다. 이제 %(left)sMB 남았습니다. 파일을 줄여 주세요.")
            % {"most": LARGEST_TOTAL // MEBIBYTE, "left": f"{max(LARGEST_TOTAL - total, 0) / MEBIBYTE:.1f}"},
        )
