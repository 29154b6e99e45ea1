"""What counts of events is the same whether they are read in full or not: figures of branches, of months, of B08."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from okr_desk.clock import FixedClock
from okr_desk.duty_terms import DutyKind
from okr_desk.model.store import Store, today
from okr_desk.model.tables import Meeting, MeetingKind
from okr_desk.queries import cycles, duties, duty_meetings, orgs
from okr_desk.queries.duty_meetings import Held
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _busy(store: Store) -> list[int]:
    """The ids of the demo's branches, with an event of no kind, one taken back, yearly ones earlier in the year."""
    with store.read() as session:
        ids = [org.id for org in orgs.tree(session, today(session)) if org.kind == OrgKind.BRANCH]
        quarter = cycles.quarter(session, 2026, 3)
    assert quarter is not None
    at = FixedClock(date(2026, 10, 8)).now()
    with store.write(SETUP) as session:
        for turn, (day, kinds, is_gone) in enumerate((
            (date(2026, 2, 3), (DutyKind.REVIEW, DutyKind.LIFE), False),
            (date(2026, 7, 7), (DutyKind.PARTY_DAY, DutyKind.LESSON, DutyKind.ASSEMBLY), False),
            (date(2026, 8, 7), (), False),
            (date(2026, 9, 1), (DutyKind.COMMITTEE,), True),
        )):  # fmt: skip
            said = {"topic": "学习", "host": "王玥", "place": "村部", "due": 9, "present": 5, "basis": "own"}
            row = Meeting(
                org_id=ids[turn % 2], quarter_id=quarter.id, held_on=day, account_id=1, recorded_at=at,
                withdrawn_at=at if is_gone else None, **said,
            )  # fmt: skip
            session.add(row)
            session.flush()
            session.add_all([MeetingKind(meeting_id=row.id, kind=kind.value) for kind in kinds])
    return ids


def test_narrow_rows_are_the_full_ones_without_the_rest(demo_store: Store) -> None:
    ids = _busy(demo_store)
    with demo_store.read() as session:
        full, narrow = duties.meetings(session, ids, *YEAR), duty_meetings.held(session, ids, *YEAR)
        yearly = (DutyKind.LIFE, DutyKind.REVIEW)
        some = duty_meetings.held(session, ids, *YEAR, yearly)
    told = tuple(Held(**{one.name: getattr(event, one.name) for one in fields(Held)}) for event in full)
    assert narrow == told and any(not one.kinds for one in narrow) and any(len(one.kinds) == 3 for one in narrow)
    assert some == tuple(one for one in told if set(one.kinds) & set(yearly)) and some


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_branches_stand_the_same_in_both(demo_store: Store, number: int) -> None:
    _busy(demo_store)
    with demo_store.read() as session:
        quarter, day = cycles.quarter(session, 2026, number), today(session)
        assert quarter is not None
        of = [org for org in orgs.tree(session, day) if org.kind == OrgKind.BRANCH]
        full, narrow = duties.branches(session, quarter, of, day), duties.compared(session, quarter, of, day)
    assert [replace(one, meetings=()) for one in full] == [replace(one, meetings=()) for one in narrow]
    assert [(one.attendance, one.lacking(day)) for one in full] == [
        (one.attendance, one.lacking(day)) for one in narrow
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_what_counts_in_a_quarter_is_its_own_and_the_yearly_before(demo_store: Store, number: int) -> None:
    ids = _busy(demo_store)
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        found = duty_meetings.held_in(session, ids, quarter)
        year = duty_meetings.held(session, ids, date(2026, 1, 1), quarter.ends_on)
    own = [one for one in year if one.held_on >= quarter.starts_on]
    before = [one for one in year if one.held_on < quarter.starts_on and set(one.kinds) & set(duty_meetings.YEARLY)]
    assert own and bool(before) == (number > 1)
    assert [(one.org_id, one.held_on, one.due) for one in found] == [
        (one.org_id, one.held_on, one.due) for one in (*before, *own)
    ]
    assert list(found[len(before) :]) == own
