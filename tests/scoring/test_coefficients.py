"""Suggested coefficients by hand (domain 5.3): the vector 90.36 → 1.1036, limits, the table and what is not there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.coefficients import ByGrade, ByScore, disclaimer, read_table

D = Decimal
TABLE = ByGrade((D("1.2"), D("1.0"), D("0.9")))
NAMES = ("好", "较好", "一般", "较差")


def test_the_line() -> None:
    """0.8 + 0.4·(90.36 − 60)/40 = 0.8 + 0.3036 = 1.1036 (domain 5.3)."""
    found = ByScore().of(D("90.36"), None, ())
    assert found.value == D("1.1036")
    assert found.steps[1] == "0.8＋0.4×（90.36－60）÷40＝1.1036"
    assert found.steps[-1] == disclaimer() == "仅供参考，不作为发放依据，以上级文件为准。"


@pytest.mark.parametrize(("score", "k"), [("60", "0.8"), ("100", "1.2"), ("40", "0.6"), ("20", "0.6"), ("104", "1.2")])
def test_the_ends_of_the_line(score: str, k: str) -> None:
    """At 60 the base, at 100 base and span; 20 would give 0.4 and 104 would give 1.24: both are cut."""
    found = ByScore().of(D(score), None, ())
    assert found.value == D(k)
    assert any("超出范围" in step for step in found.steps) is (score in ("20", "104"))


def test_nothing_is_not_zero() -> None:
    assert ByScore().of(None, "好", NAMES).value is None
    for grade in (None, "三星"):
        assert TABLE.of(D(90), grade, NAMES).steps == ("还没有等次，不建议系数，也不按 0 计。",)


def test_the_table_by_place() -> None:
    """The second of four grades takes the second value; the fourth takes the last there is."""
    found = TABLE.of(None, "较好", NAMES)
    assert (found.value, found.steps[1]) == (D("1.0"), "等次为“较好”，系数为 1。")
    assert found.steps[0] == "系数表：好 1.2，较好 1，一般 0.9，较差 0.9。"
    assert TABLE.of(None, "五星", ("五星", "四星")).value == D("1.2")


def test_a_table_as_the_office_writes_it() -> None:
    assert read_table("1.2，1.0、0.9, 0.6") == (D("1.2"), D("1.0"), D("0.9"), D("0.6"))
    with pytest.raises(InputRefused) as refused:
        read_table("1.2 高")
    assert "“高”不是数字" in refused.value.sentence


def test_rules_that_cannot_be() -> None:
    for values in ((), (D(1), D("1.2"))):
        with pytest.raises(InputRefused):
            ByGrade(values)
    with pytest.raises(InputRefused):
        ByScore(low=D(2))


@given(st.decimals(0, 120, places=2), st.decimals(0, 120, places=2))
def test_more_points_never_give_less(one: Decimal, other: Decimal) -> None:
    low, high = (ByScore().of(score, None, ()).value for score in sorted((one, other)))
    assert low is not None and high is not None and D("0.6") <= low <= high <= D("1.2")
