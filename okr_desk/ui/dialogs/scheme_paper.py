"""考核评分办法 of one version: the real pages, to print, to keep as PDF or as a workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import accent
from okr_desk.ui.models import paper, scheme_paper
from okr_desk.ui.widgets.pdf_view import PdfView

FITS = 0.9
"""The most of the screen that the dialog takes."""
NAME = "scheme.pdf"


class SchemePaperDialog(QDialog):
    """The pages are laid out while the dialog stands; until then nothing can be pressed but 关闭."""

    def __init__(self, desk: Desk, scheme_id: int, version_id: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = QTemporaryDir()
        self.path = Path(self._folder.path()) / NAME
        self.paper: SchemePaper | None = None
        self.setWindowTitle(_("打印：{title}").format(title=title))
        self.view = PdfView(desk, self)
        self.view.buttons["print"].hide()
        self.said = QLabel(_("正在排版…"), self)
        self.said.setObjectName("quiet")
        self.buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.print_button = self._button(_("打印…"), "print", role.AcceptRole)
        self.pdf_button = self._button(_("存为 PDF…"), "pdf", role.ActionRole)
        self.workbook_button = self._button(_("导出为电子表格…"), "table", role.ActionRole)
        self.buttons.addButton(_("关闭"), role.RejectRole)
        accent(self.print_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.8)] * 4)
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.view, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        room = self.screen().availableGeometry()
        self.resize(min(theme.span(self, 56), round(room.width() * FITS)), round(room.height() * FITS))
        self.buttons.rejected.connect(self.reject)
        self.print_button.clicked.connect(self.print)
        self.pdf_button.clicked.connect(self.ask_pdf)
        self.workbook_button.clicked.connect(self.ask_workbook)
        bundled = desk.settings.bundled_fonts
        desk.tasks.run(
            scheme_paper.make, desk.store, scheme_id, version_id, self.path, bundled,
            done=self._made, failed=self._failed, owner=self,
        )  # fmt: skip

    def print(self) -> None:
        """The system's print dialog for the pages shown."""
        if not paper.printers():
            self._failed(Refusal(_(paper.NO_PRINTER)))
            return
        self.view.print()

    def ask_pdf(self) -> None:
        """Where to put the pages shown."""
        self._ask(_("存为 PDF"), ".pdf", _("PDF 文件 (*.pdf)"))

    def ask_workbook(self) -> None:
        """Where to put the workbook."""
        self._ask(_("导出为电子表格"), ".xlsx", _("电子表格 (*.xlsx)"))

    def save(self, target: Path) -> None:
        """The pages or the workbook under a name, by its ending."""
        assert self.paper is not None
        tasks, done, failed = self._desk.tasks, self._saved, self._failed
        if target.suffix.lower() == ".xlsx":
            store = self._desk.store
            tasks.run(scheme_paper.save_workbook, store, self.paper, target, done=done, failed=failed, owner=self)
        else:
            tasks.run(paper.save_one, self.path, target, done=done, failed=failed, owner=self)

    # Inside

    def _button(self, words: str, icon: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = self.buttons.addButton(words, role)
        icons.dress(button, icon, "on_accent" if role is QDialogButtonBox.ButtonRole.AcceptRole else "text")
        button.setEnabled(False)
        return button

    def _ask(self, title: str, ending: str, kinds: str) -> None:
        if self.paper is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, title, scheme_paper.file_name(self.paper, ending), kinds)
        if name:
            self.save(paper.with_ending(Path(name), ending))

    def _made(self, found: SchemePaper) -> None:
        self.paper = found
        self.view.show_pdf(self.path)
        self.said.setText(_("草稿也可以打印，印作征求意见稿。") if found.is_draft else "")
        for button in (self.print_button, self.pdf_button, self.workbook_button):
            button.setEnabled(True)
        self.print_button.setFocus()

    def _saved(self, target: Path) -> None:
        self.said.setText(_("已存为“{name}”。").format(name=target.name))

    def _failed(self, error: Exception) -> None:
        self.said.setText(error.sentence if isinstance(error, Refusal) else _("这些页没有排出来。"))
