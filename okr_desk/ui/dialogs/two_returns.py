"""Two returns of one branch side by side: for each line that differs one is chosen, or a whole file at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.rules.imports import Decision, Verdict
from okr_desk.services.import_returns import Several
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import accent
from okr_desk.ui.models.questions import Item

Chosen = list[tuple[Item, Decision | None]]


class TwoReturns(QDialog):
    """Lines down, files across; a click chooses. What is equal in all files is not shown."""

    def __init__(self, several: Several, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("交来两份，请选定"))
        self.books = several.workbooks
        self.lines = _lines(several, items)
        self.choice: dict[str, str] = {}
        words = QLabel(
            _("{org}交来 {n} 份填报表，以下 {lines} 项不一致。点选每项以哪一份为准，或整份选定。").format(
                org=several.org, n=len(self.books), lines=len(self.lines)
            ),
            self,
        )
        words.setWordWrap(True)
        self.table = QTableWidget(len(self.lines), 1 + len(self.books), self)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(_("选定"), QDialogButtonBox.ButtonRole.AcceptRole)
        accent(self.ok)
        size = theme.line_height()
        empty = QPixmap(size, size)
        empty.fill(Qt.GlobalColor.transparent)
        self._no_icon = QIcon(empty)  # words stay where they are when a mark comes
        self.buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self._fill()

        whole = QHBoxLayout()
        whole.addWidget(QLabel(_("整份以此为准："), self))
        self.whole: dict[str, QPushButton] = {}
        for book in self.books:
            button = QPushButton(book, self)
            button.clicked.connect(lambda _checked=False, name=book: self.choose_whole(name))
            whole.addWidget(button)
            self.whole[book] = button
        whole.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1)] * 4)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addLayout(whole)
        layout.addWidget(self.buttons)
        self.resize(theme.span(self, 52), theme.line_height(self) * 20)
        self.table.cellClicked.connect(self._clicked)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_choice()

    @classmethod
    def ask(cls, parent: QWidget, several: Several, items: Sequence[Item]) -> Chosen:
        """The decisions; none when the dialog was left."""
        dialog = cls(several, items, parent)
        return dialog.decisions() if dialog.exec() == QDialog.DialogCode.Accepted else []

    def choose(self, subject: str, book: str) -> None:
        """One line from one file."""
        if book in self.lines[subject]:
            self.choice[subject] = book
            self._show_choice()

    def choose_whole(self, book: str) -> None:
        """All lines from one file."""
        self.choice.update({subject: book for subject, line in self.lines.items() if book in line})
        self._show_choice()

    def decisions(self) -> Chosen:
        """The chosen copy is accepted, the others stay blank; a chosen copy without a proposal still waits."""
        found: Chosen = []
        for subject, book in self.choice.items():
            line = self.lines[subject]
            found += [(item, Decision(Verdict.BLANK)) for name, item in line.items() if name != book]
            mine = line[book]
            if mine.doubt.proposal and mine.doubt.proposal == mine.doubt.raw.strip():
                found.append((mine, Decision(Verdict.ACCEPT)))
        return found

    def _fill(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([_("项目"), *self.books])
        table.setAccessibleName(_("两份填报表的差别"))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row, line in enumerate(self.lines.values()):
            first = next(iter(line.values()))
            table.setItem(row, 0, QTableWidgetItem(f"{first.code} {first.title}"))
            for column, book in enumerate(self.books, 1):
                item = line.get(book)
                text = "" if item is None else f"{item.doubt.raw.strip() or _('（空白）')}　{item.doubt.place.cell}"
                table.setItem(row, column, QTableWidgetItem(text))

    def _show_choice(self) -> None:
        for row, subject in enumerate(self.lines):
            for column, book in enumerate(self.books, 1):
                cell = self.table.item(row, column)
                chosen = self.choice.get(subject) == book
                cell.setIcon(icons.icon("check", "ok") if chosen else self._no_icon)
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, cell.text() + (_("，已选") if chosen else ""))
        self.ok.setEnabled(bool(self.choice))

    def _clicked(self, row: int, column: int) -> None:
        if column > 0:
            self.choose(list(self.lines)[row], self.books[column - 1])


def _lines(several: Several, items: Sequence[Item]) -> dict[str, dict[str, Item]]:
    """The differing lines of the branch by subject, and in each the copies by file."""
    found: dict[str, dict[str, Item]] = {}
    for item in items:
        if item.doubt.org == several.org and item.doubt.place.workbook in several.workbooks:
            found.setdefault(item.subject, {})[item.doubt.place.workbook] = item
    return {subject: line for subject, line in found.items() if len(line) > 1}
