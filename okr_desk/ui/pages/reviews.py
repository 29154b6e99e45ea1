"""评审: can this sheet be signed? Branches with state, the sheet line by line and as it prints, the next steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QSplitter, QTabWidget

from okr_desk.i18n import N_, _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_desk import ReviewDesk, ReviewRow
from okr_desk.queries.review_figures import SheetFigure
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Changes, Topic
from okr_desk.services.reviews import Moved
from okr_desk.terms import QuarterState, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.review_step import Around
from okr_desk.ui.models import review_rows
from okr_desk.ui.models import review_words as words
from okr_desk.ui.models.review_rows import BranchLine
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.following import Following
from okr_desk.ui.pages.review_editing import Editing, Key, may_lose, writes_of
from okr_desk.ui.pages.review_reading import Detail, Shown, follow, read, read_branch
from okr_desk.ui.pages.review_steps import ReviewSteps
from okr_desk.ui.widgets.review_history import ReviewHistory
from okr_desk.ui.widgets.review_items import ItemsPlace
from okr_desk.ui.widgets.review_list import ReviewList
from okr_desk.ui.widgets.review_right import ReviewRight
from okr_desk.ui.widgets.review_sheet import SheetTab
from okr_desk.ui.widgets.review_steps_panel import is_next
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.state_chips import Chip, StateChips

ITEMS, SHEET, HISTORY = range(3)
LATE = ".late"
"""The chip of what is overdue, whatever its state."""
WITH_LINES = (ReviewStep.SUBMIT, ReviewStep.CHECK, ReviewStep.CORRECT)
"""Steps that take the points typed and not saved along."""


class ReviewsPage(Page):
    """Left the branches, in the middle one sheet, right only the steps that are legal now."""

    title = N_("评审")
    topics = frozenset(
        {Topic.REVIEWS, Topic.SCORES, Topic.SCHEMES, Topic.INDICATORS, Topic.CHECKINS, Topic.CYCLES, Topic.ORGS,
         Topic.IMPORTS, Topic.POLICY}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Shown | None = None
        self.detail: Detail | None = None
        self.following = Following(read, follow)
        desk.opened.connect(self.following.forget)
        self._org_id: int | None = None
        self._wanted_tab: int | None = None
        self._asked_branch = 0
        self._kept_result: tuple[ReviewStep, Moved] | None = None
        self.chips = StateChips(self)
        self.list = ReviewList(desk, self)
        self.tabs = QTabWidget(self)
        self.items, self.sheet, self.history = ItemsPlace(desk, self), SheetTab(desk, self), ReviewHistory(self)
        self.items_place = Place(self)
        self.right = ReviewRight(self)
        self.panel = self.right.panel
        self.editing = Editing(self)
        self.steps = ReviewSteps(desk, self)
        self._assemble()

        self.chips.chosen.connect(lambda _key: self._filter())
        self.list.marked.connect(self._follow_row)
        self.list.ticks_changed.connect(self._show_steps)
        self.tabs.currentChanged.connect(self._turn)
        self.items.explain_asked.connect(self.show_explained)
        self.items.grid.typed.connect(self.editing.take)
        self.items.changed.connect(self.editing.keep_wholes)
        self.items.save_asked.connect(self.editing.save)
        self.items.drop_asked.connect(self.editing.drop)
        self.sheet.explain_asked.connect(self.show_figure)
        self.history.opened.connect(self.open_version)
        self.panel.asked.connect(self.take)
        self.panel.bulk_asked.connect(self.take_many)
        self.panel.untick_asked.connect(self.untick)
        self.panel.objections_asked.connect(lambda: desk.go("objections", org_id=self._org_id))

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, actor = self.desk.selection.quarter, self.desk.actor
        branches = self.desk.selection.branches
        if quarter is None or actor is None or not branches or self._is_early(quarter):
            return None
        return self.following.question((quarter, frozenset(one.id for one in branches), actor))

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.set_answer("")
        self.set_band("")
        self.badge_changed.emit(0)
        quarter = self.desk.selection.quarter
        if quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("季度结束以后，这里逐步办理评审。"))
        elif not self.desk.selection.branches and self._is_office:
            self.show_empty(_("还没有党支部。"), _("导入组织名册，或在“组织”中逐个建立。"))
        elif not self.desk.selection.branches:
            self.show_denied(_("没有您可以查看评审的支部。"))
        else:
            said = words.not_begun(quarter, self.desk.clock.today())
            self.show_empty(*said, _("去看计分"), lambda: self.desk.go("scores"))

    def heard(self, changes: Changes) -> None:
        self.following.hear(changes)

    def show_answer(self, found: Shown) -> None:
        self.shown = found
        self.following.take(found)
        of = found.of
        is_single = len(of.rows) == 1
        self.left.setVisible(not is_single)
        self.chips.setVisible(not is_single)
        if is_single:
            self.set_answer(words.of_branch(of.rows[0], of.day, of.quarter, found.calendar))
        else:
            self.set_answer(words.of_desk(of))
        self.set_band(words.band(of, self._is_office))
        if of.row(self._org_id) is None:
            self._org_id = of.rows[0].org.id
        self._show_chips()
        self._filter()
        self.badge_changed.emit(self._waiting(of))

    def arrive(self, **arguments: Any) -> None:
        """`org_id`: this branch; `state`: those that stand there; `tab`: items, sheet or history."""
        state = arguments.get("state")
        if isinstance(state, str) and state in self.chips.buttons and self.chips.key != state:
            self.chips.choose(state)
        elif isinstance(state, str) and self.shown is None:
            self.chips.key = state  # as soon as the chips are there
        self._wanted_tab = {"sheet": SHEET, "history": HISTORY, "items": ITEMS}.get(str(arguments.get("tab")))
        if self._wanted_tab is not None:
            self.tabs.setCurrentIndex(self._wanted_tab)
        org_id = arguments.get("org_id")
        if isinstance(org_id, int):
            self.open_branch(org_id)

    def undo_stack(self) -> QUndoStack:
        return self.editing.stack

    def can_close(self) -> bool:
        """Points typed and not saved would be gone."""
        self.items.table.finish_editing()
        named = (row.org.short_name for one in self.editing.branches if (row := self._row(one)) is not None)
        if may_lose(self, self.editing.count, _("、").join(named)):
            return True
        self.desk.go("reviews")
        return False

    # What a person does

    @property
    def row(self) -> ReviewRow | None:
        """The branch in the middle."""
        return self._row(self._org_id)

    @property
    def key_shown(self) -> Key | None:
        """Branch and quarter of the lines shown."""
        sheet = None if self.detail is None else self.detail.items.sheet
        return None if sheet is None or sheet.quarter is None else (sheet.org.id, sheet.quarter.id)

    def open_branch(self, org_id: int) -> None:
        """Show a branch; it is looked for among all where the filter hides it."""
        self._org_id = org_id
        if self.shown is None:
            return
        if self.chips.key and not any(line.org_id == org_id for line in self.list.model.rows):
            self.chips.choose("")
        self._mark()
        self._show_branch()

    def take(self, step: ReviewStep) -> None:
        """A step of the branch shown; points typed and not saved go with it where they belong to it."""
        row, around = self.row, self._around()
        if row is None or around is None:
            return
        self.items.table.finish_editing()
        if step is ReviewStep.OBJECT:
            at = self.items.table.currentIndex().row()
            line = self.items.grid.rows[at].line_id if at >= 0 and self.tabs.currentIndex() == ITEMS else None
            self.steps.object_(row, around, line)
            return
        key = (row.org.id, around.quarter.id)
        lines = self.items.grid.drafts() if step in WITH_LINES and self.key_shown == key else ()
        if lines and not self.editing.are_whole():
            return
        if step is ReviewStep.CHECK and self.items.typed_wholes:
            self.items.refuse(_("联系领导评分、支部互评还没有保存，请先保存。"))
            return
        if self.steps.take(row, step, around, lines):
            self.editing.forget(key)

    def take_many(self, step: ReviewStep) -> None:
        """A step of all branches ticked."""
        around = self._around()
        if around is not None:
            self.steps.bulk(self._ticked(), step, around, lambda moved: self._moved(step, moved))

    def untick(self) -> None:
        """No branch is ticked, and what a bulk action said has been read."""
        self._kept_result = None
        self.list.tick(())
        self._show_steps()

    def open_version(self, publication_id: int) -> None:
        """A version of the sheet, as it was published."""
        self.tabs.setCurrentIndex(SHEET)
        self.sheet.choose(publication_id)

    def show_explained(self, title: str, explained: Explained, words: str = "") -> None:
        self.right.show_explained(title, explained)

    def show_figure(self, one: SheetFigure) -> None:
        """What is behind a figure of the printed sheet."""
        self.right.show_explained(one.title, one.explained, one.words, one.inputs)

    def show_again(self) -> None:
        """Fill the middle once more from what was read."""
        if self.detail is not None:
            self._fill(self.detail)

    # Inside: the list

    def _row(self, org_id: int | None) -> ReviewRow | None:
        return None if self.shown is None else self.shown.of.row(org_id)

    def _show_chips(self) -> None:
        assert self.shown is not None
        of = self.shown.of
        counts, late = of.counts, sum(row.is_overdue(of.day) for row in of.rows)
        chips = [Chip(state.value, label(state), counts[state]) for state in ReviewState if counts[state]]
        self.chips.show_chips([*chips, *([Chip(LATE, _("■ 逾期"), late)] if late else [])])

    def _filter(self) -> None:
        """The branches of the chip pressed; the cursor stays, or goes to the first."""
        if self.shown is None:
            return
        lines = review_rows.lines(self.shown.of, self.shown.calendar, self.shown.differing)
        key, day = self.chips.key, self.shown.of.day
        if key == LATE:
            lines = tuple(line for line in lines if line.row.is_overdue(day))
        elif key:
            lines = tuple(line for line in lines if line.row.state.value == key)
        self.list.show_lines(lines, self._may_check)
        if lines and not any(line.org_id == self._org_id for line in lines):
            self._org_id = lines[0].org_id
        self._mark()
        self._show_branch()

    def _mark(self) -> None:
        self.list.view.selectionModel().blockSignals(True)
        self.list.mark(lambda line: line.org_id == self._org_id)
        self.list.view.selectionModel().blockSignals(False)
        self.list.view.viewport().update()

    def _follow_row(self, line: object) -> None:
        if isinstance(line, BranchLine) and line.org_id != self._org_id:
            self._org_id = line.org_id
            self.right.show_steps()
            self._show_branch()

    # Inside: the middle and the right

    def _show_branch(self) -> None:
        """Steps at once; lines and versions as soon as they are read."""
        self._show_steps()
        row, shown = self.row, self.shown
        if row is None or shown is None:
            return
        self._asked_branch += 1
        asked = self._asked_branch
        self.desk.tasks.read(
            read_branch, shown.of.quarter, row.org, done=lambda found: self._take_branch(asked, found), owner=self
        )

    def _take_branch(self, asked: int, found: Detail) -> None:
        if asked == self._asked_branch:
            self.detail = found
            self._fill(found)

    def _fill(self, found: Detail) -> None:
        row, shown = self.row, self.shown
        if row is None or shown is None:
            return
        org, quarter = row.org, shown.of.quarter
        writes, may_save = writes_of(row, self.desk.actor)
        if writes is None:
            self.editing.forget((org.id, quarter.id))
        if found.items.items:
            self.items_place.setCurrentWidget(self.items_place.content)
            key = (org.id, quarter.id)
            typed, wholes = self.editing.of(key), self.editing.wholes_of(key, may_save)
            self.items.show_items(found.items, typed, wholes, writes, may_save=may_save)
        else:
            said = _("{org}这个季度没有考核方案，没有可以核分的项目。").format(org=org.short_name)
            self.items_place.show_empty(said, _("评审表照常报送、核定和送达；要计分的，请先在“考核方案”中编制并启用。"))
        self.sheet.show_sheet(org, quarter, found.versions)
        self.history.show_row(row, found.versions)
        if self.tabs.currentIndex() == SHEET:
            self.sheet.look()

    def _show_steps(self) -> None:
        shown, row = self.shown, self.row
        if shown is None:
            return
        ticked = self._ticked()
        if self._kept_result is not None:
            self.panel.show_moved(*self._kept_result)
        elif len(ticked) > 1:
            self.right.show_steps()
            self.panel.show_ticked(ticked, shown.of.quarter)
        elif row is not None:
            self.panel.show_row(row, shown.of.quarter, shown.of.day, shown.calendar, self._is_office)

    def _moved(self, step: ReviewStep, moved: Moved) -> None:
        self._kept_result = (step, moved) if moved.refused else None
        self.list.tick(())
        self._show_steps()

    def _turn(self, tab: int) -> None:
        if tab != ITEMS:
            self.right.show_steps()
        if tab == SHEET:
            self.sheet.look()

    # Inside: the frame

    def _assemble(self) -> None:
        self.items_place.layout_.addWidget(self.items)
        self.tabs.addTab(self.items_place, _("核分"))
        self.tabs.addTab(self.sheet, _("评审表"))
        self.tabs.addTab(self.history, _("经过"))
        self.left = self.list
        self.left.setMinimumWidth(theme.span(self, 14))
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.setChildrenCollapsible(False)
        self.across.setHandleWidth(theme.gap(0.7))
        for widget in (self.left, self.tabs, self.right):
            self.across.addWidget(widget)
        self.across.setStretchFactor(1, 1)
        self.across.setSizes([theme.span(self, 18.5), theme.span(self, 38), theme.span(self, 15.5)])
        self.content.addWidget(self.chips)
        self.content.addWidget(self.across, 1)

    def _around(self) -> Around | None:
        return None if self.shown is None else Around(self.shown.of, self.shown.calendar)

    def _ticked(self) -> tuple[ReviewRow, ...]:
        if self.shown is None:
            return ()
        rows = (self.shown.of.row(org_id) for org_id in self.list.ticked)
        return tuple(row for row in rows if row is not None)

    def _waiting(self, of: ReviewDesk) -> int:
        """What waits for this person: reviews to move on, or the one step of the own branch."""
        if self._may_check:
            return of.waiting_for_office
        return sum(any(is_next(row, one, False) for one in row.legal) for row in of.rows)

    def _is_early(self, quarter: QuarterView) -> bool:
        return quarter.state is QuarterState.PLANNING or self.desk.clock.today() <= quarter.ends_on

    @property
    def _may_check(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.CHECK_REVIEW)

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office
