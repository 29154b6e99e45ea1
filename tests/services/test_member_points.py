"""Points of members: rules and ranges, caps shown, who is flagged, X10 by hand. Source: domain 1.1 row 22."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.member_terms import PointsKind
from okr_desk.queries import member_points as standing
from okr_desk.rules.member_points import PointsDraft, check_scheme, presets
from okr_desk.rules.members import LeaveDraft
from okr_desk.services import member_points, members
from tests.membered_township import Membered, membered

DAY = date(2026, 8, 12)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def enter(town: Membered, name: str, code: str = "J2", points: str | None = None, **more: object):
    given = None if points is None else Decimal(points)
    return town.write(member_points.record, PointsDraft(town.ids[name], DAY, code, points=given, **more))  # type: ignore[arg-type]


def board(town: Membered) -> dict[str, standing.MemberQuarter]:
    found = town.read(standing.quarter_list, town.quarter(), [town.small.village])
    return {one.member.name: one for one in found}


def test_the_presets_are_those_of_the_domain() -> None:
    """东阳: base 100, 13 deductions, 6 bonuses, below 60 corrected, probationary below 85 not confirmed."""
    first, second = presets()
    kinds = [one.kind for one in first.rules]
    assert (first.base, kinds.count(PointsKind.DEDUCTION), kinds.count(PointsKind.BONUS)) == (Decimal(100), 13, 6)
    assert (first.correction_below, first.probationary_below) == (Decimal(60), Decimal(85))
    known = first.rule("违章搭建，未按时限自行拆除"), first.rule("j1")
    assert [one and one.words for one in known] == ["－40 分", "＋5 至 10 分"]
    assert second.base == Decimal(60)
    for one in presets():
        check_scheme(one)


def test_everybody_starts_at_the_base_and_is_ordered_inside_the_branch(town: Membered) -> None:
    enter(town, "王玥")
    enter(town, "欧阳修", "K1")
    found = board(town)
    assert {name: (one.sum.value, one.place) for name, one in found.items()} == {
        "王玥": (Decimal(102), 1), "李旭昇": (Decimal(100), 2), "赵敏": (Decimal(100), 2), "欧阳修": (Decimal(60), 4),
    }  # fmt: skip
    assert next(one.member.name for one in found.values()) == "王玥"


def test_a_cap_that_is_full_is_said_and_counts_no_more(town: Membered) -> None:
    for _time in range(4):
        assert enter(town, "王玥").notices == ()
    assert enter(town, "王玥").notices == ("“参加志愿服务”本季最多 10 分，已满。",)
    enter(town, "王玥")
    assert board(town)["王玥"].sum.value == Decimal(110)


def test_below_60_and_probationary_below_85_are_flagged(town: Membered) -> None:
    enter(town, "李旭昇", "K1")
    assert board(town)["李旭昇"].flag == ""  # 60 is not below 60
    made = enter(town, "李旭昇", "K9")
    assert made.notices == ("李旭昇：低于 60 分，按办法转入整改支部。",)
    enter(town, "欧阳修", "K10", "10")
    assert board(town)["欧阳修"].flag == ""
    enter(town, "欧阳修", "K10", "6")
    assert board(town)["欧阳修"].flag == "预备党员低于 85 分，按办法不能转正"


def test_points_follow_their_rule(town: Membered) -> None:
    with pytest.raises(InputRefused, match="每次＋5 至 10 分，请填写分值"):
        enter(town, "王玥", "J1")
    with pytest.raises(InputRefused, match="每次＋5 至 10 分，填的是 11"):
        enter(town, "王玥", "J1", "11")
    with pytest.raises(InputRefused, match="是加分事项，分值请填正数"):
        enter(town, "王玥", "J1", "-5")
    with pytest.raises(InputRefused, match="没有“J99”"):
        enter(town, "王玥", "J99")
    with pytest.raises(InputRefused, match="不在积分办法里，请填写分值"):
        enter(town, "王玥", "", matter="捐款")
    enter(town, "王玥", "", "3", matter="捐款")
    enter(town, "王玥", "K10", "5")
    assert board(town)["王玥"].sum.value == Decimal(98)


def test_x10_counts_who_earned_points(town: Membered) -> None:
    """Two of four earned points, a third was only deducted: 50 %."""
    enter(town, "王玥")
    enter(town, "李旭昇")
    made = enter(town, "欧阳修", "K9")
    assert town.value("X10") == (Decimal(50), "取自党员积分：党员 4 人，本季有加分记录 2 人")
    assert made.changes.orgs == frozenset({town.small.village})
    town.write(members.leave, LeaveDraft(town.ids["赵敏"], date(2026, 9, 1), "转出"))
    assert town.value("X10") == (Decimal("66.666667"), "取自党员积分：党员 3 人，本季有加分记录 2 人")


def test_what_is_taken_back_no_longer_counts(town: Membered) -> None:
    key = enter(town, "王玥").value
    town.write(member_points.withdraw, [key], "重复登记")
    assert town.value("X10") is None
    assert board(town)["王玥"].sum.value == Decimal(100)
    with pytest.raises(WrongState):
        town.write(member_points.withdraw, [key], "再撤")


def test_others_may_not_enter_and_days_are_checked(town: Membered) -> None:
    draft = PointsDraft(town.ids["王玥"], DAY, "J2")
    with pytest.raises(NotAllowed):
        town.write(member_points.record, draft, who=town.small.stranger)
    with pytest.raises(WrongState):
        town.write(member_points.record, replace(draft, happened_on=date(2026, 5, 4)))
    with pytest.raises(InputRefused, match="还没有到"):
        town.write(member_points.record, replace(draft, happened_on=date(2026, 10, 9)))


def test_the_office_sets_the_rules_from_an_open_quarter_on(town: Membered) -> None:
    enter(town, "王玥")
    own = replace(presets()[1], valid_from=date(2026, 9, 1))
    with pytest.raises(NotAllowed):
        town.write(member_points.set_scheme, own)
    town.write(member_points.set_scheme, own, who=town.small.office)
    town.write(member_points.set_scheme, replace(own, base=Decimal(70)), who=town.small.office)
    assert board(town)["李旭昇"].sum.value == Decimal(70)
    frozen = replace(own, valid_from=date(2026, 5, 1))
    with pytest.raises(InputRefused, match="2026年第二季度已冻结"):
        town.write(member_points.set_scheme, frozen, who=town.small.office)
    assert town.read(standing.scheme_on, date(2026, 6, 30)) == presets()[0]
    twice = replace(own, rules=(own.rules[0], own.rules[0]))
    with pytest.raises(InputRefused, match="写了两次"):
        town.write(member_points.set_scheme, twice, who=town.small.office)
