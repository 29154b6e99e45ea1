"""Households: one list each, 5 to 10 a member, visits by the month, F06 by hand. Source: domain 1.1 row 24, 1.4 F06."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import HouseholdVisit, OrgVersion, PolicyValue
from okr_desk.queries import households as standing
from okr_desk.rules.households import HouseholdDraft, MonthDraft, MonthRefused, RatingDraft, VisitDraft, typed_days
from okr_desk.rules.members import LeaveDraft
from okr_desk.services import household_ratings, household_visits, households, members
from okr_desk.services.permits import SETUP
from okr_desk.terms import EntryBasis
from tests.membered_township import JULY, PRIORITY, Membered, membered

SEVEN = tuple(f"3组{n}号" for n in range(1, 8))


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def listed(town: Membered, number: int = 3) -> tuple[standing.HouseholdView, ...]:
    found: tuple[standing.HouseholdView, ...] = town.read(
        standing.households, [town.small.village], town.quarter(number), date(2026, 10, 8)
    )
    return found


def set_policy(town: Membered, key: str, value: str) -> None:
    with town.small.store.write(SETUP) as session:
        session.add(PolicyValue(name=key, value=value))


def test_households_stand_in_the_order_of_their_labels(town: Membered) -> None:
    town.list_households("李旭昇", ("3组12号", "3组2号", "1组9号"))
    assert [one.label for one in listed(town)] == ["1组9号", "3组2号", "3组12号"]
    assert standing.named(listed(town)[0]) == "1组9号（张三）"


def test_fewer_than_five_are_noticed(town: Membered) -> None:
    draft = HouseholdDraft(town.small.village, "3组1号", JULY, "张三", PRIORITY, town.ids["王玥"])
    made = town.write(households.add, [draft])
    assert made.notices == ("王玥目前联系 1 户，规定每名党员 5 至 10 户。",)


def test_an_eleventh_household_is_refused_with_advice(town: Membered) -> None:
    town.list_households("李旭昇", [f"1组{n}号" for n in range(1, 11)])
    with pytest.raises(InputRefused, match=r"李旭昇已联系 10 户.*最多 10 户。请把这一户安排给别的党员"):
        town.list_households("李旭昇", ["1组11号"])
    assert len(listed(town)) == 10


def test_a_micro_grid_has_ten_to_twenty(town: Membered) -> None:
    set_policy(town, "households.micro_grids", "true")
    town.list_households("李旭昇", [f"1组{n}号" for n in range(1, 21)])
    with pytest.raises(InputRefused, match="最多 20 户"):
        town.list_households("李旭昇", ["1组21号"])
    with pytest.raises(InputRefused, match="最多 10 户"):
        town.list_households("王玥", [f"2组{n}号" for n in range(1, 12)])


def test_a_household_in_two_lists_is_refused_naming_the_other(town: Membered) -> None:
    town.list_households("李旭昇", ["3组12号"])
    with pytest.raises(InputRefused, match="“3组12号”已在李旭昇的联户名单里，一户只由一名党员联系"):
        town.list_households("王玥", ["3组 12号"])


def test_handing_over_keeps_who_visited_when(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["3组12号"])
    town.visit(key, 7, 3)
    town.write(households.hand_over, key, town.ids["王玥"], date(2026, 8, 1))
    town.visit(key, 8, 5)
    (one,) = listed(town)
    assert [month.member_id for month in one.months] == [town.ids["李旭昇"], town.ids["王玥"], town.ids["王玥"]]
    assert [visit.member_id for month in one.months for visit in month.visits] == [town.ids["李旭昇"], town.ids["王玥"]]
    with pytest.raises(InputRefused, match="自 2026-08-01 起联系"):
        town.write(households.hand_over, key, town.ids["欧阳修"], date(2026, 7, 15))


def test_a_member_who_leaves_frees_the_households(town: Membered) -> None:
    town.list_households("李旭昇", SEVEN)
    made = town.write(members.leave, LeaveDraft(town.ids["李旭昇"], date(2026, 9, 10), "转出"))
    assert made.notices == ("李旭昇联系的 7 户需要改由其他党员联系。",)
    assert {one.member_id for one in listed(town)} == {None}
    assert [month.is_due for month in listed(town)[0].months] == [True, True, False]


def test_a_visit_needs_a_day_that_can_be(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["3组1号"])
    with pytest.raises(InputRefused, match="3组1号：“走访日期”2026-12-01 还没有到"):
        town.visit(key, 12, 1)
    with pytest.raises(InputRefused, match="在 2026-05-06 还没有联系党员"):
        town.write(household_visits.record, VisitDraft(key, date(2026, 5, 6), reason="补登"), who=town.small.office)
    town.write(household_visits.record, VisitDraft(key, date(2026, 7, 6), "孩子上学有困难", True))
    with pytest.raises(InputRefused, match="2026-07-06 的走访已经登记过"):
        town.write(household_visits.record, VisitDraft(key, date(2026, 7, 6)))
    with pytest.raises(NotAllowed):
        town.write(household_visits.record, VisitDraft(key, date(2026, 7, 7)), who=town.small.stranger)


def test_a_frozen_quarter_needs_the_office_and_a_reason(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["3组1号"], date(2026, 4, 1))
    with pytest.raises(MonthRefused, match="3组1号：“走访日期”2026-05-06 在2026年第二季度：本季度已冻结") as shut:
        town.visit(key, 5, 6)
    assert (shut.value.household_id, shut.value.month, shut.value.field) == (key, 5, "visited_on")
    draft = VisitDraft(key, date(2026, 5, 6), reported_by="李旭昇", basis=EntryBasis.PAPER)
    with pytest.raises(InputRefused, match="写明理由"):
        town.write(household_visits.record, draft, who=town.small.office)
    late = VisitDraft(key, date(2026, 5, 6), reported_by="李旭昇", basis=EntryBasis.PAPER, reason="联户卡漏登")
    made = town.write(household_visits.record, late, who=town.small.office)
    assert made.notices == ("其中 1 次过了填报截止日，记为补报。",)
    with town.small.store.rows() as session:
        row = session.get(HouseholdVisit, made.value)
        assert row is not None
        assert (row.reported_by, row.basis, row.late_reason) == ("李旭昇", "paper", "联户卡漏登")


def test_the_grid_enters_new_days_and_takes_the_others_back(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["3组1号"])
    assert len(town.visit(key, 7, 3, 17).value) == 2
    assert not town.visit(key, 7, 3, 17).changes
    town.visit(key, 7, 5)
    assert listed(town)[0].months[0].days == (5,)
    with town.small.store.rows() as session:
        gone = [row for row in session.exec(select(HouseholdVisit)) if row.withdrawn_at]
        assert {row.withdrawn_reason for row in gone} == {"走访表中更正"}


def test_f06_is_visited_in_every_month_of_all_listed(town: Membered) -> None:
    """Ten households, eight with a member; six visited in all three months: 6 ÷ 10 = 60 %."""
    keys = town.list_households("李旭昇", SEVEN)
    (eighth,) = town.list_households("王玥", ["4组1号"])
    town.write(households.add, [HouseholdDraft(town.small.village, f"5组{n}号", JULY) for n in (1, 2)])
    for key in keys[:6]:
        for month in (7, 8, 9):
            town.visit(key, month, 10)
    town.visit(keys[6], 7, 10)
    town.visit(eighth, 9, 28)
    value, note = town.value("F06") or (None, "")
    assert value == Decimal(60)
    assert note == (
        "取自联户走访记录：登记 10 户，有党员联系 8 户；7月走访 7 户（应 8 户）、8月走访 6 户（应 8 户）、"
        "9月走访 7 户（应 8 户）；逐月都走访到 6 户，除以 10 户"
    )


def test_f06_by_the_rosters_households_where_the_office_says_so(town: Membered) -> None:
    """Five of 20 households of the roster: 25 %."""
    set_policy(town, "households.of_roster", "true")
    with town.small.store.write(SETUP) as session:
        version = session.exec(select(OrgVersion).where(OrgVersion.org_id == town.small.village)).one()
        version.households = 20
    for key in town.list_households("李旭昇", SEVEN[:5]):
        for month in (7, 8, 9):
            town.visit(key, month, 1)
    value, note = town.value("F06") or (None, "")
    assert value == Decimal(25)
    assert "辖区 20 户" in note and "除以 20 户" in note


def test_a_household_listed_in_august_owes_nothing_in_july(town: Membered) -> None:
    (first,) = town.list_households("李旭昇", ["1组1号"])
    (late,) = town.list_households("李旭昇", ["1组2号"], date(2026, 8, 21))
    for key, months in ((first, (7, 8, 9)), (late, (9,))):
        for month in months:
            town.visit(key, month, 25)
    assert (town.value("F06") or (None,))[0] == Decimal(100)


def test_before_the_last_month_nothing_is_said(tmp_path: Path) -> None:
    town = membered(tmp_path / "八月.okr", FixedClock(date(2026, 8, 31)))
    (key,) = town.list_households("李旭昇", ["1组1号"])
    town.visit(key, 7, 1)
    town.visit(key, 8, 1)
    assert town.value("F06") is None


def test_taking_the_last_visit_back_leaves_no_value(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["1组1号"])
    ids = town.visit(key, 9, 1).value
    assert town.value("F06") is not None
    town.write(household_visits.withdraw, ids, "重复登记")
    assert town.value("F06") is None
    with pytest.raises(WrongState, match="已经撤回"):
        town.write(household_visits.withdraw, ids, "再撤")


def test_a_household_that_moved_away_owes_no_more(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["1组1号"])
    town.write(households.end, key, date(2026, 8, 10), "迁往县城")
    assert [month.is_due for month in listed(town)[0].months] == [True, False, False]
    with pytest.raises(InputRefused, match="走访日期须在这以前"):
        town.visit(key, 8, 11)
    town.list_households("王玥", ["1组1号"], date(2026, 9, 1))


def test_half_a_year_is_the_mean_of_what_was_given(town: Membered) -> None:
    """(90＋80＋70)÷3＝80; the part that is missing is re-weighted and shown."""
    draft = RatingDraft(town.ids["李旭昇"], 2026, 2, Decimal(90), Decimal(80), None, Decimal(70))
    town.write(household_ratings.rate, draft)
    (found,) = town.read(standing.ratings, [town.small.village], 2026)
    assert found.explained.value == Decimal(80)
    assert "缺联系户，由其余 3 项平均。" in found.explained.steps
    assert not town.write(household_ratings.rate, draft).changes
    with pytest.raises(InputRefused, match="“驻村干部”请填 0 至 100 的分数"):
        town.write(household_ratings.rate, RatingDraft(town.ids["李旭昇"], 2026, 2, Decimal(101)))
    with pytest.raises(InputRefused, match="一项也没有填"):
        town.write(household_ratings.rate, RatingDraft(town.ids["李旭昇"], 2026, 2))


@pytest.mark.parametrize(
    ("text", "days"),
    [("3", (3,)), ("３、17日", (3, 17)), ("7月3日 17", (3, 17)), ("", ()), ("7.3", (3,)), ("3 3", (3,))],
)
def test_days_as_people_type_them(text: str, days: tuple[int, ...]) -> None:
    assert typed_days(text, 2026, 7) == days


@pytest.mark.parametrize("text", ["32", "√", "0", "三日"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(InputRefused, match="看不出是几日"):
        typed_days(text, 2026, 7)


def test_a_month_draft_of_another_branch_is_denied(town: Membered) -> None:
    (key,) = town.list_households("李旭昇", ["1组1号"])
    with pytest.raises(NotAllowed):
        town.write(household_visits.record_months, [MonthDraft(key, 2026, 7, (1,))], who=town.small.stranger)
