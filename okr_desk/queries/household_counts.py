"""What visits of households make of F06: reached in every month, of all households (domain 1.4 F06, 10 row 2).

Coverage × visits reached = (covered ÷ listed) × (visited in each month ÷ covered) = visited in each month ÷ listed. The
library says 本季完成走访的联系户数÷党员联系户总数, so what is listed is the households registered; where the office
chooses so in its settings, the roster's 辖区户数. The quarter's value stands once its last month has begun: before that
no household can have been visited in every month, and 0 would be said of what has not come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import households, members, policy
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.households import Reach
from okr_desk.queries.objectives import QuarterView


@dataclass(frozen=True)
class Reached:
    """A quarter of a branch. `roster`: the roster's households, where the office divides by them."""

    listed: int
    covered: int
    reached: int
    by_month: tuple[tuple[int, int, int], ...]
    newest: date | None
    roster: int | None = None

    @property
    def whole(self) -> int:
        """What the reached ones are divided by; never less than what is registered."""
        return max(self.listed, self.roster or 0)

    @property
    def said(self) -> str:
        """What was counted, in a sentence."""
        months = _("、").join(
            _("{month}月走访 {done} 户（应 {due} 户）").format(month=month, done=done, due=due)
            for month, due, done in self.by_month
        )
        base = _("辖区 {n} 户").format(n=self.roster) if self.roster else _("登记 {n} 户").format(n=self.listed)
        said = _("{base}，有党员联系 {covered} 户；{months}；逐月都走访到 {reached} 户，除以 {whole} 户")
        return said.format(base=base, covered=self.covered, months=months, reached=self.reached, whole=self.whole)


def reached(of: Sequence[Reach], quarter: QuarterView, roster: int | None = None) -> Reached:
    """What a branch's households of a quarter come to."""
    by_month = [
        (month, sum(one.due[place] for one in of), sum(one.due[place] and one.visited[place] for one in of))
        for place, month in enumerate(households.months_of(quarter))
    ]
    return Reached(
        len(of),
        sum(one.is_covered for one in of),
        sum(one.is_reached for one in of),
        tuple(by_month) if of else (),
        max((one.newest for one in of if one.newest is not None), default=None),
        roster,
    )


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """F06 of branches that noted any visit of the quarter, once its last month has begun."""
    day = today(session)
    if day < date(quarter.year, households.months_of(quarter)[2], 1):
        return {}
    by_org: dict[int, list[Reach]] = defaultdict(list)
    for one in households.reach(session, org_ids, quarter):
        by_org[one.org_id].append(one)
    rosters = roster_households(session, org_ids, quarter)
    found = {}
    for org_id, of in by_org.items():
        sum_ = reached(of, quarter, rosters.get(org_id))
        if sum_.newest is not None and sum_.whole:
            found[org_id, "F06"] = Counted(share(sum_.reached, sum_.whole), sum_.newest, sum_.said)
    return found


def roster_households(session: Reader, org_ids: Sequence[int], quarter: QuarterView) -> Mapping[int, int]:
    """The roster's households of branches, where the office divides by them and the roster says so; else nothing."""
    if policy.values(session)["households.of_roster"] != "true":
        return {}
    rows = members.rosters(session, org_ids, quarter.ends_on)
    return {org_id: int(row.households) for org_id, row in rows.items() if row.households}


SOURCE = Source(N_("联户走访记录"), ("F06",), counted)
