"""The right side of 目标: what a key result is, why its number is so, its trend and its conversation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.queries.conversation import Remark
from okr_desk.queries.objectives import KeyResultView, ObjectiveView
from okr_desk.queries.wording import aim_text, reached
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import ApprovalState, KrKind, label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.evidence import EvidenceFiles
from okr_desk.ui.widgets.explain_panel import ExplainedNumber, ExplainPanel
from okr_desk.ui.widgets.figure import FigureView
from okr_desk.ui.widgets.remarks import remark_widget

SHORT = 15
"""Characters up to which two facts share a line."""


THREE_NUMBERS = 21
"""Characters of width from which three numbers stand in one row, else two."""


class KeyResultPanel(QFrame):
    """Path, title, the numbers that explain themselves, facts, chart, conversation; or the explanation asked for."""

    path_followed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.path = QPushButton(self)
        self.path.setProperty("flat", True)
        icons.dress(self.path, "branch", "text_quiet")
        self.heading = QLabel(self)
        self.heading.setWordWrap(True)
        self.heading.setFont(theme.font("body", bold=True))
        self.numbers = QGridLayout()
        self.facts = QGridLayout()
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.chart = FigureView(desk, _("趋势图"), self)
        self.talk = QVBoxLayout()
        self.explain = ExplainPanel(self)
        self._back = QPushButton(_("返回"), self)
        self._open = EvidenceFiles.beside(desk).open
        self._states = QStackedWidget(self)
        self._path = ""
        self._in_a_row = 2

        self._assemble()
        self.path.clicked.connect(self.path_followed)
        self._back.clicked.connect(lambda: self._states.setCurrentIndex(0))

    def show_key_result(self, kr: KeyResultView, objective: ObjectiveView, path: str, year: int) -> None:
        """One key result; its conversation follows when it has been read."""
        self._begin(path, f"{kr.code} {kr.title}")
        counts = kr.state is ApprovalState.APPROVED and kr.applies
        if counts:
            self._number(_("完成度"), kr.progress.explained, reached(kr.progress))
            expected = percent(kr.pace.expected)
            self._number(_("应达"), Explained(kr.pace.expected, kr.pace.steps), expected)
            if kr.pace.gap is not None:
                self._number(_("偏差"), Explained(kr.pace.gap, kr.pace.steps), _signed(kr))
        self._tell(_facts(kr))
        self._warn(kr.conflict)
        self.chart.setVisible(True)
        self._make_room(0)
        self._talk_place.show()
        self.chart.show_figure(partial(_trend, kr, year), _("{title}的趋势图").format(title=kr.title))

    def show_objective(
        self, objective: ObjectiveView, path: str, rollup: Any, below: Sequence[tuple[str, Decimal | None]] = ()
    ) -> None:
        """One objective: its mean with the steps, and its key results side by side."""
        self._begin(path, f"{objective.code} {objective.title}")
        self._number(_("完成度"), rollup.explained, percent(rollup.progress))
        facts = [
            _("权重 {n}").format(n=plain(objective.weight)),
            _("状态 {state}").format(state=label(objective.state)),
        ]
        if objective.leader:
            facts.append(_("责任人 {name}").format(name=objective.leader))
        if below:
            facts.append(_("下级对应目标 {n} 个").format(n=len(below)))
        self._tell(facts)
        reason = objective.state_reason
        is_returned = objective.state is ApprovalState.RETURNED
        words = _("退回意见：{reason}") if is_returned else _("中止理由：{reason}")
        self._warn(words.format(reason=reason) if reason else "")
        counted = [kr for kr in objective.key_results if kr.applies]
        self.chart.setVisible(bool(counted or below))
        self._make_room(len(counted) or len(below))
        if counted:
            self.chart.show_figure(partial(_bars, counted), _("各关键结果完成度"))
        else:
            self.chart.show_figure(partial(_shares, tuple(below)) if below else None, _("各支部完成度"))
        self._talk_place.hide()

    def show_conversation(self, remarks: tuple[Remark, ...]) -> None:
        """What was said, newest first."""
        self._clear(self.talk)
        if not remarks:
            nothing = QLabel(_("还没有填报。"))
            nothing.setObjectName("quiet")
            self.talk.addWidget(nothing)
        for remark in remarks:
            self.talk.addWidget(remark_widget(remark, self._open))
        self.talk.addStretch(1)

    def show_why(self, title: str, explained: Explained) -> None:
        """The steps behind a number, in place of the chart; back leads back."""
        share = _("完成度"), _("应达"), _("偏差")
        words = percent(explained.value, 1) if title in share else ""
        self.explain.show_explained(title, explained, words)
        self._states.setCurrentIndex(1)
        self._back.setFocus()

    # Inside

    def _assemble(self) -> None:
        self._talk_place = QWidget(self)
        self._talk_place.setLayout(self.talk)
        self._talk_place.setAccessibleName(_("填报记录"))
        self.talk.setContentsMargins(0, 0, 0, 0)
        self.talk.setSpacing(theme.gap(0.5))
        for grid in (self.numbers, self.facts):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(theme.gap(0.1))
        self._make_room(0)
        first, second, inner = QScrollArea(self), QWidget(self), QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.3))
        column.addLayout(self.numbers)
        column.addLayout(self.facts)
        column.addWidget(self.warning)
        column.addWidget(self.chart, 1)
        column.addWidget(self._talk_place)
        column.addStretch()
        first.setWidget(inner)
        first.setWidgetResizable(True)
        first.setFrameShape(QFrame.Shape.NoFrame)
        first.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        first.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        back = QVBoxLayout(second)
        back.setContentsMargins(0, 0, 0, 0)
        self._back.setProperty("flat", True)
        icons.dress(self._back, "chevron_left", "text_quiet")
        back.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        back.addWidget(self.explain, 1)
        self._states.addWidget(first)
        self._states.addWidget(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.7)] * 4)
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(self.path, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.heading)
        layout.addWidget(self._states, 1)
        self.setMinimumWidth(theme.span(self, 20))

    def _begin(self, path: str, title: str) -> None:
        self._states.setCurrentIndex(0)
        self._path = path
        self._elide()
        self.path.setToolTip(path)
        self.path.setVisible(bool(path))
        self.heading.setText(title)
        self._clear(self.numbers)
        self._clear(self.talk)

    def _number(self, name: str, explained: Explained, words: str) -> None:
        quiet = QLabel(name, self)
        quiet.setObjectName("quiet")
        number = ExplainedNumber(name, explained, words, self)
        number.asked.connect(self.show_why)
        if not self.numbers.count():  # a progress beyond the whole is written longer than a share
            self._in_a_row = 3 if self.width() >= theme.span(self, THREE_NUMBERS + len(words) - len("100%")) else 2
        row, column = divmod(self.numbers.count() // 2, self._in_a_row)
        self.numbers.addWidget(quiet, row, 2 * column, Qt.AlignmentFlag.AlignLeft)
        self.numbers.addWidget(number, row, 2 * column + 1, Qt.AlignmentFlag.AlignLeft)
        self.numbers.setColumnStretch(2 * self._in_a_row, 1)

    def _elide(self) -> None:
        """The path never pushes the panel wider."""
        room = max(self.width() - theme.span(self, 5), theme.span(self, 8))
        self.path.setText(self.path.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideMiddle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _tell(self, facts: list[str]) -> None:
        """Two facts a line; a long one takes the line for itself."""
        self._clear(self.facts)
        row, column = 0, 0
        for fact in facts:
            label_ = QLabel(fact, self)
            label_.setObjectName("quiet")
            label_.setWordWrap(True)
            is_long = len(fact) > SHORT
            if is_long and column:
                row, column = row + 1, 0
            self.facts.addWidget(label_, row, column, 1, 2 if is_long else 1)
            row, column = (row, 1) if not is_long and column == 0 else (row + 1, 0)

    def _make_room(self, bars: int) -> None:
        """The chart is as high as its bars need at this text size; the panel scrolls then."""
        bar = QFontMetrics(theme.font("small")).height()
        self.chart.setMinimumHeight(max(theme.line_height(self) * 9, (bars + 2) * bar))

    def _warn(self, sentence: str) -> None:
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    @staticmethod
    def _clear(layout: QLayout) -> None:
        while layout.count():
            widget = layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _trend(kr: KeyResultView, year: int, size: tuple[float, float], theme_name: str, dpi: float) -> Any:
    from okr_desk.charts import objectives

    return objectives.trend(kr, size, theme_name, year, dpi)


def _bars(key_results: list[KeyResultView], size: tuple[float, float], theme_name: str, dpi: float) -> Any:
    from okr_desk.charts import objectives

    return objectives.progress_bars(key_results, size, theme_name, dpi)


def _shares(
    below: tuple[tuple[str, Decimal | None], ...], size: tuple[float, float], theme_name: str, dpi: float
) -> Any:
    from okr_desk.charts import indicators

    return indicators.shares(below, size, theme_name, dpi)


def _signed(kr: KeyResultView) -> str:
    gap = kr.pace.gap
    words = percent(gap)
    return f"+{words}" if gap is not None and gap > 0 else words


def _facts(kr: KeyResultView) -> list[str]:
    found = []
    if kr.baseline is not None:
        since = _("（{day}，{source}）").format(day=kr.baseline_on or "", source=kr.baseline_source)
        found.append(_("基线 {amount}").format(amount=plain(kr.baseline) + kr.unit) + (since if kr.baseline_on else ""))
    if kr.kind not in (KrKind.MILESTONE, KrKind.YES_NO, KrKind.ESTABLISH_BASELINE):
        found.append(_("目标 {amount}").format(amount=aim_text(kr)))
    if kr.kind is KrKind.MILESTONE:
        nodes = _("、").join(f"{'✓' if node.done else '○'}{node.name}{plain(node.weight)}" for node in kr.nodes)
        found.append(_("节点 {nodes}").format(nodes=nodes))
    found.append(f"{label(kr.kind)} · {label(kr.nature)} · {label(kr.dimension)}")
    found.append(_("权重 {n}（占 {share}）").format(n=plain(kr.weight), share=percent(kr.share)))
    if kr.indicator_code:
        found.append(_("关联指标 {code} {name}").format(code=kr.indicator_code, name=kr.indicator_name))
    return found
