"""What would pass on to an heir, line by line, while the merger or split is still being typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QListWidget, QWidget

from okr_desk.i18n import _
from okr_desk.queries import successions
from okr_desk.queries.successions import Passing
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk

LINES = 4


class PassingList(QListWidget):
    """One line for each predecessor, then each indicator that the office has to settle."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.setWordWrap(True)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFixedHeight(round(theme.line_height() * LINES))

    def ask(self, heirs_of: Sequence[int], into_id: int | None, on: date | None) -> None:
        """Read what these would pass on; an answer that a later question has overtaken is dropped."""
        self._asked += 1
        asked = self._asked
        if on is None or not heirs_of:
            return

        def show(plan: tuple[Passing, ...]) -> None:
            if asked == self._asked:
                self._show(plan)

        self._desk.tasks.read(
            successions.plan,
            tuple(heirs_of),
            into_id,
            on,
            done=show,
            failed=lambda error: self.say(str(error)),
            owner=self,
        )

    def say(self, sentence: str) -> None:
        """One sentence instead of a plan."""
        self._asked += 1
        self._fill([sentence])

    def texts(self) -> tuple[str, ...]:
        """The lines shown."""
        return tuple(self.item(row).text() for row in range(self.count()))

    def _show(self, plan: tuple[Passing, ...]) -> None:
        lines = [passing.summary for passing in plan]
        for passing in plan:
            lines += [_("需核定：{sentence}").format(sentence=found.sentence) for found in passing.unsettled]
        self._fill(lines)

    def _fill(self, lines: list[str]) -> None:
        self.clear()
        self.addItems(lines)
        self.setAccessibleDescription("\n".join(lines))
