"""The register of households: listed once, one member at a time, handed over and ended with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Household, HouseholdLink
from okr_desk.queries import household_counts, households, members
from okr_desk.rules.checks import check_day, check_reason
from okr_desk.rules.households import HouseholdDraft, check_household
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, open_quarters, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

CHANGED = changed(Topic.HOUSEHOLDS)


def add(session: Session, actor: Actor, drafts: Sequence[HouseholdDraft]) -> Outcome[tuple[int, ...]]:
    """List households of one branch, with who looks after them. Notices name members who have too few.

    Raises InputRefused for one that stands in another list, for more than a member may have, and NotAllowed.
    """
    ids: list[int] = []
    org_ids: set[int] = set()
    keepers: dict[int, None] = {}
    for draft in drafts:
        permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
        check_household(draft, today(session))
        _check_new(session, draft)
        row = Household(
            org_id=draft.org_id,
            label=draft.label.strip(),
            head=draft.head.strip(),
            search_keys=pinyin.keys(draft.label.strip() + draft.head.strip()),
            kind=draft.kind.value,
            listed_on=draft.since,
            account_id=official.account_of(actor),
            recorded_at=now(session),
        )
        session.add(row)
        session.flush()
        if draft.member_id is not None:
            _link(session, actor, row, draft.member_id, draft.since)
            keepers[draft.member_id] = None
        ids.append(row.key)
        org_ids.add(draft.org_id)
    return Outcome(tuple(ids), _recounted(session, actor, sorted(org_ids)), notices(session, list(keepers)))


def change(session: Session, actor: Actor, household_id: int, draft: HouseholdDraft) -> Outcome[int]:
    """Correct label, name at its head or kind; who looks after it is handed over. The trail keeps what stood."""
    row = _standing(session, actor, household_id)
    check_household(draft, today(session))
    _check_new(session, replace(draft, org_id=row.org_id), row.key)
    row.label, row.head, row.kind = draft.label.strip(), draft.head.strip(), draft.kind.value
    row.search_keys = pinyin.keys(row.label + row.head)
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def hand_over(session: Session, actor: Actor, household_id: int, member_id: int | None, since: date) -> Outcome[int]:
    """Let another member look after a household from `since` on (None: nobody for now); visits stay where they are."""
    row = _standing(session, actor, household_id)
    check_day(since, "since", _("联系起始日"), today(session))
    if since < row.listed_on:
        raise InputRefused(_("这一户自 {day} 起登记，起始日不能更早。").format(day=row.listed_on), "since")
    running = session.exec(
        select(HouseholdLink).where(HouseholdLink.household_id == row.key, col(HouseholdLink.valid_to).is_(None))
    ).first()
    before = None if running is None else running.member_id
    if running is not None:
        if running.member_id == member_id:
            raise InputRefused(_("这一户现在就由这名党员联系，请选择别的党员。"), "member_id")
        if since <= running.valid_from:
            said = _("现在的联系党员自 {day} 起联系，改由日期须在这以后。")
            raise InputRefused(said.format(day=running.valid_from), "since")
        running.valid_to = since - timedelta(days=1)
        session.add(running)
        session.flush()
    if member_id is not None:
        _link(session, actor, row, member_id, since)
    told = notices(session, [one for one in (member_id, before) if one is not None])
    return Outcome(row.key, _recounted(session, actor, [row.org_id]), told)


def end(session: Session, actor: Actor, household_id: int, ended_on: date, reason: str) -> Outcome[int]:
    """A household that moved away or dissolved owes no visits from `ended_on` on; what was entered stays."""
    row = _standing(session, actor, household_id)
    check_day(ended_on, "ended_on", _("终止日期"), today(session))
    if ended_on < row.listed_on:
        raise InputRefused(_("这一户自 {day} 起登记，终止日不能更早。").format(day=row.listed_on), "ended_on")
    row.ended_on, row.ended_reason = ended_on, check_reason(reason, _("请写明这一户为什么不再联系，如“迁出”。"))
    session.add(row)
    for link in _running(session, HouseholdLink.household_id == row.key):
        _end_link(session, link, ended_on)
    session.flush()
    return Outcome(row.key, _recounted(session, actor, [row.org_id]))


def release(session: Session, member_id: int, left_on: date) -> int:
    """End the links of a member who leaves on `left_on`; how many households need another member now."""
    running = _running(session, HouseholdLink.member_id == member_id)
    for link in running:
        _end_link(session, link, left_on)
    session.flush()
    return len(running)


def notices(session: Session, member_ids: Sequence[int]) -> tuple[str, ...]:
    """What to say of members who look after fewer households than they should."""
    said = []
    for member_id in dict.fromkeys(member_ids):
        of = members.member(session, member_id)
        said.append(
            households.limits(session, of).notice(of.name, households.held_by(session, member_id, today(session)))
        )
    return tuple(one for one in said if one)


def _standing(session: Session, actor: Actor, household_id: int) -> Household:
    row = session.get(Household, household_id)
    if row is None:
        raise WrongState(_("没有这一户，请刷新后再试。"))
    permits.require(session, actor, Action.RECORD_DAILY, row.org_id)
    if row.ended_on is not None:
        raise WrongState(_("“{label}”已于 {day} 终止联系，不能再改。").format(label=row.label, day=row.ended_on))
    return row


def _check_new(session: Session, draft: HouseholdDraft, own: int | None = None) -> None:
    """A household stands in one list only: the label is looked for in the whole branch."""
    wanted = _bare(draft.label)
    rows = session.exec(select(Household).where(Household.org_id == draft.org_id, col(Household.ended_on).is_(None)))
    for row in rows:
        if row.key == own or _bare(row.label) != wanted:
            continue
        link = next(iter(_running(session, HouseholdLink.household_id == row.key)), None)
        if link is None:
            raise InputRefused(_("“{label}”已经登记过，请直接为它选择联系党员。").format(label=row.label), "label")
        said = _("“{label}”已在{name}的联户名单里，一户只由一名党员联系。要换人，请在那一户上选“改由他人联系”。")
        name = members.member(session, link.member_id).name
        raise InputRefused(said.format(label=row.label, name=name), "label")


def _link(session: Session, actor: Actor, row: Household, member_id: int, since: date) -> None:
    of = members.member(session, member_id)
    if of.org_id != row.org_id:
        raise InputRefused(_("{name}不是本支部的党员，请另选。").format(name=of.name), "member_id")
    if not of.is_in(since) or of.left_on is not None:
        raise InputRefused(_("{name}在 {day} 不在本支部，请另选。").format(name=of.name, day=since), "member_id")
    session.add(
        HouseholdLink(
            household_id=row.key,
            member_id=member_id,
            valid_from=since,
            account_id=official.account_of(actor),
            recorded_at=now(session),
        )
    )
    session.flush()
    households.limits(session, of).check(of.name, households.held_by(session, member_id, today(session)))


def _running(session: Session, where: bool) -> Sequence[HouseholdLink]:
    return session.exec(select(HouseholdLink).where(where, col(HouseholdLink.valid_to).is_(None))).all()


def _end_link(session: Session, link: HouseholdLink, on: date) -> None:
    """The link ends on the eve; one that began that very day never held, and is given that day alone."""
    link.valid_to = max(link.valid_from, on - timedelta(days=1))
    session.add(link)


def _recounted(session: Session, actor: Actor, org_ids: Sequence[int]) -> Changes:
    return CHANGED.of(*org_ids) | open_quarters.recount(session, actor, [household_counts.SOURCE], org_ids)


def _bare(text: str) -> str:
    return "".join(text.split()).upper()
