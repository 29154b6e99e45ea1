"""A value that a department gave or the township checked, put down by the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.indicators import IndicatorLine, IndicatorView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.indicators import ValueDraft
from okr_desk.terms import Origin, QuarterState, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models import indicator_columns
from okr_desk.ui.widgets.day_line import DayLine

ORIGINS = (Origin.DEPARTMENT, Origin.TOWNSHIP)
"""Where a value comes from that the office writes; a branch reports its own, a computed one follows from events."""


class ValueDialog(SavingDialog):
    """Quarter, value, date, origin and note for one branch; what was said before stands underneath."""

    def __init__(
        self,
        desk: Desk,
        line: IndicatorLine,
        meaning: IndicatorView,
        quarters: Sequence[QuarterView],
        chosen: QuarterView,
        parent: QWidget | None = None,
    ) -> None:
        title = _("{org} · {code} {name}").format(org=line.org_name, code=meaning.code, name=meaning.name)
        note = _("同一来源的原数保留在记录中；计分采用哪个来源，按指标的来源先后。")
        super().__init__(desk, services.indicators.record_value, title, parent=parent, note=note)
        self._line, self._meaning = line, meaning
        self._quarters = {one.id: one for one in quarters}
        unit = f"（{meaning.unit}）" if meaning.unit else ""
        self.quarter = choices([(one.label, one.id) for one in quarters], chosen.id)
        self.origin = choices([(label(one), one) for one in ORIGINS], Origin.DEPARTMENT)
        self.day = DayLine(_("数据截至"), chosen.ends_on, chosen.year, pick=True)
        self.before = QLabel()
        self.before.setWordWrap(True)
        self.before.setObjectName("quiet")
        self.add_row("quarter_id", _("季度"), self.quarter)
        self.add_row("value", _("实绩{unit}").format(unit=unit), QLineEdit())
        self.add_row("as_of", _("数据截至"), self.day)
        self.add_row("origin", _("来源"), self.origin)
        self.add_row("note", _("备注"), QLineEdit(), _("例如：民政办9月通报。已冻结或关账的季度须写明理由"))
        self.form.addRow(_("此前"), self.before)
        self.quarter.currentIndexChanged.connect(lambda _row: self._follow())
        self._follow()
        self.fields["value"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, line: IndicatorLine, meaning: IndicatorView) -> Any:
        """What the service gave back, or None when the dialog was left; quarters that have begun can be chosen."""
        chosen = desk.selection.quarter
        year = [one for one in desk.selection.quarters if chosen is not None and one.year == chosen.year]
        begun = [one for one in year if one.state is not QuarterState.PLANNING]
        if chosen is None or not begun:
            desk.say(_("本年度各季度还没有开始，不能登记实绩。"))
            return None
        dialog = cls(desk, line, meaning, begun, chosen if chosen in begun else begun[-1], parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> ValueDraft:
        day = self.day.day("as_of")
        return ValueDraft(
            org_id=self._line.org_id,
            indicator_id=self._meaning.id,
            quarter_id=int(self.quarter.currentData()),
            value=number(self.text("value"), "value", _("实绩"), self._meaning.unit),
            as_of=day,
            origin=Origin(self.origin.currentData()),
            note=self.text("note").strip(),
        )

    def _follow(self) -> None:
        """The day and what is known go with the quarter."""
        quarter = self._quarters[int(self.quarter.currentData())]
        self.day.set_day(min(self.desk.clock.today(), quarter.ends_on))
        said = [indicator_columns.told(one) for one in self._line.said if one.quarter == quarter.number]
        self.before.setText("\n".join(said) or _("本季还没有实绩。"))
