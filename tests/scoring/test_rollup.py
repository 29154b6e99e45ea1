"""Weighted means, what is missing in them and what does not apply (domain 7.2, methods B2, competitors C9)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.rollup import Part, rollup, rollup_objectives
from okr_desk.terms import Nature

D = Decimal


def part(weight: str, progress: str | None, applies: bool = True, label: str = "") -> Part:
    return Part(D(weight), None if progress is None else D(progress), applies, label)


def said(steps: tuple[str, ...], words: str) -> bool:
    return any(words in step for step in steps)


def test_the_weighted_mean_of_an_objective() -> None:
    found = rollup([part("2", "0.55"), part("1", "1.0"), part("1", "0.8")])  # domain 7.2
    assert found.progress == D("0.725")
    assert (found.coverage, found.reported, found.normalised) == (1, 1, True)
    assert said(found.steps, "（2×0.55＋1×1＋1×0.8）÷4＝0.725")
    assert found.explained.value == D("0.725")


@pytest.mark.parametrize(
    ("weights", "normalised"),
    [(("60", "40"), False), (("0.6", "0.4"), False), (("33.3", "33.3", "33.3"), True)],
)
def test_weights_that_do_not_sum_are_brought_to_proportions_and_it_is_said(
    weights: tuple[str, ...], normalised: bool
) -> None:
    found = rollup([part(weight, "0.5") for weight in weights])
    assert found.progress == D("0.5")
    assert found.normalised is normalised
    assert said(found.steps, "已按比例折算") is normalised


def test_parts_are_clamped_before_and_never_rounded_before_averaging() -> None:
    assert rollup([part("50", "1.6"), part("50", "-0.4")]).progress == D("0.5")
    # Competitors C9, Leantime: whole percents before averaging would give 0.67 here
    assert rollup([part("50", "0.666"), part("50", "0.664")]).progress == D("0.665")


def test_missing_is_left_out_and_shown_while_the_quarter_is_open() -> None:
    found = rollup([part("40", "0.5"), part("60", None, label="KR1.2")])
    assert (found.progress, found.coverage, found.reported) == (D("0.5"), 1, D("0.4"))
    assert said(found.steps, "缺报 1 项") and said(found.steps, "（KR1.2）")


def test_missing_counts_zero_once_closed_with_its_reason() -> None:
    found = rollup([part("40", "0.5"), part("60", None, label="KR1.2")], closed=True)
    assert (found.progress, found.reported) == (D("0.2"), D("0.4"))
    assert said(found.steps, "未报送 1 项")


def test_a_part_that_is_not_used_does_not_count_as_zero() -> None:
    """Competitors B5: 5 and 5 with an unused third must stay 5, not 3.33."""
    found = rollup([part("1", "0.5"), part("1", "0.5"), part("1", "0", applies=False)], closed=True)
    assert found.progress == D("0.5")
    assert said(found.steps, "不适用 1 项")


@pytest.mark.parametrize(("away", "refused"), [("30", False), ("30.0001", True)])
def test_below_seventy_percent_coverage_there_is_no_grade_and_no_rank(away: str, refused: bool) -> None:
    found = rollup([part(str(D(100) - D(away)), "0.5"), part(away, None, applies=False)])
    assert said(found.steps, "不定等次、不排名") is refused
    assert said(found.steps, "适用权重占 69%") is refused


def test_committed_and_aspirational_in_one_mean_are_named() -> None:
    both = [Part(D(50), D(1), nature=Nature.COMMITTED), Part(D(50), D("0.7"), nature=Nature.ASPIRATIONAL)]
    assert said(rollup(both).steps, "承诺型 1 项")
    assert not said(rollup(both[:1]).steps, "承诺型")


@pytest.mark.parametrize("bad", [[part("0", "1"), part("0", "0")], [part("-1", "1"), part("2", "1")]])
def test_weights_that_cannot_be_are_refused(bad: list[Part]) -> None:
    with pytest.raises(InputRefused) as refused:
        rollup(bad)
    assert refused.value.field == "weight"


@pytest.mark.parametrize(
    "parts", [[], [part("1", None)], [part("1", "1", applies=False)], [part("0", "1"), part("1", None)]]
)
def test_without_anything_to_count_there_is_no_number(parts: list[Part]) -> None:
    assert rollup(parts).progress is None


def test_objectives_of_objectives() -> None:
    found = rollup_objectives(
        [
            (Part(D(60), label="O1"), [part("2", "0.55"), part("1", "1"), part("1", "0.8")]),
            (D(40), [part("1", "0.5")]),
        ]
    )
    assert found.progress == D("0.635")  # 0.6 × 0.725 + 0.4 × 0.5
    assert (found.coverage, found.reported) == (1, 1)
    assert said(found.steps, "O1：") and said(found.steps, "目标2：")


def test_coverage_and_reported_go_down_to_the_key_results() -> None:
    found = rollup_objectives(
        [
            (D(60), [part("50", "0.5"), part("25", None), part("25", None, applies=False)]),
            (D(40), [part("100", "1")]),
        ]
    )
    assert found.coverage == D("0.85")  # 0.6 × 0.75 + 0.4
    assert found.reported == D("0.70")  # 0.6 × 0.50 + 0.4
    assert found.progress == D("0.7")


def test_an_objective_that_does_not_apply_gives_its_weight_to_the_others() -> None:
    away = rollup_objectives([(D(50), [part("1", None, applies=False)]), (D(50), [part("1", "0.4")])], closed=True)
    stopped = rollup_objectives(
        [(Part(D(50), applies=False), [part("1", "1")]), (D(50), [part("1", "0.4")])], closed=True
    )
    assert away.progress == stopped.progress == D("0.4")
    assert away.coverage == stopped.coverage == D("0.5")
    assert said(away.steps, "不定等次、不排名")


def test_an_objective_without_key_results_counts_neither_way() -> None:
    found = rollup_objectives([(D(50), []), (D(50), [part("1", "0.4")])], closed=True)
    assert (found.progress, found.coverage) == (D("0.4"), D("0.5"))


def test_no_objectives_at_all() -> None:
    found = rollup_objectives([])
    assert (found.progress, found.coverage, found.normalised) == (None, 0, False)


def test_thirds_are_full_coverage() -> None:
    parts = [part("1", "0.5"), part("1", "0.5"), part("1", "0.5")]
    found = rollup_objectives([(D(1), parts), (D(1), parts), (D(1), parts)])
    assert not said(found.steps, "适用权重占")


parts = st.lists(
    st.tuples(st.integers(0, 100), st.decimals(-1, 2, places=3) | st.none(), st.booleans()),
    min_size=1,
    max_size=8,
).filter(lambda drawn: sum(weight for weight, _, _ in drawn) > 0)


def made(drawn: list[tuple[int, D | None, bool]]) -> list[Part]:
    return [Part(D(weight), progress, applies) for weight, progress, applies in drawn]


@given(parts, st.booleans())
def test_bounded_whatever_is_missing(drawn: list[tuple[int, D | None, bool]], closed: bool) -> None:
    found = rollup(made(drawn), closed)
    assert found.progress is None or 0 <= found.progress <= 1
    assert 0 <= found.reported <= found.coverage <= 1


@given(parts, st.integers(1, 100), st.decimals(0, 1, places=3), st.booleans())
def test_what_does_not_apply_changes_nothing(
    drawn: list[tuple[int, D | None, bool]], weight: int, progress: D, closed: bool
) -> None:
    with_it = [*made(drawn), Part(D(weight), progress, applies=False)]
    assert rollup(with_it, closed).progress == rollup(made(drawn), closed).progress


@given(parts, st.booleans())
def test_more_progress_in_a_part_never_lowers_the_mean(drawn: list[tuple[int, D | None, bool]], closed: bool) -> None:
    weight, progress, applies = drawn[0]
    better = [(weight, None if progress is None else progress + D("0.1"), applies), *drawn[1:]]
    before, after = rollup(made(drawn), closed).progress, rollup(made(better), closed).progress
    assert (before is None and after is None) or (before is not None and after is not None and before <= after)


@given(parts)
def test_closing_never_raises_the_mean(drawn: list[tuple[int, D | None, bool]]) -> None:
    opened, closed = rollup(made(drawn)).progress, rollup(made(drawn), closed=True).progress
    assert opened is None or (closed is not None and closed <= opened)


def test_the_office_sets_how_much_must_apply() -> None:
    """Three of five equal weights apply: 60 %, too little by the usual rule, enough for an office that asks half."""
    of = [part("1", "0.5"), part("1", "0.5"), part("1", "0.5"), part("1", None, False), part("1", None, False)]
    usual, lenient = rollup(of), rollup_objectives([(D("1"), of)], least=D("0.5"))
    assert usual.coverage == lenient.coverage == D("0.6")
    assert usual.coverage < usual.least
    assert "适用权重不足 70%，不定等次、不排名。" in usual.steps
    assert lenient.coverage >= lenient.least
    assert not any("不定等次" in step for step in lenient.steps)
