"""The table of moves, days due and lights, worked out by hand; no way leads round the second person."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused, WrongState
from okr_desk.followup_terms import FindingKind, FindingState, FollowupStep, ItemLight, Recognised
from okr_desk.rules import followups
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.followup_limits import FollowupLimits, days_late
from okr_desk.rules.followups import MOVES, Present, StepDraft, fitting, move_of, moves_from, same_person
from okr_desk.rules.permissions import Action

S, T = FindingState, FollowupStep
DAY = date(2026, 10, 20)
THERE = Present("李旭昇", date(2026, 10, 15), is_signed=True)
LEGAL = {(move.before, move.step): move.after for move in MOVES}
LIMITS = FollowupLimits()


def full(step: FollowupStep, **more: object) -> StepDraft:
    """A draft that lacks nothing."""
    plain: dict[str, object] = {
        "by": "张三", "note": "逐项整改", "owner": "李旭昇", "due_on": date(2026, 10, 30), "recognised": Recognised.YES,
    }  # fmt: skip
    return StepDraft(7, step, DAY, **{**plain, **more})  # type: ignore[arg-type]


def refused(step: FollowupStep, state: FindingState, there: Present = THERE, **more: object) -> tuple[str, str]:
    """The sentence and the field at which a move is refused."""
    with pytest.raises((InputRefused, WrongState)) as found:
        followups.check_move(move_of(state, step), full(step, **more), there, DAY, DAY)
    return found.value.sentence, getattr(found.value, "field", "")


def test_the_way_through_and_back() -> None:
    state = S.NOT_STARTED
    for step in (T.SIGN, T.PLAN, T.PROGRESS, T.ASK_CHECK, T.REJECT, T.ASK_CHECK, T.WRITE_OFF, T.LOOK_BACK):
        state = move_of(state, step).after
    assert state is S.WRITTEN_OFF
    state = move_of(state, T.REOPEN).after
    assert state is S.RELAPSED and move_of(state, T.PLAN).after is S.WORKING
    assert len(LEGAL) == len(MOVES)  # a state and a step lead to one place


@pytest.mark.parametrize(("state", "step"), [one for one in product(S, T) if one not in LEGAL])
def test_every_other_move_is_refused_with_what_is_possible(state: FindingState, step: FollowupStep) -> None:
    with pytest.raises(WrongState) as found:
        move_of(state, step)
    assert "可以办理：" in found.value.sentence


def test_only_the_office_extends_and_writes_off() -> None:
    checked = {move.step for move in MOVES if move.who is Action.CHECK_FINDINGS}
    assert checked == {T.EXTEND, T.REFUSE_EXTENSION, T.WRITE_OFF, T.REJECT, T.LOOK_BACK, T.REOPEN}


@pytest.mark.parametrize(
    ("step", "state", "more", "field"),
    [
        (T.SIGN, S.NOT_STARTED, {"by": " "}, ""),  # it is signed already
        (T.PLAN, S.NOT_STARTED, {"note": ""}, "note"),
        (T.PLAN, S.NOT_STARTED, {"owner": ""}, "owner"),
        (T.PROGRESS, S.WORKING, {"note": " "}, "note"),
        (T.ASK_EXTENSION, S.WORKING, {"due_on": date(2026, 10, 15)}, "due_on"),
        (T.ASK_EXTENSION, S.WORKING, {"due_on": None}, "due_on"),
        (T.WRITE_OFF, S.TO_CHECK, {"recognised": None}, "recognised"),
        (T.WRITE_OFF, S.TO_CHECK, {"recognised": Recognised.NO}, "recognised"),
        (T.WRITE_OFF, S.TO_CHECK, {"by": "李 旭昇"}, "by"),
        (T.REOPEN, S.WRITTEN_OFF, {"due_on": date(2026, 10, 19)}, "due_on"),
        (T.REOPEN, S.WRITTEN_OFF, {"due_on": None}, "due_on"),
        (T.PROGRESS, S.WORKING, {"on": DAY + timedelta(days=1)}, "on"),
        (T.PROGRESS, S.WORKING, {"on": DAY - timedelta(days=1)}, "on"),
        (T.REOPEN, S.WRITTEN_OFF, {"on": DAY - timedelta(days=1)}, "on"),
        (T.PROGRESS, S.WORKING, {"note": "长" * 301}, "note"),
    ],
)
def test_what_lacks_is_named_at_its_field(
    step: FollowupStep, state: FindingState, more: dict[str, object], field: str
) -> None:
    day = more.get("on", DAY)
    with pytest.raises((InputRefused, WrongState)) as found:
        draft = StepDraft(**{**full(step).__dict__, **more, "on": day})
        followups.check_move(move_of(state, step), draft, THERE, DAY, DAY)
    assert getattr(found.value, "field", "") == field
    assert found.value.sentence.endswith("。")


def test_measures_wait_for_the_signature_and_an_answer_for_a_request() -> None:
    unsigned = Present("李旭昇", DAY, is_signed=False)
    assert "请先签收" in refused(T.PLAN, S.NOT_STARTED, unsigned)[0]
    assert "没有申请延期" in refused(T.EXTEND, S.WORKING)[0]
    asked = Present("李旭昇", date(2026, 10, 15), is_signed=True, is_asked=True)
    assert "等镇党建办答复" in refused(T.ASK_EXTENSION, S.WORKING, asked)[0]
    assert [move.step for move in fitting(S.NOT_STARTED, unsigned)] == [T.SIGN]
    assert [move.step for move in fitting(S.NOT_STARTED, THERE)] == [T.PLAN]
    assert T.EXTEND in {move.step for move in fitting(S.WORKING, asked)}
    assert T.EXTEND not in {move.step for move in fitting(S.WORKING, THERE)}


def test_days_by_kind_count_working_days_but_the_longest() -> None:
    """8 October 2026 is a Thursday; Saturday the 10th is worked (调休)."""
    calendar = Calendar({date(2026, 10, 10): True}, frozenset({2026}))
    assert LIMITS.due(FindingKind.IMMEDIATE, date(2026, 10, 8), calendar) == date(2026, 10, 14)
    assert LIMITS.due(FindingKind.LIMITED, date(2026, 10, 8), calendar) == date(2026, 11, 18)
    assert LIMITS.due(FindingKind.LONG, date(2026, 10, 8), calendar) == date(2027, 1, 6)
    assert LIMITS.due(FindingKind.LIMITED, date(2026, 12, 8), calendar) is None  # nobody filled in 2027


@pytest.mark.parametrize(
    ("late", "extended", "light"),
    [
        (0, 0, ItemLight.CALM), (1, 0, ItemLight.YELLOW), (30, 0, ItemLight.YELLOW), (31, 0, ItemLight.RED),
        (0, 1, ItemLight.CALM), (0, 2, ItemLight.RED), (5, 2, ItemLight.RED),
    ],
)  # fmt: skip
def test_the_light_of_a_finding(late: int, extended: int, light: ItemLight) -> None:
    assert LIMITS.light(S.WORKING, late, extended) is light
    assert LIMITS.light(S.WRITTEN_OFF, late, extended) is ItemLight.CALM


def test_time_stands_while_the_office_checks() -> None:
    due, today = date(2026, 10, 15), date(2026, 12, 1)
    assert days_late(S.WORKING, due, None, today) == 47
    assert days_late(S.TO_CHECK, due, date(2026, 10, 14), today) == 0
    assert days_late(S.TO_CHECK, due, date(2026, 10, 18), today) == 3
    assert days_late(S.WORKING, due, date(2026, 10, 14), today) == 47  # it was sent back
    assert days_late(S.WRITTEN_OFF, due, None, today) == 0


def test_numbers_run_on() -> None:
    assert followups.number_of(2026, 3, 1) == "整改2026-3-001"
    assert followups.next_running(["整改2026-3-001", "整改2026-3-012", "乱"]) == 13
    assert same_person("李 旭昇", "李旭昇") and not same_person("", "") and not same_person("李旭", "李旭昇")


@given(st.lists(st.tuples(st.sampled_from(list(T)), st.sampled_from(["李旭昇", "季伟", "张三"])), max_size=40))
def test_no_walk_ends_written_off_by_the_owner(steps: list[tuple[FollowupStep, str]]) -> None:
    state, owner, signed, asked = S.NOT_STARTED, "李旭昇", False, False
    verifier = ""
    for step, name in steps:
        there = Present(owner, date(2026, 10, 15), signed, asked)
        try:
            move = move_of(state, step)
            followups.check_move(move, full(step, by=name, owner=name), there, DAY, DAY)
        except (InputRefused, WrongState):
            continue
        state = move.after
        signed = signed or step is T.SIGN
        owner = name if step is T.PLAN else owner
        asked = step is T.ASK_EXTENSION or (asked and step not in (T.EXTEND, T.REFUSE_EXTENSION, T.REOPEN))
        verifier = name if step is T.WRITE_OFF else verifier
        assert state is not S.WRITTEN_OFF or not same_person(verifier, owner)
    assert all(move.before is state for move in moves_from(state))
