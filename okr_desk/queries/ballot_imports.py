"""What an import of answer sheets has to know of its round: questions, groups, branches, people, what came before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from okr_desk.model.columns import Ballot, CountSheet, SurveyBatch
from okr_desk.model.reading import Reader
from okr_desk.queries import imports, orgs, surveys
from okr_desk.queries.surveys import DefinitionView, PopulationView, RoundView
from okr_desk.rules.ballot_imports import Earlier, KnownGroup, KnownItem, KnownRound
from okr_desk.survey_terms import ItemKind, RoundState
from okr_desk.terms import OrgKind


@dataclass(frozen=True)
class BatchView:
    """A file of answer sheets that came in: how many count, are void, are marked."""

    id: int
    round_id: int
    file_name: str
    counted: int
    void: int
    suspect: int
    recorded_at: datetime


def known(session: Reader, round_id: int) -> KnownRound:
    """Everything that reading a file into this round needs. Raises Refusal when there is no such round."""
    of = surveys.round_view(session, round_id)
    branches = {org.short_name: org.id for org in orgs.tree(session, of.quarter.ends_on) if org.kind == OrgKind.BRANCH}
    names = imports.known(session)
    definition = of.definition
    return KnownRound(
        items=tuple(KnownItem(item.place or 0, item.text, item.aliases) for item in definition.levels),
        open_questions=_open(definition),
        groups=tuple(KnownGroup(group.id, group.name, group.aliases) for group in definition.groups),
        orgs=tuple(org for org in names.orgs if org.short in branches),
        org_ids=branches,
        channels=tuple(channel for channel, _weight in definition.channels),
        starts_on=of.starts_on,
        ends_on=of.ends_on,
        township=names.township,
        limits=_limits(surveys.populations(session, round_id)),
        taken=_taken(session, round_id),
        earlier=_earlier(session, round_id),
        other_questions=_others(session, definition),
        order=definition.number_order,
        scores=definition.scores,
    )


def rounds_for(session: Reader, day: date) -> tuple[RoundView, ...]:
    """The rounds that still take answers and whose days hold `day`."""
    return tuple(
        one
        for one in surveys.rounds(session, day.year)
        if one.state is RoundState.OPEN and one.starts_on <= day <= one.ends_on
    )


def batches(session: Reader) -> tuple[BatchView, ...]:
    """All files that came in and stand, newest first: for the list where one is taken back."""
    rows = session.execute(
        select(*SurveyBatch.ALL)
        .where(SurveyBatch.withdrawn_at.is_(None), SurveyBatch.file_name != "")
        .order_by(SurveyBatch.id.desc())
    )
    return tuple(
        BatchView(row.id, row.round_id, row.file_name, row.taken, row.void, row.suspect, row.recorded_at)
        for row in rows
    )


def _open(definition: DefinitionView) -> tuple[str, ...]:
    return tuple(text for item in definition.items if item.kind is ItemKind.OPEN for text in (item.text, *item.aliases))


def _others(session: Reader, definition: DefinitionView) -> tuple[str, ...]:
    """Questions of other versions of this year and the one before."""
    own = {text for item in definition.items for text in (item.text, *item.aliases)}
    found = [
        text
        for year in (definition.year - 1, definition.year)
        for other in surveys.definitions(session, year)
        for item in other.levels
        for text in (item.text, *item.aliases)
    ]
    return tuple(dict.fromkeys(text for text in found if text not in own))


def _limits(rows: Sequence[PopulationView]) -> dict[int, int]:
    """People by branch: in all where that is said, else the groups together."""
    whole = {row.org_id: row.population for row in rows if row.group_id is None and row.population is not None}
    parts: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.group_id is not None and row.population is not None:
            parts[row.org_id] += row.population
    return {**parts, **whole}


def _taken(session: Reader, round_id: int) -> dict[int, int]:
    """Answers that each branch has already, on ballots and on count sheets."""
    counted = (
        surveys.standing_ballots(Ballot.org_id, func.count())
        .where(Ballot.round_id == round_id, Ballot.void_reason == "")
        .group_by(Ballot.org_id)
    )
    found: Counter[int] = Counter({row[0]: row[1] for row in session.execute(counted)})
    sheets = (
        select(CountSheet.org_id, func.sum(CountSheet.valid))
        .where(CountSheet.round_id == round_id, CountSheet.withdrawn_at.is_(None))
        .group_by(CountSheet.org_id)
    )
    found.update({row[0]: int(row[1]) for row in session.execute(sheets)})
    return dict(found)


def _earlier(session: Reader, round_id: int) -> tuple[Earlier, ...]:
    """Files that came in and stand: of this round with their ballots, of others by name and hash."""
    prints: dict[int, set[tuple[int, date | None, int | None, str]]] = defaultdict(set)
    asked = (Ballot.batch_id, Ballot.org_id, Ballot.answered_on, Ballot.minute, Ballot.answers)
    statement = surveys.standing_ballots(*asked).where(
        Ballot.round_id == round_id, Ballot.answered_on.is_not(None), SurveyBatch.file_name != ""
    )
    for row in session.execute(statement):
        prints[row.batch_id].add((row.org_id, row.answered_on, row.minute, row.answers))
    batches = session.execute(
        select(SurveyBatch.id, SurveyBatch.file_name, SurveyBatch.sha256)
        .where(SurveyBatch.withdrawn_at.is_(None), SurveyBatch.file_name != "")
        .order_by(SurveyBatch.id)
    )
    return tuple(Earlier(row.file_name, row.sha256, frozenset(prints[row.id])) for row in batches)
