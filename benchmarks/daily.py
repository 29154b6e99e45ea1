"""A year of daily work in a township of 300 branches: each page's query, and one entry committed.

Yardstick of a page: the plain SELECTs of the rows that it needs, each fetched once from the same file by the bare
driver, without words, views, counting or judgement. Yardstick of an entry: one check-in, committed on the same file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

from benchmarks import daily_township, township
from benchmarks.measure import Figure, seconds, side_by_side, uncollected
from okr_desk.duty_terms import DutyKind
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.model.writing import Session
from okr_desk.queries import (
    cycles,
    duty_overview,
    household_board,
    orgs,
    partner_board,
    project_board,
    today,
    whistle_board,
    worklog,
    worklog_days,
    worklog_matrix,
)
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.duties import MeetingDraft
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import checkins, duties
from okr_desk.services import worklog as entries
from okr_desk.terms import OrgKind, Role

ROUNDS, ENTRIES = 5, 40
PAGE_LIMIT, ENTRY_LIMIT = 6, 2
SHORT, ENOUGH = 10, 50
"""Milliseconds: a page of one branch whose own rows are read in less than `SHORT` has to open within `ENOUGH`."""
BRANCHES, BRANCH = daily_township.BRANCHES, 2
"""How many there are, and the one whose own pages are read."""
Read = Callable[[Reader, QuarterView, tuple[OrgView, ...]], object]

_VERSIONS = "SELECT * FROM orgversion"
_LIBRARY = "SELECT * FROM indicatorversion v JOIN indicator i ON i.id = v.indicator_id"
_WORK = """SELECT e.*, l.indicator_id, l.amount, l.part FROM workentry e
    LEFT JOIN workentrylink l ON l.entry_id = e.id WHERE e.quarter_id = 3"""
_PROJECTS = (
    "SELECT * FROM project WHERE year = 2026",
    "SELECT * FROM projectnode",
    "SELECT * FROM nodestep WHERE withdrawn_at IS NULL",
)
_DEMANDS = (
    "SELECT * FROM demand WHERE withdrawn_at IS NULL",
    "SELECT * FROM demandstep WHERE withdrawn_at IS NULL",
    "SELECT * FROM demandcase",
    "SELECT * FROM casereview",
)
_VISITS = "SELECT * FROM householdvisit WHERE quarter_id = 3"
_PEOPLE = (
    "SELECT * FROM member",
    "SELECT * FROM household",
    "SELECT * FROM householdlink",
    _VISITS,
    "SELECT * FROM memberpoint WHERE quarter_id = 3",
    "SELECT * FROM servicehours WHERE served_on >= '2026-01-01'",
    "SELECT * FROM reporter",
)
_WHISTLES = (
    "SELECT * FROM whistle WHERE drawn_on >= '2026-01-01'",
    "SELECT * FROM whistlemove",
    "SELECT * FROM whistlerating",
    "SELECT * FROM whistlehelper",
    "SELECT * FROM department",
)
_BUILDING = (
    "SELECT * FROM vanguardpost",
    "SELECT * FROM postcheck",
    "SELECT * FROM posttakedown",
    "SELECT * FROM partner",
    "SELECT * FROM partneritem",
    "SELECT * FROM partnerstep",
)
_MEETINGS = """SELECT m.*, k.kind FROM meeting m JOIN meetingkind k ON k.meeting_id = m.id
    WHERE m.held_on BETWEEN '2026-07-01' AND '2026-09-30'"""


@dataclass(frozen=True)
class Page:
    """A page: what reads it, and the SELECTs of its rows."""

    name: str
    read: Read
    selects: tuple[str, ...]


def _own(select: str, *, where: str = "org_id = 2") -> str:
    """The same rows of one branch."""
    return f"{select} {'AND' if 'WHERE' in select else 'WHERE'} {where}"


_ALL = (
    Page(
        "组织生活",
        lambda session, quarter, of: duty_overview.overview(session, quarter, of),
        (_VERSIONS, _MEETINGS, "SELECT * FROM memberreview", "SELECT * FROM dutyregister WHERE quarter_id = 3"),
    ),
    Page(
        "工作底单",
        lambda session, quarter, of: worklog_matrix.matrix(session, quarter, of),
        (_WORK, _LIBRARY),
    ),
    Page(
        "项目和诉求",
        lambda session, quarter, of: project_board.board(session, quarter, of),
        (*_PROJECTS, *_DEMANDS),
    ),
    Page(
        "联户和双报到",
        lambda session, quarter, of: household_board.township(session, quarter, [org.id for org in of]),
        (*_PEOPLE, _VERSIONS),
    ),
    Page("吹哨", lambda session, quarter, of: whistle_board.board(session, quarter), _WHISTLES),
    Page("先锋和共建", lambda session, quarter, of: partner_board.board(session, quarter, of), _BUILDING),
)
_ONE = (
    Page(
        "组织生活",
        lambda session, quarter, of: duty_overview.overview(session, quarter, of[:1]),
        (_VERSIONS, _own(_MEETINGS), "SELECT * FROM dutyregister WHERE org_id = 2", _LIBRARY),
    ),
    Page(
        "工作底单",
        lambda session, quarter, of: (
            worklog.worklog(session, BRANCH, quarter),
            worklog_days.accrual(session, BRANCH, quarter),
        ),
        (_own(_WORK), _VERSIONS, _LIBRARY),
    ),
    Page(
        "联户和双报到",
        lambda session, quarter, of: household_board.branch(session, quarter, BRANCH),
        (
            _own(_PEOPLE[0]),
            _own(_PEOPLE[1]),
            "SELECT * FROM householdlink WHERE household_id <= 20",
            _own(_VISITS, where="household_id <= 20"),
            _own(_PEOPLE[4]),
            _own(_PEOPLE[5]),
            _VERSIONS,
        ),
    ),
    Page(
        "项目和诉求",
        lambda session, quarter, of: project_board.board(session, quarter, of[:1]),
        (
            _own(_PROJECTS[0]),
            _own(_PROJECTS[1], where="project_id <= 3"),
            _own(_PROJECTS[2], where="node_id <= 20"),
            _own(_DEMANDS[0]),
            _own(_DEMANDS[1], where="demand_id <= 12"),
            _own(_DEMANDS[2]),
        ),
    ),
    Page(
        "吹哨",
        lambda session, quarter, _of: whistle_board.board(session, quarter, (BRANCH,)),
        _WHISTLES,  # the comparison of departments is of the whole township
    ),
    Page(
        "先锋和共建",
        lambda session, quarter, of: partner_board.board(session, quarter, of[:1]),
        (
            _own(_BUILDING[0]),
            _own(_BUILDING[1], where="post_id <= 4"),
            _own(_BUILDING[3]),
            _own(_BUILDING[4]),
        ),
    ),
    Page(
        "工作台 with reminders",
        lambda session, quarter, of: today.branch(session, BRANCH, quarter),
        (
            _VERSIONS,
            _LIBRARY,
            _own(_MEETINGS),
            _own(_WORK),
            _own(_PEOPLE[0]),
            _own(_PEOPLE[1]),
            _own(_VISITS, where="household_id <= 20"),
            "SELECT * FROM keyresult k JOIN objective o ON o.id = k.objective_id WHERE o.org_id = 2",
            "SELECT * FROM demand WHERE org_id = 2",
            "SELECT * FROM project WHERE org_id = 2",
            "SELECT * FROM whistle WHERE org_id = 2",
            "SELECT * FROM vanguardpost WHERE org_id = 2",
            "SELECT * FROM partneritem WHERE org_id = 2",
        ),
    ),
)


def figures() -> list[Figure]:
    """A line for each page, and one for each kind of entry.

    The rows of one branch are read in a few milliseconds, while a page asks some fifty questions, each of which costs
    a third of one whatever it answers: such a page has a limit in milliseconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = daily_township.build(Path(folder) / "daily.okr")
        found = [_page(store, page, f"{page.name}, {BRANCHES} branches") for page in _ALL]
        found += [_page(store, page, f"{page.name}, one branch", SHORT) for page in _ONE]
        found += _entries(store)
        store.close()
    return found


def _turn(number: int) -> int:
    """Another branch each time: nobody enters forty meetings a day."""
    return BRANCH + number % BRANCHES


def _entries(store: Store) -> list[Figure]:
    """One meeting and one piece of work, each with what it counts for, beside one check-in."""
    actor = Actor(1, "admin", "王玥", (GrantHeld(1, Role.ADMINISTRATOR, 1, True, date(2020, 1, 1)),))
    numbers = count(1)
    day = date(township.YEAR, 9, 28)

    def check_in(session: Session, number: int) -> None:
        draft = CheckInDraft(4, township.QUARTERS, value=Decimal(number), as_of=date(township.YEAR, 9, 30))
        checkins.record(session, actor, draft)

    def meeting(session: Session, number: int) -> None:
        draft = MeetingDraft(_turn(number), day, (DutyKind.PARTY_DAY,), 30, 20 + number % 10, f"主题党日{number}")
        duties.record(session, actor, draft)

    def work(session: Session, number: int) -> None:
        draft = EntryDraft(_turn(number), "superior_task", day, f"任务{number}", Decimal(2), Decimal(1))
        entries.record(session, actor, draft)

    def timed(enter: Callable[[Session, int], None]) -> Callable[[], float]:
        def one() -> None:
            with store.write(actor) as session:
                enter(session, next(numbers))

        return lambda: seconds(one)

    found = []
    for name, enter in (("one meeting, committed", meeting), ("one piece of work, committed", work)):
        with uncollected():
            ours, beside = side_by_side(timed(enter), timed(check_in), ENTRIES)
        found.append(Figure(name, ours * 1000, beside * 1000, "ms", ENTRY_LIMIT, "one check-in"))
    return found


def _page(store: Store, page: Page, name: str, short: float = 0) -> Figure:
    with store.read() as session, closing(sqlite3.connect(store.path)) as raw:
        quarter = cycles.quarters(session)[township.QUARTERS - 1]
        of = tuple(org for org in orgs.tree(session, township.DAY) if org.kind == OrgKind.BRANCH)

        def plain() -> None:
            for select in page.selects:
                raw.execute(select).fetchall()

        with uncollected():
            ours, bare = side_by_side(
                lambda: seconds(lambda: page.read(session, quarter, of)), lambda: seconds(plain), ROUNDS
            )
    return Figure(name, ours * 1000, bare * 1000, "ms", PAGE_LIMIT, "its rows, bare driver", ENOUGH, short)
