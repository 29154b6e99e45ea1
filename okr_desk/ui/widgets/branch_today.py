"""The desk of a branch: what it owes, each with its field, then how every key result stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.checkins import FillRow, FillSheet
from okr_desk.queries.today import BranchDesk
from okr_desk.queries.wording import plan_text, reached
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.entries import Typed
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.terms import Status, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.daily import Daily
from okr_desk.ui.widgets.delegates import BarValue
from okr_desk.ui.widgets.owed import OwedLine
from okr_desk.ui.widgets.sheet_thumbnail import SheetReady
from okr_desk.ui.widgets.table import Table

LINES_SHOWN = 15
"""Lines of text that the owed part takes at most; beyond that it scrolls."""


class BranchToday(QWidget):
    """Lines to settle, the table of all key results, and the sheet once everything is reported."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.lines: list[OwedLine] = []
        self.sheet: FillSheet | None = None
        self.owed = QWidget(self)
        self._owed = QVBoxLayout(self.owed)
        self._owed.setContentsMargins(0, 0, 0, 0)
        self._owed.setSpacing(theme.gap(0.3))
        self.owed_place = QScrollArea(self)
        self.owed_place.setWidget(self.owed)
        self.owed_place.setWidgetResizable(True)
        self.owed_place.setFrameShape(QFrame.Shape.NoFrame)
        self.owed_place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table = Table(desk, _columns(), "branch_today", _("本季各项"), self)
        self.daily, self.ready = Daily(desk, self), SheetReady(desk, self)
        self.ready.hide()

        left = QVBoxLayout()
        left.setSpacing(theme.gap(0.6))
        left.addWidget(self.owed_place)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.8))
        right = QVBoxLayout()
        right.setSpacing(theme.gap(0.6))
        right.addWidget(self.daily, 1)
        right.addWidget(self.ready)
        layout.addLayout(left, 1)
        layout.addLayout(right)
        self.ready.wanted.connect(self._print)

    def show_branch(self, of: BranchDesk) -> None:
        """Fill all parts; a line that somebody types into stays as it is."""
        self.sheet = sheet = of.sheet
        self.daily.show_reminders(of.reminders, sheet.org.id, of.today)
        missing = {row.view.id: row for row in sheet.missing} if self._can_type(sheet) else {}
        for line in [line for line in self.lines if line.row.view.id not in missing]:
            self.lines.remove(line)
            self._owed.removeWidget(line)
            line.deleteLater()
        shown = {line.row.view.id for line in self.lines}
        for row in missing.values():
            if row.view.id not in shown:
                self._add(row)
        self.owed_place.setVisible(bool(self.lines))
        self.table.set_rows(sheet.rows)
        finished = bool(sheet.owed) and not sheet.missing
        self.ready.setVisible(finished)
        self.ready.picture.setVisible(not of.reminders)  # what is owed needs the room
        if finished:
            self.ready.show_sheet(sheet)
        QTimer.singleShot(0, self, self.fit)
        if self.lines and not any(line.field.hasFocus() for line in self.lines):
            self.lines[0].field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(theme.span(self, 11), self.width() * 23 // 100)
        self.daily.setFixedWidth(side)
        self.ready.setFixedWidth(side)

    def fit(self) -> None:
        """Give the owed part the height it needs, up to the most."""
        need = sum(line.sizeHint().height() for line in self.lines) + theme.gap(0.3) * max(0, len(self.lines) - 1)
        self.owed_place.setFixedHeight(min(need, theme.line_height() * LINES_SHOWN))

    def _add(self, row: FillRow) -> None:
        line = OwedLine(row, self.owed)
        line.given.connect(lambda given, answer: self._record(line, given, answer))
        line.grown.connect(lambda: QTimer.singleShot(0, self, self.fit))
        self.lines.append(line)
        self._owed.addWidget(line)
        line.show()  # a layout shows it only in the next round of events

    def _can_type(self, sheet: FillSheet) -> bool:
        actor = self.desk.actor
        return bool(actor and sheet.is_open_to_branch and actor.may(Action.RECORD_CHECKIN, sheet.org.line)) and not (
            actor and actor.is_office
        )

    def _record(self, line: OwedLine, row: FillRow, typed: Typed) -> None:
        assert self.sheet is not None
        made = CheckInDraft(
            key_result_id=row.view.id,
            quarter_id=self.sheet.quarter.id,
            value=typed.value,
            done=typed.done,
            nodes=typed.nodes,
            as_of=self.sheet.as_of,
        )
        said = _("{code} 已登记。需要更正或补充说明，请到“填报”。").format(code=row.view.code)
        self.desk.tasks.write(
            services.checkins.record,
            made,
            done=lambda _outcome: self.desk.say(said),
            failed=lambda error: line.refuse(str(error)),
            owner=line,
        )

    def _print(self) -> None:
        if self.sheet is not None:
            self.desk.go("reports", document="review", org_id=self.sheet.org.id)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("编号"), lambda row: row.view.code, width=5),
        Column(_("关键结果"), lambda row: row.view.title, stretch=True, width=10),
        Column(_("单位"), lambda row: row.view.unit, width=4),
        Column(_("本季计划"), lambda row: plan_text(row.view), look="number", width=6),
        Column(
            _("本季实绩"),
            lambda row: row.view.value_text,
            look="number",
            tooltip=lambda row: row.view.value_text,
            width=7,
        ),
        Column(
            _("完成度"),
            lambda row: reached(row.view.progress),
            look="bar",
            value=_bar,
            sort=lambda row: row.view.progress.clamped,
            explained=explained,
            width=18.5,
        ),
        Column(_("状态"), lambda row: label(row.view.pace.status), look="light", value=_status, width=7),
    )


def explained(row: FillRow) -> Explained:
    """How progress and pace of a row come about."""
    view = row.view
    return Explained(view.progress.clamped, (*view.progress.steps, *view.pace.steps))


def _value(row: FillRow) -> str:
    return row.view.value_text


def _bar(row: FillRow) -> BarValue:
    view = row.view
    return BarValue(view.progress.raw, view.pace.expected, view.pace.status, reached(view.progress))


def _status(row: FillRow) -> Status:
    return row.view.pace.status
