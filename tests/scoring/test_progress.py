"""Progress of every kind: worked by hand, with their sources; bounds and order by property."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring import progress
from okr_desk.scoring.progress import Node, Progress
from okr_desk.terms import Direction

D = Decimal

numbers = st.decimals(-1000, 1000, places=2)


def counted(found: Progress) -> D:
    assert found.clamped is not None
    return found.clamped


@pytest.mark.parametrize(
    ("baseline", "target", "pairs"),
    [
        # methods B2, "linear up"
        ("60", "90", [("50", "0"), ("60", "0"), ("75", "0.5"), ("90", "1"), ("96", "1")]),
        # methods B2, "linear down"
        ("20", "8", [("25", "0"), ("20", "0"), ("14", "0.5"), ("8", "1"), ("5", "1")]),
        # methods B2, "growth"
        ("-10", "5", [("-10", "0"), ("-4", "0.4"), ("5", "1"), ("8", "1")]),
        # domain 7.2
        ("82", "90", [("86.4", "0.55")]),
        # competitors B1: 200 down to 0 at 100 must be a half; B3: 5.9 of 10 must keep its decimals
        ("200", "0", [("100", "0.5")]),
        ("0", "10", [("5.9", "0.59")]),
        ("10", "0", [("7", "0.3")]),
    ],
)
def test_the_straight_line(baseline: str, target: str, pairs: list[tuple[str, str]]) -> None:
    for value, expected in pairs:
        assert counted(progress.metric(D(baseline), D(target), D(value))) == D(expected)


def test_a_repeating_fraction_keeps_its_digits_and_says_that_the_sentence_is_rounded() -> None:
    found = progress.metric(D(-10), D(5), D(0))  # methods B2: .666667
    assert abs(counted(found) - D(2) / 3) < D("1e-27")
    assert found.steps[1].endswith("≈0.666667")
    assert "6 位小数" in found.steps[2]


def test_raw_shows_what_lies_beyond_both_ends() -> None:
    beyond, before = progress.metric(D(60), D(90), D(96)), progress.metric(D(60), D(90), D(45))
    assert (beyond.raw, beyond.clamped) == (D("1.2"), D(1))
    assert (before.raw, before.clamped) == (D("-0.5"), D(0))
    assert "超过目标" in beyond.steps[-1]
    assert "按 0 计" in before.steps[-1]


def test_the_steps_hold_formula_inputs_and_result() -> None:
    found = progress.metric(D(-10), D(5), D("-4"))
    assert found.steps == (
        "完成度＝（现值－基线）÷（目标－基线）",
        "（（－4）－（－10））÷（5－（－10））＝0.4",
    )
    assert found.explained.value == D("0.4")
    assert found.explained.steps == found.steps


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (Direction.UP, "80", 1), (Direction.UP, "79.9", 0), (Direction.UP, "81", 1),
        (Direction.DOWN, "80", 1), (Direction.DOWN, "80.1", 0), (Direction.DOWN, "79", 1),
    ],
)  # fmt: skip
def test_a_target_equal_to_its_baseline_is_reached_or_not(direction: Direction, value: str, expected: int) -> None:
    found = progress.metric(D(80), D(80), D(value), direction)  # domain 7.2: no division by zero
    assert (found.raw, found.clamped) == (expected, expected)
    assert "守底线" in found.steps[0]


@pytest.mark.parametrize(
    "found",
    [
        progress.metric(D(1), D(2), None),
        progress.metric(None, D(2), D(1)),
        progress.metric(D(1), None, D(1)),
        progress.year_to_date(D(5), None),
        progress.at_least(D(1), None),
        progress.at_most(D(1), None),
        progress.within(D(1), D(2), None),
        progress.between(D(1), D(2), D(1), None),
        progress.yes_no(None),
        progress.checkpoints(D(0), D(1), [], None),
    ],
)
def test_missing_is_never_zero(found: Progress) -> None:
    assert found.raw is None
    assert found.clamped is None
    assert "缺报" in found.steps[-1] or "没有基线或目标" in found.steps[-1]


def test_a_year_cumulative_measure_starts_at_zero() -> None:
    found = progress.year_to_date(D("67.7"), D("33.85"))
    assert found.clamped == D("0.5")
    assert "从 0 起算" in found.steps[0]


@pytest.mark.parametrize(
    ("value", "least", "most", "above", "below"),
    [("59.9", 0, 1, 0, 1), ("60", 1, 1, 0, 0), ("60.1", 1, 0, 1, 0)],
)
def test_guard_rails_include_the_limit_unless_told(value: str, least: int, most: int, above: int, below: int) -> None:
    limit, seen = D(60), D(value)
    assert counted(progress.at_least(limit, seen)) == least
    assert counted(progress.at_most(limit, seen)) == most
    assert counted(progress.at_least(limit, seen, inclusive=False)) == above
    assert counted(progress.at_most(limit, seen, inclusive=False)) == below


@pytest.mark.parametrize(("value", "expected"), [("4.9", 0), ("5", 1), ("6", 1), ("6.1", 0)])
def test_a_guard_rail_with_two_sides(value: str, expected: int) -> None:
    assert counted(progress.within(D(5), D(6), D(value))) == expected


@pytest.mark.parametrize(
    ("value", "raw", "clamped"),
    [
        ("2", "-0.5", "0"),
        ("3", "0", "0"),
        ("4", "0.5", "0.5"),
        ("5", "1", "1"),
        ("5.5", "1", "1"),
        ("7", "0.5", "0.5"),
        ("8", "0", "0"),
    ],
)
def test_maintain_falls_in_a_line_outside_the_interval(value: str, raw: str, clamped: str) -> None:
    found = progress.between(D(5), D(6), D(2), D(value))  # methods B1 "maintain"
    assert (found.raw, found.clamped) == (D(raw), D(clamped))


@pytest.mark.parametrize(("low", "high", "slack"), [(6, 5, 1), (5, 6, 0), (5, 6, -1)])
def test_maintain_refuses_an_interval_that_is_none(low: int, high: int, slack: int) -> None:
    with pytest.raises(InputRefused):
        progress.between(D(low), D(high), D(slack), D(5))


def test_a_two_sided_guard_rail_refuses_limits_in_the_wrong_order() -> None:
    with pytest.raises(InputRefused, match="下限大于上限"):
        progress.within(D(6), D(5), D(5))


def nodes(*weights: tuple[int, bool]) -> list[Node]:
    return [Node(f"节点{n}", D(weight), done) for n, (weight, done) in enumerate(weights, 1)]


def test_a_milestone_is_the_weight_of_what_is_done() -> None:
    found = progress.milestone(nodes((20, True), (30, True), (30, True), (20, False)))
    assert found.clamped == D("0.8")
    assert "已完成：节点1、节点2、节点3" in found.steps
    assert not any("折算" in step for step in found.steps)


def test_milestone_weights_of_another_sum_are_brought_to_the_whole_and_it_is_said() -> None:
    found = progress.milestone(nodes((30, True), (70, False), (20, True)))
    assert abs(counted(found) - D(50) / 120) < D("1e-27")
    assert any("合计 120" in step for step in found.steps)


def test_a_milestone_without_a_finished_node_is_a_real_zero() -> None:
    found = progress.milestone([Node("", D(1), False)])
    assert found.clamped == 0
    assert "还没有完成的节点。" in found.steps


@pytest.mark.parametrize("bad", [[], nodes((0, True), (0, False)), nodes((-1, True), (2, False))])
def test_a_milestone_without_weights_is_refused(bad: list[Node]) -> None:
    with pytest.raises(InputRefused):
        progress.milestone(bad)


def test_yes_no_and_establish_the_baseline() -> None:
    assert [counted(progress.yes_no(done)) for done in (True, False)] == [1, 0]
    assert [counted(progress.established(there)) for there in (True, False)] == [1, 0]


RISING = [(D(50), D("0.4")), (D(80), D("0.7"))]


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("0", "0"),
        ("25", "0.2"),
        ("50", "0.4"),
        ("65", "0.55"),
        ("80", "0.7"),
        ("90", "0.85"),
        ("100", "1"),
        ("110", "1.15"),
        ("-5", "-0.04"),
    ],
)
def test_checkpoints_rise_by_stretches(value: str, raw: str) -> None:
    assert progress.checkpoints(D(0), D(100), RISING, D(value)).raw == D(raw)


@pytest.mark.parametrize(
    ("value", "raw"),
    [("100", "0"), ("75", "0.2"), ("50", "0.4"), ("35", "0.55"), ("20", "0.7"), ("10", "0.85"), ("0", "1")],
)
def test_checkpoints_of_a_falling_target_end_at_one(value: str, raw: str) -> None:
    """Competitors C9: a known product gives 0 at the target and 1 at the start here."""
    points = [(D(20), D("0.7")), (D(50), D("0.4"))]
    assert progress.checkpoints(D(100), D(0), points, D(value)).raw == D(raw)


def test_checkpoints_may_repeat_the_ends() -> None:
    ends = [(D(0), D(0)), *RISING, (D(100), D(1))]
    assert progress.checkpoints(D(0), D(100), ends, D(65)) == progress.checkpoints(D(0), D(100), RISING, D(65))


@pytest.mark.parametrize(
    ("baseline", "target", "points"),
    [
        (0, 0, []),
        (0, 100, [("120", "0.5")]),
        (0, 100, [("50", "0.5"), ("50", "0.6")]),
        (0, 100, [("50", "0.7"), ("80", "0.4")]),
        (0, 100, [("50", "1.2")]),
        (0, 100, [("50", "-0.1")]),
        (0, 100, [("0", "0.1")]),
    ],
)
def test_checkpoints_that_lead_nowhere_are_refused(baseline: int, target: int, points: list[tuple[str, str]]) -> None:
    with pytest.raises(InputRefused):
        progress.checkpoints(D(baseline), D(target), [(D(x), D(y)) for x, y in points], D(50))


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [(80, 80, Direction.UP), (80, 80, Direction.DOWN), (80, 70, Direction.UP), (80, 90, Direction.DOWN)],
)
def test_a_line_that_leads_nowhere_is_refused_with_advice(baseline: int, target: int, direction: Direction) -> None:
    with pytest.raises(InputRefused, match="请改") as refused:
        progress.check_metric(D(baseline), D(target), direction)
    assert refused.value.field == "target"


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [
        (80, 90, Direction.UP),
        (90, 80, Direction.DOWN),
        (0, 0, Direction.AT_MOST),
        (90, 60, Direction.AT_LEAST),
    ],
)
def test_a_sound_line_or_a_guard_rail_passes(baseline: int, target: int, direction: Direction) -> None:
    progress.check_metric(D(baseline), D(target), direction)


@given(numbers, numbers, numbers)
def test_what_counts_is_bounded_and_agrees_with_raw(baseline: D, target: D, value: D) -> None:
    found = progress.metric(baseline, target, value)
    assert found.raw is not None
    assert 0 <= counted(found) <= 1
    assert counted(found) == min(max(found.raw, D(0)), D(1))


@given(numbers, numbers, numbers, numbers)
def test_nearer_to_the_target_never_counts_less(baseline: D, target: D, one: D, other: D) -> None:
    assume(baseline != target)
    low, high = sorted((one, other), reverse=target < baseline)
    assert counted(progress.metric(baseline, target, low)) <= counted(progress.metric(baseline, target, high))


@given(numbers, numbers, numbers)
def test_a_falling_line_is_the_mirror_of_the_rising_one(baseline: D, target: D, value: D) -> None:
    assume(baseline != target)
    assert progress.metric(baseline, target, value).raw == progress.metric(-baseline, -target, -value).raw


@given(
    st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=8).filter(
        lambda w: sum(x for x, _ in w) > 0
    )
)
def test_finishing_a_node_never_lowers_a_milestone(weights: list[tuple[int, bool]]) -> None:
    before = counted(progress.milestone(nodes(*weights)))
    after = counted(progress.milestone(nodes((weights[0][0], True), *weights[1:])))
    assert 0 <= before <= after <= 1


@given(
    numbers,
    st.lists(st.tuples(st.integers(1, 99), st.integers(0, 100)), max_size=5, unique_by=lambda p: p[0]),
)
def test_checkpoints_are_monotone_and_bounded_whatever_the_points(value: D, pairs: list[tuple[int, int]]) -> None:
    shares = sorted(share for _, share in pairs)
    points = [(D(x), D(share) / 100) for (x, _), share in zip(sorted(pairs), shares, strict=True)]
    here = counted(progress.checkpoints(D(0), D(100), points, value))
    further = counted(progress.checkpoints(D(0), D(100), points, value + 1))
    assert 0 <= here <= further <= 1
