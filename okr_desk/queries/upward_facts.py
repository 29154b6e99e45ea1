"""What the figures of a county's form are read from: each source once, and only where a form asks for it.

What was published counts: the review sheets of branches are those that were handed over, where any were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    demand_counts,
    duties,
    followup_cards,
    followups,
    objections,
    orgs,
    review_sheets,
    whistle_figures,
)
from okr_desk.queries.demand_counts import DemandTally
from okr_desk.queries.duties import BranchDuties, Held
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followups import FindingView
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.queries.scores import ScoreSheet
from okr_desk.queries.whistle_figures import Figures
from okr_desk.terms import OrgKind


@dataclass(frozen=True)
class UpwardFacts:
    """A quarter as of today, for whom fills the form in (`by`)."""

    session: Reader
    quarter: QuarterView
    by: str

    @cached_property
    def today(self) -> date:
        """The office's day."""
        return today(self.session)

    @cached_property
    def township(self) -> str:
        """The short name of the township."""
        return next((org.short_name for org in self._tree if org.kind == OrgKind.TOWNSHIP), "")

    @cached_property
    def branches(self) -> tuple[OrgView, ...]:
        """The branches as they stood at the quarter's end, in the order of the tree."""
        return tuple(org for org in self._tree if org.kind == OrgKind.BRANCH)

    @cached_property
    def sheets(self) -> Mapping[int, ReviewSheet]:
        """The review sheets by branch: published ones as they were published."""
        found = review_sheets.printed(self.session, self.quarter, self.branches)
        return {one.board.org.id: one for one in found}

    @cached_property
    def scores(self) -> Mapping[int, ScoreSheet]:
        """The score sheets of branches that have a scheme in force."""
        return {key: one.scores.sheet for key, one in self.sheets.items() if one.scores is not None}

    @cached_property
    def basis(self) -> str:
        """How many branches stand as they were published, in words."""
        given = sum(one.issued is not None for one in self.sheets.values())
        if not given:
            return _("按现在的数据")
        if given == len(self.sheets):
            return _("按已送达的评审表")
        return _("{n} 个支部按已送达的评审表，{rest} 个按现在的数据").format(n=given, rest=len(self.sheets) - given)

    @cached_property
    def duties(self) -> Mapping[int, BranchDuties[Held]]:
        """Organisational life by branch."""
        found = duties.compared(self.session, self.quarter, self.branches, self.today)
        return {one.org.id: one for one in found}

    @cached_property
    def whistles(self) -> Figures:
        """The measures of all whistles of the quarter."""
        return whistle_figures.table(self.session, self.quarter).all

    @cached_property
    def demands(self) -> DemandTally:
        """Demands of all branches together."""
        ids = [org.id for org in self.branches]
        return sum(demand_counts.tallies(self.session, self.quarter, ids).values(), DemandTally())

    @cached_property
    def findings(self) -> tuple[FindingView, ...]:
        """The findings of the quarter."""
        return followups.findings(self.session, quarter_id=self.quarter.id)

    @cached_property
    def cards(self) -> tuple[CardView, ...]:
        """The cards of the quarter."""
        held = followup_cards.cards(self.session, None, self.quarter.year)
        return tuple(one for one in held if one.quarter_id == self.quarter.id)

    @cached_property
    def objections(self) -> tuple[ObjectionView, ...]:
        """The objections to the quarter's reviews that were not taken back."""
        return tuple(one for one in objections.objections(self.session, self.quarter) if not one.withdrawn)

    @cached_property
    def _tree(self) -> tuple[OrgView, ...]:
        return orgs.tree(self.session, min(self.today, self.quarter.ends_on))
