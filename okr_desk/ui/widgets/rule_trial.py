"""The trial beside a rule: type a value, see its points, the steps that lead there, and the place on the curve."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.rule_filling import trial_of
from okr_desk.rules.rule_forms import RuleForm
from okr_desk.rules.rule_sentences import plainly
from okr_desk.rules.schemes import BranchLine
from okr_desk.scoring import rule_text
from okr_desk.scoring.curve import Curve, curve, widened
from okr_desk.scoring.line_rule import AROUND, Needs, line_rule, needs
from okr_desk.scoring.points import Points, Rule, points
from okr_desk.scoring.points_result import Group, Held, Value
from okr_desk.scoring.rounding import half_up, plain
from okr_desk.terms import RuleKind
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.widgets.figure import FigureView
from okr_desk.ui.widgets.rule_fields import field_widget, on_typed, text_in

PLACES = 2
"""Decimal places of the large number; the steps have all."""
WAY = Decimal("0.6")
"""How far along the curve a trial begins."""


class RuleTrial(QFrame):
    """`typed` tells that something here was changed; the dialog then asks `try_out` again."""

    typed = Signal()

    def __init__(self, desk: Desk, branches: Sequence[BranchLine], unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._unit = unit
        self._branches = [one for one in branches if one.target is not None]
        self._form: RuleForm | None = None
        self._untouched = True
        heading = QLabel(_("试算"), self)
        heading.setFont(theme.font("body", bold=True))
        self.branch = QComboBox(self)
        self.branch.setAccessibleName(_("支部"))
        self.way, self.way_label, self.arrow = QWidget(self), QLabel(self), QLabel("→", self)
        self.baseline, self.target = QLineEdit(self), QLineEdit(self)
        self.values: dict[str, QWidget] = {}
        self.rows = QFormLayout()
        self.result, self.steps, self.refusal = QLabel(self), QLabel(self), QLabel(self)
        self.chart = FigureView(desk, _("计分规则的曲线"), self)
        self._dress(heading)
        self.branch.activated.connect(self._take_branch)
        for line in (self.baseline, self.target):
            line.textEdited.connect(lambda _text: self.typed.emit())

    def show_form(self, form: RuleForm) -> None:
        """Offer the values that a form takes."""
        self._form, self._untouched = form, True
        own = {one.word for one in form.fields if one.when_empty} | {
            one.word for one in form.fields if one.word == AROUND
        }
        self._want(Needs("b" in own and form.kind is RuleKind.LINEAR, bool(own & {"t", "N", AROUND})))
        for widget in self.values.values():
            self.rows.removeRow(widget)
        self.values = {}
        for one in form.trial:
            widget = field_widget(one, one.start)
            label = _(one.label)
            if one.word == "v" and self._unit and "%" not in label:
                label = _("{name}（{unit}）").format(name=label, unit=self._unit)
            widget.setAccessibleName(label)
            self.rows.addRow(label, widget)
            on_typed(widget, self._touched)
            self.values[one.word] = widget

    def try_out(self, row: str, maximum: Decimal) -> InputRefused | None:
        """Score what is typed by a row; what is wrong with the row itself is given back, all else is said here."""
        assert self._form is not None
        wanted = needs(row)
        self._want(wanted)
        try:
            start, aim = self._line(wanted)
        except InputRefused as refusal:
            self._say(plainly(refusal.sentence))
            return None
        try:
            rule = line_rule(row, maximum, start, aim)
        except InputRefused as refusal:
            self._say(plainly(refusal.sentence, self._form))
            own = (refusal.field == "b" and wanted.baseline) or (refusal.field in ("t", "N") and wanted.target)
            return None if own else refusal
        self._score(rule, start, aim)
        return None

    def _want(self, wanted: Needs) -> None:
        """Ask for what the rule takes from the branch, and for nothing else."""
        is_any = wanted.baseline or wanted.target
        self.way_label.setText(_("基线 → 目标值") if wanted.baseline and wanted.target else _("目标值"))
        if wanted.baseline and not wanted.target:
            self.way_label.setText(_("基线"))
        self.baseline.setVisible(wanted.baseline)
        self.arrow.setVisible(wanted.baseline and wanted.target)
        self.target.setVisible(wanted.target)
        self.rows.setRowVisible(self.way, is_any)
        self.rows.setRowVisible(self.branch, bool(self._branches) and is_any)

    def wait(self, sentence: str) -> None:
        """Nothing can be tried yet: say why."""
        self._say(sentence)
        self.chart.show_figure(None)

    @property
    def refused(self) -> str:
        """The sentence shown in place of points."""
        return "" if self.refusal.isHidden() else self.refusal.text()

    # Inside

    def _dress(self, heading: QLabel) -> None:
        self.result.setFont(theme.font("title", bold=True))
        self.steps.setWordWrap(True)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.refusal.setWordWrap(True)
        self.refusal.setObjectName("quiet")
        self.refusal.hide()
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.rows.setVerticalSpacing(theme.gap(0.3))
        for one in self._branches:
            said = _("{org}（{start}→{aim}）")
            start = _("没有基线") if one.baseline is None else plain(one.baseline)
            self.branch.addItem(said.format(org=one.org, start=start, aim=plain(one.target)), one)
        self.branch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.branch.setMinimumContentsLength(8)
        self.branch.setAccessibleName(_("支部"))
        self.baseline.setAccessibleName(_("基线"))
        self.target.setAccessibleName(_("目标值"))
        way = QHBoxLayout(self.way)
        way.setContentsMargins(0, 0, 0, 0)
        for widget in (self.baseline, self.arrow, self.target):
            way.addWidget(widget)
        self.rows.addRow(_("支部"), self.branch)
        self.rows.addRow(self.way_label, self.way)
        self._take_branch(tell=False)
        scroll = QScrollArea(self)
        scroll.setWidget(self.steps)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("计算过程"))
        scroll.viewport().setAutoFillBackground(False)
        self.steps.setAutoFillBackground(False)
        self.chart.setMinimumHeight(round(theme.line_height() * 5.4))
        scroll.setMinimumHeight(round(theme.line_height() * 1.6))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.7)] * 4)
        layout.setSpacing(theme.gap(0.35))
        layout.addWidget(heading)
        layout.addLayout(self.rows)
        for widget in (self.result, self.refusal):
            layout.addWidget(widget)
        layout.addWidget(scroll, 2)
        layout.addWidget(self.chart, 3)

    def _take_branch(self, *_row: int, tell: bool = True) -> None:
        """The line of the chosen branch, which one may then type over."""
        one = self.branch.currentData()
        if isinstance(one, BranchLine):
            self.baseline.setText("" if one.baseline is None else plain(one.baseline))
            self.target.setText(plain(one.target))
        if tell:
            self._untouched = True
            self.typed.emit()

    def _touched(self, *_what: object) -> None:
        self._untouched = False
        self.typed.emit()

    def _line(self, wanted: Needs) -> tuple[Decimal | None, Decimal | None]:
        found: list[Decimal | None] = []
        for line, is_wanted, name in (
            (self.baseline, wanted.baseline, _("基线")),
            (self.target, wanted.target, _("目标值")),
        ):
            found.append(optional_number(line.text(), "t", name) if is_wanted else None)
            if is_wanted and found[-1] is None:
                raise InputRefused(_("填上“{label}”，就能看到得分。").format(label=name), "t")
        return found[0], found[1]

    def _score(self, rule: Rule, start: Decimal | None, aim: Decimal | None) -> None:
        assert self._form is not None
        if self._untouched:
            self._begin(rule)
        try:
            words = trial_of(self._form, {word: text_in(widget) for word, widget in self.values.items()})
            rule, value = rule_text.rule_and_value({**rule_text.mapping_of(rule), **words})
            scored = points(rule, value)
        except InputRefused as refusal:
            self._say(plainly(refusal.sentence, self._form))
            self._show_curve(curve(rule), start, aim, None)
            return
        self.refusal.hide()
        said = _("{points} 分").format(points=plain(scored.points, PLACES))
        self.result.setText(_("得 {said}").format(said=said) if scored.points is not None else _("不计分"))
        self.result.show()
        self.steps.setText("\n".join(f"{number}. {step}" for number, step in enumerate(scored.steps, 1)))
        self._show_curve(*_on_curve(rule, value, scored, start, aim))

    def _begin(self, rule: Rule) -> None:
        """A first value somewhere on the curve, as long as the person has typed none."""
        found = curve(rule, Decimal(85))
        for word in ("v", "n"):
            line = self.values.get(word)
            if isinstance(line, QLineEdit) and found is not None and "first" not in self.values:
                line.setText(plain(half_up(found.low + (found.high - found.low) * WAY, 0 if word == "n" else 1)))
        counts = self.values.get("counts")
        if isinstance(counts, QLineEdit):
            values = getattr(rule, "values", ())
            counts.setText(_("、").join(str(len(values) - place) for place in range(len(values))))

    def _say(self, sentence: str) -> None:
        self.result.hide()
        self.steps.clear()
        self.refusal.setText(sentence)
        self.refusal.show()

    def _show_curve(
        self, found: Curve | None, start: Decimal | None, aim: Decimal | None, tried: tuple[Decimal, Decimal] | None
    ) -> None:
        self.chart.setVisible(found is not None)
        if found is None:
            self.chart.show_figure(None)
            return
        self.chart.show_figure(partial(_drawn, found, (start, aim, tried), self._unit))


def _on_curve(
    rule: Rule, value: Value, scored: Points, start: Decimal | None, aim: Decimal | None
) -> tuple[Curve | None, Decimal | None, Decimal | None, tuple[Decimal, Decimal] | None]:
    """The curve with the place of the value on it."""
    second, x = None, value
    if isinstance(value, Held):
        second, x = value.satisfaction, value.activity
    elif isinstance(value, Group):
        second, x = value.values[0], value.own
    elif isinstance(value, tuple):
        x = value[0] if len(value) == 1 else False
    found = curve(rule, second)
    if found is None or not isinstance(x, Decimal) or scored.points is None:
        return found, start, aim, None
    return widened(found, x, scored.points), start, aim, (x, scored.points)


def _drawn(found: Curve, marks: Any, unit: str, size: tuple[float, float], theme_name: str, dpi: float) -> Any:
    from okr_desk.charts import schemes

    return schemes.curve(found, schemes.Marks(*marks), unit, size, theme_name, dpi)
