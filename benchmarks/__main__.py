"""Runs all measurements, or those named in `ALL`. Ends with 1 when a limit is broken."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.measure import Figure, table

ALL = ("start", "sheets", "rollup", "scores", "checkin", "daily", "publish", "ballots", "coverage")


def main(names: list[str]) -> int:
    """Measure and print the table."""
    found: list[Figure] = []
    for name in names or ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        found += import_module(f"benchmarks.{name}").figures()
    print(table(found))
    return 0 if all(figure.is_good for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
