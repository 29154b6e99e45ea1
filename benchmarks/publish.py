"""Publishing a quarter of 300 branches: delivered, frozen, printed, its bulletin drafted, issued and printed; beside
printing the same sheets alone.

Every sheet has its score sheet behind it, as it is delivered. Garbage is collected as in the window. The memory is that
of a process of its own, at its highest. One file each by two processes is beside one process; a ratio below its limit
says how much of the time is left.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import scores as points
from benchmarks import township
from benchmarks.measure import Figure, seconds
from okr_desk.clock import FixedClock
from okr_desk.model import tables
from okr_desk.model.store import Store
from okr_desk.queries import bulletin_papers, cycles, orgs, review_sheets, reviews
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports import bulletin as bulletin_report
from okr_desk.reports import press, quarterly_review
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules.bulletins import BulletinMode, IssueDraft
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.rules.reviews import StepDraft
from okr_desk.services import bulletins
from okr_desk.services import cycles as moving
from okr_desk.services import reviews as reviewing
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind, QuarterState, Role
from okr_desk.ui.garbage import ENOUGH

BRANCHES = 300
DAY = date(2026, 10, 12)
MOST_MEMORY = 500
"""Megabytes."""
MODULE = "okr_desk.reports.quarterly_review"
_ACTOR = Actor(1, "admin", "王玥", (GrantHeld(1, Role.ADMINISTRATOR, 1, True, date(2020, 1, 1)),))


def figures() -> list[Figure]:
    """Published and printed beside printed; its memory; two processes beside one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _store(folder / "publish.okr") as store:
            sheets = _sheets(store)
            _print(sheets[:2], folder / "warm.pdf", store)
            with _collected():
                before = seconds(lambda: _print(sheets, folder / "alone.pdf", store))
                whole, bulletin = _published(store, folder)
                alone = (before + seconds(lambda: _print(sheets, folder / "again.pdf", store))) / 2
            at = store.clock.now()
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            megabytes = pool.apply(_memory, (folder,))
        one = seconds(lambda: press.render_each(MODULE, sheets, folder / "one", workers=1, printed_at=at))
        two = seconds(lambda: press.render_each(MODULE, sheets, folder / "two", workers=2, printed_at=at))
    return [
        Figure(f"{BRANCHES} sheets and the bulletin published", whole, alone, "s", 1.3, "sheets printed alone"),
        Figure("the bulletin and its annexes of these", bulletin, alone, "s", None, "sheets printed alone"),
        Figure("memory of publishing", megabytes, MOST_MEMORY, "MB", 1, "the limit"),
        Figure(f"{BRANCHES} files by two processes", two, one, "s", 1 / 1.5, "by one"),
    ]


def _store(path: Path) -> Store:
    store = township.build(path, BRANCHES)
    store.clock = FixedClock(DAY)
    with store.write(SETUP) as session:
        points.add_points(session, BRANCHES)
        quarter = session.get_one(tables.Quarter, township.QUARTERS)
        quarter.state = QuarterState.FROZEN.value
        session.add(quarter)
        moving.fill_from_library(session, SETUP, township.YEAR)
        for org in orgs.tree(session, DAY):
            if org.kind == OrgKind.BRANCH:
                number = f"评审2026-3-{org.id:03}"
                state = ReviewState.CHECKED.value
                session.add(tables.Review(org_id=org.id, quarter_id=quarter.key, number=number, state=state))
    return store


def _sheets(store: Store) -> tuple[ReviewSheet, ...]:
    with store.read() as session:
        quarter = cycles.quarters(session)[township.QUARTERS - 1]
        return reviews.sheets(session, quarter, [o for o in orgs.tree(session, DAY) if o.kind == OrgKind.BRANCH])


def _publish(store: Store, path: Path) -> None:
    """Deliver to all branches at once, which freezes their sheets, and print what was frozen."""
    with store.read() as session:
        quarter = cycles.quarters(session)[township.QUARTERS - 1]
        of = [org for org in orgs.tree(session, DAY) if org.kind == OrgKind.BRANCH]
    with store.write(_ACTOR) as session:
        drafts = [StepDraft(quarter.id, org.id, ReviewStep.DELIVER, by="支部书记") for org in of]
        moved = reviewing.steps(session, _ACTOR, drafts).value
    assert moved.count == BRANCHES, moved.refused[:3]
    with store.read() as session:
        sheets = review_sheets.printed(session, quarter, of)
    _print(sheets, path, store)


def _print(sheets: Sequence[ReviewSheet], path: Path, store: Store) -> None:
    quarterly_review.render(
        sheets, path, printed_at=store.clock.now(), with_scores=True, bundled_fonts=True, progress=_look
    )


@contextmanager
def _collected() -> Iterator[None]:
    """No automatic collection, as in the window: `_look` takes its place."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _look(_done: int, _of: int) -> None:
    """What `ui/garbage.py` does every second."""
    counts = gc.get_count()
    generation = next((one for one in (2, 1, 0) if counts[one] > ENOUGH[one]), None)
    if generation is not None and not gc.isenabled():
        gc.collect(generation)


def _published(store: Store, folder: Path) -> tuple[float, float]:
    """Seconds of publishing all, and of the bulletin's part."""
    sheets = seconds(lambda: _publish(store, folder / "published.pdf"))
    bulletin = seconds(lambda: _bulletin(store, folder / "bulletin.pdf"))
    return sheets + bulletin, bulletin


def _bulletin(store: Store, path: Path) -> None:
    """Draft the bulletin with its annexes from the data, issue it, which freezes it, and print what was frozen."""
    with store.read() as session:
        quarter = cycles.quarters(session)[township.QUARTERS - 1]
    with store.write(_ACTOR) as session:
        key = bulletins.draft(session, _ACTOR, quarter.id, BulletinMode.RANKED).value
        bulletins.issue(session, _ACTOR, key, IssueDraft("青党建〔2026〕12号", "王玥", DAY))
    with store.read() as session:
        paper = bulletin_papers.paper(session, quarter, key)
    printed = bulletin_report.render([paper], path, printed_at=store.clock.now(), bundled_fonts=True)
    assert printed.pages > BRANCHES // 30, printed.pages


def _memory(folder: Path) -> float:
    """In a process of its own: the most that publishing and printing ever held, in MB."""
    with _store(folder / "memory.okr") as store:
        _published(store, folder)
    most: Any = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most) / (1024 * 1024 if sys.platform == "darwin" else 1024)
