"""Dated events and red lines are entered and taken back, never edited: what was said stays with its reason."""

from __future__ import annotations

from sqlmodel import Session

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Indicator, PointEvent, RedLineEntry
from okr_desk.queries import cycles, red_lines
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.grades import grading_from
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.scores import (
    COUNTED,
    EventDraft,
    RedLineDraft,
    check_event,
    check_fits,
    check_highest,
    check_red_line,
)
from okr_desk.scoring.line_rule import line_rule, rule_kind
from okr_desk.scoring.points import Rule
from okr_desk.scoring.rounding import plain
from okr_desk.services import permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import QuarterState

_CHANGED = changed(Topic.SCORES)


def record_event(session: Session, actor: Actor, draft: EventDraft) -> Outcome[int]:
    """Enter an event of a quarter that is not closed. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.RECORD_POINTS, draft.org_id)
    quarter = _open(session, draft.quarter_id)
    check_event(draft, today(session), quarter.starts_on, quarter.ends_on)
    if session.get(Indicator, draft.indicator_id) is None:
        raise InputRefused(_("请选择指标。"), "indicator_id")
    rule = _rule(session, draft, quarter)
    if rule is not None:
        check_fits(draft, rule)
    row = PointEvent(
        org_id=draft.org_id,
        indicator_id=draft.indicator_id,
        quarter_id=draft.quarter_id,
        happened_on=draft.happened_on,
        amount=draft.amount,
        fact=draft.fact.strip(),
        document=draft.document.strip(),
        matter=draft.matter.strip(),
        counts=",".join(plain(count) for count in draft.counts),
        account_id=actor.account_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def withdraw_event(session: Session, actor: Actor, event_id: int, reason: str) -> Outcome[int]:
    """Take an event back: it stays on record with the reason and no longer counts."""
    row = session.get(PointEvent, event_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这项登记已经撤回，请刷新。"))
    permits.require(session, actor, Action.RECORD_POINTS, row.org_id)
    _open(session, row.quarter_id)
    row.withdrawn_reason = check_reason(reason, _("撤回须写明理由，原登记保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def record_red_line(session: Session, actor: Actor, draft: RedLineDraft) -> Outcome[int]:
    """Enter a red line with its document number; the score stays, the grade is limited.

    Raises InputRefused for one that does not count for the branch, or leaves a grade that its scheme does not have.
    """
    permits.require(session, actor, Action.RECORD_POINTS, draft.org_id)
    quarter = _open(session, draft.quarter_id)
    check_red_line(draft, today(session), quarter.starts_on, quarter.ends_on)
    rule = _counting(session, draft, quarter)
    row = RedLineEntry(
        org_id=draft.org_id,
        quarter_id=draft.quarter_id,
        code=rule.code,
        version_id=rule.version_id,
        kind=draft.kind.value,
        highest=draft.highest.strip(),
        happened_on=draft.happened_on,
        fact=draft.fact.strip(),
        document=draft.document.strip(),
        account_id=actor.account_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def lift_red_line(session: Session, actor: Actor, entry_id: int, reason: str) -> Outcome[int]:
    """Lift a red line that was entered in error or set aside; it stays on record with the reason."""
    row = session.get(RedLineEntry, entry_id)
    if row is None or row.lifted_at is not None:
        raise WrongState(_("这项红线已经撤销，请刷新。"))
    permits.require(session, actor, Action.RECORD_POINTS, row.org_id)
    _open(session, row.quarter_id)
    row.lifted_reason = check_reason(reason, _("撤销红线须写明理由，原登记保留备查。"))
    row.lifted_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def _rule(session: Session, draft: EventDraft, quarter: QuarterView) -> Rule | None:
    """The rule of the event's line in the scheme that is in force for the branch; None where none can be read."""
    version = red_lines.in_force(session, quarter, draft.org_id)
    line = next((one for one in version.lines if one.indicator_id == draft.indicator_id), None) if version else None
    if line is None or rule_kind(line.rule) not in COUNTED:
        return None
    return line_rule(line.rule, line.maximum, None, None)


def _counting(session: Session, draft: RedLineDraft, quarter: QuarterView) -> RedLineRuleView:
    version = red_lines.in_force(session, quarter, draft.org_id)
    check_highest(draft, None if version is None else grading_from(version.grades).scheme)
    code = draft.code.strip()
    found = next((one for one in red_lines.counting(session, quarter, version) if one.code == code), None)
    if found is None:
        said = _("红线“{code}”不在这个支部{quarter}适用的清单里，请刷新后另选。")
        raise InputRefused(said.format(code=code, quarter=quarter.label), "code")
    return found


def _open(session: Session, quarter_id: int) -> QuarterView:
    quarter = cycles.by_id(session, quarter_id)
    if quarter is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    if quarter.state in (QuarterState.PLANNING, QuarterState.CLOSED):
        raise WrongState(_("{quarter}还没有开始或已关账，不能登记。").format(quarter=quarter.label))
    return quarter
