"""A value on screens and paper: as it was typed, or with the decimals of its measure where registers made it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.queries.objectives import readable


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [("79.111111", 1, "79.1"), ("66.666667", 0, "67"), ("63.45", 1, "63.45"), ("100.000000", 1, "100"), ("0", 0, "0")],
)
def test_what_was_counted_is_rounded_and_what_was_typed_is_not(value: str, decimals: int, shown: str) -> None:
    assert readable(Decimal(value), decimals) == shown
