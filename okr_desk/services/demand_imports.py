"""Demands from a township's ledger: each gets the steps that its dates speak of, and what it feeds is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Demand, DemandStep, ImportBatch, Org
from okr_desk.queries import demand_lines
from okr_desk.queries.demand_counts import SOURCE
from okr_desk.register_terms import DemandAction
from okr_desk.rules.cycles import is_late
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, official
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis, OrgKind


def write(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line a demand; one with a number keeps it, the others get the next one of their branch and year."""
    session = writing.session
    obstacle = demand_lines.obstacle(session)
    branches = set(session.exec(select(Org.id).where(Org.kind == OrgKind.BRANCH.value)))
    taken: set[tuple[int, int, str]] = set()
    made: list[Demand] = []
    days: list[date] = []
    for fact in sorted(facts, key=lambda one: not one.text("number")):  # given numbers first, then what is free
        org_id, number = writing.orgs.get(fact.org), fact.text("number")
        why = obstacle(fact)
        if org_id is None:
            why = _("“{name}”没有写入，该行也没有写入。").format(name=fact.org)
        elif org_id not in branches:
            why = _("诉求按党支部登记，请写明党支部。")
        elif not why and number and (org_id, fact.on.year, number) in taken:
            why = _("{number}号在表中写了两次，以先读到的为准。").format(number=number)
        if why or org_id is None:
            writing.refuse(fact, why)
            continue
        taken.add((org_id, fact.on.year, number))
        made.append(_write(writing, fact, org_id))
        days += [made[-1].promised_on, *(date.fromisoformat(text) for text in _days(fact))]
    writing.written += len(made)
    _recount(session, writing.actor, made, days, writing.late_reason)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the demands of a batch with their steps, and count anew what they had fed."""
    ids = demand_lines.made_by(session, batch.key)
    rows = session.exec(select(Demand).where(col(Demand.id).in_(ids.demands))).all()
    steps = session.exec(select(DemandStep).where(col(DemandStep.id).in_(ids.steps))).all()
    days = [*(row.promised_on for row in rows), *(step.on for step in steps)]
    for row in (*reversed(steps), *rows):
        session.delete(row)
        session.flush()
    _recount(session, actor, rows, days, _("撤消导入"))


def _write(writing: Writing, fact: EntryFact, org_id: int) -> Demand:
    session = writing.session
    quarter = writing.stand.quarters[fact.on.year, (fact.on.month + 2) // 3]
    last = session.exec(
        select(func.max(Demand.number)).where(Demand.org_id == org_id, Demand.year == fact.on.year)
    ).one()
    late = is_late(today(session), quarter.due_on)
    row = Demand(
        org_id=org_id,
        year=fact.on.year,
        number=int(fact.text("number") or (last or 0) + 1),
        quarter_id=quarter.id,
        raised_on=fact.on,
        source=fact.text("source"),
        asker=fact.text("asker"),
        what=fact.text("what"),
        category=fact.text("category"),
        owner=fact.text("owner"),
        promised_on=date.fromisoformat(fact.text("promised")),
        **_stamp(writing, late),
    )
    session.add(row)
    session.flush()
    for action, on, note, way in _steps(fact):
        step = DemandStep(demand_id=row.key, action=action.value, on=on, note=note, way=way, **_stamp(writing, late))
        session.add(step)
        session.flush()  # the order of the steps is that of their ids
    return row


def _steps(fact: EntryFact) -> list[tuple[DemandAction, date, str, str]]:
    """The moves of the ledger in order: what it is silent on is not made up."""
    found = []
    if fact.text("start_note"):
        found.append((DemandAction.START, fact.on, fact.text("start_note"), ""))
    if fact.text("done"):
        found.append((DemandAction.FINISH, date.fromisoformat(fact.text("done")), fact.text("result"), ""))
    if fact.text("answer"):
        on = date.fromisoformat(fact.text("answered"))
        found.append((DemandAction(fact.text("answer")), on, fact.text("answer_note"), fact.text("way")))
    return found


def _days(fact: EntryFact) -> list[str]:
    return [text for key in ("done", "answered") if (text := fact.text(key))]


def _stamp(writing: Writing, late: bool) -> dict[str, Any]:
    return {
        "account_id": official.account_of(writing.actor),
        "basis": EntryBasis.WORKBOOK.value,
        "is_late": late,
        "late_reason": writing.late_reason if late else "",
        "recorded_at": now(writing.session),
    }


def _recount(session: Session, actor: Actor, rows: Iterable[Demand], days: Sequence[date], reason: str) -> None:
    """Once for each year that is touched, from its first day on."""
    session.flush()
    touched = sorted({row.org_id for row in rows})
    if not touched:
        return
    for year in sorted({day.year for day in days}):
        counting.recount(session, actor, SOURCE, touched, min(day for day in days if day.year == year), reason)
