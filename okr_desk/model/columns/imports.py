"""What came in from workbooks, and the doubtful cells that still wait for a decision."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class ImportBatch(Columns, table="importbatch"):
    """One import: one transaction, undone in one step on the same day."""

    at: Column[datetime]
    account_id: Column[int]
    transaction: Column[str]
    files: Column[str]
    written: Column[int]
    unchanged: Column[int]
    undone_at: Column[datetime | None]
    undone_by: Column[int | None]


class ImportQuestion(Columns, table="importquestion"):
    """A doubtful cell: where it stands, what it says, what we would read, and why we ask."""

    batch_id: Column[int]
    workbook: Column[str]
    sheet: Column[str]
    cell: Column[str]
    raw: Column[str]
    proposal: Column[str]
    reason: Column[str]
    lossless: Column[bool]
    fact: Column[str]
    target: Column[str]
    decision: Column[str]
    decided_at: Column[datetime | None]
    decided_by: Column[int | None]
