"""Vanguard posts (党员先锋岗): where one hangs, who holds it, the quarter's checks, and its taking down."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column
from okr_desk.model.columns.entered import Entered


class VanguardPost(Entered, table="vanguardpost"):
    """A post with its holder's promise, since the day it was hung up."""

    org_id: Column[int]
    name: Column[str]
    place: Column[str]
    holder: Column[str]
    promise: Column[str]
    hung_on: Column[date]


class PostCheck(Entered, table="postcheck"):
    """What the check of a quarter found; a correction supersedes it and it stays."""

    post_id: Column[int]
    quarter_id: Column[int]
    on: Column[date]
    result: Column[str]
    checked_by: Column[str]
    note: Column[str]
    superseded_at: Column[datetime | None]


class PostTakedown(Entered, table="posttakedown"):
    """The sign was taken down (摘牌) on a day, and why."""

    post_id: Column[int]
    on: Column[date]
    cause: Column[str]
