"""Counts as the lines of a workbook that they came from, why a line cannot be taken, and what an import wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy import select

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.columns import Appraisal, AppraisalCount, AppraisalPerson, AuditEntry, ImportBatch
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import appraisals, orgs
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.rules.appraisal_lines import CountLine, line_of
from okr_desk.rules.imports import UNDATED, EntryFact, FactKind, entry_identity
from okr_desk.scoring.appraisals import Tally, Turnout, check_tally
from okr_desk.terms import OrgKind, label

TABLES = ("appraisal", "appraisalvoter", "appraisalperson", "appraisalcount")


@dataclass(frozen=True)
class Made:
    """What one import wrote: ids by table that it inserted, and what stood before in the rows that it changed."""

    inserted: Mapping[str, frozenset[int]]
    changed: tuple[tuple[str, int, Mapping[str, object]], ...]


def rounds(session: Reader) -> tuple[AppraisalView, ...]:
    """Every round that stands, the newest first."""
    years = session.execute(select(Appraisal.year).where(Appraisal.withdrawn_at.is_(None)).distinct()).scalars()
    return tuple(one for year in sorted(years, reverse=True) for one in appraisals.appraisals(session, year))


def standing(session: Reader, short: Mapping[int, str]) -> Iterator[str]:
    """The identities of every count that stands, with ballots and day as a workbook may say them, and without."""
    for of in rounds(session):
        turnouts = {one.voter: one.turnout for one in of.voters}
        for person in of.people:
            org = short.get(of.org_id if of.kind is AppraisalKind.MEMBERS else person.org_id or 0)
            for votes in person.votes if org else ():
                ways = product((turnouts.get(votes.voter), None), (of.held_on, None), {person.is_probationary, False})
                for turnout, held_on, is_probationary in ways:
                    line = CountLine(
                        of.kind, person.name, votes.voter, votes.item, votes.votes, turnout, held_on, is_probationary
                    )
                    yield entry_identity(FactKind.APPRAISAL, org or "", UNDATED, dict(line.fields))


def meant(found: Sequence[AppraisalView], line: CountLine, org_id: int | None) -> AppraisalView | None:
    """The round that a line belongs to: that of its day, else the newest that is open; None: there is none yet."""
    own = [one for one in found if one.kind is line.kind and one.org_id == org_id]
    same = [one for one in own if one.held_on == line.held_on]
    return next(iter(same), None) or next((one for one in own if one.is_open and line.held_on is None), None)


def obstacle(session: Reader) -> Callable[[EntryFact], str]:
    """Why a line cannot be taken, in a sentence; "" where it can."""
    tree = orgs.tree(session, today(session))
    known = {one.short_name for one in tree}
    branches = {one.short_name: one.id for one in tree if one.kind == OrgKind.BRANCH}
    town = next((one.id for one in tree if one.kind == OrgKind.TOWNSHIP), None)
    found = rounds(session)

    def of(fact: EntryFact) -> str:
        line = line_of(fact)
        if line.kind is AppraisalKind.MEMBERS and fact.org in known and fact.org not in branches:
            return _("民主评议党员由支部组织，请写明党支部。")
        view = meant(found, line, branches.get(fact.org) if line.kind is AppraisalKind.MEMBERS else town)
        return why_not(view, line)

    return of


def why_not(view: AppraisalView | None, line: CountLine, turnout: Turnout | None = None) -> str:
    """Why a line does not fit the round that it belongs to; `turnout` of its class where other lines say it."""
    if view is None and line.held_on is None:
        return _("没有写测评日期，也没有正在计票的测评，请填“测评日期”。")
    if view is not None and not view.is_open:
        said = _("“{name}”等次已定，票数不能再改；要改的请先重新开放。")
        return said.format(name=view.name)
    if view is not None and not any(one.name == line.name for one in view.people):
        return _("“{name}”的名单里没有{person}，请核对姓名。").format(name=view.name, person=line.name)
    voter = None if view is None else view.voter(line.voter)
    turnout = turnout or line.turnout or (None if voter is None else voter.turnout)
    if turnout is None or not turnout.issued:
        return _("没有填写{voter}的发出和收回票数，请补上。").format(voter=label(line.voter))
    try:
        check_tally(Tally(line.voter, line.votes), turnout.valid, line.name)
    except InputRefused as refusal:
        return refusal.sentence
    return ""


def made_by(session: Reader, batch_id: int, at: datetime) -> Made:
    """What the import of `at` wrote, from the trail of its transaction."""
    since = select(AppraisalCount.id).where(AppraisalCount.recorded_at >= at).limit(1)
    if session.execute(since).first() is None:
        return Made({}, ())  # the trail is long, and nothing in it is sought
    of_batch = select(ImportBatch.transaction).where(ImportBatch.id == batch_id, ImportBatch.transaction != "")
    wanted = (
        select(AuditEntry.table, AuditEntry.row_id, AuditEntry.action, AuditEntry.before)
        .where(AuditEntry.table.in_(TABLES), AuditEntry.transaction.in_(of_batch))
        .order_by(AuditEntry.id.desc())
    )
    inserted: dict[str, set[int]] = {table: set() for table in TABLES}
    changed = []
    for row in session.execute(wanted):
        if row.action == "insert":
            inserted[row.table].add(row.row_id)
        elif row.action == "update":
            changed.append((row.table, row.row_id, json.loads(row.before)))
    return Made({table: frozenset(ids) for table, ids in inserted.items()}, tuple(changed))


def is_built_upon(session: Reader, batch_id: int, at: datetime) -> bool:
    """Whether somebody counted on, graded or closed a round after an import had written into it."""
    made = made_by(session, batch_id, at)
    counts = made.inserted.get("appraisalcount", frozenset())
    if not counts:
        return False
    people = select(AppraisalCount.person_id).where(AppraisalCount.id.in_(counts))
    in_rounds = select(AppraisalPerson.appraisal_id).where(AppraisalPerson.id.in_(people))
    newer = select(AppraisalCount.id).where(AppraisalCount.person_id.in_(people), AppraisalCount.id > max(counts))
    gone = select(AppraisalCount.id).where(AppraisalCount.id.in_(counts), AppraisalCount.superseded_at.is_not(None))
    graded = select(AppraisalPerson.id).where(AppraisalPerson.id.in_(people), AppraisalPerson.grade != "")
    shut = select(Appraisal.id).where(Appraisal.id.in_(in_rounds), Appraisal.state != "open")
    return any(session.execute(one.limit(1)).first() is not None for one in (newer, gone, graded, shut))
