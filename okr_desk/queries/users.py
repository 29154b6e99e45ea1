"""People, their posts, accounts and grants, as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from okr_desk.model.tables import Account, Appointment, Person, RoleGrant
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.terms import Post, Role


@dataclass(frozen=True)
class PersonView:
    """Somebody by name."""

    id: int
    uid: str
    name: str
    search_keys: str


@dataclass(frozen=True)
class AppointmentView:
    """A post in an organisation; `person_id` None means vacant."""

    id: int
    org_id: int
    post: Post
    person_id: int | None
    name: str
    acting: bool
    valid_from: date
    valid_to: date | None
    note: str


@dataclass(frozen=True)
class AccountView:
    """An account with its grants in force; times are UTC."""

    id: int
    login: str
    person_id: int
    name: str
    has_password: bool
    must_change: bool
    is_disabled: bool
    locked_until: datetime | None
    last_sign_in_at: datetime | None
    grants: tuple[GrantHeld, ...]


def people(session: Session) -> tuple[PersonView, ...]:
    """Everybody, by name."""
    rows = session.exec(select(Person).order_by(Person.search_keys, Person.name, "id"))
    return tuple(PersonView(row.key, row.uid, row.name, row.search_keys) for row in rows)


def names(session: Session) -> dict[int, str]:
    """The name of the person behind every account."""
    rows = session.exec(select(Account.id, Person.name).join(Person, col(Person.id) == col(Account.person_id)))
    return {account_id: name for account_id, name in rows if account_id is not None}


def appointments(session: Session, org_id: int | None = None, day: date | None = None) -> tuple[AppointmentView, ...]:
    """Appointments of one organisation or of all; with `day` only those in force, otherwise the whole history."""
    wanted = (
        select(Appointment, Person.name)
        .join(Person, col(Person.id) == col(Appointment.person_id), isouter=True)
        .order_by(col(Appointment.org_id), col(Appointment.valid_from), col(Appointment.id))
    )
    if org_id is not None:
        wanted = wanted.where(Appointment.org_id == org_id)
    if day is not None:
        wanted = wanted.where(
            col(Appointment.valid_from) <= day,
            or_(col(Appointment.valid_to).is_(None), col(Appointment.valid_to) >= day),
        )
    return tuple(_appointment(row, name) for row, name in session.exec(wanted))


def grants(session: Session, account_id: int | None = None) -> dict[int, tuple[GrantHeld, ...]]:
    """The stored grants by account, past ones included."""
    wanted = select(RoleGrant).order_by(col(RoleGrant.id))
    if account_id is not None:
        wanted = wanted.where(RoleGrant.account_id == account_id)
    found: dict[int, tuple[GrantHeld, ...]] = {}
    for row in session.exec(wanted):
        held = GrantHeld(row.key, Role(row.role), row.org_id, row.includes_below, row.valid_from, row.valid_to)
        found[row.account_id] = (*found.get(row.account_id, ()), held)
    return found


def accounts(session: Session, day: date) -> tuple[AccountView, ...]:
    """All accounts with the grants in force on `day`; disabled ones last."""
    held = grants(session)
    rows = session.exec(select(Account, Person.name).join(Person, col(Person.id) == col(Account.person_id))).all()
    views = [_account(row, name, tuple(g for g in held.get(row.key, ()) if g.holds_on(day))) for row, name in rows]
    return tuple(sorted(views, key=lambda view: (view.is_disabled, view.id)))


def account(session: Session, account_id: int, day: date) -> AccountView | None:
    """One account, or None."""
    return next((view for view in accounts(session, day) if view.id == account_id), None)


def actor(session: Session, account_id: int, day: date) -> Actor | None:
    """The account as the person acting, with the grants in force on `day`; None when unknown or disabled."""
    found = account(session, account_id, day)
    if found is None or found.is_disabled:
        return None
    return Actor(found.id, found.login, found.name, found.grants)


def by_login(session: Session, login: str, day: date) -> AccountView | None:
    """The account with this login, written in any case."""
    wanted = login.strip().casefold()
    return next((view for view in accounts(session, day) if view.login.casefold() == wanted), None)


def must_change(session: Session, account_id: int) -> bool:
    """Whether the password was given by somebody else and has to be replaced at sign-in."""
    row = session.get(Account, account_id)
    return row is not None and row.must_change


def _appointment(row: Appointment, name: str | None) -> AppointmentView:
    return AppointmentView(
        id=row.key,
        org_id=row.org_id,
        post=Post(row.post),
        person_id=row.person_id,
        name=name or "",
        acting=row.acting,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
    )


def _account(row: Account, name: str, held: tuple[GrantHeld, ...]) -> AccountView:
    return AccountView(
        id=row.key,
        login=row.login,
        person_id=row.person_id,
        name=name,
        has_password=row.password_hash is not None,
        must_change=row.must_change,
        is_disabled=row.disabled_at is not None,
        locked_until=row.locked_until,
        last_sign_in_at=row.last_sign_in_at,
        grants=held,
    )
