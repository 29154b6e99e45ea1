"""吹哨: what waits for whom and what is overdue; every whistle with its steps; how departments are rated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack

from okr_desk.i18n import N_, _
from okr_desk.queries import departments, whistle_board
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.whistle_board import Board, Group
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.permissions import Action
from okr_desk.rules.whistles import Move
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import whistle_rows, whistle_sentences
from okr_desk.ui.models.whistle_rows import WhistleRow
from okr_desk.ui.pages.daily import DailyPage
from okr_desk.ui.pages.whistle_steps import WhistleSteps, legal_moves, other_actions
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.widgets.whistle_board import WhistleBoard
from okr_desk.ui.widgets.whistle_panel import WhistlePanel
from okr_desk.whistle_terms import DepartmentKind

BOARD, LIST, RATINGS, REGISTER = range(4)


class WhistlesPage(DailyPage):
    """Tabs: the board, the list, departments compared, the register of departments for the office."""

    title = N_("吹哨")
    before_a_year = N_("建立年度以后，这里登记和办理吹哨。")
    nothing_seen = N_("没有您可以查看吹哨的支部。")
    topics = frozenset({Topic.WHISTLES, Topic.ORGS, Topic.CYCLES, Topic.POLICY, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Board | None = None
        self.steps = WhistleSteps(desk, self)
        self._open: int | None = None
        self.places = tuple(Place(self) for _tab in range(4))
        self.board = WhistleBoard(self)
        self.table = Table(desk, whistle_rows.whistle_columns(), "whistles", _("吹哨台账"), self)
        self.ratings = Table(desk, whistle_rows.department_columns(), "whistle_departments", _("部门评价"), self)
        self.register = Table(desk, whistle_rows.register_columns(), "departments", _("部门"), self)
        self.change_button = self.register.add_tool(_("修改"), "edit", self.change_department)
        widgets = (self.board, self.table, self.ratings, self.register)
        words = (_("看板"), _("明细"), _("部门评价"), _("部门"))
        for place, widget, text in zip(self.places, widgets, words, strict=True):
            place.layout_.addWidget(widget, 1)
            self.tabs.addTab(place, text)
        self.content.addWidget(self.tabs, 1)
        self.usual_button = self.add_quiet(_("加入常用部门"), "add", self.add_usual)
        self.next_button = self.set_accent(
            _("吹哨登记"), "add", self.do_next, QKeySequence(QKeySequence.StandardKey.New)
        )

        self.board.opened.connect(self.open_whistle)
        self.table.opened.connect(lambda row: self.open_whistle(row.view.id))
        self.table.marked.connect(self._follow_row)
        self.register.opened.connect(lambda _row: self.change_department())
        for table in (self.table, self.ratings):
            table.explain_asked.connect(self.show_explained)
        self.tabs.currentChanged.connect(self._turn)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or (not self._is_office and not self.desk.selection.branches):
            return None
        return partial(whistle_board.board, quarter=quarter, org_ids=self._org_ids())

    def show_answer(self, of: Board) -> None:
        self.shown = of
        self.set_answer(whistle_sentences.of_board(of))
        self.set_band(whistle_sentences.band(of.quarter, self._is_office))
        self._fill(of)
        self._follow()
        self.badge_changed.emit(len(of.column(Group.SIGNING)) if self._may_check else len(of.column(Group.TO_RATE)))
        if self._open is not None:
            self._show_panel()

    def arrive(self, **arguments: Any) -> None:
        found = arguments.get("whistle_id")
        if isinstance(found, int):
            self._open = found
            if self.shown is not None:
                self._show_panel()

    def undo_stack(self) -> QUndoStack | None:
        return self.steps.stack

    # What a person does

    def open_whistle(self, whistle_id: int) -> None:
        """Show a whistle at the side."""
        self._open = whistle_id
        self._show_panel()

    def do_next(self) -> None:
        """What the tab in front is for: a new whistle, or a new department."""
        if self.shown is None or not self.next_button.isVisible():
            return
        if self.tabs.currentIndex() == REGISTER:
            self.steps.edit_department(self._branches())
            return
        self.create()

    def create(self) -> None:
        """A new whistle."""
        if self.shown is None or not self._may_record:
            return
        chosen = self.desk.selection.org
        made = self.steps.create(self.shown, self._branches(), chosen.id if chosen else None)
        if made is not None:
            self._open = made
            self.refresh()

    def add_usual(self) -> None:
        """The usual departments that the register lacks."""
        missing = self._missing()
        if missing and self._may_check:
            self.steps.add_usual(missing)

    def change_department(self) -> None:
        """Change the department under the cursor."""
        row = self.register.current()
        if isinstance(row, DepartmentView) and self._may_check:
            self.steps.edit_department(self._branches(), row)

    def step(self, move: Move) -> None:
        """Take a step of the whistle at the side."""
        one = self._shown_whistle()
        if self.shown is not None and one is not None:
            self.steps.move(self.shown, one, move)

    def act(self, name: str) -> None:
        """Another action on the whistle at the side."""
        of, one = self.shown, self._shown_whistle()
        if of is None or one is None:
            return
        if name == "print":
            self.desk.go("reports", document="whistle", org_id=one.org_id, record_id=one.id)
        elif name == "correct":
            self.steps.correct(of, self._branches(), one)
        elif name == "again":
            self._open = self.steps.again(of, self._branches(), one) or self._open
            self.refresh()
        elif name == "take_back":
            last = one.standing_moves[-1]
            self.steps.take_back(one.id, f"{one.number} {whistle_rows.label(last.step)}")
        elif name == "withdraw":
            self.steps.withdraw(one)

    def close_side(self) -> None:
        super().close_side()
        self._open = None

    # Inside

    def _fill(self, of: Board) -> None:
        if of.whistles:
            self.board.show_board(of)
            self.table.set_rows(whistle_rows.rows(of))
            for place in self.places[:RATINGS]:
                place.setCurrentWidget(place.content)
        else:
            advice = _(
                "支部遇到自身解决不了的事项，在这里登记，经审签后吹哨，部门签收、到场、办理，办结后由支部和群众评价。"
            )
            button = _("吹哨登记") if self._may_record else ""
            for place in self.places[:RATINGS]:
                place.show_empty(_("本季还没有吹哨。"), advice, button, self.create)
        self.ratings.set_rows(of.table.lines)
        if of.table.lines:
            self.places[RATINGS].setCurrentWidget(self.places[RATINGS].content)
        else:
            advice = _("吹哨办结并评价以后，这里按类别列出各部门的及时率和得分。")
            self.places[RATINGS].show_empty(_("本季还没有可以比较的部门。"), advice)
        self.register.set_rows(of.departments)
        nothing = Nothing(
            _("还没有登记部门。"),
            _("吹哨要写明主责部门。先加入乡镇常用的几个，再按本镇的叫法修改。"),
            _("加入常用部门"),
            self.add_usual,
        )
        self.places[REGISTER].show_rows_or(of.departments, nothing)

    def _show_panel(self) -> None:
        one = self._shown_whistle()
        if one is None or self.shown is None:
            return
        panel = WhistlePanel(self.desk, self)
        lines = {org.id: org.line for org in self.desk.selection.orgs}
        actor = self.desk.actor
        row = WhistleRow(one, self.shown.now)
        panel.show_whistle(
            row, legal_moves(actor, one, lines), other_actions(actor, one, lines), self._may_attach(one, lines)
        )
        panel.stepped.connect(self.step)
        panel.asked.connect(self.act)
        self.open_side(panel, f"{one.number}　{one.matter}")

    def _may_attach(self, one: WhistleView, lines: dict[int, tuple[int, ...]]) -> bool:
        """Files can be added while the whistle stands and its quarter takes entries."""
        of, actor = self.shown, self.desk.actor
        if of is None or actor is None or one.withdrawn or one.org_id not in lines:
            return False
        shut = one.quarter_id == of.quarter.id and of.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
        return actor.may(Action.RECORD_DAILY, lines[one.org_id]) and (self._is_office or not shut)

    def _shown_whistle(self) -> WhistleView | None:
        if self.shown is None:
            return None
        return next((one for one in self.shown.whistles if one.id == self._open), None)

    def _follow_row(self, row: object) -> None:
        """While the panel is open it follows the cursor."""
        if isinstance(row, WhistleRow) and not self.side.isHidden() and row.view.id != self._open:
            self.open_whistle(row.view.id)

    def _turn(self) -> None:
        self.close_side()
        self._follow()

    def _follow(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        self.tabs.setTabVisible(REGISTER, self._may_check)
        is_register = self.tabs.currentIndex() == REGISTER
        self.next_button.setText(_("增加部门") if is_register else _("吹哨登记"))
        has_departments = not self.places[REGISTER].is_empty
        self.usual_button.setVisible(is_register and self._may_check and has_departments and bool(self._missing()))
        offered = self._may_record and (self.shown is None or bool(self.shown.whistles))
        if is_register:
            offered = self._may_check and has_departments
        self.next_button.setVisible(offered)

    def _branches(self) -> tuple[OrgView, ...]:
        """The branches whose whistles may be entered, in the order of the register."""
        actor = self.desk.actor
        return tuple(
            one
            for one in self.desk.selection.orgs
            if one.kind == OrgKind.BRANCH and actor is not None and actor.may(Action.RECORD_DAILY, one.line)
        )

    def _missing(self) -> tuple[tuple[str, DepartmentKind], ...]:
        """The usual departments that the register has not, in use or not."""
        there = {one.name for one in self.shown.departments} if self.shown is not None else set()
        return tuple(one for one in departments.usual() if one[0] not in there)

    def _org_ids(self) -> tuple[int, ...] | None:
        if self._is_office and self.desk.selection.org is None:
            return None
        return tuple(one.id for one in self.desk.selection.branches)

    @property
    def _is_office(self) -> bool:
        return super()._is_office or self._may_check

    @property
    def _may_record(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.RECORD_DAILY)
