"""A ledger to fill in as a workbook: the heads that the reader looks for, choices in their cells, how to fill it in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okr_desk.exchange import tables
from okr_desk.exchange.sheets import SheetKind, declaration
from okr_desk.i18n import _, using

ROWS = 60
"""Lines to fill in; whoever needs more copies one."""


@dataclass(frozen=True)
class Ledger:
    """What the sheet has: columns by their width, which are days, what may be chosen, and lines that are known.

    `title`, `note` and `choices` are asked while the language is Chinese: it is a document of the office.
    """

    kind: SheetKind
    title: str
    note: str
    widths: Mapping[str, int]
    days: frozenset[str] = frozenset()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lines: Sequence[Mapping[str, object]] = ()


def workbook(of: Ledger) -> bytes:
    """The bytes of it; the reader knows its heads."""
    import xlsxwriter

    memory = io.BytesIO()
    columns = [column for column in declaration(of.kind).columns if column.key in of.widths]
    count = max(ROWS, len(of.lines))
    with using("zh_CN"), xlsxwriter.Workbook(memory, tables.TEXT_STAYS_TEXT) as book:
        sheet = book.add_worksheet(tables.sheet_name(of.title))
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        boxed = {**base, "border": 1}
        head = book.add_format({**boxed, "bold": True, "align": "center"})
        day, words = book.add_format({**boxed, "num_format": "yyyy-mm-dd"}), book.add_format(boxed)
        big = book.add_format({**base, "bold": True, "font_size": 16})
        sheet.merge_range(0, 0, 0, len(columns) - 1, tables.clean(of.title), big)
        for number, column in enumerate(columns):
            sheet.write_string(1, number, _(column.title), head)
            sheet.set_column(number, number, of.widths[column.key])
            for row in range(count):
                known = of.lines[row].get(column.key) if row < len(of.lines) else None
                tables.put(sheet, row + 2, number, known, day if column.key in of.days else words)
            if column.key in of.choices:
                listed = {"validate": "list", "source": list(of.choices[column.key]), "error_type": "warning"}
                sheet.data_validation(2, number, 1 + count, number, listed)
        small = book.add_format({**base, "font_size": 9})
        sheet.merge_range(2 + count, 0, 2 + count, len(columns) - 1, of.note, small)
        sheet.set_row(2 + count, 32)
        sheet.set_row(0, 30)
        sheet.freeze_panes(2, 2)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_("&C第 &P 页 共 &N 页"))
    return memory.getvalue()
