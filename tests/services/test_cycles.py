"""Years, quarters, the calendar and reopening by two persons, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.queries import cycles as standing
from okr_desk.queries import reviews
from okr_desk.rules.cycles import AgreeDraft, CalendarDayDraft, ReopenDraft, RollOverDraft
from okr_desk.rules.indicators import BaselineDraft, IndicatorDraft, ValueDraft
from okr_desk.services import cycles, indicators, new_year, reopenings
from okr_desk.services.outcome import Topic
from okr_desk.terms import Dimension, Direction, Origin, QuarterState, Role, YearState
from tests.founded_township import Town, add_account, found

VILLAGE, SPRING = "青石村党支部", "龙泉村党支部"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = found(tmp_path / "镇.okr")
    yield town
    town.store.close()


def year_id(town: Town, number: int = 2026) -> int:
    return next(int(year.id) for year in town.read(standing.years) if year.number == number)


def test_the_calendar_of_2026_comes_from_the_library(town: Town) -> None:
    calendar = town.read(standing.calendar)
    for day in range(1, 8):
        assert calendar.is_working_day(date(2026, 10, day)) is False
    assert calendar.is_working_day(date(2026, 9, 20)) is True  # Sunday, 国庆节调休上班
    assert calendar.is_working_day(date(2026, 10, 10)) is True  # Saturday, 国庆节调休上班
    assert calendar.is_working_day(date(2026, 10, 11)) is False
    assert calendar.working_days(date(2026, 10, 1), date(2026, 10, 14)) == 6  # 8, 9, 10, 12, 13, 14
    assert calendar.nth_working_day_after(date(2026, 9, 30), 5) == date(2026, 10, 13)
    names = {day.day: day.name for day in town.read(standing.calendar_days, 2026)}
    assert (names[date(2026, 10, 1)], names[date(2026, 10, 10)]) == ("国庆节", "国庆节调休上班")


def test_a_year_that_nobody_has_filled_in_is_never_guessed(town: Town) -> None:
    calendar = town.read(standing.calendar)
    assert not calendar.knows(2031)
    assert calendar.is_working_day(date(2031, 5, 6)) is None
    assert calendar.working_days(date(2026, 12, 30), date(2027, 1, 5)) is None
    assert calendar.nth_working_day_after(date(2026, 12, 31), 5) is None
    with pytest.raises(Refusal, match="程序自带的节假日资料没有 2031 年"):
        town.write("admin", cycles.fill_from_library, 2031)
    with pytest.raises(WrongState, match="2031年还没有登记任何节假日"):
        town.write("admin", cycles.confirm_year, 2031)


def test_due_dates_follow_the_calendar_until_set_by_hand(town: Town) -> None:
    assert [town.quarter(n).due_on for n in (1, 2, 3)] == [date(2026, 4, 8), date(2026, 7, 7), date(2026, 10, 13)]
    last = town.quarter(4)
    assert last.due_on == date(2027, 1, 10)
    assert town.read(lambda session: standing.is_provisional(last, standing.calendar(session)))
    town.write("admin", cycles.set_due, town.quarter(3).id, date(2026, 10, 15))
    town.write("admin", cycles.set_day, CalendarDayDraft(date(2027, 1, 1), False, "元旦"))
    outcome = town.write("admin", cycles.confirm_year, 2027)
    assert outcome.notices == ("2026年第四季度的填报截止日随日历改为 2027-01-08。",)
    assert town.quarter(4).due_on == date(2027, 1, 8)
    town.write("admin", cycles.set_day, CalendarDayDraft(date(2026, 10, 9), False, "地方放假"))
    assert town.quarter(3).due_on == date(2026, 10, 15)


def test_days_of_the_office_stay_when_the_library_is_read_again(town: Town) -> None:
    own = CalendarDayDraft(date(2026, 10, 10), False, "本镇不调休")
    assert town.write("admin", cycles.set_day, own).changes.topics == {Topic.CYCLES}
    assert not town.write("admin", cycles.set_day, own).changes
    assert town.write("admin", cycles.fill_from_library, 2026).value == 0
    assert town.read(standing.calendar).is_working_day(date(2026, 10, 10)) is False
    town.write("admin", cycles.remove_day, date(2026, 10, 10))
    assert town.read(standing.calendar).is_working_day(date(2026, 10, 10)) is False
    with pytest.raises(InputRefused, match="本来就是工作日"):
        town.write("admin", cycles.set_day, CalendarDayDraft(date(2026, 11, 4), True, "加班"))


def test_quarters_move_by_the_table_only(town: Town) -> None:
    third = town.quarter(3)
    with pytest.raises(WrongState, match="本年度还没有启用"):
        town.write("admin", cycles.move_quarter, third.id, QuarterState.OPEN)
    town.write("admin", cycles.move_year, year_id(town), YearState.OPEN)
    outcome = town.write("admin", cycles.move_quarter, third.id, QuarterState.OPEN)
    assert outcome.changes.topics == {Topic.CYCLES}
    assert town.trail()[-1].after == '{"state":"open"}'
    with pytest.raises(WrongState, match="现在是“填报中”，不能变为“已关账”"):
        town.write("admin", cycles.move_quarter, third.id, QuarterState.CLOSED)
    town.write("admin", cycles.move_quarter, third.id, QuarterState.FROZEN)
    with pytest.raises(WrongState, match="前面的季度还没有关账"):
        town.write("admin", cycles.move_quarter, third.id, QuarterState.CLOSED)
    fourth = town.quarter(4)
    town.write("admin", cycles.move_quarter, fourth.id, QuarterState.OPEN)
    with pytest.raises(WrongState, match="本季度还没有结束"):
        town.write("admin", cycles.move_quarter, fourth.id, QuarterState.FROZEN)
    with pytest.raises(WrongState, match="四个季度没有全部关账"):
        town.write("admin", cycles.move_year, year_id(town), YearState.CLOSED)


def test_closed_never_opens_again(town: Town) -> None:
    first = town.freeze(1)
    town.write("admin", cycles.move_quarter, first.id, QuarterState.CLOSED)
    for state in (QuarterState.OPEN, QuarterState.FROZEN):
        with pytest.raises(WrongState, match="已关账的季度不再开放"):
            town.write("admin", cycles.move_quarter, first.id, state)
    with pytest.raises(WrongState, match="已关账，不能重新开放"):
        town.write("admin", reopenings.ask, ReopenDraft(first.id, (town.ids[VILLAGE],), "补正"))
    with pytest.raises(WrongState, match="截止日不能再改"):
        town.write("admin", cycles.set_due, first.id, date(2026, 4, 20))


def test_reopening_takes_two_persons(town: Town) -> None:
    add_account(town, "office", "董玥", Role.TOWNSHIP_OFFICIAL, town.township)
    third = town.freeze()
    asked = town.write("admin", reopenings.ask, ReopenDraft(third.id, (town.ids[VILLAGE],), "到会人数录错")).value
    assert town.read(standing.reopened, third.id) == frozenset()
    with pytest.raises(WrongState, match="申请人不能自己同意"):
        town.write("admin", reopenings.agree, AgreeDraft(asked, "分管领导 朱丽华"))
    town.write("office", reopenings.agree, AgreeDraft(asked, "不需要代替"))
    found_now = town.read(standing.reopenings, third.id)[0]
    assert (found_now.is_in_force, found_now.agreed_by, found_now.substitution) == (
        True,
        town.actors["office"].account_id,
        "",
    )
    assert town.read(standing.reopened, third.id) == {town.ids[VILLAGE]}
    with pytest.raises(WrongState, match="已经申请或正在重新开放"):
        town.write("office", reopenings.ask, ReopenDraft(third.id, (town.ids[VILLAGE],), "再补"))
    with pytest.raises(WrongState, match="还有支部处于重新开放"):
        town.write("admin", cycles.move_quarter, third.id, QuarterState.CLOSED)
    town.write("admin", reopenings.end, asked[0])
    assert town.read(standing.reopened, third.id) == frozenset()


def test_a_reopening_stays_on_record_and_voids_what_was_printed_before(town: Town) -> None:
    """Also after it was ended; an application taken back opened nothing. One named in place of the second person."""
    third = town.freeze()
    town.write("admin", reopenings.end, town.write("admin", reopenings.ask, asking(town, third.id, "误报")).value[0])
    assert town.read(standing.voided, third.id) == {}
    asked = town.write("admin", reopenings.ask, asking(town, third.id, "到会人数录错。")).value
    assert town.read(standing.in_force, third.id, town.ids[VILLAGE]) is None
    town.write("admin", reopenings.agree, AgreeDraft(asked, "镇纪委 朱丽华"))
    said = town.read(standing.voided, third.id)
    assert list(said) == [town.ids[VILLAGE]]
    (sentence,) = said[town.ids[VILLAGE]]
    assert "申请、镇纪委 朱丽华同意重新开放：到会人数录错。此前打印的评审表作废。" in sentence
    assert town.read(standing.in_force, third.id, town.ids[VILLAGE]).id == asked[0]
    assert town.read(reviews.sheet, town.ids[VILLAGE], 2026, 3).voided == (sentence,)
    assert town.read(reviews.sheet, town.ids[SPRING], 2026, 3).voided == ()
    town.write("admin", reopenings.end, asked[0])
    assert town.read(standing.voided, third.id) == said
    assert town.read(standing.in_force, third.id, town.ids[VILLAGE]) is None


def asking(town: Town, quarter_id: int, reason: str) -> ReopenDraft:
    """The village's quarter."""
    return ReopenDraft(quarter_id, (town.ids[VILLAGE],), reason)


def test_a_second_account_of_the_same_person_is_not_a_second_person(town: Town) -> None:
    from okr_desk.queries import users as users_now
    from okr_desk.rules.users import AccountDraft
    from okr_desk.services import users
    from tests.founded_township import FIRST, TODAY

    add_account(town, "office", "董玥", Role.TOWNSHIP_OFFICIAL, town.township)
    person = next(account.person_id for account in town.read(users_now.accounts, TODAY) if account.login == "admin")
    second = AccountDraft("wangyue", person, Role.TOWNSHIP_OFFICIAL, town.township, FIRST)
    town.actors["wangyue"] = town.read(users_now.actor, town.write("admin", users.create_account, second).value, TODAY)
    third = town.freeze()
    asked = town.write("admin", reopenings.ask, ReopenDraft(third.id, (town.ids[VILLAGE],), "录错")).value
    with pytest.raises(WrongState, match="申请人不能自己同意"):
        town.write("wangyue", reopenings.agree, AgreeDraft(asked))


def test_an_office_of_one_names_who_stood_in(town: Town) -> None:
    third = town.freeze()
    asked = town.write("admin", reopenings.ask, ReopenDraft(third.id, (town.ids[VILLAGE],), "录错")).value
    with pytest.raises(InputRefused, match="分管领导或镇纪委") as refused:
        town.write("admin", reopenings.agree, AgreeDraft(asked))
    assert refused.value.field == "substitution"
    town.write("admin", reopenings.agree, AgreeDraft(asked, "镇纪委 朱丽华"))
    assert town.read(standing.reopenings, third.id)[0].substitution == "镇纪委 朱丽华"


@pytest.mark.parametrize("who", ["secretary", "viewer"])
def test_a_branch_moves_nothing(town: Town, who: str) -> None:
    before = town.read(standing.quarters)
    calls = (
        (cycles.move_quarter, before[0].id, QuarterState.OPEN),
        (cycles.move_year, year_id(town), YearState.OPEN),
        (cycles.set_due, before[0].id, date(2026, 4, 20)),
        (cycles.set_day, CalendarDayDraft(date(2026, 5, 8), False, "放假")),
        (cycles.remove_day, date(2026, 10, 1)),
        (cycles.fill_from_library, 2025),
        (cycles.confirm_year, 2025),
        (cycles.create_year, 2027),
        (reopenings.ask, ReopenDraft(before[0].id, (town.ids[VILLAGE],), "录错")),
        (reopenings.agree, AgreeDraft((1,))),
        (reopenings.end, 1),
        (new_year.roll_over, RollOverDraft(2026)),
    )
    for service, *arguments in calls:
        with pytest.raises(NotAllowed):
            town.write(who, service, *arguments)
        assert town.trail()[-1].action == "denied"
    assert town.read(standing.quarters) == before


def test_a_new_year_proposes_final_values_and_lists_the_gaps(town: Town) -> None:
    draft = IndicatorDraft("B08", "党员到会率", unit="%", direction=Direction.UP, dimension=Dimension.BASIC)
    attendance = town.write("admin", indicators.create, draft).value
    for name in (VILLAGE, SPRING):
        line = BaselineDraft(town.ids[name], attendance, 2026, Decimal(80), date(2025, 12, 31), "2025年统计")
        town.write("admin", indicators.set_baseline, line)
    town.write("admin", cycles.move_year, year_id(town), YearState.OPEN)
    for name, number in ((VILLAGE, 4), (SPRING, 3)):
        quarter = town.quarter(number)
        town.write("admin", cycles.move_quarter, quarter.id, QuarterState.OPEN)
        as_of = min(quarter.ends_on, date(2026, 10, 8))
        value = ValueDraft(town.ids[name], attendance, quarter.id, Decimal("91.5"), as_of, Origin.TOWNSHIP)
        town.write("admin", indicators.record_value, value)
    outcome = town.write("admin", new_year.roll_over, RollOverDraft(2026))
    assert (outcome.value.number, outcome.value.written) == (2027, 1)
    gaps = {(gap.org, gap.what): gap.sentence for gap in outcome.value.gaps}
    assert gaps[(SPRING, "党员到会率")] == "没有第四季度实绩，最近一次是2026年第三季度的 91.5%，基线需核定。"
    assert gaps[("", "工作日历")] == "2027年的节假日还没有填写。"
    assert (VILLAGE, "书记") in gaps
    with town.store.rows() as session:
        line = indicators.current_baseline(session, town.ids[VILLAGE], attendance, 2027)
    assert line is not None
    assert (line.value, line.as_of, line.source) == (Decimal("91.5"), date(2026, 10, 8), "2026年第四季度实绩")
    years = town.read(standing.years)
    assert next((y.number, y.state, y.copied_from, len(y.quarters)) for y in years) == (
        2027,
        YearState.PLANNING,
        2026,
        4,
    )
    assert not town.write("admin", new_year.roll_over, RollOverDraft(2026)).changes
    town.write("admin", cycles.move_year, year_id(town, 2027), YearState.OPEN)
    with pytest.raises(WrongState, match="2027年度已经启用"):
        town.write("admin", new_year.roll_over, RollOverDraft(2026))
