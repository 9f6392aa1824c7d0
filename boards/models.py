"""Gathers the models of the features for Django; nobody imports this module."""

from boards.attachments.models import Attachment
from boards.discussion.models import Comment, CommentVersion, Mention
from boards.escalation.models import Answer, Commitment, Confirmation, DeskNote, Escalation, Progress
from boards.home.models import Visit
from boards.membership.invitations.models import Invitation
from boards.membership.models import Board, Membership, NumberSeries, Team
from boards.moderation.models import Measure
from boards.moderation.reports.models import Report
from boards.proposals.models import CoProposal, Proposal, Revision
from boards.rooms.models import Message, Place, Reaction, Room, Turn
from boards.support.models import Support
from boards.voting.models import AcceptedHash, Ballot, BallotCall, NamedVote, RollEntry, SealedVote, Tally

__all__ = [
    "AcceptedHash",
    "Answer",
    "Attachment",
    "Ballot",
    "BallotCall",
    "Board",
    "CoProposal",
    "Comment",
    "CommentVersion",
    "Commitment",
    "Confirmation",
    "DeskNote",
    "Escalation",
    "Invitation",
    "Measure",
    "Membership",
    "Mention",
    "Message",
    "NamedVote",
    "NumberSeries",
    "Place",
    "Progress",
    "Proposal",
    "Reaction",
    "Report",
    "Revision",
    "RollEntry",
    "Room",
    "SealedVote",
    "Support",
    "Tally",
    "Team",
    "Turn",
    "Visit",
]
