"""Baseline and target of one branch on one indicator; and the ruling between origins that differ."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.indicators import Conflict, IndicatorLine, IndicatorView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft, check_baseline, check_target
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Origin, label
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.widgets.day_line import DayLine

LineDrafts = tuple[BaselineDraft, TargetDraft]


class LineDialog(FormDialog):
    """Value, date and source of the baseline, and the target; a change asks for its reason."""

    def __init__(
        self, line: IndicatorLine, meaning: IndicatorView, year: int, today: date, parent: QWidget | None = None
    ) -> None:
        self._is_change = line.baseline is not None or line.target is not None
        note = _("原数会保留，改动和理由印在评审表上。") if self._is_change else ""
        title = _("{org} · {code} {name}").format(org=line.org_name, code=meaning.code, name=meaning.name)
        super().__init__(title, parent, note, accept=_("保存"))
        self._line, self._meaning, self._year, self._today = line, meaning, year, today
        unit = f"（{meaning.unit}）" if meaning.unit else ""
        baseline = "" if line.baseline is None else plain(line.baseline)
        target = "" if line.target is None else plain(line.target)
        source = QLineEdit(line.baseline_source)
        source.setPlaceholderText(_("例如：{year}年末统计报表").format(year=year - 1))
        self._day = DayLine(_("基线日期"), line.baseline_on or date(year - 1, 12, 31), year - 1, pick=True)
        self.add_row("baseline", _("基线{unit}").format(unit=unit), QLineEdit(baseline))
        self.add_row("as_of", _("基线日期"), self._day)
        self.add_row("source", _("基线来源"), source)
        self.add_row("target", _("目标值{unit}").format(unit=unit), QLineEdit(target))
        if self._is_change:
            self.add_row("reason", _("调整理由"), QLineEdit())
        self.fields["baseline" if line.baseline is None else "target"].setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        line: IndicatorLine,
        meaning: IndicatorView,
        year: int,
        today: date,
        refused: Exception | None = None,
    ) -> LineDrafts | None:
        """The two drafts, None when the dialog was left."""
        dialog = cls(line, meaning, year, today, parent)
        if refused is not None:
            dialog.refuse(refused)
        found: LineDrafts | None = dialog.run()
        return found

    def draft(self) -> LineDrafts:
        where = (self._line.org_id, self._meaning.id, self._year)
        unit = self._meaning.unit
        reason = self.text("reason") if self._is_change else ""
        start = number(self.text("baseline"), "baseline", _("基线"), unit)
        baseline = BaselineDraft(*where, start, self._day.day("as_of"), self.text("source"), reason)
        target = TargetDraft(*where, number(self.text("target"), "target", _("目标值"), unit), reason)
        check_baseline(baseline, self._today)
        check_target(target)
        return baseline, target


class SettleDialog(FormDialog):
    """What each origin says, and the value that the office rules."""

    def __init__(self, conflict: Conflict, quarter_id: int, as_of: date, parent: QWidget | None = None) -> None:
        said = _("；").join(f"{label(origin)} {plain(value)}{conflict.unit}" for origin, value in conflict.values)
        title = _("核定：{org} {name}").format(org=conflict.org_name, name=conflict.name)
        super().__init__(title, parent, said, accept=_("核定"))
        self._conflict, self._quarter_id, self._as_of = conflict, quarter_id, as_of
        chosen = dict(conflict.values)[conflict.chosen]
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(round(theme.line_height() * 4))
        self.add_row("value", _("核定数"), QLineEdit(plain(chosen)))
        self.add_row("note", _("核定依据"), field, _("例如：核对了签到表和缴费台账。"))
        self.fields["value"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, conflict: Conflict, quarter_id: int, as_of: date) -> ValueDraft | None:
        """The ruling, None when the dialog was left."""
        found: ValueDraft | None = cls(conflict, quarter_id, as_of, parent).run()
        return found

    def draft(self) -> ValueDraft:
        return ValueDraft(
            self._conflict.org_id,
            self._conflict.indicator_id,
            self._quarter_id,
            number(self.text("value"), "value", _("核定数"), self._conflict.unit),
            self._as_of,
            Origin.TOWNSHIP,
            check_reason(self.text("note"), _("请写明核定的依据，例如核对了哪份材料。")),
        )
