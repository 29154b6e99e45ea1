"""Demands as the lines of a ledger that they came from, why a line cannot become one, and which an import made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import AuditEntry, Demand, DemandCase, DemandStep, ImportBatch, Org
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.register_terms import DemandAction
from okr_desk.rules.imports import EntryFact, FactKind, entry_identity
from okr_desk.terms import EntryBasis

ANSWERS = frozenset({DemandAction.SATISFIED, DemandAction.NOT_ACCEPTED, DemandAction.DECLINED})
_DAYS = ("raised", "done", "answered")


@dataclass(frozen=True)
class Made:
    """The ids of the rows that one import wrote."""

    demands: frozenset[int]
    steps: frozenset[int]


def standing(session: Reader, short: Mapping[int, str]) -> Iterator[str]:
    """The identities of every demand that came from a ledger, as it said it: with its number and without.

    What the desk did with it since does not count: the ledger is older.
    """
    of_ledger = EntryBasis.WORKBOOK.value
    steps: dict[int, list[Facts]] = defaultdict(list)
    asked = select(*DemandStep.ALL).where(DemandStep.basis == of_ledger).order_by(DemandStep.id)
    for step in session.execute(asked):
        steps[step.demand_id].append(step)
    rows = session.execute(select(*Demand.ALL).where(Demand.basis == of_ledger, Demand.withdrawn_at.is_(None)))
    for row in rows:
        said = {
            "what": row.what,
            "owner": row.owner,
            "promised": row.promised_on.isoformat(),
            "source": row.source,
            "asker": row.asker,
            "category": row.category,
        }
        for step in steps[row.id]:
            said |= _said(step)
        for number in (str(row.number), ""):
            fields = {**said, "number": number}
            yield entry_identity(FactKind.DEMAND, short.get(row.org_id, ""), row.raised_on, fields)


def obstacle(session: Reader) -> Callable[[EntryFact], str]:
    """Why a line cannot become a demand, in a sentence; "" where it can."""
    day = today(session)
    names = {one.id: one.short_name for one in orgs.tree(session, day)}
    numbers, alike = set(), set()
    for row in session.execute(select(*Demand.ALL)):
        org = names.get(row.org_id, "")
        numbers.add((org, row.year, str(row.number)))
        if row.withdrawn_at is None:
            alike.add((org, row.raised_on, row.what))

    def of(fact: EntryFact) -> str:
        number = fact.text("number")
        if number and (fact.org, fact.on.year, number) in numbers:
            said = _("{number}号已经登记，与表中不同，没有改动。需要办理或更正的，请到“项目和诉求”页。")
            return said.format(number=f"{fact.on.year}-{int(number):03}")
        if (fact.org, fact.on, fact.text("what")) in alike:
            return _("同一天的这件诉求已经登记，与表中不同，没有改动。请到“项目和诉求”页办理。")
        last = max(fact.on.isoformat(), *(fact.text(key) for key in ("done", "answered")))
        if last > day.isoformat():
            return _("有还没有到的日期（{day}），请核对。").format(day=last)
        return ""

    return of


def made_by(session: Reader, batch_id: int) -> Made:
    """What an import wrote, from the trail: the demands and steps inserted in the transaction of its batch."""
    if session.execute(select(Demand.id).where(Demand.basis == EntryBasis.WORKBOOK.value).limit(1)).first() is None:
        return Made(frozenset(), frozenset())  # the trail is long, and nothing in it is sought
    inserted = AuditEntry.action == "insert"
    of_batch = select(ImportBatch.transaction).where(ImportBatch.id == batch_id, ImportBatch.transaction != "")
    wanted = select(AuditEntry.table, AuditEntry.row_id).where(
        inserted, AuditEntry.table.in_(("demand", "demandstep")), AuditEntry.transaction.in_(of_batch)
    )
    found: dict[str, set[int]] = {"demand": set(), "demandstep": set()}
    for row in session.execute(wanted):
        found[row.table].add(row.row_id)
    return Made(frozenset(found["demand"]), frozenset(found["demandstep"]))


def is_built_upon(session: Reader, batch_id: int) -> bool:
    """Whether the desk went on with a demand of an import, or entered others for a branch that came with it."""
    made = made_by(session, batch_id)
    newer = select(DemandStep.id).where(DemandStep.demand_id.in_(made.demands), DemandStep.id.not_in(made.steps))
    written = select(DemandCase.id).where(DemandCase.demand_id.in_(made.demands))
    branches = select(Org.id).where(Org.batch_id == batch_id)
    others = select(Demand.id).where(Demand.org_id.in_(branches), Demand.id.not_in(made.demands))
    return any(session.execute(one.limit(1)).first() is not None for one in (newer, written, others))


def _said(step: Facts) -> dict[str, str]:
    """What the ledger said for a step to be made of it."""
    action = DemandAction(step.action)
    if action is DemandAction.START:
        return {"start_note": step.note}
    if action is DemandAction.FINISH:
        return {"done": step.on.isoformat(), "result": step.note}
    if action in ANSWERS:
        return {"answer": step.action, "way": step.way, "answered": step.on.isoformat(), "answer_note": step.note}
    return {}
