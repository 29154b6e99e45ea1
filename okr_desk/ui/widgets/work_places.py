"""The tabs of 工作底单: the line with the list, the days with their chart, the branches by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from okr_desk.i18n import _
from okr_desk.queries.worklog import EntryView, Worklog
from okr_desk.queries.worklog_days import Accrual
from okr_desk.queries.worklog_matrix import Matrix, months
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import worklog_rows
from okr_desk.ui.models.worklog_sentences import not_counting
from okr_desk.ui.widgets.figure import FigureView
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.widgets.work_line import WorkLine


class LogTable(Table):
    """The list, with the month and what was withdrawn chosen beside the search: its tools lose their words sooner."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.month, self.withdrawn = QComboBox(), QCheckBox(_("显示已撤回"))
        super().__init__(desk, worklog_rows.entry_columns(), "worklog", _("工作底单"), parent)
        self.month.setAccessibleName(_("月份"))
        self.month.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tools.insertWidget(1, self.withdrawn)
        self.tools.insertWidget(1, self.month)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools(self.month, self.withdrawn)


class LogPlace(Place):
    """The entry line and the list of the quarter or of one month."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = WorkLine(self)
        self.table = LogTable(desk, self)
        self.month, self.withdrawn = self.table.month, self.table.withdrawn
        self.layout_.addWidget(self.line)
        self.list = Place(self)
        self.list.layout_.setContentsMargins(0, 0, 0, 0)
        self.list.layout_.addWidget(self.table)
        self.layout_.addWidget(self.list, 1)
        self._of: Worklog | None = None
        self.month.currentIndexChanged.connect(self._sieve)
        self.withdrawn.toggled.connect(self._sieve)

    def show_log(self, of: Worklog, is_office: bool, may_enter: bool) -> None:
        """A branch in a quarter."""
        if self._of is None or self._of.quarter.id != of.quarter.id:
            self.month.blockSignals(True)
            self.month.clear()
            self.month.addItem(_("全季"), None)
            for day in months(of.quarter):
                self.month.addItem(_("{n}月").format(n=day.month), day.month)
            self.month.blockSignals(False)
        self._of = of
        self.line.setVisible(may_enter)
        self.line.show_log(of, is_office)
        self._sieve()
        nothing = Nothing(
            _("本季还没有底单。"),
            _("做了什么就在上方记一条：日期、类别、做了什么，回车保存；计入哪些指标随即写明。"),
            _("记第一条") if may_enter else "",
            self.line.what.setFocus,
            is_accent=False,
        )
        self.list.show_rows_or(of.entries, nothing)
        self.setCurrentWidget(self.content)

    def _sieve(self) -> None:
        if self._of is not None:
            month, all_of_them = self.month.currentData(), self.withdrawn.isChecked()
            rows = self._of.entries if all_of_them else self._of.standing
            self.table.set_rows([row for row in rows if month is None or row.done_on.month == month])


class DaysPlace(Place):
    """The chart of one indicator, and every day on which one moved."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.which, self.note = QComboBox(self), QLabel(self)
        self.which.setAccessibleName(_("指标"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.note.setObjectName("quiet")
        self.note.setWordWrap(True)
        self.chart = FigureView(desk, _("逐日累计"), self)
        self.table = Table(desk, worklog_rows.day_columns(), "worklog_days", _("逐日累计"), self)
        head = QHBoxLayout()
        head.addWidget(self.which)
        head.addWidget(self.note, 1)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self.chart, 3)
        self.layout_.addWidget(self.table, 4)
        self._of: tuple[Accrual, ...] = ()
        self._today: date | None = None
        self.which.currentIndexChanged.connect(self._draw)

    def show_days(self, of: Sequence[Accrual], entries: Sequence[EntryView], today: date) -> None:
        """Every indicator that the quarter's entries feed."""
        self._of, self._today = tuple(of), today
        if not of:
            self.show_empty(
                _("本季还没有计入指标的记录。"),
                _("登记科技服务、上级任务等会计入指标的工作以后，这里逐日显示数值和得分。"),
            )
            return
        chosen = self.which.currentText()
        self.which.blockSignals(True)
        self.which.clear()
        for one in of:
            self.which.addItem(one.title)
        self.which.setCurrentIndex(max(0, self.which.findText(chosen)))
        self.which.blockSignals(False)
        self.table.set_rows(worklog_rows.day_rows(of, entries))
        self.setCurrentWidget(self.content)
        self._draw()

    def _draw(self) -> None:
        at = self.which.currentIndex()
        if not 0 <= at < len(self._of):
            return
        of = self._of[at]
        self.note.setText(not_counting(of))
        self.chart.show_figure(partial(_make, of, self._today), _("{title}逐日累计").format(title=of.title))


class MatrixPlace(Place):
    """Branches by month. `opened` tells the id of a branch."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table: Table | None = None

    def show_matrix(self, of: Matrix) -> None:
        """A quarter; its months are the columns, so the table is made anew."""
        if self.table is not None:
            self.layout_.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = Table(self._desk, worklog_rows.matrix_columns(of), "worklog_matrix", _("各支部底单"), self)
        self.table.opened.connect(lambda row: self.opened.emit(row.org.id) if row is not None else None)
        self.layout_.addWidget(self.table, 1)
        self.table.set_rows(of.rows)
        self.setCurrentWidget(self.content)


def _make(of: Accrual, today: date | None, size: tuple[float, float], theme_name: str, dpi: float) -> object:
    from okr_desk.charts import worklog

    return worklog.accrual(of, size, theme_name, dpi, today)
