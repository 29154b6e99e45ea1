"""From the page's file to a real printer: Qt finds the queue of the system, and the queue gets the file itself.

Run by `test_printing.py` in a process of its own: libcups keeps the first print server that a process has met.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from okr_desk.ui import printing
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import paper
from tests.reports import samples
from tests.reports.test_printing_queue import made, pytestmark, queue, until
from tests.reports.test_quarterly_review import printed

__all__ = ["made", "pytestmark", "queue"]


def printer_of(name: str) -> QPrinter:
    """A printer of the system, as the print dialog gives it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName("okr_desk")
    printer.setFullPage(True)
    assert printer.isValid() and not printer.outputFileName()
    return printer


def test_a_sheet_goes_from_the_desk_to_the_queue(
    queue: str, made: Path, bare_desk: Desk, idle: Callable[[Desk], None], tmp_path: Path
) -> None:
    """Both ways in one test: the process speaks to the first print server that it has met."""
    sheet = printed(tmp_path, samples.sheet())
    assert queue in paper.printers()
    said: list[str] = []
    bare_desk.noticed.connect(said.append)
    bare_desk.refused.connect(said.append)
    before = set(made.glob("*.pdf"))

    def come_out() -> list[Path]:
        found = set(made.glob("*.pdf")) - before
        return sorted(file for file in found if file.read_bytes().rstrip().endswith(b"%%EOF"))

    printing.print_to(bare_desk, printer_of(queue), sheet.path, sheet.pages)
    idle(bare_desk)
    assert said == [f"已送往“{queue}”。"]
    until(lambda: len(come_out()) == 1, "the file itself did not come out")
    printing.paint_pages(
        printer_of(queue),
        sheet.path,
        sheet.pages,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )
    until(lambda: len(come_out()) == 2, "the painted pages did not come out")
    for file in come_out():
        pages = PdfReader(file).pages
        assert len(pages) == sheet.pages
        assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
