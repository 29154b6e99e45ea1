"""Timing and the table: a figure is never shown without the yardstick that was measured next to it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. `limit` is the largest ratio that is still good; None: shown for information.

    Where the yardstick is shorter than `short` of the unit its ratio says little: ours may stay under `enough` instead.
    """

    name: str
    ours: float
    yardstick: float
    unit: str
    limit: float | None
    beside: str
    enough: float | None = None
    short: float = 0

    @property
    def ratio(self) -> float:
        """Ours divided by the yardstick."""
        return self.ours / self.yardstick

    @property
    def is_good(self) -> bool:
        """Whether the ratio keeps its limit, or ours stays under what is enough."""
        if self.enough is not None and self.yardstick < self.short and self.ours < self.enough:
            return True
        return self.limit is None or self.ratio <= self.limit

    @property
    def asked(self) -> str:
        """What has to be kept, in words of the table."""
        if self.enough is not None and self.yardstick < self.short:
            return f"≤ {self.limit:g} or < {self.enough:g} {self.unit}"
        return "" if self.limit is None else f"≤ {self.limit:g}"


@contextmanager
def uncollected() -> Iterator[None]:
    """Without automatic collection of garbage, as in the window, where `ui/garbage.py` collects on a timer."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
        verdict = "" if not f.asked else ("good" if f.is_good else "**over**")
        ours, beside = f"{f.ours:.3g} {f.unit}", f"{f.yardstick:.3g} {f.unit} ({f.beside})"
        lines.append(f"| {f.name} | {ours} | {beside} | {f.ratio:.2f} | {f.asked} | {verdict} |")
    return "\n".join(lines)
