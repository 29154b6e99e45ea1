"""What stands out among peers: the robust scale, two signals before anybody checks, how often chance is suspected."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from okr_desk.scoring import response_patterns, signals
from okr_desk.scoring.signals import Patterns, SignalKind, benjamini_hochberg, median, review, robust

D = Decimal


def honest(count: int) -> list[Patterns]:
    """Branches whose shares differ a little."""
    return [
        Patterns(f"支部{index}", D("0.2") + D(index) / 100, D("0.05") + D(index % 4) / 100, alpha=D("0.8"))
        for index in range(count)
    ]


def test_the_robust_scale_by_hand() -> None:
    """Ten values: median .5, MAD .1, 1.4826×.1 = .14826; the central eight have a standard deviation of .0926."""
    found = robust([D(tenths) / 10 for tenths in (4, 4, 4, 4, 5, 5, 6, 6, 6, 9)])
    assert (found.median, found.scale) == (D("0.5"), D("0.14826"))
    assert found.z(D("0.9")) == D("0.4") / D("0.14826")


def test_the_scale_of_the_middle_counts_where_most_are_alike() -> None:
    """MAD 0; the central 80 % of ten holds one 1 among eight: √(7/8 ÷ 7) = .353553."""
    found = robust([D(0)] * 8 + [D(1)] * 2)
    assert found.median == 0 and abs(found.scale - D("0.353553")) < D("0.000001")


def test_the_scale_is_never_nothing() -> None:
    assert robust([D("0.3")] * 9 + [D(1)]).scale == robust([D("0.3")]).scale == D("0.001")


def test_the_middle_of_an_even_number() -> None:
    assert (median([D(3), D(1)]), median([D(3), D(1), D(9)])) == (2, 3)


def test_a_single_sheet_of_a_rare_kind_is_no_signal_and_a_stack_of_them_is() -> None:
    """Peers 0, scale .001: one of 62 sheets lies 16 scales off, but one sheet; four lie four sheets off."""
    peers = [Patterns(f"支部{n}", straight_lined=D(0), sheets=40) for n in range(6)]
    for odd, seen in ((1, 0), (4, 1)):
        one = Patterns("甲支部", straight_lined=D(odd) / 62, sheets=62)
        assert len(review([*peers, one])[-1].signals) == seen
    assert len(review([*peers, Patterns("甲支部", straight_lined=D(1) / 62)])[-1].signals) == 1


def test_two_signals_ask_for_a_check_and_one_does_not() -> None:
    one = Patterns("甲支部", D("0.98"), D("0.05"), alpha=D("0.8"))
    two = Patterns("乙支部", D("0.98"), D("0.05"), alpha=D("0.8"), impossible=(D("95.5"), D("98.5")))
    found = review([*honest(30), one, two])
    assert [each.name for each in found if each.check] == ["乙支部"]
    assert [[signal.kind for signal in each.signals] for each in found[-2:]] == [
        [SignalKind.ALL_BEST],
        [SignalKind.ALL_BEST, SignalKind.IMPOSSIBLE],
    ]
    assert found[-2].steps[-1] == "只有一项提示，可能是偶然，先留意。"
    assert found[-1].steps[-1] == "有 2 项互相独立的异常提示，请核查。"
    assert "95.5%、98.5%" in found[-1].steps[1]
    assert found[0].steps == ("没有异常提示。",) and not found[0].check


def test_a_signal_names_the_peers_and_their_scale() -> None:
    found = review([*honest(9), Patterns("甲支部", D("0.98"))])[-1].signals[0]
    assert found.z is not None and found.z > 3
    assert found.sentence == (
        "全部选最好一档的答卷占比 0.98，同类中位数 0.245，稳健尺度 0.037065，偏离 19.8 个尺度，超过 3.5。"
    )


def test_low_consistency_is_odd_and_high_is_not() -> None:
    branches = [Patterns(str(index), alpha=D("0.8") + D(index) / 100) for index in range(8)]
    low, high = review([*branches, Patterns("低", alpha=D("0.1")), Patterns("高", alpha=D("1.9"))])[-2:]
    assert [one.kind for one in low.signals] == [SignalKind.LOW_ALPHA] and high.signals == ()


def test_fewer_than_five_are_not_compared() -> None:
    found = review([*honest(3), Patterns("甲支部", D("0.98"))])[-1]
    assert found.signals == () and found.steps == ("同类不足5个，不作比较。", "没有异常提示。")
    assert review([*honest(4), Patterns("甲支部", D("0.98"))])[-1].signals != ()


@pytest.mark.parametrize(
    ("others", "p", "flagged"),
    # one of 20: BH asks for .05 ÷ 20 = .0025; alone .05, but never above .01
    [(19, "0.002", True), (19, "0.003", False), (0, "0.009", True), (0, "0.02", False)],
)
def test_regularity_is_held_against_the_number_of_branches(others: int, p: str, flagged: bool) -> None:
    branches = [Patterns(str(index), too_regular=D("0.5")) for index in range(others)]
    found = review([*branches, Patterns("甲支部", too_regular=D(p))])[-1]
    assert [one.kind for one in found.signals] == ([SignalKind.TOO_REGULAR] if flagged else [])


def test_last_digits_are_only_information() -> None:
    found = review([Patterns("甲支部", last_digits=D("0.0001"), impossible=(D("95.5"),))])[0]
    assert not found.check and [one.kind for one in found.information] == [SignalKind.LAST_DIGITS]
    assert "仅供参考，不计入提示" in found.steps[1]
    assert review([Patterns("甲支部", last_digits=D("0.5"))])[0].information == ()


@settings(deadline=None)
@given(st.lists(st.decimals(0, 1, places=3), min_size=1, max_size=30))
def test_the_list_of_discoveries_is_that_of_statsmodels(probabilities: list[D]) -> None:
    rejected = multipletests([float(p) for p in probabilities], alpha=0.05, method="fdr_bh")[0]
    mixed: list[D | None] = [None, *probabilities]
    assert benjamini_hochberg(mixed) == [place + 1 for place, is_out in enumerate(rejected) if is_out]


def test_nobody_is_called_a_forger() -> None:
    """Methods A8 (iii)."""
    for module in (signals, response_patterns):
        assert "造假" not in Path(str(module.__file__)).read_text(encoding="utf-8")


def _sheets(rng: random.Random, people: int, items: int = 8) -> list[list[int]]:
    """Honest sheets: a person's own level plus the item's, most of them content."""
    found = []
    for _person in range(people):
        own = rng.gauss(4.1, 0.7)
        found.append([min(5, max(1, round(rng.gauss(own, 0.6)))) for _item in range(items)])
    return found


def _patterns(name: str, rows: list[list[int]]) -> Patterns:
    return Patterns(
        name,
        response_patterns.all_best(rows),
        response_patterns.straight_lined(rows),
        response_patterns.duplicated(rows),
        response_patterns.cronbach_alpha(rows),
    )


def test_honest_branches_are_left_alone_and_copies_are_seen() -> None:
    """Methods A8, measured on paper surveys: honest branches with two signals 0.6 %; copies 98 %, others 100 %."""
    rng = random.Random(20260903)
    asked_to_check = one_signal = caught = 0
    for _round in range(5):
        branches = [_patterns(str(index), _sheets(rng, rng.randint(25, 60))) for index in range(40)]
        few = _sheets(rng, 4)
        copied = _patterns("抄", [few[rng.randrange(4)] for _sheet in range(40)])
        by_chance = _patterns("乱填", [[rng.choice((4, 5)) for _item in range(8)] for _sheet in range(40)])
        all_fives = _patterns("全优", [[5] * 8] * 38 + _sheets(rng, 2))
        found = review([*branches, copied, by_chance, all_fives])
        asked_to_check += sum(one.check for one in found[:40])
        one_signal += sum(bool(one.signals) for one in found[:40])
        caught += sum(bool(one.signals) for one in found[40:])
    assert asked_to_check <= 4 and one_signal <= 40 and caught == 15
