"""Timing and the table: a figure is never shown without the yardstick that was measured next to it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `limit` is the largest ratio that is still good; None: shown for information."""

    name: str
    ours: float
    yardstick: float
    unit: str
    limit: float | None
    beside: str

    @property
    def ratio(self) -> float:
        """Ours divided by the yardstick."""
        return self.ours / self.yardstick

    @property
    def is_good(self) -> bool:
        """Whether the ratio keeps its limit."""
        return self.limit is None or self.ratio <= self.limit


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(ours: Callable[[], float], yardstick: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Medians of both after one round to warm up, taken in turn so that a busy moment hits both alike."""
    ours(), yardstick()
    pairs = [(ours(), yardstick()) for _round in range(rounds)]
    return statistics.median(a for a, _b in pairs), statistics.median(b for _a, b in pairs)


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | ours | yardstick | ratio | limit | |", "|---|---:|---:|---:|---:|---|"]
    for f in figures:
        limit = "" if f.limit is None else f"≤ {f.limit:g}"
        verdict = "" if f.limit is None else ("good" if f.is_good else "**over**")
        ours, beside = f"{f.ours:.3g} {f.unit}", f"{f.yardstick:.3g} {f.unit} ({f.beside})"
        lines.append(f"| {f.name} | {ours} | {beside} | {f.ratio:.2f} | {limit} | {verdict} |")
    return "\n".join(lines)
