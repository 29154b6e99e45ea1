"""Taking a whole import back: its rows go, what they superseded stands again, the trail keeps everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

from okr_desk.errors import Refusal
from okr_desk.model.base import Row
from okr_desk.model.tables import (
    Account,
    Appointment,
    Baseline,
    CheckIn,
    CheckInNode,
    ImportBatch,
    KeyResult,
    KeyResultPlan,
    MeasuredValue,
    MilestoneNode,
    NotApplicable,
    Objective,
    Org,
    OrgVersion,
    Person,
    Target,
)
from okr_desk.queries.import_undo import obstacle
from okr_desk.rules.permissions import Actor
from okr_desk.services import (
    appraisal_imports,
    demand_imports,
    duty_imports,
    member_imports,
    member_point_imports,
    whistle_imports,
)

_R = TypeVar("_R", bound=Row)
_LINES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Baseline, ("org_id", "indicator_id", "year")),
    (Target, ("org_id", "indicator_id", "year")),
    (MeasuredValue, ("org_id", "indicator_id", "quarter_id", "origin")),
    (CheckIn, ("key_result_id", "quarter_id")),
)
"""Tables in which a newer row supersedes an older one about the same thing."""

REGISTERS: tuple[Callable[[Session, Actor, ImportBatch], None], ...] = (
    duty_imports.take_back,
    whistle_imports.take_back,
    demand_imports.take_back,
    appraisal_imports.take_back,
    member_point_imports.take_back,
    member_imports.take_back,
)
"""For each register of daily work that is imported: remove the batch's entries with what belongs to them, and count
anew what they had fed."""


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the rows of a batch. Raises Refusal after its own day, or when something stands on it."""
    in_the_way = obstacle(session, batch.key, batch.at)
    if in_the_way:
        raise Refusal(in_the_way)
    ids = {table: [row.key for row in _of(session, table, batch)] for table in (Org, KeyResult, CheckIn)}
    for register in REGISTERS:
        register(session, actor, batch)
    touched = _touched(session, batch)
    _delete(session, _where(session, CheckInNode, CheckInNode.checkin_id, ids[CheckIn]))
    for table in (MeasuredValue, CheckIn, Baseline, Target, NotApplicable):
        _delete(session, _of(session, table, batch))
    _delete(session, _where(session, KeyResultPlan, KeyResultPlan.key_result_id, ids[KeyResult]))
    _delete(session, _where(session, MilestoneNode, MilestoneNode.key_result_id, ids[KeyResult]))
    _delete(session, _of(session, KeyResult, batch))
    objectives = _of(session, Objective, batch)
    _delete(session, [row for row in objectives if row.aligned_to_id is not None])
    _delete(session, [row for row in objectives if row.aligned_to_id is None])
    _delete(session, _where(session, Appointment, Appointment.org_id, ids[Org]))
    _delete(session, _where(session, OrgVersion, OrgVersion.org_id, ids[Org]))
    _delete(session, _of(session, Org, batch))
    _delete(session, _unused(session, _of(session, Person, batch)))
    _stand_again(session, touched)


def _of(session: Session, table: type[_R], batch: ImportBatch) -> Sequence[_R]:
    return session.exec(select(table).where(table.batch_id == batch.key)).all()  # type: ignore[attr-defined]


def _where(session: Session, table: type[_R], column: Any, ids: list[int]) -> Sequence[_R]:
    return session.exec(select(table).where(col(column).in_(ids))).all() if ids else []


def _delete(session: Session, rows: Iterable[SQLModel]) -> None:
    for row in rows:
        session.delete(row)
    session.flush()


def _unused(session: Session, people: Sequence[Person]) -> list[Person]:
    """People of the import who hold no post elsewhere and no account."""
    held = set(session.exec(select(Appointment.person_id))) | set(session.exec(select(Account.person_id)))
    return [person for person in people if person.key not in held]


def _touched(session: Session, batch: ImportBatch) -> dict[Any, set[tuple[object, ...]]]:
    """What the batch spoke of, by table."""
    return {table: {_about(row, names) for row in _of(session, table, batch)} for table, names in _LINES}


def _stand_again(session: Session, touched: dict[Any, set[tuple[object, ...]]]) -> None:
    """Where the import spoke and nothing stands any more, the newest of what is left does."""
    for table, names in _LINES:
        rows = [row for row in session.exec(select(table).order_by(table.id)) if _about(row, names) in touched[table]]
        rows = [row for row in rows if not getattr(row, "withdrawn", False)]
        standing = {_about(row, names) for row in rows if row.superseded_at is None}
        newest = {_about(row, names): row for row in rows}
        for about, row in newest.items():
            if about not in standing:
                row.superseded_at = None
                session.add(row)
    session.flush()


def _about(row: Any, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)
