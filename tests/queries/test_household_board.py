"""The township's sums from narrow rows are those of the full views, whoever left, moved away or was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from okr_desk.clock import FixedClock
from okr_desk.member_terms import HouseholdKind
from okr_desk.model.store import Store, today
from okr_desk.model.tables import (
    Household,
    HouseholdLink,
    HouseholdVisit,
    MemberPoint,
    Reporter,
    ServiceHours,
)
from okr_desk.model.tables import Member as MemberRow
from okr_desk.queries import cycles, household_board, households, member_points, members, orgs, service_hours
from okr_desk.queries.objectives import QuarterView
from okr_desk.services.permits import SETUP
from okr_desk.terms import EntryBasis, OrgKind
from tests.small_township import Small, build

AT = FixedClock(date(2026, 10, 8)).now()
OWN = EntryBasis.OWN.value


@pytest.fixture(params=[1, 2, 3])
def small(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    """Two branches with everything that can happen, drawn at random."""
    made = build(tmp_path / "镇.okr", clock)
    _fill(made, Random(request.param))
    yield made
    made.store.close()


def _fill(small: Small, drawn: Random) -> None:
    branches = (small.village, small.school)

    def day(first: int = 0, last: int = 300) -> date:
        return date(2026, 1, 1) + timedelta(days=drawn.randint(first, last))

    def maybe(one: date) -> date | None:
        return one if drawn.random() < 0.3 else None

    with small.store.write(SETUP) as session:
        common = {"recorded_at": AT}
        people = [
            MemberRow(org_id=drawn.choice(branches), name=f"党员{n}", kind="full", joined_on=maybe(day()),
                      left_on=maybe(day()), **common)
            for n in range(16)
        ]  # fmt: skip
        guests = [
            Reporter(org_id=drawn.choice(branches), name=f"报到{n}", unit="县医院", reported_on=day(),
                     ended_on=maybe(day()), **common)
            for n in range(6)
        ]  # fmt: skip
        homes = [
            Household(org_id=drawn.choice(branches), label=f"{n}号", kind=HouseholdKind.ORDINARY.value, listed_on=day(),
                      ended_on=maybe(day()), **common)
            for n in range(40)
        ]  # fmt: skip
        session.add_all([*people, *guests, *homes])
        session.flush()
        for home in homes:
            for _link in range(drawn.randint(0, 2)):
                since = day()
                session.add(HouseholdLink(household_id=home.id, member_id=drawn.choice(people).id, valid_from=since,
                                          valid_to=maybe(since + timedelta(days=60)), **common))  # fmt: skip
            for _visit in range(drawn.randint(0, 8)):
                on = day()
                session.add(HouseholdVisit(household_id=home.id, member_id=drawn.choice(people).id, visited_on=on,
                                           quarter_id=small.quarters[(on.month + 2) // 3], basis=OWN,
                                           withdrawn_at=AT if drawn.random() < 0.2 else None, **common))  # fmt: skip
        for _entry in range(120):
            on, who = day(), drawn.choice(people)
            said = {
                "org_id": who.org_id, "quarter_id": small.quarters[(on.month + 2) // 3], "basis": OWN,
                "withdrawn_at": AT if drawn.random() < 0.2 else None, **common,
            }  # fmt: skip
            guest = drawn.choice(guests) if drawn.random() < 0.3 else None
            whose = {"member_id": who.id} if guest is None else {"reporter_id": guest.id, "org_id": guest.org_id}
            session.add(ServiceHours(**said | whose, served_on=on, hours=Decimal(drawn.randint(1, 30)) / 2))
            session.add(MemberPoint(**said, member_id=who.id, happened_on=on, matter="服务",
                                    points=Decimal(drawn.choice((-2, 1, 3)))))  # fmt: skip


def _same(store: Store, quarter: QuarterView, ids: list[int]) -> None:
    with store.read() as session:
        day = today(session)
        views = households.households(session, ids, quarter, day)
        assert sorted(map(repr, households.reach(session, ids, quarter))) == sorted(repr(one.reach) for one in views)

        people = service_hours.people(session, quarter, ids)
        served = service_hours.served(session, quarter, ids)
        said = [
            (one.org_id, one.member_id or 0, one.reporter_id or 0, one.year, one.quarter, one.due) for one in people
        ]
        light = [
            (one.org_id, one.member_id or 0, one.reporter_id or 0, one.year, one.quarter, one.due) for one in served
        ]
        assert sorted(said) == sorted(light)

        here = {one.id for one in members.members(session, ids, quarter.ends_on)}
        assert set(members.present(session, ids, quarter.ends_on)) == here
        made = member_points.entries(session, quarter, ids)
        activity = member_points.activity(session, quarter, ids)
        assert set(activity) == {one.org_id for one in made}
        for org_id, one in activity.items():
            own = [entry for entry in made if entry.org_id == org_id]
            active = {entry.member_id for entry in own if entry.points > 0} & here
            assert (one.entries, one.active, one.newest) == (len(own), len(active), max(e.happened_on for e in own))

        strengths = members.strengths(session, ids, day)
        for org_id in ids:
            assert strengths[org_id].registered == len(members.members(session, [org_id], day))
        for row in household_board.township(session, quarter, ids).rows:
            alone = household_board.branch(session, quarter, row.org.id).shares
            assert (row.households, row.month_due, row.month_done) == (
                alone.households, alone.month_due, alone.month_done,
            )  # fmt: skip
            assert (row.active, row.entries, row.strength) == (alone.active, alone.entries, alone.strength)
            assert (len(row.people), row.served, row.hours) == (len(alone.people), alone.served, alone.hours)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_narrow_rows_count_what_full_views_count(small: Small, number: int) -> None:
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
    assert quarter is not None
    _same(small.store, quarter, [small.village, small.school])


def test_the_demos_township_counts_as_its_branches_do(demo_store: Store) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        ids = [org.id for org in orgs.tree(session, today(session)) if org.kind == OrgKind.BRANCH]
        assert households.reach(session, ids, quarter)
    _same(demo_store, quarter, ids)
