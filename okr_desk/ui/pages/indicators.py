"""指标: how each indicator is measured, and where every branch stands on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk import services
from okr_desk.charts import heights
from okr_desk.i18n import N_, _
from okr_desk.queries.indicators import IndicatorLine, IndicatorView
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import Accumulation
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.baseline import LineDialog, SettleDialog
from okr_desk.ui.dialogs.indicator import BLANK, IndicatorDialog
from okr_desk.ui.dialogs.measured import ValueDialog
from okr_desk.ui.models import indicator_columns
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.indicator_reading import Chosen, Shown, read, read_one, sentence
from okr_desk.ui.widgets.definition import Definition
from okr_desk.ui.widgets.figure import CHART_TEXT, FigureView
from okr_desk.ui.widgets.indicator_library import IndicatorLibrary
from okr_desk.ui.widgets.table import Table

DEFINITION, PLOT, LINES, CONFLICTS = range(4)
FEW, SPREAD = 4, 1.6
"""Rows up to which the dot plot is as high as for so many, and how far it spreads where there is room."""


class IndicatorsPage(Page):
    """Left the library; right the definition, the dot plot, the figures, and what does not agree."""

    title = N_("指标")
    topics = frozenset({Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})
    follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Shown | None = None
        self.chosen: Chosen | None = None
        self._wanted: int | None = None
        self.library = IndicatorLibrary(self)
        self.heading = QLabel(self)
        self.tabs = QTabWidget(self)
        self.definition = Definition(desk, self)
        self.category = QComboBox(self)
        self.note = QLabel(self)
        self.chart = FigureView(desk, _("各支部基线、目标和本季实绩"), self)
        self.lines = Table(
            desk, indicator_columns.of_lines(self._quarter_number), "indicator_lines", _("指标数据"), self
        )
        self.conflicts = Table(desk, indicator_columns.of_conflicts(), "indicator_conflicts", _("数据不一致"), self)
        self.add_button = self.add_quiet(_("新增指标"), "add", self.add)
        self.edit_button = self.add_quiet(_("修改口径"), "edit", self.edit, QKeySequence("F2"))
        self.retire_button = self.add_quiet(_("停用"), "close", self.retire)
        self.next_button = self.set_accent(_("设基线和目标"), "flag", self.do_next)

        self._assemble()
        self.library.chosen.connect(self._choose)
        self.library.edit_asked.connect(self.edit)
        self.category.currentIndexChanged.connect(self._draw)
        self.lines.opened.connect(lambda _line: self.set_line())
        self.conflicts.opened.connect(lambda _conflict: self.settle())
        self.tabs.currentChanged.connect(self._follow_tab)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        return None if quarter is None else partial(read, quarter, self.desk.actor)

    def show_answer(self, shown: Shown) -> None:
        self.shown = shown
        self.set_answer(sentence(shown))
        self.set_band("")
        chosen = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem(_("全部类别"), "")
        for name in shown.categories:
            self.category.addItem(name, name)
        self.category.setCurrentIndex(max(0, self.category.findText(chosen)))
        self.category.blockSignals(False)
        self.conflicts.set_rows(shown.conflicts)
        self.tabs.setTabText(CONFLICTS, _("不一致（{n}）").format(n=len(shown.conflicts)))
        self._follow_rights()
        if not shown.library:
            self.show_empty(_("指标库还是空的。"), _("可以新增指标，或从“导入”读取指标表。"), _("新增指标"), self.add)
            return
        self.library.show_library(shown.library, shown.in_use, self._wanted)

    def arrive(self, **arguments: Any) -> None:
        if "indicator_id" in arguments:
            self._wanted = int(arguments["indicator_id"])
            self._stale = True
        if arguments.get("conflicts"):
            self.tabs.setCurrentIndex(CONFLICTS)

    # What a person does

    def add(self) -> None:
        """A new indicator."""
        self._ask_definition(BLANK, None)

    def edit(self) -> None:
        """The next version of the indicator under the cursor."""
        if self.chosen is not None and self._may(Action.EDIT_INDICATORS):
            self._ask_definition(self.chosen.now.draft, self.chosen.now.id)

    def retire(self) -> None:
        """Take the indicator out of use, with a reason."""
        if self.chosen is None:
            return
        now = self.chosen.now
        note = _("“{code} {name}”停用后不能再关联，已有数据保留。").format(code=now.code, name=now.name)
        reason = Reason.ask(self, _("停用指标"), note, _("停用理由"), _("停用"))
        if reason is not None:
            self.desk.tasks.write(services.indicators.retire, now.id, reason, owner=self)

    def do_next(self) -> None:
        """The one thing to do on the tab in front."""
        if self.tabs.currentIndex() == CONFLICTS:
            self.settle()
        else:
            self.set_line()

    def set_line(self, refused: Exception | None = None) -> None:
        """Baseline and target of the branch under the cursor."""
        line = self._line_that_applies(Action.EDIT_BASELINES)
        if line is None or self.chosen is None or self.shown is None:
            return
        drafts = LineDialog.ask(self, line, self.chosen.now, self.shown.quarter.year, self.shown.today, refused)
        if drafts is not None:
            self.desk.tasks.write(services.indicators.set_line, *drafts, failed=self.set_line, owner=self)

    def record(self) -> None:
        """A value that a department gave or the township checked, for the branch under the cursor."""
        line = self._line_that_applies(Action.RECORD_VALUES)
        if line is not None and self.chosen is not None:
            ValueDialog.ask(self, self.desk, line, self.chosen.now)

    def exempt(self) -> None:
        """Say that the indicator does not apply to the branch under the cursor, or that it does again."""
        line = self.lines.current()
        if line is None or self.chosen is None or self.shown is None:
            return
        words = _("不适用") if line.applies else _("恢复适用")
        note = _("不适用的指标不计分，权重分给其他项。") if line.applies else _("恢复后须有基线和目标才能计分。")
        title = f"{line.org_name} · {self.chosen.now.name}"
        reason = Reason.ask(self, title, note, _("{what}的理由").format(what=words), words)
        if reason is not None:
            service = services.indicators.not_applicable if line.applies else services.indicators.applicable_again
            where = (line.org_id, self.chosen.now.id, self.shown.quarter.year)
            self.desk.tasks.write(service, *where, reason, owner=self)

    def settle(self) -> None:
        """Rule between origins that differ."""
        conflict = self.conflicts.current()
        if conflict is None or self.shown is None or not self._may(Action.RECORD_VALUES):
            return
        quarter = self.shown.quarter
        draft = SettleDialog.ask(self, conflict, quarter.id, min(self.shown.today, quarter.ends_on))
        if draft is not None:
            self.desk.tasks.write(services.indicators.settle_conflict, draft, owner=self)

    # Inside

    def _assemble(self) -> None:
        self.heading.setFont(theme.font("body", bold=True))
        self.note.setObjectName("quiet")
        self.tabs.addTab(self.definition, _("口径"))
        self.tabs.addTab(self._plot_place(), _("各支部"))
        self.tabs.addTab(self._lines_place(), _("数据"))
        self.tabs.addTab(self.conflicts, _("不一致"))
        for table in (self.lines, self.conflicts):
            table.setContentsMargins(0, theme.gap(0.4), 0, 0)
        self.tabs.setCurrentIndex(PLOT)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.tabs, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.6))
        split.addWidget(self.library)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.span(self, 17), theme.span(self, 60)])
        self.content.addWidget(split, 1)

    def _plot_place(self) -> QWidget:
        place = QWidget(self)
        tools = QHBoxLayout()
        tools.addWidget(self.category)
        tools.addWidget(self.note, 1)
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.category.setAccessibleName(_("支部类别"))
        scroll = QScrollArea(place)
        scroll.setWidget(self.chart)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chart.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, theme.gap(0.4), 0, 0)
        column.addLayout(tools)
        column.addWidget(scroll, 1)
        return place

    def _lines_place(self) -> QWidget:
        self.record_button = self.lines.add_tool(_("登记实绩…"), "edit", self.record)
        self.exempt_button = self.lines.add_tool(_("不适用…"), "close", self.exempt)
        return self.lines

    def _line_that_applies(self, action: Action) -> IndicatorLine | None:
        """The branch under the cursor, for whoever may; a branch that the indicator does not concern is told."""
        line = self.lines.current()
        if line is None or not self._may(action):
            return None
        if not line.applies:
            self.desk.say(_("这项指标对“{org}”不适用。").format(org=line.org_name))
            return None
        return line

    def _choose(self, indicator_id: int) -> None:
        self._wanted = indicator_id
        quarter = self.desk.selection.quarter
        if quarter is None:
            return
        self.desk.tasks.read(
            read_one,
            indicator_id,
            quarter.year,
            self.desk.actor,
            done=lambda chosen: self._show_chosen(chosen) if indicator_id == self._wanted else None,
            owner=self,
        )

    def _show_chosen(self, chosen: Chosen) -> None:
        self.chosen = chosen
        now = chosen.now
        self.heading.setText(f"{now.code} {now.name}" + (f"（{now.unit}）" if now.unit else ""))
        self.definition.show_versions(chosen.versions)
        self.lines.set_rows(chosen.lines)
        self.category.setVisible(len(chosen.lines) > 1)
        self.tabs.setTabText(PLOT, _("各支部") if len(chosen.lines) > 1 else _("本支部"))
        self._draw()
        self._follow_tab()

    def _draw(self) -> None:
        if self.chosen is None:
            return
        wanted, now = self.category.currentData(), self.chosen.now
        inside = [line for line in self.chosen.lines if not wanted or line.category == wanted]
        shown = [line for line in inside if line.applies]
        number = self._quarter_number()
        missing = sum(line.now(number) is None for line in shown)
        self.note.setText(indicator_columns.plot_note(shown, len(inside) - len(shown), missing))
        least = self.shown.least if self.shown is not None and wanted else 0
        if 0 < len(shown) < least:
            self.note.setText(_("同类不足 {n} 个，不作比较；各支部的数见“数据”。").format(n=least))
        if not shown or len(shown) < least:
            self.chart.show_figure(None)
            return
        per_point = theme.font("small").pointSizeF() * self.logicalDpiY() / 72 / CHART_TEXT
        self.chart.setMinimumHeight(round(heights.of_rows(len(shown)) * per_point))
        self.chart.setMaximumHeight(round(heights.of_rows(max(len(shown), FEW)) * per_point * SPREAD))
        self.chart.show_figure(
            partial(_dots, shown, now, number),
            _("{name}：各支部基线、目标和本季实绩").format(name=now.name),
        )

    def _quarter_number(self) -> int:
        quarter = self.desk.selection.quarter
        return 1 if quarter is None else quarter.number

    def _follow_rights(self) -> None:
        may = self._may(Action.EDIT_INDICATORS)
        for button in (self.add_button, self.edit_button, self.retire_button):
            button.setVisible(may)
        self.exempt_button.setVisible(self._may(Action.EDIT_BASELINES))
        self.record_button.setVisible(self._may(Action.RECORD_VALUES))

    def _follow_tab(self) -> None:
        tab = self.tabs.currentIndex()
        settles = tab == CONFLICTS and self._may(Action.RECORD_VALUES) and self.conflicts.model.rowCount() > 0
        sets = tab == LINES and self._may(Action.EDIT_BASELINES) and self.lines.model.rowCount() > 0
        self.next_button.setText(_("核定") if settles else _("设基线和目标"))
        self.next_button.setVisible(settles or sets)
        table = self.conflicts if settles else self.lines
        if (settles or sets) and table.current() is None:
            table.view.selectRow(0)

    def _ask_definition(
        self, start: IndicatorDraft, indicator_id: int | None, refused: Exception | None = None
    ) -> None:
        categories = self.shown.categories if self.shown else ()
        draft = IndicatorDialog.ask(self, self.desk, start, categories, is_new=indicator_id is None, refused=refused)
        if draft is None:
            return
        again = partial(self._ask_definition, draft, indicator_id)
        if indicator_id is None:
            self.desk.tasks.write(
                services.indicators.create, draft, done=lambda made: self._turn_to(made.value), failed=again, owner=self
            )
        else:
            self.desk.tasks.write(services.indicators.new_version, indicator_id, draft, failed=again, owner=self)

    def _turn_to(self, indicator_id: int) -> None:
        """Show an indicator that has just been made: whatever was searched for before, it stands there, selected."""
        self.library.search.clear()
        self._wanted = indicator_id
        self.tabs.setCurrentIndex(DEFINITION)
        self.refresh()

    def _may(self, action: Action) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(action)


def _dots(
    shown: list[IndicatorLine],
    meaning: IndicatorView,
    quarter: int,
    size: tuple[float, float],
    theme_name: str,
    dpi: float,
) -> Any:
    from okr_desk.charts import indicators

    from_zero = meaning.accumulation is Accumulation.YEAR_TO_DATE
    return indicators.dots(shown, meaning.unit, quarter, size, theme_name, dpi, from_zero)
