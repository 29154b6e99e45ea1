"""Weighted means of progress: key results to objective, objectives to branch, branches to township."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.progress import clamp
from okr_desk.scoring.rounding import display_near, half_up, plain
from okr_desk.terms import Nature

ZERO = Decimal(0)
LEAST_COVERAGE = Decimal("0.70")
"""Below this share of applicable weight there is no grade and no rank (methods B2, "not applicable")."""


@dataclass(frozen=True)
class Part:
    """One member of a mean. `progress` None: not reported; `applies` False: approved as not applicable."""

    weight: Decimal
    progress: Decimal | None = None
    applies: bool = True
    label: str = ""
    nature: Nature | None = None


@dataclass(frozen=True)
class Rollup:
    """A weighted mean; `coverage` (applicable) and `reported` are shares of all weight, 0..1.

    `normalised` says that the weights did not sum to 1 or 100 and were brought to proportions. With a coverage
    below `least` there is no grade and no rank.
    """

    progress: Decimal | None
    coverage: Decimal
    reported: Decimal
    steps: Sequence[str]
    normalised: bool
    least: Decimal = LEAST_COVERAGE

    @property
    def explained(self) -> Explained:
        """The mean, with its steps."""
        return Explained(self.progress, self.steps)


def rollup(parts: Sequence[Part], closed: bool = False, least: Decimal = LEAST_COVERAGE) -> Rollup:
    """The mean of the clamped parts by weight; nothing is rounded before averaging.

    What does not apply is weighted away; what is missing is left out and shown while the quarter is open, and
    counts 0 once it is closed. Without parts the mean is None. Raises InputRefused for negative weights or
    when all are 0. Source: domain 7.2, methods B2, competitors C9.
    """
    found = _combined(parts, closed)
    steps = Steps(lambda: (*found.steps, *_coverage_note(found.coverage, least)))
    return replace(found, steps=steps, least=least)


def rollup_objectives(
    objectives: Sequence[tuple[Part | Decimal, Sequence[Part]]], closed: bool = False, least: Decimal = LEAST_COVERAGE
) -> Rollup:
    """The mean of means: each objective's key results first, then the objectives by their weight.

    An objective is given by its weight, or by a Part that also carries its label. One without key results, or
    whose key results all do not apply, is weighted away. `coverage` and `reported` go down to the key results.
    """
    heads = [head if isinstance(head, Part) else Part(head) for head, _parts in objectives]
    inner = [rollup(parts, closed, least) for _head, parts in objectives]
    outer = _combined(
        [
            replace(head, progress=one.progress, applies=head.applies and one.coverage > 0)
            for head, one in zip(heads, inner, strict=True)
        ],
        closed,
    )
    if not heads:
        return outer
    whole = sum((head.weight for head in heads), ZERO)
    pairs = [(head.weight, one) for head, one in zip(heads, inner, strict=True) if head.applies]
    coverage = sum((weight * one.coverage for weight, one in pairs), ZERO) / whole

    def told() -> tuple[str, ...]:
        steps = [
            _("{name}：{step}").format(name=head.label or _("目标{n}").format(n=n), step=step)
            for n, (head, one) in enumerate(zip(heads, inner, strict=True), 1)
            for step in one.steps
        ]
        return (*steps, *outer.steps, *_coverage_note(coverage, least))

    return Rollup(
        outer.progress,
        coverage,
        sum((weight * one.reported for weight, one in pairs), ZERO) / whole,
        Steps(told),
        outer.normalised or any(one.normalised for one in inner),
        least,
    )


def _combined(parts: Sequence[Part], closed: bool) -> Rollup:
    if not parts:
        return Rollup(None, ZERO, ZERO, (_("没有可汇总的内容。"),), normalised=False)
    whole = _whole([part.weight for part in parts])
    applicable = [part for part in parts if part.applies]
    given = [part for part in applicable if part.progress is not None]
    counted = applicable if closed else given
    mean = _mean(counted)
    steps = Steps(
        lambda: (
            _("完成度＝各项（权重×完成度）之和÷计入权重之和，每项先限定在 0 至 1。"),
            *_weights_note(whole),
            *_natures_note(counted),
            *_absent_note(parts, closed),
            *_sum_note(counted, mean),
        )
    )
    return Rollup(
        mean,
        sum((part.weight for part in applicable), ZERO) / whole,
        sum((part.weight for part in given), ZERO) / whole,
        steps,
        normalised=whole not in (1, 100),
    )


def _whole(weights: Sequence[Decimal]) -> Decimal:
    if any(weight < 0 for weight in weights):
        raise InputRefused(_("权重不能为负数，请改正。"), "weight")
    whole = sum(weights, ZERO)
    if whole == 0:
        raise InputRefused(_("权重全为 0，无法汇总，请至少给一项填写权重。"), "weight")
    return whole


def _mean(parts: Sequence[Part]) -> Decimal | None:
    weight = sum((part.weight for part in parts), ZERO)
    if weight == 0:
        return None
    return sum((part.weight * _counted(part) for part in parts), ZERO) / weight


def _counted(part: Part) -> Decimal:
    return ZERO if part.progress is None else clamp(part.progress)


def _sum_note(parts: Sequence[Part], mean: Decimal | None) -> tuple[str, ...]:
    if mean is None:
        return (_("没有可计入的完成度。"),)
    weight = sum((part.weight for part in parts), ZERO)
    sum_ = "＋".join(f"{figure(part.weight)}×{figure(_counted(part))}" for part in parts)
    line = _("（{sum}）÷{weight}{result}").format(sum=sum_, weight=plain(weight), result=result(mean))
    return line, *rounding_note(mean)


def _weights_note(whole: Decimal) -> tuple[str, ...]:
    if whole in (1, 100):
        return ()
    return (_("权重合计 {sum}，不是 100，已按比例折算。").format(sum=plain(whole)),)


def _natures_note(parts: Sequence[Part]) -> tuple[str, ...]:
    committed = sum(part.nature is Nature.COMMITTED for part in parts)
    aspirational = sum(part.nature is Nature.ASPIRATIONAL for part in parts)
    if not (committed and aspirational):
        return ()
    said = _("其中承诺型 {a} 项（应达 1）、挑战型 {b} 项（应达 0.7），期望不同，看平均数时请分开看。")
    return (said.format(a=committed, b=aspirational),)


def _absent_note(parts: Sequence[Part], closed: bool) -> tuple[str, ...]:
    steps = []
    away = [part for part in parts if not part.applies]
    silent = [part for part in parts if part.applies and part.progress is None]
    if away:
        steps.append(_("不适用 {n} 项，权重由其余各项分担{names}。").format(n=len(away), names=_names(away)))
    if silent and closed:
        steps.append(_("未报送 {n} 项，已关账，按 0 计{names}。").format(n=len(silent), names=_names(silent)))
    elif silent:
        said = _("缺报 {n} 项，暂不计入，也不按 0 计{names}。")
        steps.append(said.format(n=len(silent), names=_names(silent)))
    return tuple(steps)


def _names(parts: Sequence[Part]) -> str:
    names = "、".join(part.label for part in parts if part.label)
    return _("（{names}）").format(names=names) if names else ""


def _coverage_note(coverage: Decimal, least: Decimal) -> tuple[str, ...]:
    judged = half_up(coverage, 20)  # what lies beyond is the dust of divisions
    if judged == 1:
        return ()
    shown = display_near(judged * 100, 0, (least * 100, Decimal(100)))
    note = _("适用权重占 {share}%。").format(share=shown)
    if judged >= least:
        return (note,)
    return note, _("适用权重不足 {least}%，不定等次、不排名。").format(least=plain(least * 100))
