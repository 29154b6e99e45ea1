"""Party fees by income, and hours of study by year: rules with fixed numbers (domain 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Steps, figure
from okr_desk.scoring.rounding import half_up, plain, wide

_BANDS = (
    (Decimal(3000), Decimal("0.005")),
    (Decimal(5000), Decimal("0.01")),
    (Decimal(10000), Decimal("0.015")),
    (None, Decimal("0.02")),
)
_RETIRED_BANDS = ((Decimal(5000), Decimal("0.005")), (None, Decimal("0.01")))
FARMER_LOW, FARMER_HIGH = Decimal("0.2"), Decimal(1)
RELIEF = Decimal("0.2")
"""Students, members without work and on relief, yuan a month."""
VOLUNTARY_FROM = Decimal(1000)
"""A voluntary payment from here on goes up to the centre."""
FEN = 2
MEMBER_HOURS, COMMITTEE_HOURS = 32, 56
FULL_DAY, HALF_DAY = 8, 4
"""Hours of study that a whole and a half day count."""
_QUARTERS = 4
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Fee:
    """Yuan a month, rounded half-up to the fen; `low` and `high` where the branch settles it in between."""

    fee: Decimal | None
    low: Decimal | None
    high: Decimal | None
    steps: Sequence[str]


def fee(base: Decimal, *, retired: bool = False) -> Fee:
    """The monthly fee on an income after tax: one rate for the whole amount, not band by band.

    Up to 3000 yuan 0.5 %, to 5000 1 %, to 10000 1.5 %, above 2 %; retired up to 5000 0.5 %, above 1 %. Raises
    InputRefused for a negative income. Source: domain 2, 党费 [8]; 3000 → 15.00, 3000.01 → 30.00, 8000 → 120.00,
    12000 → 240.00.
    """
    if not base.is_finite() or base < 0:
        raise InputRefused(_("计算基数请填不小于 0 的数，单位为元。"), "base")
    bands = _RETIRED_BANDS if retired else _BANDS
    upto, rate = next((upto, rate) for upto, rate in bands if upto is None or base <= upto)
    with wide():
        value = half_up(base * rate, FEN)

    def told() -> tuple[str, ...]:
        who = _("离退休党员") if retired else _("在职党员")
        band = (
            _("{low} 元以上").format(low=plain(bands[-2][0]))
            if upto is None
            else _("不超过 {high} 元").format(high=plain(upto))
        )
        first = _("{who}每月计算基数 {base} 元，{band}，比例 {rate}%，全额按同一比例计算。")
        said = first.format(who=who, base=plain(base), band=band, rate=plain(rate * _HUNDRED))
        return said, _("{base}×{rate}%＝{fee} 元").format(
            base=figure(base), rate=plain(rate * _HUNDRED), fee=format(value, "f")
        )

    return Fee(value, None, None, Steps(told))


def farmer_fee() -> Fee:
    """What a member who farms pays a month: 0.2 to 1 yuan, which the branch settles."""
    said = _("农民党员每月交纳 {low} 至 {high} 元，由支部确定。")
    return Fee(None, FARMER_LOW, FARMER_HIGH, Steps(lambda: (said.format(low=FARMER_LOW, high=FARMER_HIGH),)))


def relief_fee() -> Fee:
    """What students, members without work and on relief pay a month."""
    said = _("学生党员、下岗失业和依靠抚恤救济的党员每月交纳 {fee} 元。")
    return Fee(RELIEF, None, None, Steps(lambda: (said.format(fee=plain(RELIEF)),)))


def hours_due(a_year: int, quarter: int) -> Decimal:
    """Hours of study that should be reached by the end of a quarter (1 to 4): pro rata, 8 of 32 and 14 of 56."""
    return Decimal(a_year) * quarter / _QUARTERS


def hours(full_days: int = 0, half_days: int = 0, single: Decimal = Decimal(0)) -> Decimal:
    """Hours of study: a full day counts 8, a half day 4, else hour for hour (domain 2)."""
    return Decimal(full_days * FULL_DAY + half_days * HALF_DAY) + single
