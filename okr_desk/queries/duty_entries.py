"""Which lines of the register of meetings stand already, so that a workbook that is read again adds none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import and_, or_, select

from okr_desk.duty_terms import DutyKind
from okr_desk.model.columns import Meeting, MeetingKind
from okr_desk.model.reading import Reader
from okr_desk.rules.duties import entry_fields
from okr_desk.rules.imports import FactKind, entry_identity


def meetings(session: Reader, short: Mapping[int, str]) -> Iterator[str]:
    """The identity of every event that stands, and of every one that an import brought, whatever became of it since."""
    kinds: dict[int, list[DutyKind]] = defaultdict(list)
    for meeting_id, kind in session.execute(select(MeetingKind.meeting_id, MeetingKind.kind)):
        kinds[meeting_id].append(DutyKind(kind))
    stands = and_(Meeting.superseded_at.is_(None), Meeting.withdrawn_at.is_(None))
    for row in session.execute(select(*Meeting.ALL).where(or_(stands, Meeting.batch_id.is_not(None)))):
        if row.org_id in short:
            said = entry_fields(
                tuple(kinds[row.id]), row.topic, row.due, row.present, row.host, row.place, row.group_number
            )
            yield entry_identity(FactKind.MEETING, short[row.org_id], row.held_on, dict(said))
