"""A frozen quarter opened again for named branches: one person asks with a reason, a second one agrees."""

from __future__ import annotations

from sqlmodel import Session

from okr_desk.errors import InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Account, Quarter, Reopening
from okr_desk.queries import cycles as standing
from okr_desk.queries import orgs, review_records, users
from okr_desk.review_terms import IN_FORCE
from okr_desk.rules import cycles as rules
from okr_desk.rules.cycles import AgreeDraft, ReopenDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import QuarterState


def ask(session: Session, actor: Actor, draft: ReopenDraft) -> Outcome[tuple[int, ...]]:
    """Ask to open a frozen quarter again for some branches; nothing is open until a second person agrees.

    Raises WrongState unless the quarter is frozen (a closed one never opens again), InputRefused without a reason.
    """
    permits.require(session, actor, Action.MOVE_CYCLES)
    rules.check_reopening(draft)
    quarter = session.get(Quarter, draft.quarter_id)
    if quarter is None:
        raise Refusal(_("没有这个季度，请刷新后再试。"))
    if quarter.state == QuarterState.CLOSED:
        raise WrongState(_("本季度已关账，不能重新开放。如数据有误，由镇党建办另报更正。"))
    if quarter.state != QuarterState.FROZEN:
        raise WrongState(_("只有已冻结的季度才需要重新开放。"))
    running = {row.org_id for row in standing.reopenings(session, quarter.key) if row.ended_at is None}
    rows = []
    for org_id in dict.fromkeys(draft.org_ids):
        if org_id in running:
            name = orgs.view(session, org_id, today(session)).short_name
            raise WrongState(_("“{name}”本季度已经申请或正在重新开放。").format(name=name))
        view = orgs.view(session, org_id, today(session))
        if review_records.records(session, quarter.key, [org_id])[org_id].state in IN_FORCE:
            said = _("“{name}”的评审表已经送达，不能重新开放。有错误的，请按申辩或更正办理，原表和新版都留存。")
            raise WrongState(said.format(name=view.short_name))
        rows.append(
            Reopening(
                quarter_id=quarter.key,
                org_id=org_id,
                reason=draft.reason.strip(),
                asked_by=actor.account_id,
                asked_at=now(session),
            )
        )
    session.add_all(rows)
    session.flush()
    return Outcome(tuple(row.key for row in rows), changed(Topic.CYCLES))


def agree(session: Session, actor: Actor, draft: AgreeDraft) -> Outcome[tuple[int, ...]]:
    """Agree as the second person: from now on the named branches may record in the frozen quarter.

    Where the office has only one person, somebody else (分管领导, 镇纪委) decides on paper and is named in
    `substitution`; it is recorded, never skipped. Raises WrongState, InputRefused.
    """
    permits.require(session, actor, Action.MOVE_CYCLES)
    rows = [_waiting(session, reopening_id) for reopening_id in draft.reopening_ids]
    if not rows:
        raise InputRefused(_("请选择要同意的申请。"), "reopening_ids")
    alone = len(users.cycle_movers(session, today(session))) < 2
    for row in rows:
        if _person(session, row.asked_by) != _person(session, actor.account_id):
            row.substitution = ""
        elif not alone:
            raise WrongState(_("申请人不能自己同意，请由镇党建办另一位同志同意。"))
        elif not draft.substitution.strip():
            sentence = _("办公室只有一人，请写明由谁复核同意（分管领导或镇纪委，写明姓名）。")
            raise InputRefused(sentence, "substitution")
        else:
            row.substitution = draft.substitution.strip()
        row.agreed_by, row.agreed_at = actor.account_id, now(session)
        session.add(row)
    session.flush()
    return Outcome(tuple(row.key for row in rows), changed(Topic.CYCLES, Topic.CHECKINS))


def end(session: Session, actor: Actor, reopening_id: int) -> Outcome[int]:
    """End a reopening, or take an application back: the branch is frozen again."""
    permits.require(session, actor, Action.MOVE_CYCLES)
    row = session.get(Reopening, reopening_id)
    if row is None or row.ended_at is not None:
        raise Refusal(_("这次重新开放已经结束。"))
    row.ended_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.CYCLES, Topic.CHECKINS))


def _waiting(session: Session, reopening_id: int) -> Reopening:
    row = session.get(Reopening, reopening_id)
    if row is None or row.agreed_at is not None or row.ended_at is not None:
        raise Refusal(_("这项申请已经办理或撤回，请刷新。"))
    quarter = session.get(Quarter, row.quarter_id)
    if quarter is None or quarter.state != QuarterState.FROZEN:
        raise WrongState(_("季度已不在冻结状态，不能重新开放。"))
    return row


def _person(session: Session, account_id: int) -> int | None:
    row = session.get(Account, account_id)
    return None if row is None else row.person_id
