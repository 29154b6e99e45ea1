"""Activities of the 党群服务中心: one a row, with how many came and how those rated it who scanned the code on site."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Activity(Columns, table="activity"):
    """One activity. `counts`: answers of the on-site rating by level, best first, by comma; `unsure` beside them."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    held_on: Column[date]
    topic: Column[str]
    place: Column[str]
    attended: Column[int]
    counts: Column[str]
    unsure: Column[int]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
