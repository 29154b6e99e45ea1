"""What the working paper owes: nothing by itself. Only a file that is gone is said, because nobody else would say it.

A month without entries is no debt: asking for entries would breed entries instead of work (domain 4.3, article).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import attachments, worklog
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.terms import QuarterState


def owed(session: Reader, quarter: QuarterView, org_id: int, _day: date) -> Sequence[Reminder]:
    """One reminder for each entry of an open quarter whose file is missing."""
    if quarter.state is not QuarterState.OPEN or not _is_any_lost(session, quarter):
        return ()
    said = _("{day}“{what}”的材料“{name}”缺失，请找回原件重新添加，或移除并写明原因")
    return tuple(
        Reminder(
            said.format(day=entry.done_on.isoformat(), what=entry.what, name=piece.kept.name),
            "worklog",
            _("去处理"),
            arguments=(("org_id", org_id),),
        )
        for entry in worklog.entries(session, [org_id], quarter, standing_only=True)
        for piece in entry.evidence
        if piece.fault
    )


def _is_any_lost(session: Reader, quarter: QuarterView) -> bool:
    """Whether the file of any entry of the quarter is missing: nearly never, and then no entry has to be read."""
    kept = attachments.of_records(session, worklog.RECORD, quarter.id)
    return any(piece.fault for pieces in kept.values() for piece in pieces)
