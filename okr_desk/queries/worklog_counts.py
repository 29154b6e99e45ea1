"""What entries of the working paper make of indicators: sums and shares, of a quarter or of any day in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select

from okr_desk.i18n import N_, _, using
from okr_desk.model.columns import Indicator, WorkEntry, WorkEntryLink
from okr_desk.model.reading import Reader, facts
from okr_desk.queries import library, worklog_kinds
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.library import Meaning
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Accumulation

NAME = N_("工作底单")


@dataclass(frozen=True)
class Given:
    """What one entry gives an indicator on its day. `part` stands beside `amount` where the indicator is a share."""

    entry_id: int
    day: date
    kind: Kind
    amount: Decimal
    part: Decimal | None


def value_of(given: Sequence[Given], unit: str) -> Counted | None:
    """The value that entries make, in order of their days: a sum in `unit`, or a share; None where there are none."""
    if not given:
        return None
    amount, last = sum((one.amount for one in given), Decimal(0)), given[-1]
    with using("zh_CN"):
        if last.part is not None:
            done = sum((one.part or Decimal(0) for one in given), Decimal(0))
            return Counted(share(done, amount), last.day, last.kind.figures(plain(amount), plain(done)))
        said = _("{n} 条记录，合计 {amount} {unit}")
        return Counted(amount, last.day, said.format(n=len(given), amount=plain(amount), unit=unit))


def source(session: Reader) -> Source:
    """The register as it feeds indicators now: all that any entry was ever linked to, whatever kinds feed today."""
    linked = select(WorkEntryLink.id).where(WorkEntryLink.indicator_id == Indicator.id).exists()
    codes = session.execute(select(Indicator.code).where(linked).order_by(Indicator.code))
    return Source(NAME, tuple(codes.scalars()), counted)


def source_for(codes: Sequence[str], kinds: Mapping[str, Kind]) -> Source:
    """The register as far as it feeds these: what an entry does not count for is not counted anew."""
    return Source(NAME, tuple(codes), lambda reader, quarter, org_ids: counted(reader, quarter, org_ids, codes, kinds))


def codes_of(session: Reader, *entry_ids: int) -> tuple[str, ...]:
    """What these entries feed."""
    return tuple(session.execute(_CODES_OF, {"entries": entry_ids}).scalars())


_CODES_OF = (
    select(Indicator.code)
    .join(WorkEntryLink.TABLE, WorkEntryLink.indicator_id == Indicator.id)
    .where(WorkEntryLink.entry_id.in_(bindparam("entries", expanding=True)))
    .distinct()
    .order_by(Indicator.code)
)
"""Built once, like what follows: every entry asks it."""


def counted(
    session: Reader,
    quarter: QuarterView,
    org_ids: Sequence[int],
    codes: Sequence[str] | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Mapping[tuple[int, str], Counted]:
    """Values of the quarter by branch and code (of `codes` alone); year-to-date measures count from January.

    `kinds` are all there are, where the caller has read them.
    """
    known = worklog_kinds.by_key(session) if kinds is None else kinds
    found, meanings = _given_to(session, quarter, org_ids, known, codes)
    made = {key: value_of(given, meanings[key[1]].unit) for key, given in found.items()}
    return {key: value for key, value in made.items() if value is not None}


def given_to(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[tuple[int, str], tuple[Given, ...]]:
    """What entries give to each branch and code for the quarter, oldest first."""
    return _given_to(session, quarter, org_ids, worklog_kinds.by_key(session))[0]


def _given_to(
    session: Reader,
    quarter: QuarterView,
    org_ids: Sequence[int],
    kinds: Mapping[str, Kind],
    codes: Collection[str] | None = None,
) -> tuple[dict[tuple[int, str], tuple[Given, ...]], dict[str, Meaning]]:
    """The same, of `codes` alone where they are named, with what they mean."""
    found: dict[tuple[int, str], list[Given]] = defaultdict(list)
    said = {"orgs": list(org_ids), "last": quarter.ends_on}
    if codes is None:
        rows = facts(session.execute(_GIVEN, {**said, "first": date(quarter.year, 1, 1)}))
        codes = {row.code for row in rows}
        meanings, cumulative = _meant(session, quarter, codes)
    else:
        meanings, cumulative = _meant(session, quarter, codes)
        first = date(quarter.year, 1, 1) if cumulative else quarter.starts_on
        rows = facts(session.execute(_GIVEN_TO, {**said, "first": first, "codes": list(codes)}))
    for row in rows:
        if row.done_on >= quarter.starts_on or row.code in cumulative:
            kind = kinds.get(row.kind) or Kind(row.kind, row.kind, "")
            found[row.org_id, row.code].append(Given(row.id, row.done_on, kind, row.amount, row.part))
    return {key: tuple(given) for key, given in found.items()}, meanings


def _meant(session: Reader, quarter: QuarterView, codes: Collection[str]) -> tuple[dict[str, Meaning], set[str]]:
    """What codes mean, and which of them add up through the year."""
    meanings = library.meanings(session, quarter.ends_on, codes, retired=True)
    return meanings, {one.code for one in meanings.values() if one.accumulation is Accumulation.YEAR_TO_DATE}


_GIVEN = (
    select(
        WorkEntry.id, WorkEntry.org_id, WorkEntry.done_on, WorkEntry.kind, Indicator.code, WorkEntryLink.amount,
        WorkEntryLink.part,
    )
    .join_from(WorkEntry.TABLE, WorkEntryLink.TABLE, WorkEntryLink.entry_id == WorkEntry.id)
    .join(Indicator.TABLE, Indicator.id == WorkEntryLink.indicator_id)
    .where(
        WorkEntry.org_id.in_(bindparam("orgs", expanding=True)),
        WorkEntry.withdrawn_at.is_(None),
        WorkEntry.done_on >= bindparam("first"),
        WorkEntry.done_on <= bindparam("last"),
    )
    .order_by(WorkEntry.done_on, WorkEntry.id)
)  # fmt: skip
_GIVEN_TO = _GIVEN.where(Indicator.code.in_(bindparam("codes", expanding=True)))
