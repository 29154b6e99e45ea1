"""Above an appraisal: which round, how far it is, and what can be done with it as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from okr_desk.appraisal_terms import AppraisalKind, AppraisalState
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.queries.title_board import TitleBoard
from okr_desk.ui import icons, theme
from okr_desk.ui.models import title_sentences
from okr_desk.ui.widgets import tool_words

_S = AppraisalState
WHEN = {
    "create": (_S.OPEN, _S.CLOSED),
    "withdraw": (_S.OPEN, _S.CLOSED),
    "record": (_S.CLOSED,),
    "reopen": (_S.CLOSED,),
}
"""In which state an action may be taken; the others while counts are still entered."""
OF_THE_OFFICE = ("withdraw", "reopen")
"""What the office alone does with a round that is closed."""


class RoundBar(QWidget):
    """`chosen` tells the id of the round that was picked, `acted` an action by its name."""

    chosen = Signal(int)
    acted = Signal(str)

    def __init__(self, kind: AppraisalKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.box, self.facts = QComboBox(self), QLabel(self)
        self.box.setAccessibleName(_("测评"))
        self.box.setMinimumWidth(theme.span(self, 16))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.facts.setObjectName("quiet")
        self.buttons = {name: self._button(name, words, icon) for name, words, icon in _actions(kind)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.5))
        row.addWidget(self.box)
        row.addWidget(self.facts)
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        self.box.activated.connect(lambda _row: self.chosen.emit(int(self.box.currentData())))

    def show_rounds(self, rounds: Sequence[AppraisalView], shown: AppraisalView, board: TitleBoard) -> None:
        """The rounds of the year, one of them in front."""
        names = {one.id: one.short_name for one in board.branches}
        with QSignalBlocker(self.box):
            self.box.clear()
            for one in rounds:
                whose = names.get(one.org_id, "")
                self.box.addItem(f"{whose}　{one.name}" if whose else one.name, one.id)
        self.mark(shown.id)

    def mark(self, round_id: int) -> None:
        """Show which round is in front."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(round_id))

    def show_round(self, of: AppraisalView, board: TitleBoard, may: bool, may_reopen: bool) -> None:
        """How far a round is, and only what this person can do with it."""
        self.facts.setText(title_sentences.of_round(of))
        self.facts.setToolTip(title_sentences.reopened(of))
        for name, button in self.buttons.items():
            is_open_to = may if of.is_open or name not in OF_THE_OFFICE else may_reopen
            button.setVisible(is_open_to and of.state in WHEN.get(name, (AppraisalState.OPEN,)))
        record, is_there = self.buttons["record"], board.is_recorded(of)
        record.setVisible(not record.isHidden() and self._kind is AppraisalKind.MEMBERS)
        record.setEnabled(not is_there)
        words = _("已记入组织生活") if is_there else _("记入组织生活")
        record.setAccessibleName(words)
        record.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Tools lose their words where the row is too narrow for them."""
        between = theme.gap(0.5) * (len(self.buttons) + 2)
        taken = self.box.sizeHint().width() + self.facts.sizeHint().width() + between + theme.gap(1)
        tool_words.fit(list(self.buttons.values()), self.width() - taken)

    def _button(self, name: str, words: str, icon: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("flat", True)
        button.setAccessibleName(words)
        button.setToolTip(words)
        icons.dress(button, icon, "text_quiet")
        button.clicked.connect(lambda _checked=False: self.acted.emit(name))
        return button


def _actions(kind: AppraisalKind) -> tuple[tuple[str, str, str], ...]:
    """Name, words and icon of each action, in their order."""
    rest = _("按建议定其余") if kind is AppraisalKind.SECRETARIES else _("其余定为合格")
    return (
        ("create", _("新建测评"), "add"),
        ("day", _("改日期"), "calendar"),
        ("grade", _("定等次"), "check"),
        ("rest", rest, "done"),
        ("close", _("等次办结"), "lock"),
        ("record", _("记入组织生活"), "duty"),
        ("reopen", _("重新开放"), "history"),
        ("withdraw", _("撤回测评"), "delete"),
    )
