"""Many sheets, one file each, by several processes: each gets snapshots only and knows no database.

Fewer than a dozen sheets are written here, because another process takes a second to load what draws them.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from okr_desk import i18n
from okr_desk.errors import Cancelled
from okr_desk.i18n import _
from okr_desk.reports import document
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.outcome import Printed

FEW = 12
"""Below this many sheets one process is faster."""
_PORTION = 5
"""Sheets a worker takes at a time: so often somebody can cancel."""
_STEP = 0.2


@dataclass(frozen=True)
class _Work:
    """A portion: the document's module, its snapshots, where they go, and how they are wanted."""

    module: str
    snapshots: Sequence[object]
    folder: Path
    language: str
    more: dict[str, Any]


def render_each(
    module: str,
    snapshots: Sequence[object],
    folder: Path,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    **more: Any,
) -> list[Printed]:
    """One PDF a sheet in `folder`, in the order of the snapshots, as the document's own `render_each` makes them.

    `module` is that of the document, `workers` the number of processes (None: one a core). `more` is passed on. Raises
    Cancelled between two portions, keeping the files that are whole, and what the document raises.
    """
    count = min(workers or os.cpu_count() or 1, -(-len(snapshots) // _PORTION))
    if count < 2 or len(snapshots) < FEW:
        each = import_module(module).render_each
        return list(each(snapshots, folder, progress=progress, cancelled=cancelled, **more))
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    made: list[Printed] = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as hidden:
        portions = list(_portions(module, snapshots, Path(hidden), more))
        for done in _in_order(portions, count, cancelled, len(made)):
            made += [_placed(one, folder, taken) for one in done]
            if progress is not None:
                progress(len(made), len(snapshots))
    return made


def _portions(module: str, snapshots: Sequence[object], hidden: Path, more: dict[str, Any]) -> Iterator[_Work]:
    for start in range(0, len(snapshots), _PORTION):
        part = tuple(snapshots[start : start + _PORTION])
        yield _Work(module, part, hidden / f"{start:05}", i18n.language(), more)


def _in_order(portions: Sequence[_Work], count: int, cancelled: Stop | None, made: int) -> Iterator[list[Printed]]:
    """The portions' files, the first portion first, whichever is ready before."""
    waiting: dict[int, Future[list[Printed]]] = {}
    context = multiprocessing.get_context("spawn")  # a forked child would hold the window's threads half-made
    with ProcessPoolExecutor(count, context) as pool:
        for place, portion in enumerate(portions):
            waiting[place] = pool.submit(_press, portion)
        try:
            for place in range(len(portions)):
                while not waiting[place].done():
                    if cancelled is not None and cancelled():
                        raise Cancelled(_("已取消，已生成 {n} 份。").format(n=made))
                    wait([waiting[place]], _STEP, FIRST_COMPLETED)
                found = waiting.pop(place).result()
                made += len(found)
                yield found
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _press(work: _Work) -> list[Printed]:
    """In the other process."""
    i18n.use(work.language)
    work.folder.mkdir(parents=True, exist_ok=True)
    return list(import_module(work.module).render_each(work.snapshots, work.folder, **work.more))


def _placed(one: Printed, folder: Path, taken: set[str]) -> Printed:
    """Move a finished file to its place under a name that is not taken yet."""
    target = folder / document.file_name(one.path.stem.split("_"), taken)
    shutil.move(one.path, target)
    return replace(one, path=target)
