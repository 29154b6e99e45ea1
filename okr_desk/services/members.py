"""The register of members and of those who report: entered, corrected, left with a date; nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Member, Reporter
from okr_desk.queries import committee_counts, household_counts, member_counts, members, service_counts
from okr_desk.rules.checks import check_day, check_reason
from okr_desk.rules.members import (
    LeaveDraft,
    MemberDraft,
    ReporterDraft,
    check_member,
    check_new_names,
    check_reporter,
)
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import households, official, open_quarters, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.MEMBERS)
_FED = (member_counts.SOURCE, service_counts.SOURCE, committee_counts.SOURCE)
"""What is divided by the number of members, or of those on the committee."""


def add(session: Session, actor: Actor, drafts: Sequence[MemberDraft]) -> Outcome[tuple[int, ...]]:
    """Enter members of a branch, one or a pasted list; all or none. Raises InputRefused, NotAllowed."""
    if not drafts:
        raise InputRefused(_("没有看到姓名。请从表格中复制“姓名”一列，再粘贴到这里。"), "text")
    made: list[Member] = []
    for org_id in sorted({draft.org_id for draft in drafts}):
        permits.require(session, actor, Action.RECORD_DAILY, org_id)
        of = [draft for draft in drafts if draft.org_id == org_id]
        for draft in of:
            check_member(draft, today(session))
        check_new_names(of, _names(session, org_id))
        made += [_row(session, actor, draft) for draft in of]
    session.add_all(made)
    session.flush()
    return Outcome(tuple(row.key for row in made), recounted(session, actor, {row.org_id for row in made}))


def enter(session: Session, actor: Actor, draft: MemberDraft, batch_id: int) -> Member:
    """One member of an import; what is fed is counted once by `recounted`. Raises InputRefused, NotAllowed."""
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    check_member(draft, today(session))
    check_new_names([draft], _names(session, draft.org_id))
    row = _row(session, actor, draft)
    row.batch_id = batch_id
    session.add(row)
    session.flush()
    return row


def change(session: Session, actor: Actor, member_id: int, draft: MemberDraft) -> Outcome[int]:
    """Correct what is known of a member; the branch stays. The trail keeps what stood."""
    row = _standing(session, actor, member_id)
    check_member(draft, today(session))
    check_new_names([draft], [name for name in _names(session, row.org_id) if name != row.name])
    row.name, row.search_keys = _bare(draft.name), pinyin.keys(_bare(draft.name))
    row.kind, row.is_committee = draft.kind.value, draft.is_committee
    row.grid, row.duty, row.joined_on = draft.grid.strip(), draft.duty.strip(), draft.joined_on
    session.add(row)
    session.flush()
    return Outcome(row.key, recounted(session, actor, {row.org_id}))


def leave(session: Session, actor: Actor, draft: LeaveDraft) -> Outcome[int]:
    """A member who leaves: what was entered stays, the households need somebody else (said in the notices)."""
    row = _standing(session, actor, draft.member_id)
    check_day(draft.left_on, "left_on", _("转出日期"), today(session))
    if row.joined_on is not None and draft.left_on <= row.joined_on:
        raise InputRefused(_("转出日期须晚于转入日期 {day}。").format(day=row.joined_on), "left_on")
    row.left_on = draft.left_on
    row.left_reason = check_reason(draft.reason, _("请写明转出或停止计入的原因。"))
    session.add(row)
    session.flush()
    freed = households.release(session, row.key, draft.left_on)
    said = _("{name}联系的 {n} 户需要改由其他党员联系。").format(name=row.name, n=freed)
    changes = recounted(session, actor, {row.org_id})
    if freed:
        changes |= households.CHANGED.of(row.org_id)
        changes |= open_quarters.recount(session, actor, [household_counts.SOURCE], [row.org_id])
    return Outcome(row.key, changes, (said,) if freed else ())


def report(session: Session, actor: Actor, drafts: Sequence[ReporterDraft]) -> Outcome[tuple[int, ...]]:
    """Enter those who report to the branch from elsewhere; somebody who reports already is refused."""
    made = []
    for draft in drafts:
        permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
        made.append(reporter_of(session, actor, draft, is_new=True))
    session.flush()
    return Outcome(tuple(row.key for row in made), recounted(session, actor, {row.org_id for row in made}))


def end_report(session: Session, actor: Actor, draft: LeaveDraft) -> Outcome[int]:
    """Somebody reports no longer (`member_id` is the reporter's id); the hours stay."""
    row = session.get(Reporter, draft.member_id)
    if row is None or row.ended_on is not None:
        raise WrongState(_("名单里没有这名报到党员，请刷新后再试。"))
    permits.require(session, actor, Action.RECORD_DAILY, row.org_id)
    check_day(draft.left_on, "left_on", _("结束日期"), today(session))
    if draft.left_on < row.reported_on:
        raise InputRefused(_("结束日期不能早于报到日期 {day}。").format(day=row.reported_on), "left_on")
    row.ended_on, row.ended_reason = draft.left_on, check_reason(draft.reason, _("请写明结束报到的原因。"))
    session.add(row)
    session.flush()
    return Outcome(row.key, recounted(session, actor, {row.org_id}))


def reporter_of(session: Session, actor: Actor, draft: ReporterDraft, is_new: bool = False) -> Reporter:
    """The one with this name and unit; entered when not yet known. Permission has been asked."""
    check_reporter(draft, today(session))
    name, unit = _bare(draft.name), draft.unit.strip()
    known = session.exec(
        select(Reporter).where(
            Reporter.org_id == draft.org_id,
            Reporter.name == name,
            Reporter.unit == unit,
            col(Reporter.ended_on).is_(None),
        )
    ).first()
    if known is not None:
        if is_new:
            raise InputRefused(_("{name}（{unit}）已经在报到名单里。").format(name=name, unit=unit), "name")
        if draft.reported_on < known.reported_on:
            known.reported_on = draft.reported_on
            session.add(known)
        return known
    row = Reporter(
        org_id=draft.org_id,
        name=name,
        search_keys=pinyin.keys(name),
        unit=unit,
        reported_on=draft.reported_on,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return row


def _row(session: Session, actor: Actor, draft: MemberDraft) -> Member:
    return Member(
        org_id=draft.org_id,
        name=_bare(draft.name),
        search_keys=pinyin.keys(_bare(draft.name)),
        kind=draft.kind.value,
        is_committee=draft.is_committee,
        grid=draft.grid.strip(),
        duty=draft.duty.strip(),
        joined_on=draft.joined_on,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )


def _standing(session: Session, actor: Actor, member_id: int) -> Member:
    row = session.get(Member, member_id)
    if row is None:
        raise WrongState(_("名单里没有这名党员，请刷新后再试。"))
    permits.require(session, actor, Action.RECORD_DAILY, row.org_id)
    if row.left_on is not None:
        raise WrongState(_("{name}已于 {day} 转出，不能再改。").format(name=row.name, day=row.left_on))
    return row


def _names(session: Session, org_id: int) -> list[str]:
    return [one.name for one in members.members(session, [org_id]) if one.left_on is None]


def recounted(session: Session, actor: Actor, org_ids: set[int]) -> Changes:
    """What is divided by the number of members is counted anew in the quarters that are open."""
    return _CHANGED.of(*org_ids) | open_quarters.recount(session, actor, _FED, sorted(org_ids))


def _bare(name: str) -> str:
    """李　明 is 李明; names in Latin letters keep their blanks."""
    return name.strip() if name.isascii() else "".join(name.split())
