"""An indicator's definition in words with its earlier versions, and beside it the usual rule to be tried."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules import usual_rule
from okr_desk.rules.rule_filling import form_of
from okr_desk.rules.rule_sentences import plainly
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.rule_trial import Given, RuleTrial

NARROW = 24
"""Characters of width below which names stand above their words."""


class Definition(QWidget):
    """Left facts as name and words, each earlier version with from when and why; right the rule as curve and trial."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: IndicatorView | None = None
        self._forms: list[QFormLayout] = []
        self.words = _scrolling(_("指标口径"), self)
        self.trial = RuleTrial(desk, Given(), self)
        self.side = _scrolling(_("试算"), self)
        self.side.setWidget(self.trial)
        self.side.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.6), 0, 0)
        layout.setSpacing(theme.gap(0.8))
        layout.addWidget(self.words, 6)
        layout.addWidget(self.side, 5)
        self.trial.typed.connect(self._try)

    def show_versions(self, versions: Sequence[IndicatorView]) -> None:
        """The newest first. What was typed into the trial stays as long as the definition does."""
        now, before = versions[0], self._shown
        self._shown = now
        if before is None or (before.id, before.version) != (now.id, now.version):
            self._begin_trial(now)
        self._say(versions)

    # Inside

    def _begin_trial(self, view: IndicatorView) -> None:
        self.side.setVisible(bool(view.usual_rule))
        if not view.usual_rule:
            return
        spare = None if view.usual_points else _full(view)
        given = Given(view.unit, (), view.usual_baseline, view.usual_target, view.decimals, spare)
        self.trial.begin_with(given)
        self.trial.show_form(form_of(view.usual_rule))
        self._try()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) + theme.gap(0.3)
        self.side.setMinimumWidth(self.trial.minimumSizeHint().width() + bar)

    def _try(self) -> None:
        view = self._shown
        if view is None or not view.usual_rule:
            return
        refused = self.trial.try_out(view.usual_rule, _full(view))
        if refused is not None:
            self.trial.wait(plainly(refused.sentence))

    def _say(self, versions: Sequence[IndicatorView]) -> None:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, theme.gap(0.4), 0)
        beside = QBoxLayout.Direction.LeftToRight if self.side.isHidden() else QBoxLayout.Direction.TopToBottom
        halves = QBoxLayout(beside)
        halves.setSpacing(theme.gap(0.9))
        self._forms = [_form(facts(versions[0])), _form(scoring(versions[0]))]
        halves.addLayout(_titled(_("怎么统计"), self._forms[0], versions[0].method), 1)
        halves.addLayout(_titled(_("通常怎么计分"), self._forms[1]), 1)
        column.addLayout(halves)
        if len(versions) > 1:
            column.addSpacing(theme.gap(0.6))
            head = QLabel(_("口径沿革"))
            head.setFont(theme.font("body", bold=True))
            column.addWidget(head)
            for version in versions:
                column.addWidget(_wrapped(_history(version)))
        column.addStretch(1)
        self.words.setWidget(place)
        place.setAutoFillBackground(False)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """Names stand above their words where there is no room beside them."""
        narrow = self.words.width() < theme.span(self, NARROW)
        policy = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.DontWrapRows
        for form in self._forms:
            form.setRowWrapPolicy(policy)


def facts(view: IndicatorView) -> list[tuple[str, str]]:
    """What a definition says, as name and words; code, name and unit stand in the heading above."""
    found = [
        (_("方向"), _("越高越好") if view.direction == "up" else _("越低越好")),
        (_("统计频次"), label(view.frequency)),
        (_("统计口径"), _accumulation(view)),
        (_("适用类别"), _("、").join(view.categories) or _("全部支部")),
        (_("佐证材料"), _evidence(view)),
        (_("来源先后"), " > ".join(label(origin) for origin in view.precedence)),
        (_("精度"), _exactness(view)),
        (_("版本"), _("第 {n} 版，{day} 起").format(n=view.version, day=view.valid_from)),
    ]
    if view.retired_on is not None:
        found.append((_("停用"), _("{day}：{reason}").format(day=view.retired_on, reason=view.reason)))
    return found


def scoring(view: IndicatorView) -> list[tuple[str, str]]:
    """What a scheme takes over from a definition, as name and words."""
    return [
        (_("通常基线 → 目标"), _line(view)),
        (_("通常分值"), _points(view)),
        (_("通常规则"), usual_rule.in_words(view.usual_rule) or _("未设")),
        (_("数据来源"), view.computed_from or _("逐次填报")),
        (_("依据"), view.source or _("未写")),
    ]


def _full(view: IndicatorView) -> Decimal:
    """The full points that the usual rule is tried with."""
    return usual_rule.full_points(view.usual_rule, view.usual_points, usual_rule.TRIED)


def _line(view: IndicatorView) -> str:
    start, aim = (None if one is None else plain(one) + view.unit for one in (view.usual_baseline, view.usual_target))
    if start and aim:
        return f"{start} → {aim}"
    if start or aim:
        return _("目标 {amount}").format(amount=aim) if aim else _("基线 {amount}").format(amount=start)
    return _("由各支部自定")


def _points(view: IndicatorView) -> str:
    if view.usual_points is None:
        return _("未设")
    return _("{n} 分").format(n=plain(view.usual_points)) if view.usual_points else _("备选，不自动列入评分方案")


def _accumulation(view: IndicatorView) -> str:
    words = {
        "point_in_time": _("时点：截至季末那一天的数"),
        "period": _("当期：只算本季度"),
        "year_to_date": _("年累计：从 1 月 1 日累计到季末，每年从 0 起算"),
    }
    return words[view.accumulation.value]


def _exactness(view: IndicatorView) -> str:
    allowed = plain(view.tolerance) + view.unit
    if view.decimals == 0:
        return _("整数，允许误差 {allowed}").format(allowed=allowed)
    return _("{n} 位小数，允许误差 {allowed}").format(n=view.decimals, allowed=allowed)


def _evidence(view: IndicatorView) -> str:
    kind = view.evidence or _("不要求")
    return _("{kind}（每季最多 {n} 份）").format(kind=kind, n=view.evidence_limit)


def _history(view: IndicatorView) -> str:
    said = _("第 {n} 版，{day} 起：{name}（{unit}），{way}").format(
        n=view.version, day=view.valid_from, name=view.name, unit=view.unit, way=label(view.accumulation)
    )
    return said + (_("。修改理由：{reason}").format(reason=view.reason) if view.reason else "")


def _form(rows: list[tuple[str, str]]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.gap(1))
    form.setVerticalSpacing(theme.gap(0.35))
    for name, words in rows:
        quiet = QLabel(name)
        quiet.setObjectName("quiet")
        quiet.setAlignment(Qt.AlignmentFlag.AlignTop)
        form.addRow(quiet, _wrapped(words))
    return form


def _titled(title: str, form: QFormLayout, sentence: str = "") -> QVBoxLayout:
    head = QLabel(title)
    head.setFont(theme.font("body", bold=True))
    column = QVBoxLayout()
    column.setSpacing(theme.gap(0.45))
    column.addWidget(head)
    if sentence:
        column.addWidget(_wrapped(sentence))
    column.addLayout(form)
    column.addStretch(1)
    return column


def _scrolling(name: str, parent: QWidget) -> QScrollArea:
    """A place that scrolls up and down where large text has no room."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setAccessibleName(name)
    return area


def _wrapped(text: str) -> QLabel:
    words = QLabel(text)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
