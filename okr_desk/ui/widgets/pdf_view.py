"""The real pages of a PDF: drawn on demand, zoom, fit width, page list, print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.reports.outcome import Mark
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.page_view import PageView

A4 = (210.0, 297.0)
STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class PdfView(QWidget):
    """Shows a PDF page by page. `page_shown` tells the number of the page at the top, from 1.

    `figure_chosen` tells the key of a marked figure that was clicked, or reached by the arrow keys and entered.
    """

    page_shown = Signal(int)
    figure_chosen = Signal(str)
    printed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path: Path | None = None
        self.pages: list[PageView] = []
        self._zoom: float | None = None
        self._marks: tuple[Mark, ...] = ()
        self.copies = 1
        self.lists_pages = True
        """Whether a long file opens with its list of pages beside it."""
        self.list = QListWidget(self)
        self.sheets = QScrollArea(self)
        self.place = QLabel(self)
        self._column = QWidget(self)
        self._stack = QVBoxLayout(self._column)
        self._tools = QHBoxLayout()
        self.buttons: dict[str, QToolButton] = {}

        self._assemble()
        self.sheets.verticalScrollBar().valueChanged.connect(self._moved)
        self.sheets.viewport().installEventFilter(self)
        self.list.currentRowChanged.connect(self.go_to)
        self.show_pdf(None)

    def show_pdf(self, path: Path | None, titles: Sequence[str] = (), marks: Sequence[Mark] = ()) -> None:
        """Show a file; `titles` name its pages in the list, `marks` are figures that explain themselves.

        None empties the view.
        """
        self.path, self._marks = path, tuple(marks)
        for page in self.pages:
            self._stack.removeWidget(page)
            page.deleteLater()
        self.pages = []
        self.list.clear()
        for button in self.buttons.values():
            button.setEnabled(path is not None)
        if path is None:
            self.place.setText("")
            return
        self._desk.tasks.run(_sizes, path, done=lambda sizes: self._lay_out(path, sizes, list(titles)), owner=self)

    def go_to(self, row: int) -> None:
        """Put a page at the top."""
        if 0 <= row < len(self.pages):
            self.sheets.verticalScrollBar().setValue(self._tops()[row] - theme.gap(0.5))

    def zoom(self, factor: float | None) -> None:
        """1.0 is the size of the paper; None fits the width."""
        self._zoom = factor
        self._resize_pages()

    def zoom_by(self, steps: int) -> None:
        """The next larger or smaller zoom."""
        now = self.zoom_factor()
        if steps > 0:
            self.zoom(next((step for step in STEPS if step > now + 0.01), STEPS[-1]))
        else:
            self.zoom(next((step for step in reversed(STEPS) if step < now - 0.01), STEPS[0]))

    def zoom_factor(self) -> float:
        """The zoom in use."""
        if self._zoom is not None:
            return self._zoom
        widest = max((page.paper[0] for page in self.pages), default=A4[0])
        room = self.sheets.viewport().width() - 2 * theme.gap(0.8)
        return max(0.2, float(room) / (widest / 25.4 * self.logicalDpiX()))

    def add_tool(self, widget: QWidget, at_end: bool = True) -> None:
        """Put a widget into the row above the pages: at its end, or before all tools."""
        self._tools.insertWidget(self._tools.count() if at_end else 0, widget)

    def print(self) -> None:
        """The system's print dialog for the file shown."""
        if self.path is None:
            return
        from okr_desk.ui.printing import ask_and_print

        if ask_and_print(self, self._desk, self.path, len(self.pages), self.copies):
            self.printed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.sheets.viewport() and event.type() == QEvent.Type.Resize and self._zoom is None:
            self._resize_pages()
        return super().eventFilter(watched, event)

    def _assemble(self) -> None:
        self.list.setAccessibleName(_("页列表"))
        self.list.setFixedWidth(theme.span(self, 10))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self.sheets.setAccessibleName(_("打印预览"))
        self.sheets.setWidget(self._column)
        self.sheets.setWidgetResizable(True)
        self._stack.setSpacing(theme.gap(0.8))
        self._stack.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.place.setObjectName("quiet")
        tools = (
            ("list", "document", _("页列表"), self._toggle_list),
            ("out", "zoom_out", _("缩小"), lambda: self.zoom_by(-1)),
            ("in", "zoom_in", _("放大"), lambda: self.zoom_by(1)),
            ("fit", "fit", _("适合宽度"), lambda: self.zoom(None)),
            ("print", "print", _("打印"), self.print),
        )
        for name, icon, words, slot in tools:
            button = QToolButton(self)
            icons.dress(button, icon, "text_quiet")
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, call=slot: call())
            self._tools.addWidget(button)
            self.buttons[name] = button
        self._tools.addWidget(self.place)
        self._tools.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addWidget(self.sheets, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addLayout(self._tools)
        layout.addLayout(body, 1)

    def _lay_out(self, path: Path, sizes: list[tuple[float, float]], titles: list[str]) -> None:
        if path != self.path:
            return
        for number, paper in enumerate(sizes):
            page = PageView(self._desk, path, number, paper, self._column)
            page.set_marks([mark for mark in self._marks if mark.page == number])
            page.chosen.connect(self.figure_chosen)
            page.left.connect(lambda step, at=number: self._go_on(at, step))
            page.reached.connect(self._bring)
            self._stack.addWidget(page)
            self.pages.append(page)
            words = titles[number] if number < len(titles) else _("第 {n} 页").format(n=number + 1)
            self.list.addItem(words)
            self.list.item(number).setToolTip(words.strip())
        self.list.setVisible(self.lists_pages and len(sizes) > 3)
        self._resize_pages()
        self.sheets.verticalScrollBar().setValue(0)
        self._moved(0)

    def _go_on(self, number: int, step: int) -> None:
        """The arrow keys leave a page at its last figure: on to the next page that has any."""
        further = self.pages[number + 1 :] if step > 0 else self.pages[:number][::-1]
        page = next((one for one in further if one.marks), None)
        if page is not None:
            page.setFocus()
            page.enter(step)

    def _bring(self, page: QWidget, box: QRect) -> None:
        """Bring the figure under the arrow keys into sight."""
        at = page.mapTo(self._column, box.center())
        self.sheets.ensureVisible(at.x(), at.y(), box.width(), box.height() + theme.gap(2))

    def _resize_pages(self) -> None:
        factor = self.zoom_factor()
        for page in self.pages:
            page.set_zoom(factor)

    def _moved(self, value: int) -> None:
        if not self.pages:
            return
        middle = value + self.sheets.viewport().height() // 3
        row = max((n for n, top in enumerate(self._tops()) if top <= middle), default=0)
        self.place.setText(_("第 {n} 页，共 {total} 页").format(n=row + 1, total=len(self.pages)))
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.page_shown.emit(row + 1)

    def _tops(self) -> list[int]:
        """Where each page begins, also before the pages were shown for the first time."""
        top, found = self._stack.contentsMargins().top(), []
        for page in self.pages:
            found.append(top)
            top += page.height() + self._stack.spacing()
        return found

    def _toggle_list(self) -> None:
        self.list.setVisible(self.list.isHidden())


def _sizes(path: Path) -> list[tuple[float, float]]:
    """The paper of every page in millimetres."""
    from okr_desk.reports import preview

    return [(width * 25.4 / 72, height * 25.4 / 72) for width, height in preview.page_sizes(path)]
