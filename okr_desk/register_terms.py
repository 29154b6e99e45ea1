"""The words of four small registers that are stored: projects, demands, vanguard posts, partners."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class NodeState(StrEnum):
    """How a project node stands on a day; never stored, always judged from its dates."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    OVERDUE = "overdue"
    COMING = "coming"


class NodeStepKind(StrEnum):
    """What is said of a node: it was done, or its planned date was moved."""

    DONE = "done"
    PLANNED = "planned"


class DemandSource(StrEnum):
    """Where a demand was heard (domain 4.1)."""

    VISIT = "visit"
    HOTLINE = "hotline"
    COUNCIL = "council"
    GRID = "grid"
    RECEPTION = "reception"


class DemandState(StrEnum):
    """Where a demand stands on its way to the resident's own confirmation."""

    REGISTERED = "registered"
    HANDLING = "handling"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    DECLINED = "declined"
    CANNOT = "cannot"


class DemandAction(StrEnum):
    """What moves a demand on; a postponement leaves it where it stands and moves its promised day."""

    START = "start"
    FINISH = "finish"
    SATISFIED = "satisfied"
    NOT_ACCEPTED = "not_accepted"
    DECLINED = "declined"
    CANNOT = "cannot"
    RESUME = "resume"
    POSTPONE = "postpone"


class ConfirmedBy(StrEnum):
    """How the resident said so."""

    SIGNED = "signed"
    PHONE = "phone"
    IN_PERSON = "in_person"


class PostResult(StrEnum):
    """What a quarter's check of a vanguard post found."""

    MET = "met"
    BASIC = "basic"
    MISSED = "missed"


class PartnerRole(StrEnum):
    """The parts of 1＋3＋N: one that leads, three backbone units, any number that take part."""

    LEAD = "lead"
    BACKBONE = "backbone"
    MEMBER = "member"


class PartnerList(StrEnum):
    """The three lists of co-building (domain 10 row 26)."""

    NEED = "need"
    RESOURCE = "resource"
    PROJECT = "project"


declare(
    (NodeState.DONE, N_("已完成")),
    (NodeState.LATE, N_("逾期完成")),
    (NodeState.SOON, N_("临近到期")),
    (NodeState.OVERDUE, N_("已逾期")),
    (NodeState.COMING, N_("未到期")),
    (NodeStepKind.DONE, N_("完成")),
    (NodeStepKind.PLANNED, N_("调整计划")),
    (DemandSource.VISIT, N_("走访")),
    (DemandSource.HOTLINE, N_("12345热线")),
    (DemandSource.COUNCIL, N_("议事会")),
    (DemandSource.GRID, N_("网格")),
    (DemandSource.RECEPTION, N_("接待")),
    (DemandState.REGISTERED, N_("登记")),
    (DemandState.HANDLING, N_("办理中")),
    (DemandState.AWAITING, N_("办结待确认")),
    (DemandState.CONFIRMED, N_("群众已确认")),
    (DemandState.RETURNED, N_("不认可退回办理")),
    (DemandState.DECLINED, N_("群众未表态")),
    (DemandState.CANNOT, N_("无法办理已说明")),
    (DemandAction.START, N_("开始办理")),
    (DemandAction.FINISH, N_("办结")),
    (DemandAction.SATISFIED, N_("群众满意")),
    (DemandAction.NOT_ACCEPTED, N_("群众不认可")),
    (DemandAction.DECLINED, N_("群众不表态")),
    (DemandAction.CANNOT, N_("无法办理")),
    (DemandAction.RESUME, N_("恢复办理")),
    (DemandAction.POSTPONE, N_("延期")),
    (ConfirmedBy.SIGNED, N_("签认")),
    (ConfirmedBy.PHONE, N_("电话")),
    (ConfirmedBy.IN_PERSON, N_("当面")),
    (PostResult.MET, N_("达标")),
    (PostResult.BASIC, N_("基本达标")),
    (PostResult.MISSED, N_("不达标")),
    (PartnerRole.LEAD, N_("1 牵头单位")),
    (PartnerRole.BACKBONE, N_("3 骨干单位")),
    (PartnerRole.MEMBER, N_("N 参与单位")),
    (PartnerList.NEED, N_("需求")),
    (PartnerList.RESOURCE, N_("资源")),
    (PartnerList.PROJECT, N_("项目")),
)
