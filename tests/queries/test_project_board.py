"""The board reads each register once: its cases and sums are those that each query finds alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_desk.model.store import Store, today
from okr_desk.queries import cycles, demand_counts, demands, orgs, project_board, project_counts
from okr_desk.terms import OrgKind


@pytest.mark.parametrize("number", [2, 3])
def test_cases_and_sums_are_those_of_the_registers_read_alone(demo_store: Store, number: int) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        of = [org for org in orgs.tree(session, today(session)) if org.kind == OrgKind.BRANCH]
        ids = [org.id for org in of]
        found = project_board.board(session, quarter, of)
        assert found.projects and bool(found.demands) is (number == 3)
        assert found.demands == demands.ledger(session, 2026, quarter.ends_on, ids)
        assert found.cases == demands.cases(session, 2026, quarter.ends_on, ids)
        assert found.nodes == project_counts.tallies(session, quarter, ids)
        assert found.due == demand_counts.tallies(session, quarter, ids)


def test_a_case_tells_of_its_demand_whether_that_was_read_before_or_not(demo_store: Store) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        ids = [org.id for org in orgs.tree(session, today(session))]
        cases = demands.cases(session, 2026, quarter.ends_on, ids)
        assert cases
        known = [replace(one.demand, what="另一件") for one in cases[:1]]
        again = demands.cases(session, 2026, quarter.ends_on, ids, known)
    assert again[0].demand.what == "另一件"
    assert [one for one in again if one.demand.id != known[0].id] == [
        one for one in cases if one.demand.id != known[0].id
    ]
