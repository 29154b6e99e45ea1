"""The trial beside a rule: type a value, see its points, the steps that lead there, and the place on the curve."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
from okr_desk.scoring.curve import curve
from okr_desk.scoring.line_rule import AROUND, Needs, line_rule, needs
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.rounding import half_up, plain
from okr_desk.terms import RuleKind
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.widgets.rule_curve import RuleCurve
from okr_desk.ui.widgets.rule_fields import field_widget, on_typed, text_in

PLACES = 2
"""Decimal places of the large number; the steps have all."""
WAY = Decimal("0.6")
"""How far along the curve a trial begins."""


@dataclass(frozen=True)
class Given:
    """What a trial begins with: lines of branches; where none has a target, what the library says is usual.

    `decimals` is how finely the indicator is measured, `spare` the full points where none are agreed.
    """

    unit: str = ""
    branches: tuple[BranchLine, ...] = ()
    baseline: Decimal | None = None
    target: Decimal | None = None
    decimals: int = 1
    spare: Decimal | None = None

    def source(self, wanted: Needs) -> str:
        """From where the numbers come that are in no scheme and of no branch, in words."""
        line = [plain(one) for one in (self.baseline, self.target) if one is not None]
        is_wanted = (wanted.baseline or wanted.target) and not any(one.target is not None for one in self.branches)
        said = [_("参照指标库通常值 {line}").format(line="→".join(line))] if line and is_wanted else []
        if self.spare is not None:
            said.append(_("没有通常分值，按满分 {n} 分试算").format(n=plain(self.spare)))
        return _("；").join(said)


class RuleTrial(QFrame):
    """`typed` tells that something here was changed; who shows it then asks `try_out` again."""

    typed = Signal()

    def __init__(self, desk: Desk, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._given = given
        self._branches: list[BranchLine] = []
        self._form: RuleForm | None = None
        self._untouched = True
        heading = QLabel(_("试算"), self)
        heading.setFont(theme.font("body", bold=True))
        self.branch = QComboBox(self)
        self.branch.setAccessibleName(_("支部"))
        self.usual = QLabel(self)
        self.way, self.way_label, self.arrow = QWidget(self), QLabel(self), QLabel("→", self)
        self.baseline, self.target = QLineEdit(self), QLineEdit(self)
        self.values: dict[str, QWidget] = {}
        self.rows = QFormLayout()
        self.result, self.steps, self.refusal = QLabel(self), QLabel(self), QLabel(self)
        self.chart = RuleCurve(desk, self)
        self._dress(heading)
        self.begin_with(given)
        self.branch.activated.connect(self._take_branch)
        for line in (self.baseline, self.target):
            line.textEdited.connect(lambda _text: self.typed.emit())

    def begin_with(self, given: Given) -> None:
        """Offer other lines to try with."""
        self._given = given
        self._branches = [one for one in given.branches if one.target is not None]
        self.branch.clear()
        for one in self._branches:
            said = _("{org}（{start}→{aim}）")
            start = _("没有基线") if one.baseline is None else plain(one.baseline)
            self.branch.addItem(said.format(org=one.org, start=start, aim=plain(one.target)), one)
        for line, value in ((self.baseline, given.baseline), (self.target, given.target)):
            line.setText("" if value is None else plain(value))
        self._take_branch(tell=False)

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
            if one.word == "v" and self._given.unit and "%" not in label:
                label = _("{name}（{unit}）").format(name=label, unit=self._given.unit)
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
            self.wait(plainly(refusal.sentence))
            return None
        try:
            rule = line_rule(row, maximum, start, aim)
        except InputRefused as refusal:
            self.wait(plainly(refusal.sentence, self._form))
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
        self.usual.setText(self._given.source(wanted))
        self.rows.setRowVisible(self.usual, bool(self.usual.text()))

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
        self.branch.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.branch.setMinimumContentsLength(8)
        self.branch.setAccessibleName(_("支部"))
        self.baseline.setAccessibleName(_("基线"))
        self.target.setAccessibleName(_("目标值"))
        way = QHBoxLayout(self.way)
        way.setContentsMargins(0, 0, 0, 0)
        for widget in (self.baseline, self.arrow, self.target):
            way.addWidget(widget)
        for line in (self.baseline, self.target):
            line.setMinimumWidth(theme.span(self, 3.5))
        self.rows.addRow(_("支部"), self.branch)
        self.usual.setObjectName("quiet")
        self.usual.setFont(theme.font("small"))
        self.usual.setWordWrap(True)
        self.rows.addRow(self.way_label, self.way)
        self.rows.addRow("", self.usual)
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
            self.chart.show_rule(rule, (start, aim), self._unit)
            return
        self.refusal.hide()
        said = _("{points} 分").format(points=plain(scored.points, PLACES))
        self.result.setText(_("得 {said}").format(said=said) if scored.points is not None else _("不计分"))
        self.result.show()
        self.steps.setText("\n".join(f"{number}. {step}" for number, step in enumerate(scored.steps, 1)))
        self.chart.show_rule(rule, (start, aim), self._unit, value, scored)

    def _begin(self, rule: Rule) -> None:
        """A first value somewhere on the curve, as long as the person has typed none."""
        found = curve(rule, Decimal(85))
        for word in ("v", "n"):
            line = self.values.get(word)
            if isinstance(line, QLineEdit) and found is not None and "first" not in self.values:
                places = 0 if word == "n" else min(self._given.decimals, 1)
                line.setText(plain(half_up(found.low + (found.high - found.low) * WAY, places)))
        counts = self.values.get("counts")
        if isinstance(counts, QLineEdit):
            values = getattr(rule, "values", ())
            counts.setText(_("、").join(str(len(values) - place) for place in range(len(values))))

    @property
    def _unit(self) -> str:
        """In what the axis of values counts; awards count in points."""
        return "" if "awards" in self.values else self._given.unit

    def _say(self, sentence: str) -> None:
        self.result.hide()
        self.steps.clear()
        self.refusal.setText(sentence)
        self.refusal.show()
