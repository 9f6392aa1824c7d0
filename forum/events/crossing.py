"""Whether somebody has changed a thing since a form of it was drawn; the log tells who and when."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from forum.events.models import Event
from forum.web.edits import Overtaken, plain


def demand_as_drawn(
    thing: Model, drawn: dict | None, *, saved: dict[str, Any], typed: dict[str, Any], verb: str
) -> None:
    """Raise Overtaken when `saved`, read under the lock, is not what the form was `drawn` with.

    Nothing is compared without `drawn`, and what is `typed` may always be saved once more: the same form may arrive
    twice. `verb` is what the log calls such a change.
    """
    now = plain(saved)
    if drawn is None or drawn == now or plain(typed) == now:
        return
    about = Event.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk, verb=verb)
    last = about.select_related("actor").order_by("pk").last()
    raise Overtaken(
        saved,
        [name for name, value in now.items() if drawn.get(name) != value],
        by=last.actor.name if last and last.actor else _("설치 담당자"),
        at=last.at if last else None,
    )
