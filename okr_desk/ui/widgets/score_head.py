"""The top of a score sheet: total, percent, grade with its light, what limits it, and the OKR ledger beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.score_results import grade_text, percent_text
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import NOTHING, percent, plain
from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.models.score_figures import PLACES, grade_light, limits, total_explained
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.explain_panel import ExplainedNumber

ROOM = 30
"""Lines of text that the window must hold for names above and remarks below the numbers."""

WIDTH = 46
"""Characters of width that four numbers with their names beside them take."""

OTHER = 3
"""The place of the ledger that never enters the grade: that is always said beside it."""


class ScoreHead(QWidget):
    """Four numbers that explain themselves, and under them the sentences that one has to know.

    `asked` tells title, Explained and the words of the number that was clicked.
    """

    asked = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: ScoreSheet | None = None
        self._tight = 0
        self.numbers = QGridLayout()
        self.limits = QLabel(self)
        self.numbers.setContentsMargins(0, 0, 0, 0)
        self.numbers.setHorizontalSpacing(theme.gap(1.1))
        self.numbers.setVerticalSpacing(0)
        self.limits.setWordWrap(True)
        self.limits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.3), 0, 0)
        layout.setSpacing(theme.gap(0.2))
        layout.addLayout(self.numbers)
        layout.addWidget(self.limits)

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """The four numbers and the sentences of a quarter or a year."""
        self._sheet, self._tight = sheet, self._numbers_a_row()
        self._clear()
        made, graded = sheet.sheet, sheet.grade
        total = _("还没有得分") if made is None or made.total.points is None else plain(made.total.points, PLACES)
        explained = None if made is None else total_explained(made)
        self._number(0, _("总分"), explained, total, _full(sheet))
        self._number(1, _("得分率"), explained, percent_text(sheet))
        steps = None if graded is None else Explained(None, graded.steps)
        self._number(2, _("等次"), steps, grade_text(sheet), light=grade_light(sheet))
        words = percent(sheet.progress) if sheet.progress is not None else NOTHING
        self._number(3, _("目标完成度"), None, words, _("另一本账，不计入等次"))
        self.numbers.setColumnStretch(8, 1)
        said = limits(graded)
        self.limits.setText("\n".join(said))
        self.limits.setVisible(bool(said))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sheet is not None and self._tight != self._numbers_a_row():
            self.show_sheet(self._sheet)

    def _numbers_a_row(self) -> int:
        """At large text on a small screen names stand beside their numbers, so that the lines below keep their room.

        How many fit in a row then; 0 where there is room for names above and remarks below.
        """
        if self.window().height() >= ROOM * theme.line_height():
            return 0
        return 4 if self.width() >= theme.span(self, WIDTH) else 2

    def _number(
        self,
        place: int,
        name: str,
        explained: Explained | None,
        words: str,
        context: str = "",
        light: Status | None = None,
    ) -> None:
        head, below = QLabel(name, self), QLabel(context, self)
        for label in (head, below):
            label.setObjectName("quiet")
            label.setToolTip(context)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.3))
        if light is not None:
            row.addWidget(_shape(self, light))
        row.addWidget(self._figure(name, explained, words))
        row.addStretch(1)
        below.setFont(theme.font("small"))
        if self._tight:
            line, at = divmod(place, self._tight)
            self.numbers.addWidget(head, line, 2 * at)
            self.numbers.addLayout(row, line, 2 * at + 1)
            row.insertWidget(row.count() - 1, below)
            below.setVisible(place == OTHER)
            return
        self.numbers.addWidget(head, 0, 2 * place)
        self.numbers.addLayout(row, 1, 2 * place)
        self.numbers.addWidget(below, 2, 2 * place)

    def _figure(self, name: str, explained: Explained | None, words: str) -> QWidget:
        if explained is None:
            plain_number = QLabel(words, self)
            plain_number.setFont(theme.font("title", bold=True))
            plain_number.setAccessibleName(f"{name} {words}")
            return plain_number
        number = ExplainedNumber(name, explained, words, self)
        number.setFont(theme.font("title", bold=True))
        number.setStyleSheet("padding: 0;")
        number.asked.connect(lambda title, found: self.asked.emit(title, found, words))
        return number

    def _clear(self) -> None:
        while self.numbers.count():
            item = self.numbers.takeAt(0)
            inner = item.layout()
            for widget in (
                [item.widget()] if inner is None else [inner.itemAt(n).widget() for n in range(inner.count())]
            ):
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()


def _full(sheet: ScoreSheet) -> str:
    made = sheet.sheet
    if made is None:
        return ""
    named = {block.block.name for block in sheet.blocks}
    parts = made.parts.items() if set(made.parts) - named else ()
    said = [f"{name} {plain(one.points, PLACES)}/{plain(one.maximum)}" for name, one in parts]
    full = _("满分 {n}").format(n=plain(made.total.maximum, PLACES))
    if made.total.reported != made.total.maximum:
        full = _("满分 {n}，已报 {reported}").format(
            n=plain(made.total.maximum, PLACES), reported=plain(made.total.reported, PLACES)
        )
    return " · ".join([full, *said])


def _shape(parent: QWidget, status: Status) -> QLabel:
    size = round(theme.line_height() * 0.8)
    scale = parent.devicePixelRatioF()
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(scale)
    painter = QPainter(picture)
    lights.draw_shape(painter, QRectF(0, 0, size, size), status)
    painter.end()
    label = QLabel(parent)
    label.setPixmap(picture)
    return label
