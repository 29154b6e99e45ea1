"""The register of departments: added, changed, taken out of use; never deleted, because whistles name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.tables import Department
from okr_desk.queries import cycles
from okr_desk.queries.departments import usual
from okr_desk.queries.whistle_counts import SOURCE
from okr_desk.rules.checks import check_text
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState
from okr_desk.whistle_terms import DepartmentKind

CHANGED = changed(Topic.WHISTLES)
NAME_LIMIT = 30


@dataclass(frozen=True)
class DepartmentDraft:
    """A department. `org_id`: the branch whose F16, F17 and F18 it feeds; None: none of the township."""

    name: str
    kind: DepartmentKind
    org_id: int | None = None
    is_active: bool = True


def load_seed(session: Session) -> Outcome[int]:
    """Begin with the departments that townships usually have; names that are there already stay as they are."""
    made = _add_missing(session, [name for name, _kind in usual()])
    return Outcome(len(made), CHANGED if made else Changes())


def add_usual(session: Session, actor: Actor, names: Sequence[str]) -> Outcome[tuple[int, ...]]:
    """Add the usual departments of these names to the register of an older database; their ids.

    Names that are there already stay as they are, also those taken out of use. Office only.
    """
    permits.require(session, actor, Action.CHECK_DAILY)
    made = _add_missing(session, names)
    return Outcome(made, CHANGED if made else Changes())


def create(session: Session, actor: Actor, draft: DepartmentDraft) -> Outcome[int]:
    """Add a department; its id. Raises InputRefused for a name that is taken."""
    permits.require(session, actor, Action.CHECK_DAILY)
    _check(session, draft, None)
    return Outcome(_add(session, draft).key, CHANGED)


def change(session: Session, actor: Actor, department_id: int, draft: DepartmentDraft) -> Outcome[int]:
    """Change name, kind, branch or use; the id. Raises InputRefused, WrongState.

    Where another branch is named, both are counted anew from the first open quarter on; frozen ones stay as they are.
    """
    permits.require(session, actor, Action.CHECK_DAILY)
    row = session.get(Department, department_id)
    if row is None:
        raise WrongState(_("没有找到这个部门，请刷新后再试。"))
    _check(session, draft, department_id)
    before = row.org_id
    row.name, row.search_keys = draft.name.strip(), pinyin.keys(draft.name.strip())
    row.kind, row.org_id, row.is_active = draft.kind.value, draft.org_id, draft.is_active
    session.add(row)
    session.flush()
    changes = CHANGED
    if before != draft.org_id:
        touched = [org_id for org_id in (before, draft.org_id) if org_id is not None]
        open_ones = [quarter for quarter in cycles.quarters(session) if quarter.state is QuarterState.OPEN]
        for year in sorted({quarter.year for quarter in open_ones}):
            first = min(quarter.starts_on for quarter in open_ones if quarter.year == year)
            changes |= counting.recount(session, actor, SOURCE, touched, first)
    return Outcome(row.key, changes)


def _add_missing(session: Session, names: Sequence[str]) -> tuple[int, ...]:
    there = set(session.exec(select(Department.name)))
    return tuple(
        _add(session, DepartmentDraft(name, kind)).key for name, kind in usual() if name in names and name not in there
    )


def _add(session: Session, draft: DepartmentDraft) -> Department:
    last = session.exec(select(func.max(Department.position))).one()
    name = draft.name.strip()
    row = Department(
        name=name,
        search_keys=pinyin.keys(name),
        kind=draft.kind.value,
        org_id=draft.org_id,
        position=0 if last is None else last + 1,
        is_active=draft.is_active,
    )
    session.add(row)
    session.flush()
    return row


def _check(session: Session, draft: DepartmentDraft, own: int | None) -> None:
    check_text(draft.name, "name", _("部门名称"), NAME_LIMIT)
    taken = select(Department.id).where(col(Department.name) == draft.name.strip(), col(Department.id) != (own or 0))
    if session.exec(taken).first() is not None:
        raise InputRefused(_("部门“{name}”已经有了，请核对。").format(name=draft.name.strip()), "name")
