"""One thing a branch owes, with the control that settles it in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.checkins import FillRow
from okr_desk.queries.wording import plan_text, reached
from okr_desk.rules import entries
from okr_desk.rules.entries import Typed
from okr_desk.scoring.rounding import plain
from okr_desk.terms import KrKind
from okr_desk.ui import theme
from okr_desk.ui.models.check_in_drafts import asked


class OwedLine(QFrame):
    """Title, last value and plan, a field, its unit, and 登记. `given` tells the answer once it is one, `grown` that
    the line has become higher or lower."""

    given = Signal(object, object)
    grown = Signal()

    def __init__(self, row: FillRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._typed: Typed | None = None
        self.setObjectName("card")
        view = row.view
        title = QLabel(f"{view.code}　{view.title}", self)
        self.context = QLabel(_context(row), self)
        self.context.setObjectName("quiet")
        self.field = QLineEdit(self)
        self.field.setAccessibleName(_("{title} 本季").format(title=view.title))
        self.field.setFixedWidth(theme.span(self, 8))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setPlaceholderText(_hint(view.kind, len(view.nodes)))
        unit = QLabel(_("个节点") if view.kind is KrKind.MILESTONE else view.unit, self)
        unit.setMinimumWidth(theme.span(self, 2.5))
        self.result = QLabel(self)
        self.result.setMinimumWidth(theme.span(self, 9))
        self.button = QPushButton(_("登记"), self)
        self.button.setEnabled(False)
        self.button.setMinimumWidth(theme.span(self, 9))
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.hide()

        line = QHBoxLayout()
        line.setSpacing(theme.gap(0.4))
        about = QVBoxLayout()
        about.setSpacing(0)
        about.addWidget(title)
        about.addWidget(self.context)
        line.addLayout(about, 1)
        for widget in (self.field, unit, self.result, self.button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.6), theme.gap(0.35), theme.gap(0.6), theme.gap(0.35))
        layout.addLayout(line)
        layout.addWidget(self.words)

        self.field.textEdited.connect(self._follow)
        self.button.clicked.connect(self.settle)

    def settle(self) -> None:
        """Enter or 登记: give the answer, or put the question; a second time takes the proposal."""
        typed = entries.read(self.field.text(), asked(self.row))
        if typed is None:
            return
        if not typed.is_answer:
            if self.words.isHidden() or typed.proposal is None:
                self._ask(typed)
                return
            typed = typed.accepted
        self.set_waiting(True)
        self.given.emit(self.row, typed)

    def set_waiting(self, waiting: bool) -> None:
        """Whether the answer is on its way."""
        self.field.setEnabled(not waiting)
        self.button.setEnabled(not waiting and bool(self.field.text().strip()))

    def refuse(self, sentence: str) -> None:
        """The answer was not taken: say why, keep what was typed."""
        self.set_waiting(False)
        self._say(sentence)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
        elif event.key() == Qt.Key.Key_Escape and not self.words.isHidden():
            self._say("")
        else:
            super().keyPressEvent(event)

    def _follow(self, text: str) -> None:
        self.button.setText(_("登记"))
        self.button.setEnabled(bool(text.strip()))
        self._say("")
        typed = entries.read(text, asked(self.row))
        if typed is None or not typed.is_answer:
            self.result.clear()
            return
        made, _pace = self.row.judge(typed.value, typed.done, typed.nodes)
        self.result.setText(_("完成度 {share}").format(share=reached(made)))

    def _ask(self, typed: Typed) -> None:
        self._say(typed.question)
        if typed.proposal is not None:
            self.button.setText(_("取 {value}（回车）").format(value=plain(typed.proposal)))

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        if self.words.isHidden() == bool(sentence):
            self.words.setVisible(bool(sentence))
            self.grown.emit()
        if bool(self.field.property("doubt")) != bool(sentence):
            self.field.setProperty("doubt", bool(sentence))
            self.field.style().polish(self.field)


def _context(row: FillRow) -> str:
    view = row.view
    said = []
    if view.previous is not None:
        said.append(_("上季 {value}").format(value=plain(view.previous)))
    planned = plan_text(view)
    if planned:
        said.append(_("本季计划 {value}").format(value=planned))
    if view.kind is KrKind.MILESTONE:
        said.append(_("、").join(f"{n} {node.name}" for n, node in enumerate(view.nodes, 1)))
    return "　".join(said)


def _hint(kind: KrKind, nodes: int) -> str:
    if kind is KrKind.MILESTONE:
        return _("0 到 {n}").format(n=nodes)
    return _("是 或 否") if kind is KrKind.YES_NO else ""
