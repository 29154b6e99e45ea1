"""Whose returns have not come, and who sent more than one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from okr_desk.queries.import_standing import Standing
from okr_desk.rules.imports import KeyResultFact, OrgFact, Reading


@dataclass(frozen=True)
class Missing:
    """A branch whose return for a quarter has not come."""

    org: str
    year: int
    quarter: int


@dataclass(frozen=True)
class Several:
    """A branch that sent more than one return for a quarter."""

    org: str
    year: int
    quarter: int
    workbooks: tuple[str, ...]


def missing(reading: Reading, stand: Standing) -> tuple[Missing, ...]:
    """Branches with key results in a year of which some return came, but none from them: now, or earlier.

    A return that said nothing is none. What only waits as a question has come.
    """
    owing: dict[int, set[str]] = defaultdict(set)
    for org, year, _code in stand.key_results:
        owing[year].add(org)
    for fact in reading.facts:
        if isinstance(fact, KeyResultFact):
            owing[fact.year].add(fact.org)
    order = [*stand.orgs, *(fact.short for fact in reading.facts if isinstance(fact, OrgFact))]
    place = {name: number for number, name in reversed(list(enumerate(order)))}
    came: dict[tuple[int, int], set[str]] = defaultdict(set)
    for returned in reading.returns:
        came[returned.year, returned.quarter] |= set() if returned.is_blank else {returned.org}
    for org, year, quarter in stand.reported:
        if (year, quarter) in came:
            came[year, quarter].add(org)
    return tuple(
        Missing(org, year, quarter)
        for (year, quarter), orgs in sorted(came.items())
        for org in sorted(owing[year] - orgs, key=lambda name: place.get(name, len(place)))
    )


def several(reading: Reading) -> tuple[Several, ...]:
    """Who sent more than one return for a quarter, with their files; blank ones do not count."""
    books: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for returned in reading.returns:
        if returned.is_blank:
            continue
        books[returned.org, returned.year, returned.quarter].append(returned.workbook)
    return tuple(
        Several(*key, tuple(sorted(names, key=lambda name: (len(name), name))))
        for key, names in books.items()
        if len(names) > 1
    )
