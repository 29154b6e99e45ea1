"""整改: what is not put right, who is late, what is lacking; the three chains; cards, plans, idle committee members."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QTabWidget, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import followup_board, followup_cards, followup_proposals
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followup_cards import CardBoard, CardView
from okr_desk.queries.followups import FindingView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.followups import Move
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import followup_rows, followup_sentences
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.followup_sides import card_panel, plan_panel
from okr_desk.ui.pages.followup_steps import FollowupSteps, legal_moves, other_actions
from okr_desk.ui.widgets.cards_tab import CardsTab
from okr_desk.ui.widgets.followup_panel import FollowupPanel
from okr_desk.ui.widgets.register_table import RegisterTable

LEDGER, BOARD, CARDS, PLANS, IDLE = range(5)


class FollowupsPage(Page):
    """Tabs: the ledger, the loop board, cards, plans of branches that lag behind, idle committee members."""

    title = N_("整改")
    topics = frozenset(
        {Topic.FOLLOWUPS, Topic.ORGS, Topic.CYCLES, Topic.POLICY, Topic.WORKLOG, Topic.MEMBERS, Topic.SCORES,
         Topic.INDICATORS, Topic.IMPORTS, Topic.SCHEMES}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: FollowupBoard | None = None
        self.carded: CardBoard | None = None
        self.steps = FollowupSteps(desk, self)
        self._open: int | None = None
        self._wants_cards = True
        self.tabs = QTabWidget(self)
        self.ledger = RegisterTable(desk, followup_rows.finding_columns(), "findings", _("整改台账"), self)
        self.board = RegisterTable(desk, followup_rows.chain_columns(), "finding_chains", _("整改看板"), self)
        self.cards = CardsTab(desk, self)
        self.plans = RegisterTable(desk, followup_rows.plan_columns(), "branch_plans", _("一支部一策"), self)
        self.idle = RegisterTable(desk, followup_rows.idle_columns(), "idle_committee", _("挂名委员"), self)
        places: tuple[tuple[QWidget, str], ...] = (
            (self.ledger, _("台账")),
            (self.board, _("看板")),
            (self.cards, _("红黄牌")),
            (self.plans, _("一支部一策")),
            (self.idle, _("挂名委员")),
        )
        for place, words in places:
            self.tabs.addTab(place, words)
        self.content.addWidget(self.tabs, 1)
        self.paper_button = self.add_quiet(_("整改台账"), "print", self.print_register)
        self.hand_button = self.add_quiet(_("登记一件"), "add", self.create)
        new = QKeySequence(QKeySequence.StandardKey.New)
        self.next_button = self.set_accent(_("从本季问题下发"), "add", self.do_next, new)

        self.ledger.table.opened.connect(lambda row: self.open_finding(row.id))
        self.ledger.table.marked.connect(self._follow_row)
        self.board.table.opened.connect(lambda row: self.open_finding(row.finding.id))
        self.board.table.marked.connect(lambda row: self._follow_row(row.finding if row else None))
        self.cards.opened.connect(self.open_card)
        self.cards.issued.connect(self._issue_cards)
        self.plans.table.opened.connect(self.open_plan)
        self.tabs.currentChanged.connect(lambda _tab: self._turn())

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or not self.desk.selection.branches:
            return None
        return partial(
            followup_board.board, quarter=quarter, orgs=self.desk.selection.branches, org_ids=self._org_ids()
        )

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if self.desk.selection.quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("建立年度以后，这里下发和督办整改。"))
        else:
            self.show_denied(_("没有您可以查看整改的支部。"))

    def show_answer(self, of: FollowupBoard) -> None:
        self.shown = of
        self.set_answer(followup_sentences.of_board(of))
        self._fill(of)
        self._wants_cards = True
        self._turn_tab()
        self.badge_changed.emit(len(of.late) if self._is_office else len(of.owed))
        if self._open is not None:
            self._show_panel()

    def arrive(self, **arguments: Any) -> None:
        found = arguments.get("finding_id")
        tab = arguments.get("tab")
        if isinstance(tab, int):
            self.tabs.setCurrentIndex(tab)
        if isinstance(found, int):
            self._open = found
            if self.shown is not None:
                self._show_panel()

    def undo_stack(self) -> QUndoStack | None:
        return self.steps.stack

    # What a person does

    def open_finding(self, finding_id: int) -> None:
        """Show a finding at the side."""
        self._open = finding_id
        self._show_panel()

    def open_card(self, row: object) -> None:
        """Show a card at the side."""
        if isinstance(row, CardView):
            self._open = None
            self.open_side(card_panel(self.steps, self.desk, row, self._may_check, self), row.number)

    def open_plan(self, row: object) -> None:
        """Show a plan at the side."""
        if isinstance(row, PlanView) and self.shown is not None:
            self._open = None
            branches = self._branches() if self._may_check else ()
            self.open_side(plan_panel(self.steps, self.desk, self.shown, branches, row, self), row.org)

    def do_next(self) -> None:
        """What the tab in front is for: to issue what the quarter proposes, or to draw up a plan."""
        of, quarter = self.shown, self.desk.selection.quarter
        if of is None or quarter is None or not self.next_button.isVisible():
            return
        if self.tabs.currentIndex() == PLANS:
            self.steps.plan(of, self._branches(), self._chosen())
            return
        question = partial(followup_proposals.proposals, quarter=quarter, orgs=self._branches())
        self.desk.tasks.read(question, done=lambda found: self._proposed(of, found), owner=self)

    def create(self) -> None:
        """Issue a finding typed by hand."""
        if self.shown is not None and self._may_check:
            made = self.steps.create(self.shown, self._branches(), self._chosen())
            if made is not None:
                self._open = made
                self.refresh()

    def print_register(self) -> None:
        """The ledger as a paper: of the branches that have anything in it."""
        of = self.shown
        if of is not None:
            ids = tuple(dict.fromkeys(one.org_id for one in of.findings if not one.withdrawn))
            self.desk.go("reports", document="finding-register", org_ids=ids)

    def step(self, move: Move) -> None:
        """Take a step of the finding at the side."""
        one = self._shown_finding()
        if self.shown is not None and one is not None:
            self.steps.move(self.shown, one, move)

    def act(self, name: str) -> None:
        """Another action on the finding at the side."""
        one = self._shown_finding()
        if one is None:
            return
        if name == "print":
            self.desk.go("reports", document="finding-notice", org_id=one.org_id, record_id=one.id)
        elif name in ("describe", "correct", "editions"):
            getattr(self.steps, name)(one)
        elif name == "take_back":
            self.steps.take_back(one.id, f"{one.number} {followup_rows.label(one.standing[-1].step)}")
        elif name == "withdraw":
            self.steps.withdraw_finding(one)

    def close_side(self) -> None:
        super().close_side()
        self._open = None

    # Inside

    def _fill(self, of: FollowupBoard) -> None:
        several = len(of.orgs) > 1
        may = self._may_check
        if of.findings:
            self.ledger.show_rows(sorted(of.findings, key=followup_rows.light_place), several=several, may=may)
            self.board.show_rows(of.chains, several=several, may=may)
        else:
            advice = _("季度得分、测评、吹哨、巡察和日常检查中的问题，由镇党建办下发整改通知，在这里一直跟到销号。")
            for place in (self.ledger, self.board):
                place.show_empty(_("没有要整改的问题。"), advice, _("从本季问题下发") if may else "", self.do_next)
        if of.plans:
            self.plans.show_rows(of.plans, several=several, may=may)
        else:
            words = _("被列入后进的支部，一个支部定一份计划：病灶、处方、责任清单和 30、60、90 天的安排。")
            self.plans.show_empty(_("还没有一支部一策。"), words, _("制定计划") if may else "", lambda: self._draw_up())
        self.idle.show_rows(
            followup_rows.idle_rows(of), several=True, may=may, foot=followup_sentences.of_committees(of)
        )

    def _draw_up(self) -> None:
        if self.shown is not None:
            self.steps.plan(self.shown, self._branches(), self._chosen())

    def _show_panel(self) -> None:
        one = self._shown_finding()
        if one is None or self.shown is None:
            return
        panel = FollowupPanel(self.desk, self)
        lines = {org.id: org.line for org in self.desk.selection.orgs}
        actor = self.desk.actor
        known = (chains for chains in self.shown.chains if chains.finding.id == one.id)
        chains = next(known, None) or followup_board.chains(one, self.shown.cards)  # a withdrawn one told nobody
        may_attach = actor is not None and one.org_id in lines and one.is_open
        may_attach = may_attach and actor is not None and actor.may(Action.RECORD_DAILY, lines[one.org_id])
        panel.show_finding(chains, legal_moves(actor, one, lines), other_actions(actor, one, lines), may_attach)
        panel.stepped.connect(self.step)
        panel.asked.connect(self.act)
        self.open_side(panel, f"{one.number}　{one.problem}")

    def _shown_finding(self) -> FindingView | None:
        if self.shown is None:
            return None
        return next((one for one in self.shown.findings if one.id == self._open), None)

    def _follow_row(self, row: object) -> None:
        """While the panel is open it follows the cursor."""
        if isinstance(row, FindingView) and not self.side.isHidden() and self._open not in (None, row.id):
            self.open_finding(row.id)

    def _turn(self) -> None:
        self.close_side()
        self._turn_tab()

    def _turn_tab(self) -> None:
        """The one thing to do next belongs to the tab in front; cards are read when they are looked at."""
        tab, may = self.tabs.currentIndex(), self._may_check
        has = self.shown is not None and bool(self.shown.plans if tab == PLANS else self.shown.findings)
        self.next_button.setText(_("制定计划") if tab == PLANS else _("从本季问题下发"))
        self.next_button.setVisible(may and tab in (LEDGER, BOARD, PLANS) and has)
        self.hand_button.setVisible(may and tab in (LEDGER, BOARD))
        self.paper_button.setVisible(bool(self.shown and self.shown.findings))
        if tab == CARDS and self._wants_cards:
            self._read_cards()

    def _read_cards(self) -> None:
        quarter = self.desk.selection.quarter
        if quarter is None or self.shown is None:
            return
        self._wants_cards = False
        question = partial(
            followup_cards.board, quarter=quarter, orgs=self._all_branches(), org_ids=self._org_ids(),
            proposed=self._may_check,
        )  # fmt: skip
        self.desk.tasks.read(question, done=self._show_cards, owner=self)

    def _show_cards(self, of: CardBoard) -> None:
        self.carded = of
        several = self.shown is not None and len(self.shown.orgs) > 1
        self.cards.show_board(of, may=self._may_check, several=several)

    def _issue_cards(self, chosen: Any) -> None:
        if self.shown is not None and self._may_check:
            self.steps.issue_cards(self.shown, chosen)

    def _proposed(self, of: FollowupBoard, found: Any) -> None:
        if found:
            self.steps.propose(of, found)
        else:
            self.desk.say(_("本季没有扣分、未报送或测评未达成的事项。其他问题请用“登记一件”。"))

    def _branches(self) -> tuple[OrgView, ...]:
        """The branches that may be given notice, narrowed to the one chosen."""
        actor = self.desk.actor
        shown = self.desk.selection.branches
        return tuple(one for one in shown if actor is not None and actor.may(Action.CHECK_FINDINGS, one.line))

    def _all_branches(self) -> tuple[OrgView, ...]:
        return tuple(one for one in self.desk.selection.orgs if one.kind == OrgKind.BRANCH)

    def _chosen(self) -> int | None:
        chosen = self.desk.selection.org
        return None if chosen is None else chosen.id

    def _org_ids(self) -> tuple[int, ...] | None:
        if self._is_office and self.desk.selection.org is None:
            return None
        return tuple(one.id for one in self.desk.selection.branches)

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office

    @property
    def _may_check(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.CHECK_FINDINGS)
