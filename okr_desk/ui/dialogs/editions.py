"""Earlier versions of a document: left the list with day, person and reason, right the pages as they print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTemporaryDir
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.reports.outcome import Printed
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import editions, paper
from okr_desk.ui.models.editions import Edition
from okr_desk.ui.widgets.pdf_view import PdfView


class EditionsDialog(QDialog):
    """Opens at the first version; another one is laid out when it is chosen."""

    def __init__(self, desk: Desk, title: str, of: Sequence[Edition], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._of = desk, tuple(of)
        self._folder = QTemporaryDir()
        self._number = 0
        self.printers: tuple[str, ...] | None = None
        self.setWindowTitle(title)
        self.list = QListWidget(self)
        self.reason = QLabel(self)
        self.view = PdfView(desk, self)
        self.buttons = QDialogButtonBox(self)
        self.print_button = self.buttons.addButton(_("打印"), QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = self.buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)

        self._assemble(title)
        self.list.currentRowChanged.connect(self.look)
        self.print_button.clicked.connect(self.print)
        self.buttons.rejected.connect(self.reject)
        desk.tasks.run(paper.printers, done=self._take_printers, owner=self)
        self.list.setCurrentRow(0)

    @classmethod
    def show_for(cls, parent: QWidget, desk: Desk, title: str, of: Sequence[Edition]) -> None:
        """Let the versions be read until the dialog is put away."""
        cls(desk, title, of, parent).exec()

    def look(self, row: int) -> None:
        """Lay a version out in the pool."""
        if not 0 <= row < len(self._of):
            return
        chosen = self._of[row]
        self.reason.setText(chosen.reason)
        self.reason.setVisible(bool(chosen.reason))
        self.print_button.setEnabled(False)
        self._number += 1
        number, path = self._number, Path(self._folder.path()) / f"{self._number}.pdf"
        self._desk.tasks.run(
            editions.make, self._desk.store, chosen, path, self._desk.settings.bundled_fonts,
            done=lambda made: self._made(number, made), failed=self._failed, owner=self,
        )  # fmt: skip

    def print(self) -> None:
        """The system's print dialog for the version shown."""
        if not self.printers:
            self._desk.refuse(Refusal(_(paper.NO_PRINTER)))
            return
        self.view.print()

    # Inside

    def _made(self, number: int, made: Printed) -> None:
        if number != self._number:
            made.path.unlink(missing_ok=True)
            return
        self.view.show_pdf(made.path)
        self.print_button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self.view.show_pdf(None)
        self.reason.setText(error.sentence if isinstance(error, Refusal) else _("这些页没有排出来。"))
        self.reason.show()

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self.printers = names

    def _assemble(self, title: str) -> None:
        heading = QLabel(title, self)
        heading.setFont(theme.font("title", bold=True))
        heading.setWordWrap(True)
        self.list.setAccessibleName(_("各版"))
        self.list.setFixedWidth(theme.span(self, 15))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in self._of:
            item = QListWidgetItem(f"{one.name}\n{one.told}", self.list)
            item.setToolTip(one.reason)
            item.setSizeHint(QSize(0, round(theme.line_height() * 2.6)))
        self.reason.setWordWrap(True)
        self.view.buttons["print"].hide()
        self.view.lists_pages = False
        icons.dress(self.print_button, "print", "text")
        right = QVBoxLayout()
        right.setSpacing(theme.gap(0.3))
        right.addWidget(self.reason)
        right.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.8))
        row.addWidget(self.list)
        row.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1)] * 4)
        layout.setSpacing(theme.gap(0.6))
        layout.addWidget(heading)
        layout.addLayout(row, 1)
        layout.addWidget(self.buttons)
        self.resize(theme.span(self, 74), theme.span(self, 48))
