"""The one place where numbers are rounded, and only to be shown: comparisons use unrounded values."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

NOTHING = "—"
"""What stands where there is no number."""

_WIDE = Context(prec=120)
_KEPT = Context(prec=28, rounding=ROUND_HALF_UP)
_DUST_PLACES = 20
_SHORT_PLACES = 10
_HUNDRED = Decimal(100)


def wide() -> AbstractContextManager[Context]:
    """Sums and products inside are exact, so that a division at the end is the only place where digits are lost."""
    return localcontext(_WIDE)


def kept(value: Decimal) -> Decimal:
    """The 28 digits that a result carries on; a whole number or a threshold stays what it is."""
    return _KEPT.plus(value)


def without_dust(value: Decimal) -> Decimal:
    """A sum of quotients that is a short number but for its last digits is that number: three thirds are one again.

    Numbers that go on are left as they are, so that nothing is rounded before it is compared.
    """
    near = half_up(value, _DUST_PLACES)
    return near if near == half_up(value, _SHORT_PLACES) else value


def half_up(value: Decimal, places: int) -> Decimal:
    """Round as offices and Excel do: a tie goes away from zero."""
    return _quantised(value, places, ROUND_HALF_UP)


def truncated(value: Decimal, places: int) -> Decimal:
    """Cut off what is beyond `places`, towards zero."""
    return _quantised(value, places, ROUND_DOWN)


def percent(value: Decimal | None, places: int = 0) -> str:
    """A share (1 is the whole) as "63%"; what falls short of the whole never reads 100%."""
    if value is None:
        return NOTHING
    return display_near(value * _HUNDRED, places, (_HUNDRED,)) + "%"


def plain(value: Decimal | None, places: int | None = None) -> str:
    """A number without exponent or trailing zeros: "63.4"; rounded half-up if `places` is given."""
    if value is None:
        return NOTHING
    shown = value if places is None else half_up(value, places)
    text = format(shown, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def exact_or(value: Decimal | None, places: int) -> str:
    """All digits when the number ends within `places`, else rounded half-up to them."""
    if value is None or value == half_up(value, places):
        return plain(value)
    return plain(value, places)


def display_near(value: Decimal, places: int, thresholds: Sequence[Decimal]) -> str:
    """Round half-up, unless the shown number would stand on another side of a threshold than the true one.

    59.96 against 60 reads 59.9, and a gap of -0.104 against -0.10 reads -0.11 (methods, B2: "threshold and
    rounding").
    """
    shown = half_up(value, places)
    if any(value < threshold <= shown for threshold in thresholds):
        shown = _quantised(value, places, ROUND_FLOOR)
    elif any(shown < threshold <= value for threshold in thresholds):
        shown = _quantised(value, places, ROUND_CEILING)
    return plain(shown)


def _quantised(value: Decimal, places: int, how: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=how, context=_WIDE)
