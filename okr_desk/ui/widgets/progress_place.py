"""What is under way, how far it has come, and a way to stop it, where its result will stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme


class ProgressPlace(QWidget):
    """Words, a bar and a button. `stopped` tells the wish to stop."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.bar, self.stop = QLabel(self), QProgressBar(self), QPushButton(_("取消"), self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.span(self, 26))
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.gap(0.6))
        layout.addStretch(2)
        for widget in (self.words, self.bar, self.stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.stop.clicked.connect(lambda: self.stopped.emit())

    def begin(self, words: str) -> None:
        """Show what is being done, of an unknown length at first."""
        self.words.setText(words)
        self.bar.setRange(0, 0)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """So many of so many."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.words.setText(words)
