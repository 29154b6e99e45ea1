"""Beside the results: one branch with its groups, its items, what the evidence lacks and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_caps import Standing
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.queries.surveys import DefinitionView
from okr_desk.scoring.evidence import EvidenceGrade
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.scoring.sample_size import LEAST_ANSWERS
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.models import survey_rows
from okr_desk.ui.models.survey_rows import ResultRow
from okr_desk.ui.widgets.explain_panel import ExplainedNumber


class SurveyPanel(QScrollArea):
    """Words and small tables; it scrolls where it is long. `explain_asked`: title, Explained and words of a number.

    Where evidence C caps the points the office finds a button: `lift_asked`, `restore_asked` tell it.
    """

    explain_asked = Signal(str, object, str)
    lift_asked = Signal()
    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("支部测评结果"))
        self.viewport().setAutoFillBackground(False)
        self._rows: QVBoxLayout | None = None

    def show_branch(
        self,
        row: ResultRow,
        definition: DefinitionView,
        standing: Standing | None = None,
        may_lift: bool = False,
    ) -> None:
        """One branch in the round; `standing`: the evidence that its points are held to, once the round is counted."""
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._rows.setSpacing(theme.gap(0.35))
        result = row.result
        for sentence in row.doubts:
            self._say(_("请核查：{said}").format(said=sentence), "watch")
        for sentence in judged(row):
            self._say(sentence)
        if standing is not None:
            self._cap(standing, may_lift)
        if row.rolling is not None:
            self._show_together(row, row.rolling)
        self._head(_("总体评价"))
        self._table((_("选项"), _("份数"), _("占比")), _levels(result.overall))
        if result.groups and any(one.group is not None for one in result.groups):
            self._head(_("分人群"))
            self._table((_("人群"), _("答卷"), _("人数"), _("满意率")), _groups(result, definition.wide))
        self._head(_("逐题满意率（宽口径）"))
        self._table((_("题目"), _("满意率")), _items(result, definition))
        if result.evidence.reasons:
            self._head(_("证据等级 {grade} 的原因").format(grade=result.evidence.grade.value))
            for reason in result.evidence.reasons:
                self._say(reason)
        self._rows.addStretch(1)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    # Inside

    def _show_together(self, row: ResultRow, of: Rolling) -> None:
        """The quarters put together, each number with its way; said to be theirs and not the verdict of this one."""
        self._head(_("近四个季度合计"))
        quarters = _("、").join(one.quarter.label for one in of.rounds)
        self._say(
            _("{quarters}的答卷合在一起算。这是合计的结论，不是本季度的判定，不计入指标。").format(quarters=quarters)
        )
        place = QWidget(self)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.gap(0.6))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for number, (name, words, explained) in enumerate(together_lines(row, of)):
            grid.addWidget(QLabel(name, place), number, 0)
            title = _("近四个季度合计 {name}").format(name=name)
            if explained is None:
                shown: QWidget = QLabel(words, place)
            else:
                button = ExplainedNumber(title, explained, words, place)
                button.asked.connect(partial(self._explain, words))
                shown = button
            grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignRight)
        self._add(place)

    def _explain(self, words: str, title: str, explained: Explained) -> None:
        self.explain_asked.emit(title, explained, words)

    def _cap(self, standing: Standing, may_lift: bool) -> None:
        """What the evidence does to the points, and the button that changes it."""
        if standing.grade is EvidenceGrade.D:
            self._head(_("对计分的限制"))
            self._say(_("证据等级 D，不予判定，得分待定。"))
        if standing.grade is not EvidenceGrade.C:
            return
        self._head(_("对计分的限制"))
        if standing.lift is None:
            self._say(_("证据等级 C，满意度这一项的得分有上限，见评分表。"))
            self._button(_("放宽限制"), "edit", self.lift_asked, may_lift)
            return
        said = _("已放宽限制（{by}，{day}），理由：{reason}")
        lift = standing.lift
        self._say(said.format(by=lift.by, day=lift.recorded_on.isoformat(), reason=lift.reason))
        self._button(_("撤回放宽"), "undo", self.restore_asked, may_lift)

    def _button(self, words: str, icon: str, tells: SignalInstance, is_shown: bool) -> None:
        if is_shown:
            button = QPushButton(words, self)
            icons.dress(button, icon, "text")
            button.clicked.connect(lambda _checked=False: tells.emit())
            assert self._rows is not None
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _head(self, words: str) -> None:
        head = QLabel(words, self)
        head.setFont(theme.font("body", bold=True))
        self._add(head)

    def _say(self, words: str, role: str = "") -> None:
        if not words:
            return
        said = QLabel(words, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            said.setProperty(role, True)
        self._add(said)

    def _table(self, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        place = QWidget(self)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.gap(0.6))
        grid.setVerticalSpacing(theme.gap(0.15))
        grid.setColumnStretch(0, 1)
        for number, cells in enumerate((heads, *lines)):
            for column, words in enumerate(cells):
                said = QLabel(words, place)
                if number == 0:
                    said.setObjectName("quiet")
                if column:
                    said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                else:
                    said.setWordWrap(True)
                    said.setMinimumWidth(theme.span(self, 3))
                grid.addWidget(said, number, column)
        self._add(place)

    def _add(self, widget: QWidget) -> None:
        assert self._rows is not None
        self._rows.addWidget(widget)


def together_lines(row: ResultRow, of: Rolling) -> list[tuple[str, str, Explained | None]]:
    """Answers, score, interval, rate and verdict of the quarters together: name, words, the way."""
    scored = Explained(of.score.estimate, of.likert.steps if of.score is of.likert.score else of.score.steps)
    low, high = plain(of.score.low, survey_rows.PLACES), plain(of.score.high, survey_rows.PLACES)
    found: list[tuple[str, str, Explained | None]] = [
        (_("作答（份）"), str(of.n), survey_rolling.answers(of)),
        (_("得分"), plain(of.score.estimate, survey_rows.PLACES), scored),
        (_("区间"), _("{low}～{high}").format(low=low, high=high), Explained(None, of.score.steps)),
    ]
    if of.rate is not None:
        found.append((_("满意率（宽）"), percent(of.rate.estimate, survey_rows.PLACES), of.rate.explained))
    found.append((_("合计结论"), survey_rolling.verdict_text(row.result, of), survey_rolling.why(row.result, of)))
    return found


def judged(row: ResultRow) -> tuple[str, ...]:
    """The sentence of the verdict, with what it would still take."""
    if row.result.judgement is None:
        return ()
    steps = tuple(row.result.judgement.steps)
    first = next((at for at, step in enumerate(steps) if label(row.result.judgement.verdict) in step), len(steps) - 1)
    return steps[first:]


def _levels(counts: ItemCounts) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [
        (_(level), str(n), _share(n, counts.answered)) for level, n in zip(LEVELS, counts.levels, strict=True)
    ]
    found += [(_(UNSURE), str(counts.unsure), ""), (_("漏选"), str(counts.blank), "")]
    return found


def _groups(result: BranchResult, wide: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for one in result.groups:
        rest = _("未写明") if one.ballots else _("全部")
        name = one.group.name if one.group is not None else rest
        people = "" if one.population is None else str(one.population)
        found.append((name, str(one.ballots), people, _share(sum(one.overall.levels[:wide]), one.overall.answered)))
    return found


def _items(result: BranchResult, definition: DefinitionView) -> list[tuple[str, ...]]:
    return [
        (item.text, _share(sum(counts.levels[: definition.wide]), counts.answered))
        for item, counts in zip(definition.levels, result.items, strict=True)
    ]


def _share(part: int, whole: int) -> str:
    """A share in percent; of too few answers the counts."""
    if not whole:
        return ""
    if whole < LEAST_ANSWERS:
        return _("{k}／{n} 份").format(k=part, n=whole)
    return percent(Decimal(part) / whole, survey_rows.PLACES)
