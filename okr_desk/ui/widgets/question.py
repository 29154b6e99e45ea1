"""The question beside a doubtful cell: what is open, what is proposed, yes or go on typing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from okr_desk.i18n import _
from okr_desk.scoring.rounding import plain
from okr_desk.ui import theme


class Question(QFrame):
    """A small card over the table; Enter takes the proposal, Esc goes on typing."""

    yes = Signal()
    no = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.can_accept = False
        self._words = QLabel(self)
        self._yes, self._no = QPushButton(self), QPushButton(_("再改（Esc）"), self)
        for button in (self._yes, self._no):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._no.setProperty("flat", True)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.5), theme.gap(0.15), theme.gap(0.3), theme.gap(0.15))
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(self._words, 1)
        layout.addWidget(self._yes)
        layout.addWidget(self._no)
        self.hide()

        self._yes.clicked.connect(self.yes)
        self._no.clicked.connect(self.no)

    @property
    def words(self) -> str:
        """What is asked."""
        return self._words.text()

    def ask(self, sentence: str, proposal: Decimal | None) -> None:
        """Put the question and its proposal."""
        self.can_accept = proposal is not None
        self._words.setText(sentence)
        self._yes.setText(_("取 {value}（回车）").format(value=plain(proposal)))
        self._yes.setVisible(self.can_accept)
        self._no.setText(_("再改（Esc）") if self.can_accept else _("再改（回车）"))
        self.setAccessibleName(sentence)

    def place(self, cell: QRect, within: QRect) -> None:
        """Stand to the right of a cell, or under it where there is no room; both in the parent's coordinates."""
        wide = self.sizeHint().width()
        self.resize(min(wide, within.width()), max(cell.height(), self.sizeHint().height()))
        beside = cell.right() + theme.gap(0.3)
        if beside + wide <= within.right():
            self.move(beside, min(cell.center().y() - self.height() // 2, within.bottom() - self.height()))
        else:
            below = cell.bottom() + 2
            y = below if below + self.height() <= within.bottom() else cell.top() - self.height() - 2
            self.move(max(within.left(), within.right() - self.width()), max(within.top(), y))
        self.show()
        self.raise_()
