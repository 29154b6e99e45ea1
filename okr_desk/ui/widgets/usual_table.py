"""Indicators to tick, each with how many branches lack a line and the usual baseline and target to type over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.queries.usual_lines import LackingLine
from okr_desk.rules.usual_lines import UsualLine
from okr_desk.scoring.rounding import plain
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.widgets.small_table import ROW

NAME, NO_BASELINE, NO_TARGET, BASELINE, TARGET = range(5)
NUMBER = 5.2
"""Width of a column of numbers in characters."""


class UsualTable(QTableWidget):
    """A row an indicator. Space ticks the row, a figure starts to change a number; `typed` tells every change."""

    typed = Signal()

    def __init__(
        self, rows: Sequence[LackingLine], wants_baseline: Mapping[int, bool], parent: QWidget | None = None
    ) -> None:
        heads = (_("指标"), _("缺基线"), _("缺目标值"), _("通常基线"), _("通常目标"))
        super().__init__(len(rows), len(heads), parent)
        self.lacking = tuple(rows)
        self.setHorizontalHeaderLabels(list(heads))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeaderItem(NAME).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(NO_BASELINE, len(heads)):
            self.horizontalHeaderItem(column).setTextAlignment(_RIGHT)
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            wide = max(theme.span(self, NUMBER), self.horizontalHeader().sectionSizeHint(column) + theme.gap(0.4))
            self.setColumnWidth(column, wide)
        for row, one in enumerate(rows):
            self._fill(row, one, wants_baseline.get(one.indicator.id, True))
        if rows:
            self.setCurrentCell(0, TARGET)
        self.itemChanged.connect(self._changed)

    def tick(self, row: int, on: bool) -> None:
        """Tick a row or not."""
        self.item(row, NAME).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def is_ticked(self, row: int) -> bool:
        """Whether the indicator of a row is to be set."""
        return self.item(row, NAME).checkState() is Qt.CheckState.Checked

    def ticked(self) -> list[LackingLine]:
        """The indicators that are to be set."""
        return [one for row, one in enumerate(self.lacking) if self.is_ticked(row)]

    def lines(self) -> tuple[UsualLine, ...]:
        """What is ticked, as it is typed. Raises InputRefused (field "lines") for what is no number."""
        return tuple(
            UsualLine(one.indicator.id, self._number(row, BASELINE), self._number(row, TARGET))
            for row, one in enumerate(self.lacking)
            if self.is_ticked(row)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Space and row >= 0 and not event.modifiers():
            self.tick(row, not self.is_ticked(row))
            return
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and item is not None and item.flags() == _TYPED:
            item.setText("")
            return
        super().keyPressEvent(event)

    # Inside

    def _fill(self, row: int, one: LackingLine, wants_baseline: bool) -> None:
        """An indicator whose usual numbers are not known starts without a tick."""
        view = one.indicator
        no_baseline = one.no_baseline if wants_baseline else 0
        baseline = view.usual_baseline if no_baseline else None
        target = view.usual_target if one.no_target else None
        unit = _("（{unit}）").format(unit=view.unit) if view.unit else ""
        name = QTableWidgetItem(f"{view.code} {view.name}{unit}")
        name.setFlags(_SHOWN | Qt.ItemFlag.ItemIsUserCheckable)
        name.setCheckState(Qt.CheckState.Unchecked if baseline is target is None else Qt.CheckState.Checked)
        name.setToolTip(f"{name.text()}\n" + _("、").join(line.org for line in one.lines))
        with QSignalBlocker(self):
            self.setItem(row, NAME, name)
            for count, at, number, to in (
                (no_baseline, NO_BASELINE, baseline, BASELINE),
                (one.no_target, NO_TARGET, target, TARGET),
            ):
                self._put(row, at, str(count) if count else "", _SHOWN)
                self._put(row, to, "" if number is None else plain(number), _TYPED if count else _SHOWN)

    def _put(self, row: int, column: int, text: str, flags: Qt.ItemFlag) -> None:
        item = QTableWidgetItem(text)
        item.setFlags(flags)
        item.setTextAlignment(_RIGHT)
        self.setItem(row, column, item)

    def _number(self, row: int, column: int) -> Decimal | None:
        view, head = self.lacking[row].indicator, self.horizontalHeaderItem(column).text()
        return optional_number(self.item(row, column).text(), "lines", f"{view.code} {head}", view.unit)

    def _changed(self, item: QTableWidgetItem) -> None:
        """Who types a number means to set it."""
        if item.column() in (BASELINE, TARGET) and item.text().strip() and not self.is_ticked(item.row()):
            self.tick(item.row(), True)
            return
        self.typed.emit()


_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
