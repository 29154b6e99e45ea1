"""A branch owes no entries; a lost file is said, and rows leave the program as flat rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from okr_desk.charts import worklog as charts
from okr_desk.exchange import export
from okr_desk.queries import checkins, reminders, worklog_days
from okr_desk.queries import evidence as stored
from okr_desk.services import attachments
from tests.worked_township import DAY, Worked, worked


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Worked]:
    made = worked(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def test_nothing_is_owed_but_a_lost_file_is_said(town: Worked, tmp_path: Path) -> None:
    def owed() -> list[str]:
        with town.small.store.read() as session:
            found = reminders.reminders(session, town.quarter(), town.small.village, DAY)
        return [one.said for one in found if one.page == "worklog"]

    assert owed() == []
    entry = town.record("environment", date(2026, 7, 18), "清洁家园").value
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8\xff one")
    with town.small.store.write(town.small.secretary) as session:
        attachments.attach(session, town.small.secretary, "worklog", entry, [photo])
    assert owed() == []
    next(stored.folder_of(town.small.store.path).iterdir()).unlink()
    assert owed() == ["2026-07-18“清洁家园”的材料“现场.jpg”缺失，请找回原件重新添加，或移除并写明原因"]


def test_entries_leave_as_rows_and_as_a_workbook(town: Worked, tmp_path: Path) -> None:
    town.record("tech_service", date(2026, 7, 3), "果园病虫害防治", "6.5", who="陈立")
    rows = export.rows(town.small.store, "worklog", "2026Q3")
    assert rows == [
        {
            "org": "青石村党支部", "period": "2026Q3", "date": "2026-07-03", "kind": "科技服务",
            "what": "果园病虫害防治", "who": "陈立", "amount": "6.5", "unit": "人天", "codes": "F27",
        }
    ]  # fmt: skip
    assert export.rows(town.small.store, "worklog", "", town.small.stranger) == []
    book = openpyxl.load_workbook(export.write_xlsx(tmp_path / "底单.xlsx", "worklog", rows))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    head = next(number for number, row in enumerate(cells) if row[0] == "党支部")
    assert cells[head][:5] == ["党支部", "季度", "日期", "类别", "做了什么"] and cells[head + 1][8] == 6.5


def test_the_check_in_row_carries_the_proposal_and_keeps_what_was_typed(town: Worked) -> None:
    town.record("publicity", date(2026, 7, 3), "入户宣讲", "2", key_results=(town.talks,))
    with town.small.store.read() as session:
        (row,) = checkins.sheet(session, town.small.village, town.quarter()).rows
    assert row.tally is not None and (row.tally.value, row.tally.entries) == (2, 1)
    assert row.view.value is None and row.own_value is None


def test_the_chart_has_a_stair_a_plan_and_the_points_of_each_day(town: Worked) -> None:
    for day, amount in ((date(2026, 7, 3), "24"), (date(2026, 8, 12), "10")):
        town.record("tech_service", day, "农技服务", amount)
    with town.small.store.read() as session:
        (found,) = worklog_days.accrual(session, town.small.village, town.quarter())
    figure = charts.accrual(found, (500, 180), today=DAY)
    axes = figure.axes[0]
    said = [text.get_text() for text in axes.texts]
    assert {"+0.6分", "+1.5分", "应达 40", "计划", "底单累计", "7月1日", "单位：人天"} <= set(said)
    stair = next(line for line in axes.lines if line.get_drawstyle() == "steps-post")
    assert list(stair.get_ydata())[:3] == [0, 24, 34]
