"""From a finished PDF to a printer: the system's own dialog, then the vector file itself where the system takes it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from okr_desk.errors import Cancelled, Refusal
from okr_desk.files import write_atomically
from okr_desk.i18n import _
from okr_desk.ui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

SHARPNESS = 300
"""Dots per inch of pages painted where the vector file cannot be handed over."""


def ask_and_print(parent: QWidget, desk: Desk, path: Path, pages: int, copies: int = 1) -> bool:
    """Show the print dialog for a PDF and print it in the pool; False when the person left the dialog."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem if path.stem.isascii() else "okr_desk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    printer.setCollateCopies(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("打印"))
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_to(desk, printer, path, pages)
    return True


def print_to(desk: Desk, printer: QPrinter, path: Path, pages: int) -> None:
    """Print with the printer as it was set: a file gets the PDF itself, CUPS too, Windows gets painted pages."""
    if printer.outputFileName():
        target = Path(printer.outputFileName())
        desk.tasks.run(_save_copy, path, target, done=lambda _made: _say_done(desk, target.name))
    elif sys.platform.startswith("linux") and shutil.which("lp"):
        first, last = printer.fromPage(), printer.toPage()
        desk.tasks.run(
            hand_over,
            path,
            printer.printerName(),
            printer.copyCount(),
            _is_double(printer),
            f"{first}-{last}" if first else "",
            done=lambda _made: _say_done(desk, printer.printerName()),
        )
    else:
        desk.tasks.long(
            _("正在打印"),
            paint_pages,
            printer,
            path,
            pages,
            _is_double(printer),
            done=lambda _made: _say_done(desk, printer.printerName()),
        )


def hand_over(path: Path, name: str, copies: int, double: bool, pages: str) -> int:
    """The file itself to a CUPS queue; how many jobs it took.

    Printed on both sides, each sheet is a job of its own, so that no two sheets share a leaf. Raises Refusal.
    """
    from okr_desk.reports import printing

    ranges = [pages] if pages or not double else sheet_ranges(path)
    for pages_of_sheet in ranges:
        printing.send(path, printing.Job(name, copies, double, pages_of_sheet))
    return len(ranges)


def paint_pages(
    printer: QPrinter,
    path: Path,
    pages: int,
    double: bool = False,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Opaque pages on the printer's paper, one at a time, upright or across as each page is.

    `double`: both sides are printed; each sheet then begins on a leaf of its own. Raises Cancelled, and Refusal
    when the printer does not begin.
    """
    from okr_desk.reports import preview

    first, last = printer.fromPage() or 1, printer.toPage() or pages
    starts = {entry.page for entry in preview.outline(path) if not entry.level} if double else set()
    sizes = preview.page_sizes(path)
    _turn(printer, sizes[first - 1])
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal(_("不能开始打印。请检查打印机设置后重试。"))
    sides = 0
    try:
        for number in range(first - 1, last):
            if cancelled():
                printer.abort()
                raise Cancelled(_("已取消打印。"))
            if sides:
                _turn(printer, sizes[number])
                printer.newPage()
                if number in starts and sides % 2:
                    printer.newPage()  # the back of the last leaf stays empty
                    sides += 1
            sides += 1
            width, height, data = preview.page_image(path, number, SHARPNESS)
            image = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(painter.viewport()), image)
            progress(number - first + 2, last - first + 1)
    finally:
        painter.end()


def _say_done(desk: Desk, name: str) -> None:
    desk.say(_("已送往“{name}”。").format(name=name))


def _save_copy(path: Path, target: Path) -> Path:
    return write_atomically(target, path.read_bytes())


def _is_double(printer: QPrinter) -> bool:
    return printer.duplex() is not printer.DuplexMode.DuplexNone


def _turn(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper as the page lies."""
    across = size[0] > size[1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def sheet_ranges(path: Path) -> list[str]:
    """The pages of each sheet, from the bookmarks: 1-2, 3-5 …; "" where there is only one."""
    from okr_desk.reports import preview

    starts = sorted({entry.page for entry in preview.outline(path) if not entry.level} | {0})
    if len(starts) < 2:
        return [""]
    ends = [*starts[1:], preview.page_count(path)]
    return [f"{start + 1}-{end}" for start, end in zip(starts, ends, strict=True)]
