"""Usual baselines and targets for all branches that lack them: what is missing, what would be set, from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.usual_lines import LackingLine
from okr_desk.rules.usual_lines import UsualLinesDraft, check, check_pair
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.usual_table import UsualTable

LINES_MOST, SHARE, FITS = 13, 0.45, 0.9
"""Rows seen at once, and the most of the screen that they and the dialog take."""


class UsualLinesDialog(SavingDialog):
    """A list to tick and to type over, source and date of the baselines, and how much would be set."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        year: int,
        today: date,
        rows: Sequence[LackingLine],
        wants_baseline: Mapping[int, bool],
        parent: QWidget | None = None,
    ) -> None:
        note = _("只给还没有的支部设，已有的不改，标为不适用的跳过。可以改数；空着的不设。")
        service = services.usual_lines.fill
        super().__init__(desk, service, title, parent=parent, note=note, accept=_("设好"))
        self._year, self._today = year, today
        self._orgs = tuple(dict.fromkeys(line.org_id for one in rows for line in one.lines))
        self.table = UsualTable(rows, wants_baseline)
        room = self.screen().availableGeometry().height()
        high = round(theme.line_height() * 1.6 * (min(len(rows), LINES_MOST) + 1.4))
        self.table.setFixedHeight(min(high, round(room * SHARE)))
        self.count = QLabel(self)
        self.count.setObjectName("quiet")
        self.count.setWordWrap(True)
        self.add_row("lines", _("指标"), self.table)
        self.form.addRow("", self.count)
        day = DayLine(_("基线日期"), min(date(year - 1, 12, 31), today), year - 1, pick=True)
        source = QLineEdit(_("参照指标库通常值"))
        self.add_pair("source", _("基线来源"), source, "as_of", _("基线日期"), day)
        self._day = day
        self.setMinimumWidth(min(theme.span(self, 58), round(self.screen().availableGeometry().width() * FITS)))
        self.table.typed.connect(self._tell_count)
        self._tell_count()
        self.table.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        title: str,
        year: int,
        today: date,
        rows: Sequence[LackingLine],
        wants_baseline: Mapping[int, bool],
    ) -> Any:
        """What the service gave back, None when the dialog was left."""
        dialog = cls(desk, title, year, today, rows, wants_baseline, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> UsualLinesDraft:
        made = UsualLinesDraft(self._year, self._orgs, self.table.lines(), self.text("source"), self._day.day("as_of"))
        check(made, self._today)
        for line, one in zip(made.lines, self.table.ticked(), strict=True):
            view = one.indicator
            check_pair(line, f"{view.code} {view.name}", view.direction, view.accumulation)
        return made

    def _tell_count(self) -> None:
        """How much would be set by what is ticked and typed now."""
        try:
            lines = self.table.lines()
        except InputRefused as refusal:
            self.count.setText(refusal.sentence)
            return
        pairs = list(zip(lines, self.table.ticked(), strict=True))
        baselines = sum(one.no_baseline for line, one in pairs if line.baseline is not None)
        targets = sum(one.no_target for line, one in pairs if line.target is not None)
        said = _("已选 {n} 项，将设 {baselines} 个基线、{targets} 个目标值。")
        self.count.setText(said.format(n=len(pairs), baselines=baselines, targets=targets))


def told(filled: Any) -> str:
    """What was set, in one sentence. Takes the value that the service gave back."""
    if not filled.branches:
        return _("没有要设的：这些支部都已有基线和目标值。")
    said = _("已为 {n} 个支部设好 {baselines} 个基线、{targets} 个目标值，来源和日期都已记下；可在“指标”中逐个调整。")
    return said.format(n=filled.branches, baselines=filled.baselines, targets=filled.targets)
