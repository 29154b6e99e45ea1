"""评审表: the sheet as it will print, or as a version of it was; the file shown is the one printed and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.review_figures import SheetFigure
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import paper, review_paper
from okr_desk.ui.models.new_folder import safe
from okr_desk.ui.models.review_paper import Laid
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.pdf_view import PdfView
from okr_desk.ui.widgets.skeleton import Skeleton

COPIES = 2


class SheetTab(QWidget):
    """Laid out only when it is looked at: `show_sheet` says of whom, `look` lays out what has not been yet.

    `explain_asked` carries the figure that was clicked.
    """

    explain_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._org: OrgView | None = None
        self._quarter: QuarterView | None = None
        self._versions: tuple[Publication, ...] = ()
        self._made: object = None
        self._wanted: object = None
        self._number = 0
        self._folder = QTemporaryDir()
        self.printers: tuple[str, ...] | None = None
        self.figures: Mapping[str, SheetFigure] = {}
        self.view = PdfView(desk, self)
        self.view.buttons["print"].hide()
        self.view.copies = COPIES
        self.view.lists_pages = False
        self.waiting, self.nothing = Skeleton(self), Empty(self)
        self.version = QComboBox(self)
        self.appended = QCheckBox(_("计分表"), self)
        self.print_button = QPushButton(_("打印"), self)
        self.save_button = QPushButton(_("存为 PDF…"), self)
        self.places = QStackedWidget(self)
        for widget in (self.view, self.waiting, self.nothing):
            self.places.addWidget(widget)
        self.appended.setChecked(True)
        self.appended.setToolTip(_("每一项的得分和算式，印在评审表后面"))
        self.version.setAccessibleName(_("版本"))
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for button, icon in ((self.print_button, "print"), (self.save_button, "pdf")):
            icons.dress(button, icon, "text")
        self.view.add_tool(self.version, at_end=False)
        self.view.add_tool(self.appended)
        self.view.add_tool(self.save_button)
        self.view.add_tool(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.3), 0, 0)
        layout.addWidget(self.places, 1)

        self.version.activated.connect(lambda _row: self.look())
        self.appended.toggled.connect(lambda _on: self.look())
        self.view.figure_chosen.connect(self._explain)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.ask_save)

    def show_sheet(self, org: OrgView, quarter: QuarterView, versions: Sequence[Publication]) -> None:
        """Of whom; the version in force is chosen. What was laid out before is stale: figures may have moved."""
        self._org, self._quarter, self._versions = org, quarter, tuple(reversed(versions))
        self._wanted = None
        self.version.clear()
        for place, one in enumerate(self._versions):
            words = _("第 {n} 版（{day}）").format(n=one.version, day=one.published_on)
            self.version.addItem(words if place else _("{version}，现行").format(version=words), one)
        self.version.setVisible(bool(self._versions))
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Lay out what is chosen, unless it is shown already."""
        chosen: Publication | None = self.version.currentData()
        if self._org is None or self._quarter is None:
            return
        with_scores = self.appended.isChecked()
        wanted = (self._org.id, self._quarter.id, None if chosen is None else chosen.id, with_scores)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._number += 1
        self._ready(False)
        self.places.setCurrentWidget(self.waiting)
        if self.printers is None:
            self._desk.tasks.run(paper.printers, done=self._take_printers, owner=self)
        path, number = Path(self._folder.path()) / f"{self._number}.pdf", self._number
        self._desk.tasks.run(
            review_paper.make,
            self._desk.store,
            self._quarter,
            self._org.id,
            chosen,
            path,
            self._desk.settings.bundled_fonts,
            with_scores,
            done=lambda made: self._show(number, made),
            failed=lambda error: self._fail(number, error),
            owner=self,
        )

    def choose(self, publication_id: int) -> None:
        """Show one of the versions."""
        place = next((n for n, one in enumerate(self._versions) if one.id == publication_id), None)
        if place is not None:
            self.version.setCurrentIndex(place)
            self.look()

    def print(self) -> None:
        """The system's print dialog for the pages shown, two copies as the sheet is signed."""
        if not self.printers:
            self._desk.refuse(Refusal(_(paper.NO_PRINTER)))
            return
        self.view.print()

    def ask_save(self) -> None:
        """Where to, then the file shown itself."""
        name, _kind = QFileDialog.getSaveFileName(self, _("存为 PDF"), self.default_name(), _("PDF 文件 (*.pdf)"))
        if name:
            self.save(Path(name))

    def default_name(self) -> str:
        """Quarter, document, branch and version."""
        assert self._org is not None and self._quarter is not None
        chosen: Publication | None = self.version.currentData()
        version = "" if chosen is None else _("第{n}版").format(n=chosen.version)
        return safe(_("{quarter}评审表{org}{version}").format(
            quarter=self._quarter.label, org=self._org.short_name, version=version
        )) + ".pdf"  # fmt: skip

    def save(self, target: Path) -> None:
        """The file shown under a name."""
        if self.view.path is not None:
            named = paper.with_ending(target, ".pdf")
            said = _("已存为“{name}”。").format(name=named.name)
            self._desk.tasks.run(
                paper.save_one, self.view.path, named, done=lambda _made: self._desk.say(said), owner=self
            )

    # Inside

    def _explain(self, key: str) -> None:
        figure = self.figures.get(key)
        if figure is not None:
            self.explain_asked.emit(figure)

    def _show(self, number: int, made: Laid) -> None:
        if number != self._number:
            made.printed.path.unlink(missing_ok=True)
            return
        self.figures = made.figures
        self.appended.setEnabled(made.has_scores)
        self.view.show_pdf(made.printed.path, marks=[mark for mark in made.printed.marks if mark.key in made.figures])
        self.places.setCurrentWidget(self.view)
        self._ready(True)
        for file in Path(self._folder.path()).glob("*.pdf"):
            if int(file.stem) < number - 1:
                with suppress(OSError):
                    file.unlink()

    def _fail(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._wanted = None
        said = error.sentence if isinstance(error, Refusal) else _("这张表没有排出来。")
        self.nothing.set(said, _("可以重试；仍不成功时请联系管理员。"), _("重试"), self.look, "document")
        self.places.setCurrentWidget(self.nothing)

    def _ready(self, is_ready: bool) -> None:
        self.print_button.setEnabled(is_ready)
        self.save_button.setEnabled(is_ready)

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self.printers = names
