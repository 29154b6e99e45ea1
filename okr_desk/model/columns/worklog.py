"""The working paper (工作底单): what was done, entered once on its day, and every measure that it counts for."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class WorkEntry(Columns, table="workentry"):
    """One piece of work of a branch. `part` is the second figure of a share (按时办结 of 应办结)."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    kind: Column[str]
    done_on: Column[date]
    what: Column[str]
    who: Column[str]
    result: Column[str]
    place: Column[str]
    amount: Column[Decimal]
    part: Column[Decimal | None]
    search_keys: Column[str]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    corrects_id: Column[int | None]
    withdrawn_at: Column[datetime | None]
    withdrawn_by: Column[int | None]
    withdrawn_reason: Column[str]
    batch_id: Column[int | None]


class WorkEntryLink(Columns, table="workentrylink"):
    """What an entry counts for, fixed when it was entered: an indicator, or a key result without one."""

    entry_id: Column[int]
    indicator_id: Column[int | None]
    key_result_id: Column[int | None]
    amount: Column[Decimal]
    part: Column[Decimal | None]


class WorkKind(Columns, table="workkind"):
    """A kind of work as the office has it; kinds that it never touched are those of `resources/seed/worklog.toml`."""

    word: Column[str]
    name: Column[str]
    unit: Column[str]
    amount_name: Column[str]
    part_name: Column[str]
    feeds: Column[str]
    use: Column[str]
    is_retired: Column[bool]
    account_id: Column[int]
    recorded_at: Column[datetime]
