"""People and the posts they hold. Appointing somebody ends the term of who held the post before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Appointment, Person
from okr_desk.queries import orgs as standing
from okr_desk.rules import users as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.users import AppointmentDraft, PersonDraft
from okr_desk.services import permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import Post, label

_CHANGED = changed(Topic.USERS, Topic.ORGS)
SHARED = frozenset({Post.DEPUTY_SECRETARY, Post.OFFICE_STAFF, Post.INSTRUCTOR})


def create_person(session: Session, actor: Actor, draft: PersonDraft, batch_id: int | None = None) -> Outcome[int]:
    """Add somebody by name. Two people may have the same name; then a notice says so."""
    permits.require(session, actor, Action.EDIT_ORGS)
    rules.check_person(draft)
    name = draft.name.strip()
    same = session.exec(select(Person.id).where(Person.name == name)).first()
    row = Person(name=name, search_keys=pinyin.keys(name), batch_id=batch_id)
    session.add(row)
    session.flush()
    notices = () if same is None else (_("已有同名人员“{name}”，请确认不是同一人。").format(name=name),)
    return Outcome(row.key, _CHANGED, notices)


def rename_person(session: Session, actor: Actor, person_id: int, draft: PersonDraft) -> Outcome[int]:
    """Correct a name that was written wrongly."""
    permits.require(session, actor, Action.EDIT_ORGS)
    rules.check_person(draft)
    row = _person(session, person_id)
    if row.name == draft.name.strip():
        return Outcome(row.key, Changes())
    row.name = draft.name.strip()
    row.search_keys = pinyin.keys(row.name)
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED)


def person_named(session: Session, actor: Actor, name: str, batch_id: int | None = None) -> Outcome[int]:
    """The person with this name, added if there is none. Raises InputRefused when several have it."""
    permits.require(session, actor, Action.EDIT_ORGS)
    found = session.exec(select(Person.id).where(Person.name == name.strip()).limit(2)).all()
    if len(found) > 1:
        raise InputRefused(
            _("有多位同名的“{name}”，请在“人员与账号”中指定是哪一位。").format(name=name.strip()), "name"
        )
    if found and found[0] is not None:
        return Outcome(found[0], Changes())
    return create_person(session, actor, PersonDraft(name), batch_id)


def appoint(session: Session, actor: Actor, draft: AppointmentDraft) -> Outcome[int]:
    """Put somebody in a post from a day on; the holder before ends the day before. Posts that several share stay.

    The same person in the same post changes nothing. Raises InputRefused, NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_ORGS, draft.org_id)
    standing.view(session, draft.org_id, draft.valid_from)
    if draft.person_id is not None:
        _person(session, draft.person_id)
    elif draft.name.strip():
        draft = replace(draft, person_id=person_named(session, actor, draft.name).value)
    holders = _holders(session, draft.org_id, draft.post, draft.valid_from)
    for row in holders:
        begun = row.valid_from <= draft.valid_from
        if begun and (row.person_id, row.acting) == (draft.person_id, draft.acting):
            return Outcome(row.key, Changes())
    later = [row for row in holders if row.valid_from > draft.valid_from]
    if later and draft.post not in SHARED:
        sentence = _("{day} 起已有{post}任职记录，请先核对任职日期。")
        raise InputRefused(sentence.format(day=later[0].valid_from, post=label(draft.post)), "valid_from")
    for row in holders:
        if draft.post not in SHARED or row.person_id in (None, draft.person_id):
            _end(session, row, draft.valid_from)
    row = Appointment(
        org_id=draft.org_id,
        post=draft.post,
        person_id=draft.person_id,
        acting=draft.acting,
        valid_from=draft.valid_from,
        note=draft.note.strip(),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED)


def vacate(session: Session, actor: Actor, appointment_id: int, last_day: date) -> Outcome[int]:
    """End a term: `last_day` is the last day in the post. Raises InputRefused for a day before it began."""
    row = session.get(Appointment, appointment_id)
    if row is None:
        raise Refusal(_("没有这条任职记录，请刷新后再试。"))
    permits.require(session, actor, Action.EDIT_ORGS, row.org_id)
    if last_day < row.valid_from:
        raise InputRefused(_("免职日期不能早于任职日期（{day}）。").format(day=row.valid_from), "last_day")
    if row.valid_to == last_day:
        return Outcome(row.key, Changes())
    row.valid_to = last_day
    session.add(row)
    session.flush()
    notices: tuple[str, ...] = ()
    if not _holders(session, row.org_id, Post(row.post), max(last_day + timedelta(days=1), today(session))):
        notices = (_("{post}一职自次日起空缺，打印时留空签名。").format(post=label(Post(row.post))),)
    return Outcome(row.key, _CHANGED, notices)


def _holders(session: Session, org_id: int, post: Post, day: date) -> list[Appointment]:
    """Terms of a post that have not ended before `day`, those that begin later included."""
    wanted = select(Appointment).where(
        Appointment.org_id == org_id,
        Appointment.post == post,
        or_(col(Appointment.valid_to).is_(None), col(Appointment.valid_to) >= day),
    )
    return list(session.exec(wanted.order_by(col(Appointment.valid_from), col(Appointment.id))))


def _end(session: Session, row: Appointment, on: date) -> None:
    """End a term the day before `on`; one that began that very day was a slip and is taken out (the trail keeps it)."""
    if row.valid_from >= on:
        session.delete(row)
    else:
        row.valid_to = on - timedelta(days=1)
        session.add(row)
    session.flush()


def _person(session: Session, person_id: int) -> Person:
    row = session.get(Person, person_id)
    if row is None:
        raise Refusal(_("没有这个人，请刷新后再试。"))
    return row
