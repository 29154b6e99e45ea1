"""Plans of branches that lag behind (一支部一策), each with its tests; superseded ones stay readable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import BranchPlan, PlanAcceptance
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.queries.followups import short_names
from okr_desk.rules.branch_plans import stage_days


@dataclass(frozen=True)
class AcceptanceView:
    """One test of a plan."""

    id: int
    on: date
    points: Decimal
    votes: int
    against: int
    by: str
    opinion: str
    passed: bool


@dataclass(frozen=True)
class PlanView:
    """One plan. `stages`: the last days of its three parts."""

    id: int
    org_id: int
    org: str
    quarter_id: int
    ailment: str
    remedy: str
    duties: str
    county_leader: str
    town_leader: str
    first_secretary: str
    within: tuple[str, str, str]
    begins_on: date
    superseded: bool
    entry: EntryView
    tests: tuple[AcceptanceView, ...]

    @property
    def stages(self) -> tuple[date, ...]:
        """The last days of its three parts."""
        return stage_days(self.begins_on)

    @property
    def passed(self) -> AcceptanceView | None:
        """The test that it passed."""
        return next((one for one in self.tests if one.passed), None)

    @property
    def is_running(self) -> bool:
        """Whether the branch still works by it."""
        return not self.superseded and self.passed is None


def plans(
    session: Reader, org_ids: Collection[int] | None = None, quarter_id: int | None = None
) -> tuple[PlanView, ...]:
    """Plans that stand, the newest first; of a quarter those drawn up in it."""
    wanted = select(*BranchPlan.ALL).where(BranchPlan.withdrawn_at.is_(None)).order_by(BranchPlan.id.desc())
    if org_ids is not None:
        wanted = wanted.where(BranchPlan.org_id.in_(list(org_ids)))
    if quarter_id is not None:
        wanted = wanted.where(BranchPlan.quarter_id == quarter_id)
    rows = session.execute(wanted).all()
    if not rows:
        return ()
    names, orgs = users.names(session), short_names(session)
    tests = of_parents(session, PlanAcceptance, "plan_id", [row.id for row in rows])
    return tuple(_view(row, orgs.get(row.org_id, ""), tests[row.id], entry_view(row, names)) for row in rows)


def _view(row: Facts, org: str, tests: list[Facts], entry: EntryView) -> PlanView:
    return PlanView(
        id=row.id,
        org_id=row.org_id,
        org=org,
        quarter_id=row.quarter_id,
        ailment=row.ailment,
        remedy=row.remedy,
        duties=row.duties,
        county_leader=row.county_leader,
        town_leader=row.town_leader,
        first_secretary=row.first_secretary,
        within=(row.within_30, row.within_60, row.within_90),
        begins_on=row.begins_on,
        superseded=row.superseded_at is not None,
        entry=entry,
        tests=tuple(
            AcceptanceView(one.id, one.on, one.points, one.votes, one.against, one.by, one.opinion, one.passed)
            for one in tests
        ),
    )
