"""An empty place that says what to do first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from okr_desk.ui import icons, theme


class Empty(QWidget):
    """Icon, one sentence, what to do first, and the button that does it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._sentence = QLabel(self)
        self._advice = QLabel(self)
        self._button = QPushButton(self)
        self._slot: Callable[[], object] | None = None
        self._sentence.setFont(theme.font("body", bold=True))
        self._advice.setObjectName("quiet")
        self._button.setProperty("accent", True)
        for label in (self._icon, self._sentence, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._icon)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.gap(0.5))
        layout.addStretch(2)
        for widget in (self._icon, self._sentence, self._advice):
            layout.addWidget(widget)
        layout.addSpacing(theme.gap(0.5))
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._button.clicked.connect(self._press)

    def set(
        self,
        sentence: str,
        advice: str = "",
        button: str = "",
        slot: Callable[[], object] | None = None,
        icon: str = "info",
        is_accent: bool = True,
    ) -> None:
        """Fill the place; without a button text there is none. Where the page has its one accent elsewhere, as beside a
        line to type into, the button is a plain one."""
        size = round(theme.line_height() * 2.2)
        self._icon.setPixmap(icons.pixmap(icon, theme.colour("text_faint"), size, self.devicePixelRatioF()))
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        if self._button.property("accent") is not is_accent:
            self._button.setProperty("accent", is_accent)
            self._button.style().unpolish(self._button)
            self._button.style().polish(self._button)
        self._slot = slot

    @property
    def button(self) -> QPushButton | None:
        """The button that does what is advised, where there is one."""
        return None if self._button.isHidden() else self._button

    @property
    def sentence(self) -> str:
        """What stands there."""
        return self._sentence.text()

    def _press(self) -> None:
        if self._slot is not None:
            self._slot()
