"""Many measured values of one quarter at once: asked, checked and written as one by one, from a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from okr_desk.errors import NotAllowed, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import IndicatorVersion, MeasuredValue, Quarter
from okr_desk.queries import org_lines
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import ValueDraft, check_value, differing
from okr_desk.rules.permissions import Action, Actor, grant_for
from okr_desk.scoring.rounding import plain
from okr_desk.services import official, permits
from okr_desk.services.library import newest
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import Origin, QuarterState, label

Standing = dict[tuple[int, int], dict[Origin, MeasuredValue]]
"""What stands, by organisation and indicator."""
_CHANGED = changed(Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS)


def record_values(
    session: Session, actor: Actor, quarter_id: int, drafts: Sequence[ValueDraft]
) -> Outcome[dict[int, tuple[str, ...]]]:
    """As `measured.record_value` for each draft, all of one quarter; the value is what is to be said of each branch.

    What does not apply to a branch is for the caller to leave out. Raises as `measured.record_value`, for all or none.
    """
    _require(session, actor, {draft.org_id for draft in drafts})
    quarter = session.get(Quarter, quarter_id)
    if quarter is None or quarter.state == QuarterState.PLANNING:
        raise WrongState(_("这个季度还没有开始，不能录入实绩。"))
    is_late = quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
    meanings = {one: newest(session, one) for one in {draft.indicator_id for draft in drafts}}
    standing = _standing(session, quarter_id, list(meanings))
    said: dict[int, list[str]] = defaultdict(list)
    day, account_id, moment = today(session), official.account_of(actor), now(session)
    for draft in drafts:
        check_value(draft, day, quarter.starts_on)
        if is_late:
            check_reason(draft.note, _("本季度已冻结或关账，补录、更正须在备注中写明理由。"))
        own = standing[draft.org_id, draft.indicator_id]
        old, note = own.get(draft.origin), draft.note.strip()
        if old is None or (old.value, old.as_of, old.note) != (draft.value, draft.as_of, note):
            if old is not None:
                old.superseded_at = moment
                session.add(old)
            row = MeasuredValue(
                org_id=draft.org_id, indicator_id=draft.indicator_id, quarter_id=quarter_id, value=draft.value,
                as_of=draft.as_of, origin=draft.origin.value, note=note, account_id=account_id, recorded_at=moment,
            )  # fmt: skip
            session.add(row)
            own[draft.origin] = row
        said[draft.org_id] += _conflicts(own, meanings[draft.indicator_id])
    session.flush()
    return Outcome({org_id: tuple(lines) for org_id, lines in said.items() if lines}, _CHANGED.of(*said))


def _require(session: Session, actor: Actor, org_ids: set[int]) -> None:
    """Permission for each organisation, from one reading of grants and lines."""
    permits.require(session, actor, Action.RECORD_VALUES)
    if actor is permits.SETUP:
        return
    grants, day = permits.held(session, actor.account_id), today(session)
    above = org_lines.parents(session, day)
    for org_id in org_ids:
        if grant_for(grants, Action.RECORD_VALUES, org_lines.climb(above, org_id), day) is None:
            raise NotAllowed(_("您没有权限进行这项操作，没有保存。如确需办理，请联系镇党建办。"))


def _standing(session: Session, quarter_id: int, indicator_ids: Sequence[int]) -> Standing:
    found: Standing = defaultdict(dict)
    for row in session.exec(
        select(MeasuredValue).where(
            MeasuredValue.quarter_id == quarter_id,
            col(MeasuredValue.indicator_id).in_(indicator_ids),
            col(MeasuredValue.superseded_at).is_(None),
        )
    ):
        found[row.org_id, row.indicator_id][Origin(row.origin)] = row
    return found


def _conflicts(own: dict[Origin, MeasuredValue], meaning: IndicatorVersion) -> tuple[str, ...]:
    values = {origin: row.value for origin, row in own.items()}
    others = differing([Origin(part) for part in meaning.precedence.split(",")], values, meaning.tolerance)
    if not others:
        return ()
    said = "、".join(f"{label(origin)} {plain(values[origin])}" for origin in others)
    return (_("“{name}”另有不同的数：{said}，请核对。").format(name=meaning.name, said=said),)
