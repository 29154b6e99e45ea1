"""The register of departments that are whistled for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from okr_desk import paths
from okr_desk.model.columns import Department
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.whistle_terms import DepartmentKind


@dataclass(frozen=True)
class DepartmentView:
    """A department. `org` is the short name of the branch whose indicators it feeds, "" for none of the township."""

    id: int
    uid: str
    name: str
    keys: str
    kind: DepartmentKind
    org_id: int | None
    org: str
    is_active: bool


@cache
def usual() -> tuple[tuple[str, DepartmentKind], ...]:
    """Name and kind of the departments that townships usually have, with which a new database begins."""
    text = paths.resource("seed", "departments.toml").read_text(encoding="utf-8")
    return tuple((row["name"], DepartmentKind(row["kind"])) for row in tomllib.loads(text)["department"])


def departments(session: Reader, *, with_closed: bool = False) -> tuple[DepartmentView, ...]:
    """All departments in the order of the register; those taken out of use only when asked for."""
    names = orgs.short_names(session, today(session))
    rows = session.execute(select(*Department.ALL).order_by(Department.position, Department.id))
    return tuple(
        DepartmentView(
            row.id,
            row.uid,
            row.name,
            row.search_keys,
            DepartmentKind(row.kind),
            row.org_id,
            names.get(row.org_id or 0, ""),
            row.is_active,
        )
        for row in rows
        if row.is_active or with_closed
    )


def by_name(session: Reader, name: str) -> DepartmentView | None:
    """The department in use of this name, or None."""
    return next((one for one in departments(session) if one.name == name.strip()), None)
