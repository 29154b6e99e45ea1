"""Points of a quarter by hand: base 100, caps per rule and of all bonuses. Source: domain 1.1 row 22."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.scoring.household_rating import half_year
from okr_desk.scoring.member_points import Entered, quarter_points

D = Decimal


def sum_of(*entries: tuple[str, str], base: str = "100", cap: str | None = None, bonus: str | None = None):
    made = [Entered(code, code or "其他", D(points)) for code, points in entries]
    caps = {"J2": None if cap is None else D(cap)}
    return quarter_points(D(base), made, caps, None if bonus is None else D(bonus))


@pytest.mark.parametrize(
    ("entries", "cap", "bonus", "value"),
    [
        ((), None, None, "100"),
        ((("K1", "-40"),), None, None, "60"),
        ((("K1", "-40"), ("K7", "-5")), None, None, "55"),
        ((("J1", "10"), ("J2", "2")), None, None, "112"),
        ((("J2", "2"),) * 6, "10", None, "110"),
        ((("J1", "10"), ("J1", "10"), ("J6", "10"), ("J3", "5")), None, "30", "130"),
        ((("", "3"), ("", "-2.5")), None, None, "100.5"),
        ((("K1", "-40"),) * 3, None, None, "-20"),
    ],
)
def test_base_with_bonuses_and_deductions(
    entries: tuple[tuple[str, str], ...], cap: str | None, bonus: str | None, value: str
) -> None:
    assert sum_of(*entries, cap=cap, bonus=bonus).value == D(value)


def test_a_cap_that_is_reached_is_told() -> None:
    full = sum_of(*((("J2", "2"),) * 6), cap="10")
    assert full.full == ("“J2”本季最多 10 分，超出的 2 分不计",)
    assert "J2 2＋2＋2＋2＋2＋2＝12，本规则本季最多 10 分，计 10 分" in full.steps
    assert full.steps[-1] == "100＋10－0＝110"
    assert sum_of(*((("J2", "2"),) * 4), cap="10").full == ()
    assert sum_of(*((("J2", "2"),) * 5), cap="10").full == ("“J2”本季最多 10 分，已满",)


def test_the_cap_of_all_bonuses_is_told() -> None:
    assert sum_of(("J1", "20"), ("J3", "15"), bonus="30").full == ("加分本季最多 30 分，超出的 5 分不计",)


def test_half_a_year() -> None:
    assert half_year({"驻村干部": D(95), "支委": D(90), "联系户": D(92), "月度均分": D(87)}).value == D(91)
    assert half_year({"驻村干部": None, "支委": None}).value is None
