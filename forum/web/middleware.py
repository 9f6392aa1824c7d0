"""Two rules for every request: sign in first, and a refusal is a page."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from forum.web.doors import PUBLIC, door_of
from forum.web.errors import Refusal, refusal
from forum.web.kept import keep, typed_in


class SignInFirst:
    """Send a guest to the sign-in page from every URL, existing or not, so that neither betrays the other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.person = request.user
        if request.method in ("GET", "HEAD") and request.user.is_authenticated:
            request.user.remember()
        if request.user.is_authenticated or self._is_public(request):
            return self.get_response(request)
        if request.headers.get("X-Fragment"):
            return self._told_to_a_script(request)
        back = self._back_to(request)
        if request.method == "POST" and keep(request):
            messages.warning(
                request, _("로그인이 끝났습니다. 쓰신 글은 보관했습니다. 다시 로그인하면 이어서 보낼 수 있습니다.")
            )
            back = reverse("kept")
        return redirect(_sign_in(back))

    def _told_to_a_script(self, request) -> HttpResponse:
        """Tell beside the form, or on the page, that the session has ended, with the way to sign in and back."""
        back = self._back_to_page(request)
        if request.method != "POST":
            sentence = _("로그인이 끝나 이 화면은 더 새로워지지 않습니다.")
        elif keep(request):
            sentence = _("로그인이 끝났습니다. 쓰신 글은 보관했습니다. 다시 로그인하면 이어서 보낼 수 있습니다.")
            back = reverse("kept")
        elif typed_in(request).texts:
            sentence = _("로그인이 끝났습니다. 쓰신 글을 복사해 두고 다시 로그인해 주세요.")
        else:
            sentence = _("로그인이 끝났습니다. 다시 로그인한 뒤 한 번 더 해 주세요.")
        context = {"sentence": sentence, "sign_in": _sign_in(back)}
        return render(request, "errors/_signed_out.html", context, status=401)

    @staticmethod
    def _is_public(request) -> bool:
        try:
            return door_of(resolve(request.path_info)) == PUBLIC
        except Resolver404:
            return False

    @staticmethod
    def _back_to(request) -> str:
        if request.method in ("GET", "HEAD"):
            return request.get_full_path()
        return SignInFirst._back_to_page(request)

    @staticmethod
    def _back_to_page(request) -> str:
        """The page the request came from, in this house whatever address it names."""
        try:
            page = urlsplit(request.headers.get("Referer", ""))
        except ValueError:  # what is no address leads home
            return "/"
        return f"{page.path or '/'}{'?' if page.query else ''}{page.query}"


def _sign_in(back: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': back})}"


class RefusalsAsPages:
    """Answer an uncaught refusal with its own page and status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return refusal(request, exception) if isinstance(exception, Refusal) else None
