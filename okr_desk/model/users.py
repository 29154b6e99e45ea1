"""Person, appointment and account are three things."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Instant


class Person(Row, table=True):
    """Somebody by name. No telephone, no identity number: they are not needed here."""

    uid: str = Field(default_factory=new_uid, unique=True)
    name: str = Field(max_length=40, index=True)
    search_keys: str = ""
    batch_id: int | None = None


class Appointment(Row, table=True):
    """A post in an organisation between two dates; without a person it is vacant."""

    org_id: int = Field(foreign_key="org.id", index=True)
    post: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    acting: bool = False
    valid_from: date
    valid_to: date | None = None
    note: str = ""


class Account(Row, table=True):
    """Who may sign in. Passwords are Argon2 hashes; ten wrong ones lock for a while."""

    login: str = Field(max_length=40, unique=True)
    person_id: int = Field(foreign_key="person.id")
    password_hash: str | None = None
    must_change: bool = False
    disabled_at: datetime | None = Field(default=None, sa_type=Instant)
    wrong_passwords: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Instant)
    last_sign_in_at: datetime | None = Field(default=None, sa_type=Instant)


class RoleGrant(Row, table=True):
    """A role within an organisation, with or without what is below, between two dates."""

    __table_args__ = (UniqueConstraint("account_id", "role", "org_id", "valid_from"), STRICT)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: str
    org_id: int = Field(foreign_key="org.id")
    includes_below: bool = True
    valid_from: date
    valid_to: date | None = None
