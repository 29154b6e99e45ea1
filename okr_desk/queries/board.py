"""Boards: one organisation, or all of them at once, as a quarter sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today as today_of
from okr_desk.queries import cycles, facts, orgs, policy, scored, users
from okr_desk.queries.facts import YearFacts
from okr_desk.queries.objectives import Board, KeyResultView, ObjectiveView, OrgView, QuarterView
from okr_desk.rules.objectives import state_on
from okr_desk.scoring.rollup import Part, Rollup, rollup, rollup_objectives
from okr_desk.scoring.rounding import plain
from okr_desk.terms import ApprovalState, QuarterState

ZERO = Decimal(0)
_COUNTS = ApprovalState.APPROVED
_FULL = (1, 100)


def board(session: Reader, org_id: int, year: int, number: int) -> Board:
    """The board of one organisation. Raises Refusal when the quarter does not exist."""
    quarter = cycles.quarter(session, year, number)
    if quarter is None:
        raise Refusal(_("{year}年第{n}季度还没有建立。请先在“年度与季度”中建立。").format(year=year, n=number))
    org = orgs.view(session, org_id, min(today_of(session), quarter.ends_on))
    return boards(session, quarter, [org])[org_id]


def boards(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> dict[int, Board]:
    """The boards of many organisations for one quarter, from a fixed number of queries."""
    return boards_at(session, [quarter], of)[quarter.number]


def boards_at(
    session: Reader,
    numbers: Sequence[QuarterView],
    of: Sequence[OrgView],
    day: date | None = None,
    with_history: Collection[int] | None = None,
) -> dict[int, dict[int, Board]]:
    """Boards by quarter number and organisation, for several quarters of one year at once.

    `with_history`: the quarters whose key results carry all readings of the year (None: all); in the others they carry
    only those of the quarter and the one before.
    """
    found, looked = look(session, numbers, of, day)
    moments = {
        number: at if with_history is None or number in with_history else replace(at, with_history=False)
        for number, at in looked.items()
    }
    return {number: {org.id: scored_board(org, found, at) for org in of} for number, at in moments.items()}


def look(
    session: Reader, numbers: Sequence[QuarterView], of: Sequence[OrgView], day: date | None = None
) -> tuple[YearFacts, dict[int, scored.Moment]]:
    """The facts of several organisations, and from when each quarter number looks at them."""
    year = numbers[0].year
    quarters = [q for q in cycles.quarters(session) if q.year == year]
    upto = max(q.number for q in numbers)
    found = facts.load(
        session, year, [q.id for q in quarters if q.number <= upto], None if len(of) > 400 else [org.id for org in of]
    )
    calendar = cycles.calendar(session)
    knows = calendar.knows(year)
    names = users.names(session)
    limits = policy.thresholds(session)
    code = policy.values(session)[policy.RATE_INDICATOR]
    rate_id = next((key for key, one in found.indicators.items() if one.code == code), None)
    return found, {
        quarter.number: replace(
            scored.moment(
                quarter,
                quarters,
                day or today_of(session),
                limits,
                (lambda d: bool(calendar.is_working_day(d))) if knows else None,
                names,
            ),
            rate_id=rate_id,
        )
        for quarter in numbers
    }


def scored_board(org: OrgView, found: YearFacts, at: scored.Moment) -> Board:
    """The board of one organisation from facts already read."""
    last = at.quarter.ends_on
    rows = [row for row in found.objectives.get(org.id, []) if (row.counts_from or last) <= last]
    whole = sum((row.weight for row in rows if _state(row, last) is not ApprovalState.STOPPED), ZERO)
    closed = at.quarter.state is QuarterState.CLOSED
    objectives = tuple(_objective(row, found, at, whole, closed) for row in rows)
    total = _whole(objectives, closed, at.thresholds.coverage)
    return Board(org, at.quarter, objectives, total, _notices(objectives))


def _objective(row: Facts, found: YearFacts, at: scored.Moment, whole: Decimal, closed: bool) -> ObjectiveView:
    last = at.quarter.ends_on
    state = _state(row, last)
    rows = [kr for kr in found.key_results.get(row.id, []) if (kr.counts_from or last) <= last]
    inner = sum((kr.weight for kr in rows), ZERO)
    views = tuple(scored.key_result(kr, found, at, kr.weight / inner if inner else ZERO) for kr in rows)
    aligned = found.titles.get(row.aligned_to_id, ("", ""))
    return ObjectiveView(
        id=row.id,
        uid=row.uid,
        code=row.code,
        title=row.title,
        weight=row.weight,
        share=row.weight / whole if whole and state is not ApprovalState.STOPPED else ZERO,
        aligned_code=aligned[0],
        aligned_title=aligned[1],
        leader=row.leader,
        state=state,
        state_reason=row.state_reason if state == row.state else "",
        key_results=views,
        rollup=rollup(parts(views), closed, at.thresholds.coverage) if inner else _EMPTY,
    )


def _state(row: Facts, last: date) -> ApprovalState:
    return state_on(ApprovalState(row.state), row.stopped_on, last)


_EMPTY = Rollup(None, ZERO, ZERO, (), normalised=False)


def parts(key_results: Sequence[KeyResultView]) -> list[Part]:
    """Key results as members of a mean."""
    return [Part(kr.weight, kr.progress.raw, kr.applies, kr.code, kr.nature) for kr in key_results]


def _whole(objectives: Sequence[ObjectiveView], closed: bool, least: Decimal) -> Rollup:
    live = [o for o in objectives if o.state is ApprovalState.APPROVED and any(kr.weight for kr in o.key_results)]
    if not any(o.weight for o in live):
        return Rollup(None, ZERO, ZERO, (_("还没有批准的目标。"),), normalised=False)
    return rollup_objectives([(Part(o.weight, label=o.code), parts(o.key_results)) for o in live], closed, least)


def _notices(objectives: Sequence[ObjectiveView]) -> tuple[str, ...]:
    """Weights that do not sum to 100, of what counts in the quarter: drafts and what was stopped have no part in it."""
    counted = [(o, sum((kr.weight for kr in o.key_results if kr.state is _COUNTS), ZERO)) for o in objectives]
    counted = [(objective, inner) for objective, inner in counted if objective.state is _COUNTS and inner]
    whole = sum((objective.weight for objective, _inner in counted), ZERO)
    found = []
    if counted and whole not in _FULL:
        found.append(_("目标权重合计 {sum}，已按比例折算。").format(sum=plain(whole)))
    for objective, inner in counted:
        if inner not in _FULL:
            found.append(
                _("{code} 的关键结果权重合计 {sum}，已按比例折算。").format(code=objective.code, sum=plain(inner))
            )
    return tuple(found)
