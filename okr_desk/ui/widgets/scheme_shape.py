"""What a sheet is made of: the shares of the three dimensions against 60/25/15, and how many indicators."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from okr_desk.i18n import _
from okr_desk.rules.schemes import MANY, Aims
from okr_desk.terms import Dimension
from okr_desk.ui import theme
from okr_desk.ui.models import scheme_words as words

ROLES = {Dimension.BASIC: "trend", Dimension.FUSION: "plan", Dimension.INNOVATION: "track"}
"""Tones from strong to faint, told apart by their order too."""
WIDE = 8
"""Width of the bar in characters."""


class SchemeShape(QWidget):
    """One quiet line: a small bar with two ticks, and the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.said, self.warning = _Bar(self), QLabel(self), QLabel(self)
        self.said.setObjectName("quiet")
        self.warning.setProperty("watch", True)
        for label in (self.said, self.warning):
            label.setFont(theme.font("small"))
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.3), 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.warning)

    def show_shape(self, found: Aims) -> None:
        """Show the shares of a draft."""
        said = words.shape(found)
        self.said.setText(said)
        self.said.setToolTip(said)
        self.bar.show_shares(found)
        over = found.indicators > MANY
        self.warning.setText(_("▲ 超过 {most} 项，不宜太细").format(most=MANY) if over else "")
        self.warning.setVisible(over)


class _Bar(QWidget):
    """Three parts of a bar; ticks stand where they should end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Aims | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_shares(self, found: Aims) -> None:
        self._found = found
        self.setAccessibleName(words.shape(found))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.span(self, WIDE), theme.line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter = QPainter(self)
        high = self.height() * 0.36
        top = (self.height() - high) / 2
        x, aim = 0.0, 0.0
        painter.fillRect(QRectF(0, top, self.width(), high), theme.colour("hover"))
        for dimension in Dimension:
            wide = float(self._found.shares[dimension]) * self.width()
            painter.fillRect(QRectF(x, top, wide, high), theme.colour(ROLES[dimension]))
            x += wide
        painter.setPen(QPen(theme.colour("text"), 1.2))
        for dimension in (Dimension.BASIC, Dimension.FUSION):
            aim += float(words.TARGET_SHAPE[dimension]) * self.width()
            painter.drawLine(QPointF(aim, top - high * 0.4), QPointF(aim, top + high * 1.4))
        painter.end()
