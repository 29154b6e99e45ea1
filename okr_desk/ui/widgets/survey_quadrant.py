"""The tab 活动与满意度: a category's branches in four fields, and the same as a table that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from okr_desk.i18n import _
from okr_desk.queries.survey_quadrant import Quadrants
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import survey_quadrant_rows
from okr_desk.ui.widgets.figure import FigureView
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table


class SurveyQuadrant(Place):
    """One category at a time. `explain_asked`: title, Explained and words of a number in the table."""

    explain_asked = Signal(str, object, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: tuple[Quadrants, ...] = ()
        self.category = Picker(_("类别"), self, searchable=False)
        self.said, self.advice = QLabel(self), QLabel(self)
        self.chart = FigureView(desk, _("活动与满意度四象限图"), self)
        self.table = Table(desk, survey_quadrant_rows.columns(), "survey_quadrant", _("活动与满意度"), self)
        head, row = QHBoxLayout(), QHBoxLayout()
        for words in (self.said, self.advice):
            words.setWordWrap(True)
        head.addWidget(self.category)
        head.addWidget(self.said, 1)
        row.setSpacing(theme.gap(0.8))
        row.addWidget(self.chart, 5)
        row.addWidget(self.table, 6)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self.advice)
        self.layout_.addLayout(row, 1)

        self.category.chosen.connect(lambda _key: self._show())
        self.table.explain_asked.connect(self._explain)

    def show_reading(self) -> None:
        """The figures are being read."""
        self.show_empty(_("正在读取各支部的活动和满意度…"))

    def show_quadrants(self, found: Sequence[Quadrants], wanted: str = "") -> None:
        """The categories; `wanted` is the one of the branch chosen above, "" for the one shown before."""
        self._all = tuple(found)
        if not found:
            self.show_empty(
                _("还没有可以放在一起看的活动和满意度。"),
                _(
                    "支部既有活动场次的目标和完成数（指标 F12，或考核方案中“活动×满意度”一行），"
                    "又有计入指标的满意度得分，才能对照。测评结果请先“计入指标”。"
                ),
            )
            return
        names = [one.category for one in found]
        before = self.category.key
        key = wanted if wanted in names else before if before in names else _fullest(found)
        self.category.offer([Choice(name, name or _("未分类")) for name in names], key)
        self._show()
        self.setCurrentWidget(self.content)

    # Inside

    def _show(self) -> None:
        of = next((one for one in self._all if one.category == self.category.key), None)
        if of is None:
            return
        self.said.setText(survey_quadrant_rows.sentence(of))
        self.advice.setText(survey_quadrant_rows.advice(of))
        self.advice.setVisible(bool(self.advice.text()))
        self.table.set_rows(of.points)
        self.chart.show_figure(
            partial(_drawn, of),
            _("{category}活动与满意度四象限图").format(category=of.category),
        )

    def _explain(self, title: str, explained: object) -> None:
        row = self.table.current()
        if row is not None:
            words = str(self.table.view.currentIndex().data() or "")
            self.explain_asked.emit(f"{row.org.short_name} {title}", explained, words)


def _drawn(of: Quadrants, size: tuple[float, float], theme_name: str, dpi: float) -> object:
    """The chart of the paper, loaded when the first one is drawn."""
    from okr_desk.charts import surveys

    return surveys.quadrant(of.points, size, theme_name, dpi, of.cuts)


def _fullest(found: Sequence[Quadrants]) -> str:
    """The category with the most branches is looked at first."""
    return max(found, key=lambda one: len(one.points)).category
