"""激励与评议: who is on the way to the title, how the votes fell, what was given, what is suggested, who qualifies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMessageBox, QTabWidget

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.i18n import N_, _
from okr_desk.queries import title_board
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.title_board import Group, TitleBoard
from okr_desk.queries.titles import TitleView
from okr_desk.rules.appraisals import EDITORS, REOPENERS
from okr_desk.rules.permissions import Action
from okr_desk.rules.titles import Move, move_of
from okr_desk.services.outcome import Topic
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import title_rows, title_sentences
from okr_desk.ui.pages.appraisal_steps import AppraisalSteps
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.title_steps import TitleSteps, legal_moves
from okr_desk.ui.widgets.appraisal_tab import AppraisalTab
from okr_desk.ui.widgets.card_board import CardBoard
from okr_desk.ui.widgets.honours_tab import HonoursTab
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.widgets.title_panel import TitlePanel

BOARD, SECRETARIES, MEMBERS, HONOURS, COEFFICIENTS, CANDIDATES = range(6)
PAPERS = {
    BOARD: "title-form",
    SECRETARIES: "secretary-count",
    MEMBERS: "member-count",
    HONOURS: "incentives",
    COEFFICIENTS: "incentives",
    CANDIDATES: "candidates",
}
"""What is printed from each tab."""
WORDS = {"members": MEMBERS}
"""Tabs that other pages lead to, by their word."""


class TitlesPage(Page):
    """Six tabs; a branch sees what is its own."""

    title = N_("激励与评议")
    topics = frozenset(
        {
            Topic.TITLES,
            Topic.APPRAISALS,
            Topic.INCENTIVES,
            Topic.SCORES,
            Topic.SCHEMES,
            Topic.FOLLOWUPS,
            Topic.DUTIES,
            Topic.ORGS,
            Topic.CYCLES,
            Topic.POLICY,
            Topic.IMPORTS,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: TitleBoard | None = None
        self.steps, self.rounds = TitleSteps(desk, self), AppraisalSteps(desk, self)
        self._open: int | None = None
        self.tabs = QTabWidget(self)
        self.board = CardBoard(title_rows.columns_of_board(), self)
        self.places = {tab: Place(self) for tab in (BOARD, COEFFICIENTS, CANDIDATES)}
        self.secretaries = AppraisalTab(desk, AppraisalKind.SECRETARIES, self)
        self.members = AppraisalTab(desk, AppraisalKind.MEMBERS, self)
        self.honours = HonoursTab(desk, self)
        self.coefficients = Table(desk, title_rows.coefficient_columns(), "coefficients", _("系数建议"), self)
        self.candidates = Table(desk, title_rows.candidate_columns(), "candidates", _("定向招录"), self)
        self.period, self.disclaimer, self.notice = QComboBox(self), QLabel(self), QLabel(self)
        self._assemble()
        self.print_button = self.add_quiet(_("打印"), "print", self.print_tab)
        save = QKeySequence(QKeySequence.StandardKey.Save)
        self.next_button = self.set_accent(_("申报四强"), "add", self.do_next, save)
        kept = self.next_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.next_button.setSizePolicy(kept)

        self.board.opened.connect(self.open_title)
        self.tabs.currentChanged.connect(self._turn)
        self.period.currentIndexChanged.connect(lambda _row: self._show_coefficients())
        for table in (self.coefficients, self.candidates, self.secretaries.people, self.members.people):
            table.explain_asked.connect(lambda title, found: self.show_explained(title, found))
        for tab in (self.secretaries, self.members):
            tab.typed.connect(self._turn_tab)
            tab.acted.connect(self.act)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or (not self._is_office and not self.desk.selection.branches):
            return None
        return partial(title_board.board, quarter=quarter, org_ids=self._org_ids())

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if self.desk.selection.quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("建立年度以后，这里办理四强党支部、评议和荣誉。"))
        else:
            self.show_denied(_("没有您可以查看的支部。"))

    def show_answer(self, of: TitleBoard) -> None:
        self.shown = of
        self.set_answer(title_sentences.of_board(of))
        self._show_board(of)
        for tab in (self.secretaries, self.members):
            tab.show_board(of, self._may(EDITORS[tab.kind]), self._may(REOPENERS))
        self.honours.show_board(of, self._may(Action.EDIT_INCENTIVES), self.add_kind)
        for button, table in self._honour_tools:
            button.setVisible(self._may(Action.EDIT_INCENTIVES))
            button.setEnabled(bool(table.model.rows))
        self._show_periods(of)
        self._show_candidates(of)
        self._turn_tab()
        waiting = len(of.column(Group.APPLIED)) + len(of.column(Group.DECIDING))
        self.badge_changed.emit(waiting if self._is_office else 0)
        if self._open is not None:
            self._show_panel()

    def arrive(self, **arguments: Any) -> None:
        """`tab` by its number or word, the `org_id` of a branch, or the `title_id` to show at the side."""
        tab, org_id = arguments.get("tab"), arguments.get("org_id")
        if isinstance(org_id, int):
            self.desk.selection.choose_org(org_id)
        at = WORDS.get(tab, -1) if isinstance(tab, str) else tab
        if isinstance(at, int) and at >= 0:
            self.tabs.setCurrentIndex(at)
        if isinstance(arguments.get("title_id"), int):
            self._open = arguments["title_id"]
            if self.shown is not None:
                self._show_panel()

    def undo_stack(self) -> QUndoStack | None:
        tab = self._appraisal_tab
        return self.steps.stack if tab is None else tab.stack

    def can_leave(self) -> bool:
        return self.can_close()

    def can_close(self) -> bool:
        """Whether counts that were typed and not saved may be let go."""
        typed = [tab for tab in (self.secretaries, self.members) if tab.count]
        if not typed:
            return True
        said = _("有 {n} 行计票还没有保存。离开就不保存了，要离开吗？").format(n=sum(tab.count for tab in typed))
        yes = QMessageBox.question(self, _("激励与评议"), said) == QMessageBox.StandardButton.Yes
        if yes:
            for tab in typed:
                tab.saved()
        return yes

    # What a person does

    def open_title(self, title_id: int) -> None:
        """Show a title at the side."""
        self._open = title_id
        self._show_panel()

    def do_next(self) -> None:
        """What the tab in front is for: apply, save the count, give an honour."""
        of, tab = self.shown, self._appraisal_tab
        if of is None or not self.next_button.isVisible() or not self.next_button.isEnabled():
            return
        if tab is not None:
            self.rounds.save(tab)
        elif self.tabs.currentIndex() == HONOURS:
            kind = self.honours.kind()
            self.steps.give(of, None if kind is None else kind.id)
        elif self.tabs.currentIndex() == BOARD:
            self.apply()

    def apply(self) -> None:
        """Let a branch apply for the title."""
        of, chosen = self.shown, self.desk.selection.org
        if of is not None:
            self._open = self.steps.apply(of, self._may_apply(of), chosen.id if chosen else None) or self._open

    def step(self, move: Move) -> None:
        """Take a step of the title at the side."""
        one = self._shown_title()
        if self.shown is not None and one is not None:
            self.steps.step(self.shown, one, move)

    def act(self, name: str) -> None:
        """Another action: of the title at the side, or of the round in front."""
        of, tab, one = self.shown, self._appraisal_tab, self._shown_title()
        if of is None:
            return
        if tab is not None:
            self.rounds.act(of, tab, name, self._may(EDITORS[tab.kind]))
        elif name == "print" and one is not None:
            self.desk.go("reports", document="title-form", org_id=one.org_id, record_id=one.id)
        elif name == "take_back" and one is not None and one.last is not None:
            self.steps.take_back(one.id, label(one.last.step))

    def add_kind(self) -> None:
        """Add a kind of honour."""
        if self.shown is not None:
            self.steps.edit_kind(self.shown)

    def change_kind(self) -> None:
        """Change the kind under the cursor."""
        kind = self.honours.kind()
        if self.shown is not None and kind is not None:
            self.steps.edit_kind(self.shown, kind)

    def withdraw_honour(self) -> None:
        """Take the honour under the cursor back."""
        one = self.honours.honour()
        if one is not None:
            self.steps.withdraw_honour(one)

    def print_tab(self) -> None:
        """Go to the document that belongs to the tab in front."""
        self.desk.go("reports", document=PAPERS[self.tabs.currentIndex()])

    def close_side(self) -> None:
        super().close_side()
        self._open = None

    # Inside

    def _assemble(self) -> None:
        self.disclaimer.setFont(theme.font("body", bold=True))
        self.disclaimer.setWordWrap(True)
        self.notice.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.period)
        row.addWidget(self.disclaimer, 1)
        self.period.setAccessibleName(_("期间"))
        self.places[BOARD].layout_.addWidget(self.board, 1)
        self.places[COEFFICIENTS].layout_.addLayout(row)
        self.places[COEFFICIENTS].layout_.addWidget(self.coefficients, 1)
        self.places[CANDIDATES].layout_.addWidget(self.notice)
        self.places[CANDIDATES].layout_.addWidget(self.candidates, 1)
        tabs = (
            (self.places[BOARD], _("四强党支部")),
            (self.secretaries, _("述职评议")),
            (self.members, _("民主评议")),
            (self.honours, _("荣誉")),
            (self.places[COEFFICIENTS], _("系数建议")),
            (self.places[CANDIDATES], _("定向招录")),
        )
        for place, words in tabs:
            self.tabs.addTab(place, words)
        self.content.addWidget(self.tabs, 1)
        self._honour_tools = (
            (self.honours.kinds.add_tool(_("修改"), "edit", self.change_kind), self.honours.kinds),
            (self.honours.kinds.add_tool(_("增加荣誉"), "add", self.add_kind), self.honours.kinds),
            (self.honours.given.add_tool(_("撤回"), "undo", self.withdraw_honour), self.honours.given),
        )

    def _show_board(self, of: TitleBoard) -> None:
        place = self.places[BOARD]
        if of.titles:
            beside = [] if of.column(Group.BESIDE) else [Group.BESIDE.value]
            self.board.show_cards(title_rows.cards(of), beside)
            place.setCurrentWidget(place.content)
            return
        advice = _(
            "支部申报后，依次核查条件、自评、互评、上级考评、评定、公示、授予；授予后动态管理，条件不再具备的撤销。"
        )
        button = _("申报四强") if self._may_apply(of) else ""
        place.show_empty(_("今年还没有支部申报四强党支部。"), advice, button, self.apply)

    def _show_periods(self, of: TitleBoard) -> None:
        words = [one.period for one in (of.by_quarter, of.by_year) if one is not None]
        if [self.period.itemText(at) for at in range(self.period.count())] != words:
            self.period.clear()
            self.period.addItems(words)
        self._show_coefficients()

    def _show_coefficients(self) -> None:
        of, place = self.shown, self.places[COEFFICIENTS]
        if of is None:
            return
        tables = [one for one in (of.by_quarter, of.by_year) if one is not None]
        if not tables:
            said = _("{quarter}还没有开始，没有系数可以建议。").format(quarter=of.quarter.label)
            place.show_empty(said, _("季度开始并有了得分以后，这里按“设置”里的算法列出建议。"))
            return
        table = tables[max(0, min(self.period.currentIndex(), len(tables) - 1))]
        self.disclaimer.setText(_("系数{way}建议。{note}").format(way=table.way, note=table.note))
        self.coefficients.set_rows(table.lines)
        place.setCurrentWidget(place.content)

    def _show_candidates(self, of: TitleBoard) -> None:
        place = self.places[CANDIDATES]
        found = of.candidates
        said = _("连续两年为最好等次、两年都没有红线的支部书记列入名单：符合 {n} 名，接近 {near} 名。")
        told = said.format(n=len(found.candidates), near=len(found.near))
        self.notice.setText(f"{found.notice}\n{told}" if found.notice else told)
        self.candidates.set_rows(title_rows.candidate_rows(of))
        if of.standings:
            place.setCurrentWidget(place.content)
        else:
            place.show_empty(_("{year}年度还没有开始。").format(year=of.quarter.year), found.notice)

    def _show_panel(self) -> None:
        one, of = self._shown_title(), self.shown
        org = None if one is None or of is None else of.org(one.org_id)
        if one is None or of is None or org is None or self.tabs.currentIndex() != BOARD:
            return
        panel = TitlePanel(self.desk, self)
        others = [("print", _("打印申报评定表"), "print")]
        last = one.last
        if last is not None and self._allowed(move_of(last.before, last.step).who, org):
            others.append(("take_back", _("撤回上一步"), "undo"))
        panel.show_title(
            one, of.facts.get(one.org_id, ()), legal_moves(self.desk.actor, one, org.line), others, self._is_office
        )
        panel.stepped.connect(self.step)
        panel.asked.connect(self.act)
        self.open_side(panel, org.short_name)

    def _turn(self) -> None:
        self.close_side()
        self._turn_tab()

    def _turn_tab(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        of, tab, at = self.shown, self._appraisal_tab, self.tabs.currentIndex()
        words, icon, is_shown, is_enabled = _("申报四强"), "add", False, True
        if of is not None and at == BOARD:
            is_shown = bool(self._may_apply(of)) and bool(of.titles)
        elif tab is not None:
            words, icon = (_("保存计票（{n}）").format(n=tab.count) if tab.count else _("保存计票")), "save"
            is_shown = tab.view is not None and tab.view.is_open and self._may(EDITORS[tab.kind])
            is_enabled = tab.count > 0
        elif of is not None and at == HONOURS:
            words, icon = _("授予荣誉"), "shield"
            is_shown = self._may(Action.EDIT_INCENTIVES) and any(not one.is_retired for one in of.kinds)
        if self.next_button.text() != words:
            self.next_button.setText(words)
            icons.dress(self.next_button, icon, "on_accent")
        self.next_button.setVisible(is_shown)
        self.print_button.setVisible(self._is_office or at in (BOARD, MEMBERS))  # the others are the township's
        self.next_button.setEnabled(is_enabled)

    @property
    def _appraisal_tab(self) -> AppraisalTab | None:
        return {SECRETARIES: self.secretaries, MEMBERS: self.members}.get(self.tabs.currentIndex())

    def _shown_title(self) -> TitleView | None:
        titles = () if self.shown is None else self.shown.titles
        return next((one for one in titles if one.id == self._open), None)

    def _may_apply(self, of: TitleBoard) -> tuple[OrgView, ...]:
        """The branches that this person may let apply."""
        return tuple(one for one in of.may_apply() if self._allowed(Action.APPLY_TITLES, one))

    def _allowed(self, action: Action, org: OrgView) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(action, org.line)

    def _may(self, action: Action) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(action)

    def _org_ids(self) -> tuple[int, ...] | None:
        if self._is_office and self.desk.selection.org is None:
            return None
        return tuple(one.id for one in self.desk.selection.branches)

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office
