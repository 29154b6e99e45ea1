"""The table of moves of titles: nothing is granted without every party, peers are others, no day is put back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused, WrongState
from okr_desk.rules import titles
from okr_desk.rules.permissions import Action
from okr_desk.rules.titles import MOVES, ApplyDraft, Fact, MarksDraft, MoveDraft, Present, move_of, moves_from
from okr_desk.scoring.explained import Explained
from okr_desk.title_terms import Strength, TitleFact, TitleState, TitleStep

S, T = TitleState, TitleStep
D = Decimal
DAY = date(2026, 10, 8)
LEGAL = {(move.before, move.step): move.after for move in MOVES}
MET = Fact(TitleFact.GRADE, True, "年度等次为“好”")
THERE = Present(1, (MET,), Explained(D("88.55"), ("总分",)), D(80), frozenset({2, 3}), frozenset())
FULL = tuple((strength, D(90)) for strength in Strength)


def full(step: TitleStep, **more: object) -> MoveDraft:
    """A draft that lacks nothing."""
    peer = 2 if step is T.PEERS else None
    plain: dict[str, object] = {"by": "王玥", "note": "已核实", "document": "青党〔2026〕9号"}
    marks = (MarksDraft(FULL, peer),) if step in titles.PARTY_OF else ()
    return MoveDraft(7, step, **{"on": DAY, "marks": marks, **plain, **more})  # type: ignore[arg-type]


def check(
    step: TitleStep, draft: MoveDraft | None = None, there: Present = THERE, state: TitleState | None = None
) -> None:
    before = state or next(move.before for move in MOVES if move.step is step)
    titles.check_move(move_of(before, step), draft or full(step), there, date(2026, 10, 1), DAY)


def sentence(step: TitleStep, there: Present = THERE, state: TitleState | None = None, **more: object) -> str:
    with pytest.raises(InputRefused) as refused:
        check(step, full(step, **more), there, state)
    return refused.value.sentence


def test_the_way_through() -> None:
    state = S.NONE
    for step in (T.APPLY, T.QUALIFY, T.SELF, T.PEERS, T.PEERS, T.UPPER, T.DECIDE, T.PUBLICISE, T.GRANT, T.RECHECK):
        check(step, state=state)
        state = move_of(state, step).after
    assert state is S.GRANTED and move_of(state, T.REVOKE).after is S.REVOKED
    assert moves_from(S.REVOKED) == moves_from(S.DECLINED) == ()
    assert len(LEGAL) == len(MOVES)


@given(st.lists(st.sampled_from(T), max_size=40))
def test_nothing_is_granted_without_all_that_comes_before(steps: list[TitleStep]) -> None:
    """Precondition, self, peers, upper and decision, each taken before 授予, whatever is tried in between."""
    state, taken = S.NONE, list[TitleStep]()
    for step in steps:
        try:
            state = move_of(state, step).after
        except WrongState:
            continue
        taken.append(step)
        if state is S.GRANTED:
            assert {T.APPLY, T.QUALIFY, T.SELF, T.PEERS, T.UPPER, T.DECIDE, T.PUBLICISE, T.GRANT} <= set(taken)
            places = [taken.index(one) for one in (T.QUALIFY, T.SELF, T.PEERS, T.UPPER, T.DECIDE, T.GRANT)]
            assert places == sorted(places)


def test_no_shorter_way_to_the_title_exists() -> None:
    """Each of the five taken out of the table, 已授予 cannot be reached at all."""
    for without in (T.QUALIFY, T.SELF, T.PEERS, T.UPPER, T.DECIDE):
        reached, more = {S.NONE}, True
        while more:
            found = {move.after for move in MOVES if move.before in reached and move.step is not without} - reached
            more = bool(found)
            reached |= found
        assert S.GRANTED not in reached


@pytest.mark.parametrize(("state", "step"), [one for one in product(S, T) if one not in LEGAL])
def test_every_other_move_is_refused_with_a_sentence(state: TitleState, step: TitleStep) -> None:
    with pytest.raises(WrongState) as refused:
        move_of(state, step)
    assert "不能办理" in refused.value.sentence and refused.value.sentence.endswith("。")


def test_the_branch_applies_and_marks_itself_the_rest_is_the_office_s() -> None:
    own = {move.step for move in MOVES if move.who is Action.APPLY_TITLES}
    assert own == {T.APPLY, T.SELF}
    assert all(move.who is Action.DECIDE_TITLES for move in MOVES if move.step not in own)


def test_a_condition_that_is_not_met_is_named() -> None:
    there = Present(
        1,
        (MET, Fact(TitleFact.RED_LINES, False, "有 1 项红线"), Fact(TitleFact.CARDS, None, "还没有年度等次")),
        Explained(None, ("还没有评分的：上级考评，三方都评了才有总分。",)),
        D(80),
        frozenset({2}),
        frozenset(),
    )
    assert sentence(T.QUALIFY, there) == "条件不具备：有 1 项红线；还没有年度等次。"
    assert sentence(T.DECIDE, there).startswith("条件不具备")
    assert sentence(T.RECHECK, there, S.GRANTED).startswith("条件不具备")
    check(T.RECHECK, there=there, state=S.PUBLICISED)


def test_a_decision_needs_the_total() -> None:
    low = Present(1, (MET,), Explained(D("79.996"), ()), D(80), frozenset(), frozenset())
    assert sentence(T.DECIDE, low) == "总分 79.99 低于 80，不能评定为拟授予。"
    none = Present(
        1, (MET,), Explained(None, ("还没有评分的：自评，三方都评了才有总分。",)), D(80), frozenset(), frozenset()
    )
    assert sentence(T.DECIDE, none) == "还没有评分的：自评，三方都评了才有总分。"


@pytest.mark.parametrize(
    ("peer", "marked", "says"),
    [
        (1, (), "互评由其他支部打分，不能给自己打分。"),
        (9, (), "互评由同类别的其他支部打分，请改选支部。"),
        (None, (), "互评由同类别的其他支部打分，请改选支部。"),
        (2, (2,), "这个支部已经互评过，请不要重复登记。"),
    ],
)
def test_peers_are_others_of_the_category_each_once(peer: int | None, marked: tuple[int, ...], says: str) -> None:
    there = Present(1, (MET,), THERE.total, D(80), frozenset({2, 3}), frozenset(marked))
    assert sentence(T.PEERS, there, marks=(MarksDraft(FULL, peer),)) == says


def test_the_same_peer_twice_in_one_step() -> None:
    twice = (MarksDraft(FULL, 2), MarksDraft(FULL, 2))
    assert sentence(T.PEERS, marks=twice) == "这个支部已经互评过，请不要重复登记。"
    check(T.PEERS, full(T.PEERS, marks=(MarksDraft(FULL, 2), MarksDraft(FULL, 3))))


@pytest.mark.parametrize(
    "points",
    [
        FULL[:3],
        (*FULL[:3], FULL[0]),
        (*FULL[:3], (Strength.EFFECT, D(101))),
        (*FULL[:3], (Strength.EFFECT, D(-1))),
        (*FULL[:3], (Strength.EFFECT, D("nan"))),
    ],
)
def test_marks_are_four_between_0_and_100(points: tuple[tuple[Strength, Decimal], ...]) -> None:
    with pytest.raises(InputRefused) as refused:
        titles.check_marks(MarksDraft(points))
    assert refused.value.field == "marks"


def test_days_are_not_put_back_nor_ahead_and_publicity_has_to_end() -> None:
    assert sentence(T.SELF, on=date(2026, 9, 30)) == "日期早于上一步（2026-10-01），不能倒签，请核对。"
    assert "还没有到" in sentence(T.SELF, on=DAY + timedelta(days=1))
    open_ = Present(1, (MET,), THERE.total, D(80), frozenset(), frozenset(), date(2026, 10, 15))
    assert sentence(T.GRANT, open_) == "公示还没有期满，最早 2026-10-15 才能授予。"
    for step, need, field in ((T.DECIDE, "document", "文号"), (T.DECLINE, "note", "理由"), (T.QUALIFY, "by", "办理人")):
        assert field in sentence(step, **{need: " "})
    assert sentence(T.SELF, marks=()) == "请填写四项得分，每项 0 到 100。"
    assert sentence(T.UPPER, marks=(MarksDraft(FULL),) * 2) == "“上级考评”只填一份得分。"


def test_an_application() -> None:
    good = ApplyDraft(1, 2026, DAY, "李旭昇")
    titles.check_apply(good, DAY)
    for more in ({"by": ""}, {"on": date(2025, 12, 31)}, {"on": date(2026, 10, 9)}, {"note": "长" * 301}):
        with pytest.raises(InputRefused):
            titles.check_apply(ApplyDraft(**{**good.__dict__, **more}), DAY)
