"""Many sheets by several processes: the same files as by one, in order, and nothing left of what was cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from okr_desk.errors import Cancelled
from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, reviews
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports import press, quarterly_review
from okr_desk.terms import OrgKind

MODULE = "okr_desk.reports.quarterly_review"


@pytest.fixture
def sheets(demo_store: Store) -> tuple[ReviewSheet, ...]:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
        return reviews.sheets(session, quarter, of[: press.FEW])


def test_two_processes_write_what_one_writes(
    sheets: tuple[ReviewSheet, ...], demo_store: Store, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    more = {"printed_at": demo_store.clock.now(), "bundled_fonts": True}
    made = press.render_each(MODULE, sheets, tmp_path / "two", workers=2, progress=lambda *n: told.append(n), **more)
    plain = quarterly_review.render_each(sheets[:3], tmp_path / "one", **more)  # type: ignore[arg-type]
    assert [one.path.name for one in made[:3]] == [one.path.name for one in plain]
    assert [one.path.read_bytes() for one in made[:3]] == [one.path.read_bytes() for one in plain]
    assert [path.name for path in sorted((tmp_path / "two").iterdir())] == sorted(one.path.name for one in made)
    assert told == [(5, 12), (10, 12), (12, 12)]


def test_what_was_cancelled_leaves_only_whole_files(
    sheets: tuple[ReviewSheet, ...], demo_store: Store, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        press.render_each(
            MODULE, sheets, tmp_path / "two", workers=2, cancelled=lambda: True, printed_at=demo_store.clock.now()
        )
    assert list((tmp_path / "two").iterdir()) == []
