"""How many to ask: every number of the table of methods A4, of the national tables, and what can be proved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.intervals import effective_size, interval, wilson
from okr_desk.scoring.sample_size import (
    answers_for,
    needed_counts,
    plan,
    sample_size,
    size_to_decide,
    smallest_proving,
)

D = Decimal

# methods A4, at 95 %: people, then ±10 ±8 ±5 ±3 with nothing known, then the same with P = .85 known; 0: very many
TABLE = """
30 24 26 28 30 19 22 27 29
50 34 38 45 48 25 31 40 46
80 44 53 67 75 31 40 58 70
100 50 61 80 92 34 44 67 85
150 59 76 109 132 38 51 86 118
200 66 86 132 169 40 56 100 147
300 73 101 169 235 43 62 119 194
500 81 116 218 341 45 67 141 261
800 86 127 260 458 47 70 158 325
1000 88 131 278 517 47 72 164 353
2000 92 140 323 697 48 74 179 428
5000 95 146 357 880 49 76 189 491
0 97 151 385 1068 49 77 196 545
"""
ROWS = [tuple(map(int, line.split())) for line in TABLE.split("\n") if line]


@pytest.mark.parametrize("row", ROWS)
def test_the_table_of_the_methods(row: tuple[int, ...]) -> None:
    people, margins = row[0] or None, [D("0.10"), D("0.08"), D("0.05"), D("0.03")]
    found = [sample_size(e, people, expected=D(p)).n for p in ("0.5", "0.85") for e in margins]
    assert found == list(row[1:])


@pytest.mark.parametrize(("people", "five", "ten"), [(10000, 370, 96), (5000, 357, 95), (1000, 278, 88)])
def test_the_table_of_the_domain(people: int, five: int, ten: int) -> None:
    """Domain 3.3, sample size."""
    assert (sample_size(D("0.05"), people).n, sample_size(D("0.1"), people).n) == (five, ten)


def test_the_steps_can_be_done_again() -> None:
    assert sample_size(D("0.05"), 500, response=D("0.6")).steps == (
        "置信水平 95%，z≈1.959964",
        "n₀＝z²×P（1－P）÷e²＝1.959964²×0.5×（1－0.5）÷0.05²≈384.145882",
        "按 500 人校正：n＝n₀÷（1＋（n₀－1）÷N）≈217.487218",
        "向上取整，需要有效答卷 218 份",
        "邀请人数＝218÷0.6，向上取整为 364 人",
    )


@pytest.mark.parametrize(
    ("people", "response", "invite", "said"),
    [
        (None, None, 97, "按全部收回计：97 人"),
        (None, "0.5", 194, "97÷0.5，向上取整为 194 人"),
        (100, "0.3", 100, "总共只有 100 人：请全部邀请"),
        (100, "1", 50, "50÷1，向上取整为 50 人"),
    ],
)
def test_invitations(people: int | None, response: str | None, invite: int, said: str) -> None:
    found = sample_size(D("0.1"), people, response=None if response is None else D(response))
    assert found.invite == invite and any(said in step for step in found.steps)


@pytest.mark.parametrize(("people", "advised"), [(49, True), (50, False), (None, False)])
def test_few_people_are_all_asked(people: int | None, advised: bool) -> None:
    found = sample_size(D("0.1"), people)
    assert found.census_advised is advised is any("建议普查" in step for step in found.steps)


def test_a_wide_margin_still_asks_somebody_and_a_narrow_one_no_more_than_all() -> None:
    assert sample_size(D("0.99"), expected=D("0.01")).n == 1
    assert sample_size(D("0.001"), 40).n == 40


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ({"margin": D(5)}, "误差 margin"),
        ({"margin": D(0)}, "误差 margin"),
        ({"margin": D("NaN")}, "误差 margin"),
        ({"margin": D("0.1"), "expected": D(1)}, "预计比率 p"),
        ({"margin": D("0.1"), "response": D(60)}, "预计回收率 response"),
        ({"margin": D("0.1"), "response": D(0)}, "预计回收率 response"),
        ({"margin": D("0.1"), "level": D(95)}, "置信水平 level"),
        ({"margin": D("0.1"), "population": 0}, "应测总人数"),
    ],
)
def test_what_is_no_plan_is_refused(words: dict[str, D], hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        sample_size(**words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("0.90", [11, 16, 25, 52]), ("0.95", [16, 22, 35, 73])],  # methods A4
)
def test_the_fewest_that_prove_when_all_are_satisfied(level: str, expected: list[int]) -> None:
    assert [smallest_proving(D(t), level=D(level)) for t in ("0.80", "0.85", "0.90", "0.95")] == expected


@given(st.decimals("0.5", "1", places=3), st.none() | st.integers(1, 400))
def test_the_fewest_are_the_fewest(target: D, population: int | None) -> None:
    found = smallest_proving(target, population)
    if found is None:
        assert target == 1 and population is None
        return
    assert interval(found, found, population).low >= target
    if found > 1:
        assert interval(found - 1, found - 1, population).low < target


@pytest.mark.parametrize(("n", "reached", "missed"), [(60, 56, 46), (100, 91, 79), (300, 266, 244)])
def test_needed_counts(n: int, reached: int, missed: int) -> None:
    """Methods A5, "table of needed counts", τ = .85 at 90 %."""
    found = needed_counts(n, D("0.85"))
    assert (found.reached, found.missed) == (reached, missed)


@settings(deadline=None)
@given(st.integers(1, 80), st.decimals("0.01", "1", places=2), st.none() | st.integers(1, 120))
def test_needed_counts_are_where_the_verdict_turns(n: int, target: D, population: int | None) -> None:
    found = needed_counts(n, target, population)
    lows, highs = zip(*((one.low, one.high) for one in (interval(k, n, population) for k in range(n + 1))), strict=True)
    assert found.reached == next((k for k, low in enumerate(lows) if low >= target), None)
    assert found.missed == max((k for k, high in enumerate(highs) if high < target), default=None)


def test_fifteen_of_fifteen_cannot_prove_85_percent() -> None:
    """Methods, decision 4."""
    found = plan(15, D("0.85"))
    assert not found.provable and found.smallest == 16
    assert found.steps == (
        "置信水平 90%，z≈1.644854",
        "15 份答卷即使全部满意，也不能证明满意率达到 85%。",
        "全部满意时，至少要 16 份答卷才能证明。",
        "满意不超过 10 份，可判定未达到 85%。",
    )


def test_a_plan_that_can_prove_says_with_how_many() -> None:
    found = plan(60, D("0.85"))
    assert found.provable and "60 份答卷中满意达到 56 份" in found.steps[1]


def test_a_plan_of_few_answers_says_that_they_are_too_few() -> None:
    assert plan(12, D("0.5")).steps[-1] == "答卷不足 15 份，只报份数，不报百分比，不予判定。"
    assert "至少要 15 份" in plan(5, D("0.8")).steps[2]


def test_certainty_needs_a_census() -> None:
    assert plan(200, D(1)).smallest is None and len(plan(200, D(1)).steps) == 3
    assert plan(40, D(1), 50).smallest == 50
    modest = plan(1, D("0.01"))
    assert modest.needed.missed is None and len(modest.steps) == 3


@pytest.mark.parametrize("target", ["85", "0", "-0.5", "NaN"])
def test_a_target_that_is_no_share_is_refused(target: str) -> None:
    with pytest.raises(InputRefused, match="例如 85% 填"):
        needed_counts(60, D(target))


@given(st.decimals("0.02", "0.98", places=2), st.decimals("0.02", "0.98", places=2), st.none() | st.integers(2, 900))
def test_so_many_answers_decide(share: D, target: D, population: int | None) -> None:
    """With the answers that `size_to_decide` names the target leaves the interval, with fewer it lies inside."""
    size = size_to_decide(share, target)
    if size is None:
        assert share == target
        return
    more, fewer = wilson(share, size * D("1.000001")), wilson(share, size * D("0.999999"))
    assert not more.low < target < more.high and fewer.low < target < fewer.high
    n = answers_for(size, population)
    assert population is None or 1 <= n <= population
    if population is None or n < population:
        assert effective_size(n, population) >= size
