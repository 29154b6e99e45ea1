"""What the page 项目和诉求 shows of a quarter: projects, the ledger of demands, cases, and the sums by branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okr_desk.model.columns import Demand
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import demand_counts, demands, project_counts, projects
from okr_desk.queries.demand_counts import CaseTally, DemandTally
from okr_desk.queries.demands import CaseView, DemandView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.project_counts import NodeTally
from okr_desk.queries.projects import ProjectView


@dataclass(frozen=True)
class ProjectBoard:
    """The registers of some branches as of `day`; tallies by branch, nothing for one without an entry."""

    quarter: QuarterView
    day: date
    orgs: tuple[OrgView, ...]
    projects: tuple[ProjectView, ...] = ()
    demands: tuple[DemandView, ...] = ()
    cases: tuple[CaseView, ...] = ()
    nodes: Mapping[int, NodeTally] = field(default_factory=dict)
    due: Mapping[int, DemandTally] = field(default_factory=dict)
    told: Mapping[int, CaseTally] = field(default_factory=dict)

    @property
    def names(self) -> dict[int, str]:
        """Short names of the branches."""
        return {org.id: org.short_name for org in self.orgs}

    @property
    def all_nodes(self) -> NodeTally:
        """The sum over all branches."""
        return sum(self.nodes.values(), NodeTally())

    @property
    def all_due(self) -> DemandTally:
        """The sum over all branches."""
        return sum(self.due.values(), DemandTally())

    @property
    def all_told(self) -> CaseTally:
        """The sum over all branches."""
        return sum(self.told.values(), CaseTally())


def board(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> ProjectBoard:
    """The board of a quarter for these branches."""
    ids = [org.id for org in orgs]
    planned = projects.projects(session, quarter.year, ids)
    raised = demands.demands(session, ids, Demand.raised_on <= quarter.ends_on)
    return ProjectBoard(
        quarter=quarter,
        day=today(session),
        orgs=tuple(orgs),
        projects=planned,
        demands=demands.of_year(raised, quarter.year),
        cases=demands.cases(session, quarter.year, quarter.ends_on, ids, raised),
        nodes=project_counts.tallies_of(planned, quarter),
        due=demand_counts.tallies_of(raised, quarter),
        told=demand_counts.case_tallies(session, quarter, ids),
    )
