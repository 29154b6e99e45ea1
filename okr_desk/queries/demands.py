"""Urgent demands of branches with their steps, where each stands, and the cases written of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okr_desk.i18n import _
from okr_desk.model.columns import CaseReview, Demand, DemandCase, DemandStep
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, DemandState
from okr_desk.rules.demands import Move, legal, may_postpone, state_after
from okr_desk.terms import stored


@dataclass(frozen=True)
class StepView:
    """One move of a demand."""

    id: int
    action: DemandAction
    on: date
    note: str
    way: ConfirmedBy | None
    entry: EntryView


@dataclass(frozen=True)
class Postponement:
    """The promised day of a demand was put off: from when to when, why, and who said so."""

    step_id: int
    before: date
    after: date
    reason: str
    entry: EntryView


@dataclass(frozen=True)
class DemandView:
    """A demand with its moves in order. `asker` is masked; empty: nobody was named.

    `promised_on` is the day that counts, after every postponement.
    """

    id: int
    uid: str
    org_id: int
    year: int
    number: int
    quarter_id: int
    raised_on: date
    source: DemandSource
    asker: str
    what: str
    category: str
    owner: str
    promised_on: date
    steps: tuple[StepView, ...]
    entry: EntryView
    postponed: tuple[Postponement, ...] = ()

    @property
    def first_promised_on(self) -> date:
        """The day that was promised at first."""
        return self.postponed[0].before if self.postponed else self.promised_on

    @property
    def may_postpone(self) -> bool:
        """Whether something is still to be done by the promised day."""
        return may_postpone(self.state)

    @property
    def label(self) -> str:
        """The number of the branch's year: 2026-007."""
        return f"{self.year}-{self.number:03}"

    @property
    def who(self) -> str:
        """The masked name, 无名 where there is none."""
        return self.asker or _("无名")

    @cached_property
    def state(self) -> DemandState:
        """Where it stands after all its steps."""
        return state_after(step.action for step in self.steps)

    def state_on(self, day: date) -> DemandState:
        """Where it stood at the end of `day`."""
        return state_after(step.action for step in self.steps if step.on <= day)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What may be entered next."""
        return legal(self.state)

    def last(self, *actions: DemandAction) -> StepView | None:
        """The newest step with one of these actions."""
        return next((step for step in reversed(self.steps) if step.action in actions), None)

    @property
    def done(self) -> StepView | None:
        """The last time that it was done, unless it was given back or given up since."""
        is_done = self.state in (DemandState.AWAITING, DemandState.CONFIRMED, DemandState.DECLINED)
        return self.last(DemandAction.FINISH) if is_done else None

    @property
    def answer(self) -> StepView | None:
        """The resident's last word."""
        return self.last(DemandAction.SATISFIED, DemandAction.NOT_ACCEPTED, DemandAction.DECLINED)

    @property
    def confirmed_on(self) -> date | None:
        """The day on which the resident was satisfied, where that is how it stands."""
        step = self.last(DemandAction.SATISFIED)
        return step.on if step is not None and self.state is DemandState.CONFIRMED else None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done: neither confirmed nor explained as impossible."""
        return self.state not in (DemandState.CONFIRMED, DemandState.CANNOT)


@dataclass(frozen=True)
class ReviewView:
    """The office's word on a case."""

    id: int
    on: date
    is_valid: bool
    note: str
    entry: EntryView


@dataclass(frozen=True)
class CaseView:
    """A case of one page with the demand that it tells of; without `review` it waits."""

    id: int
    org_id: int
    demand: DemandView
    written_on: date
    title: str
    background: str
    practice: str
    effect: str
    opinion: str
    entry: EntryView
    review: ReviewView | None = None


def demands(session: Reader, org_ids: Sequence[int], *conditions: object) -> tuple[DemandView, ...]:
    """The demands that stand of these branches, by branch and number; `conditions` on `model.columns.Demand`."""
    rows = of_parents(session, Demand, "org_id", org_ids, *conditions)
    found = [row for org_id in org_ids for row in sorted(rows.get(org_id, ()), key=lambda one: (one.year, one.number))]
    return tuple(_views(session, found))


def ledger(session: Reader, year: int, until: date, org_ids: Sequence[int]) -> tuple[DemandView, ...]:
    """The ledger of a year up to a day: raised in it, or before it and not at an end when it began."""
    return of_year(demands(session, org_ids, Demand.raised_on <= until), year)


def of_year(found: Iterable[DemandView], year: int) -> tuple[DemandView, ...]:
    """Those of the year's ledger among demands that were read already."""
    before = date(year - 1, 12, 31)
    over = (DemandState.CONFIRMED, DemandState.CANNOT)
    return tuple(one for one in found if one.year == year or (one.year < year and one.state_on(before) not in over))


def cases(
    session: Reader, year: int, until: date, org_ids: Sequence[int], known: Iterable[DemandView] = ()
) -> tuple[CaseView, ...]:
    """The cases written in a year up to a day, by branch; `known` are demands that were read already."""
    rows = of_parents(
        session,
        DemandCase,
        "org_id",
        org_ids,
        DemandCase.written_on >= date(year, 1, 1),
        DemandCase.written_on <= until,
    )
    found = [row for org_id in org_ids for row in rows.get(org_id, ())]
    about = {one.id: one for one in known}
    unread = of_parents(session, Demand, "id", [row.demand_id for row in found if row.demand_id not in about])
    about |= {one.id: one for one in _views(session, [row for part in unread.values() for row in part])}
    reviews = of_parents(session, CaseReview, "case_id", [row.id for row in found])
    names = users.names(session)
    return tuple(
        _case(row, about[row.demand_id], reviews.get(row.id, ()), names) for row in found if row.demand_id in about
    )


def _views(session: Reader, rows: Sequence[Facts]) -> list[DemandView]:
    steps, names = of_parents(session, DemandStep, "demand_id", [row.id for row in rows]), users.names(session)
    return [_demand(row, steps.get(row.id, ()), names) for row in rows]


_SOURCES, _ACTIONS, _WAYS = stored(DemandSource), stored(DemandAction), stored(ConfirmedBy)


def _demand(row: Facts, steps: Iterable[Facts], names: dict[int, str]) -> DemandView:
    promised_on: date = row.promised_on
    postponed, moves = [], []
    for step in steps:
        if step.action == DemandAction.POSTPONE:
            postponed.append(Postponement(step.id, promised_on, step.on, step.note, entry_view(step, names)))
            promised_on = step.on
        else:
            moves.append(step)
    return DemandView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        year=row.year,
        number=row.number,
        quarter_id=row.quarter_id,
        raised_on=row.raised_on,
        source=_SOURCES[row.source],
        asker=row.asker,
        what=row.what,
        category=row.category,
        owner=row.owner,
        promised_on=promised_on,
        steps=tuple(
            StepView(
                step.id,
                _ACTIONS[step.action],
                step.on,
                step.note,
                _WAYS[step.way] if step.way else None,
                entry_view(step, names),
            )
            for step in moves
        ),
        entry=entry_view(row, names),
        postponed=tuple(postponed),
    )


def _case(row: Facts, demand: DemandView, reviews: Sequence[Facts], names: dict[int, str]) -> CaseView:
    word = reviews[-1] if reviews else None
    return CaseView(
        id=row.id,
        org_id=row.org_id,
        demand=demand,
        written_on=row.written_on,
        title=row.title,
        background=row.background,
        practice=row.practice,
        effect=row.effect,
        opinion=row.opinion,
        entry=entry_view(row, names),
        review=None
        if word is None
        else ReviewView(word.id, word.on, word.is_valid, word.note, entry_view(word, names)),
    )
