"""A township founded through the services, on a real file: two villages, a general branch over one school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import AuditEntry
from okr_desk.queries import cycles as cycles_now
from okr_desk.queries import orgs as orgs_now
from okr_desk.queries import users as users_now
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.orgs import OrgDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.users import AccountDraft, PersonDraft
from okr_desk.services import cycles, orgs, permits, setup, users
from okr_desk.services.outcome import Outcome
from okr_desk.terms import OrgKind, QuarterState, Role, YearState

PASSWORD = "青山依旧在2026"
FIRST = date(2026, 1, 1)
TODAY = date(2026, 10, 8)


@dataclass
class Town:
    """The store, the ids by short name, and one person for each role."""

    store: Store
    township: int
    ids: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def write(self, who: str, service: Callable[..., Outcome[Any]], *args: Any) -> Outcome[Any]:
        """Run one service as one person, in a transaction of its own."""
        with self.store.write(self.actors[who]) as session:
            return service(session, self.actors[who], *args)

    def read(self, query: Callable[..., Any], *args: Any) -> Any:
        """Run one query."""
        with self.store.rows() as session:
            return query(session, *args)

    def trail(self) -> list[AuditEntry]:
        """All entries of the trail, oldest first."""
        with self.store.rows() as session:
            return list(session.exec(select(AuditEntry).order_by("id")))

    def quarter(self, number: int, year: int = 2026) -> QuarterView:
        """A quarter as it stands."""
        found: QuarterView | None = self.read(cycles_now.quarter, year, number)
        assert found is not None
        return found

    def branch(self, short_name: str, **more: Any) -> OrgDraft:
        """A rural branch under the township from the first day of 2026."""
        plain: dict[str, Any] = {"parent_id": self.township, "category_id": self.categories["农村"]}
        names = {"full_name": f"中共青山镇{short_name}支部委员会", "short_name": short_name, "valid_from": FIRST}
        return OrgDraft(OrgKind.BRANCH, **{**names, **plain, **more})

    def freeze(self, number: int = 3) -> QuarterView:
        """Put the year into use, open a quarter and freeze it."""
        year = self.read(cycles_now.years)[0]
        if year.state is YearState.PLANNING:
            self.write("admin", cycles.move_year, year.id, YearState.OPEN)
        for state in (QuarterState.OPEN, QuarterState.FROZEN):
            self.write("admin", cycles.move_quarter, self.quarter(number).id, state)
        return self.quarter(number)


_MADE: dict[date, tuple[bytes, Town]] = {}
LIGHT = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""The smallest Argon2id that is one: most tests are about what surrounds it."""


def found(path: Path, day: date = TODAY) -> Town:
    """王玥 administers, 李旭昇 is secretary of 青石村, 覃喆 only looks. Made once, then copied for each test."""
    if day not in _MADE:
        usual, users.HASHER = users.HASHER, LIGHT
        made = _found(path.with_suffix(".first"), day)
        users.HASHER = usual
        made.store.close()
        _MADE[day] = path.with_suffix(".first").read_bytes(), made
    content, made = _MADE[day]
    path.write_bytes(content)
    store = Store.open(path, FixedClock(day))
    return Town(store, made.township, dict(made.ids), dict(made.categories), dict(made.actors))


def _found(path: Path, day: date) -> Town:
    store = Store.create(path, FixedClock(day))
    draft = setup.TownshipDraft("青山镇", "中共青山镇委员会", "admin", "王玥", PASSWORD, 2026)
    with store.write(permits.SETUP) as session:
        town = Town(store, setup.create_township(session, draft).value)
    town.categories = {found.name: found.id for found in town.read(orgs_now.categories)}
    town.actors["admin"] = town.read(users_now.actor, 1, day)
    for name in ("青石村党支部", "龙泉村党支部"):
        town.ids[name] = town.write("admin", orgs.create, town.branch(name, full_members=20)).value
    town.ids["教育党总支"] = town.write(
        "admin",
        orgs.create,
        OrgDraft(OrgKind.GENERAL_BRANCH, "中共青山镇教育总支部委员会", "教育党总支", FIRST, town.township),
    ).value
    school = town.branch("中心小学党支部", parent_id=town.ids["教育党总支"], category_id=town.categories["学校"])
    town.ids["中心小学党支部"] = town.write("admin", orgs.create, school).value
    add_account(town, "secretary", "李旭昇", Role.BRANCH_SECRETARY, town.ids["青石村党支部"])
    add_account(town, "viewer", "覃喆", Role.VIEWER, town.township)
    return town


def add_account(town: Town, login: str, name: str, role: Role, org_id: int) -> int:
    """A person with an account without a password; the account's id, and the person acting under its login."""
    person_id = town.write("admin", users.create_person, PersonDraft(name)).value
    draft = AccountDraft(login, person_id, role, org_id, FIRST)
    account_id: int = town.write("admin", users.create_account, draft).value
    town.actors[login] = town.read(users_now.actor, account_id, TODAY)
    return account_id
