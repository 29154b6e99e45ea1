"""Cards: boxes around what can be picked up, and the few numbers that open a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from okr_desk.ui import theme


class Card(QFrame):
    """A quiet box with an optional title; put widgets into `content`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(*[theme.gap(0.7)] * 4)
        self.content.setSpacing(theme.gap(0.4))
        self.title = QLabel(title, self)
        self.title.setFont(theme.font("body", bold=True))
        self.title.setVisible(bool(title))
        self.content.addWidget(self.title)


class NumberCard(Card):
    """One number with its name and one line of context; a click opens what lies behind it."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._name = name
        self.name, self.number, self.context = QLabel(name, self), QLabel(self), QLabel(self)
        self.name.setObjectName("quiet")
        self.context.setObjectName("quiet")
        self.number.setFont(theme.font("title", bold=True))
        for label in (self.name, self.number, self.context):
            self.content.addWidget(label)
        self.content.setSpacing(theme.gap(0.1))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set(self, number: str, context: str = "") -> None:
        """Show a number and its context."""
        self.number.setText(number)
        self.context.setText(context)
        self.setAccessibleName(f"{self._name} {number} {context}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
            return
        super().keyPressEvent(event)
