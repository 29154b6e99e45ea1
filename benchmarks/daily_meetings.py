"""The meetings of the measured year: 20 000 in a township of 300 branches, with the fees of every month."""

from __future__ import annotations

import sqlite3
from datetime import date

from benchmarks import township
from benchmarks.daily_rows import add, day_of, quarter_of, said_by

BRANCHES, MEETINGS = 300, 20_000
_MEETING_KINDS = ("assembly", "committee", "group", "lesson", "party_day")


def meetings(raw: sqlite3.Connection, org: int, number: int) -> None:
    """A year of meetings and party fees of one branch, the `number`-th."""
    each = -(-MEETINGS // BRANCHES)
    keys = range(number * each + 1, (number + 1) * each + 1)
    add(
        raw,
        "meeting",
        (
            said_by(f"m{key}")
            | {
                "id": key,
                "org_id": org,
                "quarter_id": quarter_of(day_of(place, each)),
                "held_on": day_of(place, each).isoformat(),
                "topic": "学习和议事",
                "host": "王玥",
                "place": "会议室",
                "due": 30,
                "present": 26,
                "minutes": "",
                "is_election": 0,
                "group_number": place % 3 + 1 if place % 5 == 2 else None,
            }
            for place, key in enumerate(keys)
        ),
    )
    add(raw, "meetingkind", ({"meeting_id": key, "kind": _MEETING_KINDS[p % 5]} for p, key in enumerate(keys)))
    add(
        raw,
        "dutyregister",
        (
            said_by(f"d{org}-{month}")
            | {
                "org_id": org,
                "quarter_id": (month + 2) // 3,
                "kind": "fees",
                "month": month,
                "due": 30,
                "done": 30,
                "note": "",
                "as_of": date(township.YEAR, month, 28).isoformat(),
            }
            for month in range(1, 10)
        ),
    )
