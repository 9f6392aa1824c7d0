"""How django-allauth fits this house: officials sign up, and its mails go out as letters."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from forum.institutions.models import MailDomain
from forum.notifications.letters import write_letter


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("지금 쓰는 비밀번호와 다릅니다. 다시 확인해 주세요."),
        "email_password_mismatch": _("이메일이나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."),
        "incorrect_password": _("지금 쓰는 비밀번호와 다릅니다. 다시 확인해 주세요."),
        "incorrect_code": _("확인 코드가 맞지 않습니다. 메일에서 다시 확인해 주세요."),
        "rate_limited": _("짧은 시간에 너무 많이 시도했습니다. 잠시 뒤에 다시 해 주세요."),
        "too_many_login_attempts": _(
            "로그인에 여러 번 실패해 잠시 막았습니다. 5분 뒤에 다시 하거나 비밀번호를 다시 정해 주세요."
        ),
    }

    def is_open_for_signup(self, request) -> bool:
        """Open once an institution has entered its mail domains; until then moderators make the accounts."""
        return MailDomain.objects.exists()

    def login(self, request, user) -> None:
        """Sign in the person as they are now: the code that ends a sign-up has just given them a password."""
        user.refresh_from_db()
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the mail as a letter for the worker, so that a slow mail server never holds up a request."""
        days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
        message = self.render_mail(template_prefix, email, {**context, "reset_days": days})
        write_letter(key=f"account-{uuid.uuid4()}", to=email, subject=message.subject, body=str(message.body))
