"""Edits that cross: what a form was drawn with is held, under the lock, against what is saved by then."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.web.errors import Refusal


class Overtaken(Refusal):
    """Something else was saved since the form was drawn: `saved` stands there now, `changed` names what of it is new.

    `by` and `at` are who saved it and when, as far as the log knows; the form says in `told` what it is, in words.
    """

    status = 409

    def __init__(self, saved: dict[str, Any], changed: list[str], *, by: str, at: datetime | None) -> None:
        self.saved, self.changed, self.by, self.at, self.told = saved, changed, by, at, ""

    def __str__(self) -> str:
        return _(
            "%(who)s 먼저 바꿨습니다. 지금 저장된 내용: %(told)s. "
            "쓰신 내용은 아래에 그대로 있습니다. 쓰신 내용으로 바꾸려면 한 번 더 눌러 주세요."
        ) % {"who": self._who, "told": self.told}

    @property
    def _who(self) -> str:
        if self.at is None:
            return _("이 화면을 연 뒤에 다른 사람이")
        moment = f"{timezone.localtime(self.at):%Y. %-m. %-d. %H:%M}"
        return _("이 화면을 연 뒤에 %(name)s 님이 %(moment)s에") % {"name": self.by, "moment": moment}


def plain(values: dict[str, Any]) -> dict[str, str]:
    """Return the values as a form can carry them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    return "" if value is None else str(value)
