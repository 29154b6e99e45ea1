"""The small township with sizes on its roster and the indicators that organisational life feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.duty_terms import DutyKind
from okr_desk.model.tables import Indicator, MeasuredValue, OrgVersion, Quarter
from okr_desk.queries import cycles, duties, orgs
from okr_desk.queries.duties import BranchDuties
from okr_desk.rules.duties import MeetingDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import duties as service
from okr_desk.services import indicators
from okr_desk.services.outcome import Outcome
from okr_desk.services.permits import SETUP
from okr_desk.terms import Origin, QuarterState
from tests.made_once import made_once
from tests.small_township import Small, build, percent

DAY = date(2026, 10, 8)
CODES = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B09", "B12", "B13", "B14", "B16", "B17", "B19")


@dataclass
class Dutied:
    """The village has 12 full members, 1 on probation, 2 groups and a committee; the school 5 members and no group."""

    small: Small

    def record(self, actor: Actor | None = None, **more: Any) -> Outcome[int]:
        """One event, recorded by the village's secretary unless another is named."""
        who = actor or self.small.secretary
        with self.small.store.write(who) as session:
            return service.record(session, who, self.draft(**more))

    def draft(self, **more: Any) -> MeetingDraft:
        """A Party day of the village in July with 10 of 13 present."""
        plain: dict[str, Any] = {
            "org_id": self.small.village,
            "held_on": date(2026, 7, 3),
            "kinds": (DutyKind.PARTY_DAY,),
            "due": 13,
            "present": 10,
            "topic": "学习党章",
        }
        return MeetingDraft(**{**plain, **more})

    def open_fourth(self) -> None:
        """The quarter of the day is open as well."""
        with self.small.store.write(SETUP) as session:
            session.get_one(Quarter, self.small.quarters[4]).state = QuarterState.OPEN.value

    def values(self, org_id: int | None = None, quarter: int = 3) -> dict[str, Decimal]:
        """What is counted for a branch (the village) and stands, by code."""
        with self.small.store.rows() as session:
            codes = {row.key: row.code for row in session.exec(select(Indicator))}
            rows = session.exec(
                select(MeasuredValue).where(
                    MeasuredValue.org_id == (org_id or self.small.village),
                    MeasuredValue.quarter_id == self.small.quarters[quarter],
                    MeasuredValue.origin == Origin.COMPUTED.value,
                    col(MeasuredValue.superseded_at).is_(None),
                )
            )
            return {codes[row.indicator_id]: row.value for row in rows}

    def stand(self, org_id: int | None = None, quarter: int = 3, day: date = DAY) -> BranchDuties:
        """How a branch (the village) stands."""
        with self.small.store.read() as session:
            found = cycles.quarter(session, 2026, quarter)
            assert found is not None
            org = orgs.view(session, org_id or self.small.village, found.ends_on)
            return duties.branches(session, found, [org], day)[0]


@made_once
def dutied(path: Path, day: date = DAY) -> Dutied:
    """Make it."""
    small = build(path, FixedClock(day))
    with small.store.write(SETUP) as session:
        sizes = {small.village: (12, 1, 2, True), small.school: (5, 0, 0, None)}
        for org_id, (full, probationary, groups, committee) in sizes.items():
            row = session.exec(select(OrgVersion).where(OrgVersion.org_id == org_id)).one()
            row.full_members, row.probationary_members, row.groups, row.has_committee = (
                full, probationary, groups, committee,
            )  # fmt: skip
            row.elected_on = date(2022, 3, 1)
            session.add(row)
        for code in CODES:
            indicators.create(session, SETUP, percent(code, f"指标{code}"))
    return Dutied(small)
