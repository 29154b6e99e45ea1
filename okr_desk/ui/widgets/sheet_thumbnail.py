"""When a branch has reported everything: its review sheet as a small picture, ready to print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import reviews
from okr_desk.queries.checkins import FillSheet
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk

DPI = 80
A4 = 210 / 297


class SheetReady(QFrame):
    """One calm line, the first page of the sheet, and the way to the printer."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._desk = desk
        self._digest = ""
        self.words = QLabel(_("本季已经报齐，评审表可以打印签字。"), self)
        self.words.setWordWrap(True)
        self.words.setFont(theme.font("body", bold=True))
        self.picture = Picture(self)
        self.button = QPushButton(_("预览并打印"), self)
        self.button.setProperty("accent", True)
        icons.dress(self.button, "print", "on_accent")

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.7)] * 4)
        layout.setSpacing(theme.gap(0.5))
        layout.addWidget(self.words)
        layout.addWidget(self.picture, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self.wanted)
        self.picture.pressed.connect(self.wanted)

    def show_sheet(self, sheet: FillSheet) -> None:
        """Draw the sheet in the pool; the same sheet is not drawn twice."""
        quarter = sheet.quarter
        self._desk.tasks.read(reviews.sheet, sheet.org.id, quarter.year, quarter.number, done=self._draw, owner=self)

    def _draw(self, sheet: ReviewSheet) -> None:
        if sheet.digest == self._digest:
            return
        self._digest = sheet.digest
        self.picture.take(None)
        bundled, at = self._desk.settings.bundled_fonts, self._desk.clock.now()
        self._desk.tasks.run(first_page, sheet, at, bundled, done=self.picture.take, owner=self)


class Picture(QWidget):
    """A page that keeps its proportions; a click opens it."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("评审表第一页"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def take(self, image: QImage | None) -> None:
        """Show a page; None: it is being drawn."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        wide = theme.span(self, 10)
        return QSize(wide, round(wide / A4))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide = min(self.width(), self.height() * A4)
        page = QRectF((self.width() - wide) / 2, 0, wide, wide / A4).adjusted(1, 1, -1, -1)
        if self.image is not None:
            painter.drawImage(page, self.image)
        else:
            painter.fillRect(page, theme.colour("skeleton"))
        painter.setPen(theme.colour("line_strong"))
        painter.drawRect(page)
        painter.end()


def first_page(sheet: ReviewSheet, printed_at: datetime, bundled_fonts: bool) -> QImage:
    """The first page of a sheet as it will be printed. The PDF engine is loaded on first use."""
    from okr_desk.reports import preview, quarterly_review

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        quarterly_review.render([sheet], path, printed_at=printed_at, bundled_fonts=bundled_fonts)
        width, height, pixels = preview.page_image(path, 0, DPI)
    return QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888).copy()
