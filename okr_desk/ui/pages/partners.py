"""先锋和共建: which vanguard posts meet their standard, and what becomes of needs and resources of co-building?"""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox

from okr_desk.i18n import N_, _
from okr_desk.queries import partner_board
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.register_terms import PartnerList
from okr_desk.services.outcome import Topic
from okr_desk.terms import QuarterState
from okr_desk.ui import icons
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import partner_rows, register_sentences
from okr_desk.ui.models.partner_rows import ItemRow
from okr_desk.ui.models.project_rows import rate_words
from okr_desk.ui.pages.daily import BoardPage
from okr_desk.ui.pages.partner_steps import PartnerSteps
from okr_desk.ui.widgets.lists_tab import ListsTab
from okr_desk.ui.widgets.post_tab import PostTab
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.unit_tab import UnitTab

POSTS, LISTS, UNITS, BRANCHES = range(4)


class PartnersPage(BoardPage):
    """Tabs: vanguard posts with the quarter's check in the grid, the three lists, partners, sums for the office."""

    title = N_("先锋和共建")
    before_a_year = N_("建立年度以后，这里登记先锋岗和共建单位。")
    overview = BRANCHES
    board = partner_board.board
    topics = frozenset({Topic.POSTS, Topic.PARTNERS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.steps = PartnerSteps(desk, self)
        self.posts, self.lists, self.units = PostTab(desk, self), ListsTab(desk, self), UnitTab(desk, self)
        self.branches = RegisterTable(desk, partner_rows.sum_columns(), "partner_sums", _("各支部先锋和共建"), self)
        places = (
            (self.posts, _("先锋岗")),
            (self.lists, _("三张清单")),
            (self.units, _("共建单位")),
            (self.branches, _("各支部")),
        )
        for place, words in places:
            self.tabs.addTab(place, words)
        self.posts.add_tool(_("摘牌"), "flag", self._take_down, lambda row: row.post.down_on is None)
        self.units.add_tool(_("退出"), "sign_out", self._leave, lambda row: row.unit.ended_on is None)
        save = QKeySequence(QKeySequence.StandardKey.Save)
        self._add_next(_("保存考评"), "save", save)

        self.tabs.currentChanged.connect(self._turn)
        self.posts.line.submitted.connect(lambda: self.steps.hang(self.posts))
        self.posts.typed.connect(self._follow)
        self.lists.line.submitted.connect(lambda: self.steps.list_item(self.lists))
        self.lists.matched.connect(self._match)
        self.lists.followed.connect(self._follow)
        self.lists.opened.connect(self.show_row)
        self.units.line.submitted.connect(lambda: self.steps.join(self.units))
        for place in (self.posts, self.units):
            place.table.opened.connect(self.show_row)
        self.branches.table.explain_asked.connect(lambda title, found: self.show_explained(title, found))
        self.branches.table.opened.connect(self._open_branch)

    # The page's question

    def show_answer(self, of: PartnerBoard) -> None:
        if self.shown is not None and self.shown.quarter.id != of.quarter.id:
            self.posts.forget()
        self.shown = of
        self.set_answer(register_sentences.of_partners(of))
        self.set_band(register_sentences.who_may(of.quarter, self._is_office))
        several = len(of.orgs) > 1
        is_shut = of.quarter.state is not QuarterState.OPEN
        chosen = of.orgs[0].id if len(of.orgs) == 1 else None
        for tab in (self.posts, self.lists, self.units):
            tab.show_board(of, self._own(), chosen, may=self._may, is_office=self._is_office, is_shut=is_shut)
        self.tabs.setTabVisible(BRANCHES, several)
        self.branches.show_rows(partner_rows.sum_rows(of), several=True, may=self._may, foot=_total(of))
        self._follow()
        self._reach()

    def can_leave(self) -> bool:
        return self.can_close()

    def can_close(self) -> bool:
        """Whether checks that were typed and not saved may be let go."""
        count = len(self.posts.pending)
        if not count:
            return True
        said = _("有 {n} 个岗位的考评还没有保存。离开就不保存了，要离开吗？").format(n=count)
        yes = QMessageBox.question(self, _("先锋和共建"), said) == QMessageBox.StandardButton.Yes
        if yes:
            self.posts.forget()
        return yes

    # What a person does

    def do_next(self) -> None:
        """What the tab in front is for: save the checks, say that a project was done."""
        of = self.shown
        if of is None or not self.next_button.isEnabled() or not self.next_button.isVisible():
            return
        if self.tabs.currentIndex() == POSTS:
            self.steps.save_checks(self.posts, of, self.posts.line.by())
        elif self.lists.project is not None:
            self.steps.finish(of, self.lists.project)

    def show_row(self, row: Any) -> None:
        """Everything that an entry says, at the side."""
        if row is None:
            return
        if isinstance(row, ItemRow):
            self.open_side(self.steps.item_panel(row, self._may), row.item.text)
        elif self.tabs.currentIndex() == POSTS:
            self.open_side(self.steps.post_panel(row, self._may), row.post.name)
        else:
            self.open_side(self.steps.unit_panel(row, self._may), row.unit.name)

    # Inside

    def _take_down(self) -> None:
        row = self.posts.current()
        if self.shown is not None and row is not None:
            self.steps.take_down(self.shown, row)

    def _leave(self) -> None:
        row = self.units.current()
        if self.shown is not None and row is not None:
            self.steps.leave(self.shown, row)

    def _match(self) -> None:
        pair = self.lists.pair()
        if self.shown is not None and pair is not None:
            self.steps.match(self.shown, *pair)

    def _follow(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        tab, count = self.tabs.currentIndex(), len(self.posts.pending)
        words, icon = (_("保存考评（{n}）").format(n=count) if count else _("保存考评")), "save"
        enabled = count > 0
        if tab == LISTS:
            words, icon, project = _("项目办结"), "check", self.lists.project
            enabled = project is not None and project.item.done_on is None
        if self.next_button.text() != words:
            self.next_button.setText(words)
            icons.dress(self.next_button, icon, "on_accent")
        projects = self.lists.lists[PartnerList.PROJECT].list
        has_any = not (self.posts.list if tab == POSTS else projects).is_empty
        self.next_button.setVisible(self._may and tab in (POSTS, LISTS) and has_any)
        self.next_button.setEnabled(enabled)

    def _reach(self) -> None:
        wanted, self._wanted = self._wanted, {}
        if "post_id" in wanted:
            self.posts.table.mark(lambda row: row.post.id == wanted["post_id"])
        if "item_id" in wanted:
            self.lists.lists[PartnerList.PROJECT].table.mark(lambda row: row.item.id == wanted["item_id"])


def _total(of: PartnerBoard) -> str:
    checked, due = of.all_checked, of.all_due
    said = _("合计：先锋岗 {hung} 个，已考评 {n} 个，达标 {met} 个，达标率 {rate}。").format(
        hung=checked.hung, n=checked.checked, met=checked.met, rate=rate_words(checked.rate) or _("无")
    )
    more = _("本半年到期共建项目 {due} 个，已办结 {done} 个，完成率 {part}。")
    return said + more.format(due=due.due, done=due.done, part=rate_words(due.rate) or _("无"))
