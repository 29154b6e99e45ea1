"""The words of appraisals that are stored: kinds, voters, items, levels (domain 0 fact 26, 1.1 scheme 18, 5.5)."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class AppraisalKind(StrEnum):
    """Who is voted on: secretaries of branches, or the members of one branch."""

    SECRETARIES = "secretaries"
    MEMBERS = "members"


class AppraisalState(StrEnum):
    """Counts are entered and grades decided while it is open; closed it stands."""

    OPEN = "open"
    CLOSED = "closed"


class Voter(StrEnum):
    """The class of a voter, all that a ballot says of who filled it in."""

    LEADERS = "leaders"
    PEERS = "peers"
    MEMBERS = "members"
    MASS = "mass"


class AppraisalItem(StrEnum):
    """What is voted on, in the order of the ballots; `OVERALL` ends both."""

    POLITICS = "politics"
    COMMITTEE = "committee"
    PARTY_LIFE = "party_life"
    SERVICE = "service"
    CONDUCT = "conduct"
    IDEALS = "ideals"
    DISCIPLINE = "discipline"
    INTEGRITY = "integrity"
    PEOPLE = "people"
    EXAMPLE = "example"
    OVERALL = "overall"


class Level(StrEnum):
    """The answers; four for secretaries, four for members, the best first."""

    GOOD = "good"
    FAIRLY = "fairly"
    FAIR = "fair"
    POOR = "poor"
    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASICALLY = "basically"
    UNQUALIFIED = "unqualified"


_I, _L = AppraisalItem, Level
ITEMS = {
    AppraisalKind.SECRETARIES: (_I.POLITICS, _I.COMMITTEE, _I.PARTY_LIFE, _I.SERVICE, _I.CONDUCT, _I.OVERALL),
    AppraisalKind.MEMBERS: (_I.IDEALS, _I.DISCIPLINE, _I.INTEGRITY, _I.PEOPLE, _I.EXAMPLE, _I.OVERALL),
}
"""The items of each ballot, in its order."""
LEVELS = {
    AppraisalKind.SECRETARIES: (_L.GOOD, _L.FAIRLY, _L.FAIR, _L.POOR),
    AppraisalKind.MEMBERS: (_L.EXCELLENT, _L.QUALIFIED, _L.BASICALLY, _L.UNQUALIFIED),
}
"""The levels of each ballot, the best first; grades are taken from them too."""
VOTERS = {AppraisalKind.SECRETARIES: tuple(Voter), AppraisalKind.MEMBERS: (Voter.MEMBERS,)}
"""Who votes; in a branch its members."""
SECRETARY = "支部书记"
"""The post of a secretary, as it is stored."""
PROBATIONARY = ("预备", "probationary")
"""What stands behind a name in a list that is typed: takes part and gets no grade."""
SITUATIONS = (
    N_("理想信念动摇"),
    N_("不按规定参加组织生活"),
    N_("不按规定交纳党费"),
    N_("不完成党组织分配的任务"),
    N_("参与封建迷信或非法宗教活动"),
    N_("违反规定参与信访、诉讼"),
    N_("道德失范、失信"),
    N_("工作不在状态、推诿扯皮"),
    N_("脱离群众、与民争利"),
    N_("受到处理、处分"),
)
"""The ten situations of the members' ballot (domain 5.5), by the number that is written beside a name."""

declare(
    (AppraisalKind.SECRETARIES, N_("述职评议")),
    (AppraisalKind.MEMBERS, N_("民主评议")),
    (AppraisalState.OPEN, N_("计票中")),
    (AppraisalState.CLOSED, N_("等次已定")),
    (Voter.LEADERS, N_("领导")),
    (Voter.PEERS, N_("同级")),
    (Voter.MEMBERS, N_("党员")),
    (Voter.MASS, N_("群众")),
    (AppraisalItem.POLITICS, N_("政治建设")),
    (AppraisalItem.COMMITTEE, N_("班子与责任落实")),
    (AppraisalItem.PARTY_LIFE, N_("组织生活与党员管理")),
    (AppraisalItem.SERVICE, N_("服务群众与中心工作")),
    (AppraisalItem.CONDUCT, N_("作风廉洁")),
    (AppraisalItem.IDEALS, N_("理想信念")),
    (AppraisalItem.DISCIPLINE, N_("组织纪律")),
    (AppraisalItem.INTEGRITY, N_("廉洁自律")),
    (AppraisalItem.PEOPLE, N_("联系群众")),
    (AppraisalItem.EXAMPLE, N_("模范作用")),
    (AppraisalItem.OVERALL, N_("总体评价")),
    (Level.GOOD, N_("好")),
    (Level.FAIRLY, N_("较好")),
    (Level.FAIR, N_("一般")),
    (Level.POOR, N_("差")),
    (Level.EXCELLENT, N_("优秀")),
    (Level.QUALIFIED, N_("合格")),
    (Level.BASICALLY, N_("基本合格")),
    (Level.UNQUALIFIED, N_("不合格")),
)
