"""Objections on a real file: their term, who decides, what becomes of the points, and the mark until then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.errors import Backdated, IllegalMove, InputRefused, NotAllowed
from okr_desk.queries import objections as standing
from okr_desk.queries.objections import ObjectionView
from okr_desk.review_terms import ObjectionOutcome, ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.objections import DecisionDraft, ObjectionDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import objections
from okr_desk.terms import EntryBasis
from tests.reviewed_township import Reviewed, reviewed
from tests.services.test_reviews import TO_DELIVERY, line, points

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Reviewed:
    made = reviewed(tmp_path / "小镇.okr")
    made.through(*TO_DELIVERY)
    return made


def object_(town: Reviewed, code: str | None = "B09", actor: Actor | None = None, **more: object) -> int:
    who = actor or town.secretary
    key = None if code is None else line(town, code)
    plain: dict[str, object] = {"line_id": key, "claimed": D(4)}
    draft = ObjectionDraft(town.quarter_id, town.village, "党费已全额收缴", "李旭昇", **(plain | more))  # type: ignore[arg-type]
    with town.store.write(who) as session:
        return objections.object_(session, who, draft).value


def decide(
    town: Reviewed,
    key: int,
    outcome: ObjectionOutcome = ObjectionOutcome.UPHELD,
    value: str | None = "4",
    actor: Actor | None = None,
    **more: object,
) -> str:
    who = actor or town.second
    plain: dict[str, object] = {"by": "赵海", "rests_on": "考核办法第七条"}
    draft = DecisionDraft(key, outcome, "经核银行回单，情况属实", points=D(value) if value else None, **(plain | more))  # type: ignore[arg-type]
    with town.store.write(who) as session:
        return objections.decide(session, who, draft).value


def views(town: Reviewed) -> tuple[ObjectionView, ...]:
    with town.store.read() as session:
        return standing.objections(session, town.quarter())


def test_one_that_is_upheld_changes_the_line_and_makes_a_new_version(town: Reviewed) -> None:
    before = town.printed()
    key = object_(town)
    assert town.state() is ReviewState.OBJECTED
    marked = town.printed()
    assert marked.issued is not None and marked.issued.under_objection and marked.issued.version == 1
    assert decide(town, key) == "申辩2026-3-001"
    (view,) = views(town)
    assert (view.points, view.claimed, view.decision and view.decision.points) == (2, 4, 4)
    assert view.due_on == date(2026, 10, 22)  # ten working days after October 9th
    assert town.state() is ReviewState.RECHECKED and points(town, "B09") == 4
    after = town.printed()
    assert after.issued is not None and (after.issued.version, after.issued.under_objection) == (2, False)
    assert before.digest != after.digest


def test_one_that_is_dismissed_leaves_points_and_version(town: Reviewed) -> None:
    decide(town, object_(town), ObjectionOutcome.DISMISSED, None)
    issued = town.printed().issued
    assert issued is not None and issued.version == 1 and points(town, "B09") == 2


def test_two_objections_one_upheld(town: Reviewed) -> None:
    first, second = object_(town, "B09"), object_(town, "F07", claimed=D(8))
    decide(town, second, ObjectionOutcome.DISMISSED, None)
    assert town.state() is ReviewState.OBJECTED
    decide(town, first, ObjectionOutcome.PARTLY, "3")
    assert town.state() is ReviewState.RECHECKED and points(town, "B09") == 3
    assert [one.number for one in views(town)] == ["申辩2026-3-001", "申辩2026-3-002"]


def test_who_scored_does_not_decide(town: Reviewed) -> None:
    key = object_(town)
    with pytest.raises(NotAllowed, match="不能自己复核"):
        decide(town, key, actor=town.office)
    with pytest.raises(NotAllowed, match="王玥参加过这次评分"):
        decide(town, key, by="王玥")
    with pytest.raises(NotAllowed):
        decide(town, key, actor=town.secretary)
    decide(town, key, actor=town.office, by="孙立", substitution="分管领导 孙立")
    decision = views(town)[0].decision
    assert decision is not None and decision.substitution == "分管领导 孙立"


def test_the_term_is_kept_and_paper_counts_from_its_arrival(town: Reviewed) -> None:
    town.on(10, 19)
    with pytest.raises(Backdated, match="申辩期到 2026-10-15 为止"):
        object_(town)
    with pytest.raises(InputRefused, match="以今天为准"):
        object_(town, received_on=date(2026, 10, 15))
    with pytest.raises(Backdated, match="早于送达日"):
        object_(town, received_on=date(2026, 10, 8), basis=EntryBasis.PAPER)
    object_(town, received_on=date(2026, 10, 15), basis=EntryBasis.PAPER, actor=town.office)
    assert town.state() is ReviewState.OBJECTED


def test_nothing_moves_while_one_is_open(town: Reviewed) -> None:
    object_(town)
    town.on(10, 19)
    for step in (Step.DECIDE, Step.AGREE, Step.PUBLICISE, Step.FINALISE):
        with pytest.raises(IllegalMove):
            town.take(step)


def test_the_answer_begins_a_term_of_its_own_and_may_be_objected_to_once(town: Reviewed) -> None:
    first = object_(town)
    decide(town, first, ObjectionOutcome.DISMISSED, None)
    assert town.row().record.until == date(2026, 10, 15)
    again = object_(town, again_of_id=first)
    with pytest.raises(NotAllowed):
        decide(town, again, ObjectionOutcome.DISMISSED, None)  # who decided on the first does not decide again
    decide(town, again, ObjectionOutcome.DISMISSED, None, by="孙立", substitution="分管领导 孙立")
    with pytest.raises(IllegalMove, match="不能重复申辩"):
        object_(town, again_of_id=first)


def test_a_line_is_objected_to_once_at_a_time(town: Reviewed) -> None:
    object_(town)
    with pytest.raises(InputRefused, match="正在复核"):
        object_(town)


def test_one_may_be_taken_back(town: Reviewed) -> None:
    key = object_(town)
    with town.store.write(town.secretary) as session:
        objections.withdraw(session, town.secretary, key, "核对后无误")
    assert town.state() is ReviewState.RECHECKED and views(town)[0].withdrawn
    with pytest.raises(IllegalMove, match="已经撤回"):
        decide(town, key)


@pytest.mark.parametrize(
    ("outcome", "value", "field"),
    [
        (ObjectionOutcome.UPHELD, None, "points"),
        (ObjectionOutcome.UPHELD, "2", "points"),
        (ObjectionOutcome.UPHELD, "5", "points"),
        (ObjectionOutcome.DISMISSED, "3", "points"),
    ],
)
def test_a_decision_says_what_its_points_are(
    town: Reviewed, outcome: ObjectionOutcome, value: str | None, field: str
) -> None:
    key = object_(town)
    with pytest.raises(InputRefused) as refusal:
        decide(town, key, outcome, value)
    assert refusal.value.field == field and views(town)[0].is_open


def test_a_decision_stands(town: Reviewed) -> None:
    key = object_(town)
    decide(town, key)
    with pytest.raises(IllegalMove, match="答复不能更改"):
        decide(town, key, ObjectionOutcome.DISMISSED, None)


def test_the_public_may_object_while_it_is_publicised(town: Reviewed) -> None:
    town.through(Step.AGREE, Step.DECIDE, Step.PUBLICISE)
    key = object_(town, None, claimed=None, basis=EntryBasis.PHONE, actor=town.office)
    assert town.state() is ReviewState.OBJECTED
    decide(town, key, ObjectionOutcome.DISMISSED, None)
    town.on(10, 19)
    town.take(Step.DECIDE)
    town.take(Step.PUBLICISE)
