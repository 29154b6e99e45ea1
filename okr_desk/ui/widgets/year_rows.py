"""A year with its four quarters: state, span, last day in time, and the one move that the table allows next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from okr_desk.i18n import _
from okr_desk.queries.cycles import YearView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.cycles import QUARTER_MOVES, YEAR_MOVES, next_move
from okr_desk.terms import QuarterState, YearState, label
from okr_desk.ui import icons, theme
from okr_desk.ui.widgets.cards import Card

ICONS = {
    QuarterState.PLANNING: "clock",
    QuarterState.OPEN: "edit",
    QuarterState.FROZEN: "lock",
    QuarterState.CLOSED: "check",
}
Slot = Callable[[], object]


class YearRows(Card):
    """One card a year. `waits` holds, by quarter id, why the next move cannot be made yet."""

    def __init__(
        self,
        year: YearView,
        waits: dict[int, tuple[str, ...]],
        provisional: frozenset[int],
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._editable = editable
        self.buttons: dict[object, QPushButton] = {}
        self.due_buttons: dict[int, QToolButton] = {}
        self._add_head(year)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(1.2))
        grid.setVerticalSpacing(theme.gap(0.35))
        heads = (_("季度"), _("状态"), _("起止"), _("填报截止日"), "", _("下一步"))
        for column, words in enumerate(heads):
            grid.addWidget(_quiet(words), 0, column)
        for row, quarter in enumerate(year.quarters, start=1):
            self._add_quarter(grid, row, quarter, waits.get(quarter.id, ()), quarter.id in provisional)
        grid.setColumnStretch(5, 1)
        self.content.addLayout(grid)

    def on_year(self, slot: Slot) -> None:
        """What the year's own button does."""
        button = self.buttons.get("year")
        if button is not None:
            button.clicked.connect(lambda: slot())

    def on_move(self, quarter_id: int, slot: Slot) -> None:
        """What a quarter's button does."""
        button = self.buttons.get(quarter_id)
        if button is not None:
            button.clicked.connect(lambda: slot())

    def on_due(self, quarter_id: int, slot: Slot) -> None:
        """What the pen beside the due date does."""
        button = self.due_buttons.get(quarter_id)
        if button is not None:
            button.clicked.connect(lambda: slot())

    def on_reopen(self, quarter_id: int, slot: Slot) -> None:
        """What the button of a frozen quarter for opening again does."""
        button = self.buttons.get(("reopen", quarter_id))
        if button is not None:
            button.clicked.connect(lambda: slot())

    def _add_head(self, year: YearView) -> None:
        head = QHBoxLayout()
        name = QLabel(_("{year} 年度").format(year=year.number), self)
        name.setFont(theme.font("body", bold=True))
        head.addWidget(name)
        head.addWidget(_quiet(label(year.state)))
        if year.copied_from:
            head.addWidget(_quiet(_("由 {year} 年度结转").format(year=year.copied_from)))
        head.addStretch(1)
        move = next_move(YEAR_MOVES, year.state)
        closable = all(q.state is QuarterState.CLOSED for q in year.quarters)
        if move is not None and self._editable and (year.state is YearState.PLANNING or closable):
            self.buttons["year"] = self._button(_(move.action), f"{_(move.action)} {year.number}")
            head.addWidget(self.buttons["year"])
        self.content.addLayout(head)

    def _add_quarter(
        self, grid: QGridLayout, row: int, quarter: QuarterView, waits: tuple[str, ...], provisional: bool
    ) -> None:
        state = QLabel(label(quarter.state), self)
        mark = QLabel(self)
        role = {QuarterState.OPEN: "ok_text", QuarterState.FROZEN: "watch_text"}.get(quarter.state, "text_quiet")
        size = theme.line_height()
        mark.setPixmap(icons.pixmap(ICONS[quarter.state], theme.colour(role), size, self.devicePixelRatioF()))
        both = QHBoxLayout()
        both.setSpacing(theme.gap(0.3))
        both.addWidget(mark)
        both.addWidget(state)
        both.addStretch(1)
        due = str(quarter.due_on) + (_("（暂定）") if provisional else "")
        grid.addWidget(QLabel(quarter.label.removeprefix(_("{year}年").format(year=quarter.year)), self), row, 0)
        grid.addLayout(both, row, 1)
        grid.addWidget(_quiet(f"{quarter.starts_on:%m-%d} — {quarter.ends_on:%m-%d}"), row, 2)
        grid.addWidget(QLabel(due, self), row, 3)
        if self._editable and quarter.state is not QuarterState.CLOSED:
            grid.addWidget(self._pen(quarter), row, 4)
        grid.addLayout(self._next(quarter, waits), row, 5)

    def _pen(self, quarter: QuarterView) -> QToolButton:
        pen = QToolButton(self)
        icons.dress(pen, "edit", "text_quiet")
        words = _("修改{quarter}截止日").format(quarter=quarter.label)
        pen.setToolTip(words)
        pen.setAccessibleName(words)
        self.due_buttons[quarter.id] = pen
        return pen

    def _next(self, quarter: QuarterView, waits: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.5))
        move = next_move(QUARTER_MOVES, quarter.state)
        if move is not None and not waits and self._editable:
            self.buttons[quarter.id] = self._button(_(move.action), f"{_(move.action)} {quarter.label}")
            row.addWidget(self.buttons[quarter.id])
        if quarter.state is QuarterState.FROZEN and self._editable:
            words = _("重新开放…")
            self.buttons[("reopen", quarter.id)] = self._button(words, f"{words} {quarter.label}")
            row.addWidget(self.buttons[("reopen", quarter.id)])
        said = _quiet(waits[0] if waits else _("已办结") if move is None else "")
        said.setWordWrap(True)
        row.addWidget(said, 1)
        return row

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(name)
        return button


def _quiet(words: str) -> QLabel:
    line = QLabel(words)
    line.setObjectName("quiet")
    line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return line
