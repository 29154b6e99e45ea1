"""工作底单: work is entered once, on its day, and points come about day by day instead of at the year's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack

from okr_desk.errors import Refusal
from okr_desk.i18n import N_, _
from okr_desk.model.store import Reader
from okr_desk.queries import worklog, worklog_days, worklog_matrix
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.worklog import EntryView, Worklog
from okr_desk.queries.worklog_days import Accrual
from okr_desk.queries.worklog_matrix import Matrix
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import worklog_sentences as sentences
from okr_desk.ui.pages.daily import DailyPage
from okr_desk.ui.pages.worklog_steps import WorklogSteps
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.work_panel import WorkPanel
from okr_desk.ui.widgets.work_places import DaysPlace, LogPlace, MatrixPlace

LOG, DAYS, MATRIX = range(3)
DOCUMENT = "worklog"
"""The key of the month's paper among the documents."""


@dataclass(frozen=True)
class Days:
    """The log of a branch with what its entries came to day by day."""

    log: Worklog
    accrual: tuple[Accrual, ...]


class WorklogPage(DailyPage):
    """Tabs: the entry line with the list, days with their points, branches by month for the office."""

    title = N_("工作底单")
    before_a_year = N_("建立年度以后，这里随手登记日常工作。")
    nothing_seen = N_("没有您可以登记的支部。")
    overview = MATRIX
    begins_there = True
    topics = frozenset(
        {Topic.WORKLOG, Topic.INDICATORS, Topic.OBJECTIVES, Topic.SCHEMES, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Worklog | None = None
        self.steps = WorklogSteps(desk, self)
        self._wanted: int | None = None
        self._has_begun = False
        self.log, self.days, self.matrix = LogPlace(desk, self), DaysPlace(desk, self), MatrixPlace(desk, self)
        for place, words in ((self.log, _("底单")), (self.days, _("逐日累计")), (self.matrix, _("各支部"))):
            self.tabs.addTab(place, words)
        self.branch = Picker(_("支部"), self)
        self.tabs.setCornerWidget(self.branch)
        self.content.addWidget(self.tabs, 1)
        self.panel = WorkPanel(desk, self)
        self.panel.hide()
        table = self.log.table
        self.back_button = table.add_tool(_("撤回"), "undo", self.take_back)
        self.correct_button = table.add_tool(_("更正"), "edit", self.correct)
        self.again_button = table.add_tool(_("照此再记"), "copy", self.copy_current)
        self.kinds_button = self.add_quiet(_("工作类别"), "settings", self.steps.change_kinds)
        self.copy_button = self.add_quiet(_("照上一条"), "copy", self.copy_last, QKeySequence("Ctrl+D"))
        self.print_button = self.add_quiet(_("打印底单"), "print", self.print_month)

        self.tabs.currentChanged.connect(self._turn)
        self.branch.chosen.connect(self._choose)
        self.log.line.save_asked.connect(self.save)
        table.marked.connect(self._follow_row)
        table.opened.connect(self.show_entry)
        self.matrix.opened.connect(self.open_branch)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, org = self.desk.selection.quarter, self.org
        if quarter is None or org is None:
            return None
        tab = self.tabs.currentIndex()
        if tab == MATRIX:
            looked_at = self.desk.selection.branches
            return partial(
                worklog_matrix.matrix, quarter=quarter, of=looked_at if len(looked_at) > 1 else self._compared()
            )
        if tab == DAYS:
            return partial(_read_days, org.id, quarter)
        return partial(worklog.worklog, org_id=org.id, quarter=quarter)

    def refresh(self) -> None:
        self._follow_people()
        if not self._has_begun and self.desk.selection.quarter is not None:
            self._has_begun = True  # who has all branches before them starts with all of them
            if self._is_office and self.desk.selection.org is None and self._wanted is None:
                self.turn_to(MATRIX)
        super().refresh()

    def show_nothing_seen(self) -> None:
        if self._is_office:
            self.show_empty(_("还没有党支部。"), _("导入组织名册，或在“组织”中逐个建立。"))
        else:
            super().show_nothing_seen()

    def show_answer(self, snapshot: Any) -> None:
        if isinstance(snapshot, Matrix):
            self.set_answer(sentences.of_matrix(snapshot))
            self.set_band("")
            self.matrix.show_matrix(snapshot)
        elif isinstance(snapshot, Days):
            self._keep(snapshot.log)
            self.set_answer(sentences.of_days(snapshot.log.org.short_name, snapshot.accrual))
            self.days.show_days(snapshot.accrual, snapshot.log.entries, snapshot.log.today)
        elif isinstance(snapshot, Worklog):
            self._keep(snapshot)
            self.set_answer(sentences.of_log(snapshot))
            self.log.show_log(snapshot, self._is_office, self._may_enter)
            self._follow_row(self.log.table.current())
        self._follow()

    def arrive(self, **arguments: Any) -> None:
        if "org_id" in arguments:
            self.open_branch(int(arguments["org_id"]))

    def undo_stack(self) -> QUndoStack:
        return self.steps.stack

    # What a person does

    def save(self) -> None:
        """Save what stands in the line, and stay there for the next."""
        line = self.log.line
        line.settle()
        try:
            draft = line.draft()
        except Refusal as refusal:
            line.refuse(refusal)
            return
        line.save_button.setEnabled(False)
        self.steps.record(draft, self._saved, self._refused)

    def copy_last(self) -> None:
        """Fill the line like the entry made last."""
        if self.shown is not None and self.shown.last is not None and self._may_enter:
            self.tabs.setCurrentIndex(LOG)
            self.log.line.copy(self.shown.last)

    def copy_current(self) -> None:
        """Fill the line like the entry under the cursor."""
        row = self.log.table.current()
        if row is not None and self._may_enter:
            self.log.line.copy(row)

    def correct(self) -> None:
        """Put another entry in the place of the one under the cursor."""
        row = self.log.table.current()
        if row is not None and row.stands and self.shown is not None and self._may_enter:
            self.steps.correct(self.shown, row)

    def take_back(self) -> None:
        """Withdraw the entry under the cursor."""
        row = self.log.table.current()
        if row is not None and row.stands and self._may_enter:
            self.steps.take_back(row.id, row.what)

    def print_month(self) -> None:
        """The months of the quarter as paper."""
        if self.org is not None:
            self.desk.go("reports", document=DOCUMENT, org_id=self.org.id)

    def show_entry(self, row: EntryView | None) -> None:
        """What an entry counts for, and its files."""
        if row is not None and self.shown is not None:
            self.panel.show_entry(row, self.shown, self._may_enter)
            self.open_side(self.panel, _("{day} {kind}").format(day=row.done_on, kind=row.kind.name))

    def open_branch(self, org_id: int) -> None:
        """The log of a branch."""
        self._wanted = org_id
        self.tabs.setCurrentIndex(LOG)
        self.desk.selection.choose_org(org_id)
        self._turn_stale()

    @property
    def org(self) -> OrgView | None:
        """Whose log is shown: the branch chosen, else the one looked at last, else the first that may be seen."""
        chosen, inside = self.desk.selection.org, self.desk.selection.branches
        if chosen is not None and chosen.kind == OrgKind.BRANCH:
            return chosen
        return next((one for one in inside if one.id == self._wanted), inside[0] if inside else None)

    # Inside

    def _saved(self) -> None:
        self.log.line.save_button.setEnabled(True)
        self.log.line.accepted()

    def _refused(self, error: Exception) -> None:
        self.log.line.save_button.setEnabled(True)
        self.log.line.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))

    def _keep(self, of: Worklog) -> None:
        before, self.shown = self.shown, of
        if before is None or (before.org.id, before.quarter.id) != (of.org.id, of.quarter.id):
            self.close_side()
        self.set_band(sentences.who_may(of, self._is_office))

    def _turn(self) -> None:
        self.close_side()
        self.refresh()

    def _choose(self, org_id: object) -> None:
        if isinstance(org_id, int):
            self.open_branch(org_id)

    def _follow_people(self) -> None:
        branches = self._compared()
        self.tabs.setTabVisible(MATRIX, len(branches) > 1)
        self.branch.offer(
            [Choice(one.id, one.short_name, one.search_keys) for one in branches], self.org and self.org.id
        )
        self._follow()

    def _follow(self) -> None:
        """Only what the person may do, and what makes sense now."""
        tab, may = self.tabs.currentIndex(), self._may_enter
        self.branch.setVisible(tab != MATRIX and len(self._compared()) > 1)
        self.kinds_button.setVisible(self.desk.actor is not None and self.desk.actor.may(Action.CHECK_DAILY))
        self.copy_button.setVisible(tab == LOG and may and self.shown is not None and self.shown.last is not None)
        self.print_button.setVisible(tab != MATRIX and self.shown is not None and bool(self.shown.standing))
        self._follow_tools(self.log.table.current())

    def _follow_row(self, row: EntryView | None) -> None:
        self._follow_tools(row)
        if not self.side.isHidden() and self.tabs.currentIndex() == LOG:
            self.show_entry(row) if row is not None else self.close_side()

    def _follow_tools(self, row: EntryView | None) -> None:
        for button in (self.back_button, self.correct_button):
            button.setEnabled(row is not None and row.stands and self._may_enter)
        self.again_button.setEnabled(row is not None and self._may_enter)

    def _compared(self) -> tuple[OrgView, ...]:
        return tuple(one for one in self.desk.selection.orgs if one.kind == OrgKind.BRANCH)

    @property
    def _may_enter(self) -> bool:
        actor, of = self.desk.actor, self.shown
        allowed = actor is not None and of is not None and actor.may(Action.RECORD_DAILY, of.org.line)
        return allowed and of is not None and of.is_open_to(self._is_office)


def _read_days(org_id: int, quarter: QuarterView, session: Reader) -> Days:
    return Days(worklog.worklog(session, org_id, quarter), worklog_days.accrual(session, org_id, quarter))
