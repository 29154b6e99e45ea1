"""The tab 红黄牌: what the figures propose, for the office to issue with one click; the cards of the year below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.followup_cards import CardBoard, CardProposal
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import followup_rows, followup_sentences
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.score_sheet import Place

MOST, BESIDE = 4, 3.2
"""Proposals seen without scrolling, and what search and header take in lines of a table: the cards below are what
stays."""
LEAST = 2
"""Cards that stay in sight on a small screen at large text; beyond that the tab scrolls."""


class CardsTab(Place):
    """`issued` tells the proposals to issue, `opened` the card that was taken, `marked` the one under the cursor."""

    issued = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.proposed = RegisterTable(desk, followup_rows.proposal_columns(), "card_proposals", _("建议发牌"), self)
        self.cards = RegisterTable(desk, followup_rows.card_columns(), "cards", _("红黄牌"), self)
        self.above = QWidget(self)
        self._head, self._quiet, self.tail = QLabel(self), QLabel(self), QLabel(self)
        self.issue_button = QPushButton(_("发牌"), self)
        icons.dress(self.issue_button, "flag", "text")
        self._build()
        self.issue_button.clicked.connect(lambda: self.issued.emit(tuple(self.chosen())))
        self.cards.table.opened.connect(self.opened)

    def show_board(self, of: CardBoard, *, may: bool, several: bool) -> None:
        """Proposals for the office only; where there are none, one quiet line says so."""
        self.above.setVisible(may)
        has = bool(of.proposals)
        self._quiet.setText("" if has else _("本季没有达到发牌条件的支部。"))
        self._quiet.setVisible(not has)
        self.proposed.setVisible(has)
        lines = min(len(of.proposals), MOST) + BESIDE
        self.proposed.setFixedHeight(round(theme.line_height() * 1.75 * lines))
        self.issue_button.setVisible(has)
        self.proposed.show_rows(of.proposals, several=True, may=may)
        self.cards.show_rows(of.cards, several=several, may=may)
        self.cards.setVisible(bool(of.cards))
        self.tail.setText(followup_sentences.of_tail(of))
        self.tail.setVisible(may)
        self._head.setText(followup_sentences.of_cards(of))
        self.setCurrentWidget(self.content)

    def chosen(self) -> list[CardProposal]:
        """The proposals selected."""
        return self.proposed.table.selected()

    # Inside

    def _build(self) -> None:
        title = QLabel(_("建议发牌"), self)
        for head in (title, self._head):
            head.setFont(theme.font("body", bold=True))
        note = QLabel(_("程序只提建议，由镇党建办选中后发出；得分未定等次、没有测评的不判断。"), self)
        for words in (note, self._quiet, self.tail):
            words.setObjectName("quiet")
            words.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(title)
        line.addWidget(note, 1)
        line.addWidget(self.issue_button)
        above = QVBoxLayout(self.above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(theme.gap(0.3))
        above.addLayout(line)
        above.addWidget(self._quiet)
        above.addWidget(self.proposed)
        self.cards.setMinimumHeight(round(theme.line_height() * 1.75 * (LEAST + BESIDE)))
        inner, area = QWidget(self), QScrollArea(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.4))
        for widget, stretch in ((self.above, 0), (self._head, 0), (self.cards, 1), (self.tail, 0)):
            column.addWidget(widget, stretch)
        column.addStretch(0)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_("红黄牌"))
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.layout_.addWidget(area, 1)
