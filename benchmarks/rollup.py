"""The roll-up of a whole township: 1 000 branches × 20 key results × 12 check-ins, and how it grows from 100.

Yardstick: one hand-written SQL query on the same file that gives the same township mean, without words, lights,
reasons or exactness. The means are compared first: a fast wrong answer would be no yardstick.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from benchmarks import township
from benchmarks.measure import Figure, seconds, side_by_side
from okr_desk.model.store import Reader, Store
from okr_desk.queries import cycles, dashboard, rollups
from okr_desk.queries.objectives import QuarterView

BRANCHES, FEW = 1000, 100
ROUNDS = 3

_QUERY = """
WITH progress AS (
    SELECT o.org_id, o.id AS objective_id, o.weight AS objective_weight, k.weight,
           min(1.0, max(0.0, (c.value - k.baseline) * 1.0 / (k.target - k.baseline))) AS p
    FROM checkin c
    JOIN keyresult k ON k.id = c.key_result_id
    JOIN objective o ON o.id = k.objective_id
    WHERE c.quarter_id = 3 AND c.superseded_at IS NULL AND NOT c.withdrawn AND o.year = 2026
), objectives AS (
    SELECT org_id, objective_weight, sum(weight * p) / sum(weight) AS p FROM progress GROUP BY objective_id
), branches AS (
    SELECT org_id, sum(objective_weight * p) / sum(objective_weight) AS p FROM objectives GROUP BY org_id
)
SELECT avg(p) FROM branches
"""


def figures() -> list[Figure]:
    """The ratio to the query, and the growth over ten times as many branches."""
    with tempfile.TemporaryDirectory() as folder:
        many = township.build(Path(folder) / "many.okr", BRANCHES)
        few = township.build(Path(folder) / "few.okr", FEW)
        _refuse_different_means(many)
        ours, query = side_by_side(lambda: _roll_up(many), lambda: _ask(many), ROUNDS)
        large, small = side_by_side(lambda: _roll_up(many), lambda: _roll_up(few), ROUNDS)
        matrix, again = side_by_side(lambda: _matrix(few), lambda: _ask(few), ROUNDS)
        many.close()
        few.close()
    return [
        Figure(f"roll-up of {BRANCHES} branches × 20 × 12", ours, query, "s", 6, "one SQL query"),
        Figure("growth of the roll-up, ten times the branches", large, small, "s", 12, f"{FEW} branches"),
        Figure(
            f"the matrix of {FEW} branches, two quarters, with lights and every step",
            matrix,
            again,
            "s",
            None,
            "one SQL query",
        ),
    ]


def _roll_up(store: Store) -> float:
    return seconds(lambda: _ask_program(store, rollups.township))


def _matrix(store: Store) -> float:
    return seconds(lambda: _ask_program(store, dashboard.township))


def _ask_program(store: Store, query: Callable[[Reader, QuarterView], object]) -> None:
    with store.read() as session:
        quarter = cycles.quarter(session, township.YEAR, township.QUARTERS)
        assert quarter is not None
        query(session, quarter)


def _ask(store: Store) -> float:
    return seconds(lambda: _mean_by_sql(store.path))


def _mean_by_sql(path: Path) -> float:
    with closing(sqlite3.connect(path)) as raw:
        return float(raw.execute(_QUERY).fetchone()[0])


def _refuse_different_means(store: Store) -> None:
    with store.read() as session:
        quarter = cycles.quarter(session, township.YEAR, township.QUARTERS)
        assert quarter is not None
        ours = rollups.township(session, quarter).township
    query = _mean_by_sql(store.path)
    if ours is None or abs(ours - Decimal(query)) > Decimal("0.000001"):
        raise RuntimeError(f"the roll-up says {ours}, the query {query}")
