"""Names on paper: the family name stays, the rest is stars."""

from __future__ import annotations

import pytest

from okr_desk.rules.masking import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李旭昇", "李**"),
        ("李明", "李*"),
        ("欧阳修", "欧阳*"),
        ("诸葛孔明", "诸葛**"),
        ("欧阳", "欧*"),
        ("王 玥", "王*"),
        ("李旭昇（2组）", "李**"),
        ("张三(大)", "张*"),
        ("买买提·艾力", "买*****"),
        ("李", "李"),
        ("", ""),
    ],
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked(name) == shown
