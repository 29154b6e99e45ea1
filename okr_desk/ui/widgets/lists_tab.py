"""The tab 三张清单: needs, resources and projects beside each other; one of each makes a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.register_terms import PartnerList
from okr_desk.rules.partners import ItemDraft
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices
from okr_desk.ui.models import partner_rows
from okr_desk.ui.models.partner_rows import ItemRow
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_line import EntryLine, Place
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.score_sheet import Nothing

CLEARED = ("text",)
UNIT = 2
"""The column of the partner among resources gives way to that of the branch."""


class ListsTab(QWidget):
    """`opened` tells the row that was opened, `matched` that the two rows marked are to become a project."""

    opened = Signal(object)
    matched = Signal()
    followed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        today = desk.clock.today()
        self._of: PartnerBoard | None = None
        self._may = False
        self.agreed_on = DayLine(_("日期"), today, today.year)
        self.kind = choices([(label(one), one) for one in (PartnerList.NEED, PartnerList.RESOURCE)])
        self.unit = QComboBox()
        self.unit.setMinimumWidth(theme.span(self, 8))
        self.line = EntryLine(
            (
                Place("kind", _("清单"), self.kind),
                Place("text", _("内容"), QLineEdit(), 5),
                Place("partner_id", _("共建单位"), self.unit, 2),
                Place("agreed_on", _("日期"), self.agreed_on),
            ),
            _("列入"),
            self,
        )
        self.match_button = QPushButton(_("对接成项目"), self)
        icons.dress(self.match_button, "sync", "text")
        self.lists: dict[PartnerList, RegisterTable] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.8))
        for kind in PartnerList:
            row.addLayout(self._column(desk, kind), 4 if kind is PartnerList.PROJECT else 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.2), 0, 0)
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.line)
        layout.addLayout(row, 1)
        self.match_button.clicked.connect(self.matched)
        self.line.branch_chosen.connect(lambda _org_id: self._offer_units())
        self.kind.currentIndexChanged.connect(lambda _at: self._follow())

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
        """The lists up to the quarter's end."""
        self._of, self._may = of, may
        self.line.setVisible(may)
        self.line.show_for(orgs, org_id, is_office, is_shut)
        self.agreed_on.follow(of.quarter, of.day)
        self._offer_units()
        several = len(of.orgs) > 1
        self.lists[PartnerList.RESOURCE].table.hide_column(UNIT, several)
        for kind, place in self.lists.items():
            rows = partner_rows.item_rows(of, kind)
            place.show_rows(rows, several=several, may=may, nothing=self._nothing(kind, may))
        self._follow()

    def draft(self) -> ItemDraft:
        """The line typed. Raises InputRefused for a day that is none."""
        kind = PartnerList(self.kind.currentData())
        unit = self.unit.currentData()
        return ItemDraft(
            org_id=self.line.org_id or 0,
            kind=kind,
            text=self.line.text("text"),
            agreed_on=self.agreed_on.day("agreed_on"),
            partner_id=int(unit) if unit and kind is PartnerList.RESOURCE else None,
            by=self.line.by(),
        )

    def pair(self) -> tuple[ItemRow, ItemRow] | None:
        """The need and the resource that are marked, where they can become a project."""
        need, resource = (self.lists[kind].current() for kind in (PartnerList.NEED, PartnerList.RESOURCE))
        if need is None or resource is None or need.item.project_id is not None:
            return None
        return (need, resource) if need.item.org_id == resource.item.org_id else None

    @property
    def project(self) -> ItemRow | None:
        """The project under the cursor."""
        return self.lists[PartnerList.PROJECT].current()

    # Inside

    def _column(self, desk: Desk, kind: PartnerList) -> QVBoxLayout:
        place = RegisterTable(
            desk,
            partner_rows.item_columns(kind),
            f"partner_{kind.value}",
            _("{kind}清单").format(kind=label(kind)),
            self,
        )
        place.table.opened.connect(self.opened)
        place.table.marked.connect(lambda _row: self._follow())
        self.lists[kind] = place
        head = QHBoxLayout()
        head.addStrut(self.match_button.sizeHint().height())
        title = QLabel(_("{kind}清单").format(kind=label(kind)), self)
        title.setFont(theme.font("body", bold=True))
        head.addWidget(title)
        head.addStretch(1)
        if kind is PartnerList.RESOURCE:
            head.addWidget(self.match_button)
        column = QVBoxLayout()
        column.setSpacing(theme.gap(0.1))
        column.addLayout(head)
        column.addWidget(place, 1)
        return column

    def _nothing(self, kind: PartnerList, may: bool) -> Nothing:
        """What an empty list says; to match comes after a need and a resource."""
        if kind is PartnerList.PROJECT:
            return Nothing(_("还没有共建项目。"), _("选中一条需求和一条资源，点“对接成项目”。"))
        words, advice = _("列入第一条需求"), _("支部和群众缺什么，写一条。")
        sentence = _("还没有需求。")
        if kind is PartnerList.RESOURCE:
            words, advice = _("列入第一条资源"), _("共建单位能出什么，写一条。")
            sentence = _("还没有资源。")

        def begin() -> None:
            self.kind.setCurrentIndex(self.kind.findData(kind))
            self.line.begin()

        return Nothing(sentence, advice, words if may else "", begin, is_accent=kind is PartnerList.NEED)

    def _offer_units(self) -> None:
        kept: Any = self.unit.currentData()
        with QSignalBlocker(self.unit):
            self.unit.clear()
            for one in self._of.partners if self._of is not None else ():
                if one.org_id == self.line.org_id and one.ended_on is None:
                    self.unit.addItem(one.name, one.id)
            self.unit.setCurrentIndex(max(0, self.unit.findData(kept)))

    def _follow(self) -> None:
        self.unit.setEnabled(self.kind.currentData() == PartnerList.RESOURCE)
        self.match_button.setVisible(self._may)
        self.match_button.setEnabled(self._may and self.pair() is not None)
        self.followed.emit()
