"""What the list of a proposal's files shows."""

from dataclasses import dataclass

from boards.attachments.kinds import ENDINGS
from boards.attachments.models import Attachment
from boards.attachments.policy import AttachmentPolicy, FilesPolicy
from boards.attachments.rules import LARGEST_FILE, LARGEST_TOTAL, MEBIBYTE, MOST_FILES
from boards.policy import Verdict
from boards.proposals.models import Proposal
from forum.web.forms import Form


@dataclass(frozen=True)
class Listed:
    """A file with whether this person may take it away."""

    attachment: Attachment
    may_remove: Verdict


def files_panel(proposal: Proposal, person, *, upload_form: Form | None = None) -> dict:
    """The files of a proposal whose text can be read, and what it takes to attach more."""
    may_attach = FilesPolicy(person, proposal).attach
    found = [] if proposal.hidden else list(proposal.attachments.order_by("pk"))
    for attachment in found:
        attachment.proposal = proposal
    return {
        "listed": [Listed(it, may_attach and AttachmentPolicy(person, it).fresh) for it in found],
        "may_attach": may_attach,
        "mine": proposal.is_by(person),
        "form": upload_form or Form(),
        "accept": ",".join(f".{ending}" for ending in ENDINGS),
        "most": MOST_FILES,
        "largest": LARGEST_FILE // MEBIBYTE,
        "total": LARGEST_TOTAL // MEBIBYTE,
    }
