"""The words of the review that are stored: states, steps, parties, outcomes, publications (domain 5.1, 5.2)."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class ReviewState(StrEnum):
    """Where the review of a branch-quarter stands, in the order of the way (design 8)."""

    DRAFTING = "drafting"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    OPINED = "opined"
    CHECKED = "checked"
    DELIVERED = "delivered"
    OBJECTED = "objected"
    RECHECKED = "rechecked"
    AGREED = "agreed"
    DECIDED = "decided"
    PUBLICISED = "publicised"
    FINAL = "final"


class ReviewStep(StrEnum):
    """What moves a review on."""

    SUBMIT = "submit"
    RETURN = "return"
    OPINE = "opine"
    CHECK = "check"
    DELIVER = "deliver"
    AGREE = "agree"
    OBJECT = "object"
    RECHECK = "recheck"
    DECIDE = "decide"
    PUBLICISE = "publicise"
    FINALISE = "finalise"
    CORRECT = "correct"


class Party(StrEnum):
    """Whose score it is. The mass gives none of its own: theirs is the satisfaction that was measured."""

    SELF = "self"
    LEADER = "leader"
    OFFICE = "office"
    PEERS = "peers"
    MASS = "mass"


class ObjectionOutcome(StrEnum):
    """What was decided on an objection."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class PublicationKind(StrEnum):
    """What is published and therefore frozen, with a run of numbers of its own."""

    REVIEW = "review"
    BULLETIN = "bulletin"
    NOTICE = "notice"
    CARD = "card"
    SUMMARY = "summary"


class ReceiptWay(StrEnum):
    """How a document was handed over."""

    PAPER = "paper"
    SCREEN = "screen"
    CHAT = "chat"
    LEFT = "left"


IN_FORCE = (
    ReviewState.DELIVERED,
    ReviewState.OBJECTED,
    ReviewState.RECHECKED,
    ReviewState.AGREED,
    ReviewState.DECIDED,
    ReviewState.PUBLICISED,
    ReviewState.FINAL,
)
"""States in which a sheet has been published: what the branch was given is what is printed."""
SETTLED = (ReviewState.CHECKED, *IN_FORCE)
"""States in which silence has been judged: what was not reported is 0."""

declare(
    (ReviewState.DRAFTING, N_("待自评")),
    (ReviewState.RETURNED, N_("退回支部")),
    (ReviewState.SUBMITTED, N_("已报自评")),
    (ReviewState.OPINED, N_("待镇核定")),
    (ReviewState.CHECKED, N_("待送达")),
    (ReviewState.DELIVERED, N_("申辩期")),
    (ReviewState.OBJECTED, N_("申辩中")),
    (ReviewState.RECHECKED, N_("已复核")),
    (ReviewState.AGREED, N_("无异议")),
    (ReviewState.DECIDED, N_("待公示")),
    (ReviewState.PUBLICISED, N_("公示中")),
    (ReviewState.FINAL, N_("最终")),
    (ReviewStep.SUBMIT, N_("报送自评")),
    (ReviewStep.RETURN, N_("退回支部重报")),
    (ReviewStep.OPINE, N_("登记联系领导意见")),
    (ReviewStep.CHECK, N_("镇党建办核定")),
    (ReviewStep.DELIVER, N_("送达支部")),
    (ReviewStep.AGREE, N_("确认无异议")),
    (ReviewStep.OBJECT, N_("提出申辩")),
    (ReviewStep.RECHECK, N_("答复申辩")),
    (ReviewStep.DECIDE, N_("镇党委审定")),
    (ReviewStep.PUBLICISE, N_("开始公示")),
    (ReviewStep.FINALISE, N_("定为最终")),
    (ReviewStep.CORRECT, N_("更正并出新版")),
    (Party.SELF, N_("支部自评")),
    (Party.LEADER, N_("联系领导评分")),
    (Party.OFFICE, N_("镇核定")),
    (Party.PEERS, N_("支部互评")),
    (Party.MASS, N_("群众评价")),
    (ObjectionOutcome.UPHELD, N_("采纳")),
    (ObjectionOutcome.PARTLY, N_("部分采纳")),
    (ObjectionOutcome.DISMISSED, N_("不予采纳")),
    (PublicationKind.REVIEW, N_("评审")),
    (PublicationKind.BULLETIN, N_("通报")),
    (PublicationKind.NOTICE, N_("整改")),
    (PublicationKind.CARD, N_("红黄牌")),
    (PublicationKind.SUMMARY, N_("汇总")),
    (ReceiptWay.PAPER, N_("纸质签收")),
    (ReceiptWay.SCREEN, N_("本机签收")),
    (ReceiptWay.CHAT, N_("微信回执")),
    (ReceiptWay.LEFT, N_("留置送达")),
)
