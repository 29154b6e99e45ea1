"""联户和积分: whom members look after, what they earned, how long they served; a branch, or all with shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import household_board
from okr_desk.queries.household_board import BranchBoard, Shares, TownshipBoard
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Topic
from okr_desk.terms import QuarterState
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import household_rows as rows
from okr_desk.ui.models import household_sentences as told
from okr_desk.ui.pages.daily import DailyPage
from okr_desk.ui.pages.household_steps import HouseholdSteps
from okr_desk.ui.widgets.entry_lines import HoursLine, PointsLine
from okr_desk.ui.widgets.entry_source import EntrySource
from okr_desk.ui.widgets.household_place import HouseholdPlace
from okr_desk.ui.widgets.register_place import RegisterPlace
from okr_desk.ui.widgets.score_sheet import Nothing
from okr_desk.ui.widgets.table import Table

MEMBERS, HOUSEHOLDS, POINTS, SERVICE = range(4)
TABS = {"members": MEMBERS, "households": HOUSEHOLDS, "points": POINTS, "service": SERVICE}


class HouseholdsPage(DailyPage):
    """The office without a branch chosen sees all branches; a branch has four tabs."""

    title = N_("联户和积分")
    before_a_year = N_("建立年度以后，这里登记党员、联系户和积分。")
    topics = frozenset({Topic.MEMBERS, Topic.HOUSEHOLDS, Topic.ORGS, Topic.CYCLES, Topic.POLICY, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: BranchBoard | None = None
        self.steps = HouseholdSteps(desk, self)
        self.views = QStackedWidget(self)
        self.all = Table(desk, rows.townships(), "household_shares", _("联户和积分"), self)
        self.source = EntrySource(self)
        self.members = Table(desk, rows.members(), "members", _("党员名单"), self)
        self.households = HouseholdPlace(self)
        self.points = RegisterPlace(
            desk,
            PointsLine(self),
            (rows.points(), "member_points", _("党员积分")),
            (rows.point_entries(), "member_point_entries", _("积分登记记录")),
            self,
        )
        self.service = RegisterPlace(
            desk,
            HoursLine(self),
            (rows.people(), "service_people", _("服务时长")),
            (rows.hour_entries(), "service_entries", _("服务登记记录")),
            self,
        )
        self._assemble()
        self.change_button = self.members.add_tool(_("修改"), "edit", self._change_member)
        self.leave_button = self.members.add_tool(_("转出"), "sign_out", self._leave)
        self.one_button = self.add_quiet(_("登记一名党员"), "person", self.add_member)
        self.scheme_button = self.add_quiet(_("积分办法"), "scheme", self.set_scheme)
        self.paper_button = self.add_quiet(_("打印"), "print", self.print)
        self.add_button = self.add_quiet(_("登记联系户"), "add", lambda: self.ask_household("add"))
        self.report_button = self.add_quiet(_("登记报到党员"), "add", self.add_reporters)
        self.end_button = self.service.people.add_tool(_("结束报到"), "sign_out", self._end_report)
        save = QKeySequence(QKeySequence.StandardKey.Save)
        self.next_button = self.set_accent(_("登记党员"), "add", self.do_next, save)

        self.all.opened.connect(self._open)
        self.members.opened.connect(lambda _row: self._change_member())
        self.members.explain_asked.connect(self._explain_member)
        self.households.asked.connect(self.ask_household)
        self.households.grid.typed.connect(self._follow)
        self.points.line.asked.connect(self.save_line)
        self.service.line.asked.connect(self.save_line)
        self.points.people.explain_asked.connect(self._explain_points)
        self.points.taken_back.connect(lambda found: self.steps.take_back(found, True))
        self.service.taken_back.connect(lambda found: self.steps.take_back(found, False))
        self.tabs.currentChanged.connect(lambda _tab: self._turn())
        self._follow()

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or not self.desk.selection.branches:
            return None
        org = self.org
        if org is None:
            ids = [one.id for one in self.desk.selection.branches]
            return partial(household_board.township, quarter=quarter, org_ids=ids)
        return partial(household_board.branch, quarter=quarter, org_id=org.id)

    def show_answer(self, snapshot: Any) -> None:
        if isinstance(snapshot, TownshipBoard):
            self.shown = None
            self.set_answer(told.of_township(snapshot))
            self.set_band("")
            self.all.set_rows(snapshot.rows)
            self.views.setCurrentWidget(self.all)
        else:
            self._show_branch(snapshot)
        self._follow()

    def arrive(self, **arguments: Any) -> None:
        """`org_id`: this branch; `tab`: members, households, points or service."""
        if arguments.get("org_id"):
            self.desk.selection.choose_org(int(arguments["org_id"]))
        if arguments.get("tab") in TABS:
            self.tabs.setCurrentIndex(TABS[arguments["tab"]])

    def can_leave(self) -> bool:
        return self._may_drop()

    def can_close(self) -> bool:
        return self._may_drop()

    def undo_stack(self) -> QUndoStack:
        return self.steps.stack

    # What a person does

    def do_next(self) -> None:
        """What the tab in front is for: a list of members, the visits typed, the line typed."""
        if self.shown is None or not self._may:
            return
        tab = self.tabs.currentIndex()
        if tab == MEMBERS:
            self.steps.paste_members(self.shown)
        elif tab == HOUSEHOLDS:
            self.steps.save_visits(self.households, self.source)
        else:
            self.save_line()

    def save_line(self) -> None:
        """Save the line of points or hours."""
        if self.shown is not None and self._may:
            is_points = self.tabs.currentIndex() == POINTS
            place = self.points if is_points else self.service
            self.steps.save_line(place, self.source, is_points)

    def add_member(self) -> None:
        """One member by hand."""
        if self.shown is not None and self._may:
            self.steps.add_member(self.shown)

    def add_reporters(self) -> None:
        """Those who report from elsewhere."""
        if self.shown is not None and self._may:
            self.steps.add_reporters(self.shown)

    def set_scheme(self) -> None:
        """The office's rules of points."""
        if self.shown is not None:
            self.steps.set_scheme(self.shown)

    def ask_household(self, what: str) -> None:
        """What the tab 联户 asks for."""
        if self.shown is not None and self._may:
            self.steps.of_household(what, self.shown, self.households, self.source.said())

    def print(self) -> None:
        """The paper of the tab in front, on the page of documents."""
        if self.shown is not None:
            keys = ("visit-register", "visit-register", "points-list", "service-card")
            self.desk.go("reports", document=keys[self.tabs.currentIndex()], org_id=self.shown.org.id)

    @property
    def org(self) -> OrgView | None:
        """The branch shown; None where all are."""
        return self._chosen()

    # Inside

    def _assemble(self) -> None:
        for place, words in (
            (self.members, _("党员")),
            (self.households, _("联户")),
            (self.points, _("积分")),
            (self.service, _("双报到")),
        ):
            self.tabs.addTab(place, words)
        one = QWidget(self)
        column = QVBoxLayout(one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.4))
        column.addWidget(self.source)
        column.addWidget(self.tabs, 1)
        self.branch_view = one
        self.views.addWidget(one)
        self.views.addWidget(self.all)
        self.content.addWidget(self.views, 1)

    def _show_branch(self, of: BranchBoard) -> None:
        if self.shown is not None and (self.shown.org.id, self.shown.quarter.id) != (of.org.id, of.quarter.id):
            self.households.grid.forget()
            self.close_side()
        self.shown = of
        if not of.members and not of.gone:
            self.set_answer("")
            words = _("粘贴名单") if self._may else ""
            advice = _("从表格里复制姓名一列粘贴进来；联户、积分和双报到都从名单开始。")
            self.show_empty(_("{org}还没有登记党员。").format(org=of.org.short_name), advice, words, self._paste)
            return
        self.set_answer(told.of_branch(of))
        self.set_band(told.who_may(of.quarter, self._is_office))
        is_late = of.quarter.state is QuarterState.FROZEN
        self.source.follow(self._is_office and self._may, is_late and self._may, of.org.secretary)
        self.members.set_rows(rows.member_rows(of, with_gone=True))
        self.households.show_board(of, self._may)
        self.points.line.show_board(of)
        entries = [rows.EntryRow(one.member.name, entry) for one in of.points for entry in one.entries]
        entries.sort(key=lambda row: (row.entry.happened_on, row.entry.id))
        first = _("登记第一条") if self._may else ""
        nothing = Nothing(
            _("本季还没有登记积分。"),
            _("在上方选党员和事项，填分值，回车登记；每季的上限和下限按积分办法自动算。"),
            first,
            self.points.line.begin,
            is_accent=False,
        )
        self.points.show_rows(of.points, entries, self._may, Nothing(_("本季没有参加积分的党员。")), nothing)
        self.service.line.show_board(of)
        served = [
            rows.EntryRow(one.name, entry)
            for one in of.people
            for entry in one.entries
            if entry.quarter_id == of.quarter.id
        ]
        served.sort(key=lambda row: (row.entry.served_on, row.entry.id))
        nobody = Nothing(
            _("还没有党员到这里报到。"),
            _("在职党员到社区、村报到的，先登记姓名和单位，服务时长随时补记。"),
            _("登记报到党员") if self._may else "",
            self.add_reporters,
            is_accent=False,
        )
        nothing = Nothing(
            _("本季还没有登记时长。"),
            _("在上方选党员，填小时数和服务项目，回车登记。"),
            first,
            self.service.line.begin,
            is_accent=False,
        )
        self.service.show_rows(of.people, served, self._may, nobody, nothing)
        self.views.setCurrentWidget(self.branch_view)

    def _paste(self) -> None:
        if self.shown is not None:
            self.steps.paste_members(self.shown)

    def _open(self, row: Shares | None) -> None:
        if row is not None:
            self.desk.selection.choose_org(row.org.id)

    def _change_member(self) -> None:
        if self.shown is not None and self._may:
            self.steps.change_member(self.shown, self.members.current())

    def _leave(self) -> None:
        if self.shown is not None and self._may:
            self.steps.let_leave(self.members.current())

    def _end_report(self) -> None:
        if self.shown is not None and self._may:
            self.steps.end_report(self.service.people.current())

    def _explain_member(self, title: str, explained: Explained) -> None:
        row = self.members.current()
        if row is not None:
            self.show_explained(_("{name}　{title}").format(name=row.member.name, title=title), explained)

    def _explain_points(self, title: str, explained: Explained) -> None:
        row = self.points.people.current()
        if row is not None:
            self.show_explained(_("{name}　{title}").format(name=row.member.name, title=title), explained)

    def _turn(self) -> None:
        self.close_side()
        self._follow()

    def _follow(self) -> None:
        """Only what the person may do, and what makes sense in the tab in front."""
        tab, may, count = self.tabs.currentIndex(), self.shown is not None and self._may, self.households.grid.count
        self.one_button.setVisible(may and tab == MEMBERS)
        self.add_button.setVisible(may and tab == HOUSEHOLDS)
        self.report_button.setVisible(may and tab == SERVICE)
        self.scheme_button.setVisible(self.shown is not None and tab == POINTS and self._may_check)
        self.paper_button.setVisible(self.shown is not None)
        words, icon = (
            (_("粘贴名单"), "add"),
            (_("保存（{n}）").format(n=count) if count else _("保存"), "save"),
            (_("登记"), "save"),
            (_("登记"), "save"),
        )[tab]
        if self.next_button.text() != words:
            self.next_button.setText(words)
            icons.dress(self.next_button, icon, "on_accent")
        self.next_button.setVisible(may and tab in (MEMBERS, HOUSEHOLDS))  # a line has its own button behind it
        self.next_button.setEnabled(tab != HOUSEHOLDS or count > 0)
        for button in (self.change_button, self.leave_button, self.end_button):
            button.setVisible(may)
        self.badge_changed.emit(count)

    def _may_drop(self) -> bool:
        """Whether visits that are typed and not saved may be dropped."""
        count = self.households.grid.count
        if not count:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("还没有保存"))
        box.setText(_("走访表中有 {n} 格还没有保存，离开后会丢失。").format(n=count))
        leave = box.addButton(_("不保存"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("返回"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is leave:
            self.households.grid.forget()
            return True
        return False

    @property
    def _may(self) -> bool:
        """Whether this person may enter for the branch in the quarter shown."""
        quarter, org, actor = self.desk.selection.quarter, self.org, self.desk.actor
        if quarter is None or org is None or actor is None or not actor.may(Action.RECORD_DAILY, org.line):
            return False
        return quarter.state is QuarterState.OPEN or (quarter.state is QuarterState.FROZEN and actor.is_office)
