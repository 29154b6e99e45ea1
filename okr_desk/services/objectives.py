"""Objectives and key results while the branch draws them up; what is approved changes by `services.adjustments`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlmodel import Session, col, func, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import (
    CheckIn,
    CheckInNode,
    Indicator,
    KeyResult,
    KeyResultPlan,
    MilestoneNode,
    Objective,
    Org,
)
from okr_desk.queries import org_lines
from okr_desk.rules.objectives import (
    KeyResultDraft,
    ObjectiveDraft,
    check_editable,
    check_key_result,
    check_objective,
    weight_notice,
)
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits
from okr_desk.services.library import newest
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import ApprovalState, KrKind

CHANGED = changed(Topic.OBJECTIVES)


def create(session: Session, actor: Actor, draft: ObjectiveDraft, batch_id: int | None = None) -> Outcome[int]:
    """Draw up an objective. Raises InputRefused for a code that is taken or an alignment that does not lead up."""
    permits.require(session, actor, Action.EDIT_OBJECTIVES, draft.org_id)
    row = new_objective(session, draft, ApprovalState.DRAFT, batch_id)
    return Outcome(row.key, CHANGED, objective_notices(session, row))


def revise(session: Session, actor: Actor, objective_id: int, draft: ObjectiveDraft) -> Outcome[int]:
    """Change an objective that is still being drawn up."""
    row = objective_row(session, objective_id)
    permits.require(session, actor, Action.EDIT_OBJECTIVES, row.org_id)
    check_editable(ApprovalState(row.state), row.code)
    write_objective(session, row, draft)
    return Outcome(row.key, CHANGED, objective_notices(session, row))


def remove(session: Session, actor: Actor, objective_id: int) -> Outcome[int]:
    """Take away a draft objective with its key results; the trail keeps them."""
    row = objective_row(session, objective_id)
    permits.require(session, actor, Action.EDIT_OBJECTIVES, row.org_id)
    check_editable(ApprovalState(row.state), row.code)
    aligned = session.exec(select(func.count(col(Objective.id))).where(Objective.aligned_to_id == row.key)).one()
    if aligned:
        raise WrongState(_("有 {n} 个下级目标对应“{code}”，请先改它们的对应关系。").format(n=aligned, code=row.code))
    for key_result in key_results_of(session, row.key):
        _delete(session, key_result)
    session.flush()
    session.delete(row)
    session.flush()
    return Outcome(objective_id, CHANGED)


def create_key_result(
    session: Session, actor: Actor, objective_id: int, draft: KeyResultDraft, batch_id: int | None = None
) -> Outcome[int]:
    """Add a key result to an objective that is being drawn up. A linked one takes unit and line of its indicator."""
    objective = objective_row(session, objective_id)
    permits.require(session, actor, Action.EDIT_OBJECTIVES, objective.org_id)
    check_editable(ApprovalState(objective.state), objective.code)
    row = new_key_result(session, objective, draft, ApprovalState.DRAFT, batch_id)
    return Outcome(row.key, CHANGED, key_result_notices(session, objective))


def revise_key_result(session: Session, actor: Actor, key_result_id: int, draft: KeyResultDraft) -> Outcome[int]:
    """Change a key result that is still being drawn up."""
    row, objective = _editable(session, actor, key_result_id)
    write_key_result(session, row, objective, draft)
    return Outcome(row.key, CHANGED, key_result_notices(session, objective))


def remove_key_result(session: Session, actor: Actor, key_result_id: int) -> Outcome[int]:
    """Take away a draft key result; the trail keeps it."""
    row, objective = _editable(session, actor, key_result_id)
    _delete(session, row)
    session.flush()
    return Outcome(key_result_id, CHANGED, key_result_notices(session, objective))


def move_key_result(session: Session, actor: Actor, key_result_id: int, objective_id: int) -> Outcome[int]:
    """Put a draft key result under another draft objective of the same organisation and year."""
    row, objective = _editable(session, actor, key_result_id)
    other = objective_row(session, objective_id)
    check_editable(ApprovalState(other.state), other.code)
    if other.key == objective.key:
        return Outcome(row.key, Changes())
    put_under(session, row, objective, other)
    return Outcome(row.key, CHANGED, key_result_notices(session, other))


def objective_row(session: Session, objective_id: int) -> Objective:
    """The row of an objective; raises WrongState when it is gone."""
    row = session.get(Objective, objective_id)
    if row is None:
        raise WrongState(_("这个目标已不存在，请刷新后再试。"))
    return row


def key_result_row(session: Session, key_result_id: int) -> tuple[KeyResult, Objective]:
    """The row of a key result with its objective's; raises WrongState when it is gone."""
    row = session.get(KeyResult, key_result_id)
    if row is None:
        raise WrongState(_("这项关键结果已不存在，请刷新后再试。"))
    return row, objective_row(session, row.objective_id)


def key_results_of(session: Session, objective_id: int) -> list[KeyResult]:
    """The key results of an objective in their order."""
    return list(
        session.exec(
            select(KeyResult)
            .where(KeyResult.objective_id == objective_id)
            .order_by(col(KeyResult.position), col(KeyResult.code))
        )
    )


def new_objective(
    session: Session, draft: ObjectiveDraft, state: ApprovalState, batch_id: int | None = None
) -> Objective:
    """The row behind `create`, for callers that have asked for permission."""
    if session.get(Org, draft.org_id) is None:
        raise WrongState(_("这个党组织已不存在，请刷新后再试。"))
    row = Objective(
        org_id=draft.org_id, year=draft.year, code="", title="", weight=Decimal(0), state=state.value, batch_id=batch_id
    )
    write_objective(session, row, draft)
    return row


def write_objective(session: Session, row: Objective, draft: ObjectiveDraft) -> None:
    """Check a draft and put it into `row`; organisation and year of an objective never change."""
    check_objective(draft)
    if (draft.org_id, draft.year) != (row.org_id, row.year):
        raise InputRefused(_("目标所属的支部和年度不能改，请在那边另建目标。"), "org_id")
    official.year_state(session, draft.year)
    code = draft.code.strip()
    with session.no_autoflush:
        taken = session.exec(
            select(Objective.id).where(
                Objective.org_id == row.org_id, Objective.year == row.year, Objective.code == code
            )
        ).first()
    if taken is not None and taken != row.id:
        raise InputRefused(_("本年度已有编号为“{code}”的目标，请换一个编号。").format(code=code), "code")
    if draft.aligned_to_id is not None and draft.aligned_to_id != row.aligned_to_id:
        check_alignment(session, draft)
    row.code, row.title = code, draft.title.strip()
    row.search_keys = pinyin.keys(row.title)
    row.weight, row.leader = draft.weight, draft.leader.strip()
    row.aligned_to_id = draft.aligned_to_id
    session.add(row)
    session.flush()


def check_alignment(session: Session, draft: ObjectiveDraft) -> None:
    """Only to an objective of an organisation above, in the same year: so alignment never runs in a circle."""
    above = session.get(Objective, draft.aligned_to_id)
    if above is None or above.state == ApprovalState.STOPPED:
        raise InputRefused(_("要对应的上级目标已不存在或已中止，请另选。"), "aligned_to_id")
    if above.year != draft.year:
        raise InputRefused(_("只能对应同一年度的上级目标，请另选。"), "aligned_to_id")
    if above.org_id not in org_lines.line(session, draft.org_id, today(session))[1:]:
        raise InputRefused(_("只能对应上级党组织的目标，请另选。"), "aligned_to_id")


def new_key_result(
    session: Session, objective: Objective, draft: KeyResultDraft, state: ApprovalState, batch_id: int | None = None
) -> KeyResult:
    """The row behind `create_key_result`, for callers that have asked for permission."""
    last = session.exec(select(func.max(KeyResult.position)).where(KeyResult.objective_id == objective.key)).one()
    row = KeyResult(
        objective_id=objective.key,
        code="",
        position=(last or 0) + 1,
        title="",
        kind=draft.kind.value,
        nature=draft.nature.value,
        dimension=draft.dimension.value,
        weight=draft.weight,
        state=state.value,
        batch_id=batch_id,
    )
    write_key_result(session, row, objective, draft)
    return row


def write_key_result(session: Session, row: KeyResult, objective: Objective, draft: KeyResultDraft) -> None:
    """Check a draft and put it into `row` with its plan and nodes."""
    official.year_state(session, objective.year)
    draft = _with_indicator(session, draft)
    check_key_result(draft, today(session))
    check_code_free(session, objective.key, draft.code.strip(), row.id)
    for name in _COPIED:
        setattr(row, name, getattr(draft, name))
    row.kind, row.nature, row.dimension = draft.kind.value, draft.nature.value, draft.dimension.value
    row.direction = draft.direction.value if draft.direction else ""
    row.code, row.title, row.unit = draft.code.strip(), draft.title.strip(), draft.unit.strip()
    row.baseline_source = draft.baseline_source.strip()
    row.search_keys = pinyin.keys(row.title)
    session.add(row)
    session.flush()
    _write_plan(session, row, draft)
    _write_nodes(session, row, draft)
    session.flush()


_COPIED = (
    "weight", "decimals", "indicator_id", "baseline", "baseline_on", "target", "upper", "slack", "inclusive",
)  # fmt: skip


def check_code_free(session: Session, objective_id: int, code: str, own_id: int | None) -> None:
    """Raise InputRefused for a code that another key result of the objective has."""
    with session.no_autoflush:
        taken = session.exec(
            select(KeyResult.id).where(KeyResult.objective_id == objective_id, KeyResult.code == code)
        ).first()
    if taken is not None and taken != own_id:
        raise InputRefused(_("这个目标下已有编号为“{code}”的关键结果，请换一个编号。").format(code=code), "code")


def put_under(session: Session, row: KeyResult, objective: Objective, other: Objective) -> None:
    """Hang a key result under another objective of the same organisation and year."""
    if (other.org_id, other.year) != (objective.org_id, objective.year):
        raise InputRefused(_("只能移到本支部同一年度的目标下。"), "objective_id")
    check_code_free(session, other.key, row.code, row.id)
    last = session.exec(select(func.max(KeyResult.position)).where(KeyResult.objective_id == other.key)).one()
    row.objective_id, row.position = other.key, (last or 0) + 1
    session.add(row)
    session.flush()


def objective_notices(session: Session, row: Objective) -> tuple[str, ...]:
    """The sentence on objectives' weights that do not sum to 100.

    In a plan that is in force what is not approved does not count; while one draws up more, it is named as included.
    """
    handed_over = select(KeyResult.objective_id).where(
        KeyResult.state == ApprovalState.APPROVED, col(KeyResult.stopped_on).is_not(None)
    )
    rows = session.exec(
        select(Objective).where(
            Objective.org_id == row.org_id,
            Objective.year == row.year,
            Objective.state != ApprovalState.STOPPED,
            col(Objective.id).not_in(handed_over),
        )
    ).all()
    counted = [other for other in rows if other.state == ApprovalState.APPROVED]
    if row.state in (ApprovalState.APPROVED, ApprovalState.STOPPED):
        return weight_notice(_("各目标"), [other.weight for other in counted])
    name = _("各目标（含未批准的）") if counted else _("各目标")
    return weight_notice(name, [other.weight for other in rows])


def key_result_notices(session: Session, objective: Objective) -> tuple[str, ...]:
    """The sentence on key results' weights within an objective that do not sum to 100."""
    rows = session.exec(
        select(KeyResult).where(KeyResult.objective_id == objective.key, KeyResult.state != ApprovalState.STOPPED)
    ).all()
    return weight_notice(_("{code} 各关键结果").format(code=objective.code), [row.weight for row in rows])


def _editable(session: Session, actor: Actor, key_result_id: int) -> tuple[KeyResult, Objective]:
    row, objective = key_result_row(session, key_result_id)
    permits.require(session, actor, Action.EDIT_OBJECTIVES, objective.org_id)
    check_editable(ApprovalState(row.state), row.code)
    return row, objective


def _with_indicator(session: Session, draft: KeyResultDraft) -> KeyResultDraft:
    """Unit, decimals and way of a linked key result are the indicator's, so they are not kept twice."""
    if draft.indicator_id is None:
        return draft
    indicator = session.get(Indicator, draft.indicator_id)
    if indicator is None or indicator.retired_on is not None:
        raise InputRefused(_("要关联的指标不存在或已停用，请另选。"), "indicator_id")
    meaning = newest(session, draft.indicator_id)
    direction = draft.direction if draft.kind is KrKind.GUARD_RAIL else None
    return replace(draft, unit=meaning.unit, decimals=meaning.decimals, direction=direction)


def _write_plan(session: Session, row: KeyResult, draft: KeyResultDraft) -> None:
    stored = {
        plan.quarter: plan for plan in session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == row.key))
    }
    for quarter, value in enumerate(draft.plan, 1):
        old = stored.get(quarter)
        if value is None:
            if old is not None:
                session.delete(old)
        elif old is None:
            session.add(KeyResultPlan(key_result_id=row.key, quarter=quarter, value=value))
        elif old.value != value:
            old.value = value
            session.add(old)


def _write_nodes(session: Session, row: KeyResult, draft: KeyResultDraft) -> None:
    """Same names in the same order: only weights change. Otherwise new nodes, unless check-ins name the old ones."""
    nodes = [(name.strip(), weight) for name, weight in draft.nodes]
    stored = _nodes(session, row.key)
    if [node.name for node in stored] == [name for name, _weight in nodes]:
        for node, (_name, weight) in zip(stored, nodes, strict=True):
            node.weight = weight
            session.add(node)
        return
    ids = [node.key for node in stored]
    if session.exec(select(CheckInNode.id).where(col(CheckInNode.node_id).in_(ids)).limit(1)).first() is not None:
        raise InputRefused(_("已有填报用到原来的节点，只能改权重；要换节点的，请中止这一项后另设。"), "nodes")
    for node in stored:
        session.delete(node)
    session.flush()
    for position, (name, weight) in enumerate(nodes, 1):
        session.add(MilestoneNode(key_result_id=row.key, position=position, name=name, weight=weight))


def _nodes(session: Session, key_result_id: int) -> list[MilestoneNode]:
    return list(
        session.exec(
            select(MilestoneNode)
            .where(MilestoneNode.key_result_id == key_result_id)
            .order_by(col(MilestoneNode.position))
        )
    )


def _delete(session: Session, row: KeyResult) -> None:
    if session.exec(select(CheckIn.id).where(CheckIn.key_result_id == row.key).limit(1)).first() is not None:
        raise WrongState(_("“{code}”已有填报记录，不能删除，请改为中止。").format(code=row.code))
    for node in _nodes(session, row.key):
        session.delete(node)
    for plan in session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == row.key)):
        session.delete(plan)
    session.flush()
    session.delete(row)
