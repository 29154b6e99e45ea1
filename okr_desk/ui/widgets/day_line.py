"""A day that is typed: 7.3, 7月3日 or 20260703; what was understood stands there when one goes on.

With `pick` a calendar opens from its end, for who would rather point.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.days import read_day
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import mark

WIDE, WIDE_PICKED = 6.5, 8.8
"""Width in characters: 2026-07-03, with room for the calendar's button, and no more of the row than that."""
FIELD = 1.5
"""Height of the line in lines of text where it stands beside other fields of an entry."""


class DayLine(QLineEdit):
    """`name` is the word of a refusal, `year` what a day without one means. `moved`: another day stands there."""

    moved = Signal()

    def __init__(
        self, name: str, day: date | None, year: int, parent: QWidget | None = None, pick: bool = False
    ) -> None:
        super().__init__(parent)
        self.first: date | None = None
        self.last: date | None = None
        self._within = ""
        self._name, self.year = name, year
        self._quarter_id = 0
        self._stood: date | None = None
        self.setPlaceholderText("7.3")
        self.setToolTip(_("可写 7.3、7月3日 或 20260703"))
        self.setMinimumWidth(theme.span(self, WIDE_PICKED if pick else WIDE))
        if pick:
            self.setMinimumHeight(theme.gap(FIELD))
            opened = QAction(_("从日历中选"), self)
            icons.dress(opened, "calendar", "text_quiet")
            self.addAction(opened, QLineEdit.ActionPosition.TrailingPosition)
            opened.triggered.connect(self.pick)
        self.set_day(day)
        self.editingFinished.connect(self._tidy)

    def follow(self, quarter: QuarterView, today: date | None) -> None:
        """Another quarter is looked at: its year, and `today` or the nearest of its days (None: nothing proposed)."""
        if quarter.id != self._quarter_id:
            self._quarter_id, self.year = quarter.id, quarter.year
            self.set_day(None if today is None else min(max(today, quarter.starts_on), quarter.ends_on))

    def keep_within(self, first: date, last: date, said: str) -> None:
        """Days outside are refused with what to do; `said` names the time between, like 2026年第三季度."""
        self.first, self.last, self._within, self.year = first, last, said, first.year

    def pick(self) -> QCalendarWidget:
        """Open the calendar below the line; a click takes the day."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if self.first is not None and self.last is not None:
            calendar.setDateRange(_qt(self.first), _qt(self.last))
        if (shown := self.understood) is not None:
            calendar.setSelectedDate(_qt(shown))

        def take(found: QDate) -> None:
            self.set_day(date(found.year(), found.month(), found.day()))
            menu.close()
            self.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        return calendar

    def set_day(self, day: date | None) -> None:
        """Show a day, nothing for None."""
        self.setText("" if day is None else day.isoformat())
        if day != self._stood:
            self._stood = day
            self.moved.emit()

    def day(self, field: str) -> date:
        """The day typed. Raises InputRefused for none, what is no day, or one outside of what is kept to."""
        found = read_day(self.text(), self.year, field, self._name)
        if (self.first is not None and found < self.first) or (self.last is not None and found > self.last):
            said = _("“{name}”{day} 不在{within}（{first} 至 {last}）内，请核对；其他季度的请先在上方换季度。")
            raise InputRefused(
                said.format(name=self._name, day=found, within=self._within, first=self.first, last=self.last), field
            )
        return found

    def optional_day(self, field: str) -> date | None:
        """As `day`, but nothing typed is None."""
        return self.day(field) if self.text().strip() else None

    @property
    def understood(self) -> date | None:
        """The day that can be read from what stands there now; None for nothing and for what is no day."""
        with suppress(InputRefused):
            return read_day(self.text(), self.year, "", self._name)
        return None

    def sizeHint(self) -> QSize:
        """As wide as a day, not as a line of text."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _tidy(self) -> None:
        if (found := self.understood) is not None:  # else it stays as it was typed, and is refused when it is sent
            self.set_day(found)
        elif not self.text().strip():
            self.set_day(None)
        mark(self, self.understood is None and bool(self.text().strip()))


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
