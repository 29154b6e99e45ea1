"""The verdict on a satisfaction target: only an interval wholly on one side of it decides; else nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, z_value
from okr_desk.scoring.explained import Explained, Steps
from okr_desk.scoring.intervals import Interval, interval
from okr_desk.scoring.likert import VALUES, Likert, likert
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.sample_size import (
    LEAST_ANSWERS,
    answers_for,
    check_rate_target,
    needed_counts,
    needed_notes,
    size_to_decide,
    smallest_proving,
    too_few_note,
)
from okr_desk.terms import SurveyVerdict, label


@dataclass(frozen=True)
class Judgement:
    """A verdict with what it would have taken.

    `needed` is the number of satisfied answers, or the score, from which so many answers prove the target; None where
    they never can. `more` is about how many more answers would decide at the rate seen; None where none are missing or
    none would help.
    """

    verdict: SurveyVerdict
    needed: Decimal | None
    more: int | None
    interval: Interval
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The estimate that was judged, with the steps to the verdict."""
        return Explained(self.interval.estimate, self.steps)


def judge(found: Interval, n: int, target: Decimal, obstacle: str = "") -> SurveyVerdict:
    """The bare verdict on an interval of n answers, on the scale of its target; equality reaches a target.

    `obstacle` says why the answers cannot be judged (evidence grade D); fewer than 15 answers never can. Unrounded
    limits are compared. Source: methods A5; design, section 8 "Satisfaction score".
    """
    if obstacle or n < LEAST_ANSWERS:
        return SurveyVerdict.NOT_JUDGED
    if found.low >= target:
        return SurveyVerdict.REACHED
    return SurveyVerdict.MISSED if found.high < target else SurveyVerdict.OPEN


def judge_rate(
    successes: int,
    n: int,
    target: Decimal,
    population: int | None = None,
    level: Decimal = LEVEL,
    obstacle: str = "",
) -> Judgement:
    """The verdict on a satisfied share k ÷ n against a target rate (0..1).

    Raises InputRefused for a target outside 0..1 and as intervals do. Source: methods A5.
    """
    check_rate_target(target)
    found = interval(successes, n, population, level)
    verdict = judge(found, n, target, obstacle)
    counts = needed_counts(n, target, population, level)
    needed = None if counts.reached is None or n < LEAST_ANSWERS else Decimal(counts.reached)
    more = _more(verdict, n, found.estimate, target, population, level)

    def told() -> tuple[str, ...]:
        said = _said(verdict, found, n, target, more, obstacle)
        if n < LEAST_ANSWERS:
            return _("答卷 {n} 份，满意 {k} 份。").format(n=n, k=successes), *said
        return *found.steps, *needed_notes(n, target, counts, smallest_proving(target, population, level)), *said

    return Judgement(verdict, needed, more, found, Steps(told))


def judge_score(
    counts: Sequence[int],
    target: Decimal,
    values: Sequence[Decimal] = VALUES,
    unsure: int = 0,
    population: int | None = None,
    level: Decimal = LEVEL,
    obstacle: str = "",
) -> Judgement:
    """The verdict on the score of a graded question (counts from best to worst) against a target on the same scale.

    The score needed supposes that answers scatter as they do. Raises InputRefused for a target outside the scale and as
    `likert` does. Source: methods A5; design, section 8: a verdict uses the scale of its target.
    """
    scored = likert(counts, values, unsure, population, level)
    best, worst = values[0], values[-1]
    if not (target.is_finite() and worst < target <= best):
        said = _("得分目标 target 须大于 {worst}、不超过 {best}，与各档分值同一尺度。")
        raise InputRefused(said.format(worst=plain(worst), best=plain(best)), "target")
    n = sum(counts)
    verdict = judge(scored.score, n, target, obstacle)
    needed = _needed_score(scored, best, worst, target) if n >= LEAST_ANSWERS else None
    more = _more_for_score(verdict, scored, n, (best, worst), target, population)

    def told() -> tuple[str, ...]:
        if n < LEAST_ANSWERS:
            return _("有效答卷 {n} 份。").format(n=n), *_said(verdict, scored.score, n, target, more, obstacle)
        asked = (
            _("按现有份数和离散程度，即使得分为 {best} 也不能证明达到 {target}。").format(
                best=plain(best), target=plain(target)
            )
            if needed is None
            else _("按现有份数和离散程度，得分约达到 {needed} 才能证明达到 {target}。").format(
                needed=plain(needed, 2), target=plain(target)
            )
        )
        return *scored.steps, asked, *_said(verdict, scored.score, n, target, more, obstacle)

    return Judgement(verdict, needed, more, scored.score, Steps(told))


def _needed_score(scored: Likert, best: Decimal, worst: Decimal, target: Decimal) -> Decimal | None:
    """Wilson's lower limit is τ where p = τ + z·√(τ(1 − τ) ÷ m)."""
    size = scored.score.effective_n
    if size is None:
        return target
    with wide():
        aim = (target - worst) / (best - worst)
        share = aim + z_value(scored.score.level) * (aim * (1 - aim) / size).sqrt()
        return kept(worst + (best - worst) * share) if share <= 1 and aim < 1 else None


def _more(
    verdict: SurveyVerdict, n: int, share: Decimal, target: Decimal, population: int | None, level: Decimal
) -> int | None:
    if verdict is SurveyVerdict.NOT_JUDGED:
        return max(LEAST_ANSWERS - n, 0) or None
    size = size_to_decide(share, target, level) if verdict is SurveyVerdict.OPEN else None
    return None if size is None else max(answers_for(size, population) - n, 1)


def _more_for_score(
    verdict: SurveyVerdict,
    scored: Likert,
    n: int,
    ends: tuple[Decimal, Decimal],
    target: Decimal,
    population: int | None,
) -> int | None:
    """As for a rate, with what one answer tells kept as it is."""
    found, (best, worst) = scored.score, ends
    if verdict is not SurveyVerdict.OPEN or found.effective_n is None:
        return _more(verdict, n, found.estimate, target, population, found.level)
    with wide():
        share, aim = ((value - worst) / (best - worst) for value in (found.estimate, target))
        size = size_to_decide(share, aim, found.level)
        simple = Decimal(n) if population is None else Decimal(n) * (population - 1) / (population - n)
        return None if size is None else max(answers_for(size * simple / found.effective_n, population) - n, 1)


def _said(
    verdict: SurveyVerdict, found: Interval, n: int, target: Decimal, more: int | None, obstacle: str
) -> tuple[str, ...]:
    names = {
        "low": plain(found.low, 6),
        "high": plain(found.high, 6),
        "target": plain(target),
        "verdict": label(verdict),
        "n": n,
    }
    if verdict is SurveyVerdict.NOT_JUDGED:
        reason = obstacle or too_few_note()
        return _("结论：{verdict}。").format(**names) + reason, *_more_note(verdict, more)
    if found.census:
        said = _("普查结果与目标 {target} 直接比较：{verdict}。")
        return (said.format(**names),)
    sentence = {
        SurveyVerdict.REACHED: _("下限 {low} 不低于目标 {target}：{verdict}（有统计支持）。"),
        SurveyVerdict.MISSED: _("上限 {high} 低于目标 {target}：{verdict}（有统计支持）。"),
        SurveyVerdict.OPEN: _("目标 {target} 落在区间 {low} 至 {high} 之内，答卷 {n} 份：{verdict}。"),
    }[verdict]
    return sentence.format(**names), *_more_note(verdict, more)


def _more_note(verdict: SurveyVerdict, more: int | None) -> tuple[str, ...]:
    if verdict is SurveyVerdict.OPEN:
        if more is None:
            return (_("结果恰好等于目标，再多的答卷也难以判定；可合并近四个季度一并看。"),)
        return (_("照目前的结果，大约还差 {n} 份答卷才能判定；也可合并近四个季度一并看。").format(n=more),)
    if verdict is SurveyVerdict.NOT_JUDGED and more is not None:
        return (_("至少还差 {n} 份答卷。").format(n=more),)
    return ()
