"""A branch's count by hand: given out, come back and valid, who counted and watched, and the counts item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.surveys import RoundView
from okr_desk.rules.ballots import CountSheetDraft
from okr_desk.survey_terms import Channel
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.dialogs.saving import CountField, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.count_grid import CountGrid
from okr_desk.ui.widgets.day_line import DayLine

WIDTH = 56
"""Characters of width that the grid needs with its items readable."""
SAID = 2
"""How many rows that do not add up are named at once."""


class CountSheetDialog(SavingDialog):
    """Copies the sheet as it was signed; what does not add up is said at once and is not saved."""

    def __init__(
        self,
        desk: Desk,
        of: RoundView,
        branches: Sequence[OrgView],
        org_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("照有签名的计票表抄录。每题各档、不了解和漏选相加，等于有效份数。")
        super().__init__(desk, services.ballots.record_count_sheet, _("登记计票表"), parent=parent, note=note)
        self._round = of
        groups = [*((group.name, group.id) for group in of.definition.groups), (_("不分人群"), None)]
        self.org = choices([(one.short_name, one.id) for one in branches], org_id)
        self.group, self.channel = (
            choices(groups, None),
            choices([(label(channel), channel.value) for channel, _weight in of.definition.channels]),
        )
        self.day = DayLine(_("计票日期"), min(of.ends_on, desk.clock.today()), of.ends_on.year, pick=True)
        self.issued, self.returned, self.valid = CountField(), CountField(), CountField()
        self.add_pair("org_id", _("支部"), self.org, "group_id", _("人群"), self.group)
        self.add_pair("issued", _("发出"), self.issued, "returned", _("收回"), self.returned)
        self.add_pair("host", _("主持人"), QLineEdit(), "counter", _("计票人"), QLineEdit())
        self.next_column()
        self.add_pair("channel", _("方式"), self.channel, "counted_on", _("计票日期"), self.day)
        self.add_row("valid", _("有效"), self.valid)
        self.add_row("watcher", _("监票人"), QLineEdit())
        self.add_pair("said_rate", _("表上满意率%"), QLineEdit(), "said_score", _("表上得分"), QLineEdit())
        for name in ("said_rate", "said_score"):
            self.fields[name].setToolTip(_("总体评价题，表上写了就填，与票数对不上的会提示；没写的留空。"))
        self._build_grid(of)
        for count in (self.issued, self.returned, self.valid):
            count.valueChanged.connect(self._check)
        self.grid.typed.connect(self._check)
        self.org.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, of: RoundView, branches: Sequence[OrgView], org_id: int | None = None
    ) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, org_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> CountSheetDraft:
        day = self.day.day("counted_on")
        return CountSheetDraft(
            self._round.id,
            self.org.currentData(),
            self.group.currentData(),
            Channel(self.channel.currentData()),
            day,
            _given(self.issued, "issued", _("发出")),
            _given(self.returned, "returned", _("收回")),
            _given(self.valid, "valid", _("有效")),
            self.grid.lines(),
            self.text("host"),
            self.text("counter"),
            self.text("watcher"),
            optional_number(self.text("said_rate").rstrip("%％"), "said_rate", _("表上满意率%")),
            optional_number(self.text("said_score"), "said_score", _("表上得分")),
        )

    # Inside

    def _build_grid(self, of: RoundView) -> None:
        self.grid = CountGrid(of.definition.levels, self)
        self.setMinimumWidth(max(theme.span(self, WIDTH), self.grid.width_wanted) + 2 * theme.gap(1.2))
        self.sums = QLabel(self)
        self.sums.setWordWrap(True)
        self.sums.setProperty("refusal", True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        at = column.indexOf(self.whole)
        column.insertWidget(at, self.grid, 1)
        column.insertWidget(at + 1, self.sums)
        self.fields["lines"] = self.grid
        self._sentences["lines"] = self.whole
        self.sums.hide()

    def _check(self) -> None:
        said = self.grid.show_sums(self.valid.count())
        issued, returned, valid = self.issued.count(), self.returned.count(), self.valid.count()
        known = issued is not None and returned is not None and valid is not None
        if known and not 0 <= valid <= returned <= issued:  # type: ignore[operator]
            words = _("发出 {issued}、收回 {returned}、有效 {valid} 份不对：有效不多于收回，收回不多于发出。")
            said.insert(0, words.format(issued=issued, returned=returned, valid=valid))
        more = _("另有 {n} 题。").format(n=len(said) - SAID) if len(said) > SAID else ""
        self.sums.setText("\n".join((*said[:SAID], more)).strip())
        self.sums.setVisible(bool(said))


def _given(field: CountField, name: str, words: str) -> int:
    count = field.count()
    if count is None:
        raise InputRefused(_("请填写{what}份数。").format(what=words), name)
    return count
