"""Lines and blocks of a sheet, made in one row for the tests."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.scoring.blocks import Block, Line
from okr_desk.scoring.points import points
from okr_desk.scoring.points_lines import AnchorLine, Ratio
from okr_desk.terms import Dimension

D = Decimal


def line(name: str, maximum: object, value: object, dimension: Dimension | None = None) -> Line:
    """A line in proportion: value None is missing, "n/a" does not apply, else the points themselves."""
    full = D(str(maximum))
    if value == "n/a":
        made = points(Ratio(full, D(1)), None, applies=False)
    elif value is None:
        made = points(Ratio(full, D(1)), None)
    else:
        made = points(AnchorLine(((D(0), D(0)), (full or D(1), full))), D(str(value)))
    return Line(name, made, dimension)


def block(maximum: object, *lines: Line, name: str = "组织生活", part: str = "") -> Block:
    return Block(name, D(str(maximum)), lines, part)


MEETINGS = (line("支委会", 3, "n/a"), line("小组会", 2, "n/a"))
"""Domain 1.3 "N/A": both do not apply to a small branch."""
