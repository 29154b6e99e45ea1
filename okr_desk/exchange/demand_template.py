"""急难愁盼台账 as an empty workbook: the heads that the reader looks for, choices in their cells, how to fill it in."""

from __future__ import annotations

import io
from pathlib import Path

from okr_desk.exchange import tables
from okr_desk.exchange.sheets import SheetKind, declaration
from okr_desk.files import write_atomically
from okr_desk.i18n import _, using
from okr_desk.register_terms import DemandSource
from okr_desk.terms import label

ROWS = 60
"""Lines to fill in; whoever needs more copies one."""

_WIDTHS = {
    "number": 8, "org": 16, "raised": 12, "source": 11, "asker": 9, "what": 40, "category": 11, "owner": 10,
    "promised": 12, "done": 12, "result": 30, "answer": 13, "note": 20,
}  # fmt: skip
_DAYS = frozenset({"raised", "promised", "done"})


def write(path: Path) -> Path:
    """Write the empty ledger. Raises FileRefused."""
    return write_atomically(path, ledger())


def ledger() -> bytes:
    """The bytes of it, always in Chinese: it is a document of the office, and the reader knows its heads."""
    import xlsxwriter

    memory = io.BytesIO()
    columns = [column for column in declaration(SheetKind.DEMANDS).columns if column.key in _WIDTHS]
    with using("zh_CN"), xlsxwriter.Workbook(memory, tables.TEXT_STAYS_TEXT) as book:
        title = _("急难愁盼台账")
        sheet = book.add_worksheet(title)
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        boxed = {**base, "border": 1}
        head = book.add_format({**boxed, "bold": True, "align": "center"})
        day, words = book.add_format({**boxed, "num_format": "yyyy-mm-dd"}), book.add_format(boxed)
        sheet.merge_range(0, 0, 0, len(columns) - 1, title, book.add_format({**base, "bold": True, "font_size": 16}))
        choices = {
            "source": [label(one) for one in DemandSource],
            "answer": [_("满意"), _("不满意"), _("未表态")],
        }
        for number, column in enumerate(columns):
            sheet.write_string(1, number, _(column.title), head)
            sheet.set_column(number, number, _WIDTHS[column.key])
            for row in range(2, 2 + ROWS):
                sheet.write_blank(row, number, None, day if column.key in _DAYS else words)
            if column.key in choices:
                listed = {"validate": "list", "source": choices[column.key], "error_type": "warning"}
                sheet.data_validation(2, number, 1 + ROWS, number, listed)
        note = _(
            "注：编号没有的不填，导入时按支部和年度顺编。诉求人只保存姓氏；不写电话、身份证号。还没有办结的，办结日期不填，"
            "办理结果可写“办理中”。群众确认后面可以写方式，如 满意（电话）。备注并入诉求内容。"
        )
        sheet.merge_range(2 + ROWS, 0, 2 + ROWS, len(columns) - 1, note, book.add_format({**base, "font_size": 9}))
        sheet.set_row(2 + ROWS, 32)
        sheet.set_row(0, 30)
        sheet.freeze_panes(2, 2)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_("&C第 &P 页 共 &N 页"))
    return memory.getvalue()
