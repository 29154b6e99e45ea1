"""Meetings from workbooks: written in bulk, what they feed counted once; taken back with their batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import ImportBatch, MeasuredValue, Meeting, MeetingKind, Org
from okr_desk.queries import duties as query
from okr_desk.queries.duties import Roster
from okr_desk.queries.duty_counts import MEETINGS
from okr_desk.rules.checks import check_day
from okr_desk.rules.duties import MeetingDraft, check_meeting, kinds_of
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis, OrgKind, Origin


@dataclass(frozen=True)
class _Line:
    fact: EntryFact
    draft: MeetingDraft
    quarter_id: int


def write(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every meeting that can be; the others are listed with the sentence that a form would say."""
    rosters: dict[date, dict[int, Roster]] = {}
    branches = set(writing.session.exec(select(Org.id).where(Org.kind == OrgKind.BRANCH.value)))
    lines = []
    for fact in facts:
        org_id = writing.orgs.get(fact.org)
        if org_id is None:
            writing.refuse(fact, _("“{name}”没有写入，该行也没有写入。").format(name=fact.org))
            continue
        quarter = writing.stand.quarters[fact.on.year, (fact.on.month + 2) // 3]
        if quarter.starts_on not in rosters:
            rosters[quarter.starts_on] = query.rosters(writing.session, quarter.starts_on)
        draft = _draft(fact, org_id)
        try:
            if org_id not in branches:
                raise InputRefused(_("组织生活按党支部登记，请选择一个党支部。"), "org_id")
            check_day(fact.on, "held_on", _("日期"), today(writing.session))
            check_meeting(draft, rosters[quarter.starts_on][org_id].size, fact.org)
        except InputRefused as refused:
            writing.refuse(fact, refused.sentence)
            continue
        lines.append(_Line(fact, draft, quarter.id))
    _store(writing, lines)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the meetings of a batch with what they had made of indicators, and count anew what is left."""
    rows = session.exec(select(Meeting).where(Meeting.batch_id == batch.key)).all()
    if not rows:
        return
    ids = select(Meeting.id).where(Meeting.batch_id == batch.key)
    of_batch = MeasuredValue.batch_id == batch.key
    made = session.exec(select(MeasuredValue).where(of_batch, MeasuredValue.origin == Origin.COMPUTED.value)).all()
    kinds = session.exec(select(MeetingKind).where(col(MeetingKind.meeting_id).in_(ids))).all()
    for group in (kinds, rows, made):
        for row in group:
            session.delete(row)
        session.flush()
    orgs = sorted({row.org_id for row in rows})
    for first in _firsts(row.held_on for row in rows).values():
        counting.recount(session, actor, MEETINGS, orgs, first)


def _draft(fact: EntryFact, org_id: int) -> MeetingDraft:
    group = fact.text("group")
    return MeetingDraft(
        org_id,
        fact.on,
        kinds_of(fact.text("kind")) or (),
        int(fact.text("due")),
        int(fact.text("present")),
        fact.text("topic"),
        fact.text("host"),
        fact.text("place"),
        group_number=int(group) if group else None,
        basis=EntryBasis.WORKBOOK,
    )


def _store(writing: Writing, lines: Sequence[_Line]) -> None:
    session, at = writing.session, now(writing.session)
    rows = []
    for line in lines:
        frozen = writing.stand.frozen.holds(line.fact)
        draft = line.draft
        rows.append(
            Meeting(
                org_id=draft.org_id,
                quarter_id=line.quarter_id,
                held_on=draft.held_on,
                topic=draft.topic,
                host=draft.host,
                place=draft.place,
                due=draft.due,
                present=draft.present,
                group_number=draft.group_number,
                basis=draft.basis.value,
                is_late=frozen,
                late_reason=writing.late_reason if frozen else "",
                account_id=writing.actor.account_id,
                recorded_at=at,
                batch_id=writing.batch.key,
            )
        )
    session.add_all(rows)
    session.flush()
    session.add_all(
        MeetingKind(meeting_id=row.key, kind=kind.value)
        for row, line in zip(rows, lines, strict=True)
        for kind in line.draft.kinds
    )
    writing.written += len(rows)
    orgs = sorted({row.org_id for row in rows})
    for first in _firsts(row.held_on for row in rows).values():
        counting.recount(session, writing.actor, MEETINGS, orgs, first, writing.late_reason, writing.batch.key)


def _firsts(days: Iterable[date]) -> dict[int, date]:
    """The first day of each year."""
    found: dict[int, date] = {}
    for day in days:
        found[day.year] = min(day, found.get(day.year, day))
    return found
