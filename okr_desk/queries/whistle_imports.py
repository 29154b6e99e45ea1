"""Whistles as the lines of a workbook that they came from, and why a line cannot become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import Whistle, WhistleMove, WhistleRating
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import now
from okr_desk.queries import departments
from okr_desk.queries.whistles import levels_of
from okr_desk.rules.imports import EntryFact, FactKind, entry_identity
from okr_desk.rules.whistles import unknown_department
from okr_desk.whistle_terms import WhistleStep

_TIMES = {
    WhistleStep.BLOW: "blown",
    WhistleStep.SIGN_IN: "received",
    WhistleStep.ARRIVE: "arrived",
    WhistleStep.FINISH: "finished",
}


def lines(session: Reader, short: Mapping[int, str]) -> Iterable[str]:
    """The identity of every whistle that came from a workbook, as the workbook said it; later steps do not count."""
    rows = session.execute(select(*Whistle.ALL).where(Whistle.batch_id.is_not(None), ~Whistle.withdrawn)).all()
    if not rows:
        return
    names = {one.id: one.name for one in departments.departments(session, with_closed=True)}
    moves: dict[int, list[Facts]] = defaultdict(list)
    for move in session.execute(select(*WhistleMove.ALL).where(WhistleMove.batch_id.is_not(None))):
        moves[move.whistle_id].append(move)
    asked = select(*WhistleRating.ALL).where(WhistleRating.batch_id.is_not(None))
    ratings = {rating.whistle_id: rating.levels for rating in session.execute(asked)}
    for row in rows:
        said = {
            "number": row.number,
            "kind": row.kind,
            "source": row.source,
            "matter": row.matter,
            "place": row.place,
            "goal": row.goal,
            "department": names[row.department_id],
            "blown_by": row.blown_by,
            "promised": "" if row.promised_on is None else row.promised_on.isoformat(),
        }
        for move in moves[row.id]:
            if move.step in _TIMES:
                said[_TIMES[WhistleStep(move.step)]] = written(move.at)
        if row.id in ratings:
            said |= {item.value: str(level) for item, level in levels_of(ratings[row.id]).items()}
        yield entry_identity(FactKind.WHISTLE, short.get(row.org_id, ""), row.drawn_on, said)


def obstacle(session: Reader) -> Callable[[EntryFact], str]:
    """Why a line cannot become a whistle, in a sentence; "" where it can."""
    known = {one.name for one in departments.departments(session)}
    numbers = set(session.execute(select(Whistle.number)).scalars())
    moment = now(session)

    def of(fact: EntryFact) -> str:
        number, department = fact.text("number"), fact.text("department")
        if department not in known:
            return unknown_department(department)
        if number in numbers:
            return _("{number}已经登记，与表中不同，没有改动。需要办理或更正的，请到“吹哨”页。").format(number=number)
        last = max(fact.text(key) for key in _TIMES.values())
        if last > written(moment):
            return _("{number}有还没有到的时间（{at}），请核对。").format(number=number, at=last)
        return ""

    return of


def written(at: datetime) -> str:
    """An instant as a workbook has it."""
    return f"{local(at):%Y-%m-%d %H:%M}"
