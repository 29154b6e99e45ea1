"""Targets that were too easy or too hard, as one quiet list for the office."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from okr_desk.i18n import _
from okr_desk.queries.score_design import AimCheck, DesignCheck
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import Tightness, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import SHAPE, room
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table

_SHAPES = {Tightness.EASY: "△", Tightness.HARD: "▽"}


class AimsPlace(Place):
    """Doubtful targets with the mean and on how many branches it rests. `opened` tells the indicator."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.how = QLabel(self)
        self.how.setObjectName("quiet")
        self.how.setWordWrap(True)
        self.table = Table(desk, _columns(), "score_aims", _("目标松紧"), self)
        self.layout_.addWidget(self.how)
        self.layout_.addWidget(self.table, 1)
        self.table.opened.connect(lambda one: self.opened.emit(one.line.indicator_id))

    def show_check(self, check: DesignCheck) -> None:
        """The list, or why there is none."""
        if check.is_early:
            self.show_empty(
                _("还看不出目标的松紧。"), _("满两个季度（已冻结或已关账）以后，按同类支部的平均得分率判断。")
            )
            return
        if not check.doubtful:
            self.show_empty(_("各项目标都合适。"), how(check))
            return
        self.how.setText(how(check))
        self.table.set_rows(check.doubtful)
        self.setCurrentWidget(self.content)


def how(check: DesignCheck) -> str:
    """By what the targets were judged."""
    said = _(
        "按{quarters}同类支部的平均得分率：高于 {easy} 为偏松，低于 {hard} 为偏紧；只扣分、按名次和票决的项目不判断。"
    )
    return said.format(quarters=_("、").join(check.quarters), easy=percent(check.easy), hard=percent(check.hard))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("类别"), lambda one: one.category, width=6),
        Column(_("项目"), lambda one: one.line.title, width=15),
        Column(_("判断"), _verdict, width=room(*(label(one) for one in Tightness)) + SHAPE),
        Column(_("平均得分率"), lambda one: percent(one.mean, 1), sort=lambda one: one.mean, look="number", width=6.5),
        Column(_("支部数"), lambda one: str(one.branches), sort=lambda one: one.branches, look="number", width=5),
        Column(_("季度数"), lambda one: str(one.quarters), sort=lambda one: one.quarters, look="number", width=5),
        Column(
            _("满分"), lambda one: plain(one.line.maximum), sort=lambda one: one.line.maximum, look="number", width=4.2
        ),
        Column(_("建议"), _advice, tooltip=_advice, width=10, stretch=True),
    )


def _verdict(one: AimCheck) -> str:
    return "" if one.verdict is None else f"{_SHAPES[one.verdict]} {label(one.verdict)}"


def _advice(one: AimCheck) -> str:
    if one.verdict is Tightness.EASY:
        return _("可提高目标，或减少分值")
    return _("请核对目标是否切合实际")
