"""Which answer sheets of a file look hasty: marked so that a person looks, never dropped. Source: methods A8."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from okr_desk.exchange.ballot_texts import second_of
from okr_desk.i18n import _
from okr_desk.scoring.response_patterns import SECONDS_PER_ITEM

NEAR = 10
"""Seconds between two sheets of a burst at most."""
LEAST_BURST = 3
_DAY = 86_400


def suspects(
    orgs: Sequence[int | None],
    answers: Sequence[str],
    moments: Sequence[tuple[date, int | None] | None],
    stamps: Sequence[str],
    seconds: Sequence[int | None],
    items: int,
) -> dict[int, str]:
    """Why a sheet is marked, by its place in the file: answered too fast, or one of a burst of equal sheets."""
    least = SECONDS_PER_ITEM * items
    said = _("作答过快（{n} 秒）")
    found = {place: said.format(n=one) for place, one in enumerate(seconds) if one is not None and one < least}
    for place in _bursts(orgs, answers, moments, stamps):
        words = _("短时间内连续提交相同的答卷")
        found[place] = _("；").join([found[place], words]) if place in found else words
    return found


def _bursts(
    orgs: Sequence[int | None],
    answers: Sequence[str],
    moments: Sequence[tuple[date, int | None] | None],
    stamps: Sequence[str],
) -> list[int]:
    """Sheets of one branch with the same answers, three and more, each within ten seconds of the one before."""
    keys = list(zip(orgs, answers, strict=True))
    often = {key for key, count in Counter(keys).items() if count >= LEAST_BURST}
    alike: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key in often:
            alike[key].append(place)
    found: list[int] = []
    for places in alike.values():
        at: list[tuple[int, int]] = []
        for place in places:
            when = moments[place]
            if when is not None and when[1] is not None:
                at.append((when[0].toordinal() * _DAY + when[1] * 60 + second_of(stamps[place]), place))
        at.sort()
        run: list[int] = []
        before = 0
        for second, place in at:
            if run and second - before > NEAR:
                found += run if len(run) >= LEAST_BURST else []
                run = []
            run.append(place)
            before = second
        found += run if len(run) >= LEAST_BURST else []
    return found
