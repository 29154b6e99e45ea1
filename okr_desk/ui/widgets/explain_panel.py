"""Why a number is what it is: the value and the steps that lead to it, beside the number and never over it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.ui import icons, theme
from okr_desk.ui.widgets.delegates import dotted_line


class ExplainPanel(QWidget):
    """Value large, steps numbered, a button that copies all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = QLabel(self)
        self.value.setFont(theme.font("title", bold=True))
        self._steps = QVBoxLayout()
        self._text = ""
        copy = QPushButton(_("复制说明"), self)
        copy.setProperty("flat", True)
        icons.dress(copy, "copy", "text_quiet")
        inner = QWidget(self)
        inner.setLayout(self._steps)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(theme.gap(0.5))
        scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        scroll.setAccessibleName(_("计算过程"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.value)
        layout.addWidget(scroll, 1)
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))

    def show_explained(
        self, title: str, explained: Explained, words: str = "", inputs: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show the steps; `words` is how the value is written where it was clicked (default: as a number).

        `inputs`: name and words of each thing that the value was worked out from, below the steps.
        """
        shown = words or plain(explained.value)
        self.value.setText(shown)
        while self._steps.count():
            widget = self._steps.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        steps = explained.steps or (_("没有可以说明的步骤。"),)
        for number, step in enumerate(steps, 1):
            self._steps.addWidget(_step(number, step))
        for name, said in inputs:
            self._steps.addWidget(_input(name, said))
        self._steps.addStretch(1)
        told = [*(f"{n}. {step}" for n, step in enumerate(steps, 1)), *(f"{name}：{said}" for name, said in inputs)]
        self._text = "\n".join([f"{title} {shown}", *told])

    @property
    def text(self) -> str:
        """The explanation as text, as it is copied."""
        return self._text


class ExplainedNumber(QPushButton):
    """A number outside a table with the dotted underline; `asked` tells title and Explained."""

    asked = Signal(str, object)

    def __init__(self, title: str, explained: Explained, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words or percent(explained.value), parent)
        self.setProperty("flat", True)
        self.setAccessibleName(f"{title} {self.text()}")
        self.setToolTip(_("点击查看怎样算出来的"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.asked.emit(title, explained))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        wide = self.fontMetrics().horizontalAdvance(self.text())
        box = QRectF(self.rect())
        dotted_line(painter, box.center().x() - wide / 2, box.center().y() + self.fontMetrics().height() * 0.48, wide)
        painter.end()


_SIGN = re.compile("([×÷＋－＝≈])")
"""Behind these a formula may go on in the next line: it has no blanks."""


class _Wrapped(QLabel):
    """A sentence that wraps and can be marked with the mouse."""

    def __init__(self, text: str) -> None:
        super().__init__(_SIGN.sub("\\1\u200b", text))
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(theme.span(self, 4))


def _input(name: str, said: str) -> QWidget:
    place = QWidget()
    quiet = QLabel(name)
    quiet.setObjectName("quiet")
    quiet.setFont(theme.font("small"))
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(quiet)
    layout.addWidget(_Wrapped(said))
    return place


def _step(number: int, text: str) -> QWidget:
    row = QWidget()
    mark = QLabel(f"{number}")
    mark.setObjectName("quiet")
    mark.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    mark.setMinimumWidth(theme.span(mark, 1))
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(mark)
    layout.addWidget(_Wrapped(text), 1)
    return row
