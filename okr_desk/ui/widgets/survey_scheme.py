"""The tab 方案: what is asked and how it counts, whom the round asks, and what a sample would have to be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.queries.surveys import DefinitionView, PopulationView, RoundView
from okr_desk.scoring.rounding import plain
from okr_desk.survey_terms import LEVELS, ItemKind
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.survey_plan import SurveyPlan


class SurveyScheme(Place):
    """Facts at the left, the plan at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts = QScrollArea(self)
        self.facts.setWidgetResizable(True)
        self.facts.setFrameShape(QFrame.Shape.NoFrame)
        self.facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facts.setAccessibleName(_("测评方案"))
        self.plan = SurveyPlan(self)
        halves = QHBoxLayout()
        halves.setSpacing(theme.gap(1.4))
        halves.addWidget(self.facts, 3)
        halves.addWidget(self.plan, 2)
        self.layout_.addLayout(halves, 1)

    def show_scheme(self, of: SurveyOverview, may_plan: bool) -> None:
        """The definition and the round shown; the plan is for those who ask."""
        self.plan.setVisible(may_plan)
        definition = of.definition
        if definition is None:
            self.show_empty(_("{year}年还没有测评表。").format(year=of.quarter.year))
            return
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.gap(0.2), theme.gap(0.4), theme.gap(0.6), theme.gap(0.2))
        column.setSpacing(theme.gap(0.6))
        title = _("{name}（{year}年第{n}版）").format(name=definition.name, year=definition.year, n=definition.version)
        _block(column, title, _definition_facts(definition))
        if of.round is not None:
            _block(column, of.round.name, _round_facts(of.round, of.populations))
        older = [one for one in of.versions if one.id != definition.id]
        if older:
            _block(column, _("其他版本"), [(_("第{n}版").format(n=one.version), _version(one)) for one in older])
        column.addStretch(1)
        self.facts.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.facts.viewport().setAutoFillBackground(False)
        self.setCurrentWidget(self.content)


def _block(column: QVBoxLayout, title: str, facts: list[tuple[str, str]]) -> None:
    head = QLabel(title)
    head.setFont(theme.font("body", bold=True))
    head.setWordWrap(True)
    form = QFormLayout()
    form.setVerticalSpacing(theme.gap(0.3))
    form.setHorizontalSpacing(theme.gap(0.8))
    for name, words in facts:
        left, right = QLabel(name), QLabel(words)
        left.setObjectName("quiet")
        left.setAlignment(Qt.AlignmentFlag.AlignTop)
        right.setWordWrap(True)
        right.setMinimumWidth(theme.span(right, 6))
        form.addRow(left, right)
    column.addWidget(head)
    column.addLayout(form)


def _definition_facts(of: DefinitionView) -> list[tuple[str, str]]:
    asked = [
        f"{n}. {item.text}" + (_("（总体评价，得分按此题）") if item.is_overall else "")
        for n, item in enumerate(of.levels, 1)
    ]
    opened = next((item.text for item in of.items if item.kind is ItemKind.OPEN), "")
    scores = _("、").join(f"{_(level)} {plain(score)}" for level, score in zip(LEVELS, of.scores, strict=True))
    counted = _("{wide}；窄口径只计{narrow}").format(wide=_counted(of.wide), narrow=_counted(of.narrow))
    return [
        (_("题目"), "\n".join(asked)),
        (_("开放题"), opened or _("不设")),
        (_("分值"), scores),
        (_("满意率计入"), counted),
        (_("人群"), _("、").join(one.name for one in of.groups) or _("不分")),
        (_("测评方式"), _channels(of)),
        (_("是否可改"), _("已有答卷，要改只能另起一版") if of.is_frozen else _("还没有答卷，可以修改")),
    ]


def _round_facts(of: RoundView, populations: tuple[PopulationView, ...]) -> list[tuple[str, str]]:
    days = _("{first} 至 {last}").format(first=of.starts_on, last=of.ends_on)
    collected = of.collected_by or _("未写明")
    independent = _("被测评支部以外的人") if of.is_independent else _("被测评的支部自己")
    people = sum(one.population or 0 for one in populations)
    invited = sum(one.invited or 0 for one in populations)
    asked = len({one.org_id for one in populations})
    known = _("{n} 个支部，共 {people} 人，发放 {invited} 份").format(n=asked, people=people, invited=invited)
    return [
        (_("日期"), days),
        (_("怎样选人"), label(of.sampling)),
        (_("抽样人"), of.drawn_by or _("未写明")),
        (_("收集人"), _("{who}（{by}）").format(who=collected, by=independent)),
        (_("人数和发放"), known if asked else _("还没有填写，回收率和证据等级按不明处理")),
    ]


def _channels(of: DefinitionView) -> str:
    if len({weight for _channel, weight in of.channels}) <= 1:
        return _("、").join(label(channel) for channel, _weight in of.channels)
    return _("、").join(f"{label(channel)} {plain(weight)}" for channel, weight in of.channels)


def _version(of: DefinitionView) -> str:
    return of.reason or _("本年第一版")


def _counted(most: int) -> str:
    return _("、").join(_(level) for level in LEVELS[:most])
