"""Pages of a finished PDF as pictures: what the preview shows is the very file that will be printed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk.errors import FileRefused
from okr_desk.i18n import _

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe for several threads at once."""


@dataclass(frozen=True)
class Entry:
    """A bookmark: its words and the page it leads to, counted from 0. Level 0 begins a sheet, 1 a part of one."""

    title: str
    page: int
    level: int = 0


def page_count(path: Path) -> int:
    """How many pages the file has. Raises FileRefused when it cannot be read."""
    with _opened(path) as document:
        return len(document)


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """Width and height of every page in points, to lay the preview out before a page is drawn."""
    with _opened(path) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_image(path: Path, number: int, dpi: float) -> tuple[int, int, bytes]:
    """Page `number` (from 0) as (width, height, bytes): opaque RGB, three bytes a pixel, rows without padding.

    Raises FileRefused when the file or page cannot be read.
    """
    with _opened(path) as document:
        if not 0 <= number < len(document):
            raise FileRefused(_("文件没有第{n}页，请重新生成后再预览。").format(n=number + 1))
        page = document[number]
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
        width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
        raw = bytes(bitmap.buffer)
        bitmap.close()
        page.close()
    rows = (raw[start : start + width * channels] for start in range(0, stride * height, stride))
    return width, height, b"".join(rows)


def outline(path: Path) -> list[Entry]:
    """The bookmarks, in order: one a branch in a batch, with its appendix below it."""
    found = []
    with _opened(path) as document:
        for item in document.get_toc():
            target = item.get_dest()
            page = None if target is None else target.get_index()
            if page is not None:
                found.append(Entry(str(item.get_title()), int(page), int(item.level)))
    return found


@contextmanager
def _opened(path: Path) -> Iterator[PdfDocument]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise FileRefused(
                _("不能打开“{name}”：文件不存在、已损坏或不是 PDF。请重新生成。").format(name=path.name)
            ) from error
        try:
            yield document
        finally:
            document.close()
