"""Many files at once go into a folder of their own: it appears whole, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okr_desk.errors import FileRefused
from okr_desk.i18n import _

_OPEN = 0o755
"""A temporary folder is closed to others; what the office asked for is not."""


@contextmanager
def new_folder(parent: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """A hidden folder to write into, and the folder below `parent` that it becomes at the end.

    A name that is taken gets a number. Whatever is raised inside leaves nothing. Raises FileRefused.
    """
    target = _free(parent / safe(name))
    try:
        hidden = Path(tempfile.mkdtemp(prefix=".okr_desk_", dir=parent))
    except OSError as error:
        raise FileRefused(_("“{name}”里不能写入，请换一个文件夹。").format(name=parent.name or str(parent))) from error
    try:
        yield hidden, target
        hidden.chmod(_OPEN)
        hidden.rename(target)
    finally:
        shutil.rmtree(hidden, ignore_errors=True)


def safe(name: str) -> str:
    """A name that every system takes."""
    return "".join(c for c in name if c.isalnum() or c in "-_（）()")[:60]


def _free(folder: Path) -> Path:
    """The folder, or the next name that is not taken."""
    found, number = folder, 2
    while found.exists():
        found, number = folder.with_name(f"{folder.name}({number})"), number + 1
    return found
