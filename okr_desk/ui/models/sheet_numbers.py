"""A number that is shown in a table, as a cell of a workbook: the value itself, in the format of the screen."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from okr_desk.scoring.rounding import half_up

if TYPE_CHECKING:
    from okr_desk.exchange.tables import Number

NUMERIC = frozenset({"number", "bar", "figure", "points", "heat"})
"""The looks whose text may be a number; elsewhere digits are a code, a date or a name."""

_NUMBER = re.compile(r"^(?P<whole>[-−+]?\d[\d,]*)(?:\.(?P<places>\d+))?(?P<share>%?)$")


def as_number(text: str, exact: object) -> Number | None:
    """The number behind `text`, None where it is none (98/99, —).

    `exact` is what the column sorts by. It is the value when rounding it half-up gives what is shown; else (99.6 % is
    shown as 99 %, or the column sorts by something else) what is shown is the value.
    """
    from okr_desk.exchange.tables import Number  # not before the first export

    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    places, share = len(found["places"] or ""), bool(found["share"])
    said = Decimal(text.strip().rstrip("%").replace(",", "").replace("−", "-")).scaleb(-2 if share else 0)
    known = isinstance(exact, Decimal) and half_up(exact, places + 2 * share) == said
    shown = ("#,##0" if "," in found["whole"] else "0") + ("." + "0" * places if places else "") + "%" * share
    return Number(exact if known and isinstance(exact, Decimal) else said, shown)
