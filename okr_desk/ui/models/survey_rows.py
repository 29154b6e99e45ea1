"""The results of a round as rows of a table: every number with its steps, what is too little said as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.scoring.sample_size import LEAST_ANSWERS, too_few_note
from okr_desk.terms import Status, SurveyChange, SurveyVerdict, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import SHAPE, room

PLACES = 1
VERDICT_LIGHTS = {
    SurveyVerdict.REACHED: Status.ON_TRACK,
    SurveyVerdict.MISSED: Status.BEHIND,
    SurveyVerdict.OPEN: Status.WATCH,
    SurveyVerdict.NOT_JUDGED: Status.DUE,
}
"""The shape that stands before a verdict: ● reached, ■ missed, ▲ open, ○ not judged."""
ORDER = tuple(SurveyVerdict)


@dataclass(frozen=True)
class IntervalMark:
    """What the small bar shows, all on the scale of the score from `worst` to `best`."""

    low: Decimal
    estimate: Decimal
    high: Decimal
    target: Decimal | None
    worst: Decimal
    best: Decimal


@dataclass(frozen=True)
class ResultRow:
    """A branch in a round. `doubts`: what a person should look at; `too_few` answers have no figures.

    `rolling`: four quarters together, None where there was only one.
    """

    result: BranchResult
    mark: IntervalMark | None
    doubts: tuple[str, ...] = ()
    rolling: Rolling | None = None

    @property
    def together(self) -> SurveyVerdict | None:
        """What four quarters together say where this one alone reaches no verdict."""
        return survey_rolling.verdict_beside(self.result, self.rolling)

    @property
    def too_few(self) -> bool:
        """Whether there are fewer answers than a percentage may be given of."""
        return self.result.overall.answered < LEAST_ANSWERS

    @property
    def verdict(self) -> SurveyVerdict | None:
        """The verdict on the target; None where there is no target or no answer."""
        return None if self.result.judgement is None else self.result.judgement.verdict


def rows(of: SurveyOverview) -> tuple[ResultRow, ...]:
    """A row for each branch that was asked or answered."""
    if of.result is None:
        return ()
    scores = of.result.round.definition.scores
    return tuple(
        ResultRow(one, _mark(one, scores), _doubts(one, of), of.rolling.get(one.org.id)) for one in of.result.branches
    )


def columns() -> tuple[Column, ...]:
    """The columns of the results; counts first, then the figures, then what they say."""
    return (
        Column(_("支部"), lambda row: row.result.org.short_name, keys=lambda row: row.result.org.search_keys,
               width=9, stretch=True),
        Column(_("有效"), lambda row: str(row.result.ballots), sort=lambda row: row.result.ballots, look="number"),
        Column(_("作废"), lambda row: _some(row.result.returned.void), sort=lambda row: row.result.returned.void,
               look="number"),
        Column(_("存疑"), lambda row: _some(row.result.returned.suspect), sort=lambda row: row.result.returned.suspect,
               look="number"),
        Column(_("测评得分"), score_text, sort=lambda row: None if row.too_few else _estimate(row), look="number",
               tooltip=_why_none, explained=score_explained, width=4.6),
        Column(_("区间"), interval_text, sort=lambda row: row.mark.low if row.mark else None, look="interval",
               value=lambda row: row.mark, tooltip=interval_text, width=9.5),
        Column(_("目标值"), lambda row: _number(row.result.target), sort=lambda row: row.result.target, look="number"),
        Column(_("判定"), verdict_text, sort=_verdict_place, look="verdict", value=lambda row: row.verdict,
               tooltip=_verdict_why, explained=verdict_explained, width=_verdict_room()),
        Column(_("近四季合计（不是本季判定）"), together_text, sort=_together_place, look="verdict",
               value=lambda row: row.together, tooltip=together_why, explained=together_explained,
               head=_("四季合计"), width=_together_room()),
        Column(_("满意率（宽口径）"), rate_text, sort=lambda row: row.result.rate.estimate if _has_rate(row) else None,
               look="number", tooltip=_why_none, explained=rate_explained, head=_("满意率"), width=5.4),
        Column(_("满意率（窄口径）"), narrow_text, sort=lambda row: row.result.narrow if _has_rate(row) else None,
               look="number", explained=narrow_explained, head=_("窄口径"), width=5.4),
        Column(_("回收率"), lambda row: percent(row.result.response) if row.result.response is not None else "",
               sort=lambda row: row.result.response, look="number", explained=response_explained, width=4),
        Column(_("证据等级"), lambda row: row.result.evidence.grade.value, explained=evidence_explained,
               tooltip=lambda row: "\n".join(row.result.evidence.reasons), head=_("证据"),
               width=max(room(_("证据")), 3.2)),
        Column(_("比上次"), change_text, sort=_change_place, explained=change_explained, width=5),
        Column(_("核查"), lambda row: _("请核查") if row.doubts else "", tooltip=lambda row: "\n".join(row.doubts),
               width=room(_("请核查"))),
    )  # fmt: skip


def score_text(row: ResultRow) -> str:
    """The score with one decimal; nothing where there are too few answers."""
    return "" if row.too_few or row.result.score is None else plain(row.result.score.estimate, PLACES)


def interval_text(row: ResultRow) -> str:
    """The limits of the score."""
    if row.mark is None:
        return ""
    if row.mark.low == row.mark.high:
        return _("普查")
    return _("{low}～{high}").format(low=plain(row.mark.low, PLACES), high=plain(row.mark.high, PLACES))


def rate_text(row: ResultRow) -> str:
    """The wide rate in percent."""
    return percent(row.result.rate.estimate, PLACES) if _has_rate(row) and row.result.rate else ""


def narrow_text(row: ResultRow) -> str:
    """The narrow rate in percent."""
    return percent(row.result.narrow, PLACES) if _has_rate(row) else ""


def verdict_text(row: ResultRow) -> str:
    """The verdict in one word; that there is no target where there is none."""
    if row.verdict is not None:
        return label(row.verdict)
    return _("未设目标") if row.result.overall.answered else ""


def together_text(row: ResultRow) -> str:
    """The verdict of four quarters together, where this one alone has none."""
    return "" if row.together is None else label(row.together)


def together_why(row: ResultRow) -> str:
    """Of how many answers of which quarters, and that it is not the verdict of this one."""
    if row.together is None or row.rolling is None:
        return ""
    said = _("{quarters}合计作答 {n} 份：{verdict}。这是近四个季度合在一起的结论，不是本季度的判定。")
    quarters = _("、").join(one.quarter.label for one in row.rolling.rounds)
    return said.format(quarters=quarters, n=row.rolling.n, verdict=label(row.together))


def together_explained(row: ResultRow) -> Explained | None:
    """How four quarters together come to their verdict."""
    if row.together is None or row.rolling is None or row.rolling.judgement is None:
        return None
    return Explained(
        None, (together_why(row), *survey_rolling.answers(row.rolling).steps, *row.rolling.judgement.steps)
    )


def change_text(row: ResultRow) -> str:
    """The difference to the round before with its meaning as a sign: up, down, or not confirmed."""
    change = row.result.change
    if change is None or row.too_few:
        return ""
    sign = {SurveyChange.ROSE: "↑", SurveyChange.FELL: "↓", SurveyChange.UNCONFIRMED: "≈"}[change.change]
    return f"{sign} {'+' if change.difference > 0 else ''}{plain(change.difference, PLACES)}"


def score_explained(row: ResultRow) -> Explained | None:
    """How the score came about, with the limits of its interval."""
    result = row.result
    if row.too_few or result.score is None:
        return None
    plain_score = result.likert is not None and result.score is result.likert.score
    return result.likert.explained if plain_score and result.likert is not None else result.score.explained


def rate_explained(row: ResultRow) -> Explained | None:
    """How the wide rate came about: by groups where it was."""
    result = row.result
    if row.too_few or result.rate is None:
        return None
    worst = () if result.worst is None else tuple(result.worst.steps)
    made = result.rate if result.grouped is None else result.grouped
    return Explained(result.rate.estimate, (*made.steps, *worst))


def narrow_explained(row: ResultRow) -> Explained | None:
    """The narrow rate as counts."""
    made = row.result.likert
    if row.too_few or made is None:
        return None
    satisfied, answered = made.narrow
    said = _("窄口径只计前几档：满意 {k} 份÷作答 {n} 份＝{rate}；仅供对照，判定不用它。")
    line = said.format(k=satisfied, n=answered, rate=percent(made.rate_narrow, PLACES))
    return Explained(made.rate_narrow, (line,))


def response_explained(row: ResultRow) -> Explained | None:
    """Returned of those asked, and what the silent ones could change."""
    result = row.result
    if result.response is None:
        return None
    said = _("有效答卷 {n} 份÷发放 {invited} 份＝{rate}").format(
        n=result.ballots, invited=result.invited, rate=percent(result.response, PLACES)
    )
    return Explained(result.response, (said, *(() if result.worst is None else result.worst.steps)))


def evidence_explained(row: ResultRow) -> Explained:
    """The reasons of the grade."""
    return Explained(None, row.result.evidence.steps)


def verdict_explained(row: ResultRow) -> Explained | None:
    """How the verdict came about, with what it would have taken."""
    return None if row.result.judgement is None else Explained(None, row.result.judgement.steps)


def change_explained(row: ResultRow) -> Explained | None:
    """The difference to the round before with its interval."""
    result = row.result
    if result.change is None or result.before is None or row.too_few:
        return None
    line = _("与“{name}”比较：{said}。").format(name=result.before.name, said=label(result.change.change))
    return Explained(result.change.difference, (line, *result.change.steps))


def findings(result: BranchResult) -> tuple[str, ...]:
    """What the checks of the answers ask people to look at, as sentences; one sign alone asks nobody."""
    found = result.findings
    return tuple(one.sentence for one in found.signals) if found is not None and found.check else ()


def _doubts(result: BranchResult, of: SurveyOverview) -> tuple[str, ...]:
    found = list(findings(result))
    people = [one.population for one in of.populations if one.org_id == result.org.id]
    known = [one for one in people if one is not None]
    if known and len(known) == len(people) and sum(known) < result.overall.answered:
        said = _("登记人数 {people} 人，少于作答 {n} 份，这里按人数不明计算，请核对人数。")
        found.append(said.format(people=sum(known), n=result.overall.answered))
    if result.invited is not None and result.ballots > result.invited:
        said = _("有效答卷 {n} 份，多于发放 {invited} 份，请核对发放数。")
        found.append(said.format(n=result.ballots, invited=result.invited))
    return tuple(found)


def _mark(result: BranchResult, scores: Sequence[Decimal]) -> IntervalMark | None:
    if result.score is None or result.overall.answered < LEAST_ANSWERS:
        return None
    held = result.score
    return IntervalMark(held.low, held.estimate, held.high, result.target, scores[-1], scores[0])


def _verdict_room() -> float:
    return room(_("未设目标"), *(label(one) for one in SurveyVerdict)) + SHAPE + 0.4


def _together_room() -> float:
    return room(_("四季合计"), *(label(one) for one in (SurveyVerdict.REACHED, SurveyVerdict.MISSED))) + SHAPE + 0.4


def _together_place(row: ResultRow) -> int:
    return len(ORDER) if row.together is None else ORDER.index(row.together)


def _verdict_place(row: ResultRow) -> int:
    return len(ORDER) if row.verdict is None else ORDER.index(row.verdict)


def _verdict_why(row: ResultRow) -> str:
    return row.result.judgement.steps[-1] if row.result.judgement is not None else ""


def _change_place(row: ResultRow) -> Decimal | None:
    return None if row.result.change is None or row.too_few else row.result.change.difference


def _why_none(row: ResultRow) -> str:
    return too_few_note() if row.too_few and row.result.overall.answered else ""


def _has_rate(row: ResultRow) -> bool:
    return not row.too_few and row.result.rate is not None


def _estimate(row: ResultRow) -> Decimal | None:
    return None if row.result.score is None else row.result.score.estimate


def _some(count: int) -> str:
    return str(count) if count else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
