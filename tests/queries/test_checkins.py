"""The table of one branch to fill in: what is asked, what was said, who may still state something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import KeyResult, Reopening
from okr_desk.queries import checkins as fill
from okr_desk.queries import cycles
from okr_desk.queries.checkins import FillSheet, NarrativeView
from okr_desk.rules.checkins import CheckInDraft, NarrativeDraft
from okr_desk.rules.indicators import ValueDraft
from okr_desk.services import checkins, measured
from okr_desk.services.permits import SETUP
from okr_desk.terms import EntryBasis, Origin, QuarterState, Status
from tests.filled_township import Filled
from tests.filled_township import fill as make

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    made = make(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def seen(town: Filled, key: str = "2026Q3", store: Store | None = None) -> FillSheet:
    with (store or town.small.store).read() as session:
        quarter = cycles.by_key(session, key)
        assert quarter is not None
        return fill.sheet(session, town.small.village, quarter)


def record(town: Filled, key_result_id: int, quarter: int = 3, **more: object) -> None:
    with town.small.store.write(town.small.office) as session:
        draft = CheckInDraft(key_result_id, town.small.quarters[quarter], reason="补报", **more)  # type: ignore[arg-type]
        checkins.record(session, town.small.office, draft)


def test_what_is_owed_and_how_long_there_is(town: Filled) -> None:
    record(town, town.income, value=D(40))
    sheet = seen(town)
    assert [row.view.id for row in sheet.rows] == list(town.all)
    assert [row.view.id for row in sheet.missing] == [town.rate, town.road, town.safety]
    assert (sheet.days_left, sheet.as_of, sheet.evidence_limit) == (5, date(2026, 9, 25), 2)
    assert sheet.rows[0].objective_code == "O1" and sheet.rows[0].is_fillable


def test_a_row_judges_what_is_not_stored_like_what_is(town: Filled) -> None:
    row = seen(town).rows[0]
    made, pace = row.judge(D(78), None, None)
    assert (made.raw, pace.status) == (D("0.6"), Status.WATCH)
    road = seen(town).rows[2]
    assert road.judge(None, None, ("立项", "开工"))[0].raw == D("0.5")
    record(town, town.rate, value=D(78))
    stored = seen(town).rows[0].view
    assert (stored.progress, stored.pace) == (made, pace)


def test_the_branch_keeps_its_own_statement_beside_the_value_that_counts(town: Filled, tmp_path: Path) -> None:
    record(town, town.income, value=D(45))
    with town.small.store.write(town.small.office) as session:
        indicator = session.get_one(KeyResult, town.income).indicator_id
        assert indicator is not None
        day, quarter = date(2026, 9, 20), town.small.quarters[3]
        measured.record_value(
            session,
            town.small.office,
            ValueDraft(town.small.village, indicator, quarter, D(40), day, Origin.TOWNSHIP),
        )
    row = seen(town).rows[1]
    assert (row.view.value, row.own_value, row.is_given) == (D(40), D(45), True)
    assert "另有支部自报 45" in row.view.conflict


def test_files_and_the_last_recorder_are_remembered(town: Filled, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    record(town, town.rate, value=D(78), evidence=(photo,), reported_by="覃会计", basis=EntryBasis.PHONE)
    record(town, town.safety, value=D(0))
    sheet = seen(town)
    assert [kept.name for kept in sheet.rows[0].evidence] == ["照片.jpg"]
    assert (sheet.reported_by, sheet.basis) == ("覃会计", EntryBasis.PHONE)


def test_the_newest_narrative(town: Filled) -> None:
    assert seen(town).narrative == NarrativeView()
    for text in ("甲", "乙"):
        with town.small.store.write(town.small.secretary) as session:
            draft = NarrativeDraft(town.small.village, town.small.quarters[3], practice=text)
            checkins.write_narrative(session, town.small.secretary, draft)
    assert seen(town).narrative.practice == "乙"


def test_a_statement_of_an_earlier_quarter_is_not_of_this_one(town: Filled) -> None:
    record(town, town.rules, 2, done=True)
    row = seen(town).rows[4]
    assert row.view.progress.raw == 1 and not row.is_reported_here and row.checkin_id is None


def test_who_may_still_state_something(town: Filled) -> None:
    sheet = seen(town)
    assert fill.who_may(sheet, is_office=False) == "" and sheet.is_open_to(is_office=False)
    frozen = seen(town, "2026Q2")
    assert frozen.is_open_to(is_office=True) and not frozen.is_open_to(is_office=False)
    assert "支部不能再填报" in fill.who_may(frozen, is_office=False)
    assert "须写明理由" in fill.who_may(frozen, is_office=True)
    planning = replace(sheet, quarter=replace(sheet.quarter, state=QuarterState.PLANNING))
    assert not planning.is_open_to(is_office=True) and "还没有开放" in fill.who_may(planning, is_office=True)


def test_a_quarter_opened_again_is_open_to_its_branch(town: Filled) -> None:
    with town.small.store.write(SETUP) as session:
        session.add(
            Reopening(
                quarter_id=town.small.quarters[2],
                org_id=town.small.village,
                reason="漏报",
                asked_by=town.small.office.account_id,
                asked_at=datetime(2026, 9, 24, tzinfo=UTC),
                agreed_by=town.small.secretary.account_id,
                agreed_at=datetime(2026, 9, 24, tzinfo=UTC),
            )
        )
    again = seen(town, "2026Q2")
    assert again.is_reopened and again.is_open_to(is_office=False)
    for is_office in (False, True):
        said = fill.who_may(again, is_office)
        assert said.startswith("本季度已冻结，2026-09-24经王玥申请、李旭昇同意重新开放：漏报。支部可以填报，")
        assert "到镇党建办结束开放为止" in said
    assert fill.who_may(seen(town), is_office=False) == ""


def test_the_first_that_still_waits(town: Filled) -> None:
    with town.small.store.read() as session:
        quarter = cycles.by_key(session, "2026Q3")
        assert quarter is not None
        both = [town.small.school, town.small.village]
        assert fill.first_waiting(session, both, quarter) == town.small.village
        assert fill.first_waiting(session, [town.small.school], quarter) is None


def test_after_the_deadline(town: Filled) -> None:
    store = Store.open(town.small.store.path, FixedClock(date(2026, 10, 8)))
    sheet = seen(town, store=store)
    assert (sheet.days_left, sheet.as_of, len(sheet.missing)) == (-8, date(2026, 9, 30), 6)
    store.close()
