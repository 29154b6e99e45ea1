"""What urgent demands make of X01 (confirmed by residents, of those promised for the quarter) and X02 (valid cases)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import N_, _, using
from okr_desk.model.columns import CaseReview, DemandCase
from okr_desk.model.columns import Demand as Row
from okr_desk.model.reading import Reader
from okr_desk.queries import demands
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.demands import DemandView
from okr_desk.queries.entered import of_parents
from okr_desk.queries.objectives import QuarterView
from okr_desk.register_terms import DemandState

RATE, CASES = "X01", "X02"


@dataclass(frozen=True)
class DemandTally:
    """Demands of a branch as they stood at the quarter's end.

    `raised` in the quarter; `due`: promised for a day of the quarter, the base of the rate; `confirmed`, `cannot` of
    those; `carried`: promised for an earlier quarter of the year and still open, which is told beside the rate.
    """

    raised: int = 0
    due: int = 0
    confirmed: int = 0
    cannot: int = 0
    carried: int = 0
    newest: date | None = None

    @property
    def rate(self) -> Decimal | None:
        """Percent of those due that residents confirmed; None where nothing was due."""
        return share(self.confirmed, self.due) if self.due else None

    def __add__(self, other: DemandTally) -> DemandTally:
        return DemandTally(
            self.raised + other.raised,
            self.due + other.due,
            self.confirmed + other.confirmed,
            self.cannot + other.cannot,
            self.carried + other.carried,
        )


@dataclass(frozen=True)
class CaseTally:
    """Cases of a branch from January to the quarter's end: reviewed as valid, reviewed at all, still waiting."""

    valid: int = 0
    reviewed: int = 0
    waiting: int = 0
    newest: date | None = None

    def __add__(self, other: CaseTally) -> CaseTally:
        return CaseTally(self.valid + other.valid, self.reviewed + other.reviewed, self.waiting + other.waiting)


def tallies(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, DemandTally]:
    """The tally of every branch that has a demand raised or promised in the year so far."""
    return tallies_of(demands.demands(session, org_ids, Row.raised_on <= quarter.ends_on), quarter)


def tallies_of(views: Iterable[DemandView], quarter: QuarterView) -> dict[int, DemandTally]:
    """The same of demands raised by the quarter's end that were read already; postponed ones by their new day."""
    found: dict[int, list[DemandView]] = {}
    for one in views:
        if one.promised_on >= date(quarter.year, 1, 1):
            found.setdefault(one.org_id, []).append(one)
    return {org_id: _tally(own, quarter) for org_id, own in found.items()}


def case_tallies(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, CaseTally]:
    """The tally of every branch with a case; a case counts in the year in which it was reviewed."""
    first, last = date(quarter.year, 1, 1), quarter.ends_on
    rows = of_parents(session, DemandCase, "org_id", org_ids, DemandCase.written_on <= last)
    ids = [row.id for part in rows.values() for row in part]
    words = {key: part[-1] for key, part in of_parents(session, CaseReview, "case_id", ids).items()}
    found = {}
    for org_id, part in rows.items():
        said = [words[row.id] for row in part if row.id in words and first <= words[row.id].on <= last]
        waiting = sum(row.id not in words or words[row.id].on > last for row in part)
        if said or waiting:
            valid = sum(word.is_valid for word in said)
            found[org_id] = CaseTally(valid, len(said), waiting, max((word.on for word in said), default=None))
    return found


def _tally(views: Sequence[DemandView], quarter: QuarterView) -> DemandTally:
    end = quarter.ends_on
    due = [one for one in views if quarter.starts_on <= one.promised_on <= end]
    states = [one.state_on(end) for one in due]
    days = [step.on for one in due for step in one.steps if step.on <= end] + [one.raised_on for one in due]
    over = (DemandState.CONFIRMED, DemandState.CANNOT)
    return DemandTally(
        raised=sum(quarter.starts_on <= one.raised_on <= end for one in views),
        due=len(due),
        confirmed=states.count(DemandState.CONFIRMED),
        cannot=states.count(DemandState.CANNOT),
        carried=sum(one.promised_on < quarter.starts_on and one.state_on(end) not in over for one in views),
        newest=max(days, default=None),
    )


def _counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    with using("zh_CN"):
        found = {}
        for org_id, tally in tallies(session, quarter, org_ids).items():
            if tally.rate is not None:
                found[org_id, RATE] = Counted(tally.rate, tally.newest or quarter.starts_on, said(tally))
        for org_id, cases in case_tallies(session, quarter, org_ids).items():
            if cases.reviewed:
                as_of = cases.newest or quarter.starts_on
                found[org_id, CASES] = Counted(Decimal(cases.valid), as_of, cases_said(cases))
        return found


def said(tally: DemandTally) -> str:
    """What was counted and what the base is, in the language in use."""
    words = _("承诺办结日在本季的 {due} 件，到季末群众确认满意 {n} 件").format(due=tally.due, n=tally.confirmed)
    if tally.cannot:
        words += _("，无法办理已说明的 {n} 件计入基数").format(n=tally.cannot)
    if tally.carried:
        words += _("；另有前几季到期仍未确认的 {n} 件，不在本季基数").format(n=tally.carried)
    return words


def cases_said(tally: CaseTally) -> str:
    """What was counted of cases, in the language in use."""
    words = _("年初至本季末复核案例 {n} 个，有效 {valid} 个").format(n=tally.reviewed, valid=tally.valid)
    return words + (_("，待复核 {n} 个").format(n=tally.waiting) if tally.waiting else "")


SOURCE = Source(N_("急难愁盼台账"), (RATE, CASES), _counted)
"""Base of X01: demands whose promised day lies in the quarter (the seed says 本季到期), confirmed by its last day."""
