"""The tab 共建单位: a line to enter a partner, and the list by its part in 1＋3＋N."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.register_terms import PartnerRole
from okr_desk.rules.partners import PartnerDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices
from okr_desk.ui.models import partner_rows
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_line import EntryLine, Place
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.score_sheet import Nothing

CLEARED = ("name", "contact")


class UnitTab(RegisterTable):
    """Partners of the branches shown."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, partner_rows.unit_columns(), "partner_units", _("共建单位"), parent)
        today = desk.clock.today()
        self.since = DayLine(_("加入日期"), today, today.year)
        self.role = choices([(label(one), one) for one in PartnerRole], PartnerRole.MEMBER)
        contact = QLineEdit()
        contact.setPlaceholderText(_("只写姓名"))
        contact.setMinimumWidth(theme.span(self, 5))
        self.line = EntryLine(
            (
                Place("name", _("单位名称"), QLineEdit(), 5),
                Place("role", _("角色"), self.role, 1),
                Place("contact", _("联系人"), contact, 1),
                Place("since", _("加入日期"), self.since),
            ),
            _("登记"),
            self,
        )
        self.layout_.insertWidget(0, self.line)

    def show_board(
        self,
        of: PartnerBoard,
        orgs: Sequence[OrgView],
        org_id: int | None,
        *,
        may: bool,
        is_office: bool,
        is_shut: bool,
    ) -> None:
        """The partners, those that have left behind."""
        self.line.setVisible(may)
        self.line.show_for(orgs, org_id, is_office, is_shut)
        self.since.follow(of.quarter, of.day)
        nothing = Nothing(
            _("还没有共建单位。"),
            _("一个支部牵头，几个单位一起办实事：填单位名称、角色和加入日期；以后在“三张清单”里对接需求和资源。"),
            _("登记第一个") if may else "",
            self.line.begin,
        )
        self.show_rows(partner_rows.unit_rows(of), several=len(of.orgs) > 1, may=may, nothing=nothing)

    def draft(self) -> PartnerDraft:
        """The partner typed. Raises InputRefused for a day that is none."""
        line = self.line
        return PartnerDraft(
            org_id=line.org_id or 0,
            name=line.text("name"),
            role=PartnerRole(self.role.currentData()),
            since=self.since.day("since"),
            contact=line.text("contact"),
            by=line.by(),
        )
