"""Meetings on a real file: recorded, corrected, taken back, refused with a sentence, counted into indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from okr_desk.duty_terms import DutyKind, DutyLight
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.model.tables import Meeting, OrgVersion
from okr_desk.services import duties
from okr_desk.services.outcome import Topic
from okr_desk.services.permits import SETUP
from okr_desk.terms import EntryBasis
from tests.dutied_township import Dutied, dutied

A, C, G, L, P, LIFE, REVIEW = DutyKind


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Dutied]:
    made = dutied(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def rows(town: Dutied) -> list[Meeting]:
    with town.small.store.rows() as session:
        return list(session.exec(select(Meeting).order_by("id")))


def test_an_event_is_stored_with_who_when_and_its_kinds(town: Dutied) -> None:
    outcome = town.record(kinds=(P, L), host=" 李旭昇 ", place="会议室")
    (row,) = rows(town)
    assert (row.host, row.place, row.basis, row.is_late) == ("李旭昇", "会议室", EntryBasis.OWN, True)
    assert row.account_id == town.small.secretary.account_id
    assert {Topic.DUTIES, Topic.INDICATORS} <= outcome.changes.topics
    assert outcome.changes.orgs == frozenset({town.small.village})
    (view,) = town.stand().meetings
    assert (view.kinds, view.recorded_by) == ((L, P), "李旭昇")


def test_what_is_counted_by_hand(town: Dutied) -> None:
    """1 of 1, 2 of 3, 4 of 6 by group, 1 lesson, 1 of 3; attendance (10+9+12)/(13+13+12)."""
    town.record(kinds=(P, L))
    town.record(kinds=(A,), due=13, present=9)
    for month in (7, 8):
        town.record(kinds=(C,), held_on=date(2026, month, 6), due=3, present=3)
    for number, times in ((1, 4), (2, 1)):  # the fourth of the first group earns nothing
        for day in range(times):
            town.record(kinds=(G,), held_on=date(2026, 8, 10 + day), due=6, present=5, group_number=number)
    found = town.values()
    assert found["B01"] == 100 and found["B02"] == Decimal("66.666667") and found["B03"] == Decimal("66.666667")
    assert (found["B04"], found["B05"]) == (1, Decimal("33.333333"))
    assert found["B08"] == Decimal("73.076923")  # 19 of 26: groups and committee are not all members
    assert "B06" not in found
    stand = town.stand()
    assert (stand.due, stand.done) == (14, 9)
    assert stand.kind(G).held == 5 and stand.kind(G).done == 4 and stand.kind(G).missing == 2
    assert stand.attendance == (19, 26)
    assert stand.completion.value is not None and stand.completion.steps[-1].startswith(
        "（4×1÷1＋3×2÷3＋2×4÷6＋3×1÷1）"
    )


def test_extra_meetings_earn_nothing(town: Dutied) -> None:
    for day in range(1, 6):
        town.record(kinds=(A,), held_on=date(2026, 7, day))
    assert town.values()["B01"] == 100 and town.stand().kind(A).done == 1


def test_a_small_branch_owes_neither_committee_nor_groups(town: Dutied) -> None:
    office = town.small.office
    town.record(office, org_id=town.small.school, due=5, present=5)
    assert town.values(town.small.school).keys() == {"B01", "B04", "B05", "B08"}
    stand = town.stand(town.small.school)
    assert stand.due == 5 and stand.kind(C).light is DutyLight.NONE


def test_a_branch_without_entries_has_no_values(town: Dutied) -> None:
    assert town.values() == {} == town.values(town.small.school)


def test_the_size_is_that_of_the_quarters_start(town: Dutied) -> None:
    """A branch that grew in August still owes what it owed in July."""
    with town.small.store.write(SETUP) as session:
        old = session.exec(select(OrgVersion).where(OrgVersion.org_id == town.small.school)).one()
        old.valid_to = date(2026, 8, 14)
        session.add(old)
        session.add(
            OrgVersion(
                org_id=town.small.school, valid_from=date(2026, 8, 15), full_name="中心小学党支部",
                short_name="中心小学党支部", parent_id=old.parent_id, category_id=old.category_id, full_members=9,
                groups=1,
            )
        )  # fmt: skip
    assert town.stand(town.small.school).kind(C).due == 0
    assert town.stand(town.small.school, quarter=4).kind(C).due == 3


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"present": 14}, "present", "实到 14 人多于应到 13 人，请核对。"),
        ({"present": -1}, "present", "不能是负数"),
        ({"due": 0, "present": 0}, "due", "“应到”请填 1 到"),
        ({"kinds": ()}, "kinds", "至少选一种类型"),
        ({"kinds": (P, P)}, "kinds", "写了两次"),
        ({"held_on": date(2026, 10, 9)}, "held_on", "还没有到"),
        ({"held_on": date(2024, 7, 3)}, "held_on", "不在已建立的年度里"),
        ({"kinds": (G,), "group_number": 3}, "group_number", "有 2 个党小组，第几小组请填 1 到 2。"),
        ({"group_number": 1}, "group_number", "只有党小组会才填第几小组"),
        ({"topic": "长" * 121}, "topic", "最多 120 个字"),
        ({"org_id": 1}, "org_id", "请选择一个党支部"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    town: Dutied, more: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(InputRefused, match=sentence) as refused:
        town.record(town.small.office, **more)
    assert refused.value.field == field and rows(town) == []


def test_kinds_that_a_branch_does_not_have_are_refused_with_advice(town: Dutied) -> None:
    for kind, sentence in ((C, "正式党员不足 7 人，不设支委会。议事请登记为“党员大会”"), (G, "名册上没有党小组")):
        with pytest.raises(InputRefused, match=sentence):
            town.record(town.small.office, org_id=town.small.school, kinds=(kind,), due=5, present=5)


def test_too_few_for_a_decision_is_said_and_taken(town: Dutied) -> None:
    assert "没有超过有表决权的正式党员 12 人的半数" in town.record(kinds=(A,), present=6).notices[0]
    assert "五分之四，不能进行选举" in town.record(kinds=(A,), present=9, is_election=True).notices[0]
    assert "到会委员 1 人" in town.record(kinds=(C,), due=3, present=1).notices[0]
    late = "已过填报截止日，本次标记为“补报”。"
    assert town.record(kinds=(A,), present=10, is_election=True).notices == (late,)


def test_a_frozen_quarter_takes_entries_of_the_office_with_a_reason(town: Dutied) -> None:
    in_june = {"held_on": date(2026, 6, 3)}
    with pytest.raises(WrongState):
        town.record(**in_june)
    with pytest.raises(InputRefused, match="写明理由"):
        town.record(town.small.office, **in_june)
    town.record(town.small.office, **in_june, reason="纸质记录漏报")
    (row,) = rows(town)
    assert (row.is_late, row.late_reason) == (True, "纸质记录漏报")
    assert town.values(quarter=2)["B05"] == Decimal("33.333333")


def test_only_those_entitled_enter(town: Dutied) -> None:
    for actor in (town.small.stranger, town.small.viewer):
        with pytest.raises(NotAllowed):
            town.record(actor)


def test_a_correction_takes_the_place_and_the_first_stays_on_record(town: Dutied) -> None:
    first = town.record().value
    small = town.small
    with small.store.write(small.secretary) as session:
        second = duties.correct(session, small.secretary, first, town.draft(kinds=(A,), present=12)).value
        same = duties.correct(session, small.secretary, second, town.draft(kinds=(A,), present=12))
    assert same.value == second and not same.changes
    old, new = rows(town)
    assert old.superseded_at is not None and new.corrects_id == first
    assert town.values()["B01"] == 100 and town.values()["B05"] == 0
    with pytest.raises(Refusal, match="已经被更正"), small.store.write(small.secretary) as session:
        duties.correct(session, small.secretary, first, town.draft())
    with pytest.raises(InputRefused, match="不能换支部"), small.store.write(small.office) as session:
        duties.correct(session, small.office, second, replace(town.draft(), org_id=small.school))


def test_taking_back_needs_a_reason_and_what_stood_before_stands_again(town: Dutied) -> None:
    first = town.record().value
    small = town.small
    with small.store.write(small.secretary) as session:
        second = duties.correct(session, small.secretary, first, town.draft(present=12)).value
        with pytest.raises(InputRefused, match="写明理由"):
            duties.withdraw(session, small.secretary, second, " ")
        assert duties.withdraw(session, small.secretary, second, "填错").value == first
    assert [one.id for one in town.stand().meetings] == [first]
    assert town.values()["B08"] == Decimal("76.923077")
    with small.store.write(small.secretary) as session:
        assert duties.withdraw(session, small.secretary, first, "没有开").value is None
    assert town.values() == {} and len(rows(town)) == 2
    with pytest.raises(Refusal), small.store.write(small.secretary) as session:
        duties.withdraw(session, small.secretary, first, "再撤")


def test_the_life_meeting_counts_from_its_day_on_and_is_zero_only_when_due(town: Dutied) -> None:
    town.open_fourth()
    town.record(kinds=(A,), held_on=date(2026, 10, 6))
    assert town.values(quarter=4)["B06"] == 0 and "B06" not in town.values()
    town.record(kinds=(LIFE,), held_on=date(2026, 8, 3))
    assert town.values()["B06"] == 1
    assert town.values(quarter=4)["B06"] == 1
    assert town.stand(quarter=4).kind(LIFE).done == 1
    assert town.stand().kind(LIFE).due == 0


def test_what_is_overdue_is_what_the_months_that_passed_owe(town: Dutied) -> None:
    town.record(kinds=(P,))
    on = {
        day: town.stand(day=day) for day in (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 8))
    }
    assert [one.kind(P).behind for one in on.values()] == [0, 0, 1, 2]
    assert [one.kind(A).behind for one in on.values()] == [0, 0, 0, 1]
    assert on[date(2026, 8, 31)].kind(C).behind == 1 and on[date(2026, 8, 31)].kind(C).light is DutyLight.BEHIND
    assert on[date(2026, 7, 31)].kind(P).light is DutyLight.ON_TIME


def test_what_each_month_lacks_and_what_was_made_up_for(town: Dutied) -> None:
    """12 members, 2 groups: each month 支委会 1, 党小组会 2, 主题党日 1; 大会 and 党课 fall due in the last."""
    town.record(kinds=(P,))
    july, august, september = town.stand().lacking(date(2026, 8, 31))
    assert (july, august, september) == ({C: 1, G: 2}, {C: 1, G: 2, P: 1}, {})
    assert town.stand().lacking(date(2026, 10, 8))[2] == {A: 1, C: 1, G: 2, L: 1, P: 1}
    for number in (20, 21):
        town.record(kinds=(P,), held_on=date(2026, 9, number))
    assert [P in month for month in town.stand().lacking(date(2026, 10, 8))] == [False, False, False]
    assert town.stand().lacking(date(2026, 6, 30)) == ({}, {}, {})


def test_the_same_event_again_is_said_and_not_refused(town: Dutied) -> None:
    """Several groups may meet on one day; the very same line is most likely typed twice."""
    again = "当天已有一次相同的活动。如果是重复登记，请撤回其中一次，以免到会率算重。"
    assert again not in town.record().notices
    assert again not in town.record(kinds=(L,)).notices
    assert again in town.record(kinds=(P, L)).notices
