"""A board of cards in columns, whatever they are about. Arrows go from card to card, Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme

MOST = 30
"""Cards of a column; more are in a list."""
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


@dataclass(frozen=True)
class Card:
    """What a card says: quiet line, what it is about, who, how it stands; `warns` sets the last apart."""

    id: int
    quiet: str
    head: str
    who: str
    state: str
    warns: bool = False


class CardFrame(QFrame):
    """One card. `opened` tells the id, `moved` the arrow that was pressed."""

    opened = Signal(int)
    moved = Signal(int)

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.setObjectName("card")
        self.setProperty("pick", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        head = QLabel(card.head, self)
        head.setFont(theme.font("body", bold=True))
        state = QLabel(("▲ " if card.warns else "") + card.state, self)
        state.setProperty("refusal" if card.warns else "plain", True)
        quiet, who = QLabel(card.quiet, self), QLabel(card.who, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.5)] * 4)
        layout.setSpacing(theme.gap(0.15))
        for label in (quiet, head, who, state):
            label.setWordWrap(True)
            label.setMinimumWidth(theme.span(self, 4))
            label.setVisible(bool(label.text()))
            layout.addWidget(label)
        for label in (quiet, who):
            label.setObjectName("quiet")
        self.setAccessibleName(_("，").join(text for text in (card.head, card.quiet, card.who, card.state) if text))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.card.id)
        elif event.key() in ARROWS:
            self.moved.emit(event.key())
        else:
            super().keyPressEvent(event)


class CardBoard(QWidget):
    """Columns by key with their names. `opened` tells the id of the card taken, `current` is where arrows led.

    `more`: what stands under a column that has more cards than are shown.
    """

    opened = Signal(int)

    def __init__(self, columns: Mapping[str, str], parent: QWidget | None = None, more: str = "") -> None:
        super().__init__(parent)
        self._names, self._more = dict(columns), more or _("还有 {n} 件")
        self.cards: dict[str, list[CardFrame]] = {key: [] for key in columns}
        self._columns: dict[str, QVBoxLayout] = {}
        self._heads: dict[str, QLabel] = {}
        self._places: dict[str, QWidget] = {}
        self.current: int | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.4), 0, 0)
        layout.setSpacing(theme.gap(0.6))
        for key in columns:
            self._places[key] = self._column(key)
            layout.addWidget(self._places[key], 1)

    def show_cards(self, cards: Mapping[str, Sequence[Card]], hidden: Sequence[str] = ()) -> None:
        """Put the cards; the focus stays on the card that had it. `hidden`: columns that have no room of their own."""
        focused = next((one.card.id for one in self._all() if one.hasFocus()), None)
        for key, found in cards.items():
            self._heads[key].setText(_("{name}　{n}").format(name=self._names[key], n=len(found)))
            self._places[key].setVisible(key not in hidden)
            self._fill(key, found)
        if focused is not None:
            self.focus(focused)

    def focus(self, card_id: int) -> None:
        """Put the focus on a card."""
        for one in self._all():
            if one.card.id == card_id:
                self._take(one)

    # Inside

    def _all(self) -> list[CardFrame]:
        return [one for cards in self.cards.values() for one in cards]

    def _column(self, key: str) -> QWidget:
        place, inner = QWidget(self), QWidget(self)
        head = self._heads[key] = QLabel(self._names[key], place)
        head.setFont(theme.font("body", bold=True))
        area = QScrollArea(place)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self._names[key])
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        cards = self._columns[key] = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, theme.gap(0.2), 0)
        cards.setSpacing(theme.gap(0.35))
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(head)
        layout.addWidget(area, 1)
        return place

    def _fill(self, key: str, cards: Sequence[Card]) -> None:
        layout = self._columns[key]
        while layout.count():
            widget = layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards[key] = []
        for card in cards[:MOST]:
            frame = CardFrame(card, self)
            frame.opened.connect(self.opened)
            frame.moved.connect(lambda pressed, at=frame: self._go(at, pressed))
            layout.addWidget(frame)
            self.cards[key].append(frame)
        if len(cards) > MOST:
            more = QLabel(self._more.format(n=len(cards) - MOST), self)
            more.setObjectName("quiet")
            layout.addWidget(more)
        layout.addStretch(1)

    def _take(self, frame: CardFrame) -> None:
        self.current = frame.card.id
        frame.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, frame: CardFrame, key: int) -> None:
        """The card above or below; to the side the card at the same height of the next column that has any."""
        keys = list(self.cards)
        at = next(one for one in keys if frame in self.cards[one])
        place = self.cards[at].index(frame)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            other = place + (1 if key == Qt.Key.Key_Down else -1)
            found = self.cards[at][other] if 0 <= other < len(self.cards[at]) else None
        else:
            rest = keys[keys.index(at) + 1 :] if key == Qt.Key.Key_Right else list(reversed(keys[: keys.index(at)]))
            column = next((self.cards[one] for one in rest if self.cards[one]), [])
            found = column[min(place, len(column) - 1)] if column else None
        if found is not None:
            self._take(found)
            area = found.parentWidget()
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            if area is not None:
                area.ensureWidgetVisible(found)
