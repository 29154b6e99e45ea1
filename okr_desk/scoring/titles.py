"""Marks of titles: four strengths by three parties, each 0 to 100, joined by the parties' weights.

Source: domain 1.1 scheme 17 (自评 → 互评 → 上级考评 → 综合评定); the weights are settings of the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.rounding import kept, plain, wide, without_dust
from okr_desk.terms import label
from okr_desk.title_terms import Strength, TitleParty

ZERO = Decimal(0)


@dataclass(frozen=True)
class Marks:
    """What one marker gave, 0 to 100 a strength. Peers are several markers of one party."""

    party: TitleParty
    points: Mapping[Strength, Decimal]


def mean_of(marks: Sequence[Marks], party: TitleParty, strength: Strength | None = None) -> Decimal | None:
    """A party's mean of one strength or of all four; None where it gave no marks."""
    own = [one.points[each] for one in marks if one.party is party for each in _asked(strength) if each in one.points]
    if not own:
        return None
    with wide():
        return without_dust(kept(sum(own, ZERO) / len(own)))


def title_score(marks: Sequence[Marks], weights: Mapping[TitleParty, Decimal]) -> Explained:
    """The total: parties' means by weight. None until every party that has a weight has marked."""
    means = {party: mean_of(marks, party) for party in TitleParty}
    lacking = [party for party in TitleParty if weights[party] and means[party] is None]
    total = sum(weights.values(), ZERO)
    if lacking or not total:
        words = _("、").join(label(party) for party in lacking)
        return Explained(None, (_("还没有评分的：{parties}，三方都评了才有总分。").format(parties=words),))
    given = [(party, value, weights[party]) for party in TitleParty if (value := means[party]) is not None]
    with wide():
        score = without_dust(kept(sum((value * weight for _p, value, weight in given), ZERO) / total))

    def told() -> list[str]:
        lines = [_party_line(marks, party, value) for party, value, _weight in given]
        sum_ = "＋".join(f"{figure(value)}×{plain(weight)}" for _p, value, weight in given)
        line = _("总分＝（{sum}）÷{total}{result}").format(sum=sum_, total=plain(total), result=result(score))
        return [*lines, line, *rounding_note(score)]

    return Explained(score, Steps(told))


def _party_line(marks: Sequence[Marks], party: TitleParty, value: Decimal) -> str:
    parts = [(strength, mean_of(marks, party, strength)) for strength in Strength]
    said = _("、").join(f"{label(strength)} {figure(mark)}" for strength, mark in parts if mark is not None)
    line = _("{party}：{parts}，平均{value}").format(party=label(party), parts=said, value=result(value))
    count = sum(one.party is party for one in marks)
    return line if count == 1 else _("{line}（{n} 家的平均）").format(line=line, n=count)


def _asked(strength: Strength | None) -> tuple[Strength, ...]:
    return tuple(Strength) if strength is None else (strength,)
