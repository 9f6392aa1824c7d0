"""Every verb of the boards with its sentence, its stream, what it keeps of the actor, and how pages hear of it."""

from django.utils.translation import gettext_lazy as _

from forum.events.vocabulary import Actor, Live, Word
from forum.notifications.kinds import REST, Always, Kind

WORDS = [
    # The board
    Word("board_founded", _("주니어보드가 만들어졌습니다."), "board"),
    Word("member_added", _("{actor} 님이 위원을 추가했습니다."), "board", told=True),
    Word("membership_changed", _("{actor} 님이 위원의 역할이나 임기를 바꿨습니다."), "board", told=True),
    Word("membership_ended", _("{actor} 님이 위원의 임기를 끝냈습니다."), "board", told=True),
    Word("member_invited", _("{actor} 님이 위원으로 초대했습니다."), "board"),
    Word("invitation_revoked", _("{actor} 님이 초대를 취소했습니다."), "board"),
    Word("invitation_accepted", _("{actor} 님이 초대를 받아들였습니다."), "board", told=True),
    Word("settings_changed", _("{actor} 님이 보드의 규칙을 바꿨습니다."), "board"),
    Word("addressee_named", _("{actor} 님이 가결된 제안에 답변할 직위를 정했습니다."), "board", told=True),
    Word("team_made", _("{actor} 님이 분임조를 만들었습니다."), "board"),
    Word("team_renamed", _("{actor} 님이 분임조의 이름을 바꿨습니다."), "board"),
    Word("team_reopened", _("{actor} 님이 마친 분임조를 다시 열었습니다."), "board"),
    Word("team_retired", _("{actor} 님이 분임조를 마쳤습니다."), "board"),
    # The proposal
    Word("proposal_opened", _("{actor} 님이 제안을 공개했습니다."), "proposal", told=True),
    Word("proposal_revised", _("{actor} 님이 제안을 고쳐 새 개정본을 냈습니다."), "proposal", told=True),
    Word("proposal_improved", _("{actor} 님이 부결된 제안을 보완해 다시 냈습니다."), "proposal", told=True),
    Word("proposal_withdrawn", _("{actor} 님이 제안을 철회했습니다."), "proposal", told=True),
    Word("proposal_hidden", _("운영자가 운영원칙에 따라 제안을 가렸습니다."), "proposal", told=True),
    Word("attachment_added", _("{actor} 님이 파일을 첨부했습니다."), "proposal"),
    Word("attachment_removed", _("{actor} 님이 첨부파일을 뺐습니다."), "proposal"),
    Word("threshold_met", _("공감이 기준에 이르러 곧 표결이 시작됩니다."), "proposal", Actor.SYSTEM, told=True),
    # The co-proposers
    Word(
        "co_proposer_invited",
        _("{actor} 님이 부제안자로 초대했습니다. 수락하거나 거절해 주세요."),
        "person",
        told=True,
        live=Live.NOTHING,
    ),
    Word(
        "co_proposer_accepted", _("{actor} 님이 부제안자 초대를 수락했습니다."), "person", told=True, live=Live.NOTHING
    ),
    Word(
        "co_proposer_declined", _("{actor} 님이 부제안자 초대를 거절했습니다."), "person", told=True, live=Live.NOTHING
    ),
    Word(
        "co_proposer_cancelled", _("{actor} 님이 부제안자 초대를 취소했습니다."), "person", told=True, live=Live.NOTHING
    ),
    Word(
        "co_proposer_lapsed",
        _("초대한 위원의 임기가 끝나 부제안자 초대가 닫혔습니다. 그 몫의 기여도를 다시 나눌 수 있습니다."),
        "person",
        Actor.SYSTEM,
        told=True,
        live=Live.NOTHING,
    ),
    Word(
        "co_proposer_left",
        _("{actor} 님이 공개하기 전에 부제안자를 그만두었습니다. 그 몫의 기여도를 다시 나눌 수 있습니다."),
        "person",
        told=True,
        live=Live.NOTHING,
    ),
    Word(
        "draft_discarded",
        _("{actor} 님이 함께 쓰거나 함께하자고 초대한 제안의 초안을 버렸습니다."),
        "person",
        told=True,
        live=Live.NOTHING,
        proof=False,
    ),
    Word("co_proposer_joined", _("{actor} 님이 부제안자로 함께하게 되었습니다."), "proposal"),
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
    Word("comment_hidden", _("운영자가 운영원칙에 따라 댓글을 가렸습니다."), "proposal", told=True, live=Live.ITEM),
    # The ballot
    Word("ballot_called", _("{actor} 님이 제안을 표결에 부쳤습니다."), "proposal", told=True),
    Word("ballot_opened", _("표결이 시작되었습니다."), "proposal", Actor.SYSTEM, told=True),
    Word("vote_cast", _("한 표가 접수되었습니다."), None, Actor.DROPPED, live=Live.NOTHING, proof=True),
    Word(
        "ballot_closing_soon",
        _("투표 마감 하루 전임을 선거인 모두에게 알렸습니다."),
        "proposal",
        Actor.SYSTEM,
        told=True,
    ),
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
    Word(
        "escalation_handed_over",
        _("답변할 자리를 맡은 사람이 바뀌었습니다. 답변 기한은 그대로입니다."),
        "proposal",
        Actor.SYSTEM,
        told=True,
    ),
    Word("escalation_received", _("{actor} 님이 상정된 제안을 접수했습니다."), "proposal", told=True),
    Word("escalation_under_review", _("{actor} 님이 심사를 시작했습니다."), "proposal", told=True),
    Word("escalation_answered", _("{actor} 님이 답변을 공개했습니다."), "proposal", told=True),
    Word("answer_due_soon", _("답변 기한이 다가옵니다. 기한 안에 답변해 주세요."), "proposal", Actor.SYSTEM, told=True),
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
    # The desk
    Word("desk_note_written", _("{actor} 님이 내부 메모를 남겼습니다."), "desk"),
    # The room
    Word("room_opened", _("{actor} 님이 토론방을 열었습니다."), "room"),
    Word("room_paused", _("{actor} 님이 토론방을 잠시 멈췄습니다."), "room"),
    Word("room_closed", _("{actor} 님이 토론방을 닫았습니다."), "room"),
    Word("message_posted", _("{actor} 님이 메시지를 썼습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_edited", _("{actor} 님이 메시지를 고쳤습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_deleted", _("{actor} 님이 메시지를 지웠습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_reacted", _("{actor} 님이 메시지에 반응했습니다."), "room", live=Live.ITEM, proof=False),
    Word("reaction_withdrawn", _("{actor} 님이 반응을 거두었습니다."), "room", live=Live.ITEM, proof=False),
    Word("message_hidden", _("운영자가 운영원칙에 따라 메시지를 가렸습니다."), "room", told=True, live=Live.ITEM),
    # Reports and measures; what names nobody on purpose keeps the actor for the audit alone
    Word("report_filed", _("글이 운영원칙에 어긋난다는 신고가 들어왔습니다."), "moderation", Actor.DROPPED, told=True),
    Word("report_upheld", _("신고하신 글을 운영원칙에 따라 가렸습니다."), "moderation", told=True),
    Word("report_dismissed", _("신고하신 글을 살펴보고 그대로 두기로 했습니다."), "moderation", told=True),
    Word(
        "report_set_aside",
        _("운영자가 신고 한 건을 살펴보고 글을 그대로 두기로 했습니다."),
        "board",
        Actor.DROPPED,
    ),
    Word("content_kept", _("쓰신 글에 들어온 신고를 살펴보고 그대로 두기로 했습니다."), "moderation", told=True),
    Word("proposal_restored", _("운영자가 가렸던 제안을 다시 보이게 했습니다."), "proposal", told=True),
    Word("comment_restored", _("운영자가 가렸던 댓글을 다시 보이게 했습니다."), "proposal", told=True, live=Live.ITEM),
    Word("message_restored", _("운영자가 가렸던 메시지를 다시 보이게 했습니다."), "room", told=True, live=Live.ITEM),
]

# What people may switch off, for those who need not know of it.
KINDS = [
    Kind(
        "proposals",
        _("새 제안, 개정과 보완과 철회, 표결에 부친 일"),
        (
            "proposal_opened",
            "proposal_revised",
            "proposal_improved",
            "proposal_withdrawn",
            "threshold_met",
            "ballot_called",
        ),
    ),
    Kind(
        "comments",
        _("내 제안의 댓글, 내 댓글의 답글, 나를 언급한 댓글"),
        ("comment_posted", "people_mentioned"),
    ),
    Kind(
        "sharing",
        _("부제안자 초대와 그 대답"),
        (
            "co_proposer_invited",
            "co_proposer_accepted",
            "co_proposer_declined",
            "co_proposer_cancelled",
            "co_proposer_lapsed",
            "co_proposer_left",
            "draft_discarded",
        ),
    ),
    Kind(
        "ballots",
        _("표결의 시작과 마감 하루 전, 결과"),
        ("ballot_opened", "ballot_closing_soon", "ballot_passed", "ballot_failed", "ballot_voided"),
    ),
    Kind(
        "progress",
        _("내 제안의 상정, 담당자 변경, 접수, 심사"),
        ("proposal_escalated", "escalation_handed_over", "escalation_received", "escalation_under_review"),
    ),
    Kind("answers", _("보드의 다른 제안에 나온 답변"), ("escalation_answered",)),
    Kind(
        "commitments",
        _("이행과제의 추진 상황과 제안자의 확인"),
        ("commitment_progressed", "commitment_confirmed"),
    ),
    Kind(REST, _("그 밖의 소식")),
]

ALWAYS = [
    Always(
        _("내가 답변할 제안과 그 기한"),
        _("책임관이 모르고 지나가면 제안이 답을 받지 못합니다. 책임관 자리가 비어 있으면 운영자에게 알립니다."),
    ),
    Always(_("내 제안에 대한 답변과 답변 기한의 초과"), _("제안한 사람이 가장 먼저 알아야 합니다.")),
    Always(_("이행 완료의 확인 요청과 이의"), _("제안자가 확인하거나 책임관이 다시 추진해야 절차가 이어집니다.")),
    Always(_("내 글을 가린 조치"), _("글이 가려진 사람은 어떤 운영원칙과 이유 때문인지 알아야 합니다.")),
    Always(
        _("내가 심사할 신고와 내가 한 신고의 결과"),
        _("신고를 받은 글은 기다리지 않고 살펴야 하고, 신고한 사람은 결과를 알아야 합니다."),
    ),
    Always(_("내 임기와 역할의 변경"), _("할 수 있는 일이 달라지므로 본인이 알아야 합니다.")),
    Always(_("투표함의 이상"), _("운영자가 살펴보지 않으면 개표가 멈춰 있습니다.")),
]
