"""The thirteen rules under which content may be hidden (게시물 운영원칙)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    R01 = "R01", _("개인정보 게재")
    R02 = "R02", _("확인되지 않은 내용으로 명예훼손")
    R03 = "R03", _("공공질서 및 미풍양속 위반")
    R04 = "R04", _("욕설·비속어, 인종·성별·지역·정치적 견해 비하")
    R05 = "R05", _("불법복제·바이러스·해킹 조장")
    R06 = "R06", _("영리 목적의 광고·홍보")
    R07 = "R07", _("저작권 침해")
    R08 = "R08", _("범죄 관련 또는 범죄 유도")
    R09 = "R09", _("다른 사람 사칭")
    R10 = "R10", _("주제와 무관")
    R11 = "R11", _("도배(동일하거나 일부 변경한 글 반복)")
    R12 = "R12", _("그 밖의 관계 법령 위배")
    R13 = "R13", _("수사기관 등의 공식 요청")
