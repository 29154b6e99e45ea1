"""组织生活: what is owed this quarter, what was held, what is overdue; the ledger of the year; terms by their end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QMessageBox, QScrollArea, QStackedWidget, QWidget

from okr_desk.duty_terms import DutyKind
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries import duty_overview
from okr_desk.queries.duties import BranchDuties, Held, MeetingView
from okr_desk.queries.duty_overview import DutyOverview
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import EntryBasis, QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import duty_sentences
from okr_desk.ui.pages.daily import DailyPage
from okr_desk.ui.pages.duty_steps import DutySteps
from okr_desk.ui.widgets.duty_branch import DutyBranch
from okr_desk.ui.widgets.duty_ledger import DutyLedger
from okr_desk.ui.widgets.duty_matrix import DutyMatrix, Elections
from okr_desk.ui.widgets.ledger_grid import EnteredBy

LIFE, LEDGER, ELECTIONS = range(3)
TABS = {"ledger": LEDGER, "elections": ELECTIONS}


class DutiesPage(DailyPage):
    """One branch: its quarter, its ledger, its term. Several: who lacks what, and whose term ends next."""

    title = N_("组织生活")
    before_a_year = N_("建立年度、导入名册以后，这里登记组织生活。")
    topics = frozenset({Topic.DUTIES, Topic.ORGS, Topic.CYCLES, Topic.IMPORTS, Topic.POLICY})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: DutyOverview | None = None
        self.stack = QUndoStack(self)
        self.steps = DutySteps(desk, self.stack, self)
        self._kind: DutyKind | None = None
        self._is_under_way = False
        self.life = QStackedWidget(self)
        self.matrix, self.branch = DutyMatrix(desk, self), DutyBranch(desk, self)
        self.ledger, self.elections = DutyLedger(self), Elections(desk, self)
        for place in (self.matrix, self.branch):
            self.life.addWidget(place)
        for widget, words in (
            (self.life, _("本季")),
            (_scrolling(self.ledger), _("台账")),
            (self.elections, _("换届")),
        ):
            self.tabs.addTab(widget, words)
        self.content.addWidget(self.tabs, 1)
        self.paper_button = self.add_quiet(_("登记簿"), "print", self.print_register)
        save = QKeySequence(QKeySequence.StandardKey.Save)
        self.save_button = self.set_accent(_("保存台账"), "save", self.save, save)

        self.matrix.opened.connect(self.open_branch)
        self.matrix.explain_asked.connect(self.show_explained)
        self.elections.opened.connect(self.open_branch)
        self.branch.entry.submitted.connect(self.record)
        self.branch.correct_asked.connect(self.correct)
        self.branch.withdraw_asked.connect(self.withdraw)
        self.branch.print_asked.connect(self.print_minutes)
        self.ledger.typed.connect(self._follow)
        for from_place in (self.branch, self.ledger):
            from_place.appraisal_asked.connect(lambda: self.desk.go("titles", tab="members"))
        self.tabs.currentChanged.connect(lambda _tab: self._follow())

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, orgs = self.desk.selection.quarter, self.desk.selection.branches
        if quarter is None or not orgs:
            return None
        return partial(duty_overview.overview, quarter=quarter, orgs=orgs)

    def show_nothing_seen(self) -> None:
        self.show_empty(_("还没有党支部。"), _("请先在“组织”页建立，或导入组织名册。"))

    def show_answer(self, snapshot: DutyOverview) -> None:
        self.shown = snapshot
        one = snapshot.one
        self.set_answer(duty_sentences.answer(snapshot))
        self.set_band(duty_sentences.who_may(snapshot, self._is_office) if one is not None else "")
        self.elections.set_rows(snapshot.elections)
        if one is None or snapshot.ledger is None:
            self.life.setCurrentWidget(self.matrix)
            self.matrix.set_rows(snapshot.branches)
        else:
            self.life.setCurrentWidget(self.branch)
            self.branch.show_branch(snapshot, self._is_office, self._may_record and self._is_open)
            self.ledger.show_ledger(snapshot.ledger, self._may_record, self._asks_reason_for_year)
        if one is None and self.tabs.currentIndex() == LEDGER:
            self.turn_to(LIFE)  # the ledger is one branch's
        self.tabs.setTabVisible(LEDGER, one is not None)
        if self._kind is not None and one is not None and self._may_record:
            self.branch.entry.tick(self._kind)
        self._kind = None
        self._follow()

    def arrive(self, **arguments: Any) -> None:
        self.tabs.setCurrentIndex(TABS.get(str(arguments.get("tab", "")), LIFE))
        kind = str(arguments.get("kind", ""))
        self._kind = DutyKind(kind) if kind in set(DutyKind) else None
        org_id = arguments.get("org_id")
        if org_id is not None:
            self._choose(org_id)

    def can_close(self) -> bool:
        """Whether the window may close: what is typed into the ledger and not saved would be gone."""
        if not self.ledger.is_typed():
            return True
        button = QMessageBox.StandardButton
        said = _("组织生活台账还有没有保存的内容，关闭后会丢失。确定关闭吗？")
        answer = QMessageBox.question(self, _("还没有保存"), said, button.Discard | button.Cancel, button.Cancel)
        return answer == button.Discard

    def undo_stack(self) -> QUndoStack:
        return self.stack

    # What a person does

    def record(self) -> None:
        """Save the event that is typed; a refusal puts the cursor at its field."""
        if self._is_under_way:
            return  # Enter twice is one event
        entry = self.branch.entry
        entry.unmark()
        try:
            draft = entry.draft()
        except InputRefused as refusal:
            entry.refuse(refusal)
            return

        def done() -> None:
            self._is_under_way = False
            entry.clear()
            entry.day.setFocus()

        def refused(error: Refusal) -> None:
            self._is_under_way = False
            entry.refuse(error)

        self._is_under_way = True
        self.steps.record(draft, done, refused)

    def correct(self, one: MeetingView) -> None:
        """Correct an event, where this person may."""
        if self.shown is not None and self.shown.one is not None and self._may_record and self._is_open:
            self.steps.correct(one, self.shown.one.roster, self._asks_reason)

    def withdraw(self, one: MeetingView) -> None:
        """Take an event back."""
        self.steps.withdraw(one)

    def save(self) -> None:
        """Save the ledger."""
        if self.shown is None or self.shown.one is None or not self.save_button.isVisible():
            return
        entered = EnteredBy(reason=self.ledger.reason.text())
        if self._is_office:
            entered = EnteredBy(self.shown.one.org.secretary, EntryBasis.PAPER, self.ledger.reason.text())
        try:
            lines, review = self.ledger.drafts(entered)
        except InputRefused as refusal:
            self.ledger.refuse(refusal)
            return
        self.steps.save_ledger(lines, review, self._ledger_saved, self.ledger.refuse)

    def open_branch(self, row: BranchDuties[Held] | None) -> None:
        """The branch of a line of the matrix."""
        if row is not None:
            self._choose(row.org.id)

    def print_register(self) -> None:
        """The register of the quarter as a paper."""
        one = self.shown.one if self.shown else None
        self.desk.go("reports", document="duty-register", **({"org_id": one.org.id} if one else {}))

    def print_minutes(self, one: MeetingView) -> None:
        """The minutes of one event as a paper."""
        self.desk.go("reports", document="minutes", org_id=one.org_id, record_id=one.id)

    # Inside

    def _choose(self, org_id: int) -> None:
        self.close_side()
        self.desk.selection.choose_org(org_id)

    def _ledger_saved(self) -> None:
        self.ledger.forget()
        self.refresh()

    def _follow(self) -> None:
        on_ledger = self.tabs.currentIndex() == LEDGER and self.shown is not None and self.shown.one is not None
        self.save_button.setVisible(on_ledger and self._may_record)
        self.save_button.setEnabled(self.ledger.is_typed())
        self.badge_changed.emit(0)

    @property
    def _may_record(self) -> bool:
        one = self.shown.one if self.shown else None
        return one is not None and bool(self.desk.actor and self.desk.actor.may(Action.RECORD_DAILY, one.org.line))

    @property
    def _is_open(self) -> bool:
        return self.shown is not None and self.shown.is_open_to(self._is_office)

    @property
    def _asks_reason(self) -> bool:
        of = self.shown
        return of is not None and of.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED) and not of.reopened

    @property
    def _asks_reason_for_year(self) -> bool:
        """Whether a quarter of the ledger's year is frozen, so that the office may need a reason."""
        ledger = self.shown.ledger if self.shown else None
        shut = (QuarterState.FROZEN, QuarterState.CLOSED)
        return self._is_office and ledger is not None and any(one.state in shut for one in ledger.quarters)


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area
