"""Vanguard posts of branches with their checks by quarter, and which sign should come down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.model.columns import PostCheck, PostTakedown, VanguardPost
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.register_terms import PostResult
from okr_desk.rules.posts import proposes_takedown
from okr_desk.terms import stored


@dataclass(frozen=True)
class CheckView:
    """The check of a post in a quarter that stands."""

    id: int
    quarter_id: int
    on: date
    result: PostResult
    checked_by: str
    note: str
    entry: EntryView


@dataclass(frozen=True)
class PostView:
    """A post with its standing checks, oldest first; `down_on` and `cause` once the sign came down."""

    id: int
    uid: str
    org_id: int
    name: str
    place: str
    holder: str
    promise: str
    hung_on: date
    checks: tuple[CheckView, ...]
    entry: EntryView
    down_on: date | None = None
    cause: str = ""
    down_id: int | None = None

    def check(self, quarter_id: int) -> CheckView | None:
        """The check of a quarter, None where there was none."""
        return next((one for one in self.checks if one.quarter_id == quarter_id), None)

    def hangs(self, first: date, last: date) -> bool:
        """Whether the sign hung on any day between two days."""
        return self.hung_on <= last and (self.down_on is None or self.down_on >= first)

    def proposes_takedown(self, day: date) -> bool:
        """Whether the last checks up to `day` were misses in a row and the sign still hangs."""
        return self.down_on is None and proposes_takedown([one.result for one in self.checks if one.on <= day])


def posts(session: Reader, org_ids: Sequence[int]) -> tuple[PostView, ...]:
    """The posts that stand of these branches, by branch, in the order in which they were hung up."""
    rows = of_parents(session, VanguardPost, "org_id", org_ids)
    found = [row for org_id in org_ids for row in sorted(rows.get(org_id, ()), key=lambda one: (one.hung_on, one.id))]
    ids = [row.id for row in found]
    checks = of_parents(session, PostCheck, "post_id", ids, PostCheck.superseded_at.is_(None))
    downs = of_parents(session, PostTakedown, "post_id", ids)
    names = users.names(session)
    return tuple(_post(row, checks.get(row.id, ()), downs.get(row.id, ()), names) for row in found)


_RESULTS = stored(PostResult)


def _post(row: Facts, checks: Sequence[Facts], downs: Sequence[Facts], names: dict[int, str]) -> PostView:
    down = downs[-1] if downs else None
    return PostView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        name=row.name,
        place=row.place,
        holder=row.holder,
        promise=row.promise,
        hung_on=row.hung_on,
        checks=tuple(
            CheckView(
                one.id,
                one.quarter_id,
                one.on,
                _RESULTS[one.result],
                one.checked_by,
                one.note,
                entry_view(one, names),
            )
            for one in sorted(checks, key=lambda check: check.on)
        ),
        entry=entry_view(row, names),
        down_on=None if down is None else down.on,
        cause="" if down is None else down.cause,
        down_id=None if down is None else down.id,
    )
