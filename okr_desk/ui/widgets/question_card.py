"""One doubtful cell as a card: the row in the workbook, what we read, why we ask, and three answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.imports import Decision, Verdict
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import mark
from okr_desk.ui.models.questions import Item
from okr_desk.ui.models.workbook_rows import RowShown
from okr_desk.ui.widgets.cards import Card
from okr_desk.ui.widgets.row_picture import RowPicture


class QuestionCard(Card):
    """Asks about one cell. `decided` tells the item and the decision (None takes it back), `stepped` -1 or +1."""

    decided = Signal(object, object)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.item: Item | None = None
        self.place, self.counter = QLabel(self), QLabel(self)
        self.picture = RowPicture(self)
        self.reason, self.verdict = QLabel(self), QLabel(self)
        self.accept_button = self._button("check", lambda: self.accept())
        self.change_button = self._button("edit", lambda: self.start_change())
        self.blank_button = self._button("close", lambda: self.blank())
        self.back_button = self._button("undo", lambda: self.take_back())
        self.line = QLineEdit(self)
        self.take_button = QPushButton(_("取此值（回车）"), self)
        self.refusal = QLabel(self)
        self._dress()
        self._assemble()

        self.line.returnPressed.connect(self.finish_change)
        self.take_button.clicked.connect(lambda: self.finish_change())
        for keys, slot in (("A", self.accept), ("E", self.start_change), ("L", self.blank)):
            shortcut = QShortcut(QKeySequence(keys), self)  # wherever the focus is, but never while one types
            shortcut.activated.connect(slot)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.line)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(lambda: self._close_line())

    def show_item(self, item: Item | None, place: int, total: int, word: str) -> None:
        """Put a cell on the card: its place among `total`, and the decision so far in words."""
        self.item = item
        self._close_line(refocus=False)
        self.setEnabled(item is not None)
        if item is None:
            return
        doubt = item.doubt
        self.title.setText(item.name)
        self.title.show()
        self.place.setText(_("{workbook} · {sheet} · {cell}　{when}").format(
            workbook=doubt.place.workbook, sheet=doubt.place.sheet, cell=doubt.place.cell, when=item.when
        ))  # fmt: skip
        self.counter.setText(_("{n} / {total}").format(n=place, total=total))
        self.reason.setText(_reason(item))
        self.accept_button.setText(_("接受 {value}（A）").format(value=item.with_unit(doubt.proposal)))
        self.accept_button.setVisible(bool(doubt.proposal))
        self.verdict.setText(_("已定：{word}（尚未写入）").format(word=word) if word else "")
        self.verdict.setVisible(bool(word))
        self.back_button.setVisible(bool(word))
        self.place.setToolTip(self.place.text())
        self.setAccessibleName(f"{item.name} {self.place.text()} {doubt.raw} {self.reason.text()}")

    def show_row(self, row: RowShown | None) -> None:
        """The picture of the row; None while it is being read."""
        self.picture.show_row(row)

    def accept(self) -> None:
        """A: take the proposal."""
        if self.item is not None and self.item.doubt.proposal:
            self.decided.emit(self.item, Decision(Verdict.ACCEPT))

    def blank(self) -> None:
        """L: leave the cell blank; it stays unreported, never a 0."""
        if self.item is not None:
            self.decided.emit(self.item, Decision(Verdict.BLANK))

    def take_back(self) -> None:
        """The decision is open again."""
        if self.item is not None:
            self.decided.emit(self.item, None)

    def start_change(self) -> None:
        """E: type another value."""
        if self.item is None:
            return
        for widget in (self.line, self.take_button):
            widget.show()
        self.line.setText(self.item.doubt.proposal)
        self.line.selectAll()
        self.line.setFocus()

    def finish_change(self) -> None:
        """Enter: take what was typed, or say beside it what is asked for."""
        if self.item is None:
            return
        try:
            value = self.item.check(self.line.text())
        except InputRefused as refusal:
            self.refuse(refusal.sentence)
            return
        self.decided.emit(self.item, Decision(Verdict.CHANGE, value))

    def refuse(self, sentence: str) -> None:
        """A sentence under the answers."""
        mark(self.line, True)
        self.refusal.setText(sentence)
        self.refusal.show()

    def _close_line(self, refocus: bool = True) -> None:
        for widget in (self.line, self.take_button, self.refusal):
            widget.hide()
        mark(self.line, False)
        if refocus:
            self.setFocus()

    def _button(self, icon: str, slot: object) -> QPushButton:
        button = QPushButton(self)
        icons.dress(button, icon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        return button

    def _dress(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for label in (self.place, self.counter):
            label.setObjectName("quiet")
            label.setFont(theme.font("small"))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.reason, self.refusal):
            label.setWordWrap(True)
        self.verdict.setObjectName("quiet")
        self.refusal.setProperty("refusal", True)
        self.change_button.setText(_("改为…（E）"))
        self.blank_button.setText(_("留空（L）"))
        self.blank_button.setToolTip(_("本格不写入，仍按未报处理，不当作 0。"))
        self.back_button.setText(_("重新定"))
        self.back_button.setProperty("flat", True)
        self.line.setAccessibleName(_("改为"))
        self.line.setPlaceholderText(_("填正确的值"))
        self.line.setMaximumWidth(theme.span(self, 14))

    def _assemble(self) -> None:
        self.content.removeWidget(self.title)
        self.content.setContentsMargins(theme.gap(0.7), theme.gap(0.35), theme.gap(0.7), theme.gap(0.5))
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(theme.gap(0.5))
        head.addWidget(self.place, 1)
        head.addWidget(self.counter)
        for step, icon, words in ((-1, "chevron_left", _("上一格")), (1, "chevron_right", _("下一格"))):
            arrow = QToolButton(self)
            icons.dress(arrow, icon, "text_quiet")
            arrow.setToolTip(words)
            arrow.setAccessibleName(words)
            arrow.clicked.connect(lambda _checked=False, by=step: self.stepped.emit(by))
            head.addWidget(arrow)
        answers = QHBoxLayout()
        answers.setSpacing(theme.gap(0.4))
        for widget in (self.accept_button, self.change_button, self.blank_button, self.line, self.take_button):
            answers.addWidget(widget)
        answers.addStretch(1)
        answers.addWidget(self.verdict)
        answers.addWidget(self.back_button)
        self.content.addLayout(head)
        self.content.addWidget(self.picture)
        self.content.addWidget(self.reason)
        self.content.addLayout(answers)
        self.content.addWidget(self.refusal)


def _reason(item: Item) -> str:
    """Why we ask, and that nothing can be proposed where that is so."""
    said = item.doubt.reason.rstrip("。")
    if not item.doubt.proposal:
        return _("为什么要问：{reason}。没有建议值，请改为正确的值，或留空。").format(reason=said)
    return _("为什么要问：{reason}。").format(reason=said)
