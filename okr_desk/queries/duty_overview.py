"""What the page 组织生活 shows: branches in a quarter, one branch's ledger, terms by their end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from okr_desk.duty_terms import DutyKind
from okr_desk.model.reading import Reader
from okr_desk.model.store import today as today_of
from okr_desk.queries import cycles, duties, duty_elections, duty_registers, policy, users
from okr_desk.queries.duties import BranchDuties, Held, MeetingView
from okr_desk.queries.duty_elections import ElectionView
from okr_desk.queries.duty_registers import Ledger
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.terms import OrgKind, QuarterState

REMEMBERED = 12
"""Topics and hosts that are offered again."""


@dataclass(frozen=True)
class DutyOverview:
    """Branches in a quarter as of today. `ledger`, `topics`, `hosts` and `usual` only for one branch alone.

    `usual` is how many were due the last time for kinds that not all members attend; `reopened` says by whom a frozen
    quarter was opened again; `party_day` is the fixed day of the month, 0 for none.
    """

    quarter: QuarterView
    today: date
    branches: tuple[BranchDuties[Held], ...]
    elections: tuple[ElectionView, ...]
    party_day: int = 0
    ledger: Ledger | None = None
    reopened: str = ""
    topics: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    usual: tuple[tuple[DutyKind, int], ...] = ()

    @property
    def one(self) -> BranchDuties[MeetingView] | None:
        """The branch shown alone, with its events in full; None where several are compared."""
        return cast("BranchDuties[MeetingView]", self.branches[0]) if self.ledger is not None else None

    def is_open_to(self, is_office: bool) -> bool:
        """Whether a person may enter something in this quarter; the office also after the freeze, with a reason."""
        if self.quarter.state is QuarterState.PLANNING or self.quarter.starts_on > self.today:
            return False
        return self.quarter.state is QuarterState.OPEN or bool(self.reopened) or is_office


def overview(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> DutyOverview:
    """The branches among `orgs` in a quarter; the worst first where there are several."""
    day = today_of(session)
    branches = [org for org in orgs if org.kind == OrgKind.BRANCH]
    terms = duty_elections.elections(session, branches, day)
    fixed = policy.integer(session, "duty.party_day_date")
    if len(branches) != 1:
        several = sorted(duties.compared(session, quarter, branches, day), key=_worst_first)
        return DutyOverview(quarter, day, tuple(several), terms, fixed)
    (org,) = branches
    again = cycles.in_force(session, quarter.id, org.id)
    of_year = duties.meetings(session, [org.id], date(quarter.year, 1, 1), quarter.ends_on)
    newest = tuple(reversed(of_year))
    usual = {
        kind: next((one.due for one in newest if one.kinds == (kind,)), 0)
        for kind in (DutyKind.COMMITTEE, DutyKind.GROUP)
    }
    return DutyOverview(
        quarter,
        day,
        duties.branches(session, quarter, branches, day),
        terms,
        fixed,
        duty_registers.ledger(session, org, quarter.year, day),
        "" if again is None else again.told(users.names(session)),
        _several(one.topic for one in newest),
        _several((org.secretary, *(one.host for one in newest))),
        tuple((kind, due) for kind, due in usual.items() if due),
    )


def _worst_first(one: BranchDuties[Held]) -> tuple[int, float]:
    share = 1.0 if one.completion.value is None else float(one.completion.value)
    return -one.behind, share


def _several(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:REMEMBERED]
