"""The ground's verbs; they lie on a person's own stream and tell sockets that rights have changed."""

from django.utils.translation import gettext_lazy as _

from forum.events.vocabulary import Actor, Live, Word

WORDS = [
    Word("signed_out", _("로그아웃했습니다."), "person", Actor.SYSTEM, live=Live.NOTHING, proof=False),
    Word(
        "signed_out_elsewhere",
        _("다른 기기에서 모두 로그아웃했습니다."),
        "person",
        Actor.SYSTEM,
        live=Live.NOTHING,
        proof=False,
    ),
    Word("account_confirmed", _("이메일을 확인하고 가입했습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
    Word("institution_joined", _("기관의 직원으로 등록되었습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
    Word("password_changed", _("비밀번호를 바꿨습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
    Word("rights_changed", _("권한이 바뀌었습니다."), "person", Actor.SYSTEM, live=Live.NOTHING),
]
