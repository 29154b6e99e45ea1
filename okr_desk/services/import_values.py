"""Numbers and check-ins of an import: doubts have been left out, permission has been asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Baseline, CheckIn, CheckInNode, MeasuredValue, NotApplicable, Target
from okr_desk.queries.import_standing import StandingQuarter
from okr_desk.rules.cycles import is_late
from okr_desk.rules.imports import CheckInFact, FactKind, NumberFact
from okr_desk.services import official
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis, Origin


def write_numbers(writing: Writing, facts: Sequence[NumberFact]) -> None:
    """Baselines, targets, measured values and what does not apply, in one flush."""
    for fact in facts:
        org_id = writing.orgs.get(fact.org)
        if org_id is None:
            writing.refuse(fact, _("“{name}”没有写入，该行也没有写入。").format(name=fact.org))
            continue
        write_number(writing, org_id, fact)
    writing.session.flush()


def write_number(writing: Writing, org_id: int, fact: NumberFact, reason: str = "", version: int = 1) -> None:
    """One baseline, target or measured value; `version` above 1 follows a line that was superseded."""
    indicator_id = writing.stand.indicators[fact.indicator].id
    stamp: dict[str, Any] = {"org_id": org_id, "indicator_id": indicator_id, "batch_id": writing.batch.key}
    made: dict[str, Any] = {"account_id": official.account_of(writing.actor), "recorded_at": now(writing.session)}
    line: dict[str, Any] = {"year": fact.year, "value": fact.value, "version": version, "reason": reason}
    writing.written += 1
    if fact.value is None:
        said = _("导入的表中填为“/”")
        writing.session.add(NotApplicable(**stamp, year=fact.year, reason=said))
    elif fact.kind is FactKind.BASELINE:
        as_of = fact.as_of or date(fact.year - 1, 12, 31)
        source = fact.source or fact.place.workbook
        writing.session.add(Baseline(**stamp, **made, **line, as_of=as_of, source=source))
    elif fact.kind is FactKind.TARGET:
        writing.session.add(Target(**stamp, **made, **line))
    else:
        quarter = writing.stand.quarters[fact.year, fact.quarter]
        writing.session.add(
            MeasuredValue(
                **stamp,
                **made,
                quarter_id=quarter.id,
                value=fact.value,
                as_of=_within(writing, fact.as_of, quarter),
                origin=Origin.TOWNSHIP,
                note=reason or _late_reason(writing, fact),
            )
        )


def write_check_ins(writing: Writing, facts: Sequence[CheckInFact]) -> None:
    """What the branches returned; the measured value of a linked key result goes with it."""
    made: list[tuple[CheckIn, CheckInFact, int | None]] = []
    for fact in facts:
        found = writing.key_results.get((fact.org, fact.year, fact.key_result))
        if found is None:
            writing.refuse(fact, _("关键结果 {code} 没有写入，该行也没有写入。").format(code=fact.key_result))
            continue
        row = check_in_row(writing, fact, found[0])
        writing.session.add(row)
        made.append((row, fact, found[1]))
        writing.written += 1
    writing.session.flush()
    for row, fact, indicator_id in made:
        add_what_follows(writing, row, fact, indicator_id)
    writing.session.flush()


def check_in_row(writing: Writing, fact: CheckInFact, key_result_id: int) -> CheckIn:
    """The statement itself. Late is what was filled in after the last day, by the date on the form, or comes frozen."""
    quarter = writing.stand.quarters[fact.year, fact.quarter]
    frozen = writing.stand.frozen.holds(fact)
    late = frozen or is_late(fact.as_of or today(writing.session), quarter.due_on)
    return CheckIn(
        key_result_id=key_result_id,
        quarter_id=quarter.id,
        value=fact.value,
        done=fact.done,
        as_of=_within(writing, fact.as_of, quarter),
        confidence=fact.confidence,
        progress_note=fact.progress_note[:600],
        difficulty=fact.difficulty[:600],
        is_late=late,
        late_reason=_late_reason(writing, fact),
        account_id=writing.actor.account_id,
        reported_by=fact.reported_by[:40],
        basis=EntryBasis.WORKBOOK,
        recorded_at=now(writing.session),
        batch_id=writing.batch.key,
    )


def add_what_follows(writing: Writing, row: CheckIn, fact: CheckInFact, indicator_id: int | None) -> None:
    """Nodes that a check-in states as done, and the branch's own measured value of a linked key result."""
    names = writing.nodes.get(row.key_result_id, {})
    for name in fact.nodes or ():
        writing.session.add(CheckInNode(checkin_id=row.key, node_id=names[name]))
    if indicator_id is None or row.value is None:
        return
    writing.session.add(
        MeasuredValue(
            org_id=writing.orgs[fact.org],
            indicator_id=indicator_id,
            quarter_id=row.quarter_id,
            value=row.value,
            as_of=row.as_of,
            origin=Origin.BRANCH,
            checkin_id=row.key,
            account_id=official.account_of(writing.actor),
            recorded_at=row.recorded_at,
            batch_id=row.batch_id,
        )
    )


def _within(writing: Writing, day: date | None, quarter: StandingQuarter) -> date:
    """The data date: as stated when it lies in the quarter, else the quarter's end or today."""
    last = min(quarter.ends_on, today(writing.session))
    return day if day and quarter.starts_on <= day <= last else last


def _late_reason(writing: Writing, fact: NumberFact | CheckInFact) -> str:
    return writing.late_reason if writing.stand.frozen.holds(fact) else ""
