"""A survey of the township in a quarter: when, how people are drawn and by whom, who collects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.surveys import DefinitionView
from okr_desk.rules.surveys import RoundDraft
from okr_desk.terms import Sampling, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class RoundDialog(SavingDialog):
    """The dates are those of the quarter until they are changed."""

    def __init__(
        self,
        desk: Desk,
        quarter: QuarterView,
        definition: DefinitionView,
        parent: QWidget | None = None,
        taken: Sequence[str] = (),
    ) -> None:
        note = _("按“{name}”第{n}版测评。抽样和收集的办法决定证据等级。").format(
            name=definition.name, n=definition.version
        )
        super().__init__(desk, services.surveys.open_round, _("开展一次测评"), parent=parent, note=note)
        self._quarter, self._definition = quarter, definition
        self.add_row("name", _("名称"), QLineEdit(free_name(quarter.number, taken)))
        self.starts_on = DayLine(_("开始"), quarter.starts_on, quarter.year, pick=True)
        self.ends_on = DayLine(_("结束"), quarter.ends_on, quarter.year, pick=True)
        self.add_pair("starts_on", _("开始"), self.starts_on, "ends_on", _("结束"), self.ends_on)
        self.add_row(
            "sampling",
            _("怎样选人"),
            choices([(label(one), one.value) for one in Sampling], Sampling.RANDOM.value),
            _("普查、随机抽样可到 A 级；谁方便问谁的，最高 C 级。"),
        )
        self.add_row("drawn_by", _("抽样人"), QLineEdit(), _("由镇里抽取名单，不由被测评的支部自己挑。"))
        self.add_row("collected_by", _("收集人"), QLineEdit())
        self.independent = QCheckBox(_("由被测评支部以外的人发放和收回"))
        self.independent.setChecked(True)
        self.add_row("is_independent", _("独立收集"), self.independent)

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, quarter: QuarterView, definition: DefinitionView, taken: Sequence[str] = ()
    ) -> Any:
        """What the service gave back, or None when the dialog was left; `taken`: names of the quarter's rounds."""
        dialog = cls(desk, quarter, definition, parent, taken)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> RoundDraft:
        starts_on, ends_on = self.starts_on.day("starts_on"), self.ends_on.day("ends_on")
        return RoundDraft(
            self._definition.id,
            self._quarter.id,
            self.text("name"),
            starts_on,
            ends_on,
            Sampling(self.text("sampling")),
            self.text("drawn_by"),
            self.text("collected_by"),
            self.independent.isChecked(),
        )


def usual_name(number: int) -> str:
    """三季度测评 for the third quarter."""
    return (_("一季度测评"), _("二季度测评"), _("三季度测评"), _("四季度测评"))[number - 1]


def free_name(number: int, taken: Sequence[str]) -> str:
    """The usual name; where the quarter has it already, with the number of the round."""
    name = usual_name(number)
    if name not in taken:
        return name
    numbered = (_("{name}（第{n}次）").format(name=name, n=n) for n in count(2))
    return next(one for one in numbered if one not in taken)
