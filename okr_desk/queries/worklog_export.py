"""The working paper as flat rows for files that leave the program: what stands, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okr_desk.model.reading import Reader
from okr_desk.queries import worklog
from okr_desk.queries.objectives import yes_no

Cells = dict[str, object]


def entries(session: Reader, names: Mapping[int, str], periods: Mapping[int, str]) -> Iterator[Cells]:
    """One row an entry. `names`: short names of organisations, `periods`: quarters like 2026Q3, by their ids.

    `codes` are the indicators and key results that it counts for; `late` says 是 for one that came after the last day.
    """
    for one in reversed(worklog.entries(session, None, None, standing_only=True)):
        if one.org_id in names:
            yield {
                "org": names[one.org_id],
                "period": periods.get(one.quarter_id),
                "date": one.done_on,
                "kind": one.kind.name,
                "what": one.what,
                "who": one.who,
                "result": one.result,
                "place": one.place,
                "amount": one.amount,
                "part": one.part,
                "unit": one.kind.unit,
                "codes": one.fed,
                "late": yes_no(True) if one.is_late else "",
                "reported_by": one.reported_by,
                "pieces": len(one.evidence) or None,
            }
