"""Measured values: one a quarter and origin, none overwritten; origins that differ are said, never silently chosen."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import MeasuredValue, Quarter
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import ValueDraft, check_value, differing
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.rounding import plain
from okr_desk.services import countable, official, permits
from okr_desk.services.library import newest
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import Origin, QuarterState, label

_CHANGED = changed(Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS)


def record_value(session: Session, actor: Actor, draft: ValueDraft, batch_id: int | None = None) -> Outcome[int]:
    """Record a measured value. It takes the place of the older one of the same origin, which stays in the file.

    Frozen and closed quarters ask for a note that says why. Raises InputRefused for a date not yet come.
    """
    permits.require(session, actor, Action.RECORD_VALUES, draft.org_id)
    quarter = session.get(Quarter, draft.quarter_id)
    if quarter is None or quarter.state == QuarterState.PLANNING:
        raise WrongState(_("这个季度还没有开始，不能录入实绩。"))
    check_value(draft, today(session), quarter.starts_on)
    if quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED):
        check_reason(draft.note, _("本季度已冻结或关账，补录、更正须在备注中写明理由。"))
    official.check_applies(session, draft.org_id, draft.indicator_id, quarter.starts_on.year)
    meaning = newest(session, draft.indicator_id)
    countable.check(session, draft.org_id, draft.quarter_id, meaning, draft.value, draft.note, draft.origin)
    row = put_value(session, draft, official.account_of(actor), batch_id=batch_id)
    notices = _conflict_notices(session, draft)
    if row is None:
        return Outcome(0, Changes(), notices)
    session.flush()
    return Outcome(row.key, _CHANGED.of(draft.org_id), notices)


def settle_conflict(session: Session, actor: Actor, draft: ValueDraft) -> Outcome[int]:
    """Decide between origins that differ: the office's own value, with its ground in the note, from now on counts.

    Raises InputRefused without a note, or where the order of origins puts another one first.
    """
    permits.require(session, actor, Action.RECORD_VALUES, draft.org_id)
    check_reason(draft.note, _("请写明核定的依据，例如核对了哪份材料。"))
    if draft.origin is not Origin.TOWNSHIP:
        raise InputRefused(_("核定结果的来源只能是“镇审核”。"), "origin")
    order = [Origin(part) for part in newest(session, draft.indicator_id).precedence.split(",")]
    ahead = [o for o in order[: order.index(Origin.TOWNSHIP)] if o in _values(session, draft)]
    if ahead:
        raise InputRefused(
            _("按该指标的来源先后，“{origin}”排在“镇审核”之前。要采用镇审核的数，请先调整来源先后。").format(
                origin=label(ahead[0])
            ),
            "origin",
        )
    return record_value(session, actor, draft)


def put_value(
    session: Session,
    draft: ValueDraft,
    account_id: int | None,
    checkin_id: int | None = None,
    batch_id: int | None = None,
) -> MeasuredValue | None:
    """The row behind `record_value` and a check-in, for callers that have asked for permission and checked.

    None when the same origin already says the same of the same day: nothing is written twice.
    """
    old = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.org_id == draft.org_id,
            MeasuredValue.indicator_id == draft.indicator_id,
            MeasuredValue.quarter_id == draft.quarter_id,
            MeasuredValue.origin == draft.origin.value,
            col(MeasuredValue.superseded_at).is_(None),
        )
    ).first()
    if old is not None:
        if (old.value, old.as_of, old.note) == (draft.value, draft.as_of, draft.note.strip()) and checkin_id is None:
            return None
        old.superseded_at = now(session)
        session.add(old)
    row = MeasuredValue(
        org_id=draft.org_id,
        indicator_id=draft.indicator_id,
        quarter_id=draft.quarter_id,
        value=draft.value,
        as_of=draft.as_of,
        origin=draft.origin.value,
        note=draft.note.strip(),
        checkin_id=checkin_id,
        account_id=account_id,
        recorded_at=now(session),
        batch_id=batch_id,
    )
    session.add(row)
    return row


def _values(session: Session, draft: ValueDraft) -> dict[Origin, Decimal]:
    rows = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.org_id == draft.org_id,
            MeasuredValue.indicator_id == draft.indicator_id,
            MeasuredValue.quarter_id == draft.quarter_id,
            col(MeasuredValue.superseded_at).is_(None),
        )
    )
    return {Origin(row.origin): row.value for row in rows}


def _conflict_notices(session: Session, draft: ValueDraft) -> tuple[str, ...]:
    session.flush()
    values, meaning = _values(session, draft), newest(session, draft.indicator_id)
    others = differing([Origin(part) for part in meaning.precedence.split(",")], values, meaning.tolerance)
    if not others:
        return ()
    said = "、".join(f"{label(origin)} {plain(values[origin])}" for origin in others)
    return (_("“{name}”另有不同的数：{said}，请核对。").format(name=meaning.name, said=said),)
