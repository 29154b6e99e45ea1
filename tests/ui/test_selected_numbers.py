"""Sum and mean of selected numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.ui.models.selected_numbers import summary

D = Decimal


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("40.5", D("40.5")), ("22.9", D("22.9")), ("未报", None)], "实绩：选中 2 个，合计 63.4，平均 31.7"),
        ([("1,200", D(1200)), ("-200", D(-200)), ("0", D(0))], "实绩：选中 3 个，合计 1000，平均 333.33"),
        ([("65%", D("0.6512")), ("33%", D("0.3349"))], "实绩：选中 2 个，平均 49.3%"),
        ([("8/8", D(0)), ("7/8", D(-1))], ""),
        ([("3", D(3))], ""),
        ([("2026-10-08", "x"), ("KR1.1", "y")], ""),
        ([("12", D(7)), ("13", None)], "实绩：选中 2 个，合计 25，平均 12.5"),
    ],
)
def test_what_is_said_of_a_selection(cells: list[tuple[str, object]], said: str) -> None:
    assert summary("实绩", cells) == said
