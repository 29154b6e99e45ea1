"""The workbooks of the satisfaction papers, read back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from okr_desk.errors import Cancelled
from okr_desk.exchange import survey_sheets
from tests.reports import survey_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def rows(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The title and each row by the heads of its columns."""
    title, heads, *found = load_workbook(path).active.iter_rows(values_only=True)
    return str(title[0]), [dict(zip(heads, row, strict=True)) for row in found]


def test_the_branches_of_a_report_are_numbers_in_the_order_of_the_register(tmp_path: Path) -> None:
    report = made.report((made.branch(before=made.BEFORE), made.silent(made.org(2, "=第2村党支部"))))
    title, (first, second) = rows(survey_sheets.write(tmp_path / "r.xlsx", [report], printed_at=AT))
    assert title == "青山镇2026年第三季度满意度测评结果"
    assert first["支部"] == "桃源村党支部" and first["有效（份）"] == 46 and first["应测（人）"] == 241
    assert round(first["得分"], 2) == 87.27 and first["得分下限"] < 87.27 < first["得分上限"]
    assert (first["满意率（宽）"], round(first["满意率（窄）"], 4)) == (1, 0.8864)
    assert (first["证据等级"], first["目标值"], first["判定"], first["变化"]) == ("A", 85, "无法判定", "提升")
    assert second["支部"] == "=第2村党支部" and second["得分"] is None and second["判定"] == "无答卷"


def test_the_items_of_count_sheets_are_rows_and_blank_ones_stay_blank(tmp_path: Path) -> None:
    forms = (made.count_form(), made.count_form(filled=False, org=made.org(2)))
    told: list[tuple[int, int]] = []
    path = survey_sheets.write(
        tmp_path / "c.xlsx", forms, printed_at=AT, progress=lambda done, all_: told.append((done, all_))
    )
    title, found = rows(path)
    assert title == "青山镇2026年第三季度满意度测评计票表" and told == [(2, 2)]
    assert len(found) == 12
    last = found[5]
    assert (last["题号"], last["测评内容"], last["非常满意"], last["不了解"], last["漏选"]) == (6, "总体评价", 21, 1, 1)
    assert (last["发出（份）"], last["收回（份）"], last["作废（份）"], last["合计"]) == (56, 47, 1, 46)
    assert round(last["得分"], 2) == 87.27 and last["满意率（宽）"] == 1
    assert found[6]["支部"] == "第2村党支部" and found[6]["非常满意"] is None


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        survey_sheets.write(tmp_path / "r.xlsx", [made.report()], printed_at=AT, cancelled=lambda: True)
    assert not (tmp_path / "r.xlsx").exists()
