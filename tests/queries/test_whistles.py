"""What whistles show: the department table by hand, F17 at its end, the board, what is owed; the sample's figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import Indicator, MeasuredValue
from okr_desk.queries import cycles, reminders, whistle_board, whistle_figures, whistle_reminders, whistles
from okr_desk.queries.whistle_board import Group
from okr_desk.queries.whistle_figures import Rate
from okr_desk.scoring.rounding import half_up
from okr_desk.services import whistles as services
from okr_desk.whistle_terms import DepartmentKind, Solved, WhistleClass, WhistleState, WhistleStep
from tests.small_whistles import WAY, Whistled, at, rating, whistled

T = WhistleStep


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Whistled:
    return whistled(tmp_path / "小镇.okr", clock)


def table(town: Whistled) -> whistle_figures.DepartmentTable:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        return whistle_figures.table(session, quarter)


def test_two_ratings_are_too_few_and_three_make_a_line_and_the_same_indicator(town: Whistled) -> None:
    """87, 92 and 100 points: process 85, 100, 100, result 90, 80, 100; 0.6·95 + 0.4·90 = 93 is also their mean."""
    town.rated()
    town.rated(5, 5, 4, 5, 5, 4)
    (line,) = table(town).lines
    assert (line.score.value, line.score.steps) == (None, ("不足3次，不列",))
    town.rated(5, 5, 5, 5, 5, 5)
    (line,) = table(town).lines
    assert line.score.value == 93
    assert tuple(line.score.steps) == (
        "已评 3 次，过程分、结果分分别取各次的平均。", "过程分平均＝95", "结果分平均＝90", "得分＝0.6×95＋0.4×90＝93",
    )  # fmt: skip
    with town.small.store.rows() as session:
        asked = select(MeasuredValue.value).join(Indicator).where(Indicator.code == "F17")
        values = session.exec(asked.where(MeasuredValue.superseded_at.is_(None)).order_by(MeasuredValue.quarter_id))
        assert next(iter(values)) == 93


def test_the_figures_of_a_department(town: Whistled) -> None:
    """Three whistles: one in time; one signed in late and overdue; one again after a failed result."""
    town.rated()
    late = town.create(kind=WhistleClass.URGENT)
    town.through(late, [(T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.SIGN_IN, "07-03 09:40"),
                        (T.ARRIVE, "07-03 09:50"), (T.PLAN, "07-03 10:00")])  # fmt: skip
    failed = town.create()
    town.through(failed, WAY[:-1])
    town.move(failed, T.RATE, "07-09 10:00", ratings=(rating(),), solved=Solved.NO)
    town.create(again_of_id=failed)  # a draft: not blown, so not counted yet
    found = table(town).all
    assert (found.count, found.rated, found.overdue) == (3, 2, 1)
    assert (found.signed_in, found.came, found.closed) == (Rate(2, 3), Rate(2, 3), Rate(2, 3))
    assert (found.solved_at_once, found.again) == (Rate(1, 2), Rate(0, 3))
    assert found.sign_in_minutes == round((60 + 40 + 60) / 3)
    assert found.signed_in.explained.steps == ("2÷3×100%≈66.666667",)
    assert table(town).of(DepartmentKind.COUNTY) == ()


def test_a_reassignment_blows_anew_and_what_was_taken_back_has_no_time(town: Whistled) -> None:
    """The times of the department before are gone; the plan of a step taken back too."""
    made = town.create()
    town.through(made, [(T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.SIGN_IN, "07-03 09:10")])
    town.move(made, T.DECLINE, "07-03 10:00")
    town.move(made, T.REASSIGN, "07-03 11:00", department_id=town.water)
    one = town.view(made)
    assert (one.blown_at, one.received_at, one.was_returned) == (at("07-03 11:00"), None, True)
    town.move(made, T.SIGN_IN, "07-03 11:30")
    assert town.view(made).received_at == at("07-03 11:30")
    with town.small.store.write(town.small.office) as session:
        services.take_back(session, town.small.office, made, "填错")
    one = town.view(made)
    assert (one.blown_at, one.received_at, len(one.standing_moves)) == (at("07-03 11:00"), None, 5)


def test_the_board_orders_by_what_presses_and_says_the_time_left(town: Whistled) -> None:
    calm, urgent = town.create(), town.create(kind=WhistleClass.URGENT)
    for made in (calm, urgent):
        town.through(made, [(T.SUBMIT, "10-08 08:40"), (T.BLOW, "10-08 09:00")])  # the fourth quarter is not open yet
    town.rated()
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        found = whistle_board.board(session, quarter)
        assert [one.id for one in found.column(Group.RECEIVING)] == [urgent, calm]
        left = [whistle_board.time_left(one, found.now) for one in found.column(Group.RECEIVING)]
        assert left == [
            "已超 2 分钟",
            "还剩 7 小时",
        ]  # it is 9:32; 9:00 and 6 working hours end at 17:00, lunch included
        assert [len(found.column(group)) for group in Group] == [0, 2, 0, 0, 1]
        assert [one.id for one in found.overdue] == [urgent]
        assert found.sources[0] == "网格巡查" and "12345热线" in found.sources


def test_the_township_board_shows_the_figures_of_all_its_whistles(demo_store: Store) -> None:
    """Taken from the table of departments, they are those of every whistle that stands."""
    with demo_store.read() as session:
        for number in (1, 2, 3):
            quarter = cycles.quarter(session, 2026, number)
            assert quarter is not None
            every = [one for one in whistles.whistles(session) if whistle_figures.is_blown(one)]
            assert whistle_board.board(session, quarter).figures == whistle_figures.figures(every, quarter)


def owed(town: Whistled, org_id: int) -> list[str]:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        found = reminders.reminders(session, quarter, org_id, date(2026, 10, 8))
        return [one.said for one in found if one.page == "whistles"]


def test_what_is_owed_by_whom(town: Whistled) -> None:
    small = town.small
    made = town.create()
    assert owed(town, small.village) == []
    town.move(made, T.SUBMIT, "07-03 08:40")
    assert owed(town, small.township) == ["1 件吹哨单待审签"]
    town.move(made, T.BLOW, "07-03 09:00")
    assert owed(town, small.village) == ["哨2026-3-001 沟渠堵塞：综合执法队没有按时签收"]
    assert owed(town, small.school) == ["哨2026-3-001 沟渠堵塞：本单位应办，没有按时签收"]
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        (late,) = whistle_reminders.owed(session, quarter, small.village, date(2026, 10, 8))
    assert late.due_on == date(2026, 7, 3)  # to sign in, not to settle: the nearest that was missed
    town.through(made, WAY[2:-1])
    assert owed(town, small.village) == ["哨2026-3-001 沟渠堵塞：综合执法队已办结，还没有评价"]
    town.move(made, T.RATE, "07-09 10:00")
    assert owed(town, small.village) == [] == owed(town, small.school)


def test_only_the_whistles_asked_for_are_read(town: Whistled) -> None:
    """By state, and by who whistled or leads: what a reminder asks every few minutes is not the whole register."""
    small = town.small
    first, second = town.create(), town.create()
    town.move(first, T.SUBMIT, "07-03 08:40")
    with small.store.read() as session:

        def ids(**asked: Any) -> list[int]:
            return [one.id for one in whistles.whistles(session, **asked)]

        assert ids() == [first, second] and ids(states=(WhistleState.SIGNING,)) == [first]
        assert ids(org_ids=(small.school,)) == [first, second]  # its department leads
        assert ids(org_ids=(small.township,)) == [] and ids(ids=(second,), states=()) == []
        (one,) = whistles.whistles(session, ids=(first,))
        assert [move.step for move in one.moves] == [T.SUBMIT]


def test_the_sample_by_department(demo_store: Store) -> None:
    """Worked from the sheet: 12 whistles of the third quarter; 城建办 has five, the others fewer than three but two."""
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        found = whistle_figures.table(session, quarter)
    assert (found.all.count, found.all.came, found.all.sign_in_minutes is not None) == (12, Rate(0, 0, 12), True)
    by_name = {line.department.name: line for line in found.lines}
    town_works = by_name["城建办"]
    # 021 was blown in June and rated in July: it is rated here, but not counted among the four blown
    assert (town_works.figures.count, town_works.figures.rated) == (4, 5)
    process = [(2 + 3 + 2 + 5) * 5, (3 + 4 + 5 + 5) * 5, (4 + 5 + 5 + 5) * 5, (4 + 5 + 5 + 5) * 5, (4 + 3 + 4 + 5) * 5]
    outcome = [(5 + 2) * 10, (5 + 5) * 10, (5 + 4) * 10, (5 + 4) * 10, (4 + 5) * 10]
    expected = Decimal("0.6") * Decimal(sum(process)) / 5 + Decimal("0.4") * Decimal(sum(outcome)) / 5
    assert town_works.score.value is not None and half_up(town_works.score.value, 6) == half_up(expected, 6)
    assert by_name["民政办"].score.steps == ("不足3次，不列",)
