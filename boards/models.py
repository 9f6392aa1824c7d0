"""Gathers the models of the features for Django; nobody imports this module."""

from boards.discussion.models import Comment
from boards.escalation.models import Answer, Commitment, Confirmation, Escalation, Progress
from boards.membership.invitations.models import Invitation
from boards.membership.models import Board, Membership, NumberSeries, Team
from boards.moderation.models import Measure
from boards.moderation.reports.models import Report
from boards.proposals.models import Proposal, Revision
from boards.rooms.models import Message, Room
from boards.support.models import Support
from boards.voting.models import AcceptedHash, Ballot, BallotCall, NamedVote, RollEntry, SealedVote, Tally

__all__ = [
    "AcceptedHash",
    "Answer",
    "Ballot",
    "BallotCall",
    "Board",
    "Comment",
    "Commitment",
    "Confirmation",
    "Escalation",
    "Invitation",
    "Measure",
    "Membership",
    "Message",
    "NamedVote",
    "NumberSeries",
    "Progress",
    "Proposal",
    "Report",
    "Revision",
    "RollEntry",
    "Room",
    "SealedVote",
    "Support",
    "Tally",
    "Team",
]
