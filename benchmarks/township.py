"""A township of any size, written straight into a new database: branches × key results × check-ins."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from okr_desk.clock import FixedClock
from okr_desk.model import tables
from okr_desk.model.store import Store
from okr_desk.services.permits import SETUP
from okr_desk.terms import (
    ApprovalState,
    Dimension,
    Direction,
    EntryBasis,
    KrKind,
    Nature,
    OrgKind,
    QuarterState,
    Role,
    YearState,
)

DAY = date(2026, 10, 8)
YEAR = 2026
QUARTERS = 3
AT = datetime(2026, 10, 1, tzinfo=UTC)
BATCH = 5000
OBJECTIVES = 4
CATEGORIES = ("农村", "社区", "机关", "学校", "企业")


def build(path: Path, branches: int, key_results: int = 20, checkins: int = 12) -> Store:
    """A database of that size; each key result has `checkins` statements, the last of each quarter standing."""
    store = Store.create(path, FixedClock(DAY))
    with store.write(SETUP) as session:
        _frame(session)
        for number in range(1, branches + 1):
            _branch(session, number, key_results, checkins)
        _flush(session, force=True)
    return store


_waiting: dict[Any, list[dict[str, Any]]] = {}


def _add(table: Any, **values: Any) -> None:
    _waiting.setdefault(table, []).append(values)


def _flush(session: Session, *, force: bool = False) -> None:
    if not force and sum(map(len, _waiting.values())) < BATCH:
        return
    for table in list(_waiting):
        session.execute(insert(table), _waiting.pop(table))


def _frame(session: Session) -> None:
    _add(tables.Person, id=1, name="王玥", uid="p1")
    _add(tables.Org, id=1, uid="t", kind=OrgKind.TOWNSHIP, position=0)
    _add(tables.Account, id=1, login="admin", person_id=1)
    _add(tables.Year, id=1, number=YEAR, state=YearState.OPEN)
    for number, name in enumerate(CATEGORIES, 1):
        _add(tables.Category, id=number, name=name, position=number)
    for number in range(1, 5):
        state = QuarterState.OPEN if number == QUARTERS else QuarterState.PLANNING
        last = {1: 31, 2: 30, 3: 30, 4: 31}[number]
        first, end = date(YEAR, number * 3 - 2, 1), date(YEAR, number * 3, last)
        _add(
            tables.Quarter,
            id=number,
            year_id=1,
            number=number,
            starts_on=first,
            ends_on=end,
            due_on=date(2026, 10, 15) if number == QUARTERS else end,
            state=state,
        )
    _add(tables.OrgVersion, org_id=1, valid_from=date(2020, 1, 1), full_name="基准镇党委", short_name="基准镇")
    _add(
        tables.RoleGrant,
        account_id=1,
        role=Role.ADMINISTRATOR,
        org_id=1,
        includes_below=True,
        valid_from=date(2020, 1, 1),
    )
    _flush(session, force=True)


def _branch(session: Session, number: int, key_results: int, checkins: int) -> None:
    org = number + 1
    _add(tables.Org, id=org, uid=f"o{org}", kind=OrgKind.BRANCH, position=number)
    _add(
        tables.OrgVersion,
        org_id=org,
        valid_from=date(2020, 1, 1),
        full_name=f"第{number}村党支部",
        short_name=f"第{number}村",
        parent_id=1,
        category_id=number % len(CATEGORIES) + 1,
    )
    each = max(1, key_results // OBJECTIVES)
    for index in range(key_results):
        objective = number * OBJECTIVES + index // each % OBJECTIVES
        if index % each == 0 and index // each < OBJECTIVES:
            _add(
                tables.Objective,
                id=objective,
                uid=f"b{objective}",
                org_id=org,
                year=YEAR,
                code=f"O{index // each + 1}",
                title="目标",
                weight=Decimal(25),
                state=ApprovalState.APPROVED,
            )
        _key_result(number * key_results + index, objective, index, checkins)
    _flush(session)


def _key_result(key: int, objective: int, index: int, checkins: int) -> None:
    _add(
        tables.KeyResult,
        id=key,
        uid=f"k{key}",
        objective_id=objective,
        code=f"KR{index + 1}",
        position=index,
        title="关键结果",
        kind=KrKind.METRIC,
        nature=Nature.COMMITTED,
        dimension=list(Dimension)[index % 3],
        direction=Direction.UP,
        weight=Decimal(index % 5 + 1),
        baseline=Decimal(10),
        baseline_on=date(2025, 12, 31),
        baseline_source="台账",
        target=Decimal(90),
        state=ApprovalState.APPROVED,
    )
    per_quarter = checkins // QUARTERS
    for place in range(checkins):
        quarter, turn = place // per_quarter + 1, place % per_quarter
        _add(
            tables.CheckIn,
            uid=f"c{key}-{place}",
            key_result_id=key,
            quarter_id=min(quarter, QUARTERS),
            value=Decimal(10 + (key * 7 + place * 5) % 80),
            as_of=date(YEAR, min(quarter, QUARTERS) * 3, 20 + turn),
            account_id=1,
            basis=EntryBasis.OWN,
            recorded_at=AT,
            superseded_at=None if turn == per_quarter - 1 else AT,
        )
