"""Who took a sheet, when and in which way: the receipts of a quarter's deliveries, the newest last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.model.columns import Receipt, Review
from okr_desk.model.columns import ReviewStep as Step
from okr_desk.model.reading import Reader
from okr_desk.queries import users
from okr_desk.review_terms import ReceiptWay

RECORD = "review"
"""The word of the register where receipts of sheets stand; their record is the step of the delivery."""


@dataclass(frozen=True)
class ReceiptView:
    """One delivery: by whom and when the sheet was taken; `until`: how long one may object to it."""

    org_id: int
    received_on: date
    received_by: str
    way: ReceiptWay
    until: date | None
    recorded_by: str


def receipts(session: Reader, quarter_id: int) -> tuple[ReceiptView, ...]:
    """The deliveries of a quarter in their order."""
    names = users.names(session)
    asked = (
        select(*Receipt.ALL, Step.until)
        .select_from(Receipt.TABLE)
        .join(Step.TABLE, Step.id == Receipt.record_id)
        .join(Review.TABLE, Review.id == Step.review_id)
        .where(Receipt.record == RECORD, Review.quarter_id == quarter_id)
        .order_by(Receipt.id)
    )
    return tuple(
        ReceiptView(
            row.org_id,
            row.received_on,
            row.received_by,
            ReceiptWay(row.way),
            row.until,
            names.get(row.account_id, ""),
        )
        for row in session.execute(asked)
    )
