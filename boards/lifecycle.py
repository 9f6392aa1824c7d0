"""Things that move along a table of states: one mover for all, and the CHECK that goes with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from forum.web.errors import WrongState


class Lifecycle(models.Model):
    """A model with a `state` that changes along `NEXT` only."""

    NEXT: dict

    class Meta:
        abstract = True

    state: str

    def may_become(self, state) -> bool:
        return state in self.NEXT[type(state)(self.state)]

    def move_to(self, state, **facts) -> None:
        """Save the new state with the facts that belong to it; raise WrongState when the table has no such step."""
        if not self.may_become(state):
            raise WrongState(
                _("‘%(now)s’ 상태에서는 ‘%(then)s’(으)로 바꿀 수 없습니다. 화면을 새로 고쳐 지금 상태를 확인해 주세요.")
                % {"now": type(state)(self.state).label, "then": state.label}
            )
        changes = {"state": state, **facts}
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))


def state_check(states: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Return the constraint that keeps any other word out of the column."""
    return models.CheckConstraint(condition=Q(state__in=states.values), name=name)
