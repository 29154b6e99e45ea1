"""The tree of organisations on a day, their history, categories and who holds which post."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.tables import Appointment, Category, Org, OrgSuccession, OrgVersion, Person
from okr_desk.queries import org_lines
from okr_desk.queries.objectives import OrgView
from okr_desk.terms import OrgKind, Post

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


def tree(session: Session, day: date) -> tuple[OrgView, ...]:
    """Every organisation that exists on `day`, each above what is below it, in the office's order."""
    rows = session.exec(
        select(Org, OrgVersion)
        .join(OrgVersion, col(OrgVersion.org_id) == col(Org.id))
        .where(col(OrgVersion.valid_from) <= day)
    ).all()
    live = [(org, version) for org, version in rows if _exists(org, day) and _holds(version, day)]
    above = {version.org_id: version.parent_id for _org, version in live}
    views = {view.id: view for view in _views(session, live, above, day)}
    places = {org.key: (org.position, org.key) for org, _version in live}
    ordered = sorted(views, key=lambda key: [places.get(step, (0, 0)) for step in reversed(views[key].line)])
    return tuple(views[key] for key in ordered)


def view(session: Session, org_id: int, day: date) -> OrgView:
    """One organisation as it stood on `day`; before its first version as it began, after its end as it was last.

    Raises Refusal when there is no such organisation.
    """
    org = session.get(Org, org_id)
    versions = session.exec(
        select(OrgVersion).where(OrgVersion.org_id == org_id).order_by(col(OrgVersion.valid_from))
    ).all()
    if org is None or not versions:
        raise Refusal(_("找不到这个党组织，请刷新后再试。"))
    begun = [version for version in versions if version.valid_from <= day]
    version = begun[-1] if begun else versions[0]
    above = org_lines.parents(session, day) | {org_id: version.parent_id}
    return next(iter(_views(session, [(org, version)], above, day)))


def find(session: Session, text: str, day: date) -> OrgView | None:
    """The organisation with this full or short name on `day`, else one that once had it; None if none or several."""
    wanted = name_key(text)
    named = [org for org in tree(session, day) if wanted in (name_key(org.full_name), name_key(org.short_name))]
    if named:
        return named[0] if len(named) == 1 else None
    rows = session.exec(select(OrgVersion.org_id, OrgVersion.full_name, OrgVersion.short_name)).all()
    former = {org_id for org_id, full, short in rows if wanted in (name_key(full), name_key(short))}
    return view(session, former.pop(), day) if len(former) == 1 else None


def name_key(text: str) -> str:
    """A name as it is compared: full-width forms folded, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def history(session: Session, org_id: int) -> OrgHistory:
    """What an organisation was through time. Raises Refusal when it is unknown."""
    org = session.get(Org, org_id)
    if org is None:
        raise Refusal(_("找不到这个党组织，请刷新后再试。"))
    rows = session.exec(select(OrgVersion).where(OrgVersion.org_id == org_id).order_by(col(OrgVersion.valid_from)))
    names, groups = _last_names(session), _category_names(session)
    return OrgHistory(
        org_id,
        org.kind,
        org.founded_on,
        org.retired_on,
        tuple(_version(row, names, groups) for row in rows),
        successions(session, org_id),
    )


def successions(session: Session, org_id: int) -> tuple[SuccessionView, ...]:
    """Mergers and splits in which an organisation came from another or became one, oldest first."""
    names = _last_names(session)
    rows = session.exec(
        select(OrgSuccession)
        .where((OrgSuccession.predecessor_id == org_id) | (OrgSuccession.successor_id == org_id))
        .order_by(col(OrgSuccession.on), col(OrgSuccession.id))
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


def categories(session: Session, day: date | None = None) -> tuple[CategoryView, ...]:
    """All categories in order, retired ones last; `used` is counted on `day` (None: open versions)."""
    standing = session.exec(select(Org, OrgVersion).join(OrgVersion, col(OrgVersion.org_id) == col(Org.id))).all()
    used: dict[int | None, int] = {}
    for org, version in standing:
        here = version.valid_to is None and org.retired_on is None if day is None else _exists(org, day)
        if here and (day is None or _holds(version, day)):
            used[version.category_id] = used.get(version.category_id, 0) + 1
    rows = session.exec(select(Category).order_by(col(Category.position), col(Category.id))).all()
    views = [CategoryView(r.key, r.name, r.position, r.retired_on is not None, used.get(r.key, 0)) for r in rows]
    return tuple(sorted(views, key=lambda found: found.is_retired))


def holder(session: Session, org_id: int, post: Post, day: date) -> str:
    """The name of who holds a post on `day`, with 代 before the post left to the caller; empty when vacant."""
    return _holders(session, [org_id], day).get((org_id, post.value), "")


def retired(session: Session, day: date) -> tuple[OrgView, ...]:
    """Organisations that no longer exist on `day`, as they were last."""
    ids = session.exec(select(Org.id).where(col(Org.retired_on) <= day).order_by(col(Org.retired_on).desc())).all()
    return tuple(view(session, org_id, day) for org_id in ids if org_id is not None)


def branch_categories(session: Session, day: date) -> dict[int, str]:
    """The category of every branch that exists on `day`, and nothing else: for sweeps over thousands."""
    rows = session.execute(
        select(col(Org.id), col(OrgVersion.category_id))
        .join(OrgVersion, col(OrgVersion.org_id) == col(Org.id))
        .where(
            Org.kind == OrgKind.BRANCH,
            or_(col(Org.retired_on).is_(None), col(Org.retired_on) > day),
            col(OrgVersion.valid_from) <= day,
            or_(col(OrgVersion.valid_to).is_(None), col(OrgVersion.valid_to) >= day),
        )
    )
    names = _category_names(session)
    return {org_id: names.get(category_id, "") for org_id, category_id in rows if org_id is not None}


def _exists(org: Org, day: date) -> bool:
    return org.retired_on is None or day < org.retired_on


def _holds(version: OrgVersion, day: date) -> bool:
    return version.valid_from <= day and (version.valid_to is None or day <= version.valid_to)


def _views(
    session: Session, rows: Iterable[tuple[Org, OrgVersion]], above: dict[int, int | None], day: date
) -> Iterable[OrgView]:
    rows = list(rows)
    groups = _category_names(session)
    holders = _holders(session, [org.key for org, _version in rows] if len(rows) == 1 else None, day)
    for org, version in rows:
        yield OrgView(
            id=org.key,
            uid=org.uid,
            kind=org.kind,
            full_name=version.full_name,
            short_name=version.short_name,
            category=groups.get(version.category_id, ""),
            parent_id=version.parent_id,
            line=org_lines.climb(above, org.key),
            secretary=holders.get((org.key, Post.SECRETARY), ""),
            liaison=holders.get((org.key, Post.LIAISON_LEADER), ""),
            full_members=version.full_members,
            probationary_members=version.probationary_members,
            search_keys=version.search_keys,
        )


def _holders(session: Session, org_ids: list[int] | None, day: date) -> dict[tuple[int, str], str]:
    """Who holds each post of each organisation on `day`; the newest appointment wins."""
    wanted = (
        select(Appointment, Person.name)
        .join(Person, col(Person.id) == col(Appointment.person_id), isouter=True)
        .where(col(Appointment.valid_from) <= day)
        .order_by(col(Appointment.valid_from), col(Appointment.id))
    )
    if org_ids is not None:
        wanted = wanted.where(col(Appointment.org_id).in_(org_ids))
    found: dict[tuple[int, str], str] = {}
    for row, name in session.exec(wanted):
        if row.valid_to is None or row.valid_to >= day:
            found[(row.org_id, row.post)] = name or ""
    return found


def _category_names(session: Session) -> dict[int | None, str]:
    return dict(session.exec(select(Category.id, Category.name)).all())


def _last_names(session: Session) -> dict[int, str]:
    rows = session.exec(select(OrgVersion.org_id, OrgVersion.short_name).order_by(col(OrgVersion.valid_from)))
    return dict(rows.all())


def _version(row: OrgVersion, names: dict[int, str], groups: dict[int | None, str]) -> VersionView:
    return VersionView(
        id=row.key,
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
