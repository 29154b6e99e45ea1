"""One PDF from one or many sheets: pages, footers, outline, embedded faces; written whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from okr_desk import clock, files
from okr_desk.errors import Cancelled
from okr_desk.i18n import _, language
from okr_desk.queries.letterheads import short_digest
from okr_desk.reports import fonts as faces
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.outcome import Mark, Printed
from okr_desk.reports.pages import MM, Block, Paper, Pen, paginate, with_foot
from okr_desk.reports.text import Style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Progress = Callable[[int, int], None]
"""Told after each sheet: how many are done, how many there are."""
Stop = Callable[[], bool]
"""Asked before each sheet: True when the user cancelled."""

_FOOT = Style(Role.TABLE, 7.5, 10)
_FOOT_DEPTH = 9 * MM
_ONE_AT_A_TIME = threading.Lock()
"""A ReportLab face holds state while a document is written; two threads may not share it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, with its own page count. `outline` names it among the bookmarks, `digest` is its data's SHA-256."""

    outline: str
    blocks: Sequence[Block]
    paper: Paper
    digest: str = ""
    note: str = ""

    def draw(self, pen: Pen, key: str, printed_at: datetime) -> int:
        """Draw all pages, `key` being the bookmark of the first; returns how many."""
        pages = paginate(with_foot(self.blocks, self.paper.area_height), self.paper.area_height)
        for number, page in enumerate(pages, 1):
            pen.canvas.setPageSize((self.paper.width, self.paper.height))
            if number == 1:
                pen.canvas.bookmarkPage(key)
                pen.canvas.addOutlineEntry(self.outline, key, level=0)
            for placed in page:
                placed.block.draw(pen, self.paper.left, self.paper.height - self.paper.top - placed.depth)
            _draw_foot(pen, self, number, len(pages), printed_at)
            pen.canvas.showPage()
        return len(pages)


def write(
    path: Path,
    builders: Sequence[Callable[[Fonts], Sheet]],
    *,
    title: str,
    printed_at: datetime,
    bundled_fonts: bool = False,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """Write all sheets into one PDF at `path`; each is built only when its turn comes, so a batch stays small.

    `printed_at` (an instant) stands in the footer and in the file, so the same input gives the same bytes.
    Raises Cancelled when `cancelled` says so, FileRefused when the file cannot be written; then nothing is left.
    """
    fonts = faces.load(bundled_fonts, font_folders)
    pages = 0
    marks: list[Mark] = []

    def draw(stream: BinaryIO) -> None:
        nonlocal pages
        canvas = _canvas(stream, fonts, title, printed_at)
        for number, build in enumerate(builders):
            if cancelled is not None and cancelled():
                raise Cancelled(_("已取消，没有生成文件。"))
            pages += build(fonts).draw(Pen(canvas, fonts, marks), f"sheet{number}", printed_at)
            if progress is not None:
                progress(number + 1, len(builders))
        if len(builders) > 1:
            canvas.showOutline()
        canvas.save()

    with _ONE_AT_A_TIME:
        files.write_atomically(path, draw)
    return Printed(path, len(builders), pages, tuple(fonts.missing), fonts.names, tuple(marks))


def write_each(
    folder: Path,
    names: Sequence[Sequence[str]],
    write_one: Callable[[int, Path], Printed],
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> list[Printed]:
    """One PDF a sheet in `folder`, written by `write_one` (which sheet, where to) and named by the words of `names`.

    Raises Cancelled between two files; those that are whole are kept.
    """
    made: list[Printed] = []
    taken: set[str] = set()
    for number, words in enumerate(names):
        if cancelled is not None and cancelled():
            raise Cancelled(_("已取消，已生成 {n} 份。").format(n=len(made)))
        made.append(write_one(number, folder / file_name(words, taken)))
        if progress is not None:
            progress(number + 1, len(names))
    return made


@dataclass(frozen=True)
class Writer:
    """How one kind of document is written from its snapshots: all of them in one PDF, or a PDF each.

    `title` names the whole, `sheets` gives a builder a sheet, `name` the words of the file that one snapshot gets.
    """

    title: Callable[[Sequence[Any]], str]
    sheets: Callable[[Sequence[Any]], Sequence[Callable[[Fonts], Sheet]]]
    name: Callable[[Any], Sequence[str]]

    def render(
        self,
        forms: Sequence[Any],
        path: Path,
        *,
        printed_at: datetime,
        progress: Progress | None = None,
        cancelled: Stop | None = None,
        bundled_fonts: bool = False,
        font_folders: Sequence[Path] | None = None,
    ) -> Printed:
        """All sheets in one PDF with a bookmark and a page count each; `printed_at` is an instant.

        Raises Cancelled and FileRefused; then no file is left.
        """
        return write(
            path,
            self.sheets(forms),
            title=self.title(forms),
            printed_at=printed_at,
            bundled_fonts=bundled_fonts,
            progress=progress,
            cancelled=cancelled,
            font_folders=font_folders,
        )

    def render_each(
        self,
        forms: Sequence[Any],
        folder: Path,
        *,
        printed_at: datetime,
        progress: Progress | None = None,
        cancelled: Stop | None = None,
        bundled_fonts: bool = False,
        font_folders: Sequence[Path] | None = None,
    ) -> list[Printed]:
        """One PDF a snapshot in `folder`. Cancelling keeps the files that are whole."""

        def one(number: int, path: Path) -> Printed:
            return self.render(
                [forms[number]], path, printed_at=printed_at, bundled_fonts=bundled_fonts, font_folders=font_folders
            )

        return write_each(folder, [self.name(form) for form in forms], one, progress, cancelled)


def file_name(words: Sequence[str], taken: set[str]) -> str:
    """A name that every system takes: letters and digits only, unique in `taken`, which receives it."""
    stem = "_".join("".join(c for c in word if c.isalnum() or c == "-")[:40] for word in words)
    name, again = stem, 2
    while name.casefold() in taken:
        name, again = f"{stem}_{again}", again + 1
    taken.add(name.casefold())
    return f"{name}.pdf"


def moment(instant: datetime) -> str:
    """An instant as the office writes it: 2026-10-08 09:32."""
    return clock.local(instant).strftime("%Y-%m-%d %H:%M")


def _canvas(stream: BinaryIO, fonts: Fonts, title: str, printed_at: datetime) -> Canvas:
    from reportlab import rl_config
    from reportlab.lib.utils import TimeStamp
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # binary streams: a fifth smaller, and no text encoding to pay for
    canvas = Canvas(
        stream,
        pageCompression=1,
        invariant=1,
        lang=language().replace("_", "-"),
        initialFontName=fonts.first(Role.TABLE),
    )
    stamp = TimeStamp(invariant=1)
    local = clock.local(printed_at)
    stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(local.timetuple())[:6], 8, 0
    canvas._doc._timeStamp = stamp  # the file's date is the print time, not ReportLab's year 2000
    canvas.setTitle(title)
    canvas.setAuthor(_("基层党组织目标与关键结果工作台"))
    canvas.setSubject(title)
    canvas.setCreator("okr_desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _draw_foot(pen: Pen, sheet: Sheet, number: int, count: int, printed_at: datetime) -> None:
    """Data digest, page of pages, print time: so that paper and database can be matched."""
    paper = sheet.paper
    y = paper.bottom - _FOOT_DEPTH
    if sheet.digest:
        code = _("数据校验码 {code}").format(code=short_digest(sheet.digest))
        pen.text(code, paper.left, y, _FOOT)
    page = _("第{page}页 共{pages}页").format(page=number, pages=count)
    pen.text(page, paper.left + paper.area_width / 2, y, _FOOT.smaller(9), "centre")
    printed = _("打印时间 {moment}").format(moment=moment(printed_at))
    pen.text(printed, paper.width - paper.right, y, _FOOT, "right")
    if sheet.note:
        pen.text(sheet.note, paper.left + paper.area_width / 2, y - _FOOT.leading, _FOOT, "centre")
