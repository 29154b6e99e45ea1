"""What entries of the working paper make of indicators: sums, shares and averages a member, of any day of a quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.i18n import N_, _, using
from okr_desk.model.columns import Indicator, WorkEntry, WorkEntryLink
from okr_desk.model.reading import Reader
from okr_desk.queries import library, orgs, worklog_kinds
from okr_desk.queries.counting import PLACES, Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.scoring.rounding import half_up, plain
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


@dataclass(frozen=True)
class Measure:
    """How an indicator is counted for a branch: `members` divides the sum where it is an average a member."""

    unit: str
    is_cumulative: bool
    per_member: bool = False
    members: int | None = None

    def of(self, given: Sequence[Given]) -> Counted | None:
        """The value that these entries make, in order of their days; None where there are none to count."""
        if not given or (self.per_member and not self.members):
            return None
        amount = sum((one.amount for one in given), Decimal(0))
        last = given[-1]
        with using("zh_CN"):
            if last.part is not None:
                done = sum((one.part or Decimal(0) for one in given), Decimal(0))
                return Counted(share(done, amount), last.day, last.kind.figures(plain(amount), plain(done)))
            said = _("{n} 条记录，合计 {amount} {unit}")
            if not self.per_member:
                return Counted(amount, last.day, said.format(n=len(given), amount=plain(amount), unit=self.unit))
            assert self.members
            said = _("{n} 条记录，合计 {amount} {unit}，党员 {members} 名")
            told = said.format(n=len(given), amount=plain(amount), unit=self.unit, members=self.members)
            return Counted(half_up(amount / self.members, PLACES), last.day, told)


def source(session: Reader) -> Source:
    """The register as it feeds indicators now: all that any entry was ever linked to, whatever kinds feed today."""
    codes = session.execute(
        select(Indicator.code)
        .join(WorkEntryLink.TABLE, WorkEntryLink.indicator_id == Indicator.id)
        .distinct()
        .order_by(Indicator.code)
    )
    return Source(NAME, tuple(codes.scalars()), counted)


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """Values of the quarter by branch and code; year-to-date measures count from January."""
    found, measure = {}, measures(session, quarter)
    for (org_id, code), given in given_to(session, quarter, org_ids).items():
        value = measure(org_id, code).of(given)
        if value is not None:
            found[org_id, code] = value
    return found


def given_to(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[tuple[int, str], tuple[Given, ...]]:
    """What entries give to each branch and code for the quarter, oldest first."""
    cumulative = {
        view.code
        for view in library.library(session, quarter.ends_on, retired=True)
        if view.accumulation is Accumulation.YEAR_TO_DATE
    }
    kinds = worklog_kinds.by_key(session)
    found: dict[tuple[int, str], list[Given]] = defaultdict(list)
    rows = session.execute(
        select(
            WorkEntry.id, WorkEntry.org_id, WorkEntry.done_on, WorkEntry.kind, Indicator.code, WorkEntryLink.amount,
            WorkEntryLink.part,
        )
        .join_from(WorkEntry.TABLE, WorkEntryLink.TABLE, WorkEntryLink.entry_id == WorkEntry.id)
        .join(Indicator.TABLE, Indicator.id == WorkEntryLink.indicator_id)
        .where(
            WorkEntry.org_id.in_(org_ids),
            WorkEntry.withdrawn_at.is_(None),
            WorkEntry.done_on >= date(quarter.year, 1, 1),
            WorkEntry.done_on <= quarter.ends_on,
        )
        .order_by(WorkEntry.done_on, WorkEntry.id)
    )  # fmt: skip
    for row in rows:
        if row.done_on >= quarter.starts_on or row.code in cumulative:
            kind = kinds.get(row.kind) or Kind(row.kind, row.kind, "")
            found[row.org_id, row.code].append(Given(row.id, row.done_on, kind, row.amount, row.part))
    return {key: tuple(given) for key, given in found.items()}


def measures(session: Reader, quarter: QuarterView) -> Callable[[int, str], Measure]:
    """How a code is counted for a branch in the quarter."""
    meanings = {view.code: view for view in library.library(session, quarter.ends_on, retired=True)}
    per_member = worklog_kinds.per_member_codes(worklog_kinds.by_key(session))
    members = {
        org.id: (org.full_members or 0) + (org.probationary_members or 0) for org in orgs.tree(session, quarter.ends_on)
    }

    def of(org_id: int, code: str) -> Measure:
        is_cumulative = meanings[code].accumulation is Accumulation.YEAR_TO_DATE
        return Measure(meanings[code].unit, is_cumulative, code in per_member, members.get(org_id) or None)

    return of
