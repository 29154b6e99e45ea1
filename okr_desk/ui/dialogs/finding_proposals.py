"""Findings that the quarter's figures propose: ticked by branch, issued together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.followup_terms import FindingSource
from okr_desk.i18n import _
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followup_proposals import Proposal
from okr_desk.rules.followups import FindingDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.search import SearchBox

_PLACE = Qt.ItemDataRole.UserRole
TREE = 0.5
"""Share of the screen that the list may take."""


class FindingProposalsDialog(SavingDialog):
    """Nothing is ticked at first: which of them become findings, the office decides."""

    def __init__(
        self, desk: Desk, of: FollowupBoard, proposals: Sequence[Proposal], parent: QWidget | None = None
    ) -> None:
        note = _("{quarter}扣分、未报送、测评未达成和超时的事项，勾选以后一并下发。已下发的不再列出。").format(
            quarter=of.quarter.label
        )
        super().__init__(
            desk, services.followups.issue, _("从本季问题下发"), parent=parent, note=note, accept=_("下发")
        )
        self._proposals, self._ticked = tuple(proposals), set[int]()
        self.search, self.least = SearchBox(self), choices(_shares())
        self.source: QComboBox = choices(
            [(_("全部来源"), ""), *((label(one), one.value) for one in _sources(proposals))]
        )
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("问题"), _("扣分"), _("类别"), _("问题事实")])
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(theme.gap(0.6))
        room = self.screen().availableGeometry().height()
        self.tree.setFixedHeight(min(round(theme.line_height() * 18), round(room * TREE)))
        self.count = QLabel(self)
        self.count.setObjectName("quiet")
        filters = QWidget(self)
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.5))
        row.addWidget(self.search, 2)
        row.addWidget(self.source, 1)
        row.addWidget(self.least, 1)
        self.add_row("search", _("查找"), filters)
        self.add_row("drafts", _("问题"), self.tree)
        self.form.addRow("", self.count)
        self.add_row("contact", _("联系人"), QLineEdit("" if desk.actor is None else desk.actor.name))
        self.setMinimumWidth(theme.span(self, 72))
        self._fill()
        self.search.textChanged.connect(self._fill)
        self.source.currentIndexChanged.connect(self._fill)
        self.least.currentIndexChanged.connect(self._fill)
        self.tree.itemChanged.connect(self._tick)
        self.search.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: FollowupBoard, proposals: Sequence[Proposal]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, proposals, parent)
        dialog.exec()
        return dialog.outcome

    def tick(self, place: int, on: bool = True) -> None:
        """Tick one proposal by its place."""
        (self._ticked.add if on else self._ticked.discard)(place)
        self._fill()

    def shown(self) -> list[int]:
        """The places of the proposals listed now."""
        heads = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        return [head.child(row).data(0, _PLACE) for head in heads for row in range(head.childCount())]

    def draft(self) -> tuple[FindingDraft, ...]:
        contact = self.text("contact")
        chosen = [replace(self._proposals[place].draft, contact=contact) for place in sorted(self._ticked)]
        if not chosen:
            raise InputRefused(_("请先勾选要下发的问题。"), "drafts")
        return tuple(chosen)

    # Inside

    def _fill(self, *_typed: object) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        groups: dict[int, list[int]] = {}
        for place, one in enumerate(self._proposals):
            if self._fits(place, one):
                groups.setdefault(one.org.id, []).append(place)
        for places in groups.values():
            org = self._proposals[places[0]].org
            head = QTreeWidgetItem(self.tree, [_("{name}（{n}）").format(name=org.short_name, n=len(places))])
            head.setFont(0, theme.font("body", bold=True))
            head.setFirstColumnSpanned(True)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setSizeHint(0, QSize(0, round(theme.line_height() * 1.55)))
            for place in places:
                self._item(head, place)
            head.setExpanded(True)
        for column, width in enumerate((24, 5, 5)):
            self.tree.setColumnWidth(column, theme.span(self, width))
        self.tree.blockSignals(False)
        self._tell_count()

    def _item(self, head: QTreeWidgetItem, place: int) -> None:
        one = self._proposals[place]
        lost = "" if one.lost is None else plain(one.lost, 2)
        item = QTreeWidgetItem(head, [one.draft.problem, lost, label(one.draft.kind), one.draft.fact])
        item.setData(0, _PLACE, place)
        item.setCheckState(0, Qt.CheckState.Checked if place in self._ticked else Qt.CheckState.Unchecked)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setSizeHint(0, QSize(0, round(theme.line_height() * 1.55)))
        for column in (0, 3):
            item.setToolTip(column, item.text(column))

    def _fits(self, place: int, one: Proposal) -> bool:
        if place in self._ticked:
            return True
        if self.source.currentData() not in ("", one.draft.source.value):
            return False
        share = self.least.currentData()
        if share and one.lost is not None and one.maximum and one.lost * 100 < share * one.maximum:
            return False
        return self.search.fits(f"{one.org.short_name}{one.draft.problem}", one.org.search_keys)

    def _tick(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _PLACE)
        if place is not None:
            is_on = item.checkState(0) is Qt.CheckState.Checked
            (self._ticked.add if is_on else self._ticked.discard)(place)
            self._tell_count()

    def _tell_count(self) -> None:
        self.count.setText(_("列出 {shown} 项，已勾选 {n} 项").format(shown=len(self.shown()), n=len(self._ticked)))


def _shares() -> list[tuple[str, Any]]:
    return [(_("扣分不限"), 0), *((_("扣分 {n}% 以上").format(n=n), n) for n in (20, 50, 100))]


def _sources(proposals: Sequence[Proposal]) -> list[FindingSource]:
    found = {one.draft.source for one in proposals}
    return [one for one in FindingSource if one in found]
