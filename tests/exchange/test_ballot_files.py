"""The 892 answers of the sample come out the same through every kind of file that the survey site gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from okr_desk.exchange.ballot_columns import propose
from okr_desk.exchange.ballot_plan import plan
from okr_desk.exchange.ballots import read_ballots
from okr_desk.rules.ballot_imports import BallotReading, ColumnUse
from okr_desk.ui.models.ballot_choices import choices
from tests.exchange.old_workbook import write_xls
from tests.exchange.sample import FOLDER
from tests.exchange.survey_files import ROUND, SITE, sheet, write_csv, write_xlsx

SAMPLE = next(FOLDER.glob("06_*.xlsx"))
Write = Callable[[Path, Sequence[Sequence[object]]], Path]


def _csv(encoding: str, path: Path, rows: Sequence[Sequence[object]]) -> Path:
    head, *rest = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return write_csv(path, rest, encoding, head)


def _xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    head, *rest = rows
    return write_xlsx(path, rest, [str(cell) for cell in head])


FILES: dict[str, Write] = {
    "导出.xls": write_xls,
    "导出.xlsx": _xlsx,
    "国标.csv": partial(_csv, "gb18030"),
    "统一码.csv": partial(_csv, "utf-8-sig"),
}


@pytest.fixture(scope="module")
def rows() -> list[list[object]]:
    found = CalamineWorkbook.from_path(str(SAMPLE)).get_sheet_by_index(0).to_python()
    return [[int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row] for row in found]


@pytest.fixture(scope="module")
def usual() -> dict[str, Counter[str]]:
    return counts(read_ballots(SAMPLE))


def counts(reading: BallotReading) -> dict[str, Counter[str]]:
    """How often each text stands in each column, as it was read."""
    return {column.head: Counter(column.texts[place] for place in column.places) for column in reading.columns}


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_the_same_in_every_kind_of_file(
    name: str, rows: list[list[object]], usual: dict[str, Counter[str]], tmp_path: Path
) -> None:
    reading = read_ballots(FILES[name](tmp_path / name, rows))
    assert reading.rows == 892 and len(reading.columns) == 15
    assert counts(reading) == usual


def test_an_old_workbook_by_number_keeps_whole_numbers_and_becomes_ballots(tmp_path: Path) -> None:
    """Options as numbers, -3 for what was skipped; what 1 means is asked, as for every other file."""
    heads = [
        *SITE,
        "1、您所在的村：",
        "2、您对环境卫生是否满意？",
        "3、您对党支部工作是否满意？",
        "4、您的身份：",
    ]
    lines = [[*sheet(n, "东村")[:7], 5, -3 if n == 1 else 4, "党员"] for n in range(1, 4)]
    reading = read_ballots(write_xls(tmp_path / "按序号.xls", [heads, *lines]))
    assert [reading.columns[place].text(0) for place in (7, 8)] == ["5", "-3"]
    found = propose(reading, ROUND)
    assert [role.use for role in found.roles[-4:]] == [
        ColumnUse.PLACE, ColumnUse.ITEM, ColumnUse.ITEM, ColumnUse.GROUP
    ]  # fmt: skip
    assert [one.kind.value for one in plan(reading, ROUND, found).questions] == ["order"]


def test_a_file_of_results_is_no_ballots_and_impossible_rows_are_listed(tmp_path: Path) -> None:
    """19 of 20 is 95 %, 18 of 20 scores of 100 are 90; 95.3 % and 80.2 of 20 are nothing at all."""
    heads = ["支部", "有效份数", "满意率", "得分"]
    lines = [["东村", "20", "95%", "80.5"], ["西村", "20", "95.3%", "80.2"], ["东村", "44", "0.975", "99.9分"]]
    reading = read_ballots(write_csv(tmp_path / "汇总.csv", lines, "utf-8", heads))
    made = plan(reading, ROUND, propose(reading, ROUND))
    assert made.ballots == () and not made.is_ready
    assert "这是汇总结果" in made.questions[0].reason
    assert [(one.rows, one.column, one.text, one.reason) for one in made.questions[1:]] == [
        ((3,), "满意率", "95.3%", "20 份有效答卷得不出 95.3%，请核对份数或满意率"),
        ((3,), "得分", "80.2", "20 份有效答卷得不出 80.2 分，请核对份数或得分"),
        ((4,), "满意率", "97.5%", "44 份有效答卷得不出 97.5%，请核对份数或满意率"),
        ((4,), "得分", "99.9", "44 份有效答卷得不出 99.9 分，请核对份数或得分"),
    ]
    assert all(choices(one, ROUND, reading.sha256) == () for one in made.questions)
