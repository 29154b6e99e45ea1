"""Copy with headers, and export as a workbook: the two ways out of every table."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QToolButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk

Block = Callable[[], list[list[Any]]]
"""Headers, then rows. For a workbook, numbers are numbers; for copying, everything is text."""


class TakeOut(QWidget):
    """Two small buttons. `words` gives what is copied, `cells` what is exported."""

    def __init__(self, desk: Desk, title: str, words: Block, cells: Block, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._title, self._words, self._cells = desk, title, words, cells
        self.buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.2))
        for name, said, slot in (
            ("copy", _("复制（含表头）"), self.copy),
            ("table", _("导出为电子表格"), self.ask_export),
        ):
            button = QToolButton(self)
            icons.dress(button, name, "text_quiet")
            button.setToolTip(said)
            button.setAccessibleName(said)
            button.clicked.connect(lambda _checked=False, call=slot: call())
            layout.addWidget(button)
            self.buttons[name] = button

    def copy(self) -> None:
        """Rows with headers to the clipboard, as text for any program and as a table for sheets."""
        escape = import_module("html").escape  # its table of entities is loaded on the first copy
        block = self._words()
        data = QMimeData()
        data.setText("\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in block))
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block)
        data.setHtml(f'<meta charset="utf-8"><table>{rows}</table>')
        QGuiApplication.clipboard().setMimeData(data)
        self._desk.say(_("已复制 {n} 行，可以粘贴到表格中。").format(n=len(block) - 1))

    def ask_export(self) -> None:
        """Ask for a file name, then write the rows shown as a workbook."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("导出为电子表格"), f"{self._title}.xlsx", _("电子表格 (*.xlsx)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the rows shown to a workbook in the pool."""
        headers, *rows = self._cells()
        self._desk.tasks.run(
            _write_workbook, path, self._title, headers, rows, done=lambda _made: self._exported(path), owner=self
        )

    def _exported(self, path: Path) -> None:
        self._desk.say(_("已导出到“{name}”。").format(name=path.name))


def _write_workbook(path: Path, title: str, headers: list[str], rows: list[list[Any]]) -> Path:
    """The exchange layer is loaded on the first export."""
    import_module("okr_desk.exchange.tables").write(path, title, headers, rows)
    return path
