"""The tree of organisations on a day, their history, categories and who holds which post."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, bindparam, or_, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Appointment, Category, Org, OrgSuccession, OrgVersion, Person
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries import org_lines
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.terms import OrgKind, Post, QuarterState

__all__ = ["OrgView"]


@dataclass(frozen=True)
class CategoryView:
    """A category of branches; `used` counts the organisations that stand in it today."""

    id: int
    name: str
    position: int
    is_retired: bool
    used: int


@dataclass(frozen=True)
class VersionView:
    """What an organisation was between two dates (ends included), and why that began."""

    id: int
    valid_from: date
    valid_to: date | None
    full_name: str
    short_name: str
    parent_id: int | None
    parent_name: str
    category_id: int | None
    category: str
    full_members: int | None
    probationary_members: int | None
    groups: int | None
    has_committee: bool | None
    households: int | None
    workers: int | None
    elected_on: date | None
    reason: str


@dataclass(frozen=True)
class SuccessionView:
    """One step of a merger or split that an organisation took part in."""

    kind: str
    on: date
    predecessor_id: int
    predecessor: str
    successor_id: int
    successor: str
    inherits: bool
    reason: str


@dataclass(frozen=True)
class OrgHistory:
    """All versions of an organisation, oldest first, with what it came from and became."""

    org_id: int
    kind: str
    founded_on: date | None
    retired_on: date | None
    versions: tuple[VersionView, ...]
    successions: tuple[SuccessionView, ...]


def tree(session: Reader, day: date) -> tuple[OrgView, ...]:
    """Every organisation that exists on `day`, each above what is below it, in the office's order."""
    rows = facts(session.execute(_VERSIONS.where(OrgVersion.valid_from <= day)))
    live = [row for row in rows if _exists(row, day) and _holds(row, day)]
    above = {row.org_id: row.parent_id for row in live}
    views = {view.id: view for view in _views(session, live, above, day)}
    places = {row.org_id: (row.position, row.org_id) for row in live}
    ordered = sorted(views, key=lambda key: [places.get(step, (0, 0)) for step in reversed(views[key].line)])
    return tuple(views[key] for key in ordered)


def reporting(session: Reader, day: date, quarters: Sequence[QuarterView]) -> tuple[OrgView, ...]:
    """The organisations of `day`, and behind them those that ended since but still owe a quarter that is open."""
    found = {org.id: org for org in tree(session, day)}
    for quarter in quarters:
        if quarter.state is QuarterState.OPEN and quarter.ends_on < day:
            found |= {org.id: org for org in tree(session, quarter.ends_on) if org.id not in found}
    return tuple(found.values())


def view(session: Reader, org_id: int, day: date) -> OrgView:
    """One organisation as it stood on `day`; before its first version as it began, after its end as it was last.

    Raises Refusal when there is no such organisation.
    """
    wanted = _VERSIONS.where(OrgVersion.org_id == org_id).order_by(OrgVersion.valid_from)
    version = _on_day(facts(session.execute(wanted)), day)
    steps = [] if version.parent_id is None else org_lines.line(session, version.parent_id, day)
    above: dict[int, int | None] = dict(zip((org_id, *steps), steps, strict=False))
    return next(iter(_views(session, [version], above, day)))


def called(session: Reader, org_id: int, day: date) -> tuple[str, str]:
    """Short name and category of one organisation on `day`, as `view` finds them, where nothing else is asked.

    Raises Refusal when there is no such organisation.
    """
    version = _on_day(facts(session.execute(_CALLED, {"org": org_id})), day)
    return version.short_name, version.name or ""


_CALLED = (
    select(OrgVersion.valid_from, OrgVersion.short_name, Category.name)
    .join(Category.TABLE, Category.id == OrgVersion.category_id, isouter=True)
    .where(OrgVersion.org_id == bindparam("org"))
    .order_by(OrgVersion.valid_from)
)


def _on_day(versions: Sequence[Facts], day: date) -> Facts:
    """Of one organisation's versions, oldest first: the one of a day, before the first the first."""
    if not versions:
        raise Refusal(_("找不到这个党组织，请刷新后再试。"))
    begun = [version for version in versions if version.valid_from <= day]
    return begun[-1] if begun else versions[0]


def find(session: Reader, text: str, day: date) -> OrgView | None:
    """The organisation with this full or short name on `day`, else one that once had it; None if none or several."""
    wanted = name_key(text)
    named = [org for org in tree(session, day) if wanted in (name_key(org.full_name), name_key(org.short_name))]
    if named:
        return named[0] if len(named) == 1 else None
    rows = session.execute(select(OrgVersion.org_id, OrgVersion.full_name, OrgVersion.short_name))
    former = {org_id for org_id, full, short in rows if wanted in (name_key(full), name_key(short))}
    return view(session, former.pop(), day) if len(former) == 1 else None


def name_key(text: str) -> str:
    """A name as it is compared: full-width forms folded, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def history(session: Reader, org_id: int) -> OrgHistory:
    """What an organisation was through time. Raises Refusal when it is unknown."""
    org = session.execute(select(*Org.ALL).where(Org.id == org_id)).first()
    if org is None:
        raise Refusal(_("找不到这个党组织，请刷新后再试。"))
    rows = session.execute(select(*OrgVersion.ALL).where(OrgVersion.org_id == org_id).order_by(OrgVersion.valid_from))
    names, groups = _last_names(session), _category_names(session)
    return OrgHistory(
        org_id,
        org.kind,
        org.founded_on,
        org.retired_on,
        tuple(_version(row, names, groups) for row in rows),
        successions(session, org_id),
    )


def successions(session: Reader, org_id: int) -> tuple[SuccessionView, ...]:
    """Mergers and splits in which an organisation came from another or became one, oldest first."""
    names = _last_names(session)
    rows = session.execute(
        select(*OrgSuccession.ALL)
        .where((OrgSuccession.predecessor_id == org_id) | (OrgSuccession.successor_id == org_id))
        .order_by(OrgSuccession.on, OrgSuccession.id)
    )
    return tuple(
        SuccessionView(
            row.kind,
            row.on,
            row.predecessor_id,
            names.get(row.predecessor_id, ""),
            row.successor_id,
            names.get(row.successor_id, ""),
            row.inherits,
            row.reason,
        )
        for row in rows
    )


def categories(session: Reader, day: date | None = None) -> tuple[CategoryView, ...]:
    """All categories in order, retired ones last; `used` is counted on `day` (None: open versions)."""
    used: dict[int | None, int] = {}
    for row in session.execute(_VERSIONS):
        here = row.valid_to is None and row.retired_on is None if day is None else _exists(row, day)
        if here and (day is None or _holds(row, day)):
            used[row.category_id] = used.get(row.category_id, 0) + 1
    rows = session.execute(select(*Category.ALL).order_by(Category.position, Category.id))
    views = [CategoryView(r.id, r.name, r.position, r.retired_on is not None, used.get(r.id, 0)) for r in rows]
    return tuple(sorted(views, key=lambda found: found.is_retired))


def holder(session: Reader, org_id: int, post: Post, day: date) -> str:
    """The name of who holds a post on `day`, with 代 before the post left to the caller; empty when vacant."""
    return _holders(session, [org_id], day).get((org_id, post.value), "")


def retired(session: Reader, day: date) -> tuple[OrgView, ...]:
    """Organisations that no longer exist on `day`, as they were last."""
    ids = session.execute(select(Org.id).where(Org.retired_on <= day).order_by(Org.retired_on.desc())).scalars()
    return tuple(view(session, org_id, day) for org_id in ids.all())


def branch_categories(session: Reader, day: date) -> dict[int, str]:
    """The category of every branch that exists on `day`, and nothing else: for sweeps over thousands."""
    wanted = select(Org.id, OrgVersion.category_id).join(OrgVersion.TABLE, OrgVersion.org_id == Org.id)
    names = _category_names(session)
    rows = session.execute(wanted.where(Org.kind == OrgKind.BRANCH, *_on(day)))
    return {org_id: names.get(category_id, "") for org_id, category_id in rows}


def short_names(session: Reader, day: date) -> dict[int, str]:
    """The short name of every organisation of the tree of `day`, where nothing else of it is asked."""
    wanted = select(Org.id, OrgVersion.short_name).join(OrgVersion.TABLE, OrgVersion.org_id == Org.id)
    return {row.id: row.short_name for row in session.execute(wanted.where(*_on(day)))}


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Organisations that exist on `day`, in the version that holds then."""
    return (
        or_(Org.retired_on.is_(None), Org.retired_on > day),
        OrgVersion.valid_from <= day,
        or_(OrgVersion.valid_to.is_(None), OrgVersion.valid_to >= day),
    )


_VERSIONS = (
    select(*OrgVersion.ALL, Org.uid, Org.kind, Org.position, Org.retired_on)
    .select_from(Org.TABLE)
    .join(OrgVersion.TABLE, OrgVersion.org_id == Org.id)
)
"""Every version with what its organisation is through time."""


def _exists(org: Facts, day: date) -> bool:
    return org.retired_on is None or day < org.retired_on


def _holds(version: Facts, day: date) -> bool:
    return version.valid_from <= day and (version.valid_to is None or day <= version.valid_to)


def _views(session: Reader, rows: Sequence[Facts], above: dict[int, int | None], day: date) -> Iterable[OrgView]:
    groups = _category_names(session)
    holders = _holders(session, [row.org_id for row in rows] if len(rows) == 1 else None, day)
    for row in rows:
        yield OrgView(
            id=row.org_id,
            uid=row.uid,
            kind=row.kind,
            full_name=row.full_name,
            short_name=row.short_name,
            category=groups.get(row.category_id, ""),
            parent_id=row.parent_id,
            line=org_lines.climb(above, row.org_id),
            secretary=holders.get((row.org_id, Post.SECRETARY), ""),
            liaison=holders.get((row.org_id, Post.LIAISON_LEADER), ""),
            full_members=row.full_members,
            probationary_members=row.probationary_members,
            search_keys=row.search_keys,
        )


def _holders(session: Reader, org_ids: list[int] | None, day: date) -> dict[tuple[int, str], str]:
    """Who holds each post of each organisation on `day`; the newest appointment wins."""
    wanted = (
        select(Appointment.org_id, Appointment.post, Appointment.valid_to, Person.name)
        .select_from(Appointment.TABLE)
        .join(Person.TABLE, Person.id == Appointment.person_id, isouter=True)
        .where(Appointment.valid_from <= day)
        .order_by(Appointment.valid_from, Appointment.id)
    )
    if org_ids is not None:
        wanted = wanted.where(Appointment.org_id.in_(org_ids))
    found: dict[tuple[int, str], str] = {}
    for org_id, post, valid_to, name in session.execute(wanted):
        if valid_to is None or valid_to >= day:
            found[(org_id, post)] = name or ""
    return found


def _category_names(session: Reader) -> dict[int | None, str]:
    return {row.id: row.name for row in session.execute(select(Category.id, Category.name))}


def _last_names(session: Reader) -> dict[int, str]:
    rows = session.execute(select(OrgVersion.org_id, OrgVersion.short_name).order_by(OrgVersion.valid_from))
    return {row.org_id: row.short_name for row in rows}


def _version(row: Facts, names: dict[int, str], groups: dict[int | None, str]) -> VersionView:
    return VersionView(
        id=row.id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        full_name=row.full_name,
        short_name=row.short_name,
        parent_id=row.parent_id,
        parent_name=names.get(row.parent_id, "") if row.parent_id else "",
        category_id=row.category_id,
        category=groups.get(row.category_id, ""),
        full_members=row.full_members,
        probationary_members=row.probationary_members,
        groups=row.groups,
        has_committee=row.has_committee,
        households=row.households,
        workers=row.workers,
        elected_on=row.elected_on,
        reason=row.reason,
    )
