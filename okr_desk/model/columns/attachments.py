"""Attachments: files that stand behind a record of daily work, kept by their SHA-256 like the evidence of check-ins."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class Attachment(Columns, table="attachment"):
    """A file of a record; `record` is the word of the register (`worklog`), `record_id` the id there."""

    uid: Column[str]
    record: Column[str]
    record_id: Column[int]
    org_id: Column[int]
    quarter_id: Column[int]
    sha256: Column[str]
    display_name: Column[str]
    size: Column[int]
    added_at: Column[datetime]
    account_id: Column[int]
    withdrawn_at: Column[datetime | None]
    withdrawn_by: Column[int | None]
    withdrawn_reason: Column[str]
