"""Small county forms for tests: a merged title, heads of two rows, formulas, formats, a note at the bottom."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from okr_desk.exchange import upward
from okr_desk.rules.upward import BranchName, FormDraft

ONE, TWO = "表一", "表二"
BRANCHES = tuple(
    BranchName(key, f"{name}党支部", f"中共青山镇{name}支部委员会")
    for key, name in enumerate(("青石村", "东岭村", "中心小学"), start=1)
)


def form(names: Sequence[str] = (), change: Callable[[Workbook], Any] | None = None) -> bytes:
    """A form of two sheets; `names` stand in the column of names, with a sum below them."""
    book = openpyxl.Workbook()
    one = book.active
    assert one is not None
    one.title = ONE
    one.merge_cells("A1:D1")
    one["A1"] = "季度报表"
    for row, (label, unit) in enumerate((("支部总数", "个"), ("目标完成率", "%"), ("填报日期：", None)), start=2):
        one.cell(row, 1, label)
        one.cell(row, 2, unit)
    one["C3"].number_format = "0.0%"
    one["B4"].number_format = "yyyy-mm-dd"
    one["C5"] = "=C2*2"
    one["A6"] = "注：没有的留空，不填0。"
    two = book.create_sheet(TWO)
    two.merge_cells("A1:E1")
    two["A1"] = "支部情况"
    two.merge_cells("A2:A3")
    two.merge_cells("B2:C2")
    for cell, text in (
        ("A2", "支部名称"),
        ("B2", "党员数"),
        ("B3", "正式"),
        ("C3", "预备"),
        ("D2", "等次"),
        ("E2", "备注"),
    ):
        two[cell] = text
    for row, name in enumerate(names, start=4):
        two.cell(row, 1, name)
    last = 4 + (len(names) or len(BRANCHES))
    two.cell(last, 1, "合计")
    two.cell(last, 2, f"=SUM(B4:B{last - 1})")
    two.cell(last + 1, 1, "填表人：王玥")
    if change is not None:
        change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def kept(content: bytes, name: str = "季度报表", file_name: str = "报表.xlsx") -> FormDraft:
    """The form ready to be kept."""
    return FormDraft(name, file_name, content, upward.read(content, file_name))


def reopened(path: Path) -> Workbook:
    """A filled form as an independent reader sees it."""
    return openpyxl.load_workbook(path)
