"""The ground's verbs; they lie on a person's own stream and tell sockets that rights have changed."""

from django.utils.translation import gettext_lazy as _

from forum.events.vocabulary import Actor, Live, Word

WORDS = [
    Word("signed_out", _("로그아웃했습니다."), "person", Actor.SYSTEM, live=Live.NOTHING, proof=False),
    Word("password_changed", _("비밀번호를 바꿨습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
    Word("rights_changed", _("권한이 바뀌었습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
]
