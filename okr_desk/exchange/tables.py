"""Any table as a workbook: text stays text, numbers stay numbers, widths fit, the head repeats on paper."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.files import write_atomically
from okr_desk.i18n import _

LONGEST = 32_000
"""Characters that a cell holds; a workbook program cuts off silently at 32,767."""

TEXT_STAYS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""How every workbook of this program is opened for writing: nothing that was typed becomes live."""


@dataclass(frozen=True)
class Number:
    """A value with the number format of a workbook that shows it as the program does: 0.6524 with "0%" reads 65%."""

    value: Decimal
    shown: str


_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")


def write(path: Path, title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """Write one table under its title. Text that begins with = + - @ is stored as text, never as a formula.

    Decimals, whole numbers and `Number` become number cells, dates date cells, None an empty cell. Raises FileRefused.
    """
    return write_atomically(path, workbook(title, headers, rows))


def workbook(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """The bytes of such a workbook."""
    import xlsxwriter

    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(sheet_name(title))
        heading = book.add_format({"bold": True, "font_size": 14, "align": "left"})
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        body = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
        day = book.add_format({"border": 1, "valign": "vcenter", "num_format": "yyyy-mm-dd"})
        styles = {
            shown: book.add_format({"border": 1, "valign": "vcenter", "num_format": shown})
            for shown in sorted({cell.shown for row in rows for cell in row if isinstance(cell, Number)})
        }
        sheet.write_string(0, 0, clean(title), heading)
        for column, text in enumerate(headers):
            sheet.write_string(1, column, clean(text), head)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, Number):
                    put(sheet, number, column, value.value, styles[value.shown])
                else:
                    put(sheet, number, column, value, body)
        for column, width in enumerate(_widths(headers, rows)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(1, len(rows) + 1), max(0, len(headers) - 1))
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_("&C第 &P 页 共 &N 页"))
    return memory.getvalue()


def put(sheet: object, row: int, column: int, value: object, style: object) -> None:
    """One cell: a number as number, everything else as text."""
    from xlsxwriter.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, column, _("是") if value else _("否"), style)
    elif isinstance(value, (int, Decimal)) and Decimal(value).adjusted() < 15:
        sheet.write_number(row, column, float(value), style)
    else:
        sheet.write_string(row, column, clean(str(value)), style)


def clean(text: str) -> str:
    """Without control characters, which a workbook refuses, and within what a cell holds."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept[:LONGEST]


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: 31 characters, without those that a workbook forbids."""
    return " ".join(clean(title).translate(_FORBIDDEN).split())[:31] or _("数据")


def _widths(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[int]:
    columns = [[headers[n], *(row[n] for row in rows[:300] if n < len(row))] for n in range(len(headers))]
    return [min(48, max(8, 2 + max(_width(_words(cell)) for cell in column))) for column in columns]


def _words(cell: object) -> str:
    return str(round(cell.value)) + cell.shown[1:] if isinstance(cell, Number) else str(cell or "")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text.split("\n")[0])
