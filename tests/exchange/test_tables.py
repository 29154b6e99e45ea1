"""Any table as a workbook, read back with another library."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from okr_desk.errors import FileRefused
from okr_desk.exchange import tables


def test_text_stays_text_and_numbers_stay_numbers(tmp_path: Path):
    path = tables.write(
        tmp_path / "表.xlsx",
        "青山镇[汇总]/第三季度",
        ["名称", "数值", "日期", "说明"],
        [["青石村", Decimal("63.4"), date(2026, 9, 28), "=1+1"], ["柳湾村", None, None, "@SUM(A1)"]],
    )
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "青山镇[汇总]/第三季度"
    assert [c.value for c in sheet[3]][:2] == ["青石村", 63.4]
    assert sheet["C3"].value.date() == date(2026, 9, 28)
    assert sheet["D3"].value == "=1+1" and sheet["D3"].data_type == "s"
    assert sheet["D4"].data_type == "s"
    assert sheet["B4"].value is None
    assert sheet.print_title_rows == "$2:$2"


def test_control_characters_and_overlong_text_do_not_stop_the_file(tmp_path: Path):
    path = tables.write(tmp_path / "表.xlsx", "", ["备注"], [["甲\x00乙\x1b丙" + "字" * 40_000]])
    text = openpyxl.load_workbook(path).worksheets[0]["A3"].value
    assert text.startswith("甲乙丙") and len(text) == tables.LONGEST


def test_a_folder_in_the_way_is_said(tmp_path: Path):
    (tmp_path / "表.xlsx").mkdir()
    with pytest.raises(FileRefused):
        tables.write(tmp_path / "表.xlsx", "表", ["甲"], [])
