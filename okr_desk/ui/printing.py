"""From a finished PDF to a printer: the system's own dialog, then the vector file itself where the system takes it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from okr_desk.errors import Refusal
from okr_desk.files import write_atomically
from okr_desk.i18n import _
from okr_desk.ui.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SHARPNESS = 300
"""Dots per inch of pages painted where the vector file cannot be handed over."""


def ask_and_print(parent: QWidget, desk: Desk, path: Path, pages: int, copies: int = 1) -> bool:
    """Show the print dialog for a PDF and print it in the pool; False when the person left the dialog."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem if path.stem.isascii() else "okr_desk")
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
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
        double = printer.duplex() not in (printer.DuplexMode.DuplexNone,)
        desk.tasks.run(
            _hand_over,
            path,
            printer.printerName(),
            printer.copyCount(),
            double,
            f"{first}-{last}" if first else "",
            done=lambda _made: _say_done(desk, printer.printerName()),
        )
    else:
        desk.tasks.long(
            _("正在打印"), _paint_pages, printer, path, pages, done=lambda _made: _say_done(desk, printer.printerName())
        )


def _say_done(desk: Desk, name: str) -> None:
    desk.say(_("已送往“{name}”。").format(name=name))


def _save_copy(path: Path, target: Path) -> Path:
    return write_atomically(target, path.read_bytes())


def _hand_over(path: Path, name: str, copies: int, double: bool, pages: str) -> None:
    from okr_desk.reports import printing

    printing.send(path, printing.Job(name, copies, double, pages))


def _paint_pages(printer: QPrinter, path: Path, pages: int, *, progress: Any, cancelled: Any) -> None:
    """Opaque pages on the printer's paper, one at a time."""
    from okr_desk.errors import Cancelled
    from okr_desk.reports import preview

    first = printer.fromPage() or 1
    last = printer.toPage() or pages
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal(_("不能开始打印。请检查打印机设置后重试。"))
    try:
        for number in range(first - 1, last):
            if cancelled():
                printer.abort()
                raise Cancelled(_("已取消打印。"))
            if number > first - 1:
                printer.newPage()
            width, height, data = preview.page_image(path, number, SHARPNESS)
            image = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(painter.viewport()), image)
            progress(number - first + 2, last - first + 1)
    finally:
        painter.end()
