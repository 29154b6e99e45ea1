"""Appraisals on a real database: counts that supersede, grades within a third, closing, and the yearly record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.appraisal_terms import AppraisalKind, AppraisalState, Level, Voter
from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import AppraisalCount
from okr_desk.queries import appraisals as queries
from okr_desk.queries import duty_registers as registers_now
from okr_desk.rules.appraisals import GradeDraft, PersonDraft, VoterDraft
from okr_desk.services import appraisals, duty_registers
from okr_desk.services.outcome import Topic
from tests.small_titles import Titled, titled

D = Decimal
V, L, K = Voter, Level, AppraisalKind


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    yield made
    made.small.store.close()


def grade(town: Titled, of: int, place: int, level: Level | None, reason: str = "") -> None:
    person = town.of(of).people[place].id
    with town.small.store.write(town.small.office) as session:
        appraisals.decide(session, town.small.office, GradeDraft(person, level, reason))


def test_votes_are_counted_by_weight(town: Titled) -> None:
    """Leaders 94.6 (18/5/2/0) weigh 30, the mass 60 (0/0/10/10) 20: (94.6·30 + 60·20)/50 = 80.76."""
    made = town.appraisal()
    assert town.count(made, (0, V.LEADERS, (18, 5, 2, 0)), (0, V.MASS, (0, 0, 10, 10))) == 12  # 4 classes, 8 numbers
    found = town.of(made)
    assert (found.people[0].score.value, found.people[0].advised) == (D("80.76"), L.FAIRLY)
    assert not found.people[1].is_counted
    assert found.voter(V.MASS) is not None and found.voters[0].turnout.valid == 37


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


def test_the_yearly_record_of_a_branch_is_written_from_it(town: Titled) -> None:
    """Ten members, one of them probationary: nine get a grade, three 优秀 at most."""
    names = [f"党员{n}" for n in range(9)]
    people = (*(PersonDraft(name) for name in names), PersonDraft("新党员", is_probationary=True))
    made = town.appraisal(K.MEMBERS, people=people)
    voters = (VoterDraft(V.MEMBERS, D(100), 10, 9, 0),)
    town.count(made, (0, V.MEMBERS, (8, 1, 0, 0)), voters=voters)
    for place in range(9):
        grade(town, made, place, L.EXCELLENT if place < 3 else L.QUALIFIED)
    with pytest.raises(InputRefused) as refused:
        grade(town, made, 3, L.EXCELLENT)
    assert "“优秀”最多 3 人" in refused.value.sentence
    with pytest.raises(InputRefused) as none:
        grade(town, made, 9, L.QUALIFIED)
    assert none.value.sentence == "新党员是预备党员，参加评议但不定等次。"
    draft = queries.review_draft(town.of(made))
    with town.small.store.write(town.small.office) as session:
        duty_registers.record_review(session, town.small.office, draft)
    with town.small.store.read() as session:
        found = registers_now.reviews(session, 2026, [town.small.village])[town.small.village]
    assert (found.due, found.took_part, found.probationary) == (10, 9, 1)
    assert (found.excellent, found.qualified, found.basically, found.unqualified) == (3, 6, 0, 0)


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
