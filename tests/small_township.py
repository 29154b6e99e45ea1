"""A township of two branches on a real file: the smallest in which rights, alignment and conflicts can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session, select

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import (
    Account,
    AuditEntry,
    Category,
    Org,
    OrgVersion,
    Person,
    Quarter,
    RoleGrant,
    Year,
)
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.objectives import KeyResultDraft, ObjectiveDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import indicators
from okr_desk.services.permits import held
from okr_desk.terms import Dimension, Direction, KrKind, Nature, OrgKind, QuarterState, Role, YearState
from tests.made_once import made_once

ENDS = {1: date(2026, 3, 31), 2: date(2026, 6, 30), 3: date(2026, 9, 30), 4: date(2026, 12, 31)}


@dataclass
class Small:
    """The store with the ids a test needs and one person for each role."""

    store: Store
    township: int
    village: int
    school: int
    quarters: dict[int, int]
    attendance: int
    income: int
    office: Actor
    secretary: Actor
    stranger: Actor
    viewer: Actor

    def trail(self) -> list[AuditEntry]:
        """All entries of the trail in order."""
        with self.store.rows() as session:
            return list(session.exec(select(AuditEntry).order_by("id")))


@made_once
def build(path: Path, clock: FixedClock) -> Small:
    """Make the township: 2026 open with its third quarter, 2027 in planning, two indicators."""
    store = Store.create(path, clock)
    from okr_desk.services.permits import SETUP

    with store.write(SETUP) as session:
        rural = _category(session, "农村", 0)
        schools = _category(session, "学校", 1)
        top = _org(session, OrgKind.TOWNSHIP, "青山镇", None, None)
        village = _org(session, OrgKind.BRANCH, "青石村党支部", top, rural)
        school = _org(session, OrgKind.BRANCH, "中心小学党支部", top, schools)
        quarters = _year(session, 2026, YearState.OPEN)
        _year(session, 2027, YearState.PLANNING)
        _year(session, 2025, YearState.CLOSED)
        people = {
            "office": _account(session, "王玥", Role.TOWNSHIP_OFFICIAL, top),
            "secretary": _account(session, "李旭昇", Role.BRANCH_SECRETARY, village),
            "stranger": _account(session, "单晓", Role.BRANCH_SECRETARY, school),
            "viewer": _account(session, "覃喆", Role.VIEWER, top),
        }
        attendance = indicators.create(session, SETUP, percent("B08", "党员到会率")).value
        income = indicators.create(session, SETUP, percent("F07", "村集体经营性收入")).value
    with store.rows() as session:
        actors = {who: _actor(session, account_id) for who, account_id in people.items()}
    return Small(store, top, village, school, quarters, attendance, income, **actors)


def percent(code: str, name: str, **more: object) -> IndicatorDraft:
    """A rising percentage."""
    plain = {"unit": "%", "direction": Direction.UP, "dimension": Dimension.BASIC}
    return IndicatorDraft(code, name, **{**plain, **more})  # type: ignore[arg-type]


def objective(org_id: int, code: str = "O1", **more: object) -> ObjectiveDraft:
    """An objective of 2026 that carries all the weight."""
    plain = {"year": 2026, "title": "壮大集体经济", "weight": Decimal(100)}
    return ObjectiveDraft(org_id, code=code, **{**plain, **more})  # type: ignore[arg-type]


def metric(code: str = "KR1.1", **more: object) -> KeyResultDraft:
    """A rising metric with its own line from 60 to 90."""
    plain: dict[str, object] = {
        "kind": KrKind.METRIC,
        "nature": Nature.COMMITTED,
        "title": "办结率由60%提高到90%",
        "dimension": Dimension.FUSION,
        "weight": Decimal(100),
        "unit": "%",
        "direction": Direction.UP,
        "baseline": Decimal(60),
        "baseline_on": date(2025, 12, 31),
        "baseline_source": "2025年末实绩",
        "target": Decimal(90),
    }
    return KeyResultDraft(code=code, **{**plain, **more})  # type: ignore[arg-type]


def bare(kind: KrKind, code: str = "KR1.1", **more: object) -> KeyResultDraft:
    """A key result without a line of its own."""
    plain: dict[str, object] = {"baseline": None, "baseline_on": None, "baseline_source": "", "target": None}
    return metric(code, **{**plain, "kind": kind, "unit": "", "direction": None, **more})


def _category(session: Session, name: str, position: int) -> int:
    row = Category(name=name, position=position)
    session.add(row)
    session.flush()
    return row.key


def _org(session: Session, kind: OrgKind, name: str, parent: int | None, category: int | None) -> int:
    row = Org(kind=kind.value)
    session.add(row)
    session.flush()
    session.add(
        OrgVersion(
            org_id=row.key,
            valid_from=date(2025, 1, 1),
            full_name=name,
            short_name=name,
            parent_id=parent,
            category_id=category,
        )
    )
    session.flush()
    return row.key


def _year(session: Session, number: int, state: YearState) -> dict[int, int]:
    year = Year(number=number, state=state.value)
    session.add(year)
    session.flush()
    states = {1: QuarterState.FROZEN, 2: QuarterState.FROZEN, 3: QuarterState.OPEN, 4: QuarterState.PLANNING}
    found = {}
    for quarter, ends in ENDS.items():
        row = Quarter(
            year_id=year.key,
            number=quarter,
            starts_on=date(number, 3 * quarter - 2, 1),
            ends_on=ends.replace(year=number),
            due_on=ends.replace(year=number),
            state=states[quarter].value,
        )
        session.add(row)
        session.flush()
        found[quarter] = row.key
    return found


def _account(session: Session, name: str, role: Role, org_id: int) -> int:
    person = Person(name=name)
    session.add(person)
    session.flush()
    account = Account(login=name, person_id=person.key)
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.key, role=role.value, org_id=org_id, valid_from=date(2025, 1, 1)))
    return account.key


def _actor(session: Session, account_id: int) -> Actor:
    account = session.get(Account, account_id)
    assert account is not None
    return Actor(account_id, account.login, account.login, held(session, account_id))
