"""The table of moves: what it has, what it refuses with a sentence, and that no way leads out of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused, WrongState
from okr_desk.rules import whistles
from okr_desk.rules.permissions import Action
from okr_desk.rules.whistles import MOVES, MoveDraft, Present, RatingDraft, move_of, moves_from
from okr_desk.whistle_terms import RatedItem, Rater, Solved, WhistleState, WhistleStep

NOW = datetime(2026, 7, 3, 8, 0, tzinfo=UTC)
THERE = Present("三日内清淤", 1, date(2026, 7, 3))
S, T = WhistleState, WhistleStep
LEGAL = {(move.before, move.step): move.after for move in MOVES}


def full(step: WhistleStep, **more: object) -> MoveDraft:
    """A draft that lacks nothing."""
    rating = RatingDraft(Rater.BRANCH, ((RatedItem.RESPONSE, 5),))
    plain: dict[str, object] = {
        "by": "张三", "note": "清淤两百米", "department_id": 2, "promised_on": date(2026, 7, 10), "solved": Solved.YES,
        "ratings": (rating,),
    }  # fmt: skip
    return MoveDraft(7, step, NOW, **{**plain, **more})  # type: ignore[arg-type]


def test_the_way_through() -> None:
    state = S.DRAFT
    for step in (T.SUBMIT, T.BLOW, T.SIGN_IN, T.ARRIVE, T.PLAN, T.FINISH, T.RATE, T.FILE):
        state = move_of(state, step).after
    assert state is S.FILED and moves_from(S.FILED) == () and moves_from(S.CANCELLED) == ()


def test_the_sides() -> None:
    assert move_of(S.RECEIVED, T.DECLINE).after is S.RETURNED
    assert move_of(S.RETURNED, T.REASSIGN).after is S.BLOWN
    assert move_of(S.WORKING, T.ESCALATE).after is S.ESCALATED
    assert move_of(S.ESCALATED, T.PLAN).after is S.WORKING
    assert len(LEGAL) == len(MOVES)  # a state and a step lead to one place


@pytest.mark.parametrize(("state", "step"), [one for one in product(S, T) if one not in LEGAL])
def test_every_other_move_is_refused_with_a_sentence(state: WhistleState, step: WhistleStep) -> None:
    with pytest.raises(WrongState) as refused:
        move_of(state, step)
    assert refused.value.sentence.endswith("。") and "不能办理" in refused.value.sentence


@given(st.lists(st.sampled_from(T), max_size=30))
def test_no_sequence_leads_out_of_the_table(steps: list[WhistleStep]) -> None:
    state = S.DRAFT
    for step in steps:
        try:
            after = move_of(state, step).after
        except WrongState:
            continue
        assert (state, step) in LEGAL and state not in (S.FILED, S.CANCELLED)
        state = after


def test_the_office_signs_reassigns_escalates_and_files() -> None:
    office = {move.step for move in MOVES if move.who is Action.CHECK_DAILY}
    assert office == {T.BLOW, T.SEND_BACK, T.REASSIGN, T.ESCALATE, T.FILE, T.PLAN}
    assert move_of(S.ARRIVED, T.PLAN).who is Action.RECORD_DAILY


@pytest.mark.parametrize(
    ("step", "state", "without", "sentence", "at"),
    [
        (T.BLOW, S.SIGNING, {"by": " "}, "请填写办理人姓名。", "by"),
        (T.DECLINE, S.BLOWN, {"note": ""}, "请写明情况或理由。", "note"),
        (T.PLAN, S.ARRIVED, {"promised_on": None}, "请填写承诺办结日。", "promised_on"),
        (T.REASSIGN, S.RETURNED, {"department_id": 1}, "请选择改派给哪个部门，不能仍是原部门。", "department_id"),
        (T.RATE, S.TO_RATE, {"solved": None}, "请填写群众回访结果。", "solved"),
        (T.RATE, S.TO_RATE, {"ratings": ()}, "请至少评一项，每项 1 至 5 分。", "ratings"),
        (T.SIGN_IN, S.BLOWN, {"at": NOW + timedelta(minutes=1)}, "时间 7月3日 16:01 还没有到，请核对。", "at"),
        (T.SIGN_IN, S.BLOWN, {"at": NOW - timedelta(hours=2)}, "时间早于上一步（7月3日 15:00），请核对。", "at"),
        (T.SIGN_IN, S.BLOWN, {"at": NOW - timedelta(hours=20)}, "时间早于吹哨单的日期（2026-07-03），请核对。", "at"),
        (T.PLAN, S.ARRIVED, {"promised_on": date(2026, 7, 2)}, "承诺办结日早于商定的日期，请核对。", "promised_on"),
    ],
)
def test_what_lacks_is_said_at_its_field(
    step: WhistleStep, state: WhistleState, without: dict[str, object], sentence: str, at: str
) -> None:
    move = move_of(state, step)
    earlier = NOW - timedelta(hours=1)
    whistles.check_move(move, full(step), THERE, earlier, NOW)
    draft = full(step, **without) if "at" not in without else MoveDraft(7, step, without["at"], "张三", "清")  # type: ignore[arg-type]
    with pytest.raises(InputRefused) as refused:
        whistles.check_move(move, draft, THERE, earlier, NOW)
    assert (refused.value.sentence, refused.value.field) == (sentence, at)


def test_a_draft_without_a_goal_is_not_handed_in() -> None:
    with pytest.raises(InputRefused, match="预期目标"):
        whistles.check_move(move_of(S.DRAFT, T.SUBMIT), full(T.SUBMIT), Present("", 1, date(2026, 7, 3)), None, NOW)


@pytest.mark.parametrize("levels", [((RatedItem.RESPONSE, 0),), ((RatedItem.RESPONSE, 6),)])
def test_levels_are_1_to_5(levels: tuple[tuple[RatedItem, int], ...]) -> None:
    with pytest.raises(InputRefused, match="1 到 5"):
        whistles.check_rating(RatingDraft(Rater.BRANCH, levels))
    assert RatingDraft(Rater.BRANCH, ((RatedItem.COOPERATION, 4),)).stored == "-4----"


def test_numbers_run_by_quarter_and_are_never_used_again() -> None:
    assert whistles.next_running(["哨2026-1-001", "哨2026-1-013"]) == 14
    assert whistles.number_of(2026, 3, whistles.next_running([])) == "哨2026-3-001"


def test_whistling_again_needs_a_failed_result() -> None:
    whistles.check_again(S.RATED, Solved.NO, "哨2026-1-001")
    for state, solved in ((S.RATED, Solved.YES), (S.RATED, None), (S.WORKING, Solved.NO)):
        with pytest.raises(WrongState, match="不能重吹"):
            whistles.check_again(state, solved, "哨2026-1-001")
