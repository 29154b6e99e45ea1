"""Response rate and the band of those who stayed silent (methods A7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.response import response_rate, worst_case

D = Decimal


def test_the_response_rate() -> None:
    found = response_rate(60, 100)
    assert (found.value, found.steps) == (D("0.6"), ("回收率 r＝60÷100＝0.6",))
    assert response_rate(1, 3).steps[1].startswith("取 6 位小数")


def test_the_worst_case_by_hand() -> None:
    """.6 × .9 = .54; .54 + .4 = .94."""
    found = worst_case(D("0.9"), D("0.6"))
    assert (found.low, found.high) == (D("0.54"), D("0.94"))
    assert found.steps == (
        "未作答的人全不满意：r×p＝0.6×0.9＝0.54",
        "未作答的人全满意：r×p＋（1－r）＝0.6×0.9＋（1－0.6）＝0.94",
        "最坏情形：全体满意率在 0.54 至 0.94 之间。",
    )


shares = st.decimals(0, 1, places=3)


@given(shares, shares)
def test_the_band_holds_the_rate_and_is_as_wide_as_the_silence(rate: D, response: D) -> None:
    found = worst_case(rate, response)
    assert 0 <= found.low <= rate <= found.high <= 1
    assert found.high - found.low == 1 - response


@pytest.mark.parametrize(
    ("answered", "invited", "hint"),
    [(5, 0, "邀请人数须至少为 1"), (-1, 5, "不能为负数"), (6, 5, "按回收率不明处理"), (1, 10**12 + 1, "应测总人数")],
)
def test_what_is_no_response_is_refused(answered: int, invited: int, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        response_rate(answered, invited)


@pytest.mark.parametrize(
    ("rate", "response", "hint"),
    [
        ("85", "0.6", "rate 请填"),
        ("0.85", "60", "response 请填"),
        ("-0.1", "1", "rate 请填"),
        ("NaN", "1", "rate 填的"),
    ],
)
def test_what_is_no_share_is_refused(rate: str, response: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        worst_case(D(rate), D(response))
