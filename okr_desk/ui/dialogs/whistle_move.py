"""One step of a whistle: when, by whom, and what the step needs; for the rating the grid of items and raters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QTimeEdit, QWidget

from okr_desk import services
from okr_desk.clock import BEIJING, local
from okr_desk.i18n import _
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.whistles import Move, MoveDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import FIELD, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.rating_grid import RatingGrid
from okr_desk.whistle_terms import RatedItem, Solved, WhistleStep


class MoveDialog(SavingDialog):
    """Only the fields that the step has."""

    def __init__(
        self,
        desk: Desk,
        of: WhistleView,
        move: Move,
        departments: Sequence[DepartmentView],
        items: Sequence[RatedItem],
        with_reason: bool,
        parent: QWidget | None = None,
    ) -> None:
        note = _("{number}　{matter}　{department}").format(
            number=of.number, matter=of.matter, department=of.department.name
        )
        super().__init__(
            desk, services.whistles.move, label(move.step), parent=parent, note=note, accept=label(move.step)
        )
        self._of, self._move = of, move
        self.at = MomentField(desk.clock.now())
        self.add_row("at", _("时间"), self.at)
        self.promised: DayLine | None = None
        self.grid: RatingGrid | None = None
        if "by" in move.needs:
            self.add_row("by", who_label(move.step), QLineEdit(_usual(of, move.step)))
        if move.step is WhistleStep.REASSIGN:
            others = [one for one in departments if one.is_active and one.id != of.department.id]
            self.add_row("department_id", _("改派给"), choices([(one.name, one.id) for one in others]))
        if move.step is WhistleStep.PLAN:
            day = of.due.close_on or desk.clock.today()
            self.promised = DayLine(_("承诺办结日"), day, day.year, pick=True)
            self.add_row("promised_on", _("承诺办结日"), self.promised)
        if move.step is WhistleStep.RATE:
            self._add_rating(items)
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(round(theme.line_height() * 3.4))
        self.add_row("note", note_label(move), field)
        self.add_reason(with_reason, advice=_("时间在已冻结季度内的，须写明理由。"))
        (self.grid or self.fields.get("by") or field).setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: WhistleView, move: Move, **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, move, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> MoveDraft:
        return MoveDraft(
            self._of.id,
            self._move.step,
            self.at.moment(),
            by=self._optional("by"),
            note=self.text("note"),
            department_id=int(self.text("department_id")) if self._optional("department_id") else None,
            promised_on=self._promised(),
            solved=Solved(self.text("solved")) if self._optional("solved") else None,
            ratings=self.grid.ratings() if self.grid is not None else (),
            reason=self._optional("reason"),
        )

    # Inside

    def _add_rating(self, items: Sequence[RatedItem]) -> None:
        pairs: list[tuple[str, Any]] = [(_("请选择"), ""), *((label(one), one.value) for one in Solved)]
        self.add_row("solved", _("群众回访"), choices(pairs), _("回访群众，事项解决了没有。没有解决的可以重吹。"))
        self.grid = RatingGrid(items)
        self.add_row("ratings", _("评分"), self.grid, _("按 1 到 5，5 分最好，一键一项；没有评的按 0 跳过。"))
        self.setMinimumWidth(theme.span(self, 40))

    def _optional(self, name: str) -> str:
        if name not in self.fields:
            return ""
        found = self.text(name)
        return "" if found == "None" else found

    def _promised(self) -> date | None:
        return None if self.promised is None else self.promised.day("promised_on")


class MomentField(QWidget):
    """A day, typed or picked, and a time of day, as the office reads it."""

    def __init__(self, at: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        here = local(at)
        self.day = DayLine(_("时间"), here.date(), here.year, self, pick=True)
        self.clock = QTimeEdit(QTime(here.hour, here.minute), self)
        self.clock.setDisplayFormat("HH:mm")
        self.clock.setAccessibleName(_("几点几分"))
        self.clock.setMinimumHeight(theme.gap(FIELD))
        self.setFocusProxy(self.day)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.4))
        row.addWidget(self.day, 2)
        row.addWidget(self.clock, 1)

    def moment(self) -> datetime:
        """The instant. Raises InputRefused at the field `at` for what is no day."""
        clock = self.clock.time()
        return datetime.combine(self.day.day("at"), time(clock.hour(), clock.minute()), BEIJING)


def who_label(step: WhistleStep) -> str:
    """Whose name a step asks for."""
    return {
        WhistleStep.BLOW: _("审签人"),
        WhistleStep.SIGN_IN: _("签收人"),
        WhistleStep.ARRIVE: _("到场人"),
    }.get(step, _("办理人"))


def note_label(move: Move) -> str:
    """What a step wants to be told."""
    named = {
        WhistleStep.PLAN: _("协商方案"),
        WhistleStep.FINISH: _("办理结果"),
        WhistleStep.RATE: _("群众意见"),
    }.get(move.step)
    return named or (_("理由") if "note" in move.needs else _("说明（可不填）"))


def _usual(of: WhistleView, step: WhistleStep) -> str:
    """Who came is mostly who signed in."""
    if step is WhistleStep.ARRIVE:
        return next((one.by for one in reversed(of.standing_moves) if one.step is WhistleStep.SIGN_IN), "")
    return ""
