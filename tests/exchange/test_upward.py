"""The county's workbook read and filled: what is kept of it, what is refused, checked with an independent reader."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from okr_desk.errors import FileRefused, Refusal
from okr_desk.exchange import form_cells, form_child, form_parts, upward
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.upward import CellView, FilledCell, FilledForm, FilledLine, FormView, Target
from okr_desk.terms import QuarterState
from tests.upward_forms import ONE, TWO, form, reopened

Q3 = QuarterView(
    3, 2026, 3, date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 5), QuarterState.OPEN, "2026年第三季度", "2026Q3"
)


def filled(*targets: Target, problem: str = "") -> FilledForm:
    """A filled form that writes these cells."""
    cell = CellView(1, 1, ONE, "C2", "branches", "支部总数", False)
    lines = tuple(FilledLine("", "", one.text, "", one) for one in targets)
    view = FormView(1, "季度报表", "", "报表.xlsx", "", datetime(2026, 10, 8, tzinfo=UTC), False, (cell,))
    return FilledForm(view, Q3, (FilledCell(cell, "", lines, "", problem=problem),))


def source(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "kept"
    path.write_bytes(content)
    return path


def look(book: Any) -> dict[tuple[str, str], tuple[object, ...]]:
    """Every cell by sheet and place: value and style."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def test_a_form_as_it_is_laid_out() -> None:
    book = upward.read(form(["青石村党支部"]), "报表.xlsx")
    one, two = book.sheets
    assert [one.name, two.name] == [ONE, TWO] and not one.is_hidden
    assert one.text(2, 1) == "支部总数" and one.label(2, 3) == "支部总数", "the unit between is passed over"
    assert one.shows(3, 3).percent == 1 and one.shows(4, 2).is_date and not one.shows(2, 3).is_date
    assert one.cells[5, 3].is_formula and one.text(5, 3) == ""
    assert one.area(1, 3) == (1, 1, 1, 4) and not one.is_first(1, 3)
    assert upward.read(form(["青石村党支部"]), "别名.xlsx") is not None


def test_only_the_mapped_cells_change(tmp_path: Path) -> None:
    content, target = form(["青石村党支部", "东岭村党支部"]), tmp_path / "out" / "填好.xlsx"
    told = filled(
        Target(ONE, 2, 3, "n", "29"), Target(ONE, 3, 3, "n", "0.896"), Target(ONE, 4, 2, "n", "46303"),
        Target(ONE, 20, 2, "s", "=1+1<&"), Target(TWO, 4, 2, "n", "12"), Target(TWO, 5, 4, "s", "好"),
    )  # fmt: skip
    assert upward.write(told, source(tmp_path, content), target) == target
    made, before = reopened(target), openpyxl.load_workbook(io.BytesIO(content))
    found = {(ONE, "C2"): 29, (ONE, "C3"): 0.896, (ONE, "B4"): date(2026, 10, 8), (ONE, "B20"): "=1+1<&",
             (TWO, "B4"): 12, (TWO, "D5"): "好"}  # fmt: skip
    for (sheet, cell), value in found.items():
        there = made[sheet][cell].value
        assert (there.date() if isinstance(there, datetime) else there) == value
    assert made[ONE]["B20"].data_type == "s", "a text is never a formula"
    assert made[ONE]["C3"].number_format == "0.0%" and made[TWO]["B6"].value == "=SUM(B4:B5)"
    old, new = look(before), look(made)
    assert {
        key for key in new if key not in found and new[key] != old.get(key, (None, "General", False, "00000000"))
    } == set()


def test_charts_pictures_protection_and_print_settings_stay_byte_for_byte(tmp_path: Path) -> None:
    """What openpyxl would drop when it saves is still there, because the other parts are copied."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet(ONE)
    percent = book.add_format({"num_format": "0%", "border": 1})
    sheet.write("A2", "占比")
    sheet.set_column("H:H", 12, percent)
    sheet.set_row(29, 20, percent)
    sheet.write_formula("B9", "=SUM(B2:B8)", None, 77)
    sheet.write_formula("B10", '=IF(B9>1,"多","少")', None, "多")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={ONE}!$B$2:$B$8"})
    sheet.insert_chart("D2", chart)
    sheet.protect("secret")
    sheet.set_landscape()
    sheet.data_validation("C2", {"validate": "list", "source": ["好", "一般"]})
    book.close()
    content, target = made.getvalue(), tmp_path / "填好.xlsx"
    cells = (Target(ONE, 2, 2, "n", "3"), Target(ONE, 12, 8, "n", "0.5"), Target(ONE, 30, 1, "n", "0.25"))
    upward.write(filled(*cells), source(tmp_path, content), target)
    old, new = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(target)
    assert old.namelist() == new.namelist()
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml"}, "this writer asks for the reckoning already"
    text = new.read("xl/worksheets/sheet1.xml").decode()
    for kept in ("<drawing r:id", "sheetProtection password", 'orientation="landscape"', "<dataValidation "):
        assert kept in text
    assert "<f>SUM(B2:B8)</f></c>" in text and ">77<" not in text and "多</v>" not in text, "no old total stays"
    assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")
    again = reopened(target)[ONE]
    assert [again[c].number_format for c in ("B2", "H12", "A30")] == ["General", "0%", "0%"], "of column and row"
    assert upward.read(content, "图.xlsx").sheets[0].shows(12, 8).percent == 0
    assert upward.read(content, "图.xlsx").sheets[0].shows(30, 1).percent == 0


SHEET = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</x:worksheet>'


@pytest.mark.parametrize(
    ("data", "made"),
    [
        ("<x:sheetData/>", '<x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'),
        ('<x:sheetData><x:row r="2"/></x:sheetData>', '<x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'),
        ("<x:sheetData><x:row><x:c/></x:row><x:row spans='1:1'><x:c/><x:c s='3'/><x:c/></x:row></x:sheetData>",
         "<x:c/><x:c r=\"B2\" s=\"3\"><x:v>5</x:v></x:c><x:c/>"),
        ('<x:sheetData><x:row r="9"/></x:sheetData>', '<x:c r="B2"><x:v>5</x:v></x:c></x:row><x:row r="9"/>'),
        ('<x:sheetData><x:row r="2" s="4" customFormat="1" spans="3:3"><x:c r="C2"/></x:row></x:sheetData>',
         '<x:row r="2" s="4" customFormat="1"><x:c r="B2" s="4"><x:v>5</x:v></x:c><x:c r="C2"/></x:row>'),
    ],
)  # fmt: skip
def test_cells_are_cut_in_whatever_way_rows_are_written(data: str, made: str) -> None:
    """Rows without a number, cells without a place, elements of one tag, names with a prefix."""
    sheet = form_parts.Sheet("x", "x", False, (), (), {}, ())
    text = form_cells._sheet(SHEET.format(data).encode(), sheet, [(2, 2, "n", "5")]).decode()
    assert made in text
    assert text == SHEET.format(text.split(">", 1)[1].rsplit("<", 1)[0]), "well formed to the end"


@pytest.mark.parametrize(
    ("book", "made"),
    [
        ('<w><sheets/><calcPr calcId="1"/></w>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<w><sheets/><calcPr fullCalcOnLoad="0"></calcPr></w>', '<calcPr fullCalcOnLoad="1"></calcPr>'),
        ("<w><sheets/><extLst/></w>", '<sheets/><calcPr fullCalcOnLoad="1"/><extLst/>'),
        ("<x:w><x:sheets/></x:w>", '<x:calcPr fullCalcOnLoad="1"/></x:w>'),
    ],
)
def test_a_workbook_is_reckoned_when_it_is_opened(book: str, made: str) -> None:
    assert made in form_cells._reckoned_anew(book.encode()).decode()


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return made.getvalue()


def with_macros() -> bytes:
    made = io.BytesIO(form())
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("xl/vbaProject.bin", "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        ("姓名,得分".encode(), "不是电子表格"),
        (b"PK\x03\x04broken", "已损坏"),
        (packed(word__document_xml="<w/>"), "不是电子表格"),
        (packed(xl__workbook_xml="<w/>"), "已损坏"),
        (form_child.OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (form_child.OLE + b"old", "其实是旧版 .xls 表格"),
        (with_macros(), "带有宏"),
    ],
)
def test_what_is_no_form_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "县里的表.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        upward.draft(path, "季报")
    assert said in refused.value.sentence and refused.value.sentence.startswith("“县里的表.xlsx”")


def test_files_that_are_not_there_or_another_kind(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="读不到"):
        upward.draft(tmp_path / "没有.xlsx", "季报")
    with pytest.raises(FileRefused, match="另存为"):
        upward.draft(tmp_path / "表.et", "季报")
    path = source(tmp_path, form())
    with pytest.raises(FileRefused, match="和导入时不一致"):
        upward.kept(path, "报表.xlsx")


def test_entities_and_other_alphabets_are_not_followed() -> None:
    sheet = form_parts.Sheet("x", "x", False, (), (), {}, ())
    for text in (b"<!DOCTYPE w><w><sheetData/></w>", "<w/>".encode("utf-16"), b"<w/>", b"<?xml encoding='gbk'?><w/>"):
        with pytest.raises(form_parts.Damaged):
            form_cells._sheet(text, sheet, [(1, 1, "n", "1")])
    hostile = io.BytesIO(form())
    with zipfile.ZipFile(hostile) as old:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, b"<!DOCTYPE x>" + text if name.endswith("sheet1.xml") else text)
    with pytest.raises(FileRefused, match="已损坏或写法特殊"):
        upward.read(made.getvalue(), "表.xlsx")


def test_nothing_is_written_where_a_cell_cannot(tmp_path: Path) -> None:
    target = tmp_path / "填好.xlsx"
    with pytest.raises(Refusal, match="“季度报表”没有填：“表一”的 C5 是公式"):
        upward.write(filled(problem="“表一”的 C5 是公式。"), source(tmp_path, form()), target)
    with pytest.raises(FileRefused, match="是一个文件夹"):
        upward.write(filled(Target(ONE, 2, 3, "n", "1")), source(tmp_path, form()), tmp_path)
    assert not target.exists()


def test_formulas_over_an_area_and_rich_texts_are_read(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont
        from openpyxl.worksheet.formula import ArrayFormula

        book[ONE]["F2"] = ArrayFormula("F2:F4", "=C2:C4*2")
        book[ONE]["F3"], book[ONE]["F4"] = 0, 0
        book[ONE]["A9"] = CellRichText("党员", TextBlock(InlineFont(b=True), "总数"))
        book[ONE]["A10"] = True
        book.create_chartsheet("图")
        book[ONE].sheet_state = "hidden"

    content = form(change=change)
    one = upward.read(content, "表.xlsx").sheets[0]
    assert [one.cells[row, 6].is_formula for row in (2, 3, 4)] == [True] * 3
    assert one.text(9, 1) == "党员总数" and one.is_hidden
    assert [sheet.name for sheet in upward.read(content, "表.xlsx").sheets] == [ONE, TWO]
