"""A day that is typed: 7.3, 7月3日 or 20260703; what was understood stands there when one goes on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.days import read_day
from okr_desk.ui import theme

WIDE = 6.5
"""Width in characters: 2026-07-03, and no more of the row than that."""


class DayLine(QLineEdit):
    """`name` is the word of a refusal, `year` what a day without one means."""

    def __init__(self, name: str, day: date | None, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self.year = name, year
        self._quarter_id = 0
        self.setPlaceholderText("7.3")
        self.setToolTip(_("可写 7.3、7月3日 或 20260703"))
        self.setMinimumWidth(theme.span(self, WIDE))
        self.set_day(day)
        self.editingFinished.connect(self._tidy)

    def follow(self, quarter: QuarterView, today: date | None) -> None:
        """Another quarter is looked at: its year, and `today` or the nearest of its days (None: nothing proposed)."""
        if quarter.id != self._quarter_id:
            self._quarter_id, self.year = quarter.id, quarter.year
            self.set_day(None if today is None else min(max(today, quarter.starts_on), quarter.ends_on))

    def set_day(self, day: date | None) -> None:
        """Show a day, nothing for None."""
        self.setText("" if day is None else day.isoformat())

    def day(self, field: str) -> date:
        """The day typed. Raises InputRefused for none or what is no day."""
        return read_day(self.text(), self.year, field, self._name)

    def sizeHint(self) -> QSize:
        """As wide as a day, not as a line of text."""
        return QSize(theme.span(self, WIDE), super().sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _tidy(self) -> None:
        try:
            self.set_day(self.day(""))
        except InputRefused:
            return  # it stays as it was typed, and is refused when it is sent
