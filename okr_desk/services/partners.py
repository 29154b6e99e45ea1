"""Co-building: partners come and leave, needs and resources are listed, matched into projects, and done."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, or_, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Partner, PartnerItem, PartnerStep
from okr_desk.queries.partner_counts import SOURCE
from okr_desk.register_terms import PartnerList, PartnerRole
from okr_desk.rules.partners import (
    BACKBONES,
    DoneDraft,
    EndDraft,
    ItemDraft,
    MatchDraft,
    PartnerDraft,
    check_done,
    check_end,
    check_item,
    check_match,
    check_partner,
)
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, entered, permits, quarter_lock
from okr_desk.services.entered import stamp
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.PARTNERS)


def join(session: Session, actor: Actor, draft: PartnerDraft) -> Outcome[int]:
    """Register a partner; its id. A fourth backbone unit is taken and said. Raises InputRefused or NotAllowed."""
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    there = _partners(session, draft.org_id)
    check_partner(draft, [(row.name, PartnerRole(row.role)) for row in there])
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.since, field="since", name=_("加入日期"), reason=draft.by.reason
    )
    row = Partner(
        org_id=draft.org_id,
        name=draft.name.strip(),
        role=draft.role.value,
        contact=draft.contact.strip(),
        since=draft.since,
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    backbones = sum(one.role == PartnerRole.BACKBONE for one in (*there, row))
    said = _("骨干单位已有 {n} 个，“1＋3＋N”一般为 3 个，请核对。").format(n=backbones)
    is_many = draft.role is PartnerRole.BACKBONE and backbones > BACKBONES
    return Outcome(row.key, _CHANGED.of(row.org_id), (said,) if is_many else ())


def leave(session: Session, actor: Actor, draft: EndDraft) -> Outcome[int]:
    """A partner leaves on a day; its lines stay. Raises WrongState for one that has left already."""
    row = entered.standing(session, Partner, draft.partner_id)
    permits.require(session, actor, Action.RECORD_DAILY, row.org_id)
    if row.ended_on is not None:
        raise WrongState(_("这个单位已经退出，请刷新。"))
    check_end(draft, row.since, today(session))
    quarter_lock.dated(session, actor, row.org_id, draft.on, field="on", name=_("退出日期"), reason=draft.by.reason)
    row.ended_on, row.ended_reason = draft.on, draft.cause.strip()
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def list_item(session: Session, actor: Actor, draft: ItemDraft) -> Outcome[int]:
    """Put a need or a resource on its list; its id. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    check_item(draft)
    if draft.partner_id is not None:
        _check_partner(session, draft.partner_id, draft.org_id)
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.agreed_on, field="agreed_on", name=_("日期"), reason=draft.by.reason
    )
    row = PartnerItem(
        org_id=draft.org_id,
        kind=draft.kind.value,
        partner_id=draft.partner_id,
        text=draft.text.strip(),
        agreed_on=draft.agreed_on,
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def match(session: Session, actor: Actor, draft: MatchDraft) -> Outcome[int]:
    """Make a project of a need and a resource; its id. Raises WrongState for a need that has its project already."""
    need = _item(session, draft.need_id, PartnerList.NEED)
    resource = _item(session, draft.resource_id, PartnerList.RESOURCE)
    permits.require(session, actor, Action.RECORD_DAILY, need.org_id)
    if need.org_id != resource.org_id:
        raise InputRefused(_("需求和资源不属于同一个支部，不能对接。"), "resource_id")
    if _project_of(session, need.key) is not None:
        raise WrongState(_("需求“{text}”已经对接成项目。").format(text=need.text))
    check_match(draft)
    dated = quarter_lock.dated(
        session, actor, need.org_id, draft.agreed_on, field="agreed_on", name=_("商定日期"), reason=draft.by.reason
    )
    late = entered.check_planned(session, actor, need.org_id, draft.planned_on, draft.by.reason)
    row = PartnerItem(
        org_id=need.org_id,
        kind=PartnerList.PROJECT.value,
        partner_id=resource.partner_id,
        text=draft.text.strip(),
        need_id=need.key,
        resource_id=resource.key,
        agreed_on=draft.agreed_on,
        planned_on=draft.planned_on,
        **stamp(session, actor, draft.by, dated.is_late or late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, row.org_id, draft.planned_on, draft.by.reason))


def finish(session: Session, actor: Actor, draft: DoneDraft) -> Outcome[int]:
    """Say that a project was done on a day, with what came of it; the step's id."""
    item = _item(session, draft.item_id, PartnerList.PROJECT)
    permits.require(session, actor, Action.RECORD_DAILY, item.org_id)
    if _done(session, item.key) is not None:
        raise WrongState(_("项目“{text}”已登记完成。有误的请先撤回。").format(text=item.text))
    check_done(draft, item.agreed_on, today(session))
    dated = quarter_lock.dated(
        session, actor, item.org_id, draft.on, field="on", name=_("完成日期"), reason=draft.by.reason
    )
    row = PartnerStep(
        item_id=item.key, on=draft.on, result=draft.result.strip(), **stamp(session, actor, draft.by, dated.is_late)
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, item.org_id, row.on, draft.by.reason))


def withdraw_done(session: Session, actor: Actor, step_id: int, reason: str) -> Outcome[int]:
    """Take back that a project was done."""
    row = entered.standing(session, PartnerStep, step_id)
    item = entered.standing(session, PartnerItem, row.item_id)
    entered.check_withdrawal(session, actor, item.org_id, row.on)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, item.org_id, row.on, reason))


def withdraw_item(session: Session, actor: Actor, item_id: int, reason: str) -> Outcome[int]:
    """Take a line back; a need or resource that stands in a project waits until the project is taken back."""
    row = entered.standing(session, PartnerItem, item_id)
    if row.kind == PartnerList.PROJECT:
        assert row.planned_on is not None
        entered.check_withdrawal(session, actor, row.org_id, row.planned_on)
        entered.take_back(session, row, reason)
        return Outcome(row.key, _recount(session, actor, row.org_id, row.planned_on, reason))
    entered.check_withdrawal(session, actor, row.org_id, row.agreed_on)
    if _project_of(session, row.key) is not None:
        raise WrongState(_("这条已经对接成项目，请先撤回项目。"))
    entered.take_back(session, row, reason)
    return Outcome(row.key, _CHANGED.of(row.org_id))


def withdraw(session: Session, actor: Actor, partner_id: int, reason: str) -> Outcome[int]:
    """Take a partner back that was entered in error; one with lines of its own leaves instead."""
    row = entered.standing(session, Partner, partner_id)
    entered.check_withdrawal(session, actor, row.org_id, row.since)
    lines = select(PartnerItem.id).where(PartnerItem.partner_id == row.key, col(PartnerItem.withdrawn_at).is_(None))
    if session.exec(lines).first() is not None:
        raise WrongState(_("这个单位名下还有资源或项目，请先撤回它们，或登记退出。"))
    entered.take_back(session, row, reason)
    return Outcome(row.key, _CHANGED.of(row.org_id))


def _partners(session: Session, org_id: int) -> list[Partner]:
    """Those that have not left."""
    rows = session.exec(
        select(Partner).where(
            Partner.org_id == org_id, col(Partner.withdrawn_at).is_(None), col(Partner.ended_on).is_(None)
        )
    )
    return list(rows)


def _check_partner(session: Session, partner_id: int, org_id: int) -> None:
    row = entered.standing(session, Partner, partner_id)
    if row.org_id != org_id:
        raise InputRefused(_("请选择本支部的共建单位。"), "partner_id")
    if row.ended_on is not None:
        raise WrongState(_("“{name}”已经退出共建，请另选单位。").format(name=row.name))


def _item(session: Session, item_id: int, kind: PartnerList) -> PartnerItem:
    row = entered.standing(session, PartnerItem, item_id)
    if row.kind != kind:
        raise InputRefused(_("请选中一条需求和一条资源，再对接成项目。"), "need_id")
    return row


def _project_of(session: Session, item_id: int) -> PartnerItem | None:
    made_of = or_(col(PartnerItem.need_id) == item_id, col(PartnerItem.resource_id) == item_id)
    return session.exec(select(PartnerItem).where(made_of, col(PartnerItem.withdrawn_at).is_(None))).first()


def _done(session: Session, item_id: int) -> PartnerStep | None:
    return session.exec(
        select(PartnerStep).where(PartnerStep.item_id == item_id, col(PartnerStep.withdrawn_at).is_(None))
    ).first()


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)
