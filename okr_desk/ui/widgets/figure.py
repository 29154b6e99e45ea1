"""A chart on screen: drawn in the pool from the same chart function as the paper; matplotlib loads on first use."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.ui import theme
from okr_desk.ui.desk import Desk

CHART_TEXT = 7.5
"""Points of the small text in charts; on screen it is drawn as large as the page's small text."""
SETTLE = 90
"""Milliseconds without a change of size before the chart is drawn again."""
_one_at_a_time = Lock()
Maker = Callable[[tuple[float, float], str, float], Any]


class FigureView(QWidget):
    """Shows what `make(size in points, theme, dpi)` draws; nothing until it is there, never a frozen window."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._make: Maker | None = None
        self._image: QImage | None = None
        self._asked = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._draw)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.line_height(self) * 7)

    def show_figure(self, make: Maker | None, name: str = "") -> None:
        """Draw another chart; None empties the place."""
        self._make = make
        if name:
            self.setAccessibleName(name)
        if make is None:
            self._asked += 1
            self._image = None
            self.update()
        elif self.isVisible():
            self._draw()

    @property
    def has_image(self) -> bool:
        """Whether a chart is on screen."""
        return self._image is not None

    def sizeHint(self) -> QSize:
        line = theme.line_height(self)
        return QSize(line * 20, line * 11)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._make is not None:
            self._settle.start()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._make is not None:
            self._settle.start()

    def _draw(self) -> None:
        if self._make is None or self.width() < 20 or self.height() < 20:
            return
        self._asked += 1
        asked = self._asked
        per_point = theme.font("small").pointSizeF() * self.logicalDpiY() / 72 / CHART_TEXT
        size = (self.width() / per_point, self.height() / per_point)
        dpi = 72 * per_point * self.devicePixelRatioF()
        self._desk.tasks.run(
            _rendered,
            self._make,
            size,
            theme.current(),
            dpi,
            done=lambda image: self._take(asked, image),
            owner=self,
        )

    def _take(self, asked: int, image: QImage) -> None:
        if asked == self._asked:
            self._image = image
            self.update()


def _rendered(make: Maker, size: tuple[float, float], theme_name: str, dpi: float) -> QImage:
    """The chart as a picture; matplotlib keeps shared font tables, so one chart is drawn at a time."""
    with _one_at_a_time:
        figure = make(size, theme_name, dpi)
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = canvas.get_width_height(physical=True)
        image = QImage(canvas.buffer_rgba(), width, height, width * 4, QImage.Format.Format_RGBA8888)
        return image.copy()
