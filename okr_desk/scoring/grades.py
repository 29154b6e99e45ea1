"""From a score to a grade: what the bands give, what satisfaction allows, and what red lines forbid.

The raw score is never touched: a ceiling limits the grade only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Steps
from okr_desk.scoring.grade_schemes import GRADES, Gate, GradeScheme
from okr_desk.scoring.points_result import HUNDRED
from okr_desk.scoring.rollup import LEAST_COVERAGE
from okr_desk.scoring.rounding import display_near, plain
from okr_desk.scoring.spelling import check_numbers

SHOWN_PLACES = 2


class RedLineKind(StrEnum):
    """What a red line does: it limits the grade, or gives the lowest one."""

    LOCK = "lock"
    VETO = "veto"


@dataclass(frozen=True)
class RedLine:
    """Something that happened and limits the grade, with the number of the document that says so.

    `highest` is the best grade that a lock leaves; None: the second best (不得评定为“好”). `title` is the code and name
    under which it is declared, said before the reason. Raises InputRefused without a reason or a document number.
    Source: domain 1.3 "VETO / LOCK" and the red lines of 1.4.
    """

    kind: RedLineKind
    reason: str
    document: str
    highest: str | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InputRefused(_("红线事项须写明事由。"), "reason")
        if not self.document.strip():
            raise InputRefused(_("红线事项“{reason}”须填写依据文号。").format(reason=self.reason), "document")


@dataclass(frozen=True)
class Ceiling:
    """A limit of the grade, or a sign where `highest` is None, with its sentence and the document it rests on."""

    highest: str | None
    sentence: str
    document: str = ""


@dataclass(frozen=True)
class Grade:
    """`grade` after all ceilings, `by_score` before them; both None where too little applies to be judged."""

    grade: str | None
    by_score: str | None
    score: Decimal | None
    ceilings: tuple[Ceiling, ...]
    steps: Sequence[str]


def grade(
    score: Decimal | None,
    scheme: GradeScheme = GRADES,
    satisfaction: Decimal | None = None,
    red_lines: Sequence[RedLine] = (),
    coverage: Decimal | None = None,
    least: Decimal = LEAST_COVERAGE,
) -> Grade:
    """The grade of a score (0..100, a bonus may lead beyond) under what satisfaction and red lines allow.

    The unrounded score and rate are compared, a threshold belongs to the better side. `satisfaction` is the wide rate
    in percent, None where there was no survey; `coverage` the share of points that apply, 0..1: below `least` there
    is no grade. Raises InputRefused for a rate outside 0..100. Source: domain 0 facts 5 and 6, 3.4, methods B1 "veto"
    and B2, design "Grades".
    """
    if score is None:
        return Grade(None, None, None, (), (_("没有可评定的得分，不定等次。"),))
    check_numbers("score", score)
    ceilings = (*_gates(scheme, satisfaction), *(_red_line(scheme, one) for one in red_lines))
    if coverage is not None and coverage < least:
        said = _("适用分值不足 {least}%，不定等次、不排名。").format(least=plain(least * HUNDRED))
        return Grade(None, None, score, ceilings, (said, *(one.sentence for one in ceilings)))
    reached = scheme.by_score(score)
    places = [scheme.place(one.highest) for one in ceilings if one.highest is not None]
    final = scheme.names[max([scheme.place(reached), *places])]

    def told() -> tuple[str, ...]:
        asked = () if satisfaction is not None else (_("没有满意率，不判断满意率门槛。"),)
        kept = (
            _("按得分评为“{grade}”。")
            if final == reached
            else _("按得分为“{grade}”，受限后评为“{final}”；原始得分不变。")
        )
        return (
            _bands_note(scheme),
            _("得分 {score}（按未取整的得分比较）").format(score=_shown(score, scheme)),
            *asked,
            *(one.sentence for one in ceilings),
            kept.format(grade=_(reached), final=_(final)),
        )

    return Grade(final, reached, score, ceilings, Steps(told))


def _gates(scheme: GradeScheme, satisfaction: Decimal | None) -> tuple[Ceiling, ...]:
    if satisfaction is None:
        return ()
    check_numbers("satisfaction", satisfaction)
    if not 0 <= satisfaction <= HUNDRED:
        raise InputRefused(_("满意率 satisfaction 须在 0 至 100 之间，请改正。"), "satisfaction")
    thresholds = [gate.below for gate in scheme.gates]
    shown = display_near(satisfaction, SHOWN_PLACES, thresholds)
    return tuple(
        Ceiling(gate.highest, _gate_sentence(scheme, gate, shown)) for gate in scheme.gates if satisfaction < gate.below
    )


def _gate_sentence(scheme: GradeScheme, gate: Gate, shown: str) -> str:
    said = [_("满意率（前三档）{rate}% 低于 {limit}%").format(rate=shown, limit=plain(gate.below))]
    if gate.highest is not None:
        said.append(_limit(scheme, gate.highest))
    if gate.sign:
        said.append(_(gate.sign))
    return _("，").join(said) + _("。")


def _limit(scheme: GradeScheme, highest: str) -> str:
    above = "".join(f"“{_(name)}”" for name in scheme.names[: scheme.place(highest)])
    said = _("不得评为{above}，最高为“{highest}”") if above else _("最高为“{highest}”")
    return said.format(above=above, highest=_(highest))


def _red_line(scheme: GradeScheme, line: RedLine) -> Ceiling:
    told = {"title": line.title, "reason": line.reason, "document": line.document}
    if line.kind is RedLineKind.VETO:
        highest = scheme.names[-1]
        said = (
            _("一票否决 {title}：{reason}（{document}），评为“{highest}”。")
            if line.title
            else _("一票否决：{reason}（{document}），评为“{highest}”。")
        )
        return Ceiling(highest, said.format(**told, highest=_(highest)), line.document)
    highest = line.highest or scheme.names[1]
    said = (
        _("红线 {title}：{reason}（{document}），{limit}。")
        if line.title
        else _("红线：{reason}（{document}），{limit}。")
    )
    return Ceiling(highest, said.format(**told, limit=_limit(scheme, highest)), line.document)


def _bands_note(scheme: GradeScheme) -> str:
    bands = _("，").join(
        _("{threshold} 分及以上为{name}").format(threshold=plain(threshold), name=_(name))
        for threshold, name in scheme.bands
    )
    return _("{scheme}：{bands}，其余为{rest}。").format(scheme=_(scheme.name), bands=bands, rest=_(scheme.rest))


def _shown(score: Decimal, scheme: GradeScheme) -> str:
    return display_near(score, SHOWN_PLACES, [threshold for threshold, _name in scheme.bands])
