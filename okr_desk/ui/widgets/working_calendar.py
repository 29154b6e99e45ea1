"""The working-day calendar of a year: the sheet, the list of its days, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import cycles as standing
from okr_desk.queries.cycles import CalendarYearView, DayView
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.calendar_day import CalendarDayDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.widgets.year_sheet import YearSheet


@dataclass(frozen=True)
class CalendarSnapshot:
    """One year: its listed days, and whether and by whom it was filled in."""

    year: int
    days: tuple[DayView, ...]
    source: CalendarYearView | None


class WorkingCalendar(QWidget):
    """Look at a year, fill it in from the program's data or by hand."""

    def __init__(self, desk: Desk, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._editable = desk, editable
        self._snapshot: CalendarSnapshot | None = None
        today = desk.clock.today()
        years = [(_("{year}年").format(year=year), year) for year in range(today.year - 2, today.year + 4)]
        self.year = choices(years, today.year)
        self.year.setAccessibleName(_("年份"))
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.sheet = YearSheet(self)
        self.table = Table(desk, _columns(), "calendar", _("节假日和调休"), self)
        self.fill = self._button(_("按程序资料填写"), "download", self.fill_in)
        self.confirm = self._button(_("确认已填写完整"), "check", self.confirm_year)
        self.enter = self._button(_("登记"), "add", self.add)
        self.remove = self._button(_("恢复平日"), "undo", self.take_out)
        self._assemble()
        self.year.currentIndexChanged.connect(lambda _at: self.read())
        self.sheet.picked.connect(self.edit)
        self.table.opened.connect(lambda row: self.edit(row.day))
        self.table.marked.connect(lambda row: self.remove.setEnabled(row is not None))

    def read(self) -> None:
        """Read the chosen year."""
        year = int(self.year.currentData())
        self._desk.tasks.read(_read, year, done=self.show_snapshot, owner=self)

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """Show a year."""
        self._snapshot = snapshot
        self.words.setText(_sentence(snapshot))
        self.sheet.show_year(snapshot.year, snapshot.days, snapshot.source is not None, self._desk.clock.today())
        self.table.set_rows(snapshot.days)
        self.confirm.setVisible(self._editable and snapshot.source is None)
        self.remove.setEnabled(self.table.current() is not None)

    def fill_in(self) -> None:
        """Fill in from the program's data; the office's own days stay."""
        self._write(services.cycles.fill_from_library, int(self.year.currentData()))

    def confirm_year(self) -> None:
        """State that the office has entered all days itself."""
        self._write(services.cycles.confirm_year, int(self.year.currentData()))

    def add(self) -> None:
        """Enter a day of the year shown."""
        year, today = int(self.year.currentData()), self._desk.clock.today()
        self.edit(today if today.year == year else date(year, 1, 1))

    def edit(self, day: date) -> None:
        """Enter or change one day."""
        if not self._editable or self._snapshot is None:
            return
        listed = next((found for found in self._snapshot.days if found.day == day), None)
        is_working = listed.is_working if listed else day.weekday() >= 5
        if CalendarDayDialog.ask(self, self._desk, day, is_working, listed.name if listed else "") is not None:
            self.read()

    def take_out(self) -> None:
        """Make the marked day what its weekday says."""
        row: DayView | None = self.table.current()
        if row is not None:
            self._write(services.cycles.remove_day, row.day)

    def _write(self, service: Callable[..., Any], *args: Any) -> None:
        self._desk.tasks.write(service, *args, done=lambda _outcome: self.read(), owner=self)

    def _button(self, words: str, icon: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        icons.dress(button, icon, "text")
        button.setVisible(self._editable)
        button.clicked.connect(lambda: slot())
        return button

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.year)
        head.addWidget(self.words, 1)
        for button in (self.confirm, self.fill, self.enter, self.remove):
            head.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(theme.gap(1))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.sheet)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)
        body.addWidget(area, 7)
        body.addWidget(self.table, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.6), 0, 0)
        layout.addLayout(head)
        layout.addLayout(body, 1)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("日期"), lambda row: str(row.day)),
        Column(_("星期"), lambda row: _weekday(row.day), sort=lambda row: row.day.weekday(), hidden=True),
        Column(_("名称"), lambda row: row.name, stretch=True, width=8),
        Column(_("安排"), lambda row: _("上班") if row.is_working else _("放假")),
        Column(_("来源"), lambda row: _source(row.source), hidden=True),
    )


def _weekday(day: date) -> str:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def _source(source: str) -> str:
    return _("程序资料") if source == services.cycles.LIBRARY else _("本办登记")


def _sentence(shown: CalendarSnapshot) -> str:
    if shown.source is None:
        return _("{year}年的节假日还没有填写完整，涉及的工作日和截止日不作推算。").format(year=shown.year)
    off = sum(not day.is_working for day in shown.days)
    on = sum(day.is_working for day in shown.days)
    sentence = _("放假 {off} 天（底色），调休上班 {on} 天（加框）；来源：{source}。")
    return sentence.format(off=off, on=on, source=_source(shown.source.source))


def _read(session: Any, year: int) -> CalendarSnapshot:
    source = next((found for found in standing.calendar_years(session) if found.number == year), None)
    return CalendarSnapshot(year, standing.calendar_days(session, year), source)
