"""Points of a whole township: 300 branches × 40 indicators × 4 quarters, from stored values to sheets with grades.

Yardstick: one hand-written SQL query on the same file that gives the same mean of all sheets, without words, grades,
reasons or exactness. The means are compared first: a fast wrong answer would be no yardstick.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session

from benchmarks import township
from benchmarks.measure import Figure, seconds, side_by_side
from okr_desk.model import tables
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, score_comparison, scores
from okr_desk.services.permits import SETUP
from okr_desk.terms import (
    Accumulation,
    Across,
    BlockKind,
    Dimension,
    Direction,
    Frequency,
    OrgKind,
    Origin,
    SchemeState,
)

BRANCHES, INDICATORS, QUARTERS = 300, 40, 4
ROUNDS = 3

_QUERY = """
WITH lines AS (
    SELECT v.org_id, v.quarter_id, l.maximum,
           l.maximum * min(1.0, max(0.0, (v.value - b.value) * 1.0 / (t.value - b.value))) AS points
    FROM measuredvalue v
    JOIN baseline b ON b.org_id = v.org_id AND b.indicator_id = v.indicator_id AND b.superseded_at IS NULL
    JOIN target t ON t.org_id = v.org_id AND t.indicator_id = v.indicator_id AND t.superseded_at IS NULL
    JOIN orgversion o ON o.org_id = v.org_id
    JOIN scheme s ON s.category_id = o.category_id
    JOIN schemeversion n ON n.scheme_id = s.id
    JOIN schemeblock k ON k.version_id = n.id
    JOIN schemeline l ON l.block_id = k.id AND l.indicator_id = v.indicator_id
    WHERE v.superseded_at IS NULL AND b.year = 2026 AND t.year = 2026 AND s.year = 2026
), sheets AS (
    SELECT org_id, quarter_id, sum(points) * 100.0 / sum(maximum) AS percent FROM lines GROUP BY org_id, quarter_id
)
SELECT avg(percent) FROM sheets
"""


def figures() -> list[Figure]:
    """The ratio to the query, and one sheet with all of its words, apart."""
    with tempfile.TemporaryDirectory() as folder:
        store = _township(Path(folder) / "scores.okr")
        _refuse_different_means(store)
        ours, query = side_by_side(
            lambda: seconds(lambda: _sheets(store)), lambda: seconds(lambda: _by_sql(store.path)), ROUNDS
        )
        again, whole = side_by_side(*_after_one_value(store), ROUNDS)
        store.close()
    return [
        Figure(f"points of {BRANCHES} × {INDICATORS} × {QUARTERS}", ours, query, "s", 6, "one SQL query"),
        Figure("comparison after one value changed", again, whole, "s", 0.4, "the comparison read anew"),
    ]


def _after_one_value(store: Store) -> tuple[Callable[[], float], Callable[[], float]]:
    """What a changed value costs the comparison on the screen, beside reading all branches of the category."""
    with store.read() as session:
        of = [org for org in orgs.tree(session, township.DAY) if org.kind == OrgKind.BRANCH]
        quarter = cycles.quarters(session)[QUARTERS - 1]
        shown = score_comparison.compare(session, quarter, of)
    touched = {shown.branches[0].sheet.org.id}

    def timed(work: Callable[[Reader], object]) -> float:
        with store.read() as session:
            return seconds(lambda: work(session))

    return (
        lambda: timed(lambda session: score_comparison.follow(session, shown, touched)),
        lambda: timed(lambda session: score_comparison.compare(session, quarter, of, shown.category)),
    )


def _sheets(store: Store) -> list[Decimal]:
    with store.read() as session:
        of = [org for org in orgs.tree(session, township.DAY) if org.kind == OrgKind.BRANCH]
        quarters = [quarter for quarter in cycles.quarters(session) if quarter.year == township.YEAR]
        made = [one.sheet for some in scores.sheets_of(session, quarters, of).values() for one in some]
    return [sheet.percent for sheet in made if sheet is not None and sheet.percent is not None]


def _by_sql(path: Path) -> float:
    with closing(sqlite3.connect(path)) as raw:
        return float(raw.execute(_QUERY).fetchone()[0])


def _refuse_different_means(store: Store) -> None:
    made = _sheets(store)
    ours, query = sum(made, Decimal(0)) / len(made), Decimal(_by_sql(store.path))
    if len(made) != BRANCHES * QUARTERS or abs(ours - query) > Decimal("0.000001"):
        raise RuntimeError(f"{len(made)} sheets with a mean of {ours}, the query says {query}")


def _township(path: Path) -> Store:
    store = township.build(path, BRANCHES, key_results=4, checkins=4)
    with store.write(SETUP) as session:
        add_points(session, BRANCHES)
    return store


def add_points(session: Session, branches: int) -> None:
    """A scheme for each category, and of each branch the values that it goes by."""
    _library(session)
    for category in range(1, len(township.CATEGORIES) + 1):
        _scheme(session, category)
    for org_id in range(2, branches + 2):
        _lines(session, org_id)


def _library(session: Session) -> None:
    for number in range(1, INDICATORS + 1):
        session.add(tables.Indicator(id=number, code=f"B{number:02}", position=number))
    session.flush()
    for number in range(1, INDICATORS + 1):
        session.add(
            tables.IndicatorVersion(
                indicator_id=number,
                version=1,
                valid_from=date(2026, 1, 1),
                name=f"指标{number}",
                unit="%",
                direction=Direction.UP,
                dimension=list(Dimension)[number % 3],
                frequency=Frequency.QUARTERLY,
                accumulation=Accumulation.PERIOD,
            )
        )


def _scheme(session: Session, category: int) -> None:
    session.add(tables.Scheme(id=category, category_id=category, year=township.YEAR, name=f"方案{category}"))
    session.flush()
    session.add(
        tables.SchemeVersion(
            id=category,
            scheme_id=category,
            version=1,
            state=SchemeState.ACTIVE,
            grades="grades",
            bonus_cap=Decimal(5),
            bonus_from=Decimal(60),
            recorded_at=township.AT,
        )
    )
    session.flush()
    for place in range(4):
        block = tables.SchemeBlock(
            version_id=category,
            position=place,
            name=f"第{place + 1}块",
            kind=BlockKind.BASE,
            maximum=Decimal(INDICATORS // 4 * 2),
            across=Across.AVERAGE,
        )
        session.add(block)
        session.flush()
        for row in range(INDICATORS // 4):
            number = place * (INDICATORS // 4) + row + 1
            session.add(
                tables.SchemeLine(
                    block_id=block.key, position=row, indicator_id=number, maximum=Decimal(2), rule="linear"
                )
            )


def _lines(session: Session, org_id: int) -> None:
    for number in range(1, INDICATORS + 1):
        start = 50 + (org_id * 7 + number * 3) % 20
        key = {"org_id": org_id, "indicator_id": number}
        township._add(
            tables.Baseline,
            **key,
            year=township.YEAR,
            version=1,
            value=Decimal(start),
            as_of=date(2025, 12, 31),
            source="上年末",
            recorded_at=township.AT,
        )
        township._add(
            tables.Target, **key, year=township.YEAR, version=1, value=Decimal(start + 20), recorded_at=township.AT
        )
        for quarter in range(1, QUARTERS + 1):
            township._add(
                tables.MeasuredValue,
                **key,
                quarter_id=quarter,
                value=Decimal(start + (org_id + number * quarter) % 23),
                as_of=date(2026, quarter * 3, 28),
                origin=Origin.TOWNSHIP,
                recorded_at=township.AT,
            )
    township._flush(session, force=True)
