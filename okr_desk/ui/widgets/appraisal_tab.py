"""The tab of one kind of appraisal: rounds, who is voted on, ballots by class, the grid of counts with live sums.

What is typed stays until it is saved, and can be undone step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from okr_desk.appraisal_terms import ITEMS, LEVELS, VOTERS, AppraisalItem, AppraisalKind, Voter
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView, PersonView
from okr_desk.queries.title_board import TitleBoard
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import title_rows, title_sentences
from okr_desk.ui.models.title_rows import PersonRow
from okr_desk.ui.models.vote_sheet import BALLOTS, VoteSheet, snapshot
from okr_desk.ui.widgets.number_grid import Change, NumberGrid
from okr_desk.ui.widgets.round_bar import RoundBar
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table

SAID, LEAST = 3, 9
"""How many things that do not add up are named at once; the lines of text that the list of people keeps."""


class AppraisalTab(Place):
    """`typed` tells that something was typed or undone, `acted` another action by its name."""

    typed = Signal()
    acted = Signal(str)

    def __init__(self, desk: Desk, kind: AppraisalKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.kind = desk, kind
        self.sheet: VoteSheet | None = None
        self.stack = QUndoStack(self)
        self._person: int | None = None
        self._may = self._may_reopen = False
        self._board: TitleBoard | None = None
        self.bar, self.places = RoundBar(kind, self), QLabel(self)
        self.people = Table(desk, title_rows.person_columns(), f"appraisal_{kind.value}", label(kind), self)
        items = [label(item) for item in ITEMS[kind]]
        self.voters = VOTERS[kind]
        levels = [label(level) for level in LEVELS[kind]]
        self.classes = QTabBar(self)
        self.votes = NumberGrid(
            items, [*levels, _("合计"), _("得分")], _("各项票数"), block=len(levels), is_open=True, parent=self
        )
        self.ballots = NumberGrid(
            [label(voter) for voter in self.voters],
            [_("权重"), _("发出"), _("收回"), _("废票"), _("有效票")],
            _("各类票数"),
            block=len(BALLOTS),
            first=1,
            parent=self,
        )
        self.name, self.sums = QLabel(self), QLabel(self)
        self._dress()
        self._assemble()

        self.bar.chosen.connect(self._choose)
        self.bar.acted.connect(self.acted)
        self.people.marked.connect(self._follow_person)
        self.people.opened.connect(lambda _row: self.acted.emit("grade"))
        self.votes.typed.connect(self._type_votes)
        self.votes.ended.connect(self._go_on)
        self.classes.currentChanged.connect(lambda _n: self._seen())
        self.ballots.typed.connect(self._type_ballots)
        self.stack.indexChanged.connect(self._undone)

    # What the page asks

    @property
    def view(self) -> AppraisalView | None:
        """The round in front."""
        return None if self.sheet is None else self.sheet.of

    @property
    def voter(self) -> Voter:
        """The class in front."""
        return self.voters[max(0, self.classes.currentIndex())]

    @property
    def person(self) -> PersonView | None:
        """Who is in front."""
        return None if self.view is None or self._person is None else self.view.person(self._person)

    @property
    def count(self) -> int:
        """How many lines are typed and not saved."""
        return 0 if self.sheet is None else self.sheet.count

    def show_board(self, board: TitleBoard, may: bool, may_reopen: bool) -> None:
        """The rounds of the year; the one in front stays there with what was typed into it."""
        self._board, self._may, self._may_reopen = board, may, may_reopen
        rounds = board.rounds(self.kind)
        if not rounds:
            self.sheet = None
            said, advice = title_sentences.no_round(self.kind, may)
            button = _("新建测评") if may else ""
            self.show_empty(said, advice, button, lambda: self.acted.emit("create"))
            return
        before = None if self.view is None else self.view.id
        shown = next((one for one in rounds if one.id == before), rounds[0])
        self.bar.show_rounds(rounds, shown, board)
        if self.sheet is not None and self.sheet.of.id == shown.id:
            self.sheet.follow(shown)
        else:
            self._take(shown)
        self.setCurrentWidget(self.content)
        self._show_round()

    def saved(self) -> None:
        """What was typed is saved."""
        if self.sheet is not None:
            self.sheet.forget()
        self.stack.clear()
        self._seen()

    def go_to_next(self) -> None:
        """The next person of the list."""
        view = self.people.view
        index = view.currentIndex()
        if index.isValid() and index.row() + 1 < self.people.sieve.rowCount():
            view.setCurrentIndex(self.people.sieve.index(index.row() + 1, index.column()))

    # Inside

    def _undone(self) -> None:
        """A step was typed, undone or done again; a page that is being taken down shows nothing any more."""
        if self.stack.count() and self.sheet is not None:
            self._seen()

    def _take(self, of: AppraisalView) -> None:
        self.sheet = VoteSheet(of)
        self.stack.clear()
        self._person = of.people[0].id if of.people else None

    def _choose(self, round_id: int) -> None:
        """Another round; what was typed into the one before is given up only when somebody says so."""
        if self._board is None or self.sheet is None or round_id == self.sheet.of.id:
            return
        said = _("有 {n} 行计票还没有保存。离开就不保存了，要离开吗？").format(n=self.count)
        yes = QMessageBox.StandardButton.Yes
        if self.count and QMessageBox.question(self, label(self.kind), said) != yes:
            self.bar.mark(self.sheet.of.id)
            return
        self._take(next(one for one in self._board.rounds(self.kind) if one.id == round_id))
        self._show_round()

    def _show_round(self) -> None:
        of = self.view
        assert of is not None and self._board is not None
        self.bar.show_round(of, self._board, self._may, self._may_reopen)
        self.places.setText(title_sentences.of_places(of))
        over = of.is_limited and of.best > of.best_most
        self.places.setProperty("refusal", over)
        self.places.setVisible(self._may)  # a branch sees its own line alone
        rows = title_rows.person_rows(of, self._board)
        with QSignalBlocker(self.people):
            self.people.set_rows(rows)
        if of.person(self._person or 0) is None:
            self._person = of.people[0].id if of.people else None
        self.people.mark(lambda row: row.person.id == self._person)
        is_open = of.is_open and self._may
        self.votes.lock(not is_open, [len(of.levels), len(of.levels) + 1])
        self.ballots.lock(not is_open, [0, len(BALLOTS) + 1])
        self._seen()

    def _follow_person(self, row: object) -> None:
        if isinstance(row, PersonRow) and row.person.id != self._person:
            self._person = row.person.id
            self._seen()

    def _seen(self) -> None:
        """Show the grids as they stand, with sums, scores and what does not add up."""
        sheet, person = self.sheet, self.person
        self.votes.setEnabled(person is not None)
        if sheet is None or person is None:
            return
        levels, voter = len(sheet.of.levels), self.voter
        for row, item in enumerate(sheet.of.items):
            for place, votes in enumerate(sheet.line(person, voter, item)):
                self.votes.put(row, place, "" if votes is None else str(votes))
            total = sheet.total(person, voter, item)
            self.votes.put(row, levels, "" if total is None else str(total))
            self.votes.put(row, levels + 1, title_rows.points(sheet.score(person, item).value))
        for place, one in enumerate(self.voters):
            counted = sheet.total(person, one, AppraisalItem.OVERALL) is not None
            self.classes.setTabText(place, f"{label(one)} ✓" if counted else label(one))
        for row, voter in enumerate(self.voters):
            view = sheet.of.voter(voter)
            self.ballots.put(row, 0, "" if view is None else plain(view.weight))
            for column, name in enumerate(BALLOTS, start=1):
                self.ballots.put(row, column, str(sheet.ballot(voter, name)))
            self.ballots.put(row, len(BALLOTS) + 1, str(sheet.turnout(voter).valid))
        self.name.setText(person.name + (_("（预备党员，不定等次）") if person.is_probationary else ""))
        said = sheet.problems(person)
        more = _("另有 {n} 处。").format(n=len(said) - SAID) if len(said) > SAID else ""
        self.sums.setText(_("；").join(said[:SAID]) + more if said else _("各项票数没有超过有效票。"))
        self.sums.setProperty("refusal", bool(said))
        self.sums.style().unpolish(self.sums)
        self.sums.style().polish(self.sums)
        self.typed.emit()

    def _type_votes(self, changes: Sequence[Change]) -> None:
        """Columns beyond those of the class in front belong to the classes after it."""
        sheet, person = self.sheet, self.person
        if sheet is None or person is None:
            return
        levels, at = len(LEVELS[self.kind]), self.classes.currentIndex()

        def take() -> None:
            for row, column, text in changes:
                if at + column // levels < len(self.voters):
                    voter = self.voters[at + column // levels]
                    sheet.type_vote(person, voter, sheet.of.items[row], column % levels, text)

        self._do(take, _("录入票数：{name}").format(name=person.name))

    def _go_on(self) -> None:
        """After the last cell of a class the next class, after the last class the next person."""
        if self.classes.currentIndex() + 1 < len(self.voters):
            self.classes.setCurrentIndex(self.classes.currentIndex() + 1)
        else:
            self.classes.setCurrentIndex(0)
            self.go_to_next()

    def _type_ballots(self, changes: Sequence[Change]) -> None:
        sheet = self.sheet
        if sheet is None:
            return

        def take() -> None:
            for row, column, text in changes:
                sheet.type_ballot(self.voters[row], BALLOTS[column - 1], text)

        self._do(take, _("录入发出、收回、废票"))

    def _do(self, take: Any, words: str) -> None:
        """Take what was typed, as one step that can be undone; what is no number goes back with its sentence."""
        assert self.sheet is not None
        before = snapshot(self.sheet)
        try:
            take()
        except Refusal as refusal:
            self.sheet.votes, self.sheet.ballots = dict(before[0]), dict(before[1])
            self._desk.refuse(refusal)
            self._seen()
            return
        after = snapshot(self.sheet)
        if after != before:
            self.stack.push(_Typed(self.sheet, before, after, words))
        else:
            self._seen()

    def _dress(self) -> None:
        for voter in self.voters:
            self.classes.addTab(label(voter))
        self.classes.setVisible(len(self.voters) > 1)
        self.classes.setAccessibleName(_("投票人类别"))
        self.classes.setExpanding(False)
        self.classes.setDrawBase(False)
        self.votes.horizontalHeader().setMinimumSectionSize(theme.span(self, 2))
        self.votes.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.ballots.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for grid in (self.votes, self.ballots):
            grid.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
            for column in range(grid.columnCount()):
                grid.horizontalHeaderItem(column).setToolTip(grid.horizontalHeaderItem(column).text())
            grid.setFixedHeight(grid.height_wanted + theme.gap(0.6))
        self.name.setFont(theme.font("body", bold=True))
        self.sums.setWordWrap(True)

    def _assemble(self) -> None:
        self.layout_.addWidget(self.bar)
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.gap(0.4), 0, 0, 0)
        column.setSpacing(theme.gap(0.35))
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.places)
        column.addLayout(head)
        column.addWidget(self.classes)
        column.addWidget(self.votes)
        column.addWidget(self.sums)
        column.addStretch(1)
        caption = QLabel(_("发出、收回和废票（这次测评共用）"), left)
        caption.setObjectName("quiet")
        people = QVBoxLayout(left)
        people.setContentsMargins(0, 0, 0, 0)
        people.setSpacing(theme.gap(0.35))
        people.addWidget(self.people, 1)
        people.addWidget(caption)
        people.addWidget(self.ballots)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.5))
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self.people.setMinimumHeight(round(theme.line_height() * LEAST))
        split.setMinimumHeight(max(left.minimumSizeHint().height(), right.minimumSizeHint().height()))
        area = QScrollArea(self)  # at the largest text not all of it stands on a small screen
        area.setWidget(split)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(label(self.kind))
        area.viewport().setAutoFillBackground(False)
        split.setAutoFillBackground(False)
        self.layout_.addWidget(area, 1)


class _Typed(QUndoCommand):
    """What was typed in one go."""

    def __init__(self, sheet: VoteSheet, before: Any, after: Any, words: str) -> None:
        super().__init__(words)
        self._sheet, self._before, self._after = sheet, before, after

    def redo(self) -> None:
        """Put what was typed back."""
        self._put(self._after)

    def undo(self) -> None:
        """Take it away again."""
        self._put(self._before)

    def _put(self, kept: Any) -> None:
        votes, ballots = kept
        self._sheet.votes = {key: list(line) for key, line in votes.items()}
        self._sheet.ballots = dict(ballots)
