"""The definition of an indicator: a new one, or the next version of one in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import rule_words, usual_rule
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import EVIDENCE_MOST, PRECEDENCE, IndicatorDraft, check_indicator
from okr_desk.rules.schemes import Known, LineDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import PairedForm, number, optional_number
from okr_desk.ui.dialogs.rule import RuleDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.rule_trial import Given

BLANK = IndicatorDraft("", "", "", Direction.UP, Dimension.BASIC)


class IndicatorDialog(PairedForm):
    """Everything a definition says; the code of one in use is fixed."""

    def __init__(
        self, desk: Desk, start: IndicatorDraft, categories: Sequence[str], is_new: bool, parent: QWidget | None = None
    ) -> None:
        self._desk, self._is_new = desk, is_new
        note = "" if is_new else _("保存后形成新版本，从今天起使用；旧口径保留备查。")
        super().__init__(_("新增指标") if is_new else _("修改指标口径"), parent, note, accept=_("保存"))
        self._start = start
        self._add_meaning(start, categories)
        self.next_column()
        self._add_usual(start)
        self._add_origin(start)
        if not self._is_new:
            self.add_row("reason", _("修改理由"), QLineEdit())
        self.fields["code" if is_new else "name"].setFocus()

    def _add_meaning(self, start: IndicatorDraft, categories: Sequence[str]) -> None:
        """What is measured, how often and for whom."""
        code = QLineEdit(start.code)
        code.setEnabled(self._is_new)
        ways = [Direction.UP, Direction.DOWN]
        self.add_pair("code", _("编号"), code, "unit", _("单位"), QLineEdit(start.unit))
        self.add_row("name", _("名称"), QLineEdit(start.name))
        method = QLineEdit(start.method)
        method.setPlaceholderText(_("分子÷分母、应办几次、谁不适用"))
        method.setCursorPosition(0)
        self.add_row("method", _("怎么统计"), method)
        directions = choices([(label(one), one) for one in ways], start.direction)
        dimensions = choices([(label(one), one) for one in Dimension], start.dimension)
        self.add_pair("direction", _("方向"), directions, "dimension", _("维度"), dimensions)
        frequencies = choices([(label(one), one) for one in Frequency], start.frequency)
        accumulations = choices([(label(one), one) for one in Accumulation], start.accumulation)
        advice = _("年累计指标每年从 0 起算，数值不会减少。")
        self.add_pair("frequency", _("统计频次"), frequencies, "accumulation", _("口径"), accumulations)
        accumulations.setToolTip(advice)
        accumulations.setAccessibleDescription(advice)
        self.add_row("categories", _("适用类别"), _ticked(categories, start.categories), _("都不选即适用于全部支部。"))
        limit = _count(start.evidence_limit, EVIDENCE_MOST)
        self.add_pair("evidence", _("佐证材料"), QLineEdit(start.evidence), "evidence_limit", _("每季上限"), limit)
        tolerance = QLineEdit(plain(start.tolerance))
        self.add_pair("decimals", _("小数位数"), _count(start.decimals, 6), "tolerance", _("允许误差"), tolerance)

    def _add_usual(self, start: IndicatorDraft) -> None:
        """What a scheme takes over: line, points and rule as most branches have them."""
        baseline, target, points = (
            QLineEdit("" if one is None else plain(one))
            for one in (start.usual_baseline, start.usual_target, start.usual_points)
        )
        self.add_pair("usual_baseline", _("通常基线"), baseline, "usual_target", _("通常目标"), target)
        points.setPlaceholderText(_("填 0 为备选，不自动列入"))
        points.setToolTip(_("评分方案从这里取分值；填 0 为备选，不自动列入。"))
        self.add_row("usual_points", _("通常分值"), points)
        rule = QComboBox()
        rule.setEditable(True)
        rule.addItems([rule_words.spoken(one) for one in usual_rule.STARTS])
        rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        _write_rule(rule, start.usual_rule)
        self._add_rule(rule)
        self.rule_words = QLabel()
        self.rule_words.setWordWrap(True)
        self.rule_words.setObjectName("quiet")
        self.rule_words.setMinimumHeight(round(theme.line_height() * 2))
        self.rule_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_row("rule_words", _("规则含义"), self.rule_words)
        rule.editTextChanged.connect(self._read_rule)
        self._read_rule()

    def _add_rule(self, rule: QComboBox) -> None:
        """The rule to type, and beside it the way to its form."""
        row = QWidget(self)
        self.set_rule = QPushButton(_("设置…"), row)
        self.set_rule.setToolTip(_("逐项填写这条规则，边填边试算"))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.35))
        layout.addWidget(rule, 1)
        layout.addWidget(self.set_rule)
        self.add_row("usual_rule", _("通常规则"), row)
        row.setAccessibleName("")
        rule.setAccessibleName(_("通常规则"))
        self.fields["usual_rule"] = rule
        self.set_rule.clicked.connect(self._fill_in_rule)

    def _fill_in_rule(self) -> None:
        """Take the rule from its form; points change with it only where they were agreed or follow from the rule."""
        self.clear_refusals()
        try:
            asked = self._asked_line()
        except InputRefused as refused:
            self.refuse(refused)
            return
        line, given = asked
        name = Known(self.text("code"), self.text("name"), Dimension.BASIC, False, ())
        made = RuleDialog.ask(self, self._desk, line, {line.indicator_id: name}, (), given)
        if made is None:
            return
        box, points = self.box("usual_rule"), self.fields["usual_points"]
        assert isinstance(points, QLineEdit)
        _write_rule(box, made.rule)
        if made.maximum != line.maximum and points.text().strip() != "0":
            points.setText(plain(made.maximum))

    def _asked_line(self) -> tuple[LineDraft, Given]:
        """What the form of the rule starts from; raises InputRefused at a number or rule that cannot be read."""
        baseline, target, points = (
            optional_number(self.text(field), field, name)
            for field, name in (
                ("usual_baseline", _("通常基线")),
                ("usual_target", _("通常目标")),
                ("usual_points", _("通常分值")),
            )
        )
        try:
            row = rule_words.canonical(self.text("usual_rule"))
            full = usual_rule.full_points(row, points, usual_rule.TRIED) if row else points or usual_rule.TRIED
        except InputRefused:  # what was typed cannot be read: the form begins anew
            row, full = "", points or usual_rule.TRIED
        given = Given(self.text("unit"), (), baseline, target, self._number("decimals"))
        return LineDraft(0, full, row), given

    def _add_origin(self, start: IndicatorDraft) -> None:
        """Where the number comes from, and on what the definition rests."""
        computed_from = QLineEdit(start.computed_from)
        computed_from.setPlaceholderText(_("逐次填报"))
        self.add_pair("computed_from", _("数据来源"), computed_from, "source", _("依据"), QLineEdit(start.source))
        first = choices(_orders(start.precedence), start.precedence[0])
        self.add_row("precedence", _("优先采用"), first, _("不同来源相差超过允许误差，列为不一致。"))

    def _read_rule(self) -> None:
        """Say what the rule means while it is typed, or what keeps it from being read."""
        try:
            self.rule_words.setText(usual_rule.in_words(self.text("usual_rule")) or _("还没有通常规则。"))
        except InputRefused as refused:
            self.rule_words.setText(str(refused))

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        start: IndicatorDraft,
        categories: Sequence[str],
        *,
        is_new: bool,
        refused: Exception | None = None,
    ) -> IndicatorDraft | None:
        """The draft, None when the dialog was left; `refused` says why it is asked again."""
        dialog = cls(desk, start, categories, is_new, parent)
        if refused is not None:
            dialog.refuse(refused)
        found: IndicatorDraft | None = dialog.run()
        return found

    def draft(self) -> IndicatorDraft:
        first = Origin(self.box("precedence").currentData())
        order = self._start.precedence
        made = replace(
            self._start,
            code=self.text("code"),
            name=self.text("name"),
            unit=self.text("unit"),
            direction=Direction(self.box("direction").currentData()),
            dimension=Dimension(self.box("dimension").currentData()),
            frequency=Frequency(self.box("frequency").currentData()),
            accumulation=Accumulation(self.box("accumulation").currentData()),
            decimals=self._number("decimals"),
            categories=self._categories(),
            evidence=self.text("evidence"),
            evidence_limit=self._number("evidence_limit"),
            precedence=order if first is order[0] else (first, *(one for one in order if one is not first)),
            tolerance=number(self.text("tolerance"), "tolerance", _("允许误差")),
            usual_baseline=optional_number(self.text("usual_baseline"), "usual_baseline", _("通常基线")),
            usual_target=optional_number(self.text("usual_target"), "usual_target", _("通常目标")),
            usual_points=optional_number(self.text("usual_points"), "usual_points", _("通常分值")),
            usual_rule=self.text("usual_rule"),
            computed_from=self.text("computed_from"),
            source=self.text("source"),
            method=self.text("method"),
            reason="" if self._is_new else self.text("reason"),
        )
        check_indicator(made)
        if "reason" in self.fields:
            check_reason(made.reason, _("修改指标口径须写明理由，旧口径会保留备查。"))
        return made

    def _categories(self) -> tuple[str, ...]:
        box = self.fields["categories"]
        assert isinstance(box, QListWidget)
        items = [box.item(row) for row in range(box.count())]
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def _number(self, name: str) -> int:
        field = self.fields[name]
        assert isinstance(field, QSpinBox)
        return field.value()


def _write_rule(box: QComboBox, row: str) -> None:
    """A rule as people read it, from its beginning."""
    box.setEditText(rule_words.spoken(row))
    typed = box.lineEdit()
    if typed is not None:
        typed.setCursorPosition(0)


def _count(value: int, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, most)
    field.setValue(value)
    return field


def _ticked(names: Sequence[str], chosen: Sequence[str]) -> QListWidget:
    box = QListWidget()
    box.setFlow(QListWidget.Flow.LeftToRight)
    box.setWrapping(True)
    box.setResizeMode(QListWidget.ResizeMode.Adjust)
    for name in dict.fromkeys([*names, *chosen]):
        item = QListWidgetItem(name, box)
        item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
    box.setFixedHeight(round(theme.line_height() * 2.8))
    return box


def _orders(order: Sequence[Origin]) -> list[tuple[str, Origin]]:
    return [(label(origin), origin) for origin in (order or PRECEDENCE)]
