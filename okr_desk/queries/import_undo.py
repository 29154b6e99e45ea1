"""Whether an import can still be taken back whole: asked before it is offered, and again before it is done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import (
    Adjustment,
    Baseline,
    CheckIn,
    Department,
    DutyRegister,
    Evidence,
    Household,
    HouseholdLink,
    HouseholdRating,
    HouseholdVisit,
    KeyResult,
    MeasuredValue,
    Meeting,
    Member,
    MemberPoint,
    MemberReview,
    Narrative,
    NotApplicable,
    Objective,
    Org,
    OrgSuccession,
    OrgVersion,
    PointEvent,
    RedLineEntry,
    Reopening,
    Reporter,
    RoleGrant,
    ServiceHours,
    Target,
    Whistle,
    WhistleMove,
    WhistleRating,
)
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import appraisal_lines, demand_lines

_STANDS_ON: tuple[tuple[Any, Any, Any], ...] = (
    (CheckIn, CheckIn.key_result_id, KeyResult),
    (Adjustment, Adjustment.key_result_id, KeyResult),
    (KeyResult, KeyResult.objective_id, Objective),
    (Objective, Objective.aligned_to_id, Objective),
    (Adjustment, Adjustment.objective_id, Objective),
    (Evidence, Evidence.checkin_id, CheckIn),
    (Objective, Objective.org_id, Org),
    (Baseline, Baseline.org_id, Org),
    (Target, Target.org_id, Org),
    (MeasuredValue, MeasuredValue.org_id, Org),
    (Meeting, Meeting.org_id, Org),
    (Meeting, Meeting.corrects_id, Meeting),
    (DutyRegister, DutyRegister.org_id, Org),
    (MemberReview, MemberReview.org_id, Org),
    (NotApplicable, NotApplicable.org_id, Org),
    (Narrative, Narrative.org_id, Org),
    (Reopening, Reopening.org_id, Org),
    (RoleGrant, RoleGrant.org_id, Org),
    (Adjustment, Adjustment.org_id, Org),
    (PointEvent, PointEvent.org_id, Org),
    (RedLineEntry, RedLineEntry.org_id, Org),
    (WhistleMove, WhistleMove.whistle_id, Whistle),
    (WhistleRating, WhistleRating.whistle_id, Whistle),
    (Whistle, Whistle.again_of_id, Whistle),
    (Whistle, Whistle.org_id, Org),
    (Department, Department.org_id, Org),
    (Member, Member.org_id, Org),
    (MemberPoint, MemberPoint.member_id, Member),
    (HouseholdLink, HouseholdLink.member_id, Member),
    (HouseholdVisit, HouseholdVisit.member_id, Member),
    (HouseholdRating, HouseholdRating.member_id, Member),
    (ServiceHours, ServiceHours.member_id, Member),
    (Reporter, Reporter.org_id, Org),
    (Household, Household.org_id, Org),
    (OrgSuccession, OrgSuccession.predecessor_id, Org),
    (OrgSuccession, OrgSuccession.successor_id, Org),
)
"""What may point at rows of an import: table, its column, and the table of the import that it points at."""


def obstacle(session: Reader, batch_id: int, at: datetime) -> str:
    """What stands in the way of taking back the import of `at`, in one sentence; empty where nothing does."""
    if local(at).date() != today(session):
        return _("只能在导入当天撤消。以后有错请逐项更正，更正会留痕。")
    is_used = (
        _has_foreign_child(session, batch_id)
        or demand_lines.is_built_upon(session, batch_id)
        or appraisal_lines.is_built_upon(session, batch_id, at)
    )
    if is_used or any(_points(session, batch_id, *one) for one in _STANDS_ON):
        return _("导入之后已有新的填报或设置用到这些数据，不能整批撤消，请逐项更正。")
    return ""


def _points(session: Reader, batch_id: int, table: Any, column: Any, at: Any) -> bool:
    """Whether a row from elsewhere points at a row of the import."""
    found = select(table.id).where(column.in_(select(at.id).where(at.batch_id == batch_id)))
    if hasattr(table, "batch_id"):
        found = found.where(or_(table.batch_id.is_(None), table.batch_id != batch_id))
    return session.execute(found.limit(1)).first() is not None


def _has_foreign_child(session: Reader, batch_id: int) -> bool:
    """Whether an organisation from elsewhere was put below one of the import."""
    mine = select(Org.id).where(Org.batch_id == batch_id)
    found = select(OrgVersion.id).where(OrgVersion.parent_id.in_(mine), OrgVersion.org_id.not_in(mine))
    return session.execute(found.limit(1)).first() is not None
