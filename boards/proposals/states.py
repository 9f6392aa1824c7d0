"""The states of a proposal and of a co-proposer's share, and the tables they move along (공무원 제안 규정)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("임시저장")
    OPEN = "open", _("토론·공감")
    BALLOTING = "balloting", _("표결 중")
    PASSED = "passed", _("가결")
    FAILED = "failed", _("부결")
    WITHDRAWN = "withdrawn", _("철회")


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.BALLOTING, State.WITHDRAWN}),
    State.BALLOTING: frozenset({State.PASSED, State.FAILED, State.OPEN}),
    State.PASSED: frozenset(),
    State.FAILED: frozenset({State.OPEN, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

WRITABLE = frozenset({State.DRAFT, State.OPEN, State.FAILED})  # the text and its authors are not fixed by a ballot


class Sharing(models.TextChoices):
    INVITED = "invited", _("답을 기다림")
    ACCEPTED = "accepted", _("수락")
    DECLINED = "declined", _("거절")
    CANCELLED = "cancelled", _("초대 취소")
    LAPSED = "lapsed", _("임기가 끝나 닫힘")
    LEFT = "left", _("그만둠")


SHARING_NEXT: dict[Sharing, frozenset[Sharing]] = {
    Sharing.INVITED: frozenset({Sharing.ACCEPTED, Sharing.DECLINED, Sharing.CANCELLED, Sharing.LAPSED}),
    Sharing.ACCEPTED: frozenset({Sharing.LEFT}),
    Sharing.DECLINED: frozenset(),
    Sharing.CANCELLED: frozenset(),
    Sharing.LAPSED: frozenset(),
    Sharing.LEFT: frozenset(),
}
