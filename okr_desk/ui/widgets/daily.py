"""日常工作 on the desk of a branch: what it owes there, and a way to every register of the week."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.queries.reminder import Reminder
from okr_desk.queries.wording import days_left
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.navigation import DAILY, entries_for

COLUMNS = 2


class Daily(QFrame):
    """A button to each register that the person may use; below, what is owed there, overdue first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.reminders: tuple[Reminder, ...] = ()
        self.setObjectName("side")
        title = QLabel(_("日常工作"), self)
        title.setFont(theme.font("body", bold=True))
        self.ways = QGridLayout()
        self.ways.setSpacing(theme.gap(0.2))
        self.list = QWidget(self)
        self._lines = QVBoxLayout(self.list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.gap(0.5))
        self.place = QScrollArea(self)
        self.place.setWidget(self.list)
        self.place.setWidgetResizable(True)
        self.place.setFrameShape(QFrame.Shape.NoFrame)
        self.place.viewport().setAutoFillBackground(False)
        self.list.setAutoFillBackground(False)
        self.place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addLayout(self.ways)
        layout.addSpacing(theme.gap(0.3))
        layout.addWidget(self.place, 1)

    def show_reminders(self, reminders: Sequence[Reminder], org_id: int, day: date) -> None:
        """Fill both parts for a branch as of `day`."""
        self.reminders = tuple(reminders)
        self._offer(org_id)
        _empty(self._lines)
        for one in self.reminders:
            self._lines.addWidget(self._line(one, org_id, day))
        if not self.reminders:
            calm = QLabel(_("日常工作没有待办。"), self.list)
            calm.setObjectName("quiet")
            calm.setWordWrap(True)
            self._lines.addWidget(calm)
        self._lines.addStretch(1)

    def _offer(self, org_id: int) -> None:
        _empty(self.ways)
        entries = [entry for entry in entries_for(self.desk.actor) if entry.key in DAILY]
        for place, entry in enumerate(entries):
            button = QPushButton(entry.title, self)
            button.setProperty("flat", True)
            button.setStyleSheet(f"text-align: left; padding: {theme.gap(0.2)}px {theme.gap(0.1)}px;")
            icons.dress(button, entry.icon, "text")
            button.clicked.connect(partial(self._go, entry.key, org_id, ()))
            self.ways.addWidget(button, place // COLUMNS, place % COLUMNS)

    def _line(self, one: Reminder, org_id: int, day: date) -> QWidget:
        line = QWidget(self.list)
        said = html.escape(one.said)
        if one.due_on is not None:
            left = html.escape(days_left((one.due_on - day).days))
            said += f" <b>{left}</b>" if one.is_overdue(day) else f" <small>{left}</small>"
        words = QLabel(said, line)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.RichText)
        button = QPushButton(one.button, line)
        button.setAccessibleName(f"{one.button} {one.said}")
        button.clicked.connect(partial(self._go, one.page, org_id, one.arguments))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        button.setStyleSheet(f"padding: {theme.gap(0.15)}px {theme.gap(0.4)}px;")
        layout.addWidget(words, 1)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _go(self, page: str, org_id: int, arguments: Sequence[tuple[str, object]]) -> None:
        self.desk.go(page, **{"org_id": org_id, **dict(arguments)})


def _empty(layout: QLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.deleteLater()
