"""How the tests of the boards go through the front door, with a script and without, and what they read there."""

import re
import uuid

from boards.discussion.actions import post_comment
from boards.discussion.models import Comment, Stance
from boards.proposals.actions import open_proposal, start_draft
from boards.proposals.models import Proposal

SCRIPT = {"X-Fragment": "1"}
TEXTS = {
    "title": "시보떡 문화 없애기",
    "problem": "떡을 돌리는 관행이 남아 있습니다.",
    "remedy": "답례 금지를 규정에 넣습니다.",
    "effect": "신규 직원의 부담이 사라집니다.",
}


class Door:
    """The front door as one person at a time uses it."""

    def __init__(self, client) -> None:
        self.client = client

    def enter(self, person) -> "Door":
        self.client.force_login(person)
        return self

    def get(self, path: str, *, script: bool = False):
        return self.client.get(path, headers=SCRIPT if script else None)

    def post(self, path: str, *, script: bool = False, **data):
        return self.client.post(path, data, headers=SCRIPT if script else None)


def text(response) -> str:
    return response.content.decode()


def words(response) -> str:
    """What the page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text(response)))


def without_tokens(response) -> str:
    """The page without what differs from one answer to the next."""
    return re.sub(r'(name="(csrfmiddlewaretoken|client_id)" value|nonce)="[^"]*"', "", text(response))


def section(response, ident: str) -> str:
    """The element with this id, whole."""
    page = text(response)
    start = re.search(rf'<(\w+) id="{ident}"', page)
    assert start, f"no element #{ident} on the page"
    rest = page[start.start() :]
    depth = 0
    for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*>", rest):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return rest[: tag.end()]
    return rest


def draft_of(author, board, **texts: str) -> Proposal:
    return start_draft(board, by=author, **{**TEXTS, **texts})


def published(author, board, **texts: str) -> Proposal:
    return open_proposal(draft_of(author, board, **texts), by=author)


def commented(author, proposal: Proposal, body: str, *, stance: str = Stance.FOR, parent=None) -> Comment:
    return post_comment(proposal, author=author, stance=stance, body=body, client_id=uuid.uuid4(), parent=parent)
