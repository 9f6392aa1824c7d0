"""django-allauth's forms in the words of this house."""

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from forum.accounts.actions import begin_account
from forum.accounts.models import User
from forum.accounts.signing import SIGNING_UP
from forum.institutions.addresses import mail_domain
from forum.web.forms import ComposedCharField

ADDRESS_MISSING = _("이메일 주소를 써 주세요.")
PASSWORD_MISSING = _("비밀번호를 써 주세요.")
PASSWORD_RULE = _("10자 이상으로, 숫자만으로 되어 있거나 흔히 쓰이지 않는 것으로 정해 주세요.")


def worded(field: forms.Field, label, missing, help_text="") -> None:
    """Give a field of django-allauth our words; its placeholder would only say the label again."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):
    """Address and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["login"], _("이메일"), ADDRESS_MISSING)
        worded(self.fields["password"], _("비밀번호"), PASSWORD_MISSING)


class SignupForm(allauth.SignupForm):
    """Who signs up; it answers alike whether the address has an account or not."""

    name = ComposedCharField(
        label=_("이름"),
        max_length=60,
        help_text=_("실명을 써 주세요. 제안과 댓글에 이 이름이 보입니다."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("이름을 써 주세요.")},
    )
    field_order = ("email", "name", "password1", "password2")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        about_address = _("이 주소로 확인 코드를 보냅니다. 기관에서 받은 공직자 메일을 써 주세요.")
        worded(self.fields["email"], _("기관 이메일"), ADDRESS_MISSING, about_address)
        worded(self.fields["password1"], _("비밀번호"), PASSWORD_MISSING, PASSWORD_RULE)
        worded(self.fields["password2"], _("비밀번호 다시"), _("비밀번호를 한 번 더 써 주세요."))

    def clean_email(self) -> str:
        """Refuse an address that is no official's; the sentence follows from the domain alone."""
        email = super().clean_email()
        if email and mail_domain(email) is None:
            raise forms.ValidationError(
                _("이 주소의 도메인은 공직자 메일로 등록되어 있지 않습니다. 기관에서 받은 이메일인지 확인해 주세요.")
            )
        return email

    def validate_unique_email(self, value: str) -> str:
        person = User.objects.filter(email__iexact=value).first()
        self.account_already_exists = person is not None and not person.unconfirmed
        return value

    def try_save(self, request):
        self.hashed = make_password(self.cleaned_data["password1"])  # in either case: it takes as long
        person, answer = super().try_save(request)
        if person is None or not EmailAddress.objects.filter(user=person, verified=True).exists():
            return person, answer
        request.session.pop(SIGNING_UP)
        self.account_already_exists = True  # by now: somebody of the institution has made it
        return super().try_save(request)

    def save(self, request) -> User:
        """Keep name and password in this browser's session until its code is entered."""
        email = self.cleaned_data["email"]
        request.session[SIGNING_UP] = {"email": email, "name": self.cleaned_data["name"], "password": self.hashed}
        return begin_account(email)


class CodeForm(allauth.ConfirmEmailVerificationCodeForm):
    """The code from the mail."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["code"], _("확인 코드"), _("메일로 받은 코드를 써 주세요."))
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class ResetPasswordForm(allauth.ResetPasswordForm):
    """A password can be set anew only where one was set, or where a moderator made the account."""

    users: list[User]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["email"], _("기관 이메일"), ADDRESS_MISSING)

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if not user.unconfirmed]
        return email


class NewPassword(forms.Form):
    """A new password, typed twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["password1"], _("새 비밀번호"), _("새 비밀번호를 써 주세요."), PASSWORD_RULE)
        worded(self.fields["password2"], _("새 비밀번호 다시"), _("새 비밀번호를 한 번 더 써 주세요."))


class ResetPasswordKeyForm(NewPassword, allauth.ResetPasswordKeyForm):
    """The password of whoever got the letter."""


class ChangePasswordForm(NewPassword, allauth.ChangePasswordForm):
    """Another password, for who knows the one in use."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["oldpassword"], _("지금 비밀번호"), _("지금 쓰는 비밀번호를 써 주세요."))
