"""Whistles as they stand: the record, its steps with their times, deadlines and what was made of them, ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ColumnElement, or_, select

from okr_desk.clock import local
from okr_desk.model.columns import (
    Whistle,
    WhistleHelper,
    WhistleMove,
    WhistleRating,
)
from okr_desk.model.columns.base import Column
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.model.store import now, today
from okr_desk.queries import departments, orgs, users, whistle_rules
from okr_desk.queries.departments import DepartmentView
from okr_desk.rules.whistle_limits import NO_DUE, Due, WhistleLimits, closed_in_time, in_time
from okr_desk.scoring.whistle_ratings import Rated, RatingRule, WhistleScore, whistle_score
from okr_desk.terms import EntryBasis, stored
from okr_desk.whistle_terms import (
    NOT_RATED,
    RatedItem,
    Rater,
    Solved,
    WhistleClass,
    WhistleState,
    WhistleStep,
)

RECORD = "whistles"
"""The word of the register where its records have files (`queries.attachments`)."""
_ASKED_FOR = 500
"""Whistles that are asked for by their ids; more are read with all the others."""
NOT_BLOWN = (WhistleState.DRAFT, WhistleState.SIGNING)
OVER = (WhistleState.RATED, WhistleState.FILED, WhistleState.CANCELLED)
"""States in which nothing is owed any more, but the file."""


@dataclass(frozen=True)
class MoveView:
    """One step: when it happened, by whom; `recorded_by` entered it."""

    id: int
    step: WhistleStep
    before: WhistleState
    after: WhistleState
    at: datetime
    by: str
    note: str
    recorded_by: str
    recorded_at: datetime
    withdrawn: bool
    withdrawn_reason: str


@dataclass(frozen=True)
class RatingView:
    """What one kind of rater gave by item; an item that is not there was not rated."""

    rater: Rater
    levels: Mapping[RatedItem, int]
    comment: str


@dataclass(frozen=True)
class WhistleView:
    """One whistle. `due` are its deadlines; `again` the numbers of whistles on the same matter after it.

    `signed_in_time`, `came_in_time`, `closed_in_time`: None while that is open or where nobody can say.
    """

    id: int
    number: str
    org_id: int
    org: str
    quarter_id: int
    kind: WhistleClass
    source: str
    matter: str
    place: str
    goal: str
    department: DepartmentView
    helpers: tuple[DepartmentView, ...]
    drawn_on: date
    blown_by: str
    signed_by: str
    plan: str
    promised_on: date | None
    result: str
    solved: Solved | None
    said: str
    state: WhistleState
    again_of_id: int | None
    again_of: str
    again: tuple[str, ...]
    reported_by: str
    basis: EntryBasis
    is_late: bool
    late_reason: str
    withdrawn: bool
    withdrawn_reason: str
    moves: tuple[MoveView, ...]
    ratings: tuple[RatingView, ...]
    due: Due
    signed_in_time: bool | None
    came_in_time: bool | None
    closed_in_time: bool | None
    sign_in_minutes: int | None
    arrive_minutes: int | None
    score: WhistleScore

    @property
    def standing_moves(self) -> tuple[MoveView, ...]:
        """The steps that count."""
        return tuple(move for move in self.moves if not move.withdrawn)

    @property
    def blown_at(self) -> datetime | None:
        """When it was blown for the department that leads now."""
        return self._times.get(WhistleStep.BLOW)

    @property
    def received_at(self) -> datetime | None:
        """When the department signed in."""
        return self._times.get(WhistleStep.SIGN_IN)

    @property
    def arrived_at(self) -> datetime | None:
        """When it came to the place."""
        return self._times.get(WhistleStep.ARRIVE)

    @property
    def finished_at(self) -> datetime | None:
        """When it was settled."""
        return self._times.get(WhistleStep.FINISH)

    @property
    def rated_at(self) -> datetime | None:
        """When it was rated."""
        return self._times.get(WhistleStep.RATE)

    @property
    def was_returned(self) -> bool:
        """Whether a department ever sent it back."""
        return any(move.step is WhistleStep.DECLINE for move in self.standing_moves)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done by somebody."""
        return self.state not in OVER and not self.withdrawn

    @cached_property
    def blown_on(self) -> date | None:
        """The local day of `blown_at`."""
        return None if self.blown_at is None else local(self.blown_at).date()

    @cached_property
    def rated_on(self) -> date | None:
        """The local day of `rated_at`."""
        return None if self.rated_at is None else local(self.rated_at).date()

    @cached_property
    def _times(self) -> Mapping[WhistleStep, datetime]:
        return times(self.moves)


def times(moves: Iterable[MoveView]) -> dict[WhistleStep, datetime]:
    """When each step was last taken; a reassignment blows anew: what was before it belongs to the department before."""
    found: dict[WhistleStep, datetime] = {}
    for move in moves:
        if move.withdrawn:
            continue
        if move.step is WhistleStep.REASSIGN:
            found = {WhistleStep.BLOW: move.at}
        else:
            found[move.step] = move.at
    return found


def whistles(
    session: Reader,
    *,
    ids: Collection[int] | None = None,
    org_ids: Collection[int] | None = None,
    department_ids: Collection[int] | None = None,
    states: Collection[WhistleState] | None = None,
    with_withdrawn: bool = False,
) -> tuple[WhistleView, ...]:
    """Whistles in the order of their numbers; `org_ids`: those blown by these, or led by a department of theirs."""
    known = {one.id: one for one in departments.departments(session, with_closed=True)}
    wanted = select(*Whistle.ALL).order_by(Whistle.number)
    if ids is not None:
        wanted = wanted.where(Whistle.id.in_(list(ids)))
    if org_ids is not None:
        led = [one.id for one in known.values() if one.org_id in org_ids]
        wanted = wanted.where(or_(Whistle.org_id.in_(list(org_ids)), Whistle.department_id.in_(led)))
    if department_ids is not None:
        wanted = wanted.where(Whistle.department_id.in_(list(department_ids)))
    if states is not None:
        wanted = wanted.where(Whistle.state.in_([state.value for state in states]))
    if not with_withdrawn:
        wanted = wanted.where(~Whistle.withdrawn)
    rows = facts(session.execute(wanted))
    return _Views(session, known).views(rows) if rows else ()


def whistle(session: Reader, whistle_id: int) -> WhistleView | None:
    """One whistle, withdrawn or not; None where there is none."""
    return next(iter(whistles(session, ids=(whistle_id,), with_withdrawn=True)), None)


class _Views:
    """What every view of a list needs, read once."""

    def __init__(self, session: Reader, known: Mapping[int, DepartmentView]) -> None:
        self._session, self._known = session, known
        self._limits: WhistleLimits = whistle_rules.limits(session)
        self._rule: RatingRule = whistle_rules.rating_rule(session)
        self._unrated = whistle_score((), self._rule)
        self._now, self._today = now(session), today(session)

    def views(self, rows: Sequence[Facts]) -> tuple[WhistleView, ...]:
        ids = {row.id for row in rows}
        moves, ratings, helpers = _moves(self._session, ids), _ratings(self._session, ids), _helpers(self._session, ids)
        names = orgs.short_names(self._session, self._today)
        numbers, again = _again(self._session)
        return tuple(
            self._view(
                row,
                names.get(row.org_id, ""),
                tuple(moves[row.id]),
                tuple(ratings[row.id]),
                tuple(self._known[one] for one in helpers[row.id]),
                numbers.get(row.again_of_id or 0, ""),
                tuple(again[row.id]),
            )
            for row in rows
        )

    def _view(
        self,
        row: Facts,
        org: str,
        moves: tuple[MoveView, ...],
        ratings: tuple[RatingView, ...],
        helpers: tuple[DepartmentView, ...],
        again_of: str,
        again: tuple[str, ...],
    ) -> WhistleView:
        kind, state, at = _CLASSES[row.kind], _STATES[row.state], times(moves)
        blown, received, arrived = at.get(WhistleStep.BLOW), at.get(WhistleStep.SIGN_IN), at.get(WhistleStep.ARRIVE)
        due = NO_DUE if blown is None else self._limits.due(kind, blown, row.promised_on)
        beside = row.withdrawn or state in (WhistleState.RETURNED, WhistleState.CANCELLED)
        planned = next((move.at for move in moves if move.step is WhistleStep.PLAN and not move.withdrawn), None)
        return WhistleView(
            id=row.id,
            number=row.number,
            org_id=row.org_id,
            org=org,
            quarter_id=row.quarter_id,
            kind=kind,
            source=row.source,
            matter=row.matter,
            place=row.place,
            goal=row.goal,
            department=self._known[row.department_id],
            helpers=helpers,
            drawn_on=row.drawn_on,
            blown_by=row.blown_by,
            signed_by=row.signed_by,
            plan=row.plan,
            promised_on=row.promised_on,
            result=row.result,
            solved=Solved(row.solved) if row.solved else None,
            said=row.said,
            state=state,
            again_of_id=row.again_of_id,
            again_of=again_of,
            again=again,
            reported_by=row.reported_by,
            basis=_BASES[row.basis],
            is_late=row.is_late,
            late_reason=row.late_reason,
            withdrawn=row.withdrawn,
            withdrawn_reason=row.withdrawn_reason,
            moves=moves,
            ratings=ratings,
            due=due,
            signed_in_time=None if beside else in_time(received, due.sign_in, self._now),
            came_in_time=None if beside else _came(arrived, planned, due.arrive, self._now),
            closed_in_time=None if beside else closed_in_time(at.get(WhistleStep.FINISH), due.close_on, self._today),
            sign_in_minutes=self._minutes(kind, blown, received),
            arrive_minutes=self._minutes(kind, blown, arrived),
            score=whistle_score([Rated(one.rater, one.levels) for one in ratings], self._rule)
            if ratings
            else self._unrated,
        )

    def _minutes(self, kind: WhistleClass, first: datetime | None, last: datetime | None) -> int | None:
        return None if first is None or last is None else self._limits.minutes(kind, first, last)


def _came(arrived: datetime | None, planned: datetime | None, due: datetime | None, at: datetime) -> bool | None:
    """Whether the department came in time; None where the matter was settled by then without coming to the place."""
    if arrived is None and planned is not None and due is not None:
        return None if planned <= due else False
    return in_time(arrived, due, at)


def levels_of(stored: str) -> dict[RatedItem, int]:
    """Stored levels by item, those that were not rated left out."""
    return {item: int(level) for item, level in zip(RatedItem, stored, strict=True) if level != NOT_RATED}


def _moves(session: Reader, ids: set[int]) -> dict[int, list[MoveView]]:
    names = users.names(session)
    found: dict[int, list[MoveView]] = defaultdict(list)
    rows = session.execute(_MOVES.where(_of(WhistleMove.whistle_id, ids)).order_by(WhistleMove.id)).all()
    for whistle_id, key, step, before, after, at, by, note, account_id, *rest in rows:
        if whistle_id in ids:
            name = names.get(account_id, "")
            move = MoveView(key, _STEPS[step], _STATES[before], _STATES[after], at, by, note, name, *rest)
            found[whistle_id].append(move)
    return found


_MOVES = select(
    WhistleMove.whistle_id,
    WhistleMove.id,
    WhistleMove.step,
    WhistleMove.before,
    WhistleMove.after,
    WhistleMove.at,
    WhistleMove.by,
    WhistleMove.note,
    WhistleMove.account_id,
    WhistleMove.recorded_at,
    WhistleMove.withdrawn,
    WhistleMove.withdrawn_reason,
)
_CLASSES, _STATES, _STEPS = stored(WhistleClass), stored(WhistleState), stored(WhistleStep)
_BASES = stored(EntryBasis)


def _of(column: Column[int], ids: set[int]) -> ColumnElement[bool]:
    """Rows of these whistles; of very many all are read, a list that long no database takes."""
    return column.in_(sorted(ids)) if len(ids) <= _ASKED_FOR else column.is_not(None)


def _ratings(session: Reader, ids: set[int]) -> dict[int, list[RatingView]]:
    found: dict[int, list[RatingView]] = defaultdict(list)
    wanted = select(*WhistleRating.ALL).where(_of(WhistleRating.whistle_id, ids), ~WhistleRating.withdrawn)
    for row in session.execute(wanted.order_by(WhistleRating.id)):
        if row.whistle_id in ids:
            found[row.whistle_id].append(RatingView(Rater(row.rater), levels_of(row.levels), row.comment))
    return found


def _helpers(session: Reader, ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    wanted = select(*WhistleHelper.ALL).where(_of(WhistleHelper.whistle_id, ids))
    for row in session.execute(wanted.order_by(WhistleHelper.id)):
        if row.whistle_id in ids:
            found[row.whistle_id].append(row.department_id)
    return found


def _again(session: Reader) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Of matters that were whistled for again: the first numbers by id, and those of later whistles by the first."""
    again: dict[int, list[str]] = defaultdict(list)
    later = select(Whistle.again_of_id, Whistle.number).where(~Whistle.withdrawn, Whistle.again_of_id.is_not(None))
    for first_id, number in session.execute(later.order_by(Whistle.id)):
        again[first_id].append(number)
    firsts = select(Whistle.id, Whistle.number).where(_of(Whistle.id, set(again)), ~Whistle.withdrawn)
    return {row.id: row.number for row in session.execute(firsts)}, again
