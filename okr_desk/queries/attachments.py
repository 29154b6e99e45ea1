"""Attachments as they were kept: those of a record, and which of their files are missing or were changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.model.columns import Attachment
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import evidence, users
from okr_desk.queries.evidence import Kept


@dataclass(frozen=True)
class AttachmentView:
    """A file of a record. `fault`: 材料缺失 or 已改动 where it is not what was handed in, empty where it is."""

    id: int
    record: str
    record_id: int
    kept: Kept
    size: int
    added_on: date
    by: str
    fault: str = ""


def of_record(session: Reader, record: str, record_id: int) -> tuple[AttachmentView, ...]:
    """What stands behind one record; each file is read, so that a lost or altered one is said."""
    asked = select(*Attachment.ALL).where(Attachment.record == record, Attachment.record_id == record_id)
    rows = session.execute(asked.where(Attachment.withdrawn_at.is_(None)).order_by(Attachment.id))
    names = users.names(session)
    return tuple(_view(row, names, evidence.fault_of(session, row.sha256, row.size)) for row in rows)


def of_records(session: Reader, record: str, quarter_id: int | None) -> dict[int, tuple[AttachmentView, ...]]:
    """What stands behind the records of a quarter (None: of all), by record; only a file that is not there is said."""
    asked = select(*Attachment.ALL).where(Attachment.record == record, Attachment.withdrawn_at.is_(None))
    if quarter_id is not None:
        asked = asked.where(Attachment.quarter_id == quarter_id)
    names = users.names(session)
    found: dict[int, list[AttachmentView]] = defaultdict(list)
    for row in session.execute(asked.order_by(Attachment.id)):
        found[row.record_id].append(_view(row, names, evidence.missing(session, row.sha256)))
    return {key: tuple(rows) for key, rows in found.items()}


def _view(row: Facts, names: dict[int, str], fault: str) -> AttachmentView:
    kept = Kept(row.sha256, row.display_name)
    by = names.get(row.account_id, "")
    return AttachmentView(row.id, row.record, row.record_id, kept, row.size, local(row.added_at).date(), by, fault)
