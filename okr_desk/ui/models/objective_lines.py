"""From boards and alignments to the lines of the tree: what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.alignment import Alignment, Serving, standing
from okr_desk.queries.objectives import Board, KeyResultView, ObjectiveView
from okr_desk.queries.wording import reached, target_text
from okr_desk.scoring.pace import Thresholds
from okr_desk.scoring.rounding import NOTHING, percent, plain
from okr_desk.terms import ApprovalState, KrKind, Status, label
from okr_desk.ui.models.objective_tree import BAR, STATUS, Line
from okr_desk.ui.widgets.delegates import BarValue

Fits = Callable[[str, str], bool]


def of_board(board: Board, limits: Thresholds, fits: Fits) -> list[Line]:
    """Objectives over their key results; with a search only those that fit, and their objectives."""
    found = []
    for objective in board.objectives:
        whole = fits(f"{objective.code} {objective.title}", "")
        kept = [kr for kr in objective.key_results if whole or fits(f"{kr.code} {kr.title}", "")]
        if whole or kept:
            found.append(_objective(objective, limits).adopt([_key_result(kr) for kr in kept]))
    return found


def of_alignment(alignment: Alignment, limits: Thresholds, fits: Fits) -> list[Line]:
    """Objectives of the township over the branches' objectives that serve them."""
    found = []
    for served in alignment.objectives:
        objective, mean = served.objective, served.mean
        below = [_serving(one, limits) for one in _kept(served.below, fits)]
        if not below and not fits(f"{objective.code} {objective.title}", ""):
            continue
        progress = objective.rollup.progress if objective.key_results and served.is_own else mean.progress
        line = Line(
            ("objective", objective.id),
            objective,
            (
                f"{objective.code} {objective.title}",
                percent(progress),
                _("权重 {n}").format(n=plain(objective.weight)),
                "",
                _state_word(objective.state),
                "",
            ),
            {BAR: BarValue(progress, None, Status.DUE, percent(progress))},
            objective.title,
            is_strong=True,
            is_faint=objective.state is ApprovalState.STOPPED,
        )
        own = objective.key_results if served.is_own else ()
        found.append(line.adopt([*(_key_result(kr) for kr in own), *below]))
    loose = [_serving(one, limits) for one in _kept(alignment.loose, fits)]
    if loose:
        head = Line(("loose", 0), None, (_("尚未对应上级目标"), "", "", "", "", ""), is_strong=True, is_faint=True)
        found.append(head.adopt(loose))
    return found


def amounts(kr: KeyResultView) -> str:
    """Where it is and where it should get, with the unit: "63.4 → 67.7 万元". What was stopped keeps its last value."""
    stopped = kr.state is ApprovalState.STOPPED
    silent = NOTHING if stopped else _("未报")
    if kr.kind is KrKind.MILESTONE:
        done = sum(node.done for node in kr.nodes)
        return _("{done} / {all} 个节点").format(done=done, all=len(kr.nodes))
    if kr.kind is KrKind.YES_NO:
        return _("已完成") if kr.done else _("未完成") if kr.done is not None else silent
    value = _last_value(kr) if stopped else kr.value
    now = silent if value is None else plain(value)
    if kr.kind is KrKind.ESTABLISH_BASELINE:
        return now if value is None else f"{now} {kr.unit}".rstrip()
    aim = target_text(kr)
    return f"{now} → {aim} {kr.unit}".rstrip() if aim else _("{now} → 目标未定").format(now=now)


def _last_value(kr: KeyResultView) -> Decimal | None:
    """The newest value that stands, of this quarter or one before."""
    known = [reading.value for reading in kr.readings if reading.value is not None and not reading.superseded]
    return known[-1] if known else kr.value


def path_of(objective: ObjectiveView) -> str:
    """The thin line above a key result: which objective of the township its own one serves."""
    if not objective.aligned_code:
        return ""
    return f"{objective.aligned_code} {objective.aligned_title} › {objective.code}"


def board_sentence(board: Board) -> str:
    """The answer of the page for one organisation."""
    counted = [kr for kr in board.key_results if kr.applies]
    states = {state: sum(one.state is state for one in board.objectives) for state in ApprovalState}
    waiting = []
    for state, words in (
        (ApprovalState.DRAFT, _("{n} 个目标还没有提交")),
        (ApprovalState.RETURNED, _("{n} 个目标被退回")),
        (ApprovalState.SUBMITTED, _("{n} 个目标等镇党建办审核")),
    ):
        if states[state]:
            waiting.append(words.format(n=states[state]))
    if not counted:
        return _("，").join(waiting) + _("。") if waiting else ""
    lights = [
        words.format(n=sum(kr.pace.status is status for kr in counted))
        for status, words in (
            (Status.BEHIND, _("滞后 {n} 项")),
            (Status.WATCH, _("关注 {n} 项")),
            (Status.DUE, _("待报 {n} 项")),
        )
        if any(kr.pace.status is status for kr in counted)
    ]
    said = _("{quarter}：{n} 项关键结果，总完成度 {share}").format(
        quarter=board.quarter.label, n=len(counted), share=percent(board.rollup.progress)
    )
    return _("，").join([said, *(lights or [_("都在正常进度内")]), *waiting]) + _("。")


def alignment_sentence(shown: Alignment) -> str:
    """The answer of the page for the township, or for a general branch between it and the branches."""
    own = sum(served.is_own for served in shown.objectives)
    words = _("{quarter}：{n} 个目标，{branches} 个支部的目标与之对应")
    if not own and shown.objectives:
        words = _("{quarter}：{branches} 个支部的目标对应上级 {n} 个目标")
    said = words.format(quarter=shown.own.quarter.label, n=own or len(shown.objectives), branches=shown.branches)
    if shown.loose:
        said += _("，另有 {n} 个支部目标还没有对应").format(n=len(shown.loose))
    if shown.submitted:
        said += _("，{n} 个等待审核").format(n=len(shown.submitted))
    return said + _("。")


def _objective(objective: ObjectiveView, limits: Thresholds) -> Line:
    counted = [kr for kr in objective.key_results if kr.applies]
    reported = sum(kr.is_reported for kr in counted)
    said = _("已报 {n} / {all}").format(n=reported, all=len(counted)) if counted else ""
    progress = objective.rollup.progress
    now = standing(objective, limits)
    values: dict[int, object] = {}
    if objective.state is ApprovalState.APPROVED:
        values = {BAR: BarValue(progress, now.expected, now.status, percent(progress)), STATUS: now.status}
    weight = _("权重 {n}").format(n=plain(objective.weight))
    return Line(
        ("objective", objective.id),
        objective,
        (
            f"{objective.code} {objective.title}",
            percent(progress),
            " · ".join(part for part in (weight, said) if part),
            "",
            _state_word(objective.state) or label(now.status),
            "",
        ),
        values,
        "\n".join(part for part in (objective.title, said, now.guard) if part),
        is_strong=True,
        is_faint=objective.state is ApprovalState.STOPPED,
    )


def _key_result(kr: KeyResultView) -> Line:
    values: dict[int, object] = {}
    status = _state_word(kr.state)
    if kr.state is ApprovalState.APPROVED and not kr.applies:
        status = _("不适用")
    elif kr.state is ApprovalState.APPROVED:
        values = {
            BAR: BarValue(kr.progress.raw, kr.pace.expected, kr.pace.status, reached(kr.progress)),
            STATUS: kr.pace.status,
        }
        status = label(kr.pace.status)
    current = kr.current
    return Line(
        ("key_result", kr.id),
        kr,
        (
            f"{kr.code} {kr.title}",
            reached(kr.progress),
            amounts(kr),
            "" if current is None or current.confidence is None else str(current.confidence),
            status,
            "" if current is None else f"{current.as_of:%m-%d}",
        ),
        values,
        "\n".join(part for part in (kr.title, kr.conflict) if part),
        is_faint=not kr.applies,
    )


def _serving(one: Serving, limits: Thresholds) -> Line:
    line = _objective(one.objective, limits)
    title = f"{one.org.short_name} · {one.objective.code} {one.objective.title}"
    line.key, line.source = ("serving", one.objective.id), one
    line.cells = (title, *line.cells[1:])
    line.tip, line.is_strong = "\n".join((title, *line.tip.splitlines()[1:])), False
    return line


def _kept(below: Sequence[Serving], fits: Fits) -> list[Serving]:
    return [one for one in below if fits(f"{one.org.short_name}{one.objective.title}", "") or _by_sound(one, fits)]


def _by_sound(one: Serving, fits: Fits) -> bool:
    return fits(one.org.short_name, one.org.search_keys)


def _state_word(state: ApprovalState) -> str:
    return "" if state is ApprovalState.APPROVED else label(state)
