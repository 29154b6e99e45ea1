"""Red lines as the office words them: each with its versions, in a list that schemes name."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class RedLineRule(Columns, table="redlinerule"):
    """A code in a list; what it means is in its versions."""

    uid: Column[str]
    code: Column[str]
    list_name: Column[str]
    position: Column[int]
    retired_on: Column[date | None]


class RedLineVersion(Columns, table="redlineversion"):
    """A wording that counts from a quarter on (`valid_from` is its first day): replaced by the next, never edited."""

    rule_id: Column[int]
    version: Column[int]
    valid_from: Column[date]
    name: Column[str]
    search_keys: Column[str]
    trigger: Column[str]
    kind: Column[str]
    highest: Column[str]
    source: Column[str]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
