"""Whistles step by step on a real file: states, times, rights, what is taken back, and F16 to F18 at the end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import AuditEntry, Department, Indicator, MeasuredValue, WhistleRating
from okr_desk.queries.departments import usual
from okr_desk.services import departments, whistles
from okr_desk.services.departments import DepartmentDraft
from okr_desk.services.outcome import Topic
from okr_desk.whistle_terms import DepartmentKind, Rater, Solved, WhistleClass, WhistleState, WhistleStep
from tests.small_whistles import WAY, Whistled, rating, whistled

T = WhistleStep


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Whistled:
    return whistled(tmp_path / "小镇.okr", clock)


def values(town: Whistled) -> dict[str, tuple[Decimal, str]]:
    """What stands of F16 to F18 for the school, with the note."""
    with town.small.store.rows() as session:
        asked = select(MeasuredValue, Indicator.code).join(Indicator).where(MeasuredValue.superseded_at.is_(None))
        return {
            code: (row.value, row.note)
            for row, code in session.exec(asked)
            if row.org_id == town.small.school and row.quarter_id == town.small.quarters[3]
        }


def test_a_whistle_goes_all_the_way_and_feeds_the_branch_of_its_department(town: Whistled) -> None:
    made = town.create()
    assert (town.view(made).number, town.view(made).state) == ("哨2026-3-001", WhistleState.DRAFT)
    town.through(made, WAY)
    town.move(made, T.FILE, "07-09 11:00")
    view = town.view(made)
    assert [move.after.value for move in view.moves] == [
        "signing", "blown", "received", "arrived", "working", "to_rate", "rated", "filed",
    ]  # fmt: skip
    assert (view.sign_in_minutes, view.arrive_minutes) == (60, 240)  # lunch from 12 to 14 does not count
    assert (view.signed_in_time, view.came_in_time, view.closed_in_time) == (True, True, True)
    assert view.score.total.value == 87
    assert (view.plan, view.promised_on, view.result, view.solved) == (
        "已核实",
        date(2026, 7, 10),
        "已核实",
        Solved.YES,
    )
    assert values(town) == {
        "F16": (Decimal(100), "取自吹哨单：应到场 1 件，按时到场 1 件"),
        "F17": (Decimal(87), "取自吹哨单：评价 1 次，合计 87 分"),
        "F18": (Decimal(0), "取自吹哨单：到期 1 件，超时 0 件"),
    }


def test_late_steps_and_an_overdue_whistle_count(town: Whistled) -> None:
    late = town.create(kind=WhistleClass.URGENT)
    town.through(late, [(T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.SIGN_IN, "07-03 09:31"),
                        (T.ARRIVE, "07-03 09:50"), (T.PLAN, "07-03 10:00")])  # fmt: skip
    view = town.view(late)
    assert (view.signed_in_time, view.came_in_time, view.closed_in_time) == (False, False, False)
    assert values(town)["F18"] == (Decimal(1), "取自吹哨单：到期 1 件，超时 1 件（哨2026-3-001）")
    town.rated()
    assert values(town)["F16"] == (Decimal(50), "取自吹哨单：应到场 2 件，按时到场 1 件")
    assert "F17" in values(town)


def test_what_was_settled_without_coming_is_not_counted_unless_that_was_too_late(town: Whistled) -> None:
    soon, later = town.create(), town.create()
    for made, planned in ((soon, "07-03 11:00"), (later, "07-08 11:00")):
        town.through(
            made, [(T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.SIGN_IN, "07-03 10:00"), (T.PLAN, planned)]
        )
    assert (town.view(soon).came_in_time, town.view(later).came_in_time) == (None, False)
    assert values(town)["F16"][1] == "取自吹哨单：应到场 1 件，按时到场 0 件；另有 1 件没有时间记录或未到时限，不计入"


def test_a_department_of_no_branch_feeds_nothing_until_it_is_given_one(town: Whistled) -> None:
    town.rated(department_id=town.water)
    assert values(town) == {}
    with town.small.store.write(town.small.office) as session:
        draft = DepartmentDraft("水利站", DepartmentKind.STATION, town.small.school)
        changes = departments.change(session, town.small.office, town.water, draft).changes
    assert Topic.INDICATORS in changes.topics
    assert values(town)["F17"][0] == 87


def test_several_raters_and_a_missing_item(town: Whistled) -> None:
    made = town.create()
    town.through(made, WAY[:-1])
    both = (rating(None, 5, 5, 5, 5, 5), rating(3, 3, 3, 3, 3, 3, rater=Rater.RESIDENTS))
    town.move(made, T.RATE, "07-09 10:00", ratings=both, solved=Solved.NO)
    # 响应速度 60 (residents alone), the others (100·40+60·40)/80 = 80: process (60+80+80+80)/4 = 75, result 80
    assert town.view(made).score.total.value == Decimal("0.6") * 75 + Decimal("0.4") * 80
    with town.small.store.rows() as session:
        assert [row.levels for row in session.exec(select(WhistleRating).order_by("id"))] == ["-55555", "333333"]


def test_sent_back_by_the_department_reassigned_and_the_clock_starts_again(town: Whistled) -> None:
    made = town.create(department_id=town.water)
    town.through(made, [(T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.DECLINE, "07-03 10:00")])
    assert town.view(made).signed_in_time is None
    with pytest.raises(InputRefused, match="改派"):
        town.move(made, T.REASSIGN, "07-06 09:00", department_id=town.water)
    town.move(made, T.REASSIGN, "07-06 09:00", department_id=town.law)
    town.move(made, T.SIGN_IN, "07-06 09:20")
    view = town.view(made)
    assert (view.department.name, view.sign_in_minutes, view.was_returned) == ("综合执法队", 20, True)


def test_the_last_step_is_taken_back_and_stays(town: Whistled) -> None:
    made = town.rated()
    assert "F17" in values(town)
    with town.small.store.write(town.small.office) as session:
        with pytest.raises(InputRefused, match="理由"):
            whistles.take_back(session, town.small.office, made, " ")
        whistles.take_back(session, town.small.office, made, "评分填错")
    view = town.view(made)
    assert (view.state, view.ratings, view.solved) == (WhistleState.TO_RATE, (), None)
    assert (view.moves[-1].withdrawn, view.moves[-1].withdrawn_reason) == (True, "评分填错")
    assert "F17" not in values(town)
    town.move(made, T.RATE, "07-09 15:00", ratings=(rating(5, 5, 5, 5, 5, 5),))
    assert values(town)["F17"][0] == 100


def test_a_whole_whistle_is_withdrawn_by_the_office_once_it_was_blown(town: Whistled) -> None:
    made = town.rated()
    secretary, office = town.small.secretary, town.small.office
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        whistles.withdraw(session, secretary, made, "重复登记")
    with town.small.store.write(office) as session:
        whistles.withdraw(session, office, made, "重复登记")
    assert town.view(made).withdrawn and values(town) == {}
    with pytest.raises(WrongState, match="已撤回"):
        town.move(made, T.FILE, "07-10 09:00")
    assert town.view(town.create()).number == "哨2026-3-002"  # a number is never used again


def test_whistling_again_links_to_the_first(town: Whistled) -> None:
    first = town.create()
    town.through(first, WAY[:-1])
    with pytest.raises(WrongState, match="不能重吹"):
        town.create(again_of_id=first)
    town.move(first, T.RATE, "07-09 10:00", solved=Solved.NO)
    again = town.create(again_of_id=first)
    assert town.view(again).again_of == "哨2026-3-001"
    assert town.view(first).again == ("哨2026-3-002",)
    town.through(again, WAY[:-1])
    town.move(again, T.RATE, "07-09 10:00", solved=Solved.PARTLY)
    assert town.view(town.create(again_of_id=again)).again_of == "哨2026-3-001"


def test_rights(town: Whistled) -> None:
    small = town.small
    made = town.create()
    with pytest.raises(NotAllowed):
        town.create(small.viewer)
    with pytest.raises(NotAllowed):
        town.create(small.stranger)
    town.move(made, T.SUBMIT, "07-03 08:40", small.secretary)
    with pytest.raises(NotAllowed):
        town.move(made, T.BLOW, "07-03 09:00", small.secretary)
    town.move(made, T.BLOW, "07-03 09:00")
    town.move(made, T.SIGN_IN, "07-03 09:30", small.stranger)  # the department is of the school's branch
    town.through(made, WAY[3:-1])
    with pytest.raises(NotAllowed):
        town.move(made, T.RATE, "07-09 10:00", small.stranger)  # nobody rates himself
    town.move(made, T.RATE, "07-09 10:00", small.secretary)


def test_a_draft_is_corrected_and_what_was_handed_in_is_not(town: Whistled) -> None:
    from tests.small_whistles import WhistleDraft

    made, secretary = town.create(goal=""), town.small.secretary
    with pytest.raises(InputRefused, match="预期目标"):
        town.move(made, T.SUBMIT, "07-03 08:40")
    draft = WhistleDraft(
        town.small.village, WhistleClass.MAJOR, "信访", "沟渠堵塞", "", "三日内清淤", town.law, (town.water,),
        date(2026, 7, 3),
    )  # fmt: skip
    with town.small.store.write(secretary) as session:
        whistles.correct(session, secretary, made, draft)
    view = town.view(made)
    assert (view.kind, view.goal, [one.name for one in view.helpers]) == (WhistleClass.MAJOR, "三日内清淤", ["水利站"])
    town.move(made, T.SUBMIT, "07-03 08:40")
    with pytest.raises(WrongState, match="退回修改"), town.small.store.write(secretary) as session:
        whistles.correct(session, secretary, made, draft)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"matter": " "}, "请填写“事项”"),
        ({"department_id": None}, "请先在“部门”中增加"),
        ({"department_id": 99}, "请先在“部门”中增加"),
        ({"drawn_on": date(2026, 10, 9)}, "还没有到"),
    ],
)
def test_what_a_whistle_lacks_is_said(town: Whistled, more: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        town.create(**more)


def test_a_frozen_quarter_takes_whistles_of_the_office_with_a_reason(town: Whistled) -> None:
    day = {"drawn_on": date(2026, 6, 3)}
    with pytest.raises(WrongState, match="冻结"):
        town.create(**day)
    with pytest.raises(InputRefused, match="理由"):
        town.create(town.small.office, **day)
    made = town.create(town.small.office, reason="补录台账", **day)
    assert (town.view(made).number, town.view(made).late_reason) == ("哨2026-2-001", "补录台账")


def test_a_promise_beyond_the_usual_days_is_noticed(town: Whistled) -> None:
    made = town.create()
    town.through(made, WAY[:4])
    told = town.move(made, T.PLAN, "07-03 16:00", promised_on=date(2026, 7, 20)).notices
    assert told == ("承诺办结日 2026-07-20 晚于“日常”类的通常时限 2026-07-14，已按承诺登记，请核对。",)


def test_an_older_register_gets_the_usual_departments_that_it_lacks_once(town: Whistled) -> None:
    office, secretary = town.small.office, town.small.secretary
    names = [name for name, _kind in usual()]
    assert "水利站" in names and "派出所" in names
    with town.small.store.write(secretary) as session, pytest.raises(NotAllowed):
        departments.add_usual(session, secretary, names)
    with town.small.store.write(office) as session:
        outcome = departments.add_usual(session, office, ["水利站", "派出所", "民政办", "粮站"])
    assert len(outcome.value) == 2 and outcome.changes, "水利站 is there, 粮站 is none of the usual ones"
    with town.small.store.rows() as session:
        kinds = {row.name: row.kind for row in session.exec(select(Department))}
        last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert (kinds["派出所"], kinds["民政办"], "粮站" in kinds) == ("stationed", "station", False)
    assert last is not None and last.table == "department" and "派出所" in last.after
    with town.small.store.write(office) as session:
        rest = departments.add_usual(session, office, names)
    with town.small.store.write(office) as session:
        again = departments.add_usual(session, office, names)
    assert rest.value and not again.value and not again.changes
