"""Events of organisational life as they stand: in full where they are read, or only as far as they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from okr_desk.duty_terms import DutyKind
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Account, Meeting, MeetingKind, Person
from okr_desk.model.reading import Answer, Facts, Reader, facts
from okr_desk.queries.objectives import QuarterView
from okr_desk.terms import EntryBasis, stored

YEARLY = (DutyKind.LIFE, DutyKind.REVIEW)
"""Kinds that are owed once a year."""


@dataclass(frozen=True)
class Held:
    """What counts of an event: the day, its kinds, who should and did come, the group of a group meeting."""

    org_id: int
    held_on: date
    kinds: tuple[DutyKind, ...]
    due: int
    present: int
    group_number: int | None


@dataclass(frozen=True)
class MeetingView(Held):
    """One event as it stands; `recorded_by` entered it, for `reported_by` where that is another person."""

    id: int
    uid: str
    quarter_id: int
    topic: str
    host: str
    place: str
    minutes: str
    is_election: bool
    reported_by: str
    basis: EntryBasis
    is_late: bool
    late_reason: str
    recorded_at: datetime
    recorded_by: str
    corrects_id: int | None


def meetings(session: Reader, org_ids: Sequence[int] | None, first: date, last: date) -> tuple[MeetingView, ...]:
    """Events that stand, held from `first` to `last`, oldest first; `org_ids` None: of all branches."""
    wanted = _STANDING.where(Meeting.held_on >= first, Meeting.held_on <= last)
    if org_ids is not None:
        wanted = wanted.where(Meeting.org_id.in_(org_ids))
    return _views(session, facts(session.execute(wanted)))


def held(
    session: Reader, org_ids: Sequence[int], first: date, last: date, kinds: Collection[DutyKind] = ()
) -> tuple[Held, ...]:
    """What counts of the same events, and nothing else of them; with `kinds` of events of one of these alone."""
    said_of = {"orgs": list(org_ids), "first": first, "last": last}
    wanted = _COUNTING
    if kinds:
        wanted = wanted.where(Meeting.id.in_(select(MeetingKind.meeting_id).where(MeetingKind.kind.in_(kinds))))
    return _held(session.execute(wanted, said_of))


def held_in(session: Reader, org_ids: Sequence[int], quarter: QuarterView) -> tuple[Held, ...]:
    """What counts in a quarter: its own events, and before it those of its year that are owed once a year."""
    said_of = {"orgs": list(org_ids), "first": date(quarter.year, 1, 1), "last": quarter.ends_on}
    return _held(session.execute(_COUNTING_IN, {**said_of, "begins": quarter.starts_on, "yearly": YEARLY}))


def _held(answer: Answer) -> tuple[Held, ...]:
    found: dict[int, list[Any]] = {}
    of: dict[int, list[DutyKind]] = defaultdict(list)
    for key, kind, *said in answer.all():
        found[key] = said
        of[key] += [_KINDS[kind]] if kind is not None else []
    return tuple(
        Held(org_id, held_on, _ordered(of[key]), due, present, group)
        for key, (org_id, held_on, due, present, group) in found.items()
    )


def meeting(session: Reader, meeting_id: int) -> MeetingView:
    """One event, whether it still stands or not. Raises Refusal when there is none."""
    rows = facts(session.execute(_EVER.where(Meeting.id == meeting_id)))
    if not rows:
        raise Refusal(_("没有这条组织生活记录，请刷新后再试。"))
    return _views(session, rows)[0]


_EVER = (
    select(*Meeting.ALL, Person.name.label("who"))
    .select_from(Meeting.TABLE)
    .join(Account.TABLE, Account.id == Meeting.account_id, isouter=True)
    .join(Person.TABLE, Person.id == Account.person_id, isouter=True)
    .order_by(Meeting.held_on, Meeting.id)
)
_STANDING = _EVER.where(Meeting.superseded_at.is_(None), Meeting.withdrawn_at.is_(None))
_COUNTING = (
    select(
        Meeting.id,
        MeetingKind.kind,
        Meeting.org_id,
        Meeting.held_on,
        Meeting.due,
        Meeting.present,
        Meeting.group_number,
    )
    .select_from(Meeting.TABLE)
    .join(MeetingKind.TABLE, MeetingKind.meeting_id == Meeting.id, isouter=True)
    .where(
        Meeting.superseded_at.is_(None),
        Meeting.withdrawn_at.is_(None),
        Meeting.org_id.in_(bindparam("orgs", expanding=True)),
        Meeting.held_on >= bindparam("first"),
        Meeting.held_on <= bindparam("last"),
    )
    .order_by(Meeting.held_on, Meeting.id)
)
_COUNTING_IN = _COUNTING.where(
    or_(Meeting.held_on >= bindparam("begins"), MeetingKind.kind.in_(bindparam("yearly", expanding=True)))
)
"""Built once: every meeting that is entered asks it."""
_KINDS, _BASES = stored(DutyKind), stored(EntryBasis)
_ORDER = {kind: place for place, kind in enumerate(DutyKind)}


def _ordered(kinds: list[DutyKind]) -> tuple[DutyKind, ...]:
    return tuple(kinds) if len(kinds) == 1 else tuple(sorted(kinds, key=_ORDER.__getitem__))


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[MeetingView, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    kinds: dict[int, list[DutyKind]] = defaultdict(list)
    found = select(MeetingKind.meeting_id, MeetingKind.kind)
    if len(ids) <= 500:  # a question takes only so many numbers; beyond that all of these days are read
        found = found.where(MeetingKind.meeting_id.in_(ids))
    else:
        days = Meeting.held_on.between(min(row.held_on for row in rows), max(row.held_on for row in rows))
        found = found.join(Meeting.TABLE, Meeting.id == MeetingKind.meeting_id).where(days)
    for meeting_id, kind in session.execute(found).all():
        kinds[meeting_id].append(_KINDS[kind])
    return tuple(_view(row, _ordered(kinds[row.id])) for row in rows)


def _view(row: Facts, kinds: tuple[DutyKind, ...]) -> MeetingView:
    return MeetingView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        quarter_id=row.quarter_id,
        held_on=row.held_on,
        kinds=kinds,
        topic=row.topic,
        host=row.host,
        place=row.place,
        due=row.due,
        present=row.present,
        minutes=row.minutes,
        group_number=row.group_number,
        is_election=row.is_election,
        reported_by=row.reported_by,
        basis=_BASES[row.basis],
        is_late=row.is_late,
        late_reason=row.late_reason,
        recorded_at=row.recorded_at,
        recorded_by=row.who or "",
        corrects_id=row.corrects_id,
    )
