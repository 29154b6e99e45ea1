"""Four quarters together: the usual way out where one quarter has too few answers for a verdict.

Answers of comparable rounds are pooled without a correction for finite populations: the same people may have answered
twice. Source: methods A3 "several quarters pooled", A5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import survey_counts, survey_results, surveys
from okr_desk.queries.survey_counts import CellCounts, ItemCounts
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.surveys import RoundView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.intervals import Interval, interval
from okr_desk.scoring.likert import Likert
from okr_desk.scoring.rounding import NOTHING, half_up, percent
from okr_desk.scoring.strata import Grouped
from okr_desk.scoring.verdicts import Judgement
from okr_desk.terms import SurveyVerdict, label

QUARTERS = 4
_SHOWN = 3
"""Decimals of the short way on paper."""
_TOO_MANY = 2
"""Signals that make the evidence D (methods A9)."""


@dataclass(frozen=True)
class Rolling:
    """One branch over up to four quarters. `rounds`: those it answered in, oldest first; `counts`: answers of each.

    `rate` (0..1, wide) is None where groups or ways of asking weigh differently: pooled answers cannot stand for them.
    """

    rounds: tuple[RoundView, ...]
    counts: tuple[int, ...]
    n: int
    overall: ItemCounts
    likert: Likert
    score: Interval
    rate: Interval | None
    target: Decimal | None
    judgement: Judgement | None

    @property
    def decides(self) -> bool:
        """Whether the quarters together reach a verdict; it is theirs and not the last quarter's."""
        return self.judgement is not None and self.judgement.verdict in (SurveyVerdict.REACHED, SurveyVerdict.MISSED)


def rolling(session: Reader, round_id: int, org_ids: Sequence[int] | None = None) -> dict[int, Rolling]:
    """The four quarters that end with a round, by organisation; only who answered in two of them and more.

    A quarter in which a large group was not asked bars the verdict, as it does alone. Raises Refusal for an unknown
    round.
    """
    last = surveys.round_view(session, round_id)
    rounds = [one for one in (*surveys.earlier(session, last), last) if _age(last, one) < QUARTERS]
    answered: dict[int, list[tuple[RoundView, int]]] = defaultdict(list)
    cells: dict[int, list[CellCounts]] = defaultdict(list)
    grouped: dict[int, str] = {}
    for one in rounds:
        for org_id, own in _overall(session, one, org_ids).items():
            answered[org_id].append((one, sum(cell.items[0].answered for cell in own)))
            cells[org_id] += own
        for org_id, made in survey_results.groupings(session, one, org_ids).items():
            grouped[org_id] = grouped.get(org_id, "") or _barred(made, one)
    targets = survey_results.targets_of(session, last)
    return {
        org_id: _pooled(last, some, cells[org_id], targets.get(org_id), grouped.get(org_id))
        for org_id, some in answered.items()
        if len(some) > 1
    }


def verdict_beside(alone: BranchResult, together: Rolling | None) -> SurveyVerdict | None:
    """What four quarters say where the last one alone reaches no verdict; None where they add nothing.

    Ballots that somebody has to look at first decide nothing together either.
    """
    if together is None or not together.decides or alone.judgement is None or is_doubted(alone):
        return None
    is_open = alone.judgement.verdict in (SurveyVerdict.OPEN, SurveyVerdict.NOT_JUDGED)
    return together.judgement.verdict if is_open and together.judgement is not None else None


def is_doubted(alone: BranchResult) -> bool:
    """Whether signals bar the verdict of the last quarter, and with it that of all."""
    return alone.findings is not None and len(alone.findings.signals) >= _TOO_MANY


def verdict_text(alone: BranchResult, together: Rolling) -> str:
    """The verdict of the quarters together in a word; not one where the last quarter's ballots are to be checked."""
    if together.judgement is None:
        return _("未设目标")
    return label(SurveyVerdict.NOT_JUDGED if is_doubted(alone) else together.judgement.verdict)


def why(alone: BranchResult, together: Rolling) -> Explained | None:
    """How the quarters together come to their verdict; None without a target."""
    if together.judgement is None:
        return None
    return Explained(None, alone.evidence.steps if is_doubted(alone) else together.judgement.steps)


def answers(of: Rolling) -> Explained:
    """The answers of the quarters put together, one after the other."""
    line = _("{quarter}“{name}”：总体评价作答 {n} 份")
    lines = [
        line.format(quarter=one.quarter.label, name=one.name, n=n) for one, n in zip(of.rounds, of.counts, strict=True)
    ]
    plan = _("合计 {n} 份；同一个人可能在几个季度都作答过，所以不按有限总体修正。").format(n=of.n)
    return Explained(Decimal(of.n), (*lines, plan))


def steps(alone: BranchResult, of: Rolling) -> tuple[str, ...]:
    """The quarters together on paper, short, because the sums are those of the quarter with other counts."""
    each = _("{quarter} {n} 份")
    parts = [each.format(quarter=one.quarter.label, n=n) for one, n in zip(of.rounds, of.counts, strict=True)]
    added = _("总体评价作答：{parts}，合计 {n} 份；同一个人可能几次作答，不按有限总体修正。")
    said = _("各档合计 {counts} 份；得分≈{score}，m≈{m}，{level}区间 {low} 至 {high}，算法同上；{verdict}。")
    score, low, high = (f"{half_up(one, _SHOWN):f}" for one in (of.score.estimate, of.score.low, of.score.high))
    size = of.score.effective_n
    verdict = _("合计结论：{verdict}").format(verdict=verdict_text(alone, of))
    if is_doubted(alone):
        verdict = _("本季答卷请核查，合计也不予判定")
    return (
        added.format(parts=_("、").join(parts), n=of.n),
        said.format(
            counts=_("、").join(map(str, of.overall.levels)),
            score=score,
            m=NOTHING if size is None else f"{half_up(size, 1):f}",
            level=percent(of.score.level),
            low=low,
            high=high,
            verdict=verdict,
        ),
    )


def _age(last: RoundView, one: RoundView) -> int:
    """How many quarters lie between."""
    return 4 * (last.quarter.year - one.quarter.year) + last.quarter.number - one.quarter.number


def _overall(session: Reader, of: RoundView, org_ids: Sequence[int] | None) -> dict[int, list[CellCounts]]:
    """The answers to the overall item alone, of the branches that gave any."""
    place = of.definition.overall.place or 0
    found: dict[int, list[CellCounts]] = defaultdict(list)
    for cell in survey_counts.cells(session, of, org_ids):
        if cell.items[place].answered:
            found[cell.org_id].append(replace(cell, items=(cell.items[place],)))
    return found


def _barred(of: Grouped, round_: RoundView) -> str:
    if of.interval is not None:
        return ""
    return _("{quarter}有人数占比大的组没有测或答卷过少。").format(quarter=round_.quarter.label)


def _pooled(
    last: RoundView,
    answered: Sequence[tuple[RoundView, int]],
    cells: Sequence[CellCounts],
    target: Decimal | None,
    grouped: str | None,
) -> Rolling:
    """`grouped`: None where no round counts by groups, else why a large one bars the verdict, "" where none does."""
    overall = sum((cell.items[0] for cell in cells), ItemCounts())
    made = survey_results.likert_of(last, overall, None)
    score = survey_results.score_of(last, cells, 0, made)
    assert made is not None and score is not None
    is_weighted = score is not made.score
    is_plain = grouped is None and not is_weighted
    return Rolling(
        tuple(one for one, _n in answered),
        tuple(n for _one, n in answered),
        overall.answered,
        overall,
        made,
        score,
        interval(sum(overall.levels[: last.definition.wide]), overall.answered) if is_plain else None,
        target,
        survey_results.judgement_of(last, overall, None, target, grouped or "", score if is_weighted else None),
    )
