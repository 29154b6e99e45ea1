"""考核评分办法 as a workbook, read back: one sheet a category, points as numbers that sum by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from okr_desk.errors import Cancelled
from okr_desk.exchange import workbooks
from tests.reports import scheme_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def test_a_sheet_a_category_in_the_order_of_the_paper(tmp_path: Path) -> None:
    papers = [made.paper(), made.paper("stars", "社区"), replace(made.draft(), category="农村")]
    book = load_workbook(workbooks.write(tmp_path / "s.xlsx", papers, printed_at=AT))
    assert book.sheetnames == ["农村", "社区", "农村3"]
    sheet = book["农村"]
    assert sheet["A1"].value == "青山镇2026年度农村党支部考核评分办法"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    assert rows[head] == ["序号", "指标", "单位", "分值", "计分规则", "年度计法", "考核依据"]
    assert rows[head + 1][0] == "基础性（满分 60 分；年度取平均）"
    assert rows[head + 2][:4] == [1, "B01 支部党员大会应开率", "%", 4]
    assert rows[head + 2][4].startswith("比例计分：得分＝满分×实绩÷100")
    sums = [row for row in rows if row[0] == "小计"]
    assert [row[3] for row in sums] == [f"=SUM(D{a}:D{b})" for a, b in _spans(rows)]
    said = "".join(str(row[0]) for row in rows)
    assert "红线事项" in said and "数据校验码" in said and "草稿" not in said
    assert "草稿，未启用" in "".join(str(row[0].value) for row in book["农村3"].iter_rows())


def _spans(rows: list[list[object]]) -> list[tuple[int, int]]:
    """First and last row of the lines above each sum, counted from 1."""
    found, first = [], 0
    for number, row in enumerate(rows, start=1):
        if isinstance(row[0], int) and not isinstance(rows[number - 2][0], int):
            first = number
        if row[0] == "小计":
            found.append((first, number - 1))
    return found


def test_who_stops_it_gets_no_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        workbooks.write(tmp_path / "s.xlsx", [made.paper()], printed_at=AT, cancelled=lambda: True)
    assert not (tmp_path / "s.xlsx").exists()
