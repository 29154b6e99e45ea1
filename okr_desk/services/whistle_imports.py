"""Whistles from workbooks: each gets the state that its dates say, and its steps the instants of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from okr_desk.clock import BEIJING
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Department, ImportBatch, Whistle, WhistleMove, WhistleRating
from okr_desk.queries import whistle_imports
from okr_desk.queries.whistle_counts import SOURCE
from okr_desk.rules import whistles as rules
from okr_desk.rules.cycles import is_late
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.permissions import Actor
from okr_desk.rules.whistles import RatingDraft
from okr_desk.services import counting, official
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis
from okr_desk.whistle_terms import RatedItem, Rater, WhistleState, WhistleStep


def write_whistles(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line a whistle; what it feeds is counted once at the end."""
    session = writing.session
    known = {row.name: row for row in session.exec(select(Department).where(col(Department.is_active)))}
    obstacle = whistle_imports.obstacle(session)
    taken: set[str] = set()
    fed: set[int] = set()
    for fact in facts:
        why = obstacle(fact)
        org_id, number = writing.orgs.get(fact.org), fact.text("number")
        if org_id is None:
            why = _("“{name}”没有写入，该行也没有写入。").format(name=fact.org)
        elif not why and number in taken:
            why = _("{number}在表中写了两次，以先读到的为准。").format(number=number)
        if why:
            writing.refuse(fact, why)
            continue
        taken.add(number)
        department = known[fact.text("department")]
        _write(writing, fact, org_id or 0, department.key)
        if department.org_id is not None:
            fed.add(department.org_id)
        writing.written += 1
    session.flush()
    if fed:
        for year in sorted({fact.on.year for fact in facts}):
            first = min(fact.on for fact in facts if fact.on.year == year)
            counting.recount(session, writing.actor, SOURCE, sorted(fed), first, writing.late_reason)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the whistles of a batch with their steps and ratings, and count anew what they had fed."""
    rows = session.exec(select(Whistle).where(Whistle.batch_id == batch.key)).all()
    if not rows:
        return
    departments = {row.department_id for row in rows}
    first = min(row.drawn_on for row in rows)
    for table in (WhistleRating, WhistleMove, Whistle):
        for row in session.exec(select(table).where(table.batch_id == batch.key)).all():
            session.delete(row)
        session.flush()
    fed = session.exec(select(Department.org_id).where(col(Department.id).in_(departments))).all()
    own = sorted({org_id for org_id in fed if org_id is not None})
    if own:
        counting.recount(session, actor, SOURCE, own, first, _("撤消导入"))


def _write(writing: Writing, fact: EntryFact, org_id: int, department_id: int) -> None:
    session, account = writing.session, official.account_of(writing.actor) or 0
    quarter = writing.stand.quarters[fact.on.year, (fact.on.month + 2) // 3]
    steps = _steps(fact)
    row = Whistle(
        number=fact.text("number"),
        org_id=org_id,
        quarter_id=quarter.id,
        kind=fact.text("kind"),
        source=fact.text("source"),
        matter=fact.text("matter"),
        place=fact.text("place"),
        goal=fact.text("goal"),
        department_id=department_id,
        drawn_on=fact.on,
        blown_by=fact.text("blown_by"),
        promised_on=_promised(fact),
        state=steps[-1][2].value,
        account_id=account,
        basis=EntryBasis.WORKBOOK.value,
        is_late=is_late(today(session), quarter.due_on),
        late_reason=writing.late_reason,
        recorded_at=now(session),
        batch_id=writing.batch.key,
    )
    session.add(row)
    session.flush()
    before = WhistleState.DRAFT
    for step, at, after in steps:
        move = WhistleMove(
            whistle_id=row.key,
            step=step.value,
            before=before.value,
            after=after.value,
            at=at,
            note=_note(fact, step),
            account_id=account,
            recorded_at=now(session),
            batch_id=writing.batch.key,
        )
        session.add(move)
        session.flush()
        before = after
        if step is not WhistleStep.RATE:
            continue
        rating = RatingDraft(Rater.BRANCH, _levels(fact))
        session.add(
            WhistleRating(
                whistle_id=row.key,
                move_id=move.key,
                rater=rating.rater.value,
                levels=rating.stored,
                batch_id=writing.batch.key,
            )
        )


def _steps(fact: EntryFact) -> list[tuple[WhistleStep, datetime, WhistleState]]:
    """The steps that the line's times speak of, each with the state after it; what it is silent on is not made up.

    A promise without a time of its own was given when the department signed in, or came; a rating when it was closed.
    """
    blown = _moment(fact, "blown")
    assert blown is not None
    received, arrived, finished = (_moment(fact, key) for key in ("received", "arrived", "finished"))
    wanted: list[tuple[WhistleStep, datetime | None]] = [
        (WhistleStep.SUBMIT, blown),
        (WhistleStep.BLOW, blown),
        (WhistleStep.SIGN_IN, received),
        (WhistleStep.ARRIVE, arrived),
        (WhistleStep.PLAN, (arrived or received) if finished or _promised(fact) else None),
        (WhistleStep.FINISH, finished),
        (WhistleStep.RATE, finished if _levels(fact) else None),
    ]
    state, found = WhistleState.DRAFT, []
    for step, at in wanted:
        if at is not None:
            state = rules.move_of(state, step).after
            found.append((step, at, state))
    return found


def _note(fact: EntryFact, step: WhistleStep) -> str:
    if step is WhistleStep.PLAN and not fact.text("arrived"):
        return _("台账没有到场时间和协商方案")
    return _("按台账登记") if step in (WhistleStep.FINISH, WhistleStep.RATE) else ""


def _moment(fact: EntryFact, key: str) -> datetime | None:
    text = fact.text(key)
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING) if text else None


def _promised(fact: EntryFact) -> date | None:
    text = fact.text("promised")
    return date.fromisoformat(text) if text else None


def _levels(fact: EntryFact) -> tuple[tuple[RatedItem, int], ...]:
    return tuple((item, int(fact.text(item.value))) for item in RatedItem if fact.text(item.value))
