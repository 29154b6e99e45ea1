"""The board: whistles as cards in columns by state. Arrows go from card to card, Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.whistle_board import GROUPS, Board, Group
from okr_desk.ui import theme
from okr_desk.ui.models import whistle_rows
from okr_desk.ui.models.whistle_rows import WhistleRow

MOST = 30
"""Cards of a column; more are in the list."""


class WhistleCard(QFrame):
    """Number, class, matter, department, time left. `opened` tells the id, `moved` the arrow that was pressed."""

    opened = Signal(int)
    moved = Signal(int)

    def __init__(self, row: WhistleRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.setObjectName("card")
        self.setProperty("pick", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        one, left = row.view, whistle_rows.left_text(row)
        number = QLabel(one.number, self)
        number.setObjectName("quiet")
        matter = QLabel(f"{whistle_rows.class_text(one.kind)}　{one.matter}", self)
        matter.setFont(theme.font("body", bold=True))
        matter.setWordWrap(True)
        who = QLabel(_("{org} → {department}").format(org=one.org, department=one.department.name), self)
        who.setObjectName("quiet")
        who.setWordWrap(True)
        words = " · ".join(part for part in (whistle_rows.state_text(one), left) if part)
        state = QLabel(("▲ " if whistle_rows.is_late(row) else "") + words, self)
        state.setProperty("refusal" if whistle_rows.is_late(row) else "plain", True)
        state.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.5)] * 4)
        layout.setSpacing(theme.gap(0.15))
        for label in (number, matter, who, state):
            label.setMinimumWidth(theme.span(self, 4))
            layout.addWidget(label)
        said = (one.number, whistle_rows.class_text(one.kind), one.matter, one.department.name, words)
        self.setAccessibleName(_("，").join(said))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.row.view.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row.view.id)
        elif event.key() in ARROWS:
            self.moved.emit(event.key())
        else:
            super().keyPressEvent(event)


class WhistleBoard(QWidget):
    """Five columns. `opened` tells the id of the whistle whose card was taken, `current` is where the arrows led."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[Group, list[WhistleCard]] = {group: [] for group in Group}
        self._columns: dict[Group, QVBoxLayout] = {}
        self._heads: dict[Group, QLabel] = {}
        self.current: int | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.4), 0, 0)
        layout.setSpacing(theme.gap(0.6))
        for group in Group:
            layout.addWidget(self._column(group), 1)

    def show_board(self, of: Board) -> None:
        """Put the cards; the focus stays on the whistle that had it."""
        focused = next((card.row.view.id for card in self._all() if card.hasFocus()), None)
        for group in Group:
            found = of.column(group)
            self._heads[group].setText(_("{name}　{n}").format(name=_(GROUPS[group][0]), n=len(found)))
            self._fill(group, [WhistleRow(one, of.now) for one in found])
        if focused is not None:
            self.focus(focused)

    def focus(self, whistle_id: int) -> None:
        """Put the focus on a card."""
        for card in self._all():
            if card.row.view.id == whistle_id:
                self._take(card)

    # Inside

    def _all(self) -> list[WhistleCard]:
        return [card for cards in self.cards.values() for card in cards]

    def _column(self, group: Group) -> QWidget:
        place, inner = QWidget(self), QWidget(self)
        head = self._heads[group] = QLabel(_(GROUPS[group][0]), place)
        head.setFont(theme.font("body", bold=True))
        area = QScrollArea(place)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_(GROUPS[group][0]))
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        cards = self._columns[group] = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, theme.gap(0.2), 0)
        cards.setSpacing(theme.gap(0.35))
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(head)
        layout.addWidget(area, 1)
        return place

    def _fill(self, group: Group, rows: Sequence[WhistleRow]) -> None:
        layout = self._columns[group]
        while layout.count():
            widget = layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards[group] = []
        for row in rows[:MOST]:
            card = WhistleCard(row, self)
            card.opened.connect(self.opened)
            card.moved.connect(lambda key, at=card: self._go(at, key))
            layout.addWidget(card)
            self.cards[group].append(card)
        if len(rows) > MOST:
            more = QLabel(_("还有 {n} 件，见“明细”").format(n=len(rows) - MOST), self)
            more.setObjectName("quiet")
            layout.addWidget(more)
        layout.addStretch(1)

    def _take(self, card: WhistleCard) -> None:
        self.current = card.row.view.id
        card.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, card: WhistleCard, key: int) -> None:
        """The card above or below; to the side the card at the same height of the next column that has any."""
        groups = list(Group)
        at = next(group for group in groups if card in self.cards[group])
        place = self.cards[at].index(card)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            other = place + (1 if key == Qt.Key.Key_Down else -1)
            found = self.cards[at][other] if 0 <= other < len(self.cards[at]) else None
        else:
            step = 1 if key == Qt.Key.Key_Right else -1
            rest = groups[groups.index(at) + 1 :] if step > 0 else list(reversed(groups[: groups.index(at)]))
            column = next((self.cards[group] for group in rest if self.cards[group]), [])
            found = column[min(place, len(column) - 1)] if column else None
        if found is not None:
            self._take(found)
            area = found.parentWidget()
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            if area is not None:
                area.ensureWidgetVisible(found)


ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
