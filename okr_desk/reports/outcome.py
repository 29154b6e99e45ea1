"""What printing leaves behind: told to the user, and light enough to be known before ReportLab is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mark:
    """Where a figure stands: on which page (from 0), its box in points from the upper left corner, and its key."""

    page: int
    key: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Printed:
    """What was written: `missing` are characters that no face has (printed as 〓), `faces` the files used.

    `marks`: the cells whose figures explain themselves, in the order in which they were drawn.
    """

    path: Path
    sheets: int
    pages: int
    missing: tuple[str, ...]
    faces: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
