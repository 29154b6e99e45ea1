"""Kinds of honours with their quotas are kept, honours given within them by a document, taken back with a reason."""

from __future__ import annotations

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Honour, HonourKind
from okr_desk.queries import honours as queries
from okr_desk.queries import orgs, standings
from okr_desk.rules import honours as rules
from okr_desk.rules.honours import HonourDraft, KindDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import entered, official, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import OrgKind

CHANGED = changed(Topic.INCENTIVES)


def create_kind(session: Session, actor: Actor, draft: KindDraft) -> Outcome[int]:
    """Add a kind of honour to a year; its id. Raises InputRefused for a name that the year has already."""
    permits.require(session, actor, Action.EDIT_INCENTIVES)
    official.year_state(session, draft.year)
    _check_kind(session, draft, None)
    row = HonourKind(year=draft.year, name=draft.name.strip())
    _fill(session, row, draft)
    return Outcome(row.key, CHANGED)


def change_kind(session: Session, actor: Actor, kind_id: int, draft: KindDraft) -> Outcome[int]:
    """Change a kind's name, quota, grade or use; what was given stays. Raises InputRefused or WrongState."""
    permits.require(session, actor, Action.EDIT_INCENTIVES)
    row = _kind(session, kind_id)
    _check_kind(session, draft, kind_id)
    view = next(one for one in queries.kinds(session, row.year) if one.id == kind_id)
    if draft.of_person is not row.of_person and view.given:
        raise InputRefused(_("已经授予过的，不能改变授予支部还是个人，请另建一项。"), "of_person")
    _fill(session, row, draft)
    after = next(one for one in queries.kinds(session, row.year) if one.id == kind_id)
    over = after.places is not None and len(after.given) > after.places
    said = _("“{name}”已授予 {n} 个，多于现在的 {most} 个；已授予的不变，请研究。")
    notices = (said.format(name=after.name, n=len(after.given), most=after.places),) if over else ()
    return Outcome(row.key, CHANGED, notices)


def give(session: Session, actor: Actor, draft: HonourDraft) -> Outcome[int]:
    """Give an honour; its id.

    Raises InputRefused beyond the quota (saying who has the places), below the grade it takes, or given already.
    """
    permits.require(session, actor, Action.EDIT_INCENTIVES, draft.org_id)
    row = _kind(session, draft.kind_id)
    if row.is_retired:
        raise WrongState(_("“{name}”已停用，不能再授予。").format(name=row.name))
    rules.check_honour(draft, row.of_person, row.year, today(session))
    org = orgs.view(session, draft.org_id, today(session))
    if org.kind != OrgKind.BRANCH:
        raise InputRefused(_("荣誉授予党支部或其中的个人，请选支部。"), "org_id")
    view = next(one for one in queries.kinds(session, row.year) if one.id == row.key)
    if any(one.org_id == org.id and one.person == draft.person.strip() for one in view.given):
        raise InputRefused(_("“{name}”已经授予过，请不要重复登记。").format(name=row.name), "org_id")
    rules.check_quota(view.name, view.places, view.why, [one.whose for one in view.given])
    if row.least_grade:
        standing = standings.standings(session, row.year, [org]).get(org.id)
        grade, names = (None, ()) if standing is None else (standing.grade, standing.grades)
        rules.check_grade(row.name, row.least_grade, grade, names)
    made = Honour(
        kind_id=row.key,
        org_id=org.id,
        person=draft.person.strip(),
        given_on=draft.given_on,
        document=draft.document.strip(),
        note=draft.note.strip(),
        **entered.stamp(session, actor, draft.by),
    )
    session.add(made)
    session.flush()
    return Outcome(made.key, CHANGED.of(org.id))


def withdraw(session: Session, actor: Actor, honour_id: int, reason: str) -> Outcome[int]:
    """Take an honour back with a reason: it stays on record, and its place is free again."""
    row = entered.standing(session, Honour, honour_id)
    permits.require(session, actor, Action.EDIT_INCENTIVES, row.org_id)
    entered.take_back(session, row, reason)
    return Outcome(row.key, CHANGED.of(row.org_id))


def _kind(session: Session, kind_id: int) -> HonourKind:
    row = session.get(HonourKind, kind_id)
    if row is None:
        raise WrongState(_("没有找到这项荣誉，请刷新后再试。"))
    return row


def _check_kind(session: Session, draft: KindDraft, own: int | None) -> None:
    rules.check_kind(draft)
    taken = select(HonourKind.id).where(HonourKind.year == draft.year, HonourKind.name == draft.name.strip())
    if session.exec(taken.where(col(HonourKind.id) != (own or 0))).first() is not None:
        said = _("{year}年度已经有“{name}”，请改名或修改原来的一项。")
        raise InputRefused(said.format(year=draft.year, name=draft.name.strip()), "name")


def _fill(session: Session, row: HonourKind, draft: KindDraft) -> None:
    row.name, row.of_person, row.quota, row.most = draft.name.strip(), draft.of_person, draft.quota, draft.most
    row.least_grade, row.is_retired = draft.least_grade.strip(), draft.is_retired
    session.add(row)
    session.flush()
