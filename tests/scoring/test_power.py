"""What a round is likely to show: the tables of methods A5 and A6, and bounds."""

from __future__ import annotations

from decimal import Decimal
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.differences import difference
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.power import answers_for_power, chance_of_rise, verdict_chances
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import SurveyChange

D = Decimal
TRUTHS = ("0.75", "0.80", "0.85", "0.90", "0.93")

# methods A5, target .85 at 90 %: for each truth the chances of reached and missed in hundredths
VERDICTS = {
    15: "0 31 0 16 0 6 0 1 0 0",
    30: "0 49 1 24 5 7 18 1 37 0",
    60: "0 67 0 31 4 6 27 0 59 0",
    100: "0 85 0 44 6 7 45 0 84 0",
    200: "0 97 0 60 4 5 65 0 98 0",
    300: "0 100 0 74 4 5 81 0 100 0",
}


@pytest.mark.parametrize("n", VERDICTS)
def test_the_table_of_verdicts(n: int) -> None:
    found = [verdict_chances(n, D("0.85"), D(truth)) for truth in TRUTHS]
    shown = [half_up(chance * 100, 0) for one in found for chance in (one.reached, one.missed)]
    assert shown == [D(word) for word in VERDICTS[n].split()]
    assert all(abs(one.reached + one.open + one.missed - 1) < D("1E-24") for one in found)


@pytest.mark.parametrize(
    ("target", "truth", "n"),
    # methods A5, "n for 80 % power to say 达成"; its 381 for .80 is 380 by exact sums, also with scipy's floats
    [
        ("0.85", "0.90", 294),
        ("0.85", "0.93", 108),
        ("0.90", "0.95", 188),
        ("0.90", "0.98", 58),
        ("0.80", "0.85", 380),
    ],
)
def test_answers_for_80_percent(target: str, truth: str, n: int) -> None:
    assert answers_for_power(D(target), D(truth)) == n


def test_a_target_too_close_needs_more_than_can_be_planned() -> None:
    assert answers_for_power(D("0.85"), D("0.851"), D("0.99")) is None


@pytest.mark.parametrize(
    ("n", "level", "chances"),
    [
        # methods A6: .82→.82, .82→.86, and at 95 % also .82→.90; its .025 for 200 unchanged is .0245
        (30, "0.95", ("0.022", "0.051", "0.114")),
        (30, "0.90", ("0.055", "0.119", None)),
        (60, "0.95", ("0.023", "0.080", "0.229")),
        (60, "0.90", ("0.050", "0.147", None)),
        (100, "0.95", ("0.024", "0.116", "0.373")),
        (100, "0.90", ("0.049", "0.189", None)),
        (200, "0.95", ("0.024", "0.189", "0.638")),
        (300, "0.95", ("0.025", "0.265", "0.811")),
        (300, "0.90", ("0.050", "0.379", None)),
    ],
)
def test_the_table_of_rises(n: int, level: str, chances: tuple[str | None, ...]) -> None:
    for now, chance in zip(("0.82", "0.86", "0.90"), chances, strict=True):
        if chance is not None:
            found = chance_of_rise(D("0.82"), n, D(now), n, D(level)).value
            assert found is not None and half_up(found, 3) == D(chance)


def test_the_sentences() -> None:
    assert verdict_chances(30, D("0.85"), D("0.9")).steps == (
        "置信水平 90%，z≈1.644854",
        "若全体满意率确为 90%，测 30 份，对照目标 85%：达成18%，无法判定81%，未达成1%。",
    )
    assert chance_of_rise(D("0.82"), 100, D("0.86"), 100).steps[1] == (
        "若全体满意率由 82% 变为 86%，两次各测 100、100 份，判为“提升”的可能为 19%。"
    )
    assert verdict_chances(30, D("0.85"), D("0.9")).explained.value == verdict_chances(30, D("0.85"), D("0.9")).reached


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.decimals("0.05", "1", places=2), st.decimals(0, 1, places=2), st.decimals(0, 1, places=2))
def test_a_better_truth_has_the_better_chance(n: int, target: D, one: D, other: D) -> None:
    low, high = sorted((one, other))
    worse, better = (verdict_chances(n, target, truth) for truth in (low, high))
    dust = D("1E-24")
    assert worse.reached <= better.reached + dust and better.missed <= worse.missed + dust
    assert 0 <= chance_of_rise(low, n, high, n).value <= 1  # type: ignore[operator]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.decimals(0, 1, places=2), st.decimals(0, 1, places=2))
def test_the_walk_along_the_boundary_leaves_nothing_out(n_before: int, n_now: int, before: D, now: D) -> None:
    expected = sum(
        comb(n_before, j)
        * float(before) ** j
        * float(1 - before) ** (n_before - j)
        * comb(n_now, i)
        * float(now) ** i
        * float(1 - now) ** (n_now - i)
        for j in range(n_before + 1)
        for i in range(n_now + 1)
        if difference(interval(i, n_now), interval(j, n_before)).change is SurveyChange.ROSE
    )
    assert abs(float(chance_of_rise(before, n_before, now, n_now).value or 0) - expected) < 1e-9


@given(st.decimals("0.05", "0.9", places=2), st.decimals("0.01", "0.09", places=2))
@settings(max_examples=15, deadline=None)
def test_the_walk_through_the_sizes_is_the_sum(target: D, above: D) -> None:
    found = answers_for_power(target, target + above, D("0.6"))
    if found is not None and found > 15:
        short = verdict_chances(found - 1, target, target + above).reached
        assert short < D("0.6") <= verdict_chances(found, target, target + above).reached


def test_when_all_are_satisfied_the_fewest_that_prove_suffice() -> None:
    assert (answers_for_power(D("0.85"), D(1)), answers_for_power(D("0.5"), D(1))) == (16, 15)


@pytest.mark.parametrize("truth", ["1.2", "-0.1", "85", "NaN"])
def test_a_truth_that_is_no_share_is_refused(truth: str) -> None:
    with pytest.raises(InputRefused, match="设想的满意率请填"):
        verdict_chances(60, D("0.85"), D(truth))


@pytest.mark.parametrize("n", [0, 2001])
def test_a_round_that_cannot_be_planned_is_refused(n: int) -> None:
    with pytest.raises(InputRefused, match="须在 1 至 2000 之间"):
        chance_of_rise(D("0.8"), 60, D("0.9"), n)


def test_a_truth_below_the_target_is_refused() -> None:
    with pytest.raises(InputRefused, match="须高于目标"):
        answers_for_power(D("0.85"), D("0.85"))
