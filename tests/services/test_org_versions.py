"""However an organisation is changed, each day has exactly one version, and what was said for a day holds on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from okr_desk.model.tables import OrgVersion
from okr_desk.queries import orgs as standing
from okr_desk.services import orgs
from tests.founded_township import FIRST, Town, found

VILLAGE = "青石村党支部"
CHANGES = st.lists(
    st.tuples(
        st.dates(FIRST, date(2026, 12, 31)),
        st.integers(3, 60),
        st.sampled_from(("农村", "社区", "机关")),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = found(tmp_path_factory.mktemp("versions") / "镇.okr")
    yield town
    town.store.close()


def versions(session: Session, org_id: int) -> list[OrgVersion]:
    rows = session.exec(select(OrgVersion).where(OrgVersion.org_id == org_id)).all()
    return sorted(rows, key=lambda row: row.valid_from)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_versions_follow_each_other_without_gap_or_overlap(
    town: Town, changes: list[tuple[date, int, str, bool]]
) -> None:
    org_id, actor = town.ids[VILLAGE], town.actors["admin"]
    with town.store.rows() as session:
        for day, members, category, at_once in changes:
            draft = town.branch(VILLAGE, full_members=members, category_id=town.categories[category])
            orgs.revise(session, actor, org_id, replace(draft, valid_from=day, category_at_once=at_once))
            assert standing.view(session, org_id, day).full_members == members
            if at_once:
                assert standing.view(session, org_id, day).category == category
        rows = versions(session, org_id)
        assert rows[0].valid_from == FIRST
        assert rows[-1].valid_to is None
        for earlier, later in pairwise(rows):
            assert earlier.valid_to == later.valid_from - timedelta(days=1)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_a_category_left_to_the_rule_never_changes_within_a_quarter(
    town: Town, changes: list[tuple[date, int, str, bool]]
) -> None:
    org_id, actor = town.ids[VILLAGE], town.actors["admin"]
    with town.store.rows() as session:
        for day, members, category, _at_once in changes:
            draft = town.branch(VILLAGE, full_members=members, category_id=town.categories[category])
            orgs.revise(session, actor, org_id, replace(draft, valid_from=day))
        rows = versions(session, org_id)
        for earlier, later in pairwise(rows):
            if earlier.category_id != later.category_id:
                assert (later.valid_from.month, later.valid_from.day) in {(1, 1), (4, 1), (7, 1), (10, 1)}
