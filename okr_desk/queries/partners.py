"""Co-building of branches: partners, and the three lists of needs, resources and projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.model.columns import Partner, PartnerItem, PartnerStep
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.register_terms import NodeState, PartnerList, PartnerRole
from okr_desk.rules.projects import node_state
from okr_desk.terms import stored


@dataclass(frozen=True)
class PartnerView:
    """A unit that builds together with a branch."""

    id: int
    uid: str
    org_id: int
    name: str
    role: PartnerRole
    contact: str
    since: date
    entry: EntryView
    ended_on: date | None = None
    ended_reason: str = ""


@dataclass(frozen=True)
class ItemView:
    """A line of one of the lists. `project_id`: the project that a need or resource stands in.

    Of a project: `need` and `resource` in words, by when it is to be done, when it was and what came of it.
    """

    id: int
    uid: str
    org_id: int
    kind: PartnerList
    text: str
    agreed_on: date
    entry: EntryView
    partner_id: int | None = None
    partner: str = ""
    project_id: int | None = None
    need: str = ""
    resource: str = ""
    planned_on: date | None = None
    done_on: date | None = None
    result: str = ""
    done_step: int | None = None

    @property
    def is_late(self) -> bool:
        """Done after its planned day."""
        return self.done_on is not None and self.planned_on is not None and self.done_on > self.planned_on

    def state(self, day: date) -> NodeState | None:
        """How a project stands on `day`; None for the other lists."""
        return None if self.planned_on is None else node_state(self.planned_on, self.done_on, day)


def partners(session: Reader, org_ids: Sequence[int]) -> tuple[PartnerView, ...]:
    """The partners of these branches, by branch and role, those that have left behind."""
    rows = of_parents(session, Partner, "org_id", org_ids)
    names = users.names(session)
    return tuple(
        _partner(row, names)
        for org_id in org_ids
        for row in sorted(
            rows.get(org_id, ()),
            key=lambda one: (one.ended_on is not None, _ORDER[one.role], one.id),
        )
    )


def items(session: Reader, org_ids: Sequence[int], known: Sequence[PartnerView] | None = None) -> tuple[ItemView, ...]:
    """All lines of the three lists of these branches, by branch, in the order in which they were entered.

    `known`: the partners of these branches, where they were read already.
    """
    rows = of_parents(session, PartnerItem, "org_id", org_ids)
    found = [row for org_id in org_ids for row in rows.get(org_id, ())]
    steps = of_parents(session, PartnerStep, "item_id", [row.id for row in found])
    texts = {row.id: row.text for row in found}
    names = users.names(session)
    units = {one.id: one.name for one in (partners(session, org_ids) if known is None else known)}
    made_of = {key: row.id for row in found for key in (row.need_id, row.resource_id) if key is not None}
    return tuple(_item(row, steps.get(row.id, ()), texts, units, made_of, names) for row in found)


_ROLES, _LISTS = stored(PartnerRole), stored(PartnerList)
_ORDER = {role.value: place for place, role in enumerate(PartnerRole)}


def _partner(row: Facts, names: dict[int, str]) -> PartnerView:
    return PartnerView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        name=row.name,
        role=_ROLES[row.role],
        contact=row.contact,
        since=row.since,
        entry=entry_view(row, names),
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
    )


def _item(
    row: Facts,
    steps: Sequence[Facts],
    texts: dict[int, str],
    units: dict[int, str],
    made_of: dict[int, int],
    names: dict[int, str],
) -> ItemView:
    done = steps[-1] if steps else None
    return ItemView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        kind=_LISTS[row.kind],
        text=row.text,
        agreed_on=row.agreed_on,
        entry=entry_view(row, names),
        partner_id=row.partner_id,
        partner=units.get(row.partner_id or 0, ""),
        project_id=made_of.get(row.id),
        need=texts.get(row.need_id or 0, ""),
        resource=texts.get(row.resource_id or 0, ""),
        planned_on=row.planned_on,
        done_on=None if done is None else done.on,
        result="" if done is None else done.result,
        done_step=None if done is None else done.id,
    )
