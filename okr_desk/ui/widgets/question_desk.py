"""All doubtful cells of an import: the card of one, the list of all, one decision after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.rules.imports import Decision, Verdict
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.questions import Answers, Item
from okr_desk.ui.models.rows import ROW, Column
from okr_desk.ui.models.workbook_rows import RowShown, read_row, recorded_row
from okr_desk.ui.widgets.question_card import QuestionCard
from okr_desk.ui.widgets.table import Table

LEAST_LINES = 3.6
"""Lines of text that the list keeps, head included."""


class QuestionDesk(QScrollArea):
    """Card above, list below; with very large text both scroll. `answered` is told after each change of the decisions.

    `find_file(name)` gives the workbook of a question where it can still be reached.
    """

    answered = Signal()

    def __init__(
        self,
        desk: Desk,
        answers: Answers,
        find_file: Callable[[str], Path | None],
        steps: QUndoStack,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self.answers, self._find_file = desk, answers, find_file
        self.steps = steps
        self.card = QuestionCard(self)
        self.table = Table(desk, self._columns(), "questions", _("待定的格"), self)
        self.harmless_button = QPushButton(_("接受全部不丢信息的建议"), self)
        icons.dress(self.harmless_button, "check")
        self.harmless_button.setToolTip(_("只接受去掉空格、全角、百分号一类的建议；其余须逐格定。"))
        self.table.tools.insertWidget(2, self.harmless_button)
        self.table.view.setMinimumHeight(theme.gap(LEAST_LINES))

        place = QWidget(self)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.card)
        layout.addWidget(self.table, 1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(place)
        place.setAutoFillBackground(False)  # set by setWidget

        self.table.marked.connect(self._show)
        self.card.decided.connect(self.decide)
        self.card.stepped.connect(self.step)
        self.harmless_button.clicked.connect(lambda: self.accept_harmless())
        answers.changed.connect(lambda: self._decisions_changed())

    def show_items(self) -> None:
        """Show what is asked now; the card keeps its cell where it is still asked."""
        here = self.card.item.identity if self.card.item else None
        self.table.set_rows(self.answers.items)
        if here is None or not self.table.mark(lambda item: item.identity == here):
            self._go_to_first()
        self._decisions_changed()

    def decide(self, item: Item, decision: Decision | None) -> None:
        """Take a decision on one cell; the next waiting cell comes by itself."""
        text = _("处理 {name}").format(name=item.code or item.doubt.place.cell)
        self.steps.push(_Deciding(self.answers, [(item, decision)], text))
        if decision is not None:
            self._go_on(item)

    def decide_many(self, decisions: list[tuple[Item, Decision | None]], text: str) -> None:
        """Several decisions as one step."""
        if decisions:
            self.steps.push(_Deciding(self.answers, decisions, text))

    def accept_harmless(self) -> None:
        """Accept what loses nothing; a count read from 无 is never among it."""
        found = self.answers.harmless
        self.decide_many([(item, Decision(Verdict.ACCEPT)) for item in found], _("接受不丢信息的建议"))
        self._go_to_first()

    def step(self, by: int) -> None:
        """The cell before or after, in the order of the list."""
        view = self.table.view
        row = view.currentIndex().row() + by
        if 0 <= row < self.table.sieve.rowCount():
            view.setCurrentIndex(self.table.sieve.index(row, 0))

    def go_to(self, item: Item) -> None:
        """Put a cell on the card."""
        self.table.mark(lambda other: other.identity == item.identity)

    def start(self) -> None:
        """Keys go to the card."""
        self.card.setFocus()

    # Inside

    def _columns(self) -> list[Column]:
        return [
            Column(_("支部"), lambda it: it.doubt.org, keys=lambda it: _sound(it.doubt.org), width=9),
            Column(_("项目"), _subject, keys=lambda it: _sound(it.title), tooltip=_subject, width=12),
            Column(_("单元格"), lambda it: it.doubt.place.cell, width=5),
            Column(_("表中"), lambda it: it.doubt.raw.strip() or _("（空白）"), width=7),
            Column(_("拟取"), lambda it: it.with_unit(it.doubt.proposal) if it.doubt.proposal else "—", width=6),
            Column(_("决定"), lambda it: self.answers.word(it) or _("待定"), width=8),
            Column(_("原因"), lambda it: it.doubt.reason, tooltip=lambda it: it.doubt.reason, stretch=True),
            Column(_("文件"), lambda it: it.doubt.place.workbook, hidden=True),
        ]

    def _show(self, item: Item | None) -> None:
        place = self.table.view.currentIndex().row() + 1
        total = self.table.sieve.rowCount()
        self.card.show_item(item, place, total, self.answers.word(item) if item else "")
        if item is None:
            self.card.show_row(None)
            return
        doubt = item.doubt
        self.card.show_row(recorded_row(doubt.place, doubt.raw, item.parts, item.title, item.unit))
        path = self._find_file(doubt.place.workbook)
        if path is not None:
            self._desk.tasks.run(read_row, path, doubt.place, done=lambda row: self._take_row(item, row), owner=self)

    def _take_row(self, item: Item, row: RowShown | None) -> None:
        if row is not None and self.card.item is not None and self.card.item.identity == item.identity:
            self.card.show_row(row)

    def _decisions_changed(self) -> None:
        model = self.table.model
        if model.rows:
            last = model.index(len(model.rows) - 1, len(model.columns) - 1)
            model.dataChanged.emit(model.index(0, 0), last)
        self.harmless_button.setVisible(bool(self.answers.harmless))
        item = self.table.current()
        if item is not None and self.card.item is not None and item.identity == self.card.item.identity:
            place = self.table.view.currentIndex().row() + 1
            self.card.show_item(item, place, self.table.sieve.rowCount(), self.answers.word(item))
        self.answered.emit()

    def _go_on(self, item: Item) -> None:
        """To the next waiting cell after `item`, or the first that waits."""
        rows = [self.table.sieve.index(row, 0) for row in range(self.table.sieve.rowCount())]
        shown: list[Any] = [index.data(ROW) for index in rows]
        at = next((n for n, other in enumerate(shown) if other.identity == item.identity), -1)
        order = [*range(at + 1, len(shown)), *range(at)]
        row = next((n for n in order if not self.answers.is_settled(shown[n])), None)
        if row is not None:
            self.table.view.setCurrentIndex(rows[row])
        self.card.setFocus()

    def _go_to_first(self) -> None:
        first = next(iter(self.answers.waiting), None) or next(iter(self.answers.items), None)
        if first is None:
            self._show(None)
        else:
            self.go_to(first)


def _subject(item: Item) -> str:
    return f"{item.code} {item.title}".strip()


@cache
def _sound(name: str) -> str:
    """Search keys of a name; the same few names stand in many rows."""
    return pinyin.keys(name)


class _Deciding(QUndoCommand):
    """Decisions on one or more cells, taken back in one step."""

    def __init__(self, answers: Answers, decisions: list[tuple[Item, Decision | None]], text: str) -> None:
        super().__init__(text)
        self._answers, self._new = answers, decisions
        self._old = answers.decided

    def redo(self) -> None:
        self._answers.put_all(self._new)

    def undo(self) -> None:
        self._answers.restore(self._old)
