"""People, their posts, accounts and grants, as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from okr_desk.model.columns import Account, Appointment, Person, RoleGrant
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.rules.permissions import Action, Actor, GrantHeld, grant_for
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


def people(session: Reader) -> tuple[PersonView, ...]:
    """Everybody, by name."""
    rows = session.execute(select(*Person.ALL).order_by(Person.search_keys, Person.name, Person.id))
    return tuple(PersonView(row.id, row.uid, row.name, row.search_keys) for row in rows)


def names(session: Reader) -> dict[int, str]:
    """The name of the person behind every account."""
    return dict(facts(session.execute(_NAMES)))


_NAMES = select(Account.id, Person.name).join(Person.TABLE, Person.id == Account.person_id)


def appointments(session: Reader, org_id: int | None = None, day: date | None = None) -> tuple[AppointmentView, ...]:
    """Appointments of one organisation or of all; with `day` only those in force, otherwise the whole history."""
    wanted = (
        select(*Appointment.ALL, Person.name)
        .select_from(Appointment.TABLE)
        .join(Person.TABLE, Person.id == Appointment.person_id, isouter=True)
        .order_by(Appointment.org_id, Appointment.valid_from, Appointment.id)
    )
    if org_id is not None:
        wanted = wanted.where(Appointment.org_id == org_id)
    if day is not None:
        wanted = wanted.where(
            Appointment.valid_from <= day,
            or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
        )
    return tuple(_appointment(row) for row in session.execute(wanted))


def grants(session: Reader, account_id: int | None = None) -> dict[int, tuple[GrantHeld, ...]]:
    """The stored grants by account, past ones included."""
    wanted = select(*RoleGrant.ALL).order_by(RoleGrant.id)
    if account_id is not None:
        wanted = wanted.where(RoleGrant.account_id == account_id)
    found: dict[int, tuple[GrantHeld, ...]] = {}
    for row in session.execute(wanted):
        held = GrantHeld(row.id, Role(row.role), row.org_id, row.includes_below, row.valid_from, row.valid_to)
        found[row.account_id] = (*found.get(row.account_id, ()), held)
    return found


def accounts(session: Reader, day: date) -> tuple[AccountView, ...]:
    """All accounts with the grants in force on `day`; disabled ones last."""
    held = grants(session)
    rows = session.execute(
        select(*Account.ALL, Person.name)
        .select_from(Account.TABLE)
        .join(Person.TABLE, Person.id == Account.person_id)
        .order_by(Account.id)
    )
    views = [_account(row, tuple(g for g in held.get(row.id, ()) if g.holds_on(day))) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.is_disabled, view.id)))


def account(session: Reader, account_id: int, day: date) -> AccountView | None:
    """One account, or None."""
    return next((view for view in accounts(session, day) if view.id == account_id), None)


def actor(session: Reader, account_id: int, day: date) -> Actor | None:
    """The account as the person acting, with the grants in force on `day`; None when unknown or disabled."""
    found = account(session, account_id, day)
    if found is None or found.is_disabled:
        return None
    return Actor(found.id, found.login, found.name, found.grants)


def cycle_movers(session: Reader, day: date) -> frozenset[int]:
    """The persons whose accounts may move cycles on `day`: fewer than two need a recorded substitution."""
    able = [one for one in accounts(session, day) if not one.is_disabled]
    return frozenset(one.person_id for one in able if grant_for(one.grants, Action.MOVE_CYCLES, None, day))


def by_login(session: Reader, login: str, day: date) -> AccountView | None:
    """The account with this login, written in any case."""
    wanted = login.strip().casefold()
    return next((view for view in accounts(session, day) if view.login.casefold() == wanted), None)


def must_change(session: Reader, account_id: int) -> bool:
    """Whether the password was given by somebody else and has to be replaced at sign-in."""
    found = session.execute(select(Account.must_change).where(Account.id == account_id)).scalar()
    return bool(found)


def _appointment(row: Facts) -> AppointmentView:
    return AppointmentView(
        id=row.id,
        org_id=row.org_id,
        post=Post(row.post),
        person_id=row.person_id,
        name=row.name or "",
        acting=row.acting,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
    )


def _account(row: Facts, held: tuple[GrantHeld, ...]) -> AccountView:
    return AccountView(
        id=row.id,
        login=row.login,
        person_id=row.person_id,
        name=row.name,
        has_password=row.password_hash is not None,
        must_change=row.must_change,
        is_disabled=row.disabled_at is not None,
        locked_until=row.locked_until,
        last_sign_in_at=row.last_sign_in_at,
        grants=held,
    )
