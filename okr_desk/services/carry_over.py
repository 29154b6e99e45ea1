"""Last year's objectives as drafts of a new year: an offer to start from, never a carry-over without a look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from okr_desk.errors import WrongState
from okr_desk.i18n import _
from okr_desk.model.tables import (
    CheckIn,
    CheckInNode,
    KeyResult,
    KeyResultPlan,
    MilestoneNode,
    Objective,
    Quarter,
)
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits
from okr_desk.services.objectives import CHANGED, key_results_of
from okr_desk.services.outcome import Outcome
from okr_desk.terms import ApprovalState, KrKind

_LIVING = (ApprovalState.APPROVED, ApprovalState.SUBMITTED)


def copy_from(session: Session, actor: Actor, org_id: int, from_year: int, to_year: int) -> Outcome[tuple[int, ...]]:
    """Copy an organisation's objectives of one year into another as drafts.

    Baselines become last year's final values with date and source filled in; plans, which were last year's, and
    what was stopped, and milestones, yes/no and baselines that are finished, stay behind. Targets are kept
    to be looked at: the check before submitting refuses those that are reached already.
    """
    permits.require(session, actor, Action.EDIT_OBJECTIVES, org_id)
    official.year_state(session, to_year)
    if _objectives(session, org_id, to_year):
        raise WrongState(_("{year}年度已有目标，不能再整体复制。可以逐项新增。").format(year=to_year))
    sources = [row for row in _objectives(session, org_id, from_year) if row.state in _LIVING]
    if not sources:
        raise WrongState(_("{year}年度没有可复制的目标。").format(year=from_year))
    found, gaps = [], []
    for source in sources:
        above_id = _same_above(session, source.aligned_to_id, to_year)
        row = objective_like(
            session, source, org_id, to_year, code=source.code, state=ApprovalState.DRAFT.value, aligned_to_id=above_id
        )
        found.append(row.key)
        for key_result in key_results_of(session, source.key):
            if key_result.state in _LIVING:
                gaps += _copy_key_result(session, key_result, row, from_year)
    session.flush()
    notices = (_("请核对：{codes} 没有取到上年末数值，基线仍是原来的。").format(codes="、".join(gaps)),) if gaps else ()
    return Outcome(tuple(found), CHANGED, notices)


def objective_like(session: Session, source: Objective, org_id: int, year: int, **stated: Any) -> Objective:
    """A copy of an objective for another year or organisation; `stated` are its code, state, alignment, approval."""
    kept = source.model_dump(include={"title", "search_keys", "weight", "leader"})
    row = Objective(**kept, org_id=org_id, year=year, **stated)
    session.add(row)
    session.flush()
    return row


def key_result_like(session: Session, source: KeyResult, under: Objective, **stated: Any) -> KeyResult:
    """A copy of a key result with its nodes, without plan; `stated` takes the place of what the source says.

    What was accepted once is not judged anew: an imported line may be one that a form would refuse today.
    """
    own = {"id", "uid", "objective_id", "state", "state_reason", "counts_from", "stopped_on", "batch_id"}
    row = KeyResult(**(source.model_dump(exclude=own) | stated), objective_id=under.key)
    session.add(row)
    session.flush()
    for node in session.exec(select(MilestoneNode).where(MilestoneNode.key_result_id == source.key)):
        session.add(MilestoneNode(key_result_id=row.key, position=node.position, name=node.name, weight=node.weight))
    return row


def _copy_key_result(session: Session, source: KeyResult, under: Objective, from_year: int) -> list[str]:
    """Add the copy; gives the code back when a metric's final value was not found."""
    final = _final(session, source, from_year)
    if final is not None and _is_finished(session, source, final):
        return []
    has_line = source.indicator_id is None and source.kind in (KrKind.METRIC, KrKind.SATISFACTION)
    line: dict[str, Any] = {}
    if has_line and final is not None and final.value is not None:
        said = _("{year}年末实绩").format(year=from_year)
        line = {"baseline": final.value, "baseline_on": final.as_of, "baseline_source": said}
    row = key_result_like(session, source, under, state=ApprovalState.DRAFT.value, **line)
    if source.kind == KrKind.YES_NO:
        session.add(KeyResultPlan(key_result_id=row.key, quarter=4, value=Decimal(1)))
    return [row.code] if has_line and final is None else []


def _is_finished(session: Session, source: KeyResult, final: CheckIn) -> bool:
    if source.kind == KrKind.MILESTONE:
        nodes = session.exec(select(MilestoneNode.id).where(MilestoneNode.key_result_id == source.key)).all()
        done = session.exec(select(CheckInNode.node_id).where(CheckInNode.checkin_id == final.key)).all()
        return set(nodes) == set(done)
    if source.kind == KrKind.YES_NO:
        return bool(final.done)
    return source.kind == KrKind.ESTABLISH_BASELINE and final.value is not None


def _final(session: Session, source: KeyResult, year: int) -> CheckIn | None:
    """The statement that stands for the last quarter of the year."""
    return session.exec(
        select(CheckIn)
        .join(Quarter, col(Quarter.id) == CheckIn.quarter_id)
        .where(
            CheckIn.key_result_id == source.key,
            Quarter.starts_on == date(year, 10, 1),
            col(CheckIn.superseded_at).is_(None),
            ~col(CheckIn.withdrawn),
        )
        .order_by(col(CheckIn.id).desc())
    ).first()


def _same_above(session: Session, aligned_to_id: int | None, year: int) -> int | None:
    above = session.get(Objective, aligned_to_id) if aligned_to_id else None
    if above is None:
        return None
    return session.exec(
        select(Objective.id).where(
            Objective.org_id == above.org_id, Objective.year == year, Objective.code == above.code
        )
    ).first()


def _objectives(session: Session, org_id: int, year: int) -> list[Objective]:
    return list(
        session.exec(
            select(Objective).where(Objective.org_id == org_id, Objective.year == year).order_by(col(Objective.code))
        )
    )
