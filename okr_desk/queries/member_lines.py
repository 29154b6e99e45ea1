"""Members that stand, as a workbook would say them: a list that is read again adds none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import Member
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.rules.imports import UNDATED, YES, EntryFact, FactKind, entry_identity


def standing(session: Reader, short: Mapping[int, str]) -> Iterator[str]:
    """The identities of each member: a list may say less than is known, never something else."""
    for row in _rows(session):
        if row.org_id not in short:
            continue
        known = {
            "kind": row.kind,
            "committee": YES if row.is_committee else "",
            "grid": row.grid,
            "duty": row.duty,
        }
        for kept in sorted(set(product(*({text, ""} for text in known.values())))):
            fields = {"name": row.name, **dict(zip(known, kept, strict=True))}
            yield entry_identity(FactKind.MEMBER, short[row.org_id], UNDATED, fields)


def obstacle(session: Reader) -> Callable[[EntryFact], str]:
    """Says of a line whose member stands with other words that nothing was changed; "" where nobody stands."""
    names = orgs.short_names(session, today(session))
    known = {(names.get(row.org_id, ""), row.name) for row in _rows(session)}

    def of(fact: EntryFact) -> str:
        if (fact.org, fact.text("name")) not in known:
            return ""
        said = _("名单里已有“{name}”，类别、支委、网格或分工和表中不同，没有改动。请在“联户和积分”页修改。")
        return said.format(name=fact.text("name"))

    return of


def _rows(session: Reader) -> Iterator[Facts]:
    asked = select(Member.name, Member.org_id, Member.kind, Member.is_committee, Member.grid, Member.duty)
    yield from session.execute(asked.where(Member.left_on.is_(None)))
