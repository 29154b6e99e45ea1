"""Appraisals on a real database: counts that supersede, grades within a third, closing, and the yearly record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.appraisal_terms import AppraisalKind, AppraisalState, Level, Voter
from okr_desk.clock import FixedClock
from okr_desk.errors import DayShut, InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import AppraisalCount, MeasuredValue, Quarter, Year
from okr_desk.queries import appraisals as queries
from okr_desk.queries import duties
from okr_desk.queries import duty_registers as registers_now
from okr_desk.queries.duty_registers import ReviewView
from okr_desk.rules.appraisals import GradeDraft, HeldDraft, PersonDraft, VoterDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import appraisals, duty_registers, indicators
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.services.permits import SETUP
from okr_desk.terms import QuarterState, YearState
from tests.small_titles import Titled, copied, day, titled
from tests.small_township import percent

D = Decimal
V, L, K = Voter, Level, AppraisalKind


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Titled:
    """Made once; each test has its own copy of the file."""
    made = titled(tmp_path_factory.mktemp("评议") / "小镇.okr", FixedClock(date(2026, 10, 8)))
    made.small.store.close()
    return made


@pytest.fixture
def town(built: Titled, tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = copied(built, tmp_path, clock)
    yield made
    made.small.store.close()


def grade(town: Titled, of: int, place: int, level: Level | None, reason: str = "", actor: Actor | None = None) -> None:
    person, who = town.of(of).people[place].id, actor or town.small.office
    with town.small.store.write(who) as session:
        appraisals.decide(session, who, GradeDraft(person, level, reason))


def test_votes_are_counted_by_weight(town: Titled) -> None:
    """Leaders 94.6 (18/5/2/0) weigh 30, the mass 60 (0/0/10/10) 20: (94.6·30 + 60·20)/50 = 80.76."""
    made = town.appraisal()
    assert town.count(made, (0, V.LEADERS, (18, 5, 2, 0)), (0, V.MASS, (0, 0, 10, 10))) == 12  # 4 classes, 8 numbers
    found = town.of(made)
    assert (found.people[0].score.value, found.people[0].advised) == (D("80.76"), L.FAIRLY)
    assert not found.people[1].is_counted
    assert found.voter(V.MASS) is not None and found.voters[0].turnout.valid == 37


def test_a_meeting_to_come_is_set_up_and_counted_after_it(town: Titled) -> None:
    made, office = town.appraisal(held_on=date(2026, 10, 20)), town.small.office
    with pytest.raises(WrongState, match="测评会定在 2026-10-20"):
        town.count(made, (0, V.LEADERS, (18, 5, 2, 0)))
    with town.small.store.write(office) as session, pytest.raises(WrongState, match="测评会定在"):
        appraisals.close(session, office, made)
    with town.small.store.write(office) as session:
        assert appraisals.move(session, office, HeldDraft(made, date(2026, 10, 8))).changes.topics == {Topic.APPRAISALS}
    town.count(made, (0, V.LEADERS, (18, 5, 2, 0)))
    with town.small.store.write(office) as session, pytest.raises(InputRefused, match="还没有到") as refused:
        appraisals.move(session, office, HeldDraft(made, date(2026, 10, 20)))
    assert refused.value.field == "held_on" and town.of(made).held_on == date(2026, 10, 8)
    with town.small.store.write(town.small.secretary) as session, pytest.raises(NotAllowed):
        appraisals.move(session, town.small.secretary, HeldDraft(made, date(2026, 10, 7)))


def test_a_wrong_count_is_superseded_and_stays(town: Titled) -> None:
    made = town.appraisal()
    town.count(made, (0, V.LEADERS, (18, 5, 2, 0)))
    assert town.count(made, (0, V.LEADERS, (18, 5, 2, 0))) == 0
    assert town.count(made, (0, V.LEADERS, (17, 6, 2, 0))) == 2
    assert town.count(made, (0, V.LEADERS, (None,) * 4)) == 4
    assert not town.of(made).people[0].is_counted
    with town.small.store.rows() as session:
        rows = session.exec(select(AppraisalCount)).all()
    assert len(rows) == 6 and all(row.superseded_at is not None for row in rows)


def test_what_does_not_add_up_is_refused_whole(town: Titled) -> None:
    made = town.appraisal()
    with pytest.raises(InputRefused) as refused:
        town.count(made, (0, V.LEADERS, (18, 5, 2, 0)), (1, V.LEADERS, (38, 0, 0, 0)))
    assert refused.value.sentence == "单晓“总体评价”：各档加起来 38 票，多于领导的有效票 37 张，请核对。"
    assert not town.of(made).people[0].is_counted
    town.count(made, (0, V.LEADERS, (37, 0, 0, 0)))
    fewer = tuple(VoterDraft(one.voter, one.weight, 40, 30, 0) for one in town.of(made).voters)
    with pytest.raises(InputRefused) as later:
        town.count(made, voters=fewer)
    assert "多于领导的有效票 30 张" in later.value.sentence
    with pytest.raises(InputRefused):
        town.count(made, voters=fewer[:1])


def test_a_grade_away_from_the_votes_needs_its_reason(town: Titled) -> None:
    made = town.appraisal()
    town.count(made, (0, V.LEADERS, (37, 0, 0, 0)))
    with pytest.raises(InputRefused) as refused:
        grade(town, made, 0, L.FAIRLY)
    assert refused.value.field == "reason"
    grade(town, made, 0, L.FAIRLY, "有信访积案")
    grade(town, made, 0, L.GOOD)
    with pytest.raises(InputRefused) as over:
        grade(town, made, 1, L.GOOD)
    assert over.value.sentence.startswith("“好”最多 1 人（评定等次的 3 人的三分之一")
    assert (town.of(made).best, town.of(made).best_most) == (1, 1)


def test_closing_and_what_follows(town: Titled) -> None:
    made = town.appraisal()
    with pytest.raises(InputRefused) as refused, town.small.store.write(town.small.office) as session:
        appraisals.close(session, town.small.office, made)
    assert "李旭昇、单晓、覃喆" in refused.value.sentence
    for place, level in enumerate((L.GOOD, L.FAIRLY, L.FAIR)):
        grade(town, made, place, level)
    with town.small.store.write(town.small.office) as session:
        outcome = appraisals.close(session, town.small.office, made)
    assert outcome.changes.topics == {Topic.APPRAISALS} and town.of(made).state is AppraisalState.CLOSED
    with pytest.raises(WrongState):
        grade(town, made, 0, L.FAIR, "重议")


def ten(town: Titled) -> int:
    """Ten members, one of them probationary, appraised by the secretary: 9 of 10 ballots came back."""
    names = [f"党员{n}" for n in range(9)]
    people = (*(PersonDraft(name) for name in names), PersonDraft("新党员", is_probationary=True))
    made = town.appraisal(K.MEMBERS, people=people, actor=town.small.secretary)
    voters = (VoterDraft(V.MEMBERS, D(100), 10, 9, 0),)
    town.count(made, (0, V.MEMBERS, (8, 1, 0, 0)), voters=voters, actor=town.small.secretary)
    return made


def graded(town: Titled, best: int = 3) -> int:
    """The same with every grade decided, `best` of them 优秀."""
    made = ten(town)
    for place in range(9):
        grade(town, made, place, L.EXCELLENT if place < best else L.QUALIFIED, actor=town.small.secretary)
    return made


def close(town: Titled, of: int, actor: Actor | None = None, reason: str = "") -> Outcome[int]:
    who = actor or town.small.secretary
    with town.small.store.write(who) as session:
        return appraisals.close(session, who, of, reason)


def recorded(town: Titled) -> ReviewView | None:
    with town.small.store.read() as session:
        return registers_now.reviews(session, 2026, [town.small.village]).get(town.small.village)


def test_places_of_the_best_grade_in_a_branch(town: Titled) -> None:
    """Nine get a grade, three 优秀 at most; the tenth is probationary."""
    made = graded(town)
    with pytest.raises(InputRefused) as refused:
        grade(town, made, 3, L.EXCELLENT)
    assert "“优秀”最多 3 人" in refused.value.sentence
    with pytest.raises(InputRefused) as none:
        grade(town, made, 9, L.QUALIFIED)
    assert none.value.sentence == "新党员是预备党员，参加评议但不定等次。"


def test_closing_writes_the_yearly_record_and_what_is_counted_from_it(town: Titled) -> None:
    """Typed once by the secretary: the register, the duty of the year and B07 say it."""
    small = town.small
    with small.store.write(SETUP) as session:
        code = indicators.create(session, SETUP, percent("B07", "民主评议党员参评率")).value
    outcome = close(town, graded(town))
    assert outcome.changes.topics >= {Topic.APPRAISALS, Topic.DUTIES}
    assert outcome.notices[0] == "参评人数和各等次人数已记入组织生活的民主评议登记。"
    found = recorded(town)
    assert found is not None and (found.due, found.took_part, found.probationary) == (10, 9, 1)
    assert (found.excellent, found.qualified, found.basically, found.unqualified) == (3, 6, 0, 0)
    with small.store.rows() as session:
        values = session.exec(select(MeasuredValue).where(MeasuredValue.indicator_id == code)).all()
    assert [(row.org_id, row.value) for row in values] == [(small.village, D(90))]
    with small.store.read() as session:
        assert duties.reviewed(session, 2026, day("09-30"), [small.village]) == {small.village}


def test_a_count_without_ballots_is_not_closed(town: Titled) -> None:
    made = town.appraisal(K.MEMBERS, "甲")
    grade(town, made, 0, L.QUALIFIED)
    with pytest.raises(InputRefused) as refused:
        close(town, made, town.small.office)
    assert refused.value.field == "voters" and recorded(town) is None


def test_the_office_opens_a_closed_one_again_and_it_is_told(town: Titled) -> None:
    made, office = graded(town), town.small.office
    close(town, made)
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        appraisals.reopen(session, town.small.secretary, made, "重新计票")
    with pytest.raises(InputRefused) as silent, town.small.store.write(office) as session:
        appraisals.reopen(session, office, made, " ")
    assert silent.value.field == "reason"
    for why in ("漏计 1 张\n补上", "等次复议"):
        with town.small.store.write(office) as session:
            appraisals.reopen(session, office, made, why)
        with pytest.raises(WrongState), town.small.store.write(office) as session:
            appraisals.reopen(session, office, made, "再来")
        before = recorded(town)
        assert before is not None and before.excellent == 3  # what was recorded stands meanwhile
        if why == "等次复议":
            grade(town, made, 0, L.QUALIFIED)
        close(town, made)
    found, record = town.of(made), recorded(town)
    assert (found.reopened, found.version) == (("漏计 1 张 补上", "等次复议"), 3)
    assert record is not None and (record.excellent, record.qualified) == (2, 7)
    opened = [one for one in town.small.trail() if one.table == "appraisal" and '"state":"open"' in one.after]
    assert [one.account_id for one in opened[1:]] == [office.account_id] * 2 and "漏计" in opened[1].after


def test_taking_a_closed_one_back_takes_its_record_back(town: Titled) -> None:
    made, office = graded(town), town.small.office
    close(town, made)
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        appraisals.withdraw(session, town.small.secretary, made, "不算")
    with town.small.store.write(office) as session:
        outcome = appraisals.withdraw(session, office, made, "人员名单有误")
    assert Topic.DUTIES in outcome.changes.topics and recorded(town) is None


def test_a_record_that_was_typed_otherwise_stays(town: Titled) -> None:
    made, office = graded(town), town.small.office
    close(town, made)
    found = recorded(town)
    assert found is not None
    with town.small.store.write(office) as session:
        draft = replace(queries.review_draft(town.of(made)), took_part=10)
        duty_registers.record_review(session, office, draft)
        appraisals.withdraw(session, office, made, "重复")
    after = recorded(town)
    assert after is not None and after.took_part == 10


def test_a_frozen_quarter_asks_the_office_for_a_reason(town: Titled) -> None:
    made = graded(town)
    with town.small.store.write(SETUP) as session:
        session.get_one(Quarter, town.small.quarters[3]).state = QuarterState.FROZEN.value
    with pytest.raises(DayShut):
        close(town, made)
    with pytest.raises(InputRefused) as refused:
        close(town, made, town.small.office)
    assert refused.value.field == "reason"
    close(town, made, town.small.office, "会后补录")
    assert town.of(made).state is AppraisalState.CLOSED and recorded(town) is not None


def test_a_count_of_the_next_year_is_not_recorded_in_the_wrong_one(town: Titled) -> None:
    with town.small.store.write(SETUP) as session:
        session.exec(select(Year).where(Year.number == 2025)).one().state = YearState.OPEN.value
    made = town.appraisal(K.MEMBERS, "甲", year=2025, held_on=day("01-09"))
    town.count(made)
    grade(town, made, 0, L.QUALIFIED)
    assert close(town, made, town.small.office).notices == ("测评日期不在2025年，没有记入该年的组织生活。",)
    assert recorded(town) is None


def test_a_secretary_appraises_the_own_branch_alone(town: Titled) -> None:
    small = town.small
    for kind, org_id in ((K.MEMBERS, small.school), (K.SECRETARIES, small.township)):
        with pytest.raises(NotAllowed):
            town.appraisal(kind, org_id=org_id, actor=small.secretary)
    of_secretaries = town.appraisal(people=(PersonDraft("李旭昇", small.village),))
    with pytest.raises(NotAllowed):
        town.count(of_secretaries, actor=small.secretary)
    own = ten(town)
    for who in (small.stranger, small.viewer):
        with pytest.raises(NotAllowed):
            grade(town, own, 0, L.EXCELLENT, actor=who)
    with small.store.write(small.secretary) as session:
        appraisals.withdraw(session, small.secretary, own, "建错了")


def test_rights_and_what_belongs_to_whom(town: Titled) -> None:
    made = town.appraisal()
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        appraisals.withdraw(session, town.small.secretary, made, "不该建")
    with pytest.raises(InputRefused):
        town.appraisal(K.MEMBERS, org_id=town.small.township)
    with town.small.store.write(town.small.office) as session:
        added = appraisals.add_people(session, town.small.office, made, [PersonDraft("贺岚")])
    assert added.value == 1 and town.of(made).people[-1].name == "贺岚"
    with pytest.raises(InputRefused), town.small.store.write(town.small.office) as session:
        appraisals.add_people(session, town.small.office, made, [PersonDraft("贺岚")])
    with town.small.store.write(town.small.office) as session:
        appraisals.withdraw(session, town.small.office, made, "重复")
    with town.small.store.read() as session:
        assert queries.appraisals(session, 2026) == ()
    with pytest.raises(WrongState), town.small.store.write(town.small.office) as session:
        appraisals.decide(session, town.small.office, GradeDraft(999, L.GOOD))


def test_the_list_of_a_year(town: Titled) -> None:
    first, second = town.appraisal(), town.appraisal(K.MEMBERS, "甲", "乙", "丙")
    with town.small.store.read() as session:
        assert {one.id for one in queries.appraisals(session, 2026)} == {first, second}
        assert [one.id for one in queries.appraisals(session, 2026, K.MEMBERS)] == [second]
        assert [one.id for one in queries.appraisals(session, 2026, org_ids=[town.small.village])] == [second]
        assert queries.appraisals(session, 2025) == ()


def test_a_branch_may_be_a_hundred_without_a_ballot(town: Titled) -> None:
    """Nobody voted: no score, no suggestion, and a grade can still be decided by the meeting."""
    made = town.appraisal()
    person = town.of(made).people[0]
    assert person.score.value is None and person.advised is None and person.told(town.of(made).items[0]) == ()
    grade(town, made, 0, L.FAIRLY)
    grade(town, made, 0, None)
    assert replace(person, grade=None).grade is town.of(made).people[0].grade is None
