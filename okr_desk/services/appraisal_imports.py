"""Counts from workbooks: into the round that is open, or a new one of the day that they say; taken back with the batch.

What does not add up is refused line by line with its cell; everything else of the round is saved as if it were typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.appraisal_terms import SECRETARY, VOTERS, AppraisalKind, Voter
from okr_desk.errors import Refusal
from okr_desk.i18n import _, using
from okr_desk.model.store import today
from okr_desk.model.tables import (
    Appraisal,
    AppraisalCount,
    AppraisalPerson,
    AppraisalVoter,
    ImportBatch,
)
from okr_desk.queries import appraisal_lines, incentive_rules
from okr_desk.queries.appraisal_lines import meant, rounds, why_not
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.rules.appraisal_lines import CountLine, line_of
from okr_desk.rules.appraisals import AppraisalDraft, CountDraft, CountsDraft, PersonDraft, VoterDraft, check_was_held
from okr_desk.rules.entered import By
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.permissions import Actor
from okr_desk.scoring.appraisals import Turnout
from okr_desk.services import appraisals
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis

TABLES = (AppraisalCount, AppraisalPerson, AppraisalVoter, Appraisal)
"""In the order in which they are removed."""


@dataclass(frozen=True)
class _Row:
    fact: EntryFact
    line: CountLine


def write(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line that fits its round, round by round; one that cannot be set up is refused with all its lines."""
    groups: dict[tuple[AppraisalKind, int | None, date | None], list[_Row]] = defaultdict(list)
    for fact in facts:
        row = _Row(fact, line_of(fact))
        is_members = row.line.kind is AppraisalKind.MEMBERS
        org_id = writing.orgs.get(fact.org) if is_members else writing.stand.township_id
        groups[row.line.kind, org_id, row.line.held_on].append(row)
    for (_kind, org_id, _held), rows in groups.items():
        _round(writing, org_id, rows)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the counts of a batch; what they had superseded stands again, ballots are as they were before."""
    made = appraisal_lines.made_by(session, batch.key, batch.at)
    for name, row_id, before in made.changed:
        row = session.get(next(one for one in TABLES if one.__tablename__ == name), row_id)
        for key, value in before.items() if row is not None else ():
            setattr(row, key, value)  # numbers of ballots, or that nothing had superseded a count
    session.flush()
    for table in TABLES:
        ids = made.inserted.get(str(table.__tablename__), frozenset())
        for row in session.exec(select(table).where(col(table.id).in_(ids))) if ids else ():
            session.delete(row)
        session.flush()


def _round(writing: Writing, org_id: int | None, rows: Sequence[_Row]) -> None:
    view = meant(rounds(writing.session), rows[0].line, org_id)
    turnouts = {row.line.voter: row.line.turnout for row in rows if row.line.turnout is not None}
    fit = []
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        said = (row.line.name, row.line.voter, row.line.item)
        why = why_not(view, row.line, turnouts.get(row.line.voter))
        if said in seen:
            why = _("同一人同一项写了两行，以先读到的为准。")
        if why:
            writing.refuse(row.fact, why)
            continue
        seen.add(said)
        fit.append(row)
    if not fit:
        return
    try:
        found = view or _opened(writing, org_id, fit)
        appraisals.save_counts(writing.session, writing.actor, _draft(found, fit, turnouts))
    except Refusal as refusal:  # asked before anything is written
        for row in fit:
            writing.refuse(row.fact, refusal.sentence)
        return
    writing.written += len(fit)


def _opened(writing: Writing, org_id: int | None, rows: Sequence[_Row]) -> AppraisalView:
    """A new round of the day that the workbook says, with everybody whom it names."""
    session, line = writing.session, rows[0].line
    if org_id is None or line.held_on is None:
        raise Refusal(_("找不到组织测评的党组织，没有写入。"))
    check_was_held(line.held_on, today(session))
    is_members = line.kind is AppraisalKind.MEMBERS
    named = {row.line.name: row for row in rows}
    people = tuple(
        PersonDraft(name, is_probationary=row.line.is_probationary)
        if is_members
        else PersonDraft(name, writing.orgs.get(row.fact.org), SECRETARY)
        for name, row in named.items()
    )
    weights = incentive_rules.voter_weights(session, line.kind)
    with using("zh_CN"):
        usual = _("{year}年度民主评议党员") if is_members else _("{year}年度支部书记述职评议")
    draft = AppraisalDraft(
        line.kind,
        org_id,
        line.held_on.year,
        usual.format(year=line.held_on.year),
        line.held_on,
        people,
        tuple(VoterDraft(voter, weights[voter]) for voter in VOTERS[line.kind]),
        By(rows[0].fact.place.workbook[:40], EntryBasis.WORKBOOK),
    )
    made = appraisals.create(session, writing.actor, draft).value
    return next(one for one in rounds(session) if one.id == made)


def _draft(of: AppraisalView, rows: Sequence[_Row], said: Mapping[Voter, Turnout]) -> CountsDraft:
    """The counts with the ballots that the workbook says; those of other classes stay."""
    turnouts = {one.voter: one.turnout for one in of.voters} | dict(said)
    voters = []
    for one in of.voters:
        of_class = turnouts[one.voter]
        voters.append(VoterDraft(one.voter, one.weight, of_class.issued, of_class.returned, of_class.void))
    ids = {one.name: one.id for one in of.people}
    counts = tuple(CountDraft(ids[row.line.name], row.line.voter, row.line.item, row.line.votes) for row in rows)
    return CountsDraft(of.id, tuple(voters), counts)
