"""The small township with members, households and the indicators that they feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.member_terms import HouseholdKind, MemberKind
from okr_desk.model.tables import Indicator, MeasuredValue
from okr_desk.queries import cycles
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.households import HouseholdDraft, MonthDraft
from okr_desk.rules.members import MemberDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import household_visits, households, indicators, members
from okr_desk.services.permits import SETUP
from tests.made_once import made_once
from tests.small_township import Small, build, percent

JULY = date(2026, 7, 1)
NAMES = ("李旭昇", "王玥", "欧阳修", "赵敏")


@dataclass
class Membered:
    """The township with four members of the village; ids by name."""

    small: Small
    ids: dict[str, int]

    def write(self, service: Any, *more: Any, who: Actor | None = None) -> Any:
        """What a service gives back, as the village's secretary unless somebody else is named."""
        actor = who or self.small.secretary
        with self.small.store.write(actor) as session:
            return service(session, actor, *more)

    def read(self, query: Any, *more: Any) -> Any:
        """What a query answers."""
        with self.small.store.read() as session:
            return query(session, *more)

    def quarter(self, number: int = 3) -> QuarterView:
        """A quarter of 2026."""
        found: QuarterView | None = self.read(cycles.quarter, 2026, number)
        assert found is not None
        return found

    def value(self, code: str, org_id: int | None = None, number: int = 3) -> tuple[Decimal, str] | None:
        """The computed value of an indicator with its note, None where none stands."""
        with self.small.store.rows() as session:
            row = session.exec(
                select(MeasuredValue)
                .join(Indicator, Indicator.id == MeasuredValue.indicator_id)  # type: ignore[arg-type]
                .where(
                    Indicator.code == code,
                    MeasuredValue.org_id == (org_id or self.small.village),
                    MeasuredValue.quarter_id == self.small.quarters[number],
                    MeasuredValue.superseded_at == None,  # noqa: E711 - the database's own
                )
            ).first()
            return None if row is None else (row.value, row.note)

    def list_households(self, name: str, labels: Sequence[str], since: date = JULY) -> tuple[int, ...]:
        """Households that a member looks after; their ids."""
        drafts = [
            HouseholdDraft(self.small.village, label, since, "张三", member_id=self.ids[name]) for label in labels
        ]
        found: tuple[int, ...] = self.write(households.add, drafts).value
        return found

    def visit(self, household_id: int, month: int, *days: int) -> Any:
        """The days of a month on which a household was visited."""
        return self.write(household_visits.record_months, [MonthDraft(household_id, 2026, month, days)])


@made_once
def membered(path: Path, clock: FixedClock) -> Membered:
    """Make it: 李旭昇 and 王玥 in the committee, 欧阳修 probationary in 第二网格, 赵敏 floating."""
    small = build(path, clock)
    with small.store.write(SETUP) as session:
        for code in ("F06", "F11", "X04", "X10"):
            indicators.create(session, SETUP, percent(code, code))
    drafts = (
        MemberDraft(small.village, "李旭昇", is_committee=True, duty="书记", grid="第一网格"),
        MemberDraft(small.village, "王玥", is_committee=True),
        MemberDraft(small.village, "欧阳修", MemberKind.PROBATIONARY, grid="第二网格"),
        MemberDraft(small.village, "赵敏", MemberKind.FLOATING),
    )
    with small.store.write(small.secretary) as session:
        ids = members.add(session, small.secretary, drafts).value
    return Membered(small, dict(zip(NAMES, ids, strict=True)))


PRIORITY = HouseholdKind.PRIORITY
