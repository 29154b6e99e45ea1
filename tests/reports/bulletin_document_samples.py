"""The papers around a bulletin, usual ones and ones without a word of Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from okr_desk.queries.bulletin_papers import CommitteePaper, GradeNotice, ReceiptLine, ReceiptSheet
from okr_desk.queries.bulletin_text import (
    AnnexTable,
    BulletinPaper,
    BulletinText,
    TableColumn,
    TableGroup,
)
from okr_desk.queries.official_text import OfficialText
from okr_desk.rules.bulletins import BulletinMode, BulletinState, Wording
from tests import bulletin_samples


def bulletin() -> BulletinPaper:
    """An issued one."""
    made = bulletin_samples.paper()
    return replace(
        made, document="青党建〔2026〕12号", signed_by="王玥", issued_on=date(2026, 10, 8), state=BulletinState.ISSUED
    )


def notice() -> GradeNotice:
    """Two categories."""
    return GradeNotice(
        OfficialText(
            "", "", "关于2026年第三季度党支部考评等次的公示公告", "",
            ("现将等次予以公示。", "一、农村党支部（2个）", "好：青石村党支部、龙泉村党支部。"),
            "中共青山镇委员会", "2026年10月8日",
        ),
        2,
    )  # fmt: skip


def committee() -> CommitteePaper:
    """A usual page."""
    return CommitteePaper(
        "青山镇党委会议议题材料", "审定2026年第三季度党支部考评等次并印发通报", "镇党建办", ("好18个。", "暂定3个。"),
        ("党员到会率未达目标。",), ("以“仅等次”方式通报。",), ("通报方式：□仅等次",),
    )  # fmt: skip


def receipts(branches: int = 29) -> ReceiptSheet:
    """Some have signed."""
    lines = [ReceiptLine(f"第{n}党支部") for n in range(branches)]
    lines[0] = ReceiptLine("青石村党支部", "李旭昇", date(2026, 10, 9), "纸质签收")
    return ReceiptSheet(
        "青山镇", "2026年第三季度", "关于考评情况的通报", "青党建〔2026〕12号", date(2026, 10, 8), tuple(lines)
    )


def usual(key: str) -> object:
    """The usual paper of a key."""
    made = {"bulletin": bulletin, "grade-notice": notice, "committee-paper": committee, "bulletin-receipts": receipts}
    return made[key]()


def plain(key: str) -> object:
    """The same without Chinese."""
    if key == "bulletin":
        table = AnnexTable(
            "T", (TableColumn("N", 10), TableColumn("V", 10, "decimal")), (TableGroup("G", (("a", "1.5"),)),)
        )
        wording = Wording("M", "T", "A", "I", "O", "R", "P", "D", "S", "C", "B")
        return BulletinPaper(BulletinText(BulletinMode.GRADES, wording, (table,), date(2026, 10, 8), is_demo=True), "Q")
    if key == "grade-notice":
        return GradeNotice(OfficialText("", "", "T", "", ("P",), "S", "D"), 2, True)
    if key == "committee-paper":
        return CommitteePaper("T", "S", "U", ("F", "G"), ("P",), ("Q",), ("R",), True)
    return ReceiptSheet("T", "Q", "B", "N", date(2026, 10, 8), (ReceiptLine("A"),), True)
