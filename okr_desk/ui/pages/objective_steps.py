"""What can be done on 目标: ask the dialog, call the service. A refusal brings the dialog back with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.model.store import Reader, today
from okr_desk.queries import approvals, library, objective_drafts
from okr_desk.queries.approvals import Waiting
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objective_drafts import AlignChoice
from okr_desk.queries.objectives import Board, KeyResultView, ObjectiveView, OrgView
from okr_desk.rules.objectives import KeyResultDraft, ObjectiveDraft
from okr_desk.terms import ApprovalState, Dimension, KrKind, Nature
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.key_result import KeyResultDialog
from okr_desk.ui.dialogs.objective import ObjectiveDialog

MOST_NAMED = 12
"""How many objectives a question lists by name."""


@dataclass(frozen=True)
class _ForObjective:
    draft: ObjectiveDraft | None
    above: tuple[AlignChoice, ...]


@dataclass(frozen=True)
class _ForKeyResult:
    draft: KeyResultDraft | None
    indicators: tuple[IndicatorView, ...]
    today: date


class Steps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def add_objective(self, board: Board, in_force: bool) -> None:
        """A new objective: a draft, or an addition with its reason once the plan is `in_force`."""
        code = _next("O" if board.org.kind == "branch" else "T", [one.code for one in board.objectives])
        blank = ObjectiveDraft(board.org.id, board.quarter.year, code, "", Decimal(0))

        def ask(found: _ForObjective, draft: ObjectiveDraft = blank, refused: Exception | None = None) -> None:
            answer = ObjectiveDialog.ask(
                self._widget, draft, found.above, is_new=True, needs_reason=in_force, refused=refused
            )
            if answer is None:
                return
            again = partial(ask, found, answer[0])
            if in_force:
                self._write(services.adjustments.add_objective, *answer, failed=again)
            else:
                self._write(services.objectives.create, answer[0], failed=again)

        self._read(_for_objective, None, board.org.id, board.quarter.year, done=ask)

    def edit_objective(self, board: Board, objective: ObjectiveView) -> None:
        """Change an objective: freely while it is drawn up, with a reason afterwards."""
        approved = objective.state is ApprovalState.APPROVED

        def ask(found: _ForObjective, draft: ObjectiveDraft | None = None, refused: Exception | None = None) -> None:
            start = draft or found.draft
            if start is None:
                return
            answer = ObjectiveDialog.ask(
                self._widget, start, found.above, is_new=False, needs_reason=approved, refused=refused
            )
            if answer is None:
                return
            again = partial(ask, found, answer[0])
            if approved:
                self._write(services.adjustments.change_objective, objective.id, *answer, failed=again)
            else:
                self._write(services.objectives.revise, objective.id, answer[0], failed=again)

        self._read(_for_objective, objective.id, board.org.id, board.quarter.year, done=ask)

    def add_key_result(self, org: OrgView, objective: ObjectiveView) -> None:
        """A new key result under an objective."""
        approved = objective.state is ApprovalState.APPROVED
        number = objective.code.lstrip("OoTt") or objective.code
        code = _next(f"KR{number}.", [kr.code for kr in objective.key_results])
        left = Decimal(100) - sum((kr.weight for kr in objective.key_results), Decimal(0))
        blank = KeyResultDraft(KrKind.METRIC, Nature.COMMITTED, code, "", Dimension.BASIC, max(left, Decimal(0)))

        steps = (services.adjustments.add_key_result, services.objectives.create_key_result)
        self._ask_key_result(org, None, blank, approved, steps, objective.id)

    def edit_key_result(self, org: OrgView, key_result: KeyResultView) -> None:
        """Change a key result: freely while it is drawn up, with a reason afterwards."""
        approved = key_result.state is ApprovalState.APPROVED

        steps = (services.adjustments.change_key_result, services.objectives.revise_key_result)
        self._ask_key_result(org, key_result.id, None, approved, steps, key_result.id)

    def _ask_key_result(
        self,
        org: OrgView,
        key_result_id: int | None,
        blank: KeyResultDraft | None,
        approved: bool,
        steps: tuple[Callable[..., Any], Callable[..., Any]],
        target_id: int,
    ) -> None:
        """Ask until it is saved or given up: an adjustment with its reason once approved, else the draft itself."""

        def ask(found: _ForKeyResult, draft: KeyResultDraft | None = None, refused: Exception | None = None) -> None:
            start = draft or blank or found.draft
            if start is None:
                return
            answer = KeyResultDialog.ask(
                self._widget, start, found.indicators, found.today,
                is_new=key_result_id is None, needs_reason=approved, refused=refused,
            )  # fmt: skip
            if answer is None:
                return
            again = partial(ask, found, answer[0])
            said = answer if approved else answer[:1]
            self._write(steps[0] if approved else steps[1], target_id, *said, failed=again)

        self._read(_for_key_result, key_result_id, org.category, done=ask)

    def remove(self, chosen: ObjectiveView | KeyResultView) -> None:
        """Take a draft away, after asking."""
        words = _("删除“{code} {title}”？").format(code=chosen.code, title=chosen.title)
        answer = QMessageBox.question(self._widget, _("删除"), words)
        if answer != QMessageBox.StandardButton.Yes:
            return
        is_objective = isinstance(chosen, ObjectiveView)
        self._write(services.objectives.remove if is_objective else services.objectives.remove_key_result, chosen.id)

    def stop(self, chosen: ObjectiveView | KeyResultView) -> None:
        """Stop what was approved, with a reason."""
        note = _("“{code} {title}”中止后不再计入完成度，原有记录保留，理由印在评审表上。")
        reason = Reason.ask(
            self._widget, _("中止"), note.format(code=chosen.code, title=chosen.title), _("中止理由"), _("中止")
        )
        if reason is not None:
            is_objective = isinstance(chosen, ObjectiveView)
            self._write(
                services.adjustments.stop_objective if is_objective else services.adjustments.stop_key_result,
                chosen.id,
                reason,
            )

    def move(self, board: Board, key_result: KeyResultView) -> None:
        """Hang a key result under another objective of the same state."""
        others = [
            one for one in board.objectives if key_result not in one.key_results and one.state == key_result.state
        ]
        if not others:
            self._desk.say(_("没有可以移入的其他目标。"))
            return
        names = [f"{one.code} {one.title}" for one in others]
        chosen, taken = QInputDialog.getItem(
            self._widget, _("移到其他目标"), _("“{code}”移到：").format(code=key_result.code), names, 0, False
        )
        if not taken:
            return
        other = others[names.index(chosen)]
        if key_result.state is not ApprovalState.APPROVED:
            self._write(services.objectives.move_key_result, key_result.id, other.id)
            return
        reason = Reason.ask(self._widget, _("移到其他目标"), chosen, _("调整理由"), _("移动"))
        if reason is not None:
            self._write(services.adjustments.move_key_result, key_result.id, other.id, reason)

    def submit(self, objectives: Sequence[ObjectiveView]) -> None:
        """Hand drafts in."""
        self._write(
            services.approvals.submit, [one.id for one in objectives], done=self._said(_("已提交镇党建办审核。"))
        )

    def approve(self, objectives: Sequence[ObjectiveView]) -> None:
        """Approve what was submitted, after asking; an addition to a plan in force asks for its reason."""

        def ask(found: tuple[Waiting, ...]) -> None:
            words, is_addition = _asking(found), any(one.is_addition for one in found)
            reason: str | None = ""
            if is_addition:
                reason = Reason.ask(self._widget, _("批准"), words, _("增加理由"), _("批准"))
            elif QMessageBox.question(self._widget, _("批准"), words) != QMessageBox.StandardButton.Yes:
                reason = None
            if found and reason is not None:
                ids = [one.id for one in found]
                self._write(services.approvals.approve, ids, reason, done=self._said(_("已批准。")))

        self._read(approvals.waiting, [one.id for one in objectives], done=ask)

    def send_back(self, objectives: Sequence[ObjectiveView]) -> None:
        """Return what was submitted, with the opinion."""
        note = _("退回 {n} 个目标，支部修改后可以重新提交。").format(n=len(objectives))
        opinion = Reason.ask(self._widget, _("退回修改"), note, _("退回意见"), _("退回"))
        if opinion is not None:
            self._write(
                services.approvals.send_back, [one.id for one in objectives], opinion, done=self._said(_("已退回。"))
            )

    def copy_last_year(self, board: Board) -> None:
        """Start from last year's objectives."""
        year = board.quarter.year
        self._write(
            services.carry_over.copy_from,
            board.org.id,
            year - 1,
            year,
            done=self._said(_("已复制为草稿，请逐项核对。")),
        )

    # Inside

    def _read(self, function: Callable[..., Any], *args: Any, done: Callable[[Any], object]) -> None:
        self._desk.tasks.read(function, *args, done=done, owner=self._widget)

    def _write(self, service: Callable[..., Any], *args: Any, done: Any = None, failed: Any = None) -> None:
        again = None if failed is None else (lambda error: failed(refused=error))
        self._desk.tasks.write(service, *args, done=done, failed=again, owner=self._widget)

    def _said(self, sentence: str) -> Callable[[Any], None]:
        return lambda _outcome: self._desk.say(sentence)


def _for_objective(session: Reader, objective_id: int | None, org_id: int, year: int) -> _ForObjective:
    draft = None if objective_id is None else objective_drafts.objective(session, objective_id)
    return _ForObjective(draft, objective_drafts.alignable(session, org_id, year))


def _for_key_result(session: Reader, key_result_id: int | None, category: str) -> _ForKeyResult:
    draft = None if key_result_id is None else objective_drafts.key_result(session, key_result_id)
    day = today(session)
    linked = draft.indicator_id if draft else None
    offered = [
        one
        for one in library.library(session, day)
        if one.id == linked or not one.categories or category in one.categories or not category
    ]
    return _ForKeyResult(draft, tuple(offered), day)


def _asking(found: Sequence[Waiting]) -> str:
    """What is about to be approved, each with its branch."""
    shown = [f"{one.org_name} {one.code} {one.title}" for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        shown.append(_("等 {n} 个目标").format(n=len(found)))
    ask = _("批准下列 {n} 个目标？批准后按此考核，变动须办理调整。").format(n=len(found))
    added = [one for one in found if one.is_addition]
    if added:
        names = _("、").join(f"{one.org_name} {one.code}" for one in added[:MOST_NAMED])
        ask += _("其中 {names} 是在已批准的计划之外增加的，须写明理由，作为“调整”印在评审表上。").format(names=names)
    return "\n".join((ask, "", *shown))


def _next(prefix: str, codes: Sequence[str]) -> str:
    """The next free number after a prefix: KR1.1, KR1.2 leads to KR1.3."""
    taken = [int(code[len(prefix) :]) for code in codes if code.startswith(prefix) and code[len(prefix) :].isdigit()]
    return f"{prefix}{max(taken, default=0) + 1}"
