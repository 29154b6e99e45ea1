"""Drafts of objectives and key results, checks by kind, and the table of moves from draft to approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text
from okr_desk.scoring.progress import check_metric
from okr_desk.scoring.rounding import plain
from okr_desk.terms import ApprovalState, Dimension, Direction, KrKind, Nature, label

HUNDRED = Decimal(100)
Plan = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
NO_PLAN: Plan = (None, None, None, None)

LINKABLE = (KrKind.METRIC, KrKind.SATISFACTION, KrKind.GUARD_RAIL)
MEASURED = (KrKind.METRIC, KrKind.SATISFACTION)
GUARD_DIRECTIONS = (Direction.AT_LEAST, Direction.AT_MOST, Direction.BETWEEN)


class Step(StrEnum):
    """What can be done with an objective as a whole."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    STOP = "stop"


MOVES: dict[tuple[ApprovalState, Step], ApprovalState] = {
    (ApprovalState.DRAFT, Step.SUBMIT): ApprovalState.SUBMITTED,
    (ApprovalState.RETURNED, Step.SUBMIT): ApprovalState.SUBMITTED,
    (ApprovalState.SUBMITTED, Step.APPROVE): ApprovalState.APPROVED,
    (ApprovalState.SUBMITTED, Step.RETURN): ApprovalState.RETURNED,
    (ApprovalState.APPROVED, Step.STOP): ApprovalState.STOPPED,
}
"""支部拟定 → 镇审核 → 退回 or 批准; what was approved can be stopped (design 9). What is not here is refused."""


def state_on(state: ApprovalState, stopped_on: date | None, last: date) -> ApprovalState:
    """The state in a quarter that ends on `last`: what is stopped from a day on still counted in the quarters before.

    One that is handed over keeps its state and only carries the day; without a day it was stopped for the whole year.
    """
    if stopped_on is None:
        return state
    if stopped_on <= last:
        return ApprovalState.STOPPED
    return ApprovalState.APPROVED if state is ApprovalState.STOPPED else state


EDITABLE = (ApprovalState.DRAFT, ApprovalState.RETURNED)
TAKEN_OVER, HANDED_OVER = N_("承接"), N_("中止并移交")
"""What the adjustments of a merger or split say on the side of the heir, and on that of the predecessor."""

_REFUSED: dict[ApprovalState, str] = {
    ApprovalState.DRAFT: N_("“{code}”还没有提交，请先提交镇党建办审核。"),
    ApprovalState.RETURNED: N_("“{code}”已退回支部，请修改后重新提交。"),
    ApprovalState.SUBMITTED: N_("“{code}”已提交，正在等镇党建办审核。需要修改的，请镇党建办先退回。"),
    ApprovalState.APPROVED: N_("“{code}”已经批准。需要变动的，请由镇党建办办理调整并写明理由。"),
    ApprovalState.STOPPED: N_("“{code}”已经中止，不能再变动。"),
}


@dataclass(frozen=True)
class ObjectiveDraft:
    """An objective of an organisation for a year; `aligned_to_id` is one above it in the tree."""

    org_id: int
    year: int
    code: str
    title: str
    weight: Decimal
    aligned_to_id: int | None = None
    leader: str = ""


@dataclass(frozen=True)
class KeyResultDraft:
    """A key result. With `indicator_id` unit, baseline and target are the indicator's; `target` is the limit of a
    guard rail, with `upper` for one of two sides. `plan` holds the planned value at the end of each quarter: a
    number in the unit, per cent of the nodes for a milestone, 1 for a yes/no that is due.
    """

    kind: KrKind
    nature: Nature
    code: str
    title: str
    dimension: Dimension
    weight: Decimal
    unit: str = ""
    direction: Direction | None = None
    decimals: int = 1
    indicator_id: int | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: Decimal | None = None
    upper: Decimal | None = None
    slack: Decimal | None = None
    inclusive: bool = True
    plan: Plan = NO_PLAN
    nodes: tuple[tuple[str, Decimal], ...] = ()


def after(state: ApprovalState, step: Step, code: str) -> ApprovalState:
    """The state that `step` leads to; raises WrongState with what to do instead."""
    found = MOVES.get((state, step))
    if found is None:
        raise WrongState(_(_REFUSED[state]).format(code=code))
    return found


def check_editable(state: ApprovalState, code: str) -> None:
    """Raise WrongState unless the branch may still change it freely."""
    if state not in EDITABLE:
        raise WrongState(_(_REFUSED[state]).format(code=code))


def check_objective(draft: ObjectiveDraft) -> None:
    """Raise InputRefused at the first field that cannot be taken."""
    check_text(draft.code, "code", _("目标编号"), 20)
    check_text(draft.title, "title", _("目标"), 120)
    check_length(draft.leader, "leader", _("责任人"), 40)
    _check_weight(draft.weight)


def check_key_result(draft: KeyResultDraft, today: date) -> None:
    """Raise InputRefused at the first field that does not suit the kind. Source: methods B1, B2."""
    check_text(draft.code, "code", _("编号"), 20)
    check_text(draft.title, "title", _("关键结果"), 200)
    check_length(draft.unit, "unit", _("单位"), 20)
    _check_weight(draft.weight)
    if draft.indicator_id is not None:
        _check_linked(draft)
    elif draft.kind in MEASURED:
        _check_measured(draft, today)
    if draft.kind is KrKind.GUARD_RAIL:
        _check_guard(draft)
    if draft.kind is KrKind.MILESTONE:
        _check_nodes(draft.nodes)
    elif draft.nodes:
        raise InputRefused(_("只有里程碑可以设节点，请删去节点或改为里程碑。"), "nodes")
    _check_plan(draft)


def weight_notice(name: str, weights: Sequence[Decimal]) -> tuple[str, ...]:
    """The sentence for weights that do not sum to 100 (or 1); they are taken in proportion."""
    whole = sum(weights, Decimal(0))
    if not weights or whole in (HUNDRED, 1):
        return ()
    return (_("{name}的权重合计 {sum}，不是 100，计算时按比例折算。").format(name=name, sum=plain(whole)),)


def _check_weight(weight: Decimal) -> None:
    check_amount(weight, "weight", _("权重"))
    if not 0 < weight <= HUNDRED:
        raise InputRefused(_("权重须大于 0、不超过 100，请改正。"), "weight")


def _check_linked(draft: KeyResultDraft) -> None:
    if draft.kind not in LINKABLE:
        raise InputRefused(_("“{kind}”不能关联指标，请取消关联。").format(kind=label(draft.kind)), "indicator_id")
    own = (draft.baseline, draft.baseline_on, draft.target)
    if any(part is not None for part in own) or draft.baseline_source:
        raise InputRefused(_("已关联指标，基线和目标以指标为准，这里不再另填。需要改的，请到“指标”页修改。"), "target")


def _check_measured(draft: KeyResultDraft, today: date) -> None:
    if draft.direction not in (Direction.UP, Direction.DOWN):
        raise InputRefused(_("请选择方向：“上升”或“下降”。"), "direction")
    if draft.baseline is None:
        raise InputRefused(_("没有基线不能起算。请补填基线；还没有数据的，请改用“建立基线”。"), "baseline")
    check_amount(draft.baseline, "baseline", _("基线"))
    if draft.baseline_on is None:
        raise InputRefused(_("请填写基线日期：这个数截至哪一天。"), "baseline_on")
    check_day(draft.baseline_on, "baseline_on", _("基线日期"), today)
    if not draft.baseline_source.strip():
        raise InputRefused(_("请填写基线来源，例如“2025年末统计报表”。"), "baseline_source")
    check_length(draft.baseline_source, "baseline_source", _("基线来源"), 120)
    if draft.target is None:
        raise InputRefused(_("请填写目标值。"), "target")
    check_amount(draft.target, "target", _("目标值"))
    check_metric(draft.baseline, draft.target, draft.direction)


def _check_guard(draft: KeyResultDraft) -> None:
    if draft.direction not in GUARD_DIRECTIONS:
        raise InputRefused(_("守底线请选择“不低于”“不高于”或“保持在区间内”。"), "direction")
    if draft.indicator_id is None:
        if draft.target is None:
            raise InputRefused(_("请填写底线：要守住的数值。"), "target")
        check_amount(draft.target, "target", _("底线"))
    if draft.direction is not Direction.BETWEEN:
        return
    if draft.upper is None:
        raise InputRefused(_("保持在区间内，请填写上限。"), "upper")
    check_amount(draft.upper, "upper", _("上限"))
    if draft.target is not None and draft.upper < draft.target:
        raise InputRefused(_("上限小于下限，请对调或改正。"), "upper")
    if draft.slack is not None:
        check_amount(draft.slack, "slack", _("允许偏离"))
        if draft.slack <= 0:
            raise InputRefused(_("允许偏离须大于 0；不允许偏离的请留空。"), "slack")


def _check_nodes(nodes: Sequence[tuple[str, Decimal]]) -> None:
    if not nodes:
        raise InputRefused(_("里程碑请至少填写一个节点，例如“立项 20、开工 30、验收 50”。"), "nodes")
    names = [name.strip() for name, _weight in nodes]
    if len(set(names)) != len(names):
        raise InputRefused(_("节点名称有重复，请改成不同的名称。"), "nodes")
    for name, weight in nodes:
        check_text(name, "nodes", _("节点名称"), 60)
        check_amount(weight, "nodes", _("节点权重"))
        if weight <= 0:
            raise InputRefused(_("节点“{name}”的权重须大于 0。").format(name=name.strip()), "nodes")


def _check_plan(draft: KeyResultDraft) -> None:
    given = [value for value in draft.plan if value is not None]
    for value in given:
        check_amount(value, "plan", _("分期计划"))
    if draft.kind is KrKind.YES_NO and any(value not in (0, 1) for value in given):
        raise InputRefused(_("“是否”类的分期计划只标明哪一季完成。"), "plan")
    if draft.kind is KrKind.MILESTONE:
        if any(not 0 <= value <= HUNDRED for value in given):
            raise InputRefused(_("里程碑的分期计划是节点权重的累计百分比，须在 0 至 100 之间。"), "plan")
        if given != sorted(given):
            raise InputRefused(_("里程碑的分期计划逐季累计，不能回落。"), "plan")
    if draft.kind in MEASURED and draft.decimals == 0 and any(value != value.to_integral_value() for value in given):
        raise InputRefused(_("这一项按整数统计，分期计划请填整数。"), "plan")
