"""经过: every step with its day, who and what was said, objections with their answers, and the versions published."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.publications import Publication
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.queries.review_records import StepView
from okr_desk.queries.wording import day_text
from okr_desk.terms import label
from okr_desk.ui import icons, theme


class ReviewHistory(QScrollArea):
    """`opened` tells the id of the version to look at."""

    opened = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said: list[str] = []
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("经过"))
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, theme.gap(0.5), theme.gap(0.4), 0)
        self._rows.setSpacing(0)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_row(self, row: ReviewRow, versions: Sequence[Publication]) -> None:
        """Fill the place for a branch."""
        self._clear()
        steps = row.record.steps
        for place, step in enumerate(steps):
            self._rows.addWidget(self._step(step, is_last=place == len(steps) - 1))
        if not steps:
            self._say(_("评审还没有开始。支部报送自评以后，每一步都记在这里。"), quiet=True)
        if versions:
            self._head(_("已发布的评审表"))
        for one in reversed(versions):
            self._rows.addWidget(self._version(one))
        self._rows.addStretch(1)

    # Inside

    def _clear(self) -> None:
        self.said, self.buttons = [], []
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = None if item is None else item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _step(self, step: StepView, *, is_last: bool) -> QWidget:
        place = _Knot(self, is_last)
        head, *more = told(step)
        self.said.append(" ".join((head, *more)))
        title = QLabel(f"<b>{label(step.step)}</b>　{head}", place)
        title.setWordWrap(True)
        title.setTextFormat(Qt.TextFormat.RichText)
        column = QVBoxLayout(place)
        column.setContentsMargins(round(theme.line_height() * 1.5), 0, 0, theme.gap(0.7))
        column.setSpacing(theme.gap(0.1))
        column.addWidget(title)
        for words in more:
            line = QLabel(words, place)
            line.setWordWrap(True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
        who = QLabel(
            _("{name} {at} 登记").format(name=step.recorded_by, at=f"{local(step.recorded_at):%m-%d %H:%M}"), place
        )
        who.setObjectName("quiet")
        who.setFont(theme.font("small"))
        column.addWidget(who)
        return place

    def _version(self, one: Publication) -> QWidget:
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, theme.gap(0.2))
        said = _("第 {n} 版　{day}　{by} 发布").format(n=one.version, day=day_text(one.published_on), by=one.by)
        words = QLabel(f"{said}　{one.reason}" if one.reason else said, place)
        words.setWordWrap(True)
        words.setToolTip(_("校验码 {code}").format(code=one.digest[:12]))
        self.said.append(words.text())
        button = QPushButton(_("查看、打印"), place)
        icons.dress(button, "document", "text")
        button.setAccessibleName(_("查看、打印第 {n} 版").format(n=one.version))
        button.clicked.connect(lambda: self.opened.emit(one.id))
        self.buttons.append(button)
        row.addWidget(words, 1)
        row.addWidget(button)
        return place

    def _head(self, words: str) -> None:
        head = QLabel(words, self)
        head.setFont(theme.font("body", bold=True))
        head.setContentsMargins(0, theme.gap(0.4), 0, theme.gap(0.3))
        self._rows.addWidget(head)

    def _say(self, words: str, quiet: bool = False) -> None:
        said = QLabel(words, self)
        said.setWordWrap(True)
        if quiet:
            said.setObjectName("quiet")
        self.said.append(words)
        self._rows.addWidget(said)


class _Knot(QWidget):
    """A place on the line of time: a dot, and the line to the next one."""

    def __init__(self, parent: QWidget, is_last: bool) -> None:
        super().__init__(parent)
        self._is_last = is_last

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.line_height()
        middle, top, size = line * 0.6, line * 0.5, line * 0.5
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        if not self._is_last:
            painter.drawLine(round(middle), round(top), round(middle), self.height() + round(top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("focus" if self._is_last else "line_strong"))
        painter.drawEllipse(QRectF(middle - size / 2, top - size / 2, size, size))
        painter.end()


def told(step: StepView) -> list[str]:
    """Day and who; then what was said, what it rests on, who stood in, and what runs from it."""
    who = _("（{name}）").format(name=step.by) if step.by else ""
    found = [f"{day_text(step.on)}{who}"]
    if step.note:
        found.append(step.note)
    if step.document:
        found.append(_("依据：{paper}").format(paper=step.document))
    if step.substitution:
        found.append(_("代行：{who}").format(who=step.substitution))
    if step.until is not None:
        found.append(_("期限到 {day}").format(day=day_text(step.until)))
    return found
