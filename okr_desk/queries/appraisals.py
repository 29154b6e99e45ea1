"""Appraisals as they stand: ballots by class, votes, scores with their way, grades and how many places are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from okr_desk.appraisal_terms import ITEMS, LEVELS, AppraisalItem, AppraisalKind, AppraisalState, Level, Voter
from okr_desk.model.columns import Appraisal, AppraisalCount, AppraisalPerson, AppraisalVoter
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import incentive_rules, users
from okr_desk.queries.duty_registers import ReviewView
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.rules.appraisals import Cuts, suggested
from okr_desk.rules.duties import ReviewDraft
from okr_desk.scoring.appraisals import Tally, Turnout, best_most, item_score, overall
from okr_desk.scoring.explained import Explained


@dataclass(frozen=True)
class VoterView:
    """A class of voters with its weight and its ballots."""

    voter: Voter
    weight: Decimal
    issued: int
    returned: int
    void: int

    @property
    def turnout(self) -> Turnout:
        """The ballots alone."""
        return Turnout(self.issued, self.returned, self.void)


@dataclass(frozen=True)
class VotesView:
    """What one class gave on one item, the best level first."""

    voter: Voter
    item: AppraisalItem
    votes: tuple[int, ...]


@dataclass(frozen=True)
class PersonView:
    """Somebody who is voted on, with the votes that stand; `advised`: what they suggest."""

    id: int
    position: int
    name: str
    org_id: int | None
    post: str
    is_probationary: bool
    problems: str
    grade: Level | None
    grade_reason: str
    votes: tuple[VotesView, ...]
    scores: Mapping[AppraisalItem, Explained]
    score: Explained
    advised: Level | None

    @property
    def is_counted(self) -> bool:
        """Whether the votes of 总体评价 are there."""
        return self.score.value is not None

    def votes_of(self, voter: Voter, item: AppraisalItem) -> tuple[int, ...] | None:
        """The votes of a class on an item; None where they were not counted."""
        return next((one.votes for one in self.votes if one.voter is voter and one.item is item), None)

    def told(self, item: AppraisalItem) -> tuple[int, ...]:
        """The votes of all classes on an item, by level."""
        found = [one.votes for one in self.votes if one.item is item]
        return tuple(sum(column) for column in zip(*found, strict=True)) if found else ()


@dataclass(frozen=True)
class AppraisalView:
    """One meeting at which votes were given. `is_limited`: the best grade goes to a third at most."""

    id: int
    kind: AppraisalKind
    org_id: int
    year: int
    name: str
    held_on: date
    state: AppraisalState
    closed_at: datetime | None
    entry: EntryView
    voters: tuple[VoterView, ...]
    people: tuple[PersonView, ...]
    is_limited: bool
    reopened: tuple[str, ...] = ()
    """Why it was opened again after it had been closed, each time."""

    @property
    def version(self) -> int:
        """The first, or one more each time it was opened again."""
        return len(self.reopened) + 1

    @property
    def items(self) -> tuple[AppraisalItem, ...]:
        """What is voted on."""
        return ITEMS[self.kind]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The answers, the best first."""
        return LEVELS[self.kind]

    @property
    def graded(self) -> tuple[PersonView, ...]:
        """Those who get a grade."""
        return tuple(one for one in self.people if not one.is_probationary)

    @property
    def best(self) -> int:
        """How many have the best grade."""
        return sum(one.grade is self.levels[0] for one in self.graded)

    @property
    def best_most(self) -> int:
        """How many may have it: a third of those who get a grade, cut off."""
        return best_most(len(self.graded))

    @property
    def is_open(self) -> bool:
        """Whether counts and grades may still change."""
        return self.state is AppraisalState.OPEN

    def person(self, person_id: int) -> PersonView | None:
        """Somebody by id."""
        return next((one for one in self.people if one.id == person_id), None)

    def voter(self, voter: Voter) -> VoterView | None:
        """A class that votes here."""
        return next((one for one in self.voters if one.voter is voter), None)


def appraisals(
    session: Reader, year: int, kind: AppraisalKind | None = None, org_ids: Collection[int] | None = None
) -> tuple[AppraisalView, ...]:
    """The appraisals of a year that stand, the newest first."""
    wanted = select(*Appraisal.ALL).where(Appraisal.year == year, Appraisal.withdrawn_at.is_(None))
    if kind is not None:
        wanted = wanted.where(Appraisal.kind == kind.value)
    rows = session.execute(wanted.order_by(Appraisal.held_on.desc(), Appraisal.id.desc()))
    return _views(session, [row for row in rows if org_ids is None or row.org_id in org_ids])


def appraisal(session: Reader, appraisal_id: int) -> AppraisalView | None:
    """One appraisal that stands; None where there is none."""
    wanted = select(*Appraisal.ALL).where(Appraisal.id == appraisal_id, Appraisal.withdrawn_at.is_(None))
    return next(iter(_views(session, session.execute(wanted).all())), None)


def has_any(session: Reader, year: int, kind: AppraisalKind) -> bool:
    """Whether an appraisal of a kind stands in a year."""
    wanted = select(Appraisal.id).where(
        Appraisal.year == year, Appraisal.kind == kind.value, Appraisal.withdrawn_at.is_(None)
    )
    return session.execute(wanted.limit(1)).first() is not None


def review_draft(of: AppraisalView) -> ReviewDraft:
    """The yearly record of a branch (组织生活 · 民主评议) as this appraisal of its members says it."""
    grades = [one.grade for one in of.graded]
    counts = {level: grades.count(level) for level in of.levels}
    return ReviewDraft(
        org_id=of.org_id,
        reviewed_on=of.held_on,
        due=len(of.people),
        took_part=sum(one.returned for one in of.voters),
        probationary=len(of.people) - len(of.graded),
        excellent=counts[Level.EXCELLENT],
        qualified=counts[Level.QUALIFIED],
        basically=counts[Level.BASICALLY],
        unqualified=counts[Level.UNQUALIFIED],
        note=of.name,
        reported_by=of.entry.reported_by,
        basis=of.entry.basis,
    )


_WORDS = ("reviewed_on", "due", "took_part", "probationary", "excellent", "qualified", "basically", "unqualified")


def is_recorded(of: AppraisalView, found: ReviewView | None) -> bool:
    """Whether the yearly record that stands for the branch says what this appraisal of its members says."""
    if of.kind is not AppraisalKind.MEMBERS or found is None:
        return False
    draft = review_draft(of)
    return all(getattr(found, word) == getattr(draft, word) for word in _WORDS)


def under_way(session: Reader, year: int, org_id: int) -> AppraisalView | None:
    """The appraisal of a branch's members that is not closed yet; the newest where there are several."""
    found = appraisals(session, year, AppraisalKind.MEMBERS, [org_id])
    return next((one for one in found if one.is_open), None)


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[AppraisalView, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    voters = of_parents(session, AppraisalVoter, "appraisal_id", ids)
    people = of_parents(session, AppraisalPerson, "appraisal_id", ids)
    person_ids = [one.id for found in people.values() for one in found]
    counts = of_parents(session, AppraisalCount, "person_id", person_ids, AppraisalCount.superseded_at.is_(None))
    names, limits = users.names(session), incentive_rules.cuts(session)
    return tuple(
        _view(
            row,
            voters[row.id],
            people[row.id],
            counts,
            entry_view(row, names),
            limits,
            incentive_rules.is_limited(session, AppraisalKind(row.kind)),
        )
        for row in rows
    )


def _view(
    row: Facts,
    voters: Sequence[Facts],
    people: Sequence[Facts],
    counts: Mapping[int, Sequence[Facts]],
    entry: EntryView,
    limits: Cuts,
    is_limited: bool,
) -> AppraisalView:
    kind = AppraisalKind(row.kind)
    classes = tuple(VoterView(Voter(v.voter), v.weight, v.issued, v.returned, v.void) for v in voters)
    weights = {one.voter: one.weight for one in classes}
    ordered = sorted(people, key=lambda one: (one.position, one.id))
    return AppraisalView(
        id=row.id,
        kind=kind,
        org_id=row.org_id,
        year=row.year,
        name=row.name,
        held_on=row.held_on,
        state=AppraisalState(row.state),
        closed_at=row.closed_at,
        entry=entry,
        voters=classes,
        people=tuple(_person(one, kind, counts.get(one.id, ()), weights, limits) for one in ordered),
        is_limited=is_limited,
        reopened=tuple(row.reopened.splitlines()),
    )


def _person(
    row: Facts, kind: AppraisalKind, counts: Sequence[Facts], weights: Mapping[Voter, Decimal], limits: Cuts
) -> PersonView:
    votes = _votes(kind, counts)
    scores = {
        item: item_score([Tally(voter, votes.get((voter, item), _NONE)) for voter in weights], weights)
        for item in ITEMS[kind]
    }
    score = overall(scores)
    return PersonView(
        id=row.id,
        position=row.position,
        name=row.name,
        org_id=row.org_id,
        post=row.post,
        is_probationary=row.is_probationary,
        problems=row.problems,
        grade=Level(row.grade) if row.grade else None,
        grade_reason=row.grade_reason,
        votes=tuple(VotesView(voter, item, given) for (voter, item), given in votes.items()),
        scores=scores,
        score=score,
        advised=suggested(kind, score.value, limits),
    )


_NONE = (0, 0, 0, 0)


def _votes(kind: AppraisalKind, counts: Sequence[Facts]) -> dict[tuple[Voter, AppraisalItem], tuple[int, ...]]:
    found: dict[tuple[Voter, AppraisalItem], list[int]] = defaultdict(lambda: list(_NONE))
    places = {level: place for place, level in enumerate(LEVELS[kind])}
    for one in counts:
        found[Voter(one.voter), AppraisalItem(one.item)][places[Level(one.level)]] = one.votes
    return {key: tuple(votes) for key, votes in found.items()}
