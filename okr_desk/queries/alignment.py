"""Objectives of an organisation above branches, with those below that serve them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Objective
from okr_desk.model.reading import Reader
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, orgs, policy
from okr_desk.queries.dashboard import expected_of, light_of
from okr_desk.queries.objectives import Board, ObjectiveView, OrgView
from okr_desk.scoring.pace import Thresholds
from okr_desk.scoring.rollup import Part, Rollup, rollup
from okr_desk.terms import ApprovalState, OrgKind, Status


@dataclass(frozen=True)
class Standing:
    """An objective's own pace: expected by weight of what is owed, the light that follows, what bars a green one."""

    expected: Decimal | None
    status: Status
    guard: str = ""


@dataclass(frozen=True)
class Serving:
    """An objective further down, with the organisation that pursues it."""

    org: OrgView
    objective: ObjectiveView


@dataclass(frozen=True)
class Served:
    """An objective with those that are aligned to it; branches count equally in `mean`.

    One that is not the organisation's `own` belongs further up, and only what serves it here is counted.
    """

    objective: ObjectiveView
    below: tuple[Serving, ...]
    mean: Rollup
    is_own: bool = True


@dataclass(frozen=True)
class Alignment:
    """What an organisation above branches pursues, and who serves it. `loose` serves nothing yet."""

    own: Board
    objectives: tuple[Served, ...]
    loose: tuple[Serving, ...]

    @property
    def branches(self) -> int:
        """How many organisations below have objectives."""
        served = {serving.org.id for one in self.objectives for serving in one.below}
        return len(served | {serving.org.id for serving in self.loose})

    @property
    def submitted(self) -> tuple[Serving, ...]:
        """What waits for the township's check."""
        everything = [serving for one in self.objectives for serving in one.below] + list(self.loose)
        return tuple(one for one in everything if one.objective.state is ApprovalState.SUBMITTED)


@dataclass(frozen=True)
class Shown:
    """A branch's board or what stands above branches, with the limits of the lights that the office has set."""

    answer: Board | Alignment
    limits: Thresholds


def shown(session: Reader, org: OrgView, year: int, number: int) -> Shown:
    """What an organisation pursues, seen from a quarter."""
    function = boards.board if org.kind == OrgKind.BRANCH else alignment
    return Shown(function(session, org.id, year, number), policy.thresholds(session))


def standing(objective: ObjectiveView, limits: Thresholds) -> Standing:
    """The pace of an objective, by the same rule as a branch's in the matrix."""
    of = [(kr.weight, kr) for kr in objective.key_results]
    owed = [(weight, kr) for weight, kr in of if kr.is_owed]
    return Standing(expected_of(owed), light_of(of, limits), next((kr.guard for _w, kr in owed if kr.guard), ""))


def alignment(session: Reader, org_id: int, year: int, number: int) -> Alignment:
    """The objectives of `org_id` with those of all branches below, as one quarter sees them.

    Objectives further up come after its own, each with what serves it here. `loose` serves nothing at all.
    """
    own = boards.board(session, org_id, year, number)
    quarter = cycles.quarter(session, year, number)
    assert quarter is not None
    tree = orgs.tree(session, quarter.ends_on)
    below = [org for org in tree if org_id in org.line[1:] and org.kind != OrgKind.TOWNSHIP]
    above = [org for org in tree if org.id in own.org.line[1:]]
    found = boards.boards(session, quarter, [*below, *above])
    aligned = _aligned(session, year)
    further_up = [objective for org in above for objective in found[org.id].objectives]
    kept = {objective.id for objective in (*own.objectives, *further_up)}
    serving: dict[int | None, list[Serving]] = defaultdict(list)
    for org in below:
        for objective in found[org.id].objectives:
            served_id = aligned.get(objective.id)
            serving[served_id if served_id in kept else None].append(Serving(org, objective))
    shown = [*own.objectives, *(objective for objective in further_up if serving[objective.id])]
    served = tuple(Served(one, tuple(serving[one.id]), _mean(serving[one.id]), one in own.objectives) for one in shown)
    return Alignment(own, served, tuple(serving[None]))


def _mean(below: list[Serving]) -> Rollup:
    """The plain mean of approved objectives: each organisation's counts the same."""
    return rollup(
        [
            Part(Decimal(1), one.objective.rollup.progress, label=f"{one.org.short_name} {one.objective.code}")
            for one in below
            if one.objective.state is ApprovalState.APPROVED
        ]
    )


def _aligned(session: Reader, year: int) -> dict[int, int | None]:
    rows = session.execute(select(Objective.id, Objective.aligned_to_id).where(Objective.year == year))
    return {row.id: row.aligned_to_id for row in rows}
