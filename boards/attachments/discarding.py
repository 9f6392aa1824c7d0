"""Throwing a draft away with all that hangs on it; it is done here because its files lie in the store."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from boards.attachments import store
from boards.policy import demand
from boards.proposals.models import CoProposal, Proposal
from boards.proposals.policy import ProposalPolicy
from forum.events.recording import record, stale, verb
from forum.locks import own
from forum.notifications.models import Notification


def discard_draft(draft: Proposal, *, by) -> None:
    """Remove a draft for good: its text, files, invitations and the notices of them; the files go after the commit.

    Nothing is recorded but, for each whom it was shared with or who was asked to share it, that it is gone.
    """
    with verb():
        draft = own(draft)
        demand(ProposalPolicy(by, draft).discard)
        names = [name for pair in draft.attachments.values_list("file", "preview") for name in pair]
        _forget_notices(draft)
        for shared in draft.co_proposals.standing().select_related("person"):
            board, person = draft.board, shared.person
            record("draft_discarded", about=board, by=by, stream=person.stream, person=person.pk, proposal=draft.pk)
        draft.co_proposals.all().delete()
        draft.delete()
        transaction.on_commit(lambda: store.discard(*names))


def _forget_notices(draft: Proposal) -> None:
    """Take what people were told of the invitations out of their inboxes."""
    kind = ContentType.objects.get_for_model(CoProposal)
    invitations = list(draft.co_proposals.values_list("pk", flat=True))
    notices = Notification.objects.filter(event__about_type=kind, event__about_id__in=invitations)
    for person in set(notices.values_list("person", flat=True)):
        stale(f"badge:{person}")
    notices.delete()
