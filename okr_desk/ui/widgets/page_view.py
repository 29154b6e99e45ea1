"""One page of a preview: its picture, drawn when it comes into sight, and the figures on it that explain themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.i18n import _
from okr_desk.reports.outcome import Mark
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.delegates import dotted_line


class PageView(QWidget):
    """One sheet of paper; asks for its picture when it comes into sight.

    `chosen` tells the key of a marked figure, `reached` where one came under the arrow keys, `left` that they go on.
    """

    chosen = Signal(str)
    reached = Signal(QWidget, QRect)
    left = Signal(int)

    def __init__(self, desk: Desk, path: Path, number: int, paper: tuple[float, float], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path, self._number, self.paper = desk, path, number, paper
        self._image: QImage | None = None
        self._dpi = 0.0
        self._asked = 0.0
        self.marks: tuple[Mark, ...] = ()
        self._under: int | None = None
        self._at: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("第 {n} 页").format(n=number + 1))

    @property
    def is_drawn(self) -> bool:
        """Whether the page's picture is there."""
        return self._image is not None

    def set_zoom(self, factor: float) -> None:
        """1.0 is the size of the paper."""
        self._dpi = self.logicalDpiX() * factor
        self.setFixedSize(QSize(round(self.paper[0] / 25.4 * self._dpi), round(self.paper[1] / 25.4 * self._dpi)))
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The figures of the page that explain themselves: a hand over them, the arrow keys go from one to the next."""
        self.marks = tuple(marks)
        self._under = self._at = None
        self.setMouseTracking(bool(marks))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if marks else Qt.FocusPolicy.NoFocus)
        if marks:
            said = _("{n} 个数可以查看怎样算出来：点击，或用左右方向键选择后按回车")
            self.setAccessibleDescription(said.format(n=len(marks)))

    def enter(self, step: int) -> None:
        """Put the arrow keys on the first figure, or on the last where one comes from below."""
        self._move_to(0 if step > 0 else len(self.marks) - 1)

    def box(self, number: int) -> QRect:
        """Where a figure stands on the screen."""
        of, scale = self.marks[number], self._dpi / 72
        return QRectF(of.left * scale, of.top * scale, of.width * scale, of.height * scale).toAlignedRect()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._hit(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._hit(event)
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = number
            self.update()
            self.chosen.emit(self.marks[number].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self.marks:
            step = 1 if key == Qt.Key.Key_Right else -1
            wanted = (0 if step > 0 else len(self.marks) - 1) if self._at is None else self._at + step
            if 0 <= wanted < len(self.marks):
                self._move_to(wanted)
            else:
                self.left.emit(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self.chosen.emit(self.marks[self._at].key)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        self._paint_marks(painter)
        painter.setPen(theme.colour("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        wanted = self._dpi * self.devicePixelRatioF()
        if wanted and wanted != self._asked:
            self._asked = wanted
            self._desk.tasks.run(
                _picture, self._path, self._number, wanted, done=lambda image: self._take(image, wanted), owner=self
            )

    def _paint_marks(self, painter: QPainter) -> None:
        """A dotted line under the figure that the mouse is over, a frame around the one under the arrow keys."""
        if self._under is not None:
            box = self.box(self._under)
            dotted_line(painter, box.left() + 3, box.bottom() - 2, box.width() - 6)
        if self._at is not None and self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(self.box(self._at))

    def _hit(self, event: QMouseEvent) -> int | None:
        at = event.position().toPoint()
        return next((number for number in range(len(self.marks)) if self.box(number).contains(at)), None)

    def _hover(self, number: int | None) -> None:
        if number == self._under:
            return
        self._under = number
        self.setCursor(Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor)
        self.setToolTip("" if number is None else _("点击查看怎样算出来的"))
        self.update()

    def _move_to(self, number: int) -> None:
        self._at = number
        self.update()
        self.reached.emit(self, self.box(number))

    def _take(self, image: QImage, dpi: float) -> None:
        """A picture asked for at another zoom may arrive late: it only fills an empty page."""
        if dpi == self._asked or self._image is None:
            self._image = image
            self.update()


def _picture(path: Path, number: int, dpi: float) -> QImage:
    from okr_desk.reports import preview

    width, height, data = preview.page_image(path, number, dpi)
    made: Any = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
    copy: QImage = made.copy()
    return copy
