"""A drawn picture of one row of a workbook: column letters, heads, cells, and the doubtful one marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.models.workbook_rows import CellShown, RowShown

WIDEST = 13.0
NARROWEST = 2.6
"""Width of a cell in characters; wider text is cut with an ellipsis, the doubtful cell never."""
LINES = 2
"""Lines of text in a cell."""


class RowPicture(QWidget):
    """The row as it stands in the workbook."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: RowShown | None = None
        self._widths: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: RowShown | None) -> None:
        """Draw a row; None leaves the place empty."""
        self.row = row
        self.setAccessibleName(_("表中原样：{row}").format(row=row.words) if row else "")
        self.setToolTip(row.words if row else "")
        self.setFixedHeight(self._height())
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.span(self, 40), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.span(self, 16), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.row is None:
            return
        painter = QPainter(self)
        letters, heads, cells = self._bands()
        margin = self._margin()
        painter.fillRect(QRectF(0, 0, margin + sum(self._widths), letters), theme.colour("hover"))
        painter.fillRect(QRectF(0, 0, margin, letters + heads + cells), theme.colour("hover"))
        x = float(margin)
        marked: QRectF | None = None
        for cell, width in zip(self.row.cells, self._widths, strict=True):
            self._paint_cell(painter, cell, QRectF(x, 0, width, letters + heads + cells))
            if cell.is_asked:
                marked = QRectF(x, letters + heads, width, cells)
            x += width
        painter.setPen(theme.colour("text_quiet"))
        painter.setFont(theme.font("small"))
        number = str(self.row.number) if self.row.number else ""
        painter.drawText(QRectF(0, letters + heads, margin, cells), Qt.AlignmentFlag.AlignCenter, number)
        self._paint_lines(painter, x, (0.0, letters, letters + heads, letters + heads + cells))
        if marked is not None:
            painter.setPen(QPen(theme.colour("watch"), 2))
            painter.drawRect(marked.adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: CellShown, box: QRectF) -> None:
        letters, heads, cells = self._bands()
        small, body = theme.font("small"), theme.font("body", bold=cell.is_asked)
        painter.setFont(small)
        painter.setPen(theme.colour("text" if cell.is_asked else "text_quiet"))
        painter.drawText(QRectF(box.x(), 0, box.width(), letters), Qt.AlignmentFlag.AlignCenter, cell.letter)
        inner = box.adjusted(theme.gap(0.2), 0, -theme.gap(0.2), 0)
        head = QFontMetrics(small).elidedText(cell.head, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.setPen(theme.colour("text_quiet"))
        painter.drawText(QRectF(inner.x(), letters, inner.width(), heads), Qt.AlignmentFlag.AlignCenter, head)
        place = QRectF(box.x(), letters + heads, box.width(), cells)
        if cell.is_asked:
            painter.fillRect(place, theme.colour("watch_soft"))
        painter.setFont(body)
        painter.setPen(theme.colour("text"))
        text = cell.text if cell.text or not cell.is_asked else _("（空白）")
        words = _cut(text, body, int(inner.width()))
        painter.drawText(
            QRectF(inner.x(), place.y(), inner.width(), place.height()),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere,
            words,
        )

    def _paint_lines(self, painter: QPainter, right: float, levels: tuple[float, ...]) -> None:
        painter.setPen(theme.colour("line_strong"))
        for y in levels:
            painter.drawLine(0, round(y), round(right), round(y))
        bottom, x = round(levels[-1]), float(self._margin())
        painter.drawLine(0, 0, 0, bottom)
        for width in (0, *self._widths):
            x += width
            painter.drawLine(round(x), 0, round(x), bottom)

    def _bands(self) -> tuple[int, int, int]:
        """Heights of the letters, the heads and the cells."""
        small = QFontMetrics(theme.font("small")).height()
        body = QFontMetrics(theme.font("body")).height()
        has_letters = self.row is not None and any(cell.letter for cell in self.row.cells)
        return (round(small * 1.15) if has_letters else 0), round(small * 1.4), round(body * (LINES + 0.3))

    def _height(self) -> int:
        return sum(self._bands()) + 1

    def _margin(self) -> int:
        return theme.span(self, 2) if self.row is not None and self.row.number else 0

    def _fit(self) -> None:
        """Widths by content; where they do not fit, the widest give way first."""
        self._widths = []
        if self.row is None:
            return
        room = max(1, self.width() - self._margin() - 2)
        wanted = [self._natural(cell) for cell in self.row.cells]
        fixed = sum(width for cell, width in zip(self.row.cells, wanted, strict=True) if cell.is_asked)
        most = float(theme.span(self, WIDEST))
        least = theme.span(self, NARROWEST)
        while most > least and fixed + sum(min(w, most) for w in self._others(wanted)) > room:
            most *= 0.92
        self._widths = [
            width if cell.is_asked else int(min(width, most))
            for cell, width in zip(self.row.cells, wanted, strict=True)
        ]
        spare = room - sum(self._widths)
        if spare < 0:
            share = room / sum(self._widths)
            self._widths = [int(width * share) for width in self._widths]

    def _others(self, wanted: list[int]) -> list[int]:
        assert self.row is not None
        return [width for cell, width in zip(self.row.cells, wanted, strict=True) if not cell.is_asked]

    def _natural(self, cell: CellShown) -> int:
        small = QFontMetrics(theme.font("small")).horizontalAdvance(cell.head)
        body = QFontMetrics(theme.font("body", bold=cell.is_asked)).horizontalAdvance(cell.text)
        lines = 1 if body <= theme.span(self, 8) else LINES
        least = theme.span(self, 4 if cell.is_asked else NARROWEST)
        most = theme.span(self, WIDEST)
        return min(max(small, body // lines + theme.span(self, 0.5), least) + theme.gap(0.6), most)


def _cut(text: str, font: QFont, width: int) -> str:
    """As much as two lines hold, the rest as an ellipsis."""
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return text
    at = len(text)
    while at > 1 and metrics.horizontalAdvance(text[:at]) > width:
        at -= 1
    rest = metrics.elidedText(text[at:].strip(), Qt.TextElideMode.ElideRight, width)
    return f"{text[:at]}\n{rest}"
