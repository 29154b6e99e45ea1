"""The library that a new database starts with: definitions declared in `resources/seed/indicators.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from okr_desk import paths
from okr_desk.rules.indicators import EVIDENCE_MOST, PRECEDENCE, IndicatorDraft
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin


@cache
def seed() -> tuple[IndicatorDraft, ...]:
    """All definitions, in the order of the file."""
    text = paths.resource("seed", "indicators.toml").read_text(encoding="utf-8")
    return drafts(tomllib.loads(text)["indicator"])


def drafts(rows: Sequence[Mapping[str, Any]]) -> tuple[IndicatorDraft, ...]:
    """Definitions from the rows of a file; what a row leaves out is as usual."""
    return tuple(_draft(row) for row in rows)


def _draft(row: Mapping[str, Any]) -> IndicatorDraft:
    return IndicatorDraft(
        code=row["code"],
        name=row["name"],
        unit=row["unit"],
        direction=Direction(row["direction"]),
        dimension=Dimension(row["dimension"]),
        frequency=Frequency(row.get("frequency", Frequency.QUARTERLY)),
        accumulation=Accumulation(row.get("accumulation", Accumulation.PERIOD)),
        decimals=row.get("decimals", 1),
        categories=tuple(row.get("categories", ())),
        evidence=row.get("evidence", ""),
        evidence_limit=row.get("evidence_limit", EVIDENCE_MOST),
        precedence=tuple(Origin(one) for one in row.get("precedence", PRECEDENCE)),
        tolerance=Decimal(row.get("tolerance", "0.05")),
        usual_baseline=_amount(row, "usual_baseline"),
        usual_target=_amount(row, "usual_target"),
        usual_points=_amount(row, "usual_points"),
        usual_rule=row.get("usual_rule", ""),
        computed_from=row.get("computed_from", ""),
        source=row.get("source", ""),
        method=row.get("method", ""),
    )


def _amount(row: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(row[key]) if key in row else None
