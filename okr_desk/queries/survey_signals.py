"""Odd patterns in a round: what the ballots of each branch look like, held against the peers of its category.

Reads every ballot, so that it is asked for apart. Source: methods A8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select

from okr_desk.model.columns import CountLine, CountSheet, Indicator, MeasuredValue
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import ballot_rows, orgs, policy, survey_counts, surveys
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.surveys import RoundView
from okr_desk.scoring import response_patterns as patterns
from okr_desk.scoring.signals import Findings, Patterns, review
from okr_desk.survey_terms import LEVELS, Channel
from okr_desk.terms import OrgKind, Origin

_LEVEL = {**{str(place + 1): len(LEVELS) - place for place in range(len(LEVELS))}, "0": None, "-": None}
"""A character of a ballot's answers as a level, 5 the best."""
_TOGETHER = (Channel.MEETING_PAPER, Channel.ON_SITE)
"""Where people are gathered everybody hands in at once: no burst is odd there."""


def signals_of(
    session: Reader,
    of: RoundView,
    org_ids: Sequence[int] | None = None,
    rows: Sequence[Facts] | None = None,
    before: Sequence[RoundView] | None = None,
) -> dict[int, Findings]:
    """What stands out at each branch that answered, by its id; `org_ids` (None: all) with their peers of the category.

    Shares are compared from five of a kind on; two different signals ask for a check. `rows`: the ballots of all
    branches, `before`: the comparable rounds before it, where they have been read already (`ballot_rows.counted`,
    `surveys.earlier`).
    """
    branches = _branches(session, of, org_ids)
    if rows is None:
        rows = ballot_rows.counted(session, of, [org.id for org in branches])
    read, counts = _ballots(rows), _sheet_counts(session, of)
    waves = _waves(session, of, surveys.earlier(session, of) if before is None else before)
    typed = _typed_rates(session, of)
    peers: dict[str, list[OrgView]] = defaultdict(list)
    for org in branches:
        if org.id in waves:
            peers[org.category].append(org)
    found: dict[int, Findings] = {}
    for some in peers.values():
        seen = [_patterns(of, org, read, counts, waves[org.id], typed.get(org.id, ())) for org in some]
        found |= {org.id: one for org, one in zip(some, review(seen), strict=True)}
    return found if org_ids is None else {key: one for key, one in found.items() if key in org_ids}


@dataclass
class _Read:
    """The counted ballots of one branch: their levels, when they came in, how long they took."""

    rows: list[tuple[int | None, ...]] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    seconds: list[Decimal] = field(default_factory=list)


def _branches(session: Reader, of: RoundView, org_ids: Sequence[int] | None) -> list[OrgView]:
    known = [org for org in orgs.tree(session, of.quarter.ends_on) if org.kind == OrgKind.BRANCH]
    if org_ids is None:
        return known
    categories = {org.category for org in known if org.id in org_ids}
    return [org for org in known if org.category in categories]


def _patterns(
    of: RoundView,
    org: OrgView,
    read: Mapping[int, _Read],
    counts: Mapping[int, Sequence[int]],
    waves: Sequence[tuple[int, int]],
    typed: Sequence[Decimal],
) -> Patterns:
    own = read.get(org.id, _Read())
    answered = waves[-1][1]
    return Patterns(
        org.short_name,
        sheets=len(own.rows),
        all_best=patterns.all_best(own.rows),
        straight_lined=patterns.straight_lined(own.rows),
        duplicated=patterns.duplicated(own.rows),
        alpha=patterns.cronbach_alpha(own.rows),
        burst=patterns.burst(own.times),
        too_fast=patterns.too_fast(own.seconds, len(of.definition.levels)),
        too_regular=patterns.too_regular(waves),
        last_digits=patterns.last_digits(counts.get(org.id, ())),
        impossible=tuple(rate for rate in typed if not patterns.is_possible(rate, answered, _places(rate))),
    )


def _ballots(rows: Sequence[Facts]) -> dict[int, _Read]:
    found: dict[int, _Read] = defaultdict(_Read)
    for org_id, _group, channel, answers, day, minute, seconds in rows:
        own = found[org_id]
        own.rows.append(_levels(answers))
        if day is not None and minute is not None and channel not in _TOGETHER:
            own.times.append(datetime.combine(day, _clock(minute)))
        if seconds is not None:
            own.seconds.append(_seconds(seconds))
    return found


@lru_cache(maxsize=65536)
def _levels(answers: str) -> tuple[int | None, ...]:
    return tuple(map(_LEVEL.__getitem__, answers))


@lru_cache(maxsize=1440)
def _clock(minute: int) -> time:
    return time(*divmod(minute, 60))


@lru_cache(maxsize=4096)
def _seconds(number: int) -> Decimal:
    return Decimal(number)


def _sheet_counts(session: Reader, of: RoundView) -> dict[int, list[int]]:
    """All numbers on the count sheets of a branch."""
    found: dict[int, list[int]] = defaultdict(list)
    for org_id, counts in session.execute(
        select(CountSheet.org_id, CountLine.counts)
        .join(CountLine.TABLE, CountLine.sheet_id == CountSheet.id)
        .where(CountSheet.round_id == of.id, CountSheet.withdrawn_at.is_(None))
    ):
        found[org_id] += [int(count) for count in counts.split(",")]
    return found


def _waves(session: Reader, of: RoundView, before: Sequence[RoundView]) -> dict[int, list[tuple[int, int]]]:
    """(satisfied in the wide sense, answered) of each branch that answered, by quarter, this round the last."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    now = survey_counts.overall(session, of)
    for one in (*before, of):
        for org_id, levels in (now if one is of else survey_counts.overall(session, one)).items():
            found[org_id].append((sum(levels[: one.definition.wide]), sum(levels)))
    return {org_id: waves for org_id, waves in found.items() if org_id in now}


def _typed_rates(session: Reader, of: RoundView) -> dict[int, list[Decimal]]:
    """Satisfied rates of the quarter that somebody typed, in percent: do they fit the number of answers?"""
    code = policy.values(session)[policy.RATE_INDICATOR]
    found: dict[int, list[Decimal]] = defaultdict(list)
    for org_id, value in session.execute(
        select(MeasuredValue.org_id, MeasuredValue.value)
        .join(Indicator.TABLE, Indicator.id == MeasuredValue.indicator_id)
        .where(
            Indicator.code == code,
            MeasuredValue.quarter_id == of.quarter.id,
            MeasuredValue.origin != Origin.COMPUTED.value,
            MeasuredValue.superseded_at.is_(None),
        )
    ):
        if value not in found[org_id]:
            found[org_id].append(value)
    return found


def _places(number: Decimal) -> int:
    """Decimals as written: 95.5 has one."""
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
