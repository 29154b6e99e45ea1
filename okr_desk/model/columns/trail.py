"""The audit trail's table and the database's own facts."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class AuditEntry(Columns, table="auditentry"):
    """One change of one row, or one denial, chained to the entry before by a keyed hash."""

    at: Column[datetime]
    account_id: Column[int | None]
    grant_id: Column[int | None]
    transaction: Column[str]
    action: Column[str]
    table: Column[str]
    row_id: Column[int | None]
    before: Column[str]
    after: Column[str]
    previous: Column[str]
    hash: Column[str]


class Meta(Columns, table="meta"):
    """Facts of this database: epoch, demo flag and its date, audit key, township name."""

    name: Column[str]
    value: Column[str]
