"""The words of titles (四强党支部) that are stored: states, steps, parties, the four strengths (domain 1.1, 17)."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare

FOUR_STRONG = "四强党支部"
"""The title as it is stored, and the only one so far."""


class TitleState(StrEnum):
    """Where a branch stands on its way to a title; the last two lie beside the way."""

    NONE = "none"
    APPLIED = "applied"
    QUALIFIED = "qualified"
    SELF_MARKED = "self_marked"
    PEER_MARKED = "peer_marked"
    UPPER_MARKED = "upper_marked"
    DECIDED = "decided"
    PUBLICISED = "publicised"
    GRANTED = "granted"
    DECLINED = "declined"
    REVOKED = "revoked"


class TitleStep(StrEnum):
    """What moves a title on."""

    APPLY = "apply"
    QUALIFY = "qualify"
    SELF = "self"
    PEERS = "peers"
    UPPER = "upper"
    DECIDE = "decide"
    PUBLICISE = "publicise"
    GRANT = "grant"
    RECHECK = "recheck"
    DECLINE = "decline"
    REVOKE = "revoke"


class TitleParty(StrEnum):
    """Who gives marks."""

    SELF = "self"
    PEERS = "peers"
    UPPER = "upper"


class Strength(StrEnum):
    """The four strengths, in the order of the form."""

    POLITICS = "politics"
    COMMITTEE = "committee"
    MEMBERS = "members"
    EFFECT = "effect"


class TitleFact(StrEnum):
    """What a branch has to meet before it is marked (标准化规范化达标)."""

    GRADE = "grade"
    RED_LINES = "red_lines"
    CARDS = "cards"
    FINDINGS = "findings"


PARTY_OF = {TitleStep.SELF: TitleParty.SELF, TitleStep.PEERS: TitleParty.PEERS, TitleStep.UPPER: TitleParty.UPPER}
"""Steps that give marks, and whose they are."""

declare(
    (TitleState.NONE, N_("未申报")),
    (TitleState.APPLIED, N_("已申报")),
    (TitleState.QUALIFIED, N_("条件已核")),
    (TitleState.SELF_MARKED, N_("已自评")),
    (TitleState.PEER_MARKED, N_("已互评")),
    (TitleState.UPPER_MARKED, N_("已考评")),
    (TitleState.DECIDED, N_("拟授予")),
    (TitleState.PUBLICISED, N_("授予公示中")),
    (TitleState.GRANTED, N_("已授予")),
    (TitleState.DECLINED, N_("不予授予")),
    (TitleState.REVOKED, N_("已撤销称号")),
    (TitleStep.APPLY, N_("申报")),
    (TitleStep.QUALIFY, N_("条件核查")),
    (TitleStep.SELF, N_("自评")),
    (TitleStep.PEERS, N_("互评")),
    (TitleStep.UPPER, N_("上级考评")),
    (TitleStep.DECIDE, N_("评定")),
    (TitleStep.PUBLICISE, N_("公示")),
    (TitleStep.GRANT, N_("授予")),
    (TitleStep.RECHECK, N_("复核")),
    (TitleStep.DECLINE, N_("评定不予授予")),
    (TitleStep.REVOKE, N_("撤销称号")),
    (TitleParty.SELF, N_("自评")),
    (TitleParty.PEERS, N_("互评")),
    (TitleParty.UPPER, N_("上级考评")),
    (Strength.POLITICS, N_("政治功能强")),
    (Strength.COMMITTEE, N_("支部班子强")),
    (Strength.MEMBERS, N_("党员队伍强")),
    (Strength.EFFECT, N_("作用发挥强")),
    (TitleFact.GRADE, N_("年度等次")),
    (TitleFact.RED_LINES, N_("红线事项")),
    (TitleFact.CARDS, N_("红牌")),
    (TitleFact.FINDINGS, N_("整改事项")),
)
