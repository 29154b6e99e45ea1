"""The tab 急难愁盼: a line to enter a demand, the ledger, and the moves of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.project_board import ProjectBoard
from okr_desk.register_terms import DemandAction, DemandSource
from okr_desk.rules.demands import CATEGORIES, DemandDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices
from okr_desk.ui.models import project_rows
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_line import EntryLine, Place
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.score_sheet import Nothing

FIRST_PROMISE = 9
"""The column of the day that was promised at first, shown where one was put off."""
CLEARED = ("asker", "what", "category", "promised_on")


class DemandTab(RegisterTable):
    """`moved` tells the action that was pressed for the demand under the cursor."""

    moved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, project_rows.demand_columns(), "demands", _("急难愁盼台账"), parent)
        today = desk.clock.today()
        self.raised_on = DayLine(_("提出日期"), today, today.year)
        self.promised_on = DayLine(_("承诺办结日"), None, today.year)
        self.source = choices([(label(one), one) for one in DemandSource])
        asker, what, category, owner = (QLineEdit() for _n in range(4))
        asker.setPlaceholderText(_("无名"))
        for field in (asker, category, owner):
            field.setMinimumWidth(theme.span(self, 4.5))
        self.line = EntryLine(
            (
                Place("raised_on", _("提出日期"), self.raised_on),
                Place("source", _("来源"), self.source),
                Place("asker", _("诉求人"), asker, 1),
                Place("what", _("诉求事项"), what, 5),
                Place("category", _("类别"), category, 1),
                Place("owner", _("责任人"), owner, 1),
                Place("promised_on", _("承诺办结日"), self.promised_on),
            ),
            _("登记"),
            self,
        )
        asker.setToolTip(_("只保存姓氏，如“覃**”；不登记电话、住址"))
        self.moves: dict[DemandAction, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.3))
        caption = QLabel(_("下一步"), self)
        caption.setObjectName("quiet")
        row.addWidget(caption)
        for action in DemandAction:
            button = QPushButton(label(action), self)
            button.clicked.connect(lambda _checked=False, one=action: self.moved.emit(one))
            self.moves[action] = button
            row.addWidget(button)
        row.addStretch(1)
        self._bar = QWidget(self)
        self._bar.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.layout_.insertWidget(0, self.line)
        self.layout_.addWidget(self._bar)

    def show_board(
        self,
        of: ProjectBoard,
        orgs: Sequence[OrgView],
        org_id: int | None,
        *,
        may: bool,
        is_office: bool,
        is_shut: bool,
    ) -> None:
        """The ledger of the year so far; `orgs` are those that may be entered for."""
        self.line.setVisible(may)
        self.line.show_for(orgs, org_id, is_office, is_shut)
        self.raised_on.follow(of.quarter, of.day)
        self.promised_on.follow(of.quarter, None)
        categories, owners = project_rows.suggestions(of.demands)
        self.line.suggest("category", [*categories, *(_(one) for one in CATEGORIES)])
        self.line.suggest("owner", owners)
        self.table.hide_column(FIRST_PROMISE, not any(one.postponed for one in of.demands))
        nothing = Nothing(
            _("本年还没有登记急难愁盼。"),
            _("走访、来信、村民会上听到的，在这里记下责任人和承诺办结日，办到群众确认为止；已有台账的可以导入。"),
            _("登记第一件") if may else "",
            self.line.begin,
        )
        self.show_rows(project_rows.demand_rows(of), several=len(of.orgs) > 1, may=may, nothing=nothing)

    def draft(self) -> DemandDraft:
        """The demand typed. Raises InputRefused for a day that is none."""
        line = self.line
        return DemandDraft(
            org_id=line.org_id or 0,
            raised_on=self.raised_on.day("raised_on"),
            source=DemandSource(self.source.currentData()),
            what=line.text("what"),
            owner=line.text("owner"),
            promised_on=self.promised_on.day("promised_on"),
            asker=line.text("asker"),
            category=line.text("category"),
            by=line.by(),
        )

    def follow(self) -> None:
        super().follow()
        row = self.current()
        legal = {move.action for move in row.demand.moves} if row is not None else set()
        if row is not None and row.demand.may_postpone:
            legal.add(DemandAction.POSTPONE)
        self._bar.setVisible(self._may and not self.list.is_empty)
        for action, button in self.moves.items():
            button.setEnabled(self._may and action in legal)
