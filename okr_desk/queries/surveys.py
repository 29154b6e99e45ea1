"""Survey definitions and rounds as they stand: what is asked, whom, and how much has come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import (
    Ballot,
    BallotWithdrawal,
    CountSheet,
    SurveyBatch,
    SurveyChannel,
    SurveyDefinition,
    SurveyGroup,
    SurveyItem,
    SurveyPopulation,
    SurveyRound,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import cycles
from okr_desk.queries.objectives import QuarterView
from okr_desk.survey_terms import Channel, ItemKind, NumberOrder, RoundState
from okr_desk.terms import Sampling


@dataclass(frozen=True)
class ItemView:
    """A question; `place` counts the items of five levels from 0 and is their character in a ballot's answers."""

    id: int
    kind: ItemKind
    text: str
    aliases: tuple[str, ...]
    is_overall: bool
    place: int | None


@dataclass(frozen=True)
class GroupView:
    """A group of people with the other words for it."""

    id: int
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class DefinitionView:
    """What a year asks. `is_frozen`: there are answers, so that only a new version can change it.

    `number_order`: what 1 means in export files by number, None until somebody said so.
    """

    id: int
    year: int
    version: int
    name: str
    items: tuple[ItemView, ...]
    groups: tuple[GroupView, ...]
    channels: tuple[tuple[Channel, Decimal], ...]
    scores: tuple[Decimal, ...]
    wide: int
    narrow: int
    reason: str
    is_frozen: bool
    number_order: NumberOrder | None = None

    @property
    def levels(self) -> tuple[ItemView, ...]:
        """The items of five levels, in the order of a ballot's answers."""
        return tuple(item for item in self.items if item.kind is ItemKind.LEVELS)

    @property
    def overall(self) -> ItemView:
        """The item that the score comes from."""
        return next(item for item in self.levels if item.is_overall)

    def is_comparable(self, other: DefinitionView) -> bool:
        """Whether a score of one can stand beside a score of the other: the same question, scale and counting."""
        return (self.overall.text, self.scores, self.wide) == (other.overall.text, other.scores, other.wide)


@dataclass(frozen=True)
class RoundView:
    """One survey of a quarter. `ballots`: valid ballots that came in singly or by file; `sheets`: count sheets."""

    id: int
    uid: str
    definition: DefinitionView
    quarter: QuarterView
    name: str
    starts_on: date
    ends_on: date
    sampling: Sampling
    drawn_by: str
    collected_by: str
    is_independent: bool
    state: RoundState
    ballots: int
    sheets: int


@dataclass(frozen=True)
class PopulationView:
    """People of a branch in a group (None: in all), and how many were asked; None: not known."""

    org_id: int
    group_id: int | None
    population: int | None
    invited: int | None


def definitions(session: Reader, year: int) -> tuple[DefinitionView, ...]:
    """The versions of a year, oldest first."""
    rows = session.execute(
        select(*SurveyDefinition.ALL).where(SurveyDefinition.year == year).order_by(SurveyDefinition.version)
    ).all()
    return _views(session, rows)


def definition(session: Reader, definition_id: int) -> DefinitionView:
    """One version. Raises Refusal when it does not exist."""
    rows = session.execute(select(*SurveyDefinition.ALL).where(SurveyDefinition.id == definition_id)).all()
    if not rows:
        raise Refusal(_("没有这份测评表，请刷新。"))
    return _views(session, rows)[0]


def rounds(session: Reader, year: int) -> tuple[RoundView, ...]:
    """The rounds of a year by quarter and day."""
    quarters = {one.id: one for one in cycles.quarters(session) if one.year == year}
    rows = session.execute(
        select(*SurveyRound.ALL)
        .where(SurveyRound.quarter_id.in_(quarters))
        .order_by(SurveyRound.starts_on, SurveyRound.id)
    ).all()
    known = {one.id: one for one in _all_definitions(session, {row.definition_id for row in rows})}
    ballots, sheets = _ballots(session), _sheets(session)
    return tuple(
        RoundView(
            row.id,
            row.uid,
            known[row.definition_id],
            quarters[row.quarter_id],
            row.name,
            row.starts_on,
            row.ends_on,
            Sampling(row.sampling),
            row.drawn_by,
            row.collected_by,
            row.is_independent,
            RoundState(row.state),
            ballots.get(row.id, 0),
            sheets.get(row.id, 0),
        )
        for row in rows
    )


def has_round(session: Reader, quarter: QuarterView) -> bool:
    """Whether a quarter was surveyed; asked without counting a single ballot."""
    return session.execute(select(SurveyRound.id).where(SurveyRound.quarter_id == quarter.id)).first() is not None


def rounds_of(session: Reader, quarter: QuarterView) -> tuple[RoundView, ...]:
    """The rounds of a quarter by day, the latest last."""
    return tuple(one for one in rounds(session, quarter.year) if one.quarter.id == quarter.id)


def round_view(session: Reader, round_id: int) -> RoundView:
    """One round. Raises Refusal when it does not exist."""
    row = session.execute(select(SurveyRound.quarter_id).where(SurveyRound.id == round_id)).first()
    quarter = None if row is None else cycles.by_id(session, row.quarter_id)
    if quarter is None:
        raise Refusal(_("没有这次测评，请刷新。"))
    return next(one for one in rounds(session, quarter.year) if one.id == round_id)


def earlier(session: Reader, of: RoundView) -> tuple[RoundView, ...]:
    """Rounds of the quarters before, this year and the one before, that have answers, ask and count the same.

    Oldest first, of each quarter the latest.
    """
    year = of.quarter.year
    found: dict[int, RoundView] = {}
    for one in (*rounds(session, year - 1), *rounds(session, year)):
        is_before = (one.ends_on, one.id) < (of.starts_on, of.id) and one.quarter.id != of.quarter.id
        if is_before and (one.ballots or one.sheets) and one.definition.is_comparable(of.definition):
            kept = found.get(one.quarter.id)
            if kept is None or (kept.ends_on, kept.id) < (one.ends_on, one.id):
                found[one.quarter.id] = one
    return tuple(sorted(found.values(), key=lambda one: (one.ends_on, one.id)))


def settled(session: Reader, quarter_id: int) -> int | None:
    """The round that was counted into the indicators of a quarter; None where none was."""
    statement = select(SurveyRound.id).where(
        SurveyRound.quarter_id == quarter_id, SurveyRound.state == RoundState.SETTLED.value
    )
    found: int | None = session.execute(statement).scalar()
    return found


def populations(session: Reader, round_id: int) -> tuple[PopulationView, ...]:
    """Whom the round asks, by branch and group."""
    rows = session.execute(
        select(*SurveyPopulation.ALL)
        .where(SurveyPopulation.round_id == round_id)
        .order_by(SurveyPopulation.org_id, SurveyPopulation.id)
    )
    return tuple(PopulationView(row.org_id, row.group_id, row.population, row.invited) for row in rows)


def standing_ballots(*asked: Any) -> Any:
    """A query of ballots that nobody has taken back, singly or with their batch."""
    return (
        select(*asked)
        .select_from(Ballot.TABLE)
        .join(SurveyBatch.TABLE, SurveyBatch.id == Ballot.batch_id)
        .join(BallotWithdrawal.TABLE, BallotWithdrawal.ballot_id == Ballot.id, isouter=True)
        .where(SurveyBatch.withdrawn_at.is_(None), BallotWithdrawal.id.is_(None))
    )


def _ballots(session: Reader) -> dict[int, int]:
    """Valid ballots in each round."""
    statement = standing_ballots(Ballot.round_id, func.count()).where(Ballot.void_reason == "")
    return {row[0]: row[1] for row in session.execute(statement.group_by(Ballot.round_id))}


def _sheets(session: Reader) -> dict[int, int]:
    """Count sheets in each round."""
    statement = select(CountSheet.round_id, func.count()).where(CountSheet.withdrawn_at.is_(None))
    return {row[0]: row[1] for row in session.execute(statement.group_by(CountSheet.round_id))}


def _all_definitions(session: Reader, ids: set[int]) -> tuple[DefinitionView, ...]:
    rows = session.execute(select(*SurveyDefinition.ALL).where(SurveyDefinition.id.in_(ids))).all()
    return _views(session, rows)


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[DefinitionView, ...]:
    ids = [row.id for row in rows]
    items: dict[int, list[ItemView]] = defaultdict(list)
    for one in session.execute(
        select(*SurveyItem.ALL).where(SurveyItem.definition_id.in_(ids)).order_by(SurveyItem.position)
    ):
        before = items[one.definition_id]
        kind = ItemKind(one.kind)
        place = sum(item.kind is ItemKind.LEVELS for item in before) if kind is ItemKind.LEVELS else None
        before.append(ItemView(one.id, kind, one.text, _lines(one.aliases), one.is_overall, place))
    groups: dict[int, list[GroupView]] = defaultdict(list)
    for one in session.execute(
        select(*SurveyGroup.ALL).where(SurveyGroup.definition_id.in_(ids)).order_by(SurveyGroup.position)
    ):
        groups[one.definition_id].append(GroupView(one.id, one.name, _lines(one.aliases)))
    channels: dict[int, list[tuple[Channel, Decimal]]] = defaultdict(list)
    for one in session.execute(
        select(*SurveyChannel.ALL).where(SurveyChannel.definition_id.in_(ids)).order_by(SurveyChannel.position)
    ):
        channels[one.definition_id].append((Channel(one.channel), one.weight))
    answered = _answered(session, ids)
    return tuple(
        DefinitionView(
            row.id,
            row.year,
            row.version,
            row.name,
            tuple(items[row.id]),
            tuple(groups[row.id]),
            tuple(channels[row.id]),
            tuple(Decimal(part) for part in row.level_scores.split(",")),
            row.wide_levels,
            row.narrow_levels,
            row.reason,
            row.id in answered,
            NumberOrder(row.number_order) if row.number_order else None,
        )
        for row in rows
    )


def _answered(session: Reader, ids: list[int]) -> set[int]:
    """Definitions by which somebody has answered."""
    found: set[int] = set()
    for table in (Ballot, CountSheet):
        statement = (
            select(SurveyRound.definition_id)
            .join(table.TABLE, table.round_id == SurveyRound.id)
            .where(SurveyRound.definition_id.in_(ids))
            .distinct()
        )
        found |= set(session.execute(statement).scalars())
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)
