"""急难愁盼台账 as an empty workbook: the heads that the reader looks for, choices in their cells, how to fill it in."""

from __future__ import annotations

from pathlib import Path

from okr_desk.exchange.ledger_template import Ledger, workbook
from okr_desk.exchange.sheets import SheetKind
from okr_desk.files import write_atomically
from okr_desk.i18n import _, using
from okr_desk.register_terms import DemandSource
from okr_desk.terms import label

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
    with using("zh_CN"):
        note = _(
            "注：编号没有的不填，导入时按支部和年度顺编。诉求人只保存姓氏；不写电话、身份证号。还没有办结的，办结日期不填，"
            "办理结果可写“办理中”。群众确认后面可以写方式，如 满意（电话）。备注并入诉求内容。"
        )
        choices = {
            "source": [label(one) for one in DemandSource],
            "answer": [_("满意"), _("不满意"), _("未表态")],
        }
        return workbook(Ledger(SheetKind.DEMANDS, _("急难愁盼台账"), note, _WIDTHS, _DAYS, choices))
