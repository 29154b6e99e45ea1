"""Taking a whole import back: its rows go, what they superseded stands again, the trail keeps everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, or_, select

from okr_desk.clock import local
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.base import Row
from okr_desk.model.store import today
from okr_desk.model.tables import (
    Account,
    Adjustment,
    Appointment,
    Baseline,
    CheckIn,
    CheckInNode,
    Evidence,
    ImportBatch,
    KeyResult,
    KeyResultPlan,
    MeasuredValue,
    MilestoneNode,
    Narrative,
    NotApplicable,
    Objective,
    Org,
    OrgSuccession,
    OrgVersion,
    Person,
    Reopening,
    RoleGrant,
    Target,
)

_R = TypeVar("_R", bound=Row)
_OF_ORGS: tuple[Any, ...] = (
    Objective, Baseline, Target, MeasuredValue, NotApplicable, Narrative, Reopening, RoleGrant, Adjustment,
)  # fmt: skip
_LINES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Baseline, ("org_id", "indicator_id", "year")),
    (Target, ("org_id", "indicator_id", "year")),
    (MeasuredValue, ("org_id", "indicator_id", "quarter_id", "origin")),
    (CheckIn, ("key_result_id", "quarter_id")),
)
"""Tables in which a newer row supersedes an older one about the same thing."""


def take_back(session: Session, batch: ImportBatch) -> int:
    """Remove the rows of a batch; how many. Raises Refusal after its own day, or when something stands on it."""
    if local(batch.at).date() != today(session):
        raise Refusal(_("只能在导入当天撤消。以后有错请逐项更正，更正会留痕。"))
    ids = {table: [row.key for row in _of(session, table, batch)] for table in (Org, Objective, KeyResult, CheckIn)}
    _check_free(session, batch, ids)
    touched = _touched(session, batch)
    gone = 0
    gone += _delete(session, _where(session, CheckInNode, CheckInNode.checkin_id, ids[CheckIn]))
    for table in (MeasuredValue, CheckIn, Baseline, Target, NotApplicable):
        gone += _delete(session, _of(session, table, batch))
    gone += _delete(session, _where(session, KeyResultPlan, KeyResultPlan.key_result_id, ids[KeyResult]))
    gone += _delete(session, _where(session, MilestoneNode, MilestoneNode.key_result_id, ids[KeyResult]))
    gone += _delete(session, _of(session, KeyResult, batch))
    objectives = _of(session, Objective, batch)
    gone += _delete(session, [row for row in objectives if row.aligned_to_id is not None])
    gone += _delete(session, [row for row in objectives if row.aligned_to_id is None])
    gone += _delete(session, _where(session, Appointment, Appointment.org_id, ids[Org]))
    gone += _delete(session, _where(session, OrgVersion, OrgVersion.org_id, ids[Org]))
    gone += _delete(session, _of(session, Org, batch))
    gone += _delete(session, _unused(session, _of(session, Person, batch)))
    _stand_again(session, touched)
    return gone


def _of(session: Session, table: type[_R], batch: ImportBatch) -> Sequence[_R]:
    return session.exec(select(table).where(table.batch_id == batch.key)).all()  # type: ignore[attr-defined]


def _where(session: Session, table: type[_R], column: Any, ids: list[int]) -> Sequence[_R]:
    return session.exec(select(table).where(col(column).in_(ids))).all() if ids else []


def _delete(session: Session, rows: Iterable[SQLModel]) -> int:
    number = 0
    for row in rows:
        session.delete(row)
        number += 1
    session.flush()
    return number


def _check_free(session: Session, batch: ImportBatch, ids: dict[Any, list[int]]) -> None:
    """Nothing from elsewhere may stand on what is taken back."""

    def foreign(table: Any, column: Any, wanted: list[int]) -> bool:
        if not wanted:
            return False
        found = select(table.id).where(col(column).in_(wanted))
        if hasattr(table, "batch_id"):
            found = found.where(or_(table.batch_id.is_(None), table.batch_id != batch.key))
        return session.exec(found.limit(1)).first() is not None

    built_upon = (
        foreign(CheckIn, CheckIn.key_result_id, ids[KeyResult])
        or foreign(Adjustment, Adjustment.key_result_id, ids[KeyResult])
        or foreign(KeyResult, KeyResult.objective_id, ids[Objective])
        or foreign(Objective, Objective.aligned_to_id, ids[Objective])
        or foreign(Adjustment, Adjustment.objective_id, ids[Objective])
        or foreign(Evidence, Evidence.checkin_id, ids[CheckIn])
        or any(foreign(table, table.org_id, ids[Org]) for table in _OF_ORGS)
        or foreign(OrgVersion, OrgVersion.parent_id, _without_own(session, ids[Org]))
        or foreign(OrgSuccession, OrgSuccession.predecessor_id, ids[Org])
        or foreign(OrgSuccession, OrgSuccession.successor_id, ids[Org])
    )
    if built_upon:
        raise Refusal(_("导入之后已有新的填报或设置用到这些数据，不能整批撤消，请逐项更正。"))


def _without_own(session: Session, org_ids: list[int]) -> list[int]:
    """Parents among `org_ids` that have a child outside of them."""
    rows = session.exec(select(OrgVersion.org_id, OrgVersion.parent_id).where(col(OrgVersion.parent_id).in_(org_ids)))
    return sorted({parent for child, parent in rows if parent is not None and child not in set(org_ids)})


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
