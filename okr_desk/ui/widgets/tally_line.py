"""The line under the check-in table, with the button that takes over what the working paper has come to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.models import checkin_words
from okr_desk.ui.models.checkin_grid import CheckInGrid, Column


class TallyLine(QWidget):
    """`taken` tells row, column and text, as if somebody had typed the figure: it is a step that can be taken back."""

    taken = Signal(int, int, str)

    def __init__(self, hint: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._text = -1, ""
        self.button = QPushButton(self)
        self.button.setProperty("flat", True)
        icons.dress(self.button, "check", "text")
        kept = self.button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the table keeps its height from row to row
        self.button.setSizePolicy(kept)
        self.button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(hint, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(lambda: self.taken.emit(self._row, Column.VALUE, self._text))

    def follow(self, grid: CheckInGrid, row: int, is_open: bool) -> None:
        """The row under the cursor; the button shows where there is a figure to take and the field may be filled."""
        fillable = row >= 0 and is_open and grid.rows[row].is_fillable
        self._row = row
        self._text = checkin_words.tally_to_take(grid.rows[row], grid.entry(row)) if fillable else ""
        self.button.setText(_("取用底单累计 {value}").format(value=self._text) if self._text else "")
        self.button.setVisible(bool(self._text))
