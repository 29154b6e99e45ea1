"""Upward reports: the county's own workbook, kept by its SHA-256, and which figure goes into which cell."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class UpwardForm(Columns, table="upwardform"):
    """A workbook that the county wants filled in; `sha256` names its content among the kept files."""

    uid: Column[str]
    name: Column[str]
    sha256: Column[str]
    display_name: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    is_retired: Column[bool]


class UpwardCell(Columns, table="upwardcell"):
    """One cell, or the first of a column with a row a branch: `figure` is the word of what goes there."""

    form_id: Column[int]
    sheet: Column[str]
    cell: Column[str]
    figure: Column[str]
    is_column: Column[bool]
