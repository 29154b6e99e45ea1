"""Record, correct and withdraw check-ins. A correction adds a statement; the one before stays, marked superseded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from okr_desk.errors import FileRefused, InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import (
    CheckIn,
    CheckInNode,
    IndicatorVersion,
    KeyResult,
    MeasuredValue,
    MilestoneNode,
    Narrative,
    Objective,
    Quarter,
)
from okr_desk.queries import facts
from okr_desk.rules import checkins as rules
from okr_desk.rules.checkins import CheckInDraft, NarrativeDraft, RowRefused
from okr_desk.rules.objectives import state_on
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import countable, evidence, permits, quarter_lock
from okr_desk.services.library import newest
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import Accumulation, ApprovalState, KrKind, Origin, QuarterState

_CHANGED = changed(Topic.CHECKINS, Topic.OBJECTIVES)


def record(session: Session, actor: Actor, draft: CheckInDraft, batch_id: int | None = None) -> Outcome[int]:
    """Store one check-in; for a linked key result the measured value with it, typed once.

    Saying the same again changes nothing. Raises InputRefused, WrongState or NotAllowed with one sentence.
    """
    place = _place(session, draft.key_result_id, draft.quarter_id)
    permits.require(session, actor, Action.RECORD_CHECKIN, place.objective.org_id)
    late = _check_state(session, actor, place, draft)
    as_of = rules.check(
        draft,
        KrKind(place.key_result.kind),
        place.key_result.unit,
        today(session),
        place.quarter.starts_on,
        place.quarter.ends_on,
    )
    if draft.value is not None:
        rules.check_not_falling(draft.value, _previous(session, place), year_to_date=True)
        _check_countable(session, place, draft.value, draft.progress_note)
    nodes = _node_ids(session, place, draft)
    before = _standing(session, place)
    if before is not None:
        if _says_the_same(session, before, draft, nodes, as_of):
            return Outcome(before.key, Changes())
        before.superseded_at = now(session)
        session.add(before)
    row = _stored(session, actor, place, draft, as_of, late, batch_id)
    for node_id in nodes:
        session.add(CheckInNode(checkin_id=row.key, node_id=node_id))
    _store_value(session, actor, place, row)
    for path in draft.evidence:
        evidence.attach(session, row.key, path)
    session.flush()
    notices = (_("已过填报截止日，本次标记为“补报”。"),) if late else ()
    return Outcome(row.key, _CHANGED.of(place.objective.org_id), notices)


def record_many(session: Session, actor: Actor, drafts: Sequence[CheckInDraft]) -> Outcome[tuple[int, ...]]:
    """Store a whole table at once: all of it, or nothing.

    The value holds the statements added; a line that says the same again adds none. Raises RowRefused for the first
    line that cannot be taken, NotAllowed as it is.
    """
    ids: list[int] = []
    changes, notices = Changes(), dict[str, None]()
    for row, draft in enumerate(drafts):
        try:
            outcome = record(session, actor, draft)
        except (InputRefused, WrongState, FileRefused) as cause:
            raise RowRefused(row, _code(session, draft.key_result_id), cause) from cause
        if outcome.changes.topics:
            ids.append(outcome.value)
        changes |= outcome.changes
        notices |= dict.fromkeys(outcome.notices)
    return Outcome(tuple(ids), changes, tuple(notices))


def record_sheet(
    session: Session, actor: Actor, drafts: Sequence[CheckInDraft], narrative: NarrativeDraft | None
) -> Outcome[tuple[int, ...]]:
    """Store the table and what the branch writes on the quarter together. Returns the statements added."""
    outcome = record_many(session, actor, drafts)
    if narrative is None:
        return outcome
    written = write_narrative(session, actor, narrative)
    return Outcome(outcome.value, outcome.changes | written.changes, outcome.notices)


def withdraw_many(session: Session, actor: Actor, checkin_ids: Sequence[int], reason: str = "") -> Outcome[int]:
    """Take back several statements at once: all of them or none. Returns how many."""
    changes = Changes()
    for checkin_id in reversed(checkin_ids):
        changes |= withdraw(session, actor, checkin_id, reason).changes
    return Outcome(len(checkin_ids), changes)


def withdraw(session: Session, actor: Actor, checkin_id: int, reason: str = "") -> Outcome[int | None]:
    """Take a statement back while the quarter is open; what stood before it stands again. Nothing is deleted.

    Returns the id of the statement that stands now, if any.
    """
    row = session.get(CheckIn, checkin_id)
    if row is None or row.withdrawn or row.superseded_at is not None:
        raise Refusal(_("这条进展已经被更正或撤回，不能再撤。"))
    place = _place(session, row.key_result_id, row.quarter_id)
    permits.require(session, actor, Action.RECORD_CHECKIN, place.objective.org_id)
    state, org_id = QuarterState(place.quarter.state), place.objective.org_id
    if state is not QuarterState.OPEN and not quarter_lock.is_reopened(session, place.quarter, org_id):
        raise WrongState(_("季度已冻结，不能撤回。如有错误，请由镇党建办另报更正。"))
    row.withdrawn, row.late_reason = True, reason or row.late_reason
    session.add(row)
    _supersede_values(session, [row.key])
    earlier = session.exec(
        select(CheckIn)
        .where(
            CheckIn.key_result_id == row.key_result_id,
            CheckIn.quarter_id == row.quarter_id,
            CheckIn.id != row.key,
            ~col(CheckIn.withdrawn),
        )
        .order_by(col(CheckIn.id).desc())
    ).first()
    if earlier is not None:
        earlier.superseded_at = None
        session.add(earlier)
        _store_value(session, actor, place, earlier)
    session.flush()
    return Outcome(None if earlier is None else earlier.key, _CHANGED.of(org_id))


def write_narrative(session: Session, actor: Actor, draft: NarrativeDraft) -> Outcome[int]:
    """Keep what a branch writes on its quarter; a new version beside the old."""
    permits.require(session, actor, Action.RECORD_CHECKIN, draft.org_id)
    rules.check_narrative(draft)
    quarter = session.get(Quarter, draft.quarter_id)
    if quarter is None:
        raise Refusal(_("没有这个季度。"))
    quarter_lock.check_open(session, actor, quarter, draft.org_id, "")
    newest = session.exec(
        select(Narrative)
        .where(Narrative.org_id == draft.org_id, Narrative.quarter_id == draft.quarter_id)
        .order_by(col(Narrative.version).desc())
    ).first()
    texts = (draft.practice.strip(), draft.problems.strip(), draft.next_quarter.strip())
    if newest is not None and (newest.practice, newest.problems, newest.next_quarter) == texts:
        return Outcome(newest.key, Changes())
    row = Narrative(
        org_id=draft.org_id,
        quarter_id=draft.quarter_id,
        version=1 if newest is None else newest.version + 1,
        practice=texts[0],
        problems=texts[1],
        next_quarter=texts[2],
        account_id=actor.account_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.CHECKINS).of(draft.org_id))


@dataclass(frozen=True)
class _Place:
    key_result: KeyResult
    objective: Objective
    quarter: Quarter


def _code(session: Session, key_result_id: int) -> str:
    row = session.get(KeyResult, key_result_id)
    return "" if row is None else row.code


def _place(session: Session, key_result_id: int, quarter_id: int) -> _Place:
    found = session.exec(_PLACE, params={"key_result": key_result_id, "quarter": quarter_id}).first()
    if found is None:
        raise Refusal(_("找不到这项关键结果或季度，请刷新后再试。"))
    return _Place(*found)


_ASKED = ("code", "kind", "unit", "state", "counts_from", "stopped_on", "indicator_id", "objective_id")
_PLACE = (
    select(KeyResult, Objective, Quarter)
    .join(Objective, col(Objective.id) == col(KeyResult.objective_id))
    .join(Quarter, col(Quarter.id) == bindparam("quarter"))
    .where(col(KeyResult.id) == bindparam("key_result"))
    .options(
        load_only(*(getattr(KeyResult, name) for name in _ASKED)),
        load_only(Objective.org_id),  # type: ignore[arg-type]
    )
)
_STANDING = select(CheckIn).where(
    col(CheckIn.key_result_id) == bindparam("key_result"),
    col(CheckIn.quarter_id) == bindparam("quarter"),
    col(CheckIn.superseded_at).is_(None),
    ~col(CheckIn.withdrawn),
)
"""Built once: a saved table asks them for every line."""


def _check_state(session: Session, actor: Actor, place: _Place, draft: CheckInDraft) -> bool:
    """Whether the entry is late; raises WrongState where nothing may be recorded."""
    row, last = place.key_result, place.quarter.ends_on
    state = state_on(ApprovalState(row.state), row.stopped_on, last)
    if state is ApprovalState.STOPPED and row.state != state:
        sentence = _("{code} 自 {day} 起由其他党组织承接，请到承接的党组织名下填报。")
        raise WrongState(sentence.format(code=row.code, day=row.stopped_on))
    if state is ApprovalState.STOPPED:
        raise WrongState(_("{code} 已中止，不再填报。").format(code=row.code))
    if state is not ApprovalState.APPROVED:
        raise WrongState(_("{code} 还没有批准，批准后才能填报。").format(code=row.code))
    if row.counts_from is not None and row.counts_from > last:
        raise WrongState(_("{code} 自 {day} 起计算，本季不填报。").format(code=row.code, day=row.counts_from))
    return quarter_lock.check_open(session, actor, place.quarter, place.objective.org_id, draft.reason)


def _check_countable(session: Session, place: _Place, value: Decimal, note: str) -> None:
    """A satisfaction figure that its answers cannot give is asked about."""
    row = place.key_result
    if row.indicator_id is not None and row.kind == KrKind.SATISFACTION:
        meaning = newest(session, row.indicator_id)
        countable.check(session, place.objective.org_id, place.quarter.key, meaning, value, note)


def _previous(session: Session, place: _Place) -> Decimal | None:
    """The value of a year-cumulative indicator that counted last quarter; None for everything else."""
    indicator_id = place.key_result.indicator_id
    if indicator_id is None or place.quarter.number == 1:
        return None
    newest = session.exec(_DEFINITION, params={"indicator": indicator_id}).first()
    if newest is None or newest.accumulation != Accumulation.YEAR_TO_DATE:
        return None
    rows = session.exec(
        select(MeasuredValue)
        .join(Quarter, col(Quarter.id) == MeasuredValue.quarter_id)
        .where(
            MeasuredValue.org_id == place.objective.org_id,
            MeasuredValue.indicator_id == indicator_id,
            Quarter.year_id == place.quarter.year_id,
            Quarter.number == place.quarter.number - 1,
            col(MeasuredValue.superseded_at).is_(None),
        )
        .order_by(col(MeasuredValue.id))
    ).all()
    return facts.preferred(rows, newest.precedence).value if rows else None


_DEFINITION = (
    select(IndicatorVersion)
    .where(col(IndicatorVersion.indicator_id) == bindparam("indicator"))
    .order_by(col(IndicatorVersion.version).desc())
    .limit(1)
)


def _standing(session: Session, place: _Place) -> CheckIn | None:
    where = {"key_result": place.key_result.key, "quarter": place.quarter.key}
    return session.exec(_STANDING, params=where).first()


def _node_ids(session: Session, place: _Place, draft: CheckInDraft) -> list[int]:
    if draft.nodes is None:
        return []
    rows = session.exec(select(MilestoneNode).where(MilestoneNode.key_result_id == place.key_result.key)).all()
    known = {row.name: row.key for row in rows}
    unknown = [name for name in draft.nodes if name not in known]
    if unknown:
        sentence = _("没有名为“{name}”的节点。可选：{known}。")
        raise InputRefused(sentence.format(name=unknown[0], known="、".join(known)), "nodes")
    return [known[name] for name in dict.fromkeys(draft.nodes)]


def _says_the_same(session: Session, row: CheckIn, draft: CheckInDraft, nodes: list[int], as_of: date) -> bool:
    said = (row.value, row.done, row.as_of, row.confidence, row.progress_note, row.difficulty)
    now_said = (
        draft.value, draft.done, as_of, draft.confidence, draft.progress_note.strip(), draft.difficulty.strip(),
    )  # fmt: skip
    if said != now_said or draft.evidence:
        return False
    if draft.nodes is None:
        return True
    marked = session.exec(select(CheckInNode.node_id).where(CheckInNode.checkin_id == row.key)).all()
    return set(marked) == set(nodes)


def _stored(
    session: Session, actor: Actor, place: _Place, draft: CheckInDraft, as_of: date, late: bool, batch_id: int | None
) -> CheckIn:
    row = CheckIn(
        key_result_id=place.key_result.key,
        quarter_id=place.quarter.key,
        value=draft.value,
        done=draft.done,
        as_of=as_of,
        confidence=draft.confidence,
        progress_note=draft.progress_note.strip(),
        difficulty=draft.difficulty.strip(),
        is_late=late,
        late_reason=draft.reason.strip(),
        account_id=actor.account_id,
        reported_by=draft.reported_by.strip(),
        basis=draft.basis,
        recorded_at=now(session),
        batch_id=batch_id,
    )
    session.add(row)
    session.flush()
    return row


def _store_value(session: Session, actor: Actor, place: _Place, row: CheckIn) -> None:
    """The branch's own measured value of a linked key result follows its check-in."""
    indicator_id = place.key_result.indicator_id
    if indicator_id is None or row.value is None:
        return
    standing = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.org_id == place.objective.org_id,
            MeasuredValue.indicator_id == indicator_id,
            MeasuredValue.quarter_id == place.quarter.key,
            MeasuredValue.origin == Origin.BRANCH,
            col(MeasuredValue.superseded_at).is_(None),
        )
    ).all()
    for old in standing:
        old.superseded_at = now(session)
        session.add(old)
    session.add(
        MeasuredValue(
            org_id=place.objective.org_id,
            indicator_id=indicator_id,
            quarter_id=place.quarter.key,
            value=row.value,
            as_of=row.as_of,
            origin=Origin.BRANCH,
            checkin_id=row.key,
            account_id=actor.account_id,
            recorded_at=now(session),
            batch_id=row.batch_id,
        )
    )


def _supersede_values(session: Session, checkin_ids: list[int]) -> None:
    rows = session.exec(
        select(MeasuredValue).where(
            col(MeasuredValue.checkin_id).in_(checkin_ids), col(MeasuredValue.superseded_at).is_(None)
        )
    ).all()
    for row in rows:
        row.superseded_at = now(session)
        session.add(row)
