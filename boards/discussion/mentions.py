"""Who is called by `@name`: only a name that one person alone can mean, and only who may read the proposal."""

from django.db.models import Q

from boards.discussion.rules import calls
from boards.proposals.models import Proposal
from forum.accounts.models import User

MOST = 10  # people one comment can call


def people_called(text: str, proposal: Proposal) -> list[User]:
    """Return whom the text calls.

    The longest name that is anybody's here is the one that is meant; shared by two people of the board or its
    institution it means neither, for the wrong one must not be told.
    """
    asked = list(calls(text))
    if not asked:
        return []
    people = _people(proposal, {name for names in asked for name in names})
    found: dict[int, User] = {}
    for names in asked:
        bearers = next((people[name] for name in names if name in people), [])
        if len(bearers) == 1:
            found[bearers[0].pk] = bearers[0]
    return [person for person in list(found.values())[:MOST] if _reads(person, proposal)]


def _people(proposal: Proposal, names: set[str]) -> dict[str, list[User]]:
    here = (
        Q(institution=proposal.board.institution_id) | Q(memberships__board=proposal.board) | Q(pk=proposal.author_id)
    )
    people: dict[str, list[User]] = {}
    for person in User.objects.filter(here, name__in=names, is_active=True).distinct():
        people.setdefault(person.name, []).append(person)
    return people


def _reads(person: User, proposal: Proposal) -> bool:
    return Proposal.objects.visible_to(person).filter(pk=proposal.pk).exists()
