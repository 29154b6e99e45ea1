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
from pathlib import Path

from benchmarks import daily_township, township
from benchmarks.measure import Figure, seconds, side_by_side
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.queries import (
    cycles,
    duty_overview,
    household_board,
    orgs,
    partner_board,
    project_board,
    whistle_board,
    worklog_matrix,
)
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.terms import OrgKind

ROUNDS, ENTRIES = 5, 40
PAGE_LIMIT, ENTRY_LIMIT = 6, 2
BRANCH = 2
"""The branch whose own pages are read."""
Read = Callable[[Reader, QuarterView, tuple[OrgView, ...]], object]

_VERSIONS = "SELECT * FROM orgversion"
_LIBRARY = "SELECT * FROM indicatorversion v JOIN indicator i ON i.id = v.indicator_id"
_SETTINGS = "SELECT * FROM policysetting"
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


PAGES = (
    Page(
        "组织生活, all branches",
        lambda session, quarter, of: duty_overview.overview(session, quarter, of),
        (_VERSIONS, _MEETINGS, "SELECT * FROM memberreview", "SELECT * FROM dutyregister WHERE quarter_id = 3"),
    ),
    Page(
        "工作底单, all branches",
        lambda session, quarter, of: worklog_matrix.matrix(session, quarter, of),
        (_WORK, _LIBRARY),
    ),
    Page(
        "项目和诉求, all branches",
        lambda session, quarter, of: project_board.board(session, quarter, of),
        (*_PROJECTS, *_DEMANDS),
    ),
    Page(
        "联户和双报到, all branches",
        lambda session, quarter, of: household_board.township(session, quarter, [org.id for org in of]),
        (*_PEOPLE, _VERSIONS),
    ),
    Page("吹哨, all branches", lambda session, quarter, of: whistle_board.board(session, quarter), _WHISTLES),
    Page("先锋和共建, all branches", lambda session, quarter, of: partner_board.board(session, quarter, of), _BUILDING),
)


def figures() -> list[Figure]:
    """A line for each page, and one for each kind of entry."""
    with tempfile.TemporaryDirectory() as folder:
        store = daily_township.build(Path(folder) / "daily.okr")
        found = [_page(store, page) for page in PAGES] + _entries(store)
        store.close()
    return found


def _page(store: Store, page: Page) -> Figure:
    with store.read() as session, closing(sqlite3.connect(store.path)) as raw:
        quarter = cycles.quarters(session)[township.QUARTERS - 1]
        of = tuple(org for org in orgs.tree(session, township.DAY) if org.kind == OrgKind.BRANCH)

        def plain() -> None:
            for select in page.selects:
                raw.execute(select).fetchall()

        ours, bare = side_by_side(
            lambda: seconds(lambda: page.read(session, quarter, of)), lambda: seconds(plain), ROUNDS
        )
    return Figure(page.name, ours * 1000, bare * 1000, "ms", PAGE_LIMIT, "its rows, bare driver")
