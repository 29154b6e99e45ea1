"""What the pages of daily work share: who may enter for whom, what stands there before a year is built, and that the
choice of a branch in the bar above turns from the tab of all branches to the entries, and back again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QTabWidget

from okr_desk.i18n import N_, _
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.permissions import Action
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.entry_steps import EntrySteps


class DailyPage(Page):
    """`before_a_year` says what will be here once a year was built, `nothing_seen` that the person has no branch.

    `overview` is the tab that compares all branches, the entries stand in the first one. A page that `begins_there`
    comes back to it whenever all branches are looked at, the others where one had left it by choosing a branch.
    """

    before_a_year: ClassVar[str] = ""
    nothing_seen: ClassVar[str] = N_("没有您可以查看的支部。")
    overview: ClassVar[int | None] = None
    begins_there: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = QTabWidget(self)
        self._comes_back = self.begins_there

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if self.desk.selection.quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _(self.before_a_year))
        else:
            self.show_nothing_seen()

    def show_nothing_seen(self) -> None:
        """There is a quarter, but no branch that this person may look at."""
        self.show_denied(_(self.nothing_seen))

    def turn_to(self, tab: int) -> None:
        """Bring a tab to the front without reading again: what comes next does."""
        if self.tabs.currentIndex() == tab or not self.tabs.isTabVisible(tab):
            return
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(tab)
        self.close_side()
        self._follow()

    def _org_moved(self) -> None:
        if self.overview is not None:
            if len(self.desk.selection.branches) > 1:
                if self._comes_back:
                    self.tabs.setTabVisible(self.overview, True)
                    self.turn_to(self.overview)
                self._comes_back = self.begins_there
            elif self.tabs.currentIndex() == self.overview:
                self._comes_back = True
                self.turn_to(0)
        super()._org_moved()

    def _follow(self) -> None:
        """Only what the person may do, and what makes sense in the tab in front."""

    def _chosen(self) -> OrgView | None:
        """The one branch that is looked at."""
        found = self.desk.selection.branches
        return found[0] if len(found) == 1 else None

    def _own(self) -> tuple[OrgView, ...]:
        """The branches looked at that may be entered for."""
        actor = self.desk.actor
        found = self.desk.selection.branches
        return tuple(org for org in found if actor is not None and actor.may(Action.RECORD_DAILY, org.line))

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office

    @property
    def _may_check(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.CHECK_DAILY)


class BoardPage(DailyPage):
    """A page of small registers: `board` answers all its tabs at once. `steps` are its actions, `next_button` is what
    the tab in front is for."""

    board: ClassVar[Callable[..., Any]]
    steps: EntrySteps

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Any = None
        self._wanted: dict[str, int] = {}
        self.content.addWidget(self.tabs, 1)

    def query(self) -> Callable[..., Any] | None:
        quarter, orgs = self.desk.selection.quarter, self.desk.selection.branches
        if quarter is None or not orgs:
            return None
        return partial(type(self).board, quarter=quarter, orgs=orgs)

    def arrive(self, **arguments: Any) -> None:
        """`tab`, and the id of an entry or the branch to stand on."""
        self._wanted = {name: int(value) for name, value in arguments.items()}
        if "org_id" in self._wanted and len(self.desk.selection.orgs) > 1:
            self.desk.selection.choose_org(self._wanted["org_id"])
        if "tab" in self._wanted:
            self.tabs.setCurrentIndex(self._wanted["tab"])
        if self.shown is not None and not self._stale:
            self._reach()

    def undo_stack(self) -> QUndoStack:
        return self.steps.stack

    def do_next(self) -> None:
        """What the tab in front is for."""

    def _add_next(self, words: str, icon: str, keys: QKeySequence) -> None:
        self.next_button = self.set_accent(words, icon, self.do_next, keys)
        kept = self.next_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the title stays where it is from tab to tab
        self.next_button.setSizePolicy(kept)

    def _open_branch(self, row: Any) -> None:
        if row is not None:
            self.desk.selection.choose_org(row.org.id)

    def _turn(self) -> None:
        self.close_side()
        self._follow()

    def _reach(self) -> None:
        """Put the cursor on what was asked for in `arrive`."""

    @property
    def _may(self) -> bool:
        """Whether this person may enter anything in the quarter shown."""
        quarter = self.desk.selection.quarter
        is_begun = quarter is not None and quarter.state is not QuarterState.PLANNING
        return is_begun and bool(self._own())
