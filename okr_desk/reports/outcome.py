"""What printing leaves behind: told to the user, and light enough to be known before ReportLab is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Printed:
    """What was written: `missing` are characters that no face has (printed as 〓), `faces` the files used."""

    path: Path
    sheets: int
    pages: int
    missing: tuple[str, ...]
    faces: tuple[str, ...]
