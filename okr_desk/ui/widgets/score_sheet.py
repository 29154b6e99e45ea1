"""The tabs of one branch on the points page: the quarter's sheet, and the year made of its quarters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.scores import ScoreSheet, YearSheets
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import score_rows, score_year_rows
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_sentences import last_quarter
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.score_head import ScoreHead
from okr_desk.ui.widgets.score_marks import ScoreLook
from okr_desk.ui.widgets.table import Table


class ScoreTable(Table):
    """A table of lines and sums."""

    def __init__(self, desk: Desk, columns: Sequence[Column], name: str, title: str, parent: QWidget) -> None:
        super().__init__(desk, columns, name, title, parent)
        self.view.setItemDelegate(ScoreLook(self.view))
        self.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.6))


@dataclass(frozen=True)
class Nothing:
    """What a list without rows says: the sentence, what to do first, and the button that does it."""

    sentence: str
    advice: str = ""
    button: str = ""
    slot: Callable[[], object] | None = None
    is_accent: bool = True


class Place(QStackedWidget):
    """What a tab shows: its content, or why there is none and what to do first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content, self.empty = QWidget(self), Empty(self)
        self.layout_ = QVBoxLayout(self.content)
        self.layout_.setContentsMargins(0, theme.gap(0.2), 0, 0)
        self.layout_.setSpacing(theme.gap(0.4))
        self.addWidget(self.content)
        self.addWidget(self.empty)

    def show_empty(
        self,
        sentence: str,
        advice: str = "",
        button: str = "",
        slot: Callable[[], object] | None = None,
        is_accent: bool = True,
    ) -> None:
        """Say what is lacking and what to do first."""
        self.empty.set(sentence, advice, button, slot, is_accent=is_accent)
        self.setCurrentWidget(self.empty)

    def show_rows_or(self, rows: Sequence[object], nothing: Nothing) -> None:
        """The content where it has rows, else what to do first."""
        if rows:
            self.setCurrentWidget(self.content)
        else:
            self.show_empty(nothing.sentence, nothing.advice, nothing.button, nothing.slot, nothing.is_accent)

    @property
    def is_empty(self) -> bool:
        """Whether it says what is lacking."""
        return self.currentWidget() is self.empty


class SheetPlace(Place):
    """The quarter's sheet: head and lines."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = ScoreHead(self)
        self.table = ScoreTable(desk, score_rows.columns(), "score_sheet", _("计分表"), self)
        self.layout_.addWidget(self.head)
        self.layout_.addWidget(self.table, 1)

    def show_sheet(self, sheet: ScoreSheet, away: Mapping[int, str]) -> None:
        """A branch in a quarter; `away`: why indicators do not apply to it."""
        self.head.show_sheet(sheet)
        self.table.view.setColumnHidden(score_rows.FLAG, not any(block.block.flags for block in sheet.blocks))
        self.table.set_rows(score_rows.rows(sheet, away))
        self.setCurrentWidget(self.content)


class YearPlace(Place):
    """The year's sheet: head, and the quarters beside the year."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = ScoreHead(self)
        self.table = ScoreTable(desk, score_year_rows.columns(), "score_year", _("年度计分表"), self)
        self.layout_.addWidget(self.head)
        self.layout_.addWidget(self.table, 1)

    def show_year(self, of: YearSheets) -> None:
        """A branch in a year."""
        self.head.show_sheet(of.year, last_quarter(of))
        self.table.set_rows(score_year_rows.rows(of))
        self.setCurrentWidget(self.content)
