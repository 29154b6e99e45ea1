"""Bulletins (通报): drafted from data, edited before issue, issued once with the number that the office gives."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Bulletin(Columns, table="bulletin"):
    """A bulletin of a quarter. `mode` is how branches are named; `document` the number of the office's register.

    `issued_on` None: still a draft. An issued one is published and never changed; `replaces_id` is what it corrects.
    """

    uid: Column[str]
    quarter_id: Column[int]
    mode: Column[str]
    document: Column[str]
    signed_by: Column[str]
    replaces_id: Column[int | None]
    account_id: Column[int]
    recorded_at: Column[datetime]
    issued_on: Column[date | None]
    issued_by: Column[int | None]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class BulletinText(Columns, table="bulletintext"):
    """The wording of a bulletin as somebody saved it, as JSON of its parts; the newest stands."""

    bulletin_id: Column[int]
    content: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
