"""How good the evidence behind a rate is, A to D, with the reasons; it stands beside the rate and caps the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, figure, result
from okr_desk.scoring.response import LOW_RESPONSE, response_rate
from okr_desk.scoring.rounding import kept, percent, wide
from okr_desk.scoring.sample_size import LEAST_ANSWERS
from okr_desk.terms import Sampling, label

GOOD_RESPONSE = Decimal("0.50")
"""From this share of answers on the response is good enough for grade A."""
CAP = Decimal("0.80")
"""What grade C leaves of the full points, unless the office overrides with a reason."""
_MANY_SIGNALS = 2


class EvidenceGrade(StrEnum):
    """A: as it should be; B: one thing is missing; C: rough; D: cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True)
class Circumstances:
    """How a round was held. `invited` is None where nobody counted; `signals` are those of `signals.review`.

    `independent`: collected by somebody other than the branch. `large_group_missing`: no overall rate was possible
    (`strata.Grouped.barred`).
    """

    sampling: Sampling
    answered: int
    invited: int | None
    population_known: bool
    all_groups: bool
    independent: bool
    large_group_missing: bool = False
    signals: int = 0


@dataclass(frozen=True)
class Evidence:
    """The grade with the reasons that lowered it, the worst first; none for A."""

    grade: EvidenceGrade
    reasons: tuple[str, ...]
    response: Decimal | None
    steps: Sequence[str]

    @property
    def obstacle(self) -> str:
        """The worst reason why the answers cannot be judged, for `verdicts`; empty where they can."""
        return self.reasons[0] if self.grade is EvidenceGrade.D else ""


def evidence(round_: Circumstances) -> Evidence:
    """The grade of one round.

    D: two signals, fewer than 15 answers, or a large group not asked. C: a convenience sample, a response below 30 % or
    unknown, one signal, or two things missing. B: one thing missing. A: census or random, N known, response of half
    and more, all groups, collected by others, no signal. Raises InputRefused as `response_rate` does. Source: methods
    A9; that two things missing make C is this program's own reading.
    """
    response = None if round_.invited is None else response_rate(round_.answered, round_.invited).value
    worst, rough, missing = _worst(round_), _rough(round_, response), _missing(round_, response)
    if worst:
        grade = EvidenceGrade.D
    elif rough or len(missing) > 1:
        grade = EvidenceGrade.C
    else:
        grade = EvidenceGrade.B if missing else EvidenceGrade.A
    reasons = (*worst, *rough, *missing)
    last = {
        EvidenceGrade.A: _("证据等级 A：抽样、回收、覆盖和收集方式都符合要求。"),
        EvidenceGrade.B: _("证据等级 B：有一项不足。"),
        EvidenceGrade.C: _("证据等级 C：得分最高计满分的 {cap}，镇党建办说明理由的除外。").format(cap=percent(CAP)),
        EvidenceGrade.D: _("证据等级 D：不予判定，得分待定。"),
    }[grade]
    return Evidence(grade, reasons, response, (*reasons, last))


def capped(points: Decimal, maximum: Decimal, found: Evidence, override: str = "", cap: Decimal = CAP) -> Explained:
    """The points that the evidence allows: with C at most `cap` of the maximum, with D none yet (pending, not 0).

    A written reason of the office lifts the cap of C; nothing lifts D. Raises InputRefused for a reason given where
    nothing is capped, because it would stand in the log without cause. Source: methods A9 "grade caps".
    """
    if found.grade is EvidenceGrade.D:
        return Explained(None, found.steps)
    with wide():
        most = kept(maximum * cap)
    if found.grade is not EvidenceGrade.C or points <= most:
        if override:
            raise InputRefused(_("得分没有受证据等级限制，不需要填写放宽理由。"), "override")
        return Explained(points, found.steps)
    if override.strip():
        return Explained(points, (*found.steps, _("镇党建办放宽限制，理由：{reason}").format(reason=override.strip())))
    line = _("最高计 {maximum}×{cap}{result}").format(maximum=figure(maximum), cap=figure(cap), result=result(most))
    return Explained(most, (*found.steps, line))


def allowed(
    points: Decimal, maximum: Decimal, grade: EvidenceGrade, reasons: Sequence[str], lift: str = "", cap: Decimal = CAP
) -> Explained:
    """What the grade of a counted round leaves of the points of a line, with the steps that a sheet prints.

    As `capped`, but for a grade that was kept: a `lift` that nothing needs is passed over, because points change after
    it was written. The steps are empty where nothing is taken away. Source: methods A9 "grade caps".
    """
    first = _("；").join(one.rstrip(_("。")) for one in reasons)
    if grade is EvidenceGrade.D:
        return Explained(None, (_("证据等级 D，不予判定，得分待定：{why}").format(why=first),))
    with wide():
        most = kept(maximum * cap)
    if grade is not EvidenceGrade.C or points <= most:
        return Explained(points, ())
    if lift:
        said = _("证据等级 C，镇党建办放宽限制，不按 {cap} 封顶，理由：{reason}")
        return Explained(points, (said.format(cap=percent(cap), reason=lift),))
    said = _("证据等级 C，最高按满分的 {cap} 计分：{maximum}×{share}{result}（{why}）").format(
        cap=percent(cap), maximum=figure(maximum), share=figure(cap), result=result(most), why=first
    )
    return Explained(most, (said,))


def _worst(round_: Circumstances) -> tuple[str, ...]:
    found = []
    if round_.answered < LEAST_ANSWERS:
        found.append(_("答卷只有 {n} 份，不足 {least} 份。").format(n=round_.answered, least=LEAST_ANSWERS))
    if round_.large_group_missing:
        found.append(_("有人数占比大的组没有测或答卷过少。"))
    if round_.signals >= _MANY_SIGNALS:
        found.append(_("有 {n} 项数据异常提示，请核查。").format(n=round_.signals))
    return tuple(found)


def _rough(round_: Circumstances, response: Decimal | None) -> tuple[str, ...]:
    found = []
    if round_.sampling is Sampling.CONVENIENCE:
        found.append(_("测评对象是方便抽样，代表性不足。"))
    if response is None:
        found.append(_("邀请人数没有登记，回收率不明。"))
    elif response < LOW_RESPONSE:
        found.append(_("回收率 {rate}，低于 {least}。").format(rate=percent(response, 1), least=percent(LOW_RESPONSE)))
    if round_.signals == 1:
        found.append(_("有 1 项数据异常提示。"))
    return tuple(found)


def _missing(round_: Circumstances, response: Decimal | None) -> tuple[str, ...]:
    found = []
    if round_.sampling is Sampling.QUOTA:
        found.append(_("测评对象是{sampling}，不是普查或随机抽样。").format(sampling=label(round_.sampling)))
    if not round_.population_known:
        found.append(_("应测总人数没有登记。"))
    if response is not None and LOW_RESPONSE <= response < GOOD_RESPONSE:
        found.append(_("回收率 {rate}，不到 {least}。").format(rate=percent(response, 1), least=percent(GOOD_RESPONSE)))
    if not round_.all_groups and not round_.large_group_missing:
        found.append(_("有的组没有测到。"))
    if not round_.independent:
        found.append(_("由被测评的支部自己收集。"))
    return tuple(found)
