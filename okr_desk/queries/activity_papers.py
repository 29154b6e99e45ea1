"""What the register of a branch's activities is printed from; without any it is a blank form to fill by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.queries import activities, letterheads
from okr_desk.queries.activities import ActivitySum, ActivityView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView


@dataclass(frozen=True)
class ActivityForm:
    """A branch's activities of a quarter that stand, by day. `least`: from this score on one counts."""

    township: str
    org: OrgView
    quarter: QuarterView
    activities: tuple[ActivityView, ...]
    sum: ActivitySum | None
    scale: tuple[Decimal, ...]
    least: Decimal
    digest: str = ""
    is_demo: bool = False


def forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ActivityForm, ...]:
    """One form for each of `of`, in their order."""
    head = letterheads.letterhead(session, quarter)
    made = activities.register(session, quarter, [one.id for one in of])
    sums = {one.org.id: one for one in made.sums}
    found = (
        ActivityForm(
            head.township,
            org,
            quarter,
            made.of(org.id),
            sums.get(org.id),
            made.scale,
            made.least,
            is_demo=head.is_demo,
        )
        for org in of
    )
    return tuple(replace(one, digest=digest(one)) for one in found)
