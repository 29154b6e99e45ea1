"""The demo township for one test: its database with the files that it keeps beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from okr_desk.queries.evidence import folder_of


def demo_copy(template: Path, target: Path) -> Path:
    """A copy of the demo at `target`, which is returned."""
    shutil.copytree(folder_of(template), folder_of(target), dirs_exist_ok=True)
    return Path(shutil.copyfile(template, target))
