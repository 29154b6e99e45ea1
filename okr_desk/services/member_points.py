"""Points of members: entered by the rules in force, taken back with a reason; the office sets the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.member_terms import PointsKind
from okr_desk.model.store import now, today
from okr_desk.model.tables import MemberPoint, PointsRule, PointsScheme
from okr_desk.queries import cycles, member_counts, member_points, members
from okr_desk.queries.members import MemberView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.member_points import PointsDraft, PointsSchemeDraft, check_points, check_scheme
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, official, permits, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState

_CHANGED = changed(Topic.MEMBERS)


def record(session: Session, actor: Actor, draft: PointsDraft) -> Outcome[int]:
    """Enter points of a member; notices say which cap is reached. Raises InputRefused and as `quarter_lock.dated`."""
    row = add(session, actor, draft)
    changes = recounted(session, actor, [row], draft.reason)
    return Outcome(row.key, changes, _told(session, row))


def add(session: Session, actor: Actor, draft: PointsDraft, batch_id: int | None = None) -> MemberPoint:
    """The row alone; whoever adds many counts once at the end."""
    of = members.member(session, draft.member_id)
    found = quarter_lock.dated(
        session, actor, of.org_id, draft.happened_on, field="happened_on", name=_("日期"), reason=draft.reason
    )
    if not of.is_in(draft.happened_on):
        said = _("{name}在 {day} 不在本支部，请核对日期。")
        raise InputRefused(said.format(name=of.name, day=draft.happened_on), "happened_on")
    scheme = member_points.scheme_on(session, draft.happened_on)
    code, matter, points = check_points(draft, scheme)
    row = MemberPoint(
        member_id=of.id,
        org_id=of.org_id,
        quarter_id=found.quarter_id,
        happened_on=draft.happened_on,
        code=code,
        matter=matter,
        points=points,
        note=draft.note.strip(),
        is_late=found.is_late,
        late_reason=draft.reason.strip(),
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        batch_id=batch_id,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, actor: Actor, entry_ids: Sequence[int], reason: str) -> Outcome[int]:
    """Take entries back: they stay on record with the reason and no longer count."""
    said = check_reason(reason, _("撤回须写明理由，原登记保留备查。"))
    rows = []
    for entry_id in entry_ids:
        row = session.get(MemberPoint, entry_id)
        if row is None or row.withdrawn_at is not None:
            raise WrongState(_("这项积分已经撤回，请刷新。"))
        quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
        row.withdrawn_at, row.withdrawn_reason = now(session), said
        session.add(row)
        rows.append(row)
    return Outcome(len(rows), recounted(session, actor, rows, said))


def set_scheme(session: Session, actor: Actor, draft: PointsSchemeDraft) -> Outcome[int]:
    """Put rules in force from `valid_from` on: the first day of a quarter that is not frozen. Office only.

    Rules that were to begin on the same day are written anew; earlier ones keep the quarters they counted.
    """
    permits.require(session, actor, Action.CHECK_DAILY)
    check_scheme(draft)
    start = _start(session, draft.valid_from)
    row = session.exec(select(PointsScheme).where(PointsScheme.valid_from == start)).first()
    if row is None:
        row = PointsScheme(name="", valid_from=start, base=draft.base, recorded_at=now(session))
    else:
        for rule in session.exec(select(PointsRule).where(PointsRule.scheme_id == row.key)):
            session.delete(rule)
    row.name, row.base, row.source = draft.name.strip(), draft.base, draft.source.strip()
    row.bonus_cap, row.correction_below = draft.bonus_cap, draft.correction_below
    row.probationary_below = draft.probationary_below
    row.account_id, row.recorded_at = official.account_of(actor), now(session)
    session.add(row)
    session.flush()
    ordered = sorted(draft.rules, key=lambda one: one.kind is not PointsKind.DEDUCTION)
    for place, one in enumerate(ordered):
        session.add(
            PointsRule(
                scheme_id=row.key,
                position=place,
                code=one.code.strip(),
                name=one.name.strip(),
                kind=one.kind.value,
                low=one.low,
                high=one.high,
                cap=one.cap,
            )
        )
    session.flush()
    return Outcome(row.key, _CHANGED)


def recounted(session: Session, actor: Actor, rows: Sequence[MemberPoint], reason: str) -> Changes:
    """Count X10 anew, once for each branch from the earliest day on."""
    firsts: dict[int, date] = {}
    for row in rows:
        firsts[row.org_id] = min(row.happened_on, firsts.get(row.org_id, row.happened_on))
    changes = _CHANGED.of(*firsts) if firsts else Changes()
    for org_id, first in firsts.items():
        changes |= counting.recount(session, actor, member_counts.SOURCE, [org_id], first, reason)
    return changes


def named(session: Session, org_id: int, name: str, day: date) -> MemberView:
    """The member of a branch with this name on a day. Raises InputRefused for nobody, or for somebody who had left."""
    wanted = "".join(name.split())
    found = [one for one in members.members(session, [org_id]) if "".join(one.name.split()) == wanted]
    here = [one for one in found if one.is_in(day)]
    if len(here) == 1:
        return here[0]
    if len(here) > 1:
        raise InputRefused(_("本支部有几名“{name}”，请在姓名后注明后再导入。").format(name=wanted), "name")
    if found:
        raise InputRefused(_("“{name}”在 {day} 不在本支部。").format(name=wanted, day=day), "name")
    said = _("本支部的党员名单里没有“{name}”，请先在“联户和积分”页登记，或核对姓名。")
    raise InputRefused(said.format(name=wanted), "name")


def _told(session: Session, row: MemberPoint) -> tuple[str, ...]:
    """Caps that the entry has reached, and what follows from the points."""
    quarter = cycles.by_id(session, row.quarter_id)
    assert quarter is not None
    for one in member_points.quarter_list(session, quarter, [row.org_id]):
        if one.member.id == row.member_id:
            flags = (_("{name}：{flag}。").format(name=one.member.name, flag=one.flag),) if one.flag else ()
            return (*(_("{said}。").format(said=said) for said in one.sum.full), *flags)
    return ()


def _start(session: Session, day: date | None) -> date:
    """The first day of a quarter whose points may still change."""
    wanted = day or today(session)
    for quarter in cycles.quarters(session):
        if quarter.starts_on <= wanted <= quarter.ends_on:
            if quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED):
                said = _("{quarter}已冻结，积分办法请从以后的季度起执行。")
                raise InputRefused(said.format(quarter=quarter.label), "valid_from")
            return quarter.starts_on
    raise InputRefused(_("{day} 不在已建立的年度里，请先建立年度。").format(day=wanted), "valid_from")
