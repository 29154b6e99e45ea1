"""Groups: by hand, what bars an overall rate, and that asking the content does not help."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.rounding import half_up
from okr_desk.scoring.strata import Stratum, grouped

D = Decimal
MEMBERS, VILLAGERS = Stratum("党员", 80, 40, 39), Stratum("村民", 900, 20, 15)


def test_two_groups_by_hand() -> None:
    """Methods A3, third design: .0816×.975 + .9184×.75 = .768367, not the 54 ÷ 60 = .90 of all answers.

    V = .081633²×.5×.975×.025/39 + .918367²×(880/900)×.75×.25/19 = .00814014, m = .768367×.231633/V = 21.864.
    """
    found = grouped([MEMBERS, VILLAGERS])
    assert found.interval is not None and found.interval.effective_n is not None
    assert half_up(found.interval.estimate, 6) == D("0.768367") and found.unweighted == D("0.9")
    assert half_up(found.interval.effective_n, 3) == D("21.864")
    assert found.explained.value == found.interval.estimate
    assert found.steps[:6] == (
        "党员：80 人（占 8.2%），答卷 40 份，满意 39 份",
        "村民：900 人（占 91.8%），答卷 20 份，满意 15 份",
        "总满意率＝各组（人数占比×满意率）之和＝80÷980×0.975＋900÷980×0.75≈0.768367",
        "不加权（全部答卷直接相除）为 0.9，只作对照。",
        "方差 V＝各组 占比²×（1－n÷N）×p（1－p）÷（n－1）之和≈0.008140139",
        "有效样本量 m＝p（1－p）÷V＝0.768367×（1－0.768367）÷0.008140139≈21.864365",
    )


def test_groups_without_spread_use_the_weights() -> None:
    """Kish: m = 1 ÷ ((80/980)²/40 + (900/980)²/20) = 23.620, all of them satisfied."""
    found = grouped([Stratum("党员", 80, 40, 40), Stratum("村民", 900, 20, 20)])
    assert found.interval is not None and found.interval.effective_n is not None
    assert half_up(found.interval.effective_n, 2) == D("23.62") and found.interval.high == 1
    assert any("改用加权的有效样本量" in step for step in found.steps)


def test_a_group_of_one_voice_does_not_make_the_sample_large() -> None:
    """p = .98×1 + .02×.5 = .99; V = .0004×.5×.25/9, so that m would be 1782 of 20 answers.

    Bound: 1.5 ÷ (.9604×(970/980)/10 + .0004×.5/10) = 15.776.
    """
    found = grouped([Stratum("村民", 980, 10, 10), Stratum("商户", 20, 10, 5)]).interval
    assert found is not None and found.effective_n is not None
    assert half_up(found.effective_n, 3) == D("15.776")
    assert any("看不出组内差异：m 不超过 1.5÷" in step for step in found.steps)


def test_the_bound_leaves_usual_designs_alone() -> None:
    """Four groups of 48 answers, one of them of one voice: m is p(1 − p) ÷ V, as the methods say."""
    strata = [Stratum("a", 160, 16, 14), Stratum("b", 120, 16, 13), Stratum("c", 70, 8, 8), Stratum("d", 50, 8, 6)]
    found = grouped(strata).interval
    rates = [D(one.successes) / one.n for one in strata]
    shares = [D(one.population) / 400 for one in strata]
    variance = sum(
        w * w * (1 - D(one.n) / one.population) * p * (1 - p) / (one.n - 1)
        for one, w, p in zip(strata, shares, rates, strict=True)
    )
    p = sum(w * rate for w, rate in zip(shares, rates, strict=True))
    assert found is not None and found.effective_n is not None
    assert abs(found.effective_n - p * (1 - p) / variance) < D("1E-20")


def test_a_large_group_hardly_asked_bars_the_overall_rate() -> None:
    found = grouped([MEMBERS, Stratum("村民", 900, 4, 4), Stratum("商户", 200, 0, 0)])
    assert (found.interval, found.unweighted, found.barred) == (None, None, ("村民", "商户"))
    assert found.explained.value is None
    assert found.steps[-1] == (
        "“村民”、“商户”占总人数 10% 及以上（没有答卷的各组合并计算）而答卷不足 5 份，不公布总满意率，只列出各组。"
    )
    assert found.steps[2].endswith("没有答卷")


@pytest.mark.parametrize(("people", "barred"), [(100, True), (99, False)])
def test_ten_percent_is_large(people: int, barred: bool) -> None:
    strata = [Stratum("党员", 1000 - people, 60, 50), Stratum("老人", people, 4, 3)]
    assert bool(grouped(strata).barred) is barred


def test_a_small_group_that_was_not_asked_is_left_out_and_named() -> None:
    found, without = grouped([MEMBERS, VILLAGERS, Stratum("商户", 9, 0, 0)]), grouped([MEMBERS, VILLAGERS])
    assert found.interval is not None and without.interval is not None
    assert found.interval.estimate == without.interval.estimate
    assert any("“商户”没有答卷，占比不足 10%" in step for step in found.steps)


def test_small_groups_that_were_not_asked_bar_it_together() -> None:
    """Sixty and forty of a thousand: neither is large, both together are."""
    asked = Stratum("村民", 900, 60, 50)
    assert grouped([asked, Stratum("商户", 60, 0, 0), Stratum("老人", 40, 0, 0)]).barred == ("商户", "老人")
    assert grouped([asked, Stratum("商户", 60, 0, 0), Stratum("老人", 40, 1, 0)]).barred == ()


def test_a_group_of_four_that_all_answered_is_no_obstacle() -> None:
    assert grouped([Stratum("班子", 4, 4, 4), Stratum("党员", 30, 20, 18)]).barred == ()


def test_all_groups_asked_in_full_are_a_census() -> None:
    found = grouped([Stratum("班子", 4, 4, 4), Stratum("党员", 16, 17, 12)]).interval
    assert found is not None and found.census and found.low == found.high
    assert "答卷多于人数" in grouped([Stratum("班子", 4, 5, 4)]).steps[0]


def test_one_answer_and_a_census_add_no_variance() -> None:
    alone = grouped([VILLAGERS, Stratum("商户", 9, 1, 1)])
    counted = grouped([VILLAGERS, Stratum("商户", 9, 9, 9)])
    assert alone.interval is not None and counted.interval is not None
    assert alone.interval.estimate == counted.interval.estimate
    assert alone.interval.effective_n == counted.interval.effective_n


def test_limits_never_contradict_the_answers() -> None:
    found = grouped([Stratum("党员", 50, 49, 49), Stratum("村民", 50, 49, 49)]).interval
    assert found is not None and found.low >= D("0.98")


@pytest.mark.parametrize(
    ("strata", "hint"),
    [
        ([], "至少填写一组"),
        ([Stratum("党员", 80, 0, 0)], "各组都没有答卷"),
        ([MEMBERS, MEMBERS], "有两组同名"),
        ([Stratum("党员", 0, 4, 3)], "应测总人数"),
        ([Stratum("党员", 80, 4, 5)], "多于答卷数"),
        ([Stratum("党员", 80, 0, 5)], "至少为 1"),
        ([Stratum("党员", 80, -1, 0)], "至少为 1"),
    ],
)
def test_groups_that_cannot_be_are_refused(strata: list[Stratum], hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        grouped(strata)


@st.composite
def groups(draw: st.DrawFn) -> list[Stratum]:
    """One to four groups, each with five answers or more."""
    found = []
    for index in range(draw(st.integers(1, 4))):
        n = draw(st.integers(5, 60))
        found.append(Stratum(str(index), draw(st.integers(n, 900)), n, draw(st.integers(0, n))))
    return found


@given(groups())
def test_bounds_and_order(strata: list[Stratum]) -> None:
    found = grouped(strata).interval
    assert found is not None
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    turned = grouped([Stratum(one.name, one.population, one.n, one.n - one.successes) for one in strata]).interval
    assert turned is not None and abs(found.low - (1 - turned.high)) < D("1E-20")
    rates = [D(one.successes) / one.n for one in strata]
    assert min(rates) - D("1E-20") <= found.estimate <= max(rates) + D("1E-20")


@given(st.integers(5, 60), st.integers(0, 900), st.data())
def test_one_group_is_close_to_a_simple_sample(n: int, others: int, data: st.DataObject) -> None:
    """V divides by n − 1 and Wilson's finite population by N − 1: m differs by (n−1)·N ÷ (n·(N−1))."""
    population, k = n + others + 1, data.draw(st.integers(1, n - 1))
    found, simple = grouped([Stratum("全体", population, n, k)]).interval, interval(k, n, population)
    assert found is not None and found.effective_n is not None and simple.effective_n is not None
    ratio = D(n - 1) * population / (D(n) * (population - 1))
    assert abs(found.effective_n / simple.effective_n - ratio) < D("1E-18")
