"""Every verb of the boards with its sentence, its stream, what it keeps of the actor, and how pages hear of it."""

from django.utils.translation import gettext_lazy as _

from forum.events.vocabulary import Actor, Live, Word

WORDS = [
    # The board
    Word("board_founded", _("주니어보드가 만들어졌습니다."), "board"),
    Word("member_added", _("{actor} 님이 위원을 추가했습니다."), "board", told=True),
    Word("membership_changed", _("{actor} 님이 위원의 역할이나 임기를 바꿨습니다."), "board", told=True),
    Word("membership_ended", _("{actor} 님이 위원의 임기를 끝냈습니다."), "board", told=True),
    # The proposal
    Word("proposal_opened", _("{actor} 님이 제안을 공개했습니다."), "proposal", told=True),
    Word("proposal_improved", _("{actor} 님이 부결된 제안을 보완해 다시 냈습니다."), "proposal", told=True),
    Word("proposal_withdrawn", _("{actor} 님이 제안을 철회했습니다."), "proposal", told=True),
    Word("proposal_hidden", _("{actor} 님이 운영원칙에 따라 제안을 가렸습니다."), "proposal", told=True),
    Word("threshold_met", _("공감이 기준에 이르러 곧 표결이 시작됩니다."), "proposal", Actor.SYSTEM, told=True),
    # The discussion
    Word("comment_posted", _("{actor} 님이 댓글을 썼습니다."), "proposal", told=True, live=Live.ITEM, proof=False),
    Word("comment_edited", _("{actor} 님이 댓글을 고쳤습니다."), "proposal", live=Live.ITEM, proof=False),
    Word("comment_deleted", _("{actor} 님이 댓글을 삭제했습니다."), "proposal", live=Live.ITEM, proof=False),
    Word(
        "people_mentioned",
        _("{actor} 님이 댓글에서 나를 언급했습니다."),
        "proposal",
        told=True,
        live=Live.ITEM,
        proof=False,
    ),
    Word("comment_hidden", _("{actor} 님이 운영원칙에 따라 댓글을 가렸습니다."), "proposal", told=True, live=Live.ITEM),
    # The ballot
    Word("ballot_called", _("{actor} 님이 제안을 표결에 부쳤습니다."), "proposal", told=True),
    Word("ballot_opened", _("표결이 시작되었습니다. 투표해 주세요."), "proposal", Actor.SYSTEM, told=True),
    Word("vote_cast", _("한 표가 접수되었습니다."), None, Actor.DROPPED, live=Live.NOTHING, proof=True),
    Word("ballot_closed", _("투표가 끝나 개표를 기다립니다."), "proposal", Actor.SYSTEM),
    Word("ballot_passed", _("표결에서 가결되었습니다."), "proposal", Actor.SYSTEM, told=True),
    Word("ballot_failed", _("표결에서 부결되었습니다."), "proposal", Actor.SYSTEM, told=True),
    Word("ballot_voided", _("표결이 무효가 되었습니다."), "proposal", told=True),
    Word(
        "ballot_alarmed", _("투표함을 확인하는 데 문제가 있어 개표를 멈췄습니다."), "proposal", Actor.SYSTEM, told=True
    ),
    Word("ballot_key_destroyed", _("이의신청 기간이 지나 투표함과 열쇠를 없앴습니다."), "proposal", Actor.SYSTEM),
    # The answer
    Word("proposal_escalated", _("제안이 책임관에게 상정되었습니다."), "proposal", Actor.SYSTEM, told=True),
    Word("escalation_received", _("{actor} 님이 상정된 제안을 접수했습니다."), "proposal", told=True),
    Word("escalation_under_review", _("{actor} 님이 심사를 시작했습니다."), "proposal", told=True),
    Word("escalation_answered", _("{actor} 님이 답변을 공개했습니다."), "proposal", told=True),
    Word("escalation_overdue", _("답변 기한이 지났습니다."), "proposal", Actor.SYSTEM, told=True),
    Word("commitment_progressed", _("{actor} 님이 이행과제의 추진 상황을 알렸습니다."), "proposal", told=True),
    Word(
        "commitment_done",
        _("{actor} 님이 이행과제를 완료했다고 알렸습니다. 결과를 확인해 주세요."),
        "proposal",
        told=True,
    ),
    Word("commitment_confirmed", _("{actor} 님이 이행 결과를 확인했습니다."), "proposal", told=True),
    Word("commitment_disputed", _("{actor} 님이 이행 결과에 이의를 냈습니다."), "proposal", told=True),
    # The room
    Word("room_opened", _("{actor} 님이 토론방을 열었습니다."), "room"),
    Word("room_closed", _("{actor} 님이 토론방을 닫았습니다."), "room"),
    Word("message_posted", _("{actor} 님이 메시지를 썼습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_edited", _("{actor} 님이 메시지를 고쳤습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_deleted", _("{actor} 님이 메시지를 지웠습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_hidden", _("{actor} 님이 운영원칙에 따라 메시지를 가렸습니다."), "room", told=True, live=Live.ITEM),
]
