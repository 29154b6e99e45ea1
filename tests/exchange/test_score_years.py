"""The workbook of year sheets read back: the year follows from the quarters by formulas, in the order of the paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from okr_desk.exchange import score_sheets
from okr_desk.queries import score_year_wording as wording
from okr_desk.queries.score_years import YearForm
from tests.exchange.test_score_sheets import AT, formulas, value_of
from tests.reports import year_samples as years

CASES = {
    "usual": years.usual,
    "changed": years.changed,
    "cumulative": years.cumulative,
    "many": lambda: years.many(40),
    "plain": years.plain,
}


def books(*forms: YearForm) -> tuple[Workbook, Workbook]:
    """The workbook with its formulas, and with the values that they had when it was written."""
    content = score_sheets.workbook(forms, printed_at=AT)
    return load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row[2].row for row in sheet if str(row[2].value).startswith(code))


@pytest.mark.parametrize("case", CASES)
def test_every_formula_gives_what_the_program_gives(case: str) -> None:
    live, kept = books(CASES[case]())
    sheet, values = live.worksheets[0], kept.worksheets[0]
    places = formulas(sheet)
    assert len(places) >= 16
    for place in places:
        assert float(value_of(sheet, place)) == pytest.approx(values[place].value, abs=1e-9), sheet[place].value


def test_the_year_follows_when_a_quarter_is_changed() -> None:
    """到会率 2 and 4 → 4 and 4: the year 3 → 4, 15×10÷10 = 15 of the block, 24.5 of 23 in all."""
    live, _kept = books(years.usual())
    sheet = live.worksheets[0]
    row = row_of(sheet, "B08")
    total = next(f"K{one[0].row}" for one in reversed(list(sheet.rows)) if one[0].value == "总分")
    assert [float(value_of(sheet, place)) for place in (f"M{row}", total)] == pytest.approx([3, 23])
    assert [sheet[f"{column}{row}"].value for column in "GHIJ"] == [2, 4, "— 未报", "—"]
    sheet[f"G{row}"].value = 4
    assert [float(value_of(sheet, place)) for place in (f"M{row}", total)] == pytest.approx([4, 24.5])


def test_each_way_has_its_formula() -> None:
    live, _kept = books(years.usual(), years.cumulative(), years.changed())
    usual, flags, changed = live.worksheets
    at = {code: f"M{row_of(usual, code)}" for code in ("B08", "B09", "F07", "B12")}
    assert [usual[place].value.replace(place[1:], "") for place in at.values()] == [
        "=AVERAGE(G:J)",
        "=I",
        "=MAX(G:J)",
        "— 不适用",
    ]
    row = row_of(flags, "C01")
    assert flags[f"M{row}"].value == f"=SUM(G{row}:J{row})"
    row = row_of(changed, "B08")
    assert changed[f"M{row}"].value == f"=AVERAGE(G{row}*4/8,H{row})"


def test_order_and_words_are_those_of_the_paper() -> None:
    form = years.usual()
    live, _kept = books(form)
    sheet = live.worksheets[0]
    said = [str(cell.value) for row in sheet for cell in row if cell.value is not None]
    for block in form.sheet.blocks:
        assert wording.heading(block) in said
        for one in block.lines:
            row = sheet[row_of(sheet, one.line.code)]
            assert (row[5].value, row[13].value) == (wording.rule(one), wording.said(form, one, block))
    for phrase in (
        "2026年度支部计分表",
        "一季度已关账，二季度已冻结，三季度填报中，四季度未开始",
        "三季度\n填报中",
        "92.5%（三季度）",
        "青纪〔2026〕3号",
        "本年还有季度没有关账，本表按打印时的数据暂计。",
    ):
        assert any(phrase in text for text in said), phrase


def test_quarters_and_year_stand_under_the_lines() -> None:
    _live, kept = books(years.usual())
    sheet = kept.worksheets[0]
    found = {row[0].value: [cell.value for cell in (*row[6:10], row[12])] for row in sheet if row[6].value is not None}
    assert found["总分"] == [7.75, 17.38, 17, "—", 23]
    assert found["等次"] == ["较差\n暂定", "一般", "较好\n暂定", "—", "较好\n暂定"]
    assert found["满意率（前三档，%）"] == ["—", 96, 92.5, "—", 92.5]


def test_it_prints_across_a4_with_its_heads_on_every_page() -> None:
    live, _kept = books(years.usual())
    sheet = live.worksheets[0]
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$9:$9" and sheet.freeze_panes == "A10"
