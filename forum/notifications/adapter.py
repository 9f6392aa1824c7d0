"""How django-allauth fits this house: officials sign up, and its mails go out as letters."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter

from forum.institutions.models import MailDomain
from forum.notifications.letters import write_letter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Open once an institution has entered its mail domains; until then moderators make the accounts."""
        return MailDomain.objects.exists()

    def login(self, request, user) -> None:
        """Sign in the person as they are now: the code that ends a sign-up has just given them a password."""
        user.refresh_from_db()
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the mail as a letter for the worker, so that a slow mail server never holds up a request."""
        message = self.render_mail(template_prefix, email, context)
        write_letter(key=f"account-{uuid.uuid4()}", to=email, subject=message.subject, body=str(message.body))
