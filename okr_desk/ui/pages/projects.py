"""项目和诉求: are the nodes of the key projects done, and what do the residents say of what they asked for?"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from okr_desk.i18n import N_, _
from okr_desk.queries import project_board
from okr_desk.queries.project_board import ProjectBoard
from okr_desk.register_terms import DemandAction
from okr_desk.services.outcome import Topic
from okr_desk.terms import QuarterState
from okr_desk.ui import icons
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import project_rows, register_sentences
from okr_desk.ui.models.project_rows import rate_words
from okr_desk.ui.pages.daily import BoardPage
from okr_desk.ui.pages.project_steps import ProjectSteps, may_write_case
from okr_desk.ui.widgets.demand_tab import DemandTab
from okr_desk.ui.widgets.register_table import RegisterTable

NODES, DEMANDS, CASES, BRANCHES = range(4)


class ProjectsPage(BoardPage):
    """Tabs: nodes of key projects, the ledger of demands, cases, and for the office the sums of every branch."""

    title = N_("项目和诉求")
    before_a_year = N_("建立年度以后，这里登记重点项目和群众诉求。")
    overview = BRANCHES
    board = project_board.board
    topics = frozenset({Topic.PROJECTS, Topic.DEMANDS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.steps = ProjectSteps(desk, self)
        self.nodes = RegisterTable(desk, project_rows.node_columns(), "project_nodes", _("重点项目节点"), self)
        self.demands = DemandTab(desk, self)
        self.cases = RegisterTable(desk, project_rows.case_columns(), "demand_cases", _("典型案例"), self)
        self.branches = RegisterTable(desk, project_rows.branch_columns(), "project_sums", _("各支部项目和诉求"), self)
        places = (
            (self.nodes, _("重点项目")),
            (self.demands, _("急难愁盼")),
            (self.cases, _("典型案例")),
            (self.branches, _("各支部")),
        )
        for place, words in places:
            self.tabs.addTab(place, words)
        self.nodes.add_tool(_("调整计划"), "calendar", lambda: self._node(True), lambda row: row.node.done_on is None)
        self.nodes.add_tool(_("节点完成"), "check", lambda: self._node(False), lambda row: row.node.done_on is None)
        self._add_next(_("登记重点项目"), "add", QKeySequence(Qt.Key.Key_Insert))

        self.tabs.currentChanged.connect(self._turn)
        self.demands.line.submitted.connect(lambda: self.steps.demand(self.demands))
        self.demands.moved.connect(self._move)
        for place in (self.nodes, self.demands, self.cases):
            place.table.opened.connect(self.show_row)
            place.table.marked.connect(self._mark)
        self.branches.table.explain_asked.connect(lambda title, found: self.show_explained(title, found))
        self.branches.table.opened.connect(self._open_branch)

    # The page's question

    def show_answer(self, of: ProjectBoard) -> None:
        self.shown = of
        self.set_answer(register_sentences.of_projects(of))
        self.set_band(register_sentences.who_may(of.quarter, self._is_office))
        several, may = len(of.orgs) > 1, self._may
        self._show_nodes(of, several)
        is_shut = of.quarter.state is not QuarterState.OPEN
        chosen = self._chosen()
        self.demands.show_board(
            of, self._own(), None if chosen is None else chosen.id, may=may, is_office=self._is_office, is_shut=is_shut
        )
        if of.cases:
            self.cases.show_rows(project_rows.case_rows(of), several=several, may=may)
        else:
            self.cases.show_empty(
                _("本年还没有典型案例。"),
                _("在“急难愁盼”中选中一件群众已确认的诉求，按“写成案例”；镇党建办复核有效后计数。"),
            )
        self.tabs.setTabVisible(BRANCHES, several)
        self.branches.show_rows(project_rows.branch_rows(of), several=True, may=may, foot=_total(of))
        self._follow()
        self._reach()

    # What a person does

    def do_next(self) -> None:
        """What the tab in front is for: register a project, write a case, review one."""
        of, tab, org = self.shown, self.tabs.currentIndex(), self._chosen()
        if tab == NODES and org is not None and of is not None and self._may:
            self.steps.register(org, of.quarter)
        if of is None or not self.next_button.isEnabled() or not self.next_button.isVisible():
            return
        if tab == DEMANDS and (row := self.demands.current()) is not None:
            self.steps.write_case(of, row)
        elif tab == CASES and (case := self.cases.current()) is not None:
            self.steps.review(case)

    def show_row(self, row: Any) -> None:
        """Everything that an entry says, at the side."""
        tab = self.tabs.currentIndex()
        if row is None:
            return
        if tab == NODES:
            self.open_side(self.steps.node_panel(row, self._may), row.project.name)
        elif tab == DEMANDS:
            self.open_side(self.steps.demand_panel(row, self._may), row.demand.label)
        elif tab == CASES:
            self.open_side(self.steps.case_panel(row, self._may, self._is_office), row.case.title)

    # Inside

    def _show_nodes(self, of: ProjectBoard, several: bool) -> None:
        if of.projects:
            self.nodes.show_rows(project_rows.node_rows(of), several=several, may=self._may)
            return
        button = _("登记重点项目") if self._may and self._chosen() is not None else ""
        self.nodes.show_empty(
            _("本年还没有登记重点项目。"),
            _("一个项目写明目标、牵头人和几个节点，节点到期前 14 天提醒。镇党建办请先在窗口上方选定支部。"),
            button,
            self.do_next,
        )

    def _node(self, is_move: bool) -> None:
        row = self.nodes.current()
        if self.shown is not None and row is not None:
            self.steps.node(self.shown, row, is_move)

    def _move(self, action: object) -> None:
        row = self.demands.current()
        if self.shown is not None and row is not None:
            self.steps.move(self.shown, row, DemandAction(str(action)))

    def _mark(self, row: Any) -> None:
        self._follow()
        if not self.side.isHidden():
            self.show_row(row)

    def _follow(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        tab, row = self.tabs.currentIndex(), self.cases.current()
        words, icon, enabled = _("登记重点项目"), "add", self._chosen() is not None
        visible = self._may and not self.nodes.is_empty  # the empty tab has the button itself
        if tab == DEMANDS:
            words, icon, visible = _("写成案例"), "edit", self._may and not self.demands.list.is_empty
            enabled = may_write_case(self.shown, self.demands.current())
        elif tab == CASES:
            words, icon, visible = _("复核"), "check", self._may_check and not self.cases.is_empty
            enabled = row is not None and row.case.review is None
        elif tab == BRANCHES:
            visible = False
        if self.next_button.text() != words:
            self.next_button.setText(words)
            icons.dress(self.next_button, icon, "on_accent")
        self.next_button.setVisible(visible)
        self.next_button.setEnabled(enabled)
        self.next_button.setToolTip("" if enabled or tab != NODES else _("请先在窗口上方选定一个支部"))

    def _reach(self) -> None:
        wanted, self._wanted = self._wanted, {}
        if "node_id" in wanted:
            self.nodes.table.mark(lambda row: row.node.id == wanted["node_id"])
        if "demand_id" in wanted:
            self.demands.table.mark(lambda row: row.demand.id == wanted["demand_id"])


def _total(of: ProjectBoard) -> str:
    nodes, due, told = of.all_nodes, of.all_due, of.all_told
    said = (
        _("合计：应完成节点 {due} 个，已完成 {done} 个，完成率 {rate}。")
        + _("到期诉求 {n} 件，群众已确认 {m} 件，办结率 {part}。")
        + _("有效案例 {valid} 个，待复核 {waiting} 个。")
    )
    return said.format(
        due=nodes.due,
        done=nodes.done,
        rate=rate_words(nodes.rate) or _("无"),
        n=due.due,
        m=due.confirmed,
        part=rate_words(due.rate) or _("无"),
        valid=told.valid,
        waiting=told.waiting,
    )
