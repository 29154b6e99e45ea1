"""What the nodes of key projects make of F01: weights done of weights due, from January to the quarter's end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import N_, _, using
from okr_desk.model.reading import Reader
from okr_desk.queries import projects
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.projects import NodeView, ProjectView
from okr_desk.scoring.rounding import plain

CODE = "F01"
_NONE = Decimal(0)


@dataclass(frozen=True)
class NodeTally:
    """Nodes due from January to the quarter's end: how many, how many of them done (late ones too), their weights."""

    due: int = 0
    done: int = 0
    late: int = 0
    due_weight: Decimal = _NONE
    done_weight: Decimal = _NONE
    newest: date | None = None

    @property
    def rate(self) -> Decimal | None:
        """Percent of the weights due, None where nothing is due."""
        return share(self.done_weight, self.due_weight) if self.due else None

    def __add__(self, other: NodeTally) -> NodeTally:
        return NodeTally(
            self.due + other.due,
            self.done + other.done,
            self.late + other.late,
            self.due_weight + other.due_weight,
            self.done_weight + other.done_weight,
        )


def tallies(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, NodeTally]:
    """The tally of every branch that has a project in the year, also where nothing is due yet."""
    return tallies_of(projects.projects(session, quarter.year, org_ids), quarter)


def tallies_of(views: Iterable[ProjectView], quarter: QuarterView) -> dict[int, NodeTally]:
    """The same of projects of that year that were read already."""
    found: dict[int, list[NodeView]] = {}
    for project in views:
        found.setdefault(project.org_id, []).extend(project.nodes)
    return {org_id: tally(nodes, quarter.ends_on) for org_id, nodes in found.items()}


def tally(nodes: Sequence[NodeView], end: date) -> NodeTally:
    """What nodes of one year come to at the end of a quarter."""
    due = [node for node in nodes if node.planned_on <= end]
    done = [node for node in due if node.is_done_by(end)]
    return NodeTally(
        due=len(due),
        done=len(done),
        late=sum(node.is_late for node in done),
        due_weight=sum((node.weight for node in due), _NONE),
        done_weight=sum((node.weight for node in done), _NONE),
        newest=max((node.done_on for node in done if node.done_on), default=None),
    )


def _counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    with using("zh_CN"):
        found = {}
        for org_id, one in tallies(session, quarter, org_ids).items():
            if one.rate is not None:
                found[org_id, CODE] = Counted(one.rate, one.newest or quarter.starts_on, said(one))
        return found


def said(of: NodeTally) -> str:
    """What was counted, in the language in use."""
    due, done = plain(of.due_weight), plain(of.done_weight)
    words = _("年初至本季末应完成节点 {due} 个（权重 {due_weight}），已完成 {done} 个（权重 {done_weight}）")
    words = words.format(due=of.due, done=of.done, due_weight=due, done_weight=done)
    return words + (_("，其中逾期完成 {n} 个").format(n=of.late) if of.late else "")


SOURCE = Source(N_("重点项目台账"), (CODE,), _counted)
"""Nothing is due: there is no value. Nodes done late count as done and are named."""
