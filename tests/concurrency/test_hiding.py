"""Two moderators hide the same comment.

Turns red when `hide` reads the comment without its lock: the second moderator gets an IntegrityError, not an answer.
"""

from functools import partial
from uuid import uuid4

import pytest

from boards.discussion.actions import post_comment
from boards.discussion.models import Stance
from boards.membership.models import Membership
from boards.moderation.actions import hide
from boards.moderation.models import Measure
from forum.events.models import Event
from forum.web.errors import WrongState
from tests.concurrency.crowd import at_once, colleagues, seated

ROUNDS = 10  # comments, one after another, each hidden by both at once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_moderators_one_hides_the_comment_and_the_other_is_told(hanbit, proposal, threads):
    moderators = [hanbit.minji, *seated(hanbit, colleagues(hanbit, 1), Membership.Role.MODERATOR)]
    for _ in range(ROUNDS):
        comment = post_comment(
            proposal, author=hanbit.tae, stance=Stance.FOR, body="전화번호를 씁니다.", client_id=uuid4()
        )

        hidden = at_once([partial(hide, comment, by=it, rule="R01", reason="개인정보") for it in moderators], threads=2)

        (measure,) = Measure.objects.filter(about_id=comment.pk)
        (refused,) = (it for it in hidden if it != measure)
        assert isinstance(refused, WrongState)
        assert measure.by.name in str(refused)
        comment.refresh_from_db()
        assert comment.measure == measure
        assert Event.objects.filter(verb="comment_hidden", about_id=comment.pk).count() == 1
