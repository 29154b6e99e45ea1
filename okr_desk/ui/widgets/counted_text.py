"""A few lines of text with the count of characters that they may have: what is printed in a small block."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme


class CountedText(QPlainTextEdit):
    """Says 12 / 70 in its corner while one types, and that it is too long once it is; nothing is cut."""

    def __init__(self, limit: int, lines: float = 3.4, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.limit = limit
        self.setTabChangesFocus(True)
        self.setFixedHeight(round(theme.line_height() * (lines + 1)))
        self.counter = QLabel(self)
        self.counter.setObjectName("quiet")
        self.counter.setFont(theme.font("small"))
        self.counter.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setViewportMargins(0, 0, 0, theme.line_height())
        self.textChanged.connect(self._count)
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _count(self) -> None:
        used = len(self.toPlainText().strip())
        over = used - self.limit
        said = _("{n} / {limit} 字").format(n=used, limit=self.limit)
        self.counter.setText(said if over <= 0 else _("{said}，多 {over} 字").format(said=said, over=over))
        self.counter.setProperty("refusal", over > 0)
        self.counter.style().unpolish(self.counter)
        self.counter.style().polish(self.counter)
        self._place()

    def _place(self) -> None:
        self.counter.adjustSize()
        right, bottom = self.width() - theme.gap(0.5), self.height() - theme.gap(0.2)
        self.counter.move(right - self.counter.width(), bottom - self.counter.height())
