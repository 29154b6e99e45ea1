"""How high a chart of rows has to be to be read; pure, so that a screen can ask before matplotlib is loaded."""

from __future__ import annotations

ROW = 13.0
"""Points that one branch needs."""
HEAD = 34.0
"""Points above and below the rows: key and axis."""


def of_rows(rows: int) -> float:
    """The height in points at which `rows` can be read."""
    return HEAD + ROW * max(rows, 3)
