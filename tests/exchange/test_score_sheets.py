"""The workbook of score sheets read back: numbers are numbers, sums are formulas that give what the program gives."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from okr_desk.errors import Cancelled
from okr_desk.exchange import score_cells, score_sheets
from okr_desk.queries import score_wording
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.scoring.grades import RedLineKind
from tests.reports import samples
from tests.reports import score_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
CASES = {
    "usual": made.form,
    "flags": lambda: made.form(made.flag_blocks(), satisfaction="85"),
    "many": lambda: made.form(made.many(40)),
    "veto": lambda: made.form(red_lines=[made.red_line(RedLineKind.VETO)]),
    "plain": made.plain_form,
    "away": lambda: made.form(made.away_blocks()),
}


def books(*forms: ScoreForm) -> tuple[Workbook, Workbook]:
    """The workbook with its formulas, and with the values that they had when it was written."""
    content = score_sheets.workbook(forms, printed_at=AT)
    return load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)


def value_of(sheet: Worksheet, place: str) -> Fraction:
    """A cell as a workbook program would calculate it: numbers, and the few functions that are used; words are 0."""
    held = sheet[place].value
    if isinstance(held, str) and held.startswith("="):
        return _calculated(sheet, held[1:])
    return Fraction(str(held)) if isinstance(held, int | float) else Fraction(0)


def _calculated(sheet: Worksheet, formula: str) -> Fraction:
    def block(found: re.Match[str]) -> str:
        return ",".join(one.coordinate for line in sheet[found[0]] for one in line)

    def numbers(found: re.Match[str]) -> str:
        """Cells with words are left out of a mean and of the best, as a workbook program does."""
        terms = [term for term in found[2].split(",") if not isinstance(sheet[term.split("*")[0]].value, str)]
        return f"max({','.join(terms)})" if found[1] == "MAX" else f"(({'+'.join(terms)})/{len(terms)})"

    flat = re.sub(r"([A-N]\d+):([A-N]\d+)", block, formula).replace("SUM", "sum_").replace("IF(", "if_(")
    counted = re.sub(r"(AVERAGE|MAX)\(([^()]*)\)", numbers, flat)
    text = re.sub(r"\b([A-N]\d+)\b", r"cell('\1')", counted.replace("MIN", "min"))
    exact = re.sub(r"(?<![A-N'\d.])\d+(\.\d+)?(?!')", lambda number: f"Fraction('{number[0]}')", text)
    words: dict[str, Callable[..., object]] = {
        "cell": lambda place: value_of(sheet, place),
        "sum_": lambda *values: sum(values, Fraction(0)),
        "if_": lambda is_so, yes, no: yes if is_so else no,
        "min": min,
        "max": lambda *values: max(values),
        "Fraction": Fraction,
    }
    return Fraction(eval(exact, {"__builtins__": {}}, words))


def formulas(sheet: Worksheet) -> list[str]:
    """The places of all formulas."""
    return [
        cell.coordinate for row in sheet for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")
    ]


@pytest.mark.parametrize("case", CASES)
def test_every_formula_gives_what_the_program_gives(case: str) -> None:
    live, kept = books(CASES[case]())
    sheet, values = live.worksheets[0], kept.worksheets[0]
    places = formulas(sheet)
    assert len(places) >= 11
    for place in places:
        assert float(value_of(sheet, place)) == pytest.approx(values[place].value, abs=1e-9), sheet[place].value


def test_the_total_follows_when_a_number_is_changed() -> None:
    """到会率 2 → 4: the block 5 → 7, the part 15 → 17, the base 22 → 24, the total 26, 26÷33."""
    live, _kept = books(made.form())
    sheet = live.worksheets[0]
    before = {row[0].value: row[6].coordinate for row in sheet if row[0].value in ("基本分", "总分", "得分率")}
    assert [float(value_of(sheet, place)) for place in before.values()] == pytest.approx([22, 24, 2400 / 33])
    line = next(row for row in sheet if row[2].value == "B08 党员到会率")
    assert (line[7].value, line[8].value) == (4, 2)
    line[8].value = 4
    assert [float(value_of(sheet, place)) for place in before.values()] == pytest.approx([24, 26, 2600 / 33])


def test_order_and_words_are_those_of_the_paper() -> None:
    form = made.form(red_lines=[made.red_line()])
    live, _kept = books(form)
    sheet = live.worksheets[0]
    said = [str(cell.value) for row in sheet for cell in row if cell.value is not None]
    wanted = [f"{one.line.code} {one.line.name}" for one in form.sheet.lines]
    assert [text for text in said if text in wanted][: len(wanted)] == wanted
    for one in form.sheet.lines:
        row = next(row for row in sheet if row[2].value == f"{one.line.code} {one.line.name}")
        points = score_wording.points(one)
        assert row[9].value == score_wording.said(form, one)
        assert row[8].value == (points if isinstance(points, str) else pytest.approx(float(points)))
    for phrase in (
        "中共青山镇桃源村支部委员会",
        "2026年第三季度支部计分表",
        "党建基础·组织生活（满分 10 分）",
        "63.4%（不计入等次）",
        "青纪〔2026〕3号",
        "王玥 2026-08-20",
        "数据校验码 3F2A-91BC-07DE　导出时间 2026-10-08 09:32",
    ):
        assert phrase in said


def test_what_has_no_points_stays_a_word() -> None:
    live, _kept = books(made.form())
    rows = {str(row[2].value)[:3]: row for row in live.worksheets[0] if row[0].data_type == "n"}
    assert [(rows[code][6].value, rows[code][8].value) for code in ("X01", "B12", "B16", "B11")] == [
        ("未报", "未报"),
        ("不适用", "—"),
        ("—", "未到期"),
        ("1笔", 2),
    ]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    parts = made.usual_blocks()
    nasty = replace(parts[0][1][0], line=replace(parts[0][1][0].line, name='=HYPERLINK("http://x","y")', unit="=1+1"))
    live, _kept = books(made.form([(parts[0][0], (nasty, *parts[0][1][1:])), *parts[1:]]))
    cells = [
        cell for row in live.worksheets[0] for cell in row if "HYPERLINK" in str(cell.value) or cell.value == "=1+1"
    ]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def test_one_sheet_a_branch_under_its_own_name() -> None:
    names = ("甲村党支部", "甲村党支部", "很长" * 20 + "党支部", "[乙]:村*党支部")
    live, _kept = books(*(made.form(org=replace(samples.ORG, short_name=name)) for name in names))
    assert live.sheetnames == ["甲村党支部", "甲村党支部 2", ("很长" * 20)[:31], "乙 村 党支部"]
    assert all(sheet.print_title_rows == "$7:$7" for sheet in live.worksheets)


def test_progress_is_told_and_cancelling_leaves_no_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "计分.xlsx"
    score_sheets.write(path, [made.form()] * 2, printed_at=AT, progress=lambda now, all_: told.append((now, all_)))
    assert told == [(1, 2), (2, 2)] and path.exists()
    asked = iter((False, True))
    with pytest.raises(Cancelled):
        score_sheets.write(tmp_path / "停.xlsx", [made.form()] * 2, printed_at=AT, cancelled=lambda: next(asked))
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".xlsx"] == ["计分.xlsx"]


ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is a second opinion")
def test_libreoffice_calculates_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written with 0 in place of every value, so that what comes back has been calculated there."""
    _live, kept = books(*(case() for case in CASES.values()))
    write = score_cells.Pen.formula
    monkeypatch.setattr(
        score_cells.Pen,
        "formula",
        lambda pen, row, column, formula, value, style: write(pen, row, column, formula, type(value)(0), style),
    )
    path = score_sheets.write(tmp_path / "零.xlsx", [case() for case in CASES.values()], printed_at=AT)
    profile = tmp_path / "profile/user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{profile.parent}", "--headless"),
            *("--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    back = load_workbook(tmp_path / "out/零.xlsx", data_only=True)
    live = load_workbook(path)
    count = 0
    for sheet, values, found in zip(live.worksheets, kept.worksheets, back.worksheets, strict=True):
        for place in formulas(sheet):
            assert found[place].value == pytest.approx(values[place].value, abs=1e-9), f"{sheet.title} {place}"
            count += 1
    assert count > 100
