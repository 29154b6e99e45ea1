"""Channels with agreed weights: rates and scores by hand, one channel as a simple sample, and refusals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.channels import Channel, weighted_rate, weighted_score
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.likert import likert
from okr_desk.scoring.rounding import half_up

D = Decimal
HOME, SPOT = Channel("入户", D(70), (110, 50, 20, 15, 5)), Channel("现场", D(30), (40, 6, 2, 1, 1))


def test_rates_by_their_weights() -> None:
    """Domain 3.3: T = 0.7·mass + 0.3·on the spot = .7×.85 + .3×.98 = .889; Kish m = 100² ÷ (70²/200 + 30²/50)."""
    found = weighted_rate([Channel("入户", D(70), (170, 30)), Channel("现场", D(30), (49, 1))])
    assert found.estimate == D("0.889") and half_up(found.effective_n or D(0), 3) == D("235.294")
    assert found.steps[:2] == (
        "各渠道按权重合成：（70×170÷200＋30×49÷50）÷100＝0.889",
        "有效样本量 m＝（每份权重之和）²÷（每份权重²之和）≈235.294118，每份权重＝本组权重÷本组答卷数",
    )


def test_scores_by_their_weights() -> None:
    """Home (11000 + 4000 + 1200 + 450) ÷ 200 = 83.25, spot (4000 + 480 + 120 + 30) ÷ 50 = 92.6; .7, .3: 86.055."""
    found = weighted_score([HOME, SPOT])
    assert found.estimate == D("86.055") and found.low < found.estimate < found.high
    assert found.steps[0] == "各渠道按权重合成：（70×83.25＋30×92.6）÷100＝86.055"
    assert found.steps[1].startswith("有效样本量 n＝（每份权重之和）²") and "235.294118" in found.steps[1]


def test_one_channel_is_a_simple_sample() -> None:
    rate, simple = weighted_rate([Channel("入户", D(3), (50, 10))]), interval(50, 60)
    assert abs(rate.low - simple.low) < D("1E-24") and rate.effective_n == 60
    score, alone = weighted_score([HOME]), likert(HOME.counts).score
    assert abs(score.low - alone.low) < D("1E-20") and abs(score.high - alone.high) < D("1E-20")


def test_channels_that_all_satisfy_keep_a_width() -> None:
    rate = weighted_rate([Channel("a", D(1) / 3, (20, 0)), Channel("b", D(1) / 7, (30, 0))])
    score = weighted_score([Channel("a", D(70), (20, 0, 0, 0, 0)), Channel("b", D(30), (30, 0, 0, 0, 0))])
    assert rate.high == 1 > rate.low and score.high == 100 > score.low


channels = st.lists(
    st.builds(
        Channel,
        st.just("渠道"),
        st.decimals("0.1", "100", places=1),
        st.tuples(*[st.integers(0, 40)] * 5).filter(any),
    ),
    min_size=1,
    max_size=4,
)


@given(channels)
def test_between_the_channels_and_within_the_scale(given_: list[Channel]) -> None:
    found = weighted_score(given_)
    scores = [likert(one.counts).score.estimate for one in given_]
    dust = D("1E-20")
    assert min(scores) - dust <= found.estimate <= max(scores) + dust
    assert 0 <= found.low <= found.estimate + dust and found.estimate - dust <= found.high <= 100
    rate = weighted_rate([Channel(one.name, one.weight, (one.counts[0], sum(one.counts[1:]))) for one in given_])
    assert 0 <= rate.low <= rate.estimate <= rate.high <= 1
    assert rate.effective_n is not None and rate.effective_n <= sum(one.n for one in given_) + dust


@pytest.mark.parametrize(
    ("given_", "hint"),
    [
        ([], "至少填写一个渠道"),
        ([Channel("入户", D(0), (5, 0))], "权重须大于 0"),
        ([Channel("入户", D("NaN"), (5, 0))], "不是可用的数字"),
    ],
)
def test_channels_that_cannot_be_are_refused(given_: list[Channel], hint: str) -> None:
    for result in (weighted_rate, weighted_score):
        with pytest.raises(InputRefused, match=hint):
            result(given_)


def test_answers_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputRefused, match="没有答卷就没有满意率"):
        weighted_rate([Channel("入户", D(1), (0, 0))])
    with pytest.raises(InputRefused, match="逐档对应"):
        weighted_score([Channel("入户", D(1), (5, 0))])
