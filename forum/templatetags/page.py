"""Template tags every page may use without loading them."""

from datetime import date, datetime

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forum.web.kept import MARK, mark_of
from forum.web.richtext import render

register = template.Library()


class FormToken(CsrfTokenNode):
    """The CSRF token, and whose form it is (see forum.web.kept)."""

    def render(self, context) -> str:
        token = super().render(context)
        request = context.get("request")
        if request is None or not request.user.is_authenticated:
            return token
        return token + format_html('<input type="hidden" name="{}" value="{}">', MARK, mark_of(request.user))


@register.tag("csrf_token")
def form_token(parser, token) -> FormToken:
    return FormToken()


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Show a time as `2026. 1. 24. 14:30` (no leading zero in the date, 24 h, the site's zone) in a <time> element."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%Y. %-m. %-d. %H:%M}"
    )


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Show a date as `2026. 1. 24.` in a <time> element."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), f"{value:%Y. %-m. %-d.}")


@register.filter
def left(value: datetime | None) -> str:
    """Say how much time is left until then, in the two largest units; nothing once it is over."""
    minutes = int((value - timezone.now()).total_seconds() // 60) if value else -1
    days, hours = minutes // 1440, minutes // 60 % 24
    if minutes < 0:
        return ""
    if days:
        return (_("%(days)s일 %(hours)s시간 남음") if hours else _("%(days)s일 남음")) % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)s시간 %(minutes)s분 남음") % {"hours": hours, "minutes": minutes % 60}
    return _("%(minutes)s분 남음") % {"minutes": minutes} if minutes else _("1분도 남지 않음")


@register.filter
def richtext(value: str) -> SafeString:
    return render(value)
