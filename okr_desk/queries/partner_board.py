"""What the page 先锋和共建 shows of a quarter: posts with their checks, partners, the three lists, and the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import partner_counts, partners, post_counts, posts
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.partner_counts import PartnerTally
from okr_desk.queries.partners import ItemView, PartnerView
from okr_desk.queries.post_counts import PostTally
from okr_desk.queries.posts import PostView
from okr_desk.register_terms import PartnerList


@dataclass(frozen=True)
class PartnerBoard:
    """The registers of some branches as of `day`; tallies by branch, nothing for one without an entry."""

    quarter: QuarterView
    day: date
    orgs: tuple[OrgView, ...]
    posts: tuple[PostView, ...] = ()
    partners: tuple[PartnerView, ...] = ()
    items: tuple[ItemView, ...] = ()
    checked: Mapping[int, PostTally] = field(default_factory=dict)
    due: Mapping[int, PartnerTally] = field(default_factory=dict)

    @property
    def names(self) -> dict[int, str]:
        """Short names of the branches."""
        return {org.id: org.short_name for org in self.orgs}

    @property
    def all_checked(self) -> PostTally:
        """The sum over all branches."""
        return sum(self.checked.values(), PostTally())

    @property
    def all_due(self) -> PartnerTally:
        """The sum over all branches."""
        return sum(self.due.values(), PartnerTally())

    def of(self, kind: PartnerList) -> tuple[ItemView, ...]:
        """The lines of one list that belong to the quarter: entered by its end."""
        return tuple(one for one in self.items if one.kind is kind and one.agreed_on <= self.quarter.ends_on)


def board(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> PartnerBoard:
    """The board of a quarter for these branches."""
    ids = [org.id for org in orgs]
    hung = tuple(one for one in posts.posts(session, ids) if one.hangs(quarter.starts_on, quarter.ends_on))
    units = partners.partners(session, ids)
    lines = partners.items(session, ids, units)
    return PartnerBoard(
        quarter=quarter,
        day=today(session),
        orgs=tuple(orgs),
        posts=hung,
        partners=units,
        items=lines,
        checked=post_counts.tallies_of(hung, quarter),
        due=partner_counts.tallies_of(lines, quarter),
    )
