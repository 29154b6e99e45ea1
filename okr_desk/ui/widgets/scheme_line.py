"""The fields of a line: rule in words and as a curve, how its year is made, the satisfaction beside an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules.schemes import BlockDraft, BranchLine, Known, LineDraft
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.curve import Curve, curve
from okr_desk.scoring.line_rule import line_rule, needs
from okr_desk.scoring.points_bands import ToFirst
from okr_desk.terms import Across, RuleKind, label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.widgets.figure import FigureView

CHART = 6.6
"""Height of the picture in lines of text."""
BESIDE = {Dual: Decimal(85), ToFirst: Decimal(100)}
"""What stands beside the number in a picture without a trial: an ordinary satisfaction, a first of 100."""


class LineFields(QWidget):
    """`typed` tells the line as it was changed, and what was changed in words; `rule_asked` the wish for the dialog."""

    typed = Signal(object, str)
    rule_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: LineDraft | None = None
        self._name = ""
        self.title, self.said, self.branches = QLabel(self), QLabel(self), QLabel(self)
        self.title.setFont(theme.font("body", bold=True))
        self.branches.setObjectName("quiet")
        self.branches.setFont(theme.font("small"))
        for label_ in (self.title, self.said, self.branches):
            label_.setWordWrap(True)
        self.chart = FigureView(desk, _("计分规则的曲线"), self)
        self.chart.setFixedHeight(round(theme.line_height() * CHART))
        self.rule_button = QPushButton(_("改规则…"), self)
        icons.dress(self.rule_button, "edit")
        self.rule_button.setToolTip(_("回车"))
        self.across = QComboBox(self)
        self.second = QComboBox(self)
        self.second_label = QLabel(_("满意度指标"), self)
        self.across.setAccessibleName(_("年度计法"))
        self.second.setAccessibleName(_("满意度指标"))
        for box in (self.across, self.second):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)

        self.form = QWidget(self)
        form = QFormLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(theme.gap(0.35))
        form.addRow(self.second_label, self.second)
        self.tools = QHBoxLayout()
        self.tools.addWidget(self.rule_button)
        self.tools.addWidget(self.across, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        for widget in (self.title, self.said, self.branches):
            layout.addWidget(widget)
        layout.addWidget(self.chart)
        layout.addLayout(self.tools)
        layout.addWidget(self.form)
        layout.addStretch(1)
        self.rule_button.clicked.connect(self.rule_asked)
        self.across.activated.connect(self._across_chosen)
        self.second.activated.connect(self._second_chosen)

    def show_line(
        self,
        line: LineDraft,
        block: BlockDraft,
        known: Mapping[int, Known],
        library: Sequence[IndicatorView],
        is_open: bool,
    ) -> None:
        """Show a line of a block."""
        self._line, self._name = line, words.indicator(line, known)
        meaning = known.get(line.indicator_id)
        unit = next((view.unit for view in library if view.id == line.indicator_id), "")
        branches = () if meaning is None else meaning.branches
        self.title.setText(self._name + (_("（{unit}）").format(unit=unit) if unit else ""))
        self.said.setText(words.rule(line, known))
        year = "" if is_open else _("年度取{way}").format(way=label(line.across or block.across))
        self.branches.setText(_("；").join(part for part in (_coverage(line, branches), year) if part))
        self._offer_across(line, block)
        self._offer_second(line, library)
        for widget in (self.rule_button, self.across):
            widget.setVisible(is_open)
        self.second.setEnabled(is_open)
        self._draw(line, branches, unit)

    # Inside

    def _offer_across(self, line: LineDraft, block: BlockDraft) -> None:
        self.across.clear()
        self.across.addItem(_("年度随本块（{way}）").format(way=label(block.across)), None)
        for one in Across:
            self.across.addItem(_("年度取{way}").format(way=label(one)), one)
        self.across.setCurrentIndex(0 if line.across is None else 1 + list(Across).index(line.across))

    def _offer_second(self, line: LineDraft, library: Sequence[IndicatorView]) -> None:
        is_dual = line.rule.split()[:1] == [RuleKind.DUAL.value]
        self.form.setVisible(is_dual)
        self.second.clear()
        self.second.addItem(_("请选择"), None)
        for view in library if is_dual else ():
            if view.id != line.indicator_id:
                self.second.addItem(f"{view.code} {view.name}", view.id)
        self.second.setCurrentIndex(max(0, self.second.findData(line.second_id)))

    def _draw(self, line: LineDraft, branches: Sequence[BranchLine], unit: str) -> None:
        typical = next((one for one in branches if one.target is not None), None)
        found, marks = _picture(line, typical)
        self.chart.setVisible(found is not None)
        if found is None:
            self.chart.show_figure(None)
            return
        name = _("{name}的计分曲线：{rule}").format(name=self._name, rule=self.said.text())
        self.chart.show_figure(partial(_curve, found, marks, unit), name)

    def _across_chosen(self) -> None:
        if self._line is not None:
            data = self.across.currentData()
            self._tell(replace(self._line, across=None if data is None else Across(data)), _("改{name}的年度计法"))

    def _second_chosen(self) -> None:
        if self._line is not None:
            self._tell(replace(self._line, second_id=self.second.currentData()), _("选{name}的满意度指标"))

    def _tell(self, line: LineDraft, said: str) -> None:
        if line != self._line:
            self._line = line
            self.typed.emit(line, said.format(name=self._name))


def _coverage(line: LineDraft, branches: Sequence[BranchLine]) -> str:
    """How many branches have what the rule takes from them."""
    try:
        wanted = needs(line.rule)
    except InputRefused:
        return ""
    if not (wanted.baseline or wanted.target) or not branches:
        return ""
    ready = [one for one in branches if one.target is not None and not (wanted.baseline and one.baseline is None)]
    if len(ready) == len(branches):
        said = _("{n} 个支部都有基线和目标值") if wanted.baseline else _("{n} 个支部都有目标值")
        return said.format(n=len(branches))
    said = _("{all} 个支部中 {n} 个有基线和目标值") if wanted.baseline else _("{all} 个支部中 {n} 个有目标值")
    return said.format(all=len(branches), n=len(ready))


def _picture(line: LineDraft, typical: BranchLine | None) -> tuple[Curve | None, Any]:
    """The curve for a branch that has a line, with its marks."""
    start, aim = (None, None) if typical is None else (typical.baseline, typical.target)
    try:
        wanted = needs(line.rule)
        rule = line_rule(line.rule, line.maximum, start, aim)
    except InputRefused:
        return None, (None, None)
    return curve(rule, BESIDE.get(type(rule))), (start if wanted.baseline else None, aim if wanted.target else None)


def _curve(found: Curve, marks: Any, unit: str, size: tuple[float, float], theme_name: str, dpi: float) -> Any:
    from okr_desk.charts import schemes

    return schemes.curve(found, schemes.Marks(*marks), unit, size, theme_name, dpi)
