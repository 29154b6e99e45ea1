"""The four columns of an import: what would be written, what stands already, what needs you, what is sent back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.widgets.cards import NumberCard

WRITE, SAME, ASK, BACK = "write", "same", "ask", "back"


class CountCard(NumberCard):
    """A number that opens its list; the open one is underlined."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.is_open = False
        line = QHBoxLayout()
        for label in (self.name, self.number):
            self.content.removeWidget(label)
            line.addWidget(label)
        line.addStretch(1)
        line.setSpacing(theme.gap(0.5))
        self.content.insertLayout(0, line)
        self.content.setContentsMargins(theme.gap(0.7), theme.gap(0.4), theme.gap(0.7), theme.gap(0.4))

    def set_open(self, is_open: bool) -> None:
        """Whether its list is the one shown."""
        self.is_open = is_open
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.is_open:
            painter = QPainter(self)
            thick = max(2, theme.gap(0.15))
            painter.fillRect(theme.gap(0.7), self.height() - thick, self.width() // 5, thick, theme.colour("text"))
            painter.end()


class PlanCounts(QWidget):
    """Four cards in a row. `opened` tells which list is wanted."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = ((WRITE, _("将写入")), (SAME, _("相同")), (ASK, _("要您定")), (BACK, _("退回")))
        self.cards = {key: CountCard(name, self) for key, name in names}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.6))
        for key, card in self.cards.items():
            layout.addWidget(card, 1)
            card.pressed.connect(lambda one=key: self.open(one))

    def open(self, key: str) -> None:
        """Underline a card and tell."""
        for name, card in self.cards.items():
            card.set_open(name == key)
        self.opened.emit(key)

    def set(self, key: str, number: int, context: str) -> None:
        """Fill one card."""
        self.cards[key].set(str(number), context)
