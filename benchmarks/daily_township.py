"""A year of daily work of a township, written straight into a real file: meetings, working papers and every register.

The numbers are those of a busy township of 300 branches: 60 000 entries of the working paper, 20 000 meetings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks import daily_meetings, township
from benchmarks.daily_rows import AT, FIRST, ONE, add, day_of, noted, quarter_of, said_by
from okr_desk.model.store import Store
from okr_desk.queries import counting_sources
from okr_desk.services import counting, departments, library
from okr_desk.services.permits import SETUP

BRANCHES, ENTRIES = 300, 60_000
MEMBERS, HOUSEHOLDS, POINTS, HOURS = 30, 20, 40, 20
PROJECTS, NODES, DEMANDS, WHISTLES, POSTS, PARTNERS, ITEMS = 3, 5, 12, 4, 4, 4, 6
_KINDS = ("environment", "help", "safety", "service", "publicity", "superior_task", "idea", "industry", "training")
_FED = {"superior_task": "B22", "idea": "X08"}
_MOVES = (
    ("submit", "draft", "signing"),
    ("blow", "signing", "blown"),
    ("sign_in", "blown", "received"),
    ("arrive", "received", "arrived"),
)


def build(path: Path) -> Store:
    """The township with its year, and what its entries make of indicators. The third quarter is open."""
    store = township.build(path, BRANCHES, key_results=4, checkins=3)
    with store.write(SETUP) as session:
        library.load_seed(session)
        departments.load_seed(session)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE orgversion SET full_members = 30, groups = 3, has_committee = 1, households = 400")
        for number in range(BRANCHES):
            for write in _WORDS:
                write(raw, number + 2, number)
    with store.write(SETUP) as session:
        for source in counting_sources.sources(session):
            counting.recount(session, SETUP, source, range(2, BRANCHES + 2), FIRST)
    return store


def _work(raw: sqlite3.Connection, org: int, number: int) -> None:
    each = ENTRIES // BRANCHES
    codes = dict(raw.execute("SELECT code, id FROM indicator"))
    entries, links = [], []
    for place in range(each):
        key, day, kind = number * each + place + 1, day_of(place, each), _KINDS[place % len(_KINDS)]
        entries.append(
            said_by(f"w{key}")
            | {
                "id": key,
                "org_id": org,
                "quarter_id": quarter_of(day),
                "kind": kind,
                "done_on": day.isoformat(),
                "what": f"第{place}件工作",
                "who": "王玥",
                "result": "办结",
                "place": "村部",
                "amount": 2 * ONE,
                "part": ONE if kind in _FED else None,
                "search_keys": "",
            }
        )
        if kind in _FED:
            fed = {"entry_id": key, "indicator_id": codes[_FED[kind]], "amount": 2 * ONE, "part": ONE}
            links.append(fed)
    add(raw, "workentry", entries)
    add(raw, "workentrylink", links)


def _people(raw: sqlite3.Connection, org: int, number: int) -> None:
    first = number * MEMBERS + 1
    said = {"org_id": org, "search_keys": "", "account_id": 1, "recorded_at": AT}
    add(
        raw,
        "member",
        (
            said
            | {
                "id": first + place,
                "uid": f"p{org}-{place}",
                "name": f"党员{place}",
                "kind": "full",
                "is_committee": int(place < 3),
                "grid": "",
                "duty": "",
                "left_reason": "",
            }
            for place in range(MEMBERS)
        ),
    )
    base = number * HOUSEHOLDS + 1
    add(
        raw,
        "household",
        (
            said
            | {
                "id": base + place,
                "uid": f"h{org}-{place}",
                "label": f"{place}号",
                "head": "户主",
                "kind": "ordinary",
                "listed_on": FIRST.isoformat(),
                "ended_reason": "",
            }
            for place in range(HOUSEHOLDS)
        ),
    )
    add(
        raw,
        "householdlink",
        (
            {
                "household_id": base + place,
                "member_id": first + place % 4,
                "valid_from": FIRST.isoformat(),
                "account_id": 1,
                "recorded_at": AT,
            }
            for place in range(HOUSEHOLDS)
        ),
    )
    _visits(raw, base, first)
    _credits(raw, org, first)


def _visits(raw: sqlite3.Connection, base: int, first: int) -> None:
    days = [date(township.YEAR, month, 5) for month in range(1, 10)]
    add(
        raw,
        "householdvisit",
        (
            noted(day)
            | {
                "household_id": base + place,
                "member_id": first + place % 4,
                "visited_on": day.isoformat(),
                "what": "走访",
                "has_demand": 0,
            }
            for place in range(HOUSEHOLDS)
            for day in days
        ),
    )


def _credits(raw: sqlite3.Connection, org: int, first: int) -> None:
    add(
        raw,
        "memberpoint",
        (
            noted(day_of(place, POINTS))
            | {
                "member_id": first + place % MEMBERS,
                "org_id": org,
                "happened_on": day_of(place, POINTS).isoformat(),
                "code": "J2",
                "matter": "参加志愿服务",
                "points": 2 * ONE,
                "note": "",
            }
            for place in range(POINTS)
        ),
    )
    add(
        raw,
        "servicehours",
        (
            noted(day_of(place, HOURS))
            | {
                "org_id": org,
                "member_id": first + place % MEMBERS,
                "served_on": day_of(place, HOURS).isoformat(),
                "hours": 3 * ONE,
                "project": "志愿服务",
            }
            for place in range(HOURS)
        ),
    )


def _projects(raw: sqlite3.Connection, org: int, number: int) -> None:
    for place in range(PROJECTS):
        key = number * PROJECTS + place + 1
        head = {"id": key, "org_id": org, "year": township.YEAR, "name": "项目", "lead": "王玥", "goal": "建成"}
        add(raw, "project", [said_by(f"j{key}") | head | {"started_on": FIRST.isoformat()}])
        nodes = [key * NODES + turn for turn in range(NODES)]
        days = [date(township.YEAR, 2 * turn + 2, 20).isoformat() for turn in range(NODES)]
        add(
            raw,
            "projectnode",
            (
                {
                    "id": node,
                    "project_id": key,
                    "position": turn,
                    "name": "节点",
                    "weight": 20 * ONE,
                    "planned_on": day,
                }
                for turn, (node, day) in enumerate(zip(nodes, days, strict=True))
            ),
        )
        add(
            raw,
            "nodestep",
            (
                said_by(f"n{node}") | {"node_id": node, "kind": "done", "on": day, "note": ""}
                for node, day in list(zip(nodes, days, strict=True))[:3]
            ),
        )


def _demands(raw: sqlite3.Connection, org: int, number: int) -> None:
    for place in range(DEMANDS):
        key, day = number * DEMANDS + place + 1, day_of(place, DEMANDS)
        head = {
            "id": key,
            "org_id": org,
            "year": township.YEAR,
            "number": place + 1,
            "quarter_id": quarter_of(day),
            "raised_on": day.isoformat(),
            "source": "visit",
            "asker": "李**",
            "what": "路灯不亮",
            "category": "照明",
            "owner": "王玥",
            "promised_on": (day + timedelta(days=15)).isoformat(),
        }
        add(raw, "demand", [said_by(f"q{key}") | head])
        steps = ("start", "finish", "satisfied")[: 3 - (place % 4 == 3) * 2]
        add(
            raw,
            "demandstep",
            (
                said_by(f"q{key}-{one}")
                | {"demand_id": key, "action": one, "on": day.isoformat(), "note": "", "way": ""}
                for one in steps
            ),
        )


def _whistles(raw: sqlite3.Connection, org: int, number: int) -> None:
    for place in range(WHISTLES):
        key, day = number * WHISTLES + place + 1, day_of(place, WHISTLES)
        head = {
            "id": key,
            "number": f"哨2026-{quarter_of(day)}-{key:04}",
            "org_id": org,
            "quarter_id": quarter_of(day),
            "kind": "daily",
            "source": "走访",
            "matter": "占道经营",
            "place": "村口",
            "goal": "清理",
            "department_id": 1,
            "drawn_on": day.isoformat(),
            "blown_by": "王玥",
            "signed_by": "王玥",
            "plan": "",
            "result": "",
            "solved": "",
            "said": "",
            "state": "arrived",
            "withdrawn": 0,
        }
        add(raw, "whistle", [said_by(f"x{key}") | head])
        add(
            raw,
            "whistlemove",
            (
                {
                    "whistle_id": key,
                    "step": step,
                    "before": before,
                    "after": after,
                    "at": f"{day} 0{turn + 1}:00:00.000000",
                    "by": "王玥",
                    "note": "",
                    "account_id": 1,
                    "recorded_at": AT,
                    "withdrawn": 0,
                    "withdrawn_reason": "",
                }
                for turn, (step, before, after) in enumerate(_MOVES)
            ),
        )


def _building(raw: sqlite3.Connection, org: int, number: int) -> None:
    posts = range(number * POSTS + 1, (number + 1) * POSTS + 1)
    hung = {
        "org_id": org,
        "name": "先锋岗",
        "place": "大厅",
        "holder": "王玥",
        "promise": "",
        "hung_on": FIRST.isoformat(),
    }
    add(raw, "vanguardpost", (said_by(f"v{key}") | {"id": key} | hung for key in posts))
    add(
        raw,
        "postcheck",
        (
            said_by(f"v{key}-{quarter}")
            | {
                "post_id": key,
                "quarter_id": quarter,
                "on": date(township.YEAR, 3 * quarter, 20).isoformat(),
                "result": "met",
                "checked_by": "",
                "note": "",
            }
            for key in posts
            for quarter in (1, 2, 3)
        ),
    )
    first = number * PARTNERS + 1
    joined = {"org_id": org, "role": "member", "contact": "", "since": FIRST.isoformat(), "ended_reason": ""}
    add(
        raw,
        "partner",
        (said_by(f"a{first + n}") | {"id": first + n, "name": f"单位{n}"} | joined for n in range(PARTNERS)),
    )
    base = number * ITEMS + 1
    add(
        raw,
        "partneritem",
        (
            said_by(f"i{base + n}")
            | {
                "id": base + n,
                "org_id": org,
                "kind": ("need", "resource", "project")[n // 2],
                "partner_id": first if n // 2 == 1 else None,
                "text": "共建",
                "need_id": base + n - 4 if n // 2 == 2 else None,
                "resource_id": base + n - 2 if n // 2 == 2 else None,
                "agreed_on": FIRST.isoformat(),
                "planned_on": date(township.YEAR, 9, 15).isoformat() if n // 2 == 2 else None,
            }
            for n in range(ITEMS)
        ),
    )


_WORDS: tuple[Callable[[sqlite3.Connection, int, int], None], ...] = (
    _work,
    daily_meetings.meetings,
    _people,
    _projects,
    _demands,
    _whistles,
    _building,
)
