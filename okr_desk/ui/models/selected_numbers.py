"""Sum and mean of the numbers selected in a table, as a sentence for the status bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.rounding import plain

_NUMBER = re.compile(r"^[-−]?\d[\d,]*(\.\d+)?%?$")


def summary(title: str, cells: Sequence[tuple[str, object]]) -> str:
    """What is said of the cells (words shown, exact value) of one column; empty with fewer than two numbers.

    Shares get their mean only: the sum of percentages means nothing.
    """
    shown = [(text.strip(), value) for text, value in cells if _NUMBER.match(text.strip())]
    if len(shown) < 2:
        return ""
    numbers = [_exact(text, value) for text, value in shown]
    whole = sum(numbers, Decimal(0))
    mean = whole / len(numbers)
    if any(text.endswith("%") for text, _value in shown):
        return _("{title}：选中 {n} 个，平均 {mean}%").format(title=title, n=len(numbers), mean=plain(mean, 1))
    return _("{title}：选中 {n} 个，合计 {sum}，平均 {mean}").format(
        title=title, n=len(numbers), sum=plain(whole), mean=plain(mean, 2)
    )


def _exact(text: str, value: object) -> Decimal:
    """The unrounded value behind the words, where the table knows it; else the words themselves."""
    said = Decimal(text.rstrip("%").replace(",", "").replace("−", "-"))
    if isinstance(value, Decimal):
        known = value * 100 if text.endswith("%") else value
        if abs(known - said) <= 1:
            return known
    return said
