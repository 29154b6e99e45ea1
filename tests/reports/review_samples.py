"""Papers around a review, made by hand: two objections of one branch, one answered; receipts; an archive's list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.queries.objections import DecisionView, ObjectionView
from okr_desk.queries.review_papers import ArchiveList, Filed, Handed, ObjectionForms, ReceiptList
from okr_desk.review_terms import ObjectionOutcome, ReviewState
from okr_desk.terms import EntryBasis
from tests.reports import samples

D = Decimal
ANSWER = DecisionView(
    ObjectionOutcome.PARTLY,
    D("3.5"),
    "经核对银行回单，三户已于9月29日缴清，一户逾期，按实际缴纳率重新计分。",
    "《基层党支部考核评分办法》第七条",
    date(2026, 10, 16),
    "赵海",
    "",
    "赵海",
)


def objection(number: int = 1, answer: DecisionView | None = ANSWER, **more: object) -> ObjectionView:
    """An objection to a line."""
    plain: dict[str, object] = {
        "id": number,
        "number": f"申辩2026-3-{number:03}",
        "review_id": 1,
        "org_id": 2,
        "org": "青石村党支部",
        "line_id": 7,
        "subject": "B09 党费按月足额收缴率",
        "points": D(2),
        "claimed": D(4),
        "reason": "两名在外务工党员已于9月29日通过银行转账足额补缴，回单附后，请予核实并更正得分。",
        "received_on": date(2026, 10, 13),
        "due_on": date(2026, 10, 27),
        "by": "李旭昇",
        "basis": EntryBasis.OWN,
        "again_of_id": None,
        "recorded_by": "李旭昇",
        "recorded_at": datetime(2026, 10, 13, 2, tzinfo=UTC),
        "review_state": ReviewState.OBJECTED,
        "decision": answer,
        "withdrawn": False,
        "withdrawn_reason": "",
    }
    return ObjectionView(**(plain | more))  # type: ignore[arg-type]


def objections() -> ObjectionForms:
    """One answered, one not yet."""
    sheet = samples.sheet()
    open_one = objection(2, None, subject="F07 村集体经营性收入", basis=EntryBasis.PAPER)
    return ObjectionForms(
        "青山镇",
        sheet.board.org,
        sheet.board.quarter,
        "评审2026-3-001",
        date(2026, 10, 9),
        (objection(), open_one),
        (("银行回单.jpg",), ()),
        "a" * 64,
    )


def receipts(count: int = 29) -> ReceiptList:
    """All but the last two have their sheet."""
    rows = tuple(
        Handed(
            f"第{n}村党支部",
            f"评审2026-3-{n:03}",
            1 if n < count - 1 else 0,
            date(2026, 10, 9) if n < count - 1 else None,
            "李旭昇" if n < count - 1 else "",
            "纸质签收",
            date(2026, 10, 15) if n < count - 1 else None,
        )
        for n in range(1, count + 1)
    )
    return ReceiptList("青山镇", samples.sheet().board.quarter, rows, "b" * 64)


def archive() -> ArchiveList:
    """Sheets in two versions, a bulletin, an objection."""
    rows = (
        Filed("支部季度评审表", "评审2026-3-001", "青石村党支部", date(2026, 10, 9), 1, "3F2A-91BC-07DE"),
        Filed("支部季度评审表", "评审2026-3-001", "青石村党支部", date(2026, 10, 16), 2, "90AB-11CD-22EF"),
        Filed("通报", "青党建〔2026〕12号", "全镇", date(2026, 10, 28), 1, "77AA-00BC-1234"),
        Filed("申辩复核表", "申辩2026-3-001", "青石村党支部", date(2026, 10, 16), 1, ""),
    )
    return ArchiveList("青山镇", samples.sheet().board.quarter, rows, "c" * 64)


def plain(key: str) -> object:
    """The same papers without a word that somebody typed, but for names."""
    if key == "objection":
        bare = replace(objection(1, None, reason="A", subject="B09", by="L"), number="N1")
        return replace(objections(), objections=(bare,), files=((),), number="R1")
    if key == "receipts":
        return replace(receipts(), rows=(Handed("V", "R1", 1, date(2026, 10, 9), "L", "", date(2026, 10, 15)),))
    return replace(archive(), rows=(Filed("D", "N1", "V", date(2026, 10, 9), 1, "AAAA"),))
