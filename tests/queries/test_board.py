"""Boards against sums done by hand: progress, pace by the working days of 2026, roll-up, origins, what stays done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.model.store import Store
from okr_desk.model.tables import CalendarYear, KeyResult, Objective, Quarter
from okr_desk.queries import board as boards
from okr_desk.queries import orgs
from okr_desk.queries.objectives import Board, KeyResultView
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.indicators import ValueDraft
from okr_desk.services import adjustments, approvals, checkins, indicators, measured, objectives
from okr_desk.services.permits import SETUP
from okr_desk.terms import Origin, QuarterState, Status
from tests.filled_township import Filled, fill
from tests.small_township import metric, objective

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def report(town: Filled, quarter: int = 3, **values: object) -> None:
    """State values by the name of the key result."""
    with town.small.store.write(town.small.office) as session:
        for name, value in values.items():
            field = "nodes" if isinstance(value, tuple) else "done" if isinstance(value, bool) else "value"
            draft = CheckInDraft(
                getattr(town, name), town.small.quarters[quarter], reason="补报", **{field: value}  # type: ignore[arg-type]
            )  # fmt: skip
            checkins.record(session, town.small.office, draft)


def noticed(town: Filled, number: int = 3) -> tuple[str, ...]:
    return seen(town, number).notices


def test_notices_speak_of_what_counts_in_the_quarter(town: Filled) -> None:
    """Six key results of 40, 20 and four times 10: without one of 10 they are 90, and only from this quarter on."""
    small = town.small
    assert noticed(town) == ()
    with small.store.write(small.office) as session:
        told = adjustments.stop_key_result(session, small.office, town.road, "项目取消").notices
    assert told == ("O1 各关键结果的权重合计 90，不是 100，计算时按比例折算。",)
    assert noticed(town) == ("O1 的关键结果权重合计 90，已按比例折算。",)
    assert noticed(town, 2) == ()


def test_what_is_not_approved_makes_no_notice(town: Filled) -> None:
    small = town.small
    with small.store.write(small.secretary) as session:
        draft = objective(small.village, "O2", weight=D(5))
        made = objectives.create(session, small.secretary, draft)
        objectives.create_key_result(session, small.secretary, made.value, metric("KR2.1", weight=D(60)))
    assert made.notices == ("各目标（含未批准的）的权重合计 105，不是 100，计算时按比例折算。",)
    assert noticed(town) == ()
    with small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [made.value])
    assert noticed(town) == ()
    with small.store.write(small.office) as session:
        changed = objective(small.village, weight=D(95))
        first = session.exec(select(Objective.id).where(Objective.code == "O1")).one()
        told = adjustments.change_objective(session, small.office, first or 0, changed, "腾出权重").notices
    assert told == ("各目标的权重合计 95，不是 100，计算时按比例折算。",)
    assert noticed(town) == ("目标权重合计 95，已按比例折算。",)
    with small.store.write(small.office) as session:
        approvals.approve(session, small.office, [made.value], "上级新部署")
    assert noticed(town) == ("O2 的关键结果权重合计 60，已按比例折算。",)


def four_reported(town: Filled) -> None:
    report(town, rate=D(78), income=D(40), road=("立项", "开工"), safety=D(0))


def seen(town: Filled, number: int = 3, store: Store | None = None) -> Board:
    with (store or town.small.store).read() as session:
        return boards.board(session, town.small.village, 2026, number)


def one(town: Filled, name: str, number: int = 3) -> KeyResultView:
    wanted = getattr(town, name)
    return next(kr for kr in seen(town, number).key_results if kr.id == wanted)


def close(town: Filled, number: int) -> None:
    with town.small.store.write(SETUP) as session:
        row = session.get_one(Quarter, town.small.quarters[number])
        row.state = QuarterState.CLOSED
        session.add(row)


def test_progress_of_each_kind(town: Filled) -> None:
    four_reported(town)
    assert [kr.progress.raw for kr in seen(town).key_results] == [
        D("0.6"),  # (78 - 60) / (90 - 60)
        D("0.5"),  # 40 of 80 since January, not (40 - 50) / (80 - 50)
        D("0.5"),  # 立项 20 and 开工 30 of 100
        D(1),  # no accident where none is allowed
        None,
        None,
    ]


def test_the_branch_is_the_weighted_mean_of_what_was_reported(town: Filled) -> None:
    four_reported(town)
    board = seen(town)
    assert board.rollup.progress == (40 * D("0.6") + 20 * D("0.5") + 10 * D("0.5") + 10 * D(1)) / 80 == D("0.6125")
    assert board.rollup.coverage == 1


def test_in_a_closed_quarter_silence_counts_nought(town: Filled) -> None:
    four_reported(town)
    close(town, 3)
    assert seen(town).rollup.progress == D("0.49")


def test_nothing_reported_is_nothing_and_not_nought(town: Filled) -> None:
    board = seen(town)
    assert board.rollup.progress is None
    assert {kr.progress.raw for kr in board.key_results} == {None}


def test_expected_follows_the_plan_by_working_days(town: Filled) -> None:
    """2026's third quarter has 66 working days (25 September off, Sunday the 20th worked); 63 are gone."""
    expected = one(town, "rate").pace.expected
    assert expected is not None
    plan = Fraction(1, 2) + (Fraction(22, 30) - Fraction(1, 2)) * Fraction(63, 66)
    assert abs(Fraction(expected) - plan) < Fraction(1, 10**20)


def test_expected_without_a_plan_follows_the_year(town: Filled) -> None:
    """248 working days in 2026: 261 weekdays, 19 off, 6 made up; 65 of them lie after 25 September."""
    expected = one(town, "income").pace.expected
    assert expected is not None and abs(Fraction(expected) - Fraction(183, 248)) < Fraction(1, 10**20)


def test_the_lights(town: Filled) -> None:
    four_reported(town)
    assert [kr.pace.status for kr in seen(town).key_results] == [
        Status.WATCH,  # 0.60 against 0.72
        Status.WATCH,  # 0.50 against 0.74: -0.238 is not below -0.25
        Status.WATCH,
        Status.ON_TRACK,
        Status.NOT_STARTED,
        Status.NOT_STARTED,
    ]
    report(town, rate=D(90), safety=D(1), income=D(38))
    assert [kr.pace.status for kr in seen(town).key_results[:4]] == [
        Status.DONE,
        Status.BEHIND,
        Status.WATCH,
        Status.BEHIND,
    ]


def test_silence_is_never_green(town: Filled) -> None:
    assert [kr.pace.status for kr in seen(town).key_results[:4]] == [Status.DUE] * 4


def test_what_was_done_once_stays_done(town: Filled) -> None:
    report(town, 2, rules=True, survey=D(71), road=("立项", "开工", "主体完成", "验收"))
    for name in ("rules", "survey", "road"):
        view = one(town, name)
        assert (view.progress.raw, view.pace.status) == (D(1), Status.DONE)
    assert one(town, "rate").progress.raw is None


def test_a_part_of_the_nodes_has_to_be_said_again(town: Filled) -> None:
    report(town, 2, road=("立项", "开工"))
    assert one(town, "road").progress.raw is None


def test_the_quarter_before_stands_beside(town: Filled) -> None:
    report(town, 2, rate=D(74))
    report(town, rate=D(78))
    view = one(town, "rate")
    assert (view.previous, view.value, view.planned) == (D(74), D(78), D(82))
    assert [reading.quarter for reading in view.readings] == [2, 3]


def test_the_origin_put_first_counts_and_the_difference_is_listed(town: Filled) -> None:
    report(town, income=D(45))
    with town.small.store.rows() as session:
        indicator = session.get_one(KeyResult, town.income).indicator_id
    assert indicator is not None
    with town.small.store.write(town.small.office) as session:
        draft = ValueDraft(
            town.small.village, indicator, town.small.quarters[3], D(40), date(2026, 9, 20), Origin.DEPARTMENT
        )
        measured.record_value(session, town.small.office, draft)
    view = one(town, "income")
    assert (view.value, view.progress.raw) == (D(40), D("0.5"))
    assert view.conflict == "采用部门提供 40，另有支部自报 45，请核对。"


def test_what_does_not_apply_is_weighted_away(town: Filled) -> None:
    four_reported(town)
    with town.small.store.rows() as session:
        indicator = session.get_one(KeyResult, town.income).indicator_id
    assert indicator is not None
    with town.small.store.write(town.small.office) as session:
        indicators.not_applicable(session, town.small.office, town.small.village, indicator, 2026, "没有集体经济")
    board = seen(town)
    assert board.rollup.progress == (40 * D("0.6") + 10 * D("0.5") + 10 * D(1)) / 60
    assert board.rollup.coverage == D("0.8")


def test_a_stopped_key_result_leaves_the_sum(town: Filled) -> None:
    four_reported(town)
    with town.small.store.write(town.small.office) as session:
        adjustments.stop_key_result(session, town.small.office, town.road, "项目取消")
    assert seen(town).rollup.progress == (40 * D("0.6") + 20 * D("0.5") + 10 * D(1)) / 70


def test_a_year_without_calendar_says_so_and_guesses_nothing(town: Filled) -> None:

    with town.small.store.write(SETUP) as session:
        for row in session.exec(select(CalendarYear)):
            session.delete(row)
    report(town, income=D(79))
    view = one(town, "income")
    assert view.pace.expected is None and view.pace.status is Status.WATCH
    assert "2026年的工作日历还没有录入" in view.pace.steps[0]


def test_looking_back_judges_on_the_last_day_of_the_quarter(town: Filled) -> None:
    report(town, 2, rate=D(75))
    store = Store.open(town.small.store.path, FixedClock(date(2026, 12, 1)))
    view = seen(town, 2, store).key_results[0]
    assert (view.progress.raw, view.pace.expected, view.pace.status) == (D("0.5"), D("0.5"), Status.ON_TRACK)
    store.close()


def test_a_quarter_that_does_not_exist(town: Filled) -> None:
    with pytest.raises(Refusal, match="2031年第1季度还没有建立"), town.small.store.rows() as session:
        boards.board(session, town.small.village, 2031, 1)


def test_all_at_once_is_the_same_as_one_by_one(town: Filled) -> None:
    four_reported(town)
    with town.small.store.rows() as session:
        alone = boards.board(session, town.small.village, 2026, 3)
        quarter = alone.quarter
        of = [alone.org, orgs.view(session, town.small.school, date(2026, 9, 25))]
        both = boards.boards(session, quarter, of)
    assert both[town.small.village] == alone
    assert both[town.small.school].rollup.progress is None
