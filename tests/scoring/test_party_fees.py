"""Party fees by income (domain 2 [8]) and hours of study (domain 2 [9])."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring import party_fees
from okr_desk.scoring.party_fees import fee


@pytest.mark.parametrize(
    ("base", "retired", "owed"),
    [
        ("3000", False, "15.00"),
        ("3000.01", False, "30.00"),
        ("5000", False, "50.00"),
        ("5000.01", False, "75.00"),
        ("8000", False, "120.00"),
        ("10000", False, "150.00"),
        ("12000", False, "240.00"),
        ("0", False, "0.00"),
        ("5000", True, "25.00"),
        ("5000.01", True, "50.00"),
        ("6000", True, "60.00"),
    ],
)
def test_the_whole_amount_at_one_rate(base: str, retired: bool, owed: str) -> None:
    found = fee(Decimal(base), retired=retired)
    assert found.fee is not None and format(found.fee, "f") == owed
    assert len(found.steps) == 2


def test_steps_can_be_followed() -> None:
    assert fee(Decimal(8000)).steps == (
        "在职党员每月计算基数 8000 元，不超过 10000 元，比例 1.5%，全额按同一比例计算。",
        "8000×1.5%＝120.00 元",
    )
    assert "5000 元以上" in fee(Decimal(6000), retired=True).steps[0]


def test_who_does_not_pay_by_income() -> None:
    farmer = party_fees.farmer_fee()
    assert (farmer.fee, farmer.low, farmer.high) == (None, Decimal("0.2"), Decimal(1))
    assert farmer.steps == ("农民党员每月交纳 0.2 至 1 元，由支部确定。",)
    assert party_fees.relief_fee().fee == Decimal("0.2") and "0.2" in party_fees.relief_fee().steps[0]


@pytest.mark.parametrize("base", ["-1", "nan"])
def test_no_income_is_negative(base: str) -> None:
    with pytest.raises(InputRefused):
        fee(Decimal(base))


def test_hours_pro_rata() -> None:
    assert [party_fees.hours_due(32, q) for q in (1, 2, 3, 4)] == [8, 16, 24, 32]
    assert party_fees.hours_due(56, 1) == 14
    assert party_fees.hours(full_days=1, half_days=2, single=Decimal("1.5")) == Decimal("17.5")
