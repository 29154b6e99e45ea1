"""What every document of a township carries: its name, the numbers of the sheets, the check code of the data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import Meta, Org
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs
from okr_desk.queries.objectives import QuarterView
from okr_desk.terms import OrgKind

_DIGEST_LENGTH = 12
_NEVER_ON_PAPER = frozenset(("aliases", "number_order"))
"""What only helps to recognise files: changed on a survey that is answered, its papers keep their code."""
_LATER = frozenset(
    {"scores", "guard", "survey", "round_name", "rounds_waiting", "opinions", "issued", "computed", "under_objection",
     "edition", "correction", "corrected_on", "superseded_by"}
)  # fmt: skip
"""Fields of sheets that came after the first ones were printed."""


@dataclass(frozen=True)
class Letterhead:
    """What stands on every paper of a quarter; `seats` are the running numbers of the branches."""

    township: str
    is_demo: bool
    quarter: QuarterView
    seats: Mapping[int, int]

    def number(self, org_id: int) -> str:
        """The number of a branch's review sheet (评审2026-3-007)."""
        said = _("评审{year}-{n}-{seat:03}")
        return said.format(year=self.quarter.year, n=self.quarter.number, seat=self.seats.get(org_id, 0))

    def number_of_year(self, org_id: int) -> str:
        """The number of a branch's year sheet (年度2026-007)."""
        return _("年度{year}-{seat:03}").format(year=self.quarter.year, seat=self.seats.get(org_id, 0))


def letterhead(session: Reader, quarter: QuarterView) -> Letterhead:
    """The letterhead of a quarter's documents."""
    demo = session.execute(select(Meta.value).where(Meta.name == "demo")).scalar()
    township = next((o.short_name for o in orgs.tree(session, quarter.ends_on) if o.kind == OrgKind.TOWNSHIP), "")
    return Letterhead(township, demo == "yes", quarter, _seats(session))


def digest(snapshot: object) -> str:
    """SHA-256 of the canonical JSON of a frozen snapshot: paper and database can be matched by it.

    Points, guards and results of a survey that a sheet does not have are left out, so that it keeps the code it had
    before there were any.
    """
    content = _without_later(asdict(snapshot))  # type: ignore[call-overload]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_later(content: Any) -> Any:
    """Fields that came after the first sheets were printed, where they are empty, wherever they stand."""
    if isinstance(content, dict):
        known = {key: value for key, value in content.items() if key not in _NEVER_ON_PAPER}
        said = {key: value for key, value in known.items() if key not in _LATER or value not in (None, "", (), False)}
        return {key: _without_later(value) for key, value in said.items()}
    return [_without_later(one) for one in content] if isinstance(content, list | tuple) else content


def short_digest(code: str) -> str:
    """The first characters of a SHA-256 in groups of four, as they stand on paper: 3F2A-91BC-07DE."""
    start = code[:_DIGEST_LENGTH].upper()
    return "-".join(start[at : at + 4] for at in range(0, len(start), 4))


def _seats(session: Reader) -> dict[int, int]:
    """The running number of each branch: its place in the register, which a retirement does not change."""
    rows = session.execute(select(Org.id).where(Org.kind == OrgKind.BRANCH).order_by(Org.position, Org.id))
    return {key: seat for seat, key in enumerate(rows.scalars(), start=1)}
