"""The demo's daily work: something in every register, and nothing that says other than the workbooks do."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from okr_desk.exchange import founding
from okr_desk.model import tables
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, reminders, survey_quadrant
from okr_desk.queries.objectives import OrgView
from okr_desk.terms import Origin

REGISTERS = (
    tables.WorkEntry, tables.Project, tables.NodeStep, tables.DemandCase, tables.CaseReview, tables.Member,
    tables.HouseholdVisit, tables.MemberPoint, tables.ServiceHours, tables.Reporter, tables.PostCheck,
    tables.PartnerStep, tables.DutyRegister, tables.Activity, tables.Whistle, tables.Meeting,
)  # fmt: skip


def branch(session: Reader, name: str) -> OrgView:
    """A branch of the demo by its name."""
    found = orgs.find(session, name, cycles.quarters(session)[2].ends_on)
    assert found is not None
    return found


def test_no_register_is_empty(demo_store: Store) -> None:
    with demo_store.read() as session:
        assert [one.__name__ for one in REGISTERS if session.execute(select(one)).first() is None] == []


def test_what_is_counted_agrees_with_what_was_typed(demo_store: Store) -> None:
    """B09 and F01 come out as in the workbooks; nothing else that was typed is counted beside."""
    with demo_store.read() as session:
        values = session.execute(
            select(tables.MeasuredValue).where(col(tables.MeasuredValue.superseded_at).is_(None))
        ).all()
        codes = {one.id: one.code for one in session.execute(select(tables.Indicator))}
        rows = [one for one in values if codes[one.indicator_id] in ("B09", "F01", "X01", "F02", "F05", "F07", "F25")]
        counted = {(one.org_id, one.indicator_id, one.quarter_id): one for one in rows if one.origin == Origin.COMPUTED}
        beside = [
            (codes[one.indicator_id], one.value, counted[key].value)
            for one in rows
            if one.origin == Origin.TOWNSHIP and (key := (one.org_id, one.indicator_id, one.quarter_id)) in counted
        ]
    assert sorted({code for code, _typed, _made in beside if code != "F02"}) == ["B09", "F01"]
    assert [one for one in beside if one[0] in ("B09", "F01") and one[1] != one[2]] == []


@pytest.mark.parametrize("name", ["青石村党支部", "新华社区党支部", "机关第一党支部"])
def test_something_is_owed_but_not_much(demo_store: Store, name: str) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarters(session)[2]
        owed = reminders.reminders(session, quarter, branch(session, name).id, founding.DEMO_DAY)
    assert 1 <= len(owed) <= 14


def test_activities_of_the_communities_stand_beside_their_satisfaction_in_all_four_fields(demo_store: Store) -> None:
    with demo_store.read() as session:
        (found,) = survey_quadrant.quadrants(session, cycles.quarters(session)[2])
    assert found.category == "社区" and found.is_comparable and len(found.points) == 6
    assert {one.place for one in found.points} == {"双高", "多而无感", "少而精", "双低"}
