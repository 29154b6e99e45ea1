"""How many ballots to give out at a branch, and to each group of it, where nobody has planned more closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring import strata
from okr_desk.scoring.explained import Steps
from okr_desk.scoring.rounding import percent, wide
from okr_desk.scoring.sample_size import sample_size

MARGIN = Decimal("0.10")
"""The margin of error that a branch's sample is planned for (domain 3.3)."""
MOST, LEAST = 60, 20
"""Answers asked of a branch at most and at least (domain 3.3: n_min = min(±10 % value, 60), floor 20)."""
ASK_ALL_BELOW = 30
"""Branches of fewer people ask everybody (domain 3.3)."""


@dataclass(frozen=True)
class Invitations:
    """`n` answers are wanted; `given` ballots for each group in order, together at least what n needs."""

    n: int
    given: tuple[int, ...]
    is_census: bool
    steps: Sequence[str]

    @property
    def total(self) -> int:
        """All ballots to be given out."""
        return sum(self.given)


def invitations(people: Sequence[int], response: Decimal) -> Invitations:
    """Ballots for groups of so many `people` (one group: the whole branch) at an expected `response` (0..1).

    Spread by size; a group of a tenth of the people and more gets enough for five answers, because without them no
    rate of the branch is published. Raises InputRefused for nobody and for a response outside 0..1. Source: domain 3.3,
    methods A3 and A4 "invite = n ÷ expected response rate".
    """
    if not people or any(one < 1 for one in people):
        raise InputRefused(_("人数须大于 0；没有这类人群的请留空。"), "population")
    if not (response.is_finite() and 0 < response <= 1):
        raise InputRefused(_("预计回收率须大于 0、不超过 100%。"), "response")
    whole = sum(people)
    if whole < ASK_ALL_BELOW:
        return Invitations(whole, tuple(people), True, (_all_note(whole),))
    found = sample_size(MARGIN, whole)
    n = min(max(min(found.n, MOST), LEAST), whole)
    with wide():
        wanted = min(_up(n / response), whole)
        fewest = _up(strata.LEAST / response)
        least = [min(fewest, one) if one >= strata.LARGE * whole else 0 for one in people]
    given = tuple(max(one, few) for one, few in zip(_shares(wanted, people), least, strict=True))

    def told() -> tuple[str, ...]:
        said = _("±10 个百分点需要 {exact} 份；每支部最多 {most} 份、最少 {least} 份，取 {n} 份。")
        out = _("按回收率 {rate} 发放：{n}÷{share}，向上取整并按人群大小分摊，共 {total} 份。")
        return (
            said.format(exact=found.n, most=MOST, least=LEAST, n=n),
            out.format(rate=percent(response), n=n, share=response, total=sum(given)),
        )

    return Invitations(n, given, False, Steps(told))


def _shares(wanted: int, people: Sequence[int]) -> list[int]:
    """`wanted` by the size of each group; what rounding leaves goes to the largest remainders. None gets too many."""
    whole = sum(people)
    found = [wanted * one // whole for one in people]
    order = sorted(range(len(people)), key=lambda place: (-(wanted * people[place] % whole), place))
    for place in order[: wanted - sum(found)]:
        found[place] += 1
    return found


def _up(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _all_note(whole: int) -> str:
    said = _("只有 {people} 人，不足 {least} 人：全部发到。")
    return said.format(people=whole, least=ASK_ALL_BELOW)
