"""The tab of one kind of appraisal: rounds, who is voted on, ballots by class, the grid of counts with live sums.

What is typed stays until it is saved, and can be undone step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
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
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import title_rows, title_sentences
from okr_desk.ui.models.title_rows import PersonRow
from okr_desk.ui.models.vote_sheet import BALLOTS, VoteSheet, snapshot
from okr_desk.ui.widgets import tool_words
from okr_desk.ui.widgets.number_grid import Change, NumberGrid
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table

SAID, LEAST = 3, 9
"""How many things that do not add up are named at once; the lines of text that the list of people keeps."""


class AppraisalTab(Place):
    """`typed` tells that something was typed or undone, `acted` another action by its name, `chosen` another round."""

    typed = Signal()
    acted = Signal(str)
    chosen = Signal()

    def __init__(self, desk: Desk, kind: AppraisalKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.kind = desk, kind
        self.sheet: VoteSheet | None = None
        self.stack = QUndoStack(self)
        self._person: int | None = None
        self._may = False
        self._board: TitleBoard | None = None
        self.round, self.facts, self.places = QComboBox(self), QLabel(self), QLabel(self)
        self.round.setAccessibleName(_("测评"))
        self.people = Table(desk, title_rows.person_columns(), f"appraisal_{kind.value}", label(kind), self)
        items = [label(item) for item in ITEMS[kind]]
        self.voters = VOTERS[kind]
        levels = [label(level) for level in LEVELS[kind]]
        self.classes = QTabBar(self)
        self.votes = NumberGrid(items, [*levels, _("合计"), _("得分")], _("各项票数"), block=len(levels), parent=self)
        self.ballots = NumberGrid(
            [label(voter) for voter in self.voters],
            [_("权重"), _("发出"), _("收回"), _("废票"), _("有效票")],
            _("各类票数"),
            block=len(BALLOTS),
            first=1,
            parent=self,
        )
        self.name, self.sums = QLabel(self), QLabel(self)
        self.buttons: dict[str, QPushButton] = {}
        self._dress()
        self._assemble()

        self.round.activated.connect(lambda _row: self._choose())
        self.people.marked.connect(self._follow_person)
        self.people.opened.connect(lambda _row: self.acted.emit("grade"))
        self.votes.typed.connect(self._type_votes)
        self.votes.beyond.connect(self._type_beyond)
        self.votes.ended.connect(self._go_on)
        self.classes.currentChanged.connect(lambda _n: self._seen())
        self.ballots.typed.connect(self._type_ballots)
        self.stack.indexChanged.connect(lambda _n: self._seen())

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

    def show_board(self, board: TitleBoard, may: bool) -> None:
        """The rounds of the year; the one in front stays there with what was typed into it."""
        self._board, self._may = board, may
        rounds = board.rounds(self.kind)
        if not rounds:
            self.sheet = None
            said, advice = title_sentences.no_round(self.kind, may)
            button = _("新建测评") if may else ""
            self.show_empty(said, advice, button, lambda: self.acted.emit("create"))
            return
        before = None if self.view is None else self.view.id
        shown = next((one for one in rounds if one.id == before), rounds[0])
        with QSignalBlocker(self.round):
            self.round.clear()
            names = {one.id: one.short_name for one in board.branches}
            for one in rounds:
                whose = names.get(one.org_id, "")
                self.round.addItem(f"{whose}　{one.name}" if whose else one.name, one.id)
            self.round.setCurrentIndex(rounds.index(shown))
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

    def _take(self, of: AppraisalView) -> None:
        self.sheet = VoteSheet(of)
        self.stack.clear()
        self._person = of.people[0].id if of.people else None

    def _choose(self) -> None:
        """Another round: what was typed into the one before is given up only when it is asked."""
        if self._board is None or self.view is None:
            return
        wanted = self.round.currentData()
        if wanted != self.view.id:
            self._take(next(one for one in self._board.rounds(self.kind) if one.id == wanted))
            self._show_round()
            self.chosen.emit()

    def _show_round(self) -> None:
        of = self.view
        assert of is not None and self._board is not None
        self.facts.setText(title_sentences.of_round(of))
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
        for name, button in self.buttons.items():
            button.setVisible(self._may and (is_open or name in ("withdraw", "record")))
        self.buttons["record"].setVisible(self._may and self.kind is AppraisalKind.MEMBERS and not of.is_open)
        self.buttons["record"].setEnabled(not self._board.is_recorded(of))
        words = _("已记入组织生活") if self._board.is_recorded(of) else _("记入组织生活")
        self.buttons["record"].setAccessibleName(words)
        self.buttons["record"].setToolTip(words)
        self._fit()
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
        sheet, person = self.sheet, self.person
        if sheet is None or person is None:
            return
        self._take_votes([(self.voter, change) for change in changes])

    def _type_beyond(self, changes: Sequence[Change]) -> None:
        """What was pasted to the right of the class in front belongs to the classes after it."""
        levels, at = len(LEVELS[self.kind]), self.classes.currentIndex() + 1
        found = [
            (self.voters[at + column // levels], (row, column % levels, text))
            for row, column, text in changes
            if at + column // levels < len(self.voters)
        ]
        if found:
            self._take_votes(found)

    def _take_votes(self, given: Sequence[tuple[Voter, Change]]) -> None:
        sheet, person = self.sheet, self.person
        if sheet is None or person is None:
            return

        def take() -> None:
            for voter, (row, column, text) in given:
                sheet.type_vote(person, voter, sheet.of.items[row], column, text)

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
            grid.setFixedHeight(grid.height_wanted + theme.gap(0.6))
        self.name.setFont(theme.font("body", bold=True))
        self.sums.setWordWrap(True)
        self.facts.setObjectName("quiet")
        words = (
            ("create", _("新建测评"), "add"),
            ("grade", _("定等次"), "check"),
            ("rest", _("按建议定其余") if len(self.voters) > 1 else _("其余定为合格"), "done"),
            ("close", _("等次办结"), "lock"),
            ("record", _("记入组织生活"), "duty"),
            ("withdraw", _("撤回测评"), "delete"),
        )
        for name, text, icon in words:
            button = QPushButton(text, self)
            button.setProperty("flat", True)
            button.setAccessibleName(text)
            button.setToolTip(text)
            icons.dress(button, icon, "text_quiet")
            button.clicked.connect(lambda _checked=False, at=name: self.acted.emit(at))
            self.buttons[name] = button

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.gap(0.5))
        self.round.setMinimumWidth(theme.span(self, 16))
        top.addWidget(self.round)
        top.addWidget(self.facts)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        self.layout_.addLayout(top)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Tools lose their words where the row is too narrow for them."""
        taken = self.round.sizeHint().width() + self.facts.sizeHint().width() + theme.gap(3)
        tool_words.fit(list(self.buttons.values()), self.width() - taken)


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
