"""An indicator's definition in words, with its earlier versions below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules import usual_rule
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme


class Definition(QScrollArea):
    """Facts as name and words; each earlier version says from when, and why it was replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("指标口径"))

    def show_versions(self, versions: Sequence[IndicatorView]) -> None:
        """The newest first."""
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(theme.gap(0.2), theme.gap(0.6), theme.gap(0.2), theme.gap(0.2))
        halves = QHBoxLayout()
        halves.setSpacing(theme.gap(1.6))
        halves.addLayout(_form(_("怎么统计"), facts(versions[0])), 1)
        halves.addLayout(_form(_("通常怎么计分"), scoring(versions[0])), 1)
        column.addLayout(halves)
        if len(versions) > 1:
            column.addSpacing(theme.gap(0.6))
            head = QLabel(_("口径沿革"))
            head.setFont(theme.font("body", bold=True))
            column.addWidget(head)
            for version in versions:
                column.addWidget(_wrapped(_history(version)))
        column.addStretch(1)
        self.setWidget(place)
        place.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


def facts(view: IndicatorView) -> list[tuple[str, str]]:
    """What a definition says, as name and words."""
    found = [
        (_("编号"), view.code),
        (_("名称"), view.name),
        (_("单位"), view.unit or _("无")),
        (_("方向"), _("越高越好") if view.direction == "up" else _("越低越好")),
        (_("维度"), label(view.dimension)),
        (_("统计频次"), label(view.frequency)),
        (_("统计口径"), _accumulation(view)),
        (_("适用类别"), _("、").join(view.categories) or _("全部支部")),
        (_("小数位数"), str(view.decimals)),
        (_("佐证材料"), _evidence(view)),
        (_("来源先后"), " > ".join(label(origin) for origin in view.precedence)),
        (_("允许误差"), plain(view.tolerance) + view.unit),
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


def _evidence(view: IndicatorView) -> str:
    kind = view.evidence or _("不要求")
    return _("{kind}（每季最多 {n} 份）").format(kind=kind, n=view.evidence_limit)


def _history(view: IndicatorView) -> str:
    said = _("第 {n} 版，{day} 起：{name}（{unit}），{way}").format(
        n=view.version, day=view.valid_from, name=view.name, unit=view.unit, way=label(view.accumulation)
    )
    return said + (_("。修改理由：{reason}").format(reason=view.reason) if view.reason else "")


def _form(title: str, rows: list[tuple[str, str]]) -> QVBoxLayout:
    head = QLabel(title)
    head.setFont(theme.font("body", bold=True))
    form = QFormLayout()
    form.setHorizontalSpacing(theme.gap(1))
    form.setVerticalSpacing(theme.gap(0.35))
    for name, words in rows:
        quiet = QLabel(name)
        quiet.setObjectName("quiet")
        quiet.setAlignment(Qt.AlignmentFlag.AlignTop)
        form.addRow(quiet, _wrapped(words))
    column = QVBoxLayout()
    column.setSpacing(theme.gap(0.45))
    column.addWidget(head)
    column.addLayout(form)
    column.addStretch(1)
    return column


def _wrapped(text: str) -> QLabel:
    words = QLabel(text)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
