"""Imports: what would happen, doing it in one transaction, settling questions later, undoing it on the same day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import now, today
from okr_desk.model.tables import ImportBatch, ImportQuestion
from okr_desk.queries.import_standing import Identity, Standing, doubt_of, standing
from okr_desk.rules.cycles import quarter_label
from okr_desk.rules.imports import (
    CheckInFact,
    Decision,
    Doubt,
    EntryFact,
    FileNote,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    Reading,
    Verdict,
)
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits
from okr_desk.services.import_late import VALUED, sent_back
from okr_desk.services.import_plan import ImportPlan, compare
from okr_desk.services.import_rows import write_all
from okr_desk.services.import_settling import write_decided
from okr_desk.services.import_undo import take_back
from okr_desk.services.import_writing import Writing
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState, YearState

CHANGED = changed(Topic.IMPORTS, Topic.ORGS, Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS)
_ACCEPT = Decision(Verdict.ACCEPT)


@dataclass(frozen=True)
class ImportResult:
    """What an import did. `batch_id` is None when nothing had to be written.

    `taken` counts facts written and questions answered with a value, `unchanged` what stood already; `doubtful` are
    all cells that were asked about, marked as taken or not. `next_steps` says what the office has to do before
    branches can go on from here.
    """

    batch_id: int | None
    taken: int
    unchanged: int
    doubtful: tuple[Doubt, ...]
    refused: tuple[FileNote, ...]
    next_steps: tuple[str, ...] = ()


def prepare(session: Reader, reading: Reading) -> ImportPlan:
    """Compare what workbooks say with what stands. Writes nothing.

    Raises WrongState when the year they speak of is missing or closed.
    """
    for year in sorted(_years(reading)):
        official.year_state(session, year)
    return compare(reading, standing(session), today(session))


def apply(
    session: Session,
    actor: Actor,
    plan: ImportPlan,
    decisions: Mapping[Identity, Decision] | None = None,
    *,
    take_safe: bool = False,
    late_reason: str = "",
) -> Outcome[ImportResult]:
    """Write what is clean and what was decided; keep the rest as open questions.

    `take_safe` accepts proposals that lose nothing. What has been imported before changes nothing. What goes into a
    frozen quarter is written with `late_reason`; without one it is sent back, and its questions stay open. Raises
    NotAllowed, WrongState, and Refusal for a decided value that cannot be read.
    """
    permits.require(session, actor, Action.IMPORT)
    for year in sorted(_years(plan.reading)):
        official.year_state(session, year)
    stand = standing(session)
    fresh, said = compare(plan.reading, stand, today(session)), late_reason.strip()
    if not said:
        fresh = sent_back(fresh)
    chosen = {
        doubt.identity: _decision(doubt, decisions or {}, take_safe)
        for doubt in fresh.doubtful
        if said or not stand.frozen.asks_for(doubt)
    }
    decided = {identity: decision for identity, decision in chosen.items() if decision}
    unasked = [doubt for doubt in fresh.doubtful if doubt.identity not in stand.questions]
    if not (fresh.will_write or unasked or decided):
        return Outcome(ImportResult(None, 0, fresh.same, fresh.doubtful, fresh.refused), Changes())
    writing = Writing(session, actor, _batch(session, actor, plan), stand, said)
    write_all(writing, fresh.will_write)
    rows = _questions(session, writing.batch, fresh, {key: row_id for key, (row_id, _d) in stand.questions.items()})
    for identity, decision in decided.items():
        if not rows[identity].decision:
            _answer(writing, rows[identity], decision)
    writing.batch.written, writing.batch.unchanged = writing.written, fresh.same
    writing.batch.transaction = str(session.info.get("transaction", ""))
    session.add(writing.batch)
    session.flush()
    doubtful = tuple(_marked(doubt, rows[doubt.identity]) for doubt in fresh.doubtful)
    refused = (*fresh.refused, *writing.refused)
    following = _next_steps(session, plan.reading, stand)
    result = ImportResult(writing.batch.key, writing.written, fresh.same, doubtful, refused, following)
    return Outcome(result, CHANGED, (*(note.reason for note in writing.refused), *following))


def settle(session: Session, actor: Actor, question_id: int, decision: Decision, late_reason: str = "") -> Outcome[int]:
    """Decide an open question of an earlier import.

    Raises WrongState when somebody has decided it already, InputRefused for a value in a frozen quarter without a
    reason.
    """
    permits.require(session, actor, Action.IMPORT)
    question = session.get(ImportQuestion, question_id)
    batch = session.get(ImportBatch, question.batch_id) if question else None
    if question is None or batch is None or batch.undone_at is not None:
        raise Refusal(_("这个问题已不存在，请刷新后再试。"))
    if question.decision:
        raise WrongState(_("这一格已经有人处理过，请刷新后再看。"))
    writing = Writing(session, actor, batch, standing(session), late_reason.strip())
    late = decision.verdict in VALUED and writing.stand.frozen.asks_for(doubt_of(question))
    if late and not writing.late_reason:
        raise InputRefused(_("季度已冻结，补报或更正请写明理由。"), "reason")
    _answer(writing, question, decision)
    batch.written += writing.written
    session.add(batch)
    session.flush()
    return Outcome(question_id, CHANGED)


def undo(session: Session, actor: Actor, batch_id: int) -> Outcome[int]:
    """Take a whole import back in one step, on its own day, while nothing has been built upon it.

    The trail keeps every row. Returns how many facts went: what the import said it had written. Raises Refusal with
    what stands in the way.
    """
    permits.require(session, actor, Action.IMPORT)
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.undone_at is not None:
        raise Refusal(_("这次导入已经撤消或不存在。"))
    take_back(session, actor, batch)
    batch.undone_at, batch.undone_by = now(session), official.account_of(actor)
    session.add(batch)
    session.flush()
    return Outcome(batch.written, CHANGED)


def _years(reading: Reading) -> set[int]:
    """What whole sheets speak of. A line of a register has its own day: a wrong one is sent back alone."""
    dated = (ObjectiveFact, KeyResultFact, NumberFact, CheckInFact)
    return {fact.year for fact in reading.facts if isinstance(fact, dated)}


def _entered(reading: Reading, stand: Standing) -> set[int]:
    """The years of lines of registers, as far as they are still worked on."""
    live = {year for (year, _number), quarter in stand.quarters.items() if quarter.state is not QuarterState.CLOSED}
    return live & {fact.on.year for fact in reading.facts if isinstance(fact, EntryFact)}


def _next_steps(session: Reader, reading: Reading, stand: Standing) -> tuple[str, ...]:
    """What keeps branches from reporting in the years and quarters that the workbooks speak of."""
    told = []
    for year in sorted(_years(reading) | _entered(reading, stand)):
        spoken = {f.quarter for f in reading.facts if isinstance(f, NumberFact | CheckInFact) and f.year == year}
        shut = [
            quarter_label(year, number)
            for number in sorted(spoken)
            if (quarter := stand.quarters.get((year, number))) is not None
            and quarter.state is QuarterState.PLANNING
            and quarter.starts_on <= today(session)
        ]
        names = _("、").join(shut)
        if official.year_state(session, year) is YearState.PLANNING:
            words = _("{year}年度还在筹备。下一步请在“年度与季度”中启用年度，再开放季度，支部才能填报。")
            told.append(words.format(year=year))
        elif shut:
            words = _("{quarters}还没有开放。下一步请在“年度与季度”中开放，支部才能填报。")
            told.append(words.format(quarters=names))
    return tuple(told)


def _decision(doubt: Doubt, decisions: Mapping[Identity, Decision], take_safe: bool) -> Decision | None:
    given = decisions.get(doubt.identity)
    if given is None and take_safe and doubt.lossless and doubt.proposal:
        return _ACCEPT
    return given


def _batch(session: Session, actor: Actor, plan: ImportPlan) -> ImportBatch:
    row = ImportBatch(
        at=now(session),
        account_id=actor.account_id,
        files=json.dumps(plan.reading.files, ensure_ascii=False),
    )
    session.add(row)
    session.flush()
    return row


def _questions(
    session: Session, batch: ImportBatch, plan: ImportPlan, asked: Mapping[Identity, int]
) -> dict[Identity, ImportQuestion]:
    """The stored questions of all doubtful cells; new ones are added, those asked before are found again."""
    rows: dict[Identity, ImportQuestion] = {}
    for doubt in plan.doubtful:
        if doubt.identity in asked:
            found = session.get(ImportQuestion, asked[doubt.identity])
            assert found is not None
            rows[doubt.identity] = found
            continue
        row = ImportQuestion(
            batch_id=batch.key,
            workbook=doubt.place.workbook,
            sheet=doubt.place.sheet,
            cell=doubt.place.cell,
            raw=doubt.raw,
            proposal=doubt.proposal,
            reason=doubt.reason,
            lossless=doubt.lossless,
            fact=doubt.kind.value,
            target=doubt.target,
        )
        session.add(row)
        rows[doubt.identity] = row
    session.flush()
    return rows


def _answer(writing: Writing, question: ImportQuestion, decision: Decision) -> None:
    """Write what was decided and close the question, and with it the others on the same thing."""
    if decision.verdict is Verdict.ACCEPT and not question.proposal:
        raise Refusal(_("{cell} 没有建议值，请填写一个值，或留空。").format(cell=question.cell))
    _close(writing, question, decision.verdict)
    if decision.verdict not in VALUED:
        return
    text = question.proposal if decision.verdict is Verdict.ACCEPT else decision.value
    doubt = doubt_of(question)
    write_decided(writing, doubt, text)
    open_ones = select(ImportQuestion).where(ImportQuestion.decision == "", ImportQuestion.fact == question.fact)
    named = col(ImportQuestion.target).contains(json.dumps(doubt.org, ensure_ascii=False), autoescape=True)
    for other in writing.session.exec(open_ones.where(named)):
        if other.key != question.key and doubt_of(other).subject == doubt.subject:
            _close(writing, other, Verdict.OVERTAKEN)


def _close(writing: Writing, question: ImportQuestion, verdict: Verdict) -> None:
    question.decision = verdict.value
    question.decided_at = now(writing.session)
    question.decided_by = official.account_of(writing.actor)
    writing.session.add(question)
    writing.session.flush()


def _marked(doubt: Doubt, row: ImportQuestion) -> Doubt:
    return replace(doubt, taken=row.decision in (Verdict.ACCEPT, Verdict.CHANGE))
