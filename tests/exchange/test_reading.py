"""Workbooks as cells: what is read exactly, and each bad file with its one sentence."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from okr_desk.errors import Cancelled, FileRefused
from okr_desk.exchange import reading
from okr_desk.exchange.child import OLE
from okr_desk.exchange.reading import find_files, read_workbooks


def _one(path: Path, **options: float) -> reading.Workbook:
    return next(iter(read_workbooks([path], **options)))


def _book(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_numbers_are_exact_and_percent_formats_known(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = 0.791, 63.4, date(2026, 9, 28)
    sheet["A1"].number_format = "0.0%"
    sheet["D1"], sheet["E1"] = " 约95% ", True
    book.save(tmp_path / "甲.xlsx")
    cells = _one(tmp_path / "甲.xlsx").sheets[0].cells
    assert (cells[1, 1].value, cells[1, 1].percent, cells[1, 1].shown) == (Decimal("0.791"), True, "79.1%")
    assert (cells[1, 2].value, cells[1, 2].percent) == (Decimal("63.4"), False)
    assert cells[1, 3].value == date(2026, 9, 28)
    assert cells[1, 4].shown == " 约95% " and cells[1, 5].value is True
    assert cells[1, 4].address == "D1" and reading.address(7, 28) == "AB7"


def test_hidden_rows_comments_and_formulas_come_along(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B1"], sheet["A3"] = 1, 2, 3, "=A1+A2"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A1"].comment = Comment("预计数", "某")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "甲.xlsx")
    workbook = _one(tmp_path / "甲.xlsx")
    cells = workbook.sheets[0].cells
    assert [cells[place].hidden for place in ((1, 1), (2, 1), (1, 2))] == [False, True, True]
    assert cells[1, 1].comment == "预计数"
    assert cells[3, 1].lost_formula
    assert workbook.sheets[1].hidden


def test_a_formula_with_its_result_is_its_result(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "甲.xlsx") as book:
        book.add_worksheet().write_formula("A1", "=40+2", None, 42)
    cell = _one(tmp_path / "甲.xlsx").sheets[0].cells[1, 1]
    assert (cell.value, cell.lost_formula) == (Decimal(42), False)


def test_a_cell_at_the_far_end_does_not_hang(tmp_path: Path):
    path = _book(tmp_path / "远.xlsx", ("党支部", "数"))
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "远"
    book.save(path)
    started = time.monotonic()
    workbook = _one(path)
    assert workbook.sheets[0].cut and workbook.sheets[0].cells[1, 1].value == "党支部"
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_in_both_usual_encodings(tmp_path: Path, encoding: str):
    (tmp_path / "甲.csv").write_bytes("党支部,到会率\n青石村,79.4\n".encode(encoding))
    sheet = _one(tmp_path / "甲.csv").sheets[0]
    assert [sheet.text(2, 1), sheet.text(2, 2)] == ["青石村", "79.4"]


def _truncated(path: Path) -> None:
    _book(path, ("甲", 1))
    path.write_bytes(path.read_bytes()[:900])


def _mutated(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
        archive.writestr("[Content_Types].xml", "<Types/>")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 60_000_000)


def _entities(path: Path) -> None:
    _book(path, ("甲", 1))
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    lol = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{nested}]><worksheet>&a11;</worksheet>'
    old = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = lol.encode() if name.endswith("sheet1.xml") else source.read(name)
            target.writestr(name, content)


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("断.xlsx", _truncated, "已损坏"),
        ("坏.xlsx", _mutated, "已损坏"),
        ("炸弹.xlsx", _bomb, "展开后过大"),
        ("实体.xlsx", _entities, "已损坏"),
        ("密.xlsx", _encrypted, "打开密码"),
        ("旧.xls", lambda path: path.write_bytes(OLE + b"\0" * 600), "已损坏"),
        ("字.et", lambda path: path.write_text("这不是表格", "utf-8"), "不是电子表格"),
        ("空.xlsx", lambda path: path.write_bytes(b""), "空文件"),
        ("零.xlsx", lambda path: path.write_bytes(b"\0" * 165), "已损坏"),
        ("~$锁.xlsx", lambda path: path.write_bytes(b"\0" * 165), "临时文件"),
        ("图.xlsx", lambda path: path.write_bytes(b"\x89PNG\r\n"), "不是电子表格"),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_next_is_still_read(tmp_path: Path, name: str, make, sentence: str):
    make(tmp_path / name)
    good = _book(tmp_path / "好.xlsx", ("甲", 1))
    bad, fine = read_workbooks([tmp_path / name, good])
    assert sentence in bad.refused and name in bad.refused and not bad.sheets
    assert bad.refused.endswith("。") and bad.refused.count("。") == 1
    assert fine.sheets[0].cells[1, 1].value == "甲"


def test_a_process_that_takes_too_long_is_ended_and_the_next_file_read(tmp_path: Path, monkeypatch):
    slow = _book(tmp_path / "慢.xlsx", *[("行", n) for n in range(4_000)])
    good = _book(tmp_path / "好.xlsx", ("甲", 1))
    first = _one(slow, patience=0.001)
    assert "读取时间过长" in first.refused
    assert _one(good).sheets


def test_a_long_row_of_files_is_shared_among_processes(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_FILES", 2)
    paths = [_book(tmp_path / f"{n}.xlsx", ("甲", n)) for n in range(5)]
    assert [book.sheets[0].cells[1, 2].value for book in read_workbooks(paths)] == [0, 1, 2, 3, 4]


def test_a_missing_path_is_refused_at_once(tmp_path: Path):
    with pytest.raises(FileRefused, match="找不到“没有"):
        find_files([tmp_path / "没有.xlsx"])


def test_cancelling_between_files(tmp_path: Path):
    path = _book(tmp_path / "甲.xlsx", ("甲", 1))
    with pytest.raises(Cancelled):
        list(read_workbooks([path], cancelled=lambda: True))


def test_progress_names_each_file(tmp_path: Path):
    paths = [_book(tmp_path / f"{n}.xlsx", ("甲", n)) for n in range(3)]
    seen: list[tuple[int, int, str]] = []
    list(read_workbooks(paths, progress=lambda *said: seen.append(said)))
    assert seen == [(0, 3, "0.xlsx"), (1, 3, "1.xlsx"), (2, 3, "2.xlsx")]
