"""Person, appointment and account are three things."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Person(Columns, table="person"):
    """Somebody by name. No telephone, no identity number: they are not needed here."""

    uid: Column[str]
    name: Column[str]
    search_keys: Column[str]
    batch_id: Column[int | None]


class Appointment(Columns, table="appointment"):
    """A post in an organisation between two dates; without a person it is vacant."""

    org_id: Column[int]
    post: Column[str]
    person_id: Column[int | None]
    acting: Column[bool]
    valid_from: Column[date]
    valid_to: Column[date | None]
    note: Column[str]


class Account(Columns, table="account"):
    """Who may sign in. Passwords are Argon2 hashes; ten wrong ones lock for a while."""

    login: Column[str]
    person_id: Column[int]
    password_hash: Column[str | None]
    must_change: Column[bool]
    disabled_at: Column[datetime | None]
    wrong_passwords: Column[int]
    locked_until: Column[datetime | None]
    last_sign_in_at: Column[datetime | None]


class RoleGrant(Columns, table="rolegrant"):
    """A role within an organisation, with or without what is below, between two dates."""

    account_id: Column[int]
    role: Column[str]
    org_id: Column[int]
    includes_below: Column[bool]
    valid_from: Column[date]
    valid_to: Column[date | None]
