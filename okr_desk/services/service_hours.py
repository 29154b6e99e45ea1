"""Hours of voluntary service: entered by day, taken back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import ServiceHours
from okr_desk.queries import members, service_counts
from okr_desk.rules.checks import check_reason
from okr_desk.rules.members import ReporterDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.service_hours import HoursDraft, check_day_sum, check_hours
from okr_desk.services import counting, official, quarter_lock
from okr_desk.services import members as register
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.MEMBERS)


def record(session: Session, actor: Actor, draft: HoursDraft) -> Outcome[int]:
    """Enter hours of a day. Somebody from elsewhere whom nobody knew yet is entered as reporting from that day on.

    Raises InputRefused for more than 24 hours of a day, also together with earlier entries, and as
    `quarter_lock.dated`.
    """
    check_hours(draft)
    found = quarter_lock.dated(
        session, actor, draft.org_id, draft.served_on, field="served_on", name=_("服务日期"), reason=draft.reason
    )
    member_id, reporter_id, name = _who(session, actor, draft)
    check_day_sum(name, draft.served_on, draft.hours, _already(session, member_id, reporter_id, draft.served_on))
    row = ServiceHours(
        org_id=draft.org_id,
        member_id=member_id,
        reporter_id=reporter_id,
        quarter_id=found.quarter_id,
        served_on=draft.served_on,
        hours=draft.hours,
        project=draft.project.strip(),
        is_late=found.is_late,
        late_reason=draft.reason.strip(),
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recounted(session, actor, [row], draft.reason))


def withdraw(session: Session, actor: Actor, entry_ids: Sequence[int], reason: str) -> Outcome[int]:
    """Take entries back: they stay on record with the reason and no longer count."""
    said = check_reason(reason, _("撤回须写明理由，原登记保留备查。"))
    rows = []
    for entry_id in entry_ids:
        row = session.get(ServiceHours, entry_id)
        if row is None or row.withdrawn_at is not None:
            raise WrongState(_("这项时长已经撤回，请刷新。"))
        quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
        row.withdrawn_at, row.withdrawn_reason = now(session), said
        session.add(row)
        rows.append(row)
    return Outcome(len(rows), _recounted(session, actor, rows, said))


def _who(session: Session, actor: Actor, draft: HoursDraft) -> tuple[int | None, int | None, str]:
    if draft.member_id is None:
        row = register.reporter_of(session, actor, ReporterDraft(draft.org_id, draft.name, draft.unit, draft.served_on))
        return None, row.key, row.name
    of = members.member(session, draft.member_id)
    if of.org_id != draft.org_id or not of.is_in(draft.served_on):
        said = _("{name}在 {day} 不是本支部的党员，请核对。")
        raise InputRefused(said.format(name=of.name, day=draft.served_on), "member_id")
    return of.id, None, of.name


def _already(session: Session, member_id: int | None, reporter_id: int | None, day: date) -> Decimal:
    rows = session.exec(
        select(ServiceHours).where(
            ServiceHours.member_id == member_id,
            ServiceHours.reporter_id == reporter_id,
            ServiceHours.served_on == day,
            col(ServiceHours.withdrawn_at).is_(None),
        )
    )
    return sum((row.hours for row in rows), Decimal(0))


def _recounted(session: Session, actor: Actor, rows: Sequence[ServiceHours], reason: str) -> Changes:
    firsts: dict[int, date] = {}
    for row in rows:
        firsts[row.org_id] = min(row.served_on, firsts.get(row.org_id, row.served_on))
    changes = _CHANGED.of(*firsts) if firsts else Changes()
    for org_id, first in firsts.items():
        changes |= counting.recount(session, actor, service_counts.SOURCE, [org_id], first, reason)
    return changes
