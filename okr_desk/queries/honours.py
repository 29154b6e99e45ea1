"""Honours of a year: each kind with its places, and who got one by what document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Honour, HonourKind
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs, users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.rules.honours import allowed, quota_words
from okr_desk.terms import OrgKind


@dataclass(frozen=True)
class HonourView:
    """An honour that stands; `person` is empty where the branch itself got it."""

    id: int
    kind_id: int
    kind: str
    year: int
    org_id: int
    org: str
    person: str
    given_on: date
    document: str
    note: str
    entry: EntryView

    @property
    def whose(self) -> str:
        """The branch, or the person with the branch."""
        return f"{self.org} {self.person}".strip()


@dataclass(frozen=True)
class KindView:
    """A kind of a year. `places`: how many may be given (None: any), `why` what that rests on."""

    id: int
    year: int
    name: str
    of_person: bool
    quota: Decimal | None
    most: int | None
    least_grade: str
    is_retired: bool
    places: int | None
    why: str
    given: tuple[HonourView, ...]

    @property
    def left(self) -> int | None:
        """Places that are left; None: any number."""
        return None if self.places is None else max(0, self.places - len(self.given))


def kinds(session: Reader, year: int, org_ids: Collection[int] | None = None) -> tuple[KindView, ...]:
    """The kinds of a year in the order of their making; `given` of these branches alone, places counted over all."""
    tree = orgs.tree(session, today(session))
    branches = sum(one.kind == OrgKind.BRANCH for one in tree)
    names, called = users.names(session), {one.id: one.short_name for one in tree}
    rows = session.execute(select(*HonourKind.ALL).where(HonourKind.year == year).order_by(HonourKind.id)).all()
    given = of_parents(session, Honour, "kind_id", [row.id for row in rows])
    return tuple(
        KindView(
            id=row.id,
            year=row.year,
            name=row.name,
            of_person=row.of_person,
            quota=row.quota,
            most=row.most,
            least_grade=row.least_grade,
            is_retired=row.is_retired,
            places=allowed(row.quota, row.most, branches),
            why=quota_words(row.quota, row.most, branches),
            given=tuple(
                HonourView(
                    one.id,
                    row.id,
                    row.name,
                    row.year,
                    one.org_id,
                    called.get(one.org_id) or orgs.view(session, one.org_id, one.given_on).short_name,
                    one.person,
                    one.given_on,
                    one.document,
                    one.note,
                    entry_view(one, names),
                )
                for one in given[row.id]
                if org_ids is None or one.org_id in org_ids
            ),
        )
        for row in rows
    )
