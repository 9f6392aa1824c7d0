"""How django-allauth fits this house: no open sign-up, and its mails go out as letters."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter

from forum.notifications.letters import write_letter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts are made when a moderator adds a member; sign-up by official address is not open."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the mail as a letter for the worker, so that a slow mail server never holds up a request."""
        message = self.render_mail(template_prefix, email, context)
        write_letter(key=f"account-{uuid.uuid4()}", to=email, subject=message.subject, body=str(message.body))
