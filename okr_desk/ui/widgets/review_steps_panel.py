"""Right of the sheet: only the legal next steps, each with who and by when; what lacks stands under its button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_desk import Legal, ReviewRow
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.permissions import Action
from okr_desk.terms import Status, label
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import accent
from okr_desk.ui.models import review_words as words
from okr_desk.ui.widgets import lights

if TYPE_CHECKING:
    from okr_desk.services.reviews import Moved

ICONS = {
    ReviewStep.SUBMIT: "chevron_right",
    ReviewStep.RETURN: "undo",
    ReviewStep.OPINE: "comment",
    ReviewStep.DELIVER: "document",
    ReviewStep.OBJECT: "flag",
    ReviewStep.DECIDE: "shield",
    ReviewStep.PUBLICISE: "eye",
    ReviewStep.CORRECT: "edit",
}
"""What is not here has a tick."""
OF_OFFICE = (Action.CHECK_REVIEW, Action.DECIDE_REVIEW)
BESIDE = (ReviewStep.RETURN, ReviewStep.OBJECT, ReviewStep.CORRECT)
"""Steps that lead beside the way: never the one thing to do next."""


class StepsPanel(QScrollArea):
    """`asked` tells the step for the branch shown, `bulk_asked` the step for all that are ticked."""

    asked = Signal(object)
    bulk_asked = Signal(object)
    objections_asked = Signal()
    untick_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self.said: list[str] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("下一步"))
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.2), 0)
        self._rows.setSpacing(theme.gap(0.2))
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_row(self, row: ReviewRow, quarter: QuarterView, day: date, calendar: Calendar, is_office: bool) -> None:
        """The steps of one branch."""
        self._clear()
        self._title(row.org.short_name)
        self._state(row, day, calendar)
        steps = ordered(row, is_office)
        first = next((one for one in steps if is_next(row, one, is_office)), None)
        for one in steps:
            self._step(row, one, quarter, is_office, is_first=one is first)
        waiting = [one for one in row.objections if one.is_open]
        if row.state is ReviewState.OBJECTED and is_office:
            due = min((one.due_on for one in waiting), default=day)
            self._button(_("答复申辩…"), "comment", self.objections_asked.emit, first=True)
            self._say(_("{n} 件待答复，{left}").format(n=len(waiting), left=words.left(due, day, calendar)), quiet=True)
        elif not steps:
            self._say(words.next_by_others(row), quiet=True)
        if row.objections:
            self._gap()
            self._button(_("查看申辩（{n} 件）").format(n=len(row.objections)), "flag", self.objections_asked.emit)
        self._finish()

    def show_ticked(self, rows: Sequence[ReviewRow], quarter: QuarterView) -> None:
        """The steps that can be taken for many at once, the one that fits most of them first."""
        self._clear()
        self._title(_("已勾选 {n} 个支部").format(n=len(rows)))
        able = bulk(rows)
        own = {step: those for step, those in able.items() if rules.move_of(those[0].state, step).who in OF_OFFICE}
        most = max(own, key=lambda step: len(own[step]), default=None)
        for step, those in able.items():
            more = _("…")
            self._button(
                label(step) + more, ICONS.get(step, "check"), partial(self.bulk_asked.emit, step), step is most
            )
            said = _("对 {n} 个支部办理").format(n=len(those))
            rest = len(rows) - len(those)
            more = _("另有 {n} 个现在不能办").format(n=rest) if rest else ""
            self._say("\n".join(part for part in (said, more) if part), quiet=True)
            self._gap()
        if not able:
            self._say(_("勾选的支部现在没有可以一并办理的步骤。"), quiet=True)
        self._button(_("取消勾选"), "close", self.untick_asked.emit, flat=True)
        self._finish()

    def show_moved(self, step: ReviewStep, moved: Moved) -> None:
        """What a bulk action did; those that did not move stand here with the reason, to copy."""
        if not moved.refused:
            return
        lines = [_("{org}：{why}").format(org=one.org, why=one.why) for one in moved.refused]
        self._clear()
        self._title(label(step))
        done = _("已办理 {n} 个支部，{m} 个没有办理：").format(n=moved.count, m=len(lines))
        self._say(done)
        for line in lines:
            self._say(line, quiet=True)
        text = "\n".join((done, *lines))
        self._button(_("复制名单"), "copy", lambda: QApplication.clipboard().setText(text))
        self._button(_("知道了"), "check", self.untick_asked.emit, flat=True)
        self._finish()

    # Inside

    def _clear(self) -> None:
        self.buttons, self.said = [], []
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = None if item is None else item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _finish(self) -> None:
        """As wide as the longest button: nothing is cut, in any language and size of text."""
        self._rows.addStretch(1)
        widest = max((button.sizeHint().width() for button in self.buttons), default=0)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(theme.span(self, 12), widest + theme.gap(0.2) + bar))

    def _title(self, text: str) -> None:
        title = QLabel(text, self)
        title.setFont(theme.font("body", bold=True))
        title.setWordWrap(True)
        self._rows.addWidget(title)

    def _state(self, row: ReviewRow, day: date, calendar: Calendar) -> None:
        place = QWidget(self)
        shape = _Shape(words.light(row, day), place)
        text = label(row.state)
        term = words.term(row, day, calendar)
        said = QLabel(f"{text} · {term}" if term else text, place)
        said.setWordWrap(True)
        layout = QHBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, theme.gap(0.5))
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(said, 1)
        self.said.append(said.text())
        self._rows.addWidget(place)

    def _step(self, row: ReviewRow, one: Legal, quarter: QuarterView, is_office: bool, *, is_first: bool) -> None:
        may = words.may_take(row, one)
        more = _("…")
        self._button(
            label(one.step) + more, ICONS.get(one.step, "check"), lambda: self.asked.emit(one.step), is_first, may
        )
        move = rules.move_of(row.state, one.step)
        when = words.by_when(row, one.step, quarter)
        on_behalf = is_office and move.who not in OF_OFFICE
        who = _("{who}，可凭纸质代录").format(who=words.who(move.who)) if on_behalf else words.who(move.who)
        self._say("\n".join(part for part in (who, when) if part), quiet=True)
        for sentence in one.lacking:
            self._say(sentence, warn=True)
        self._gap()

    def _say(self, text: str, quiet: bool = False, warn: bool = False) -> None:
        said = QLabel(text, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if quiet or warn:
            said.setFont(theme.font("small"))
        if quiet:
            said.setObjectName("quiet")
        if warn:
            said.setProperty("watch", True)
        self.said.append(text)
        self._rows.addWidget(said)

    def _gap(self) -> None:
        space = QWidget(self)
        space.setFixedHeight(theme.gap(0.25))
        self._rows.addWidget(space)

    def _button(
        self,
        text: str,
        icon: str,
        slot: Callable[[], object],
        first: bool = False,
        enabled: bool = True,
        flat: bool = False,
    ) -> None:
        button = QPushButton(text, self)
        icons.dress(button, icon, "on_accent" if first and enabled else "text" if enabled else "text_faint")
        button.setEnabled(enabled)
        if flat:
            button.setProperty("flat", True)
        if first and enabled:
            accent(button)
        button.clicked.connect(lambda _checked=False: slot())
        self._rows.addWidget(button)
        self.buttons.append(button)


class _Shape(QWidget):
    """The shape of a light in the height of a line."""

    def __init__(self, status: Status, parent: QWidget) -> None:
        super().__init__(parent)
        self._status = status
        line = theme.line_height()
        self.setFixedSize(round(line * 0.7), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.line_height() * 0.62
        lights.draw_shape(painter, QRectF(0, (self.height() - size) / 2, size, size), self._status)
        painter.end()


def ordered(row: ReviewRow, is_office: bool) -> list[Legal]:
    """What comes next first, then what can be done beside it, last what lacks something."""
    return sorted(
        row.legal,
        key=lambda one: (not is_next(row, one, is_office), not words.may_take(row, one), one.step in BESIDE),
    )


def is_next(row: ReviewRow, legal: Legal, is_office: bool) -> bool:
    """Whether a step is this person's own next one, and can be taken."""
    own = is_office == (rules.move_of(row.state, legal.step).who in OF_OFFICE)
    return own and legal.step not in BESIDE and words.may_take(row, legal)


def bulk(rows: Sequence[ReviewRow]) -> dict[ReviewStep, tuple[ReviewRow, ...]]:
    """The steps that can be taken for many, in the order of the way, each with the branches that can take it."""
    found = {}
    for step in rules.BULK:
        those = tuple(row for row in rows if any(one.step is step and not one.lacking for one in row.legal))
        if those:
            found[step] = those
    return found
