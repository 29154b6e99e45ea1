"""The definition of an indicator: a new one, or the next version of one in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from okr_desk.i18n import _
from okr_desk.rules.indicators import EVIDENCE_MOST, PRECEDENCE, IndicatorDraft, check_indicator, check_reason
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin, label
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.forms import FormDialog, choices

BLANK = IndicatorDraft("", "", "", Direction.UP, Dimension.BASIC)


class IndicatorDialog(FormDialog):
    """Everything a definition says; the code of one in use is fixed."""

    def __init__(
        self, start: IndicatorDraft, categories: Sequence[str], is_new: bool, parent: QWidget | None = None
    ) -> None:
        self._is_new = is_new
        note = "" if is_new else _("保存后形成新版本，从今天起使用；旧口径保留备查。")
        super().__init__(_("新增指标") if is_new else _("修改指标口径"), parent, note, accept=_("保存"))
        self._start = start
        code = QLineEdit(start.code)
        code.setEnabled(self._is_new)
        ways = [Direction.UP, Direction.DOWN]
        self.add_row("code", _("编号"), code)
        self.add_row("name", _("名称"), QLineEdit(start.name))
        self.add_row("unit", _("单位"), QLineEdit(start.unit))
        self.add_row("direction", _("方向"), choices([(label(one), one) for one in ways], start.direction))
        self.add_row("dimension", _("维度"), choices([(label(one), one) for one in Dimension], start.dimension))
        self.add_row("frequency", _("统计频次"), choices([(label(one), one) for one in Frequency], start.frequency))
        self.add_row(
            "accumulation",
            _("统计口径"),
            choices([(label(one), one) for one in Accumulation], start.accumulation),
            _("年累计指标每年从 0 起算，数值不会减少。"),
        )
        self.add_row("decimals", _("小数位数"), _count(start.decimals, 6))
        self.add_row("categories", _("适用类别"), _ticked(categories, start.categories), _("都不选即适用于全部支部。"))
        self.add_row("evidence", _("佐证材料"), QLineEdit(start.evidence))
        self.add_row("evidence_limit", _("佐证上限（份）"), _count(start.evidence_limit, EVIDENCE_MOST))
        self.add_row("precedence", _("优先采用"), choices(_orders(start.precedence), start.precedence[0]))
        words = _("不同来源相差超过它，列为不一致。")
        self.add_row("tolerance", _("允许误差"), QLineEdit(plain(start.tolerance)), words)
        if not self._is_new:
            self.add_row("reason", _("修改理由"), QLineEdit())

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        start: IndicatorDraft,
        categories: Sequence[str],
        *,
        is_new: bool,
        refused: Exception | None = None,
    ) -> IndicatorDraft | None:
        """The draft, None when the dialog was left; `refused` says why it is asked again."""
        dialog = cls(start, categories, is_new, parent)
        if refused is not None:
            dialog.refuse(refused)
        found: IndicatorDraft | None = dialog.run()
        return found

    def draft(self) -> IndicatorDraft:
        first = Origin(self._box("precedence").currentData())
        order = self._start.precedence
        made = replace(
            self._start,
            code=self.text("code"),
            name=self.text("name"),
            unit=self.text("unit"),
            direction=self._box("direction").currentData(),
            dimension=self._box("dimension").currentData(),
            frequency=self._box("frequency").currentData(),
            accumulation=self._box("accumulation").currentData(),
            decimals=self._number("decimals"),
            categories=self._categories(),
            evidence=self.text("evidence"),
            evidence_limit=self._number("evidence_limit"),
            precedence=order if first is order[0] else (first, *(one for one in order if one is not first)),
            tolerance=number(self.text("tolerance"), "tolerance", _("允许误差")),
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

    def _box(self, name: str) -> QComboBox:
        box = self.fields[name]
        assert isinstance(box, QComboBox)
        return box


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
    box.setFixedHeight(round(theme.line_height() * 3.4))
    return box


def _orders(order: Sequence[Origin]) -> list[tuple[str, Origin]]:
    return [(label(origin), origin) for origin in (order or PRECEDENCE)]
