"""The words of Party organisational life that are stored: kinds of meetings, and what the branch's ledger counts."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class DutyKind(StrEnum):
    """A kind of meeting that is owed; one event may carry several, each counted once (domain 2)."""

    ASSEMBLY = "assembly"
    COMMITTEE = "committee"
    GROUP = "group"
    LESSON = "lesson"
    PARTY_DAY = "party_day"
    LIFE = "life"
    REVIEW = "review"


QUARTERLY = (DutyKind.ASSEMBLY, DutyKind.COMMITTEE, DutyKind.GROUP, DutyKind.LESSON, DutyKind.PARTY_DAY)
"""Kinds that are owed each quarter; the others once a year."""

ATTENDED = (DutyKind.ASSEMBLY, DutyKind.LESSON, DutyKind.PARTY_DAY)
"""Kinds that all members should attend: what the attendance rate counts."""


class RegisterKind(StrEnum):
    """What the ledger counts as done of due in a period (domain 1.4: B09, B12, B13, B14, B16, B17, B19)."""

    FEES = "fees"
    MEMBER_HOURS = "member_hours"
    COMMITTEE_HOURS = "committee_hours"
    TALKS = "talks"
    FLOATING = "floating"
    OPENNESS = "openness"
    ELECTION = "election"


class DutyLight(StrEnum):
    """How a duty stands: done, in time, behind what the months that have passed owe, or nothing owed."""

    DONE = "done"
    ON_TIME = "on_time"
    BEHIND = "behind"
    NONE = "none"
    UNKNOWN = "unknown"


class ElectionState(StrEnum):
    """Where a term stands: far from its end, within the months of preparation, past its end, or not known."""

    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


declare(
    (DutyKind.ASSEMBLY, N_("党员大会")),
    (DutyKind.COMMITTEE, N_("支委会")),
    (DutyKind.GROUP, N_("党小组会")),
    (DutyKind.LESSON, N_("党课")),
    (DutyKind.PARTY_DAY, N_("主题党日")),
    (DutyKind.LIFE, N_("组织生活会")),
    (DutyKind.REVIEW, N_("民主评议党员")),
    (RegisterKind.FEES, N_("党费收缴")),
    (RegisterKind.MEMBER_HOURS, N_("党员学时")),
    (RegisterKind.COMMITTEE_HOURS, N_("书记班子学时")),
    (RegisterKind.TALKS, N_("谈心谈话")),
    (RegisterKind.FLOATING, N_("流动党员联系")),
    (RegisterKind.OPENNESS, N_("党务公开")),
    (RegisterKind.ELECTION, N_("按期换届")),
    (DutyLight.DONE, N_("已完成")),
    (DutyLight.ON_TIME, N_("进行中")),
    (DutyLight.BEHIND, N_("有逾期")),
    (DutyLight.NONE, N_("不涉及")),
    (DutyLight.UNKNOWN, N_("缺党员数")),
    (ElectionState.RUNNING, N_("任期内")),
    (ElectionState.NEAR, N_("临近届满")),
    (ElectionState.OVERDUE, N_("已届满")),
    (ElectionState.UNKNOWN, N_("未登记")),
)
