"""The tab 荣誉: kinds with the bar of their places, and below what was given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from okr_desk.i18n import _
from okr_desk.queries.honours import HonourView, KindView
from okr_desk.queries.title_board import TitleBoard
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import title_rows
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table


class HonoursTab(Place):
    """Two tables under each other; tools are added by the page."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.kinds = Table(desk, title_rows.kind_columns(), "honour_kinds", _("荣誉名额"), self)
        self.given = Table(desk, title_rows.honour_columns(), "honours", _("荣誉"), self)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.6))
        split.addWidget(self.kinds)
        split.addWidget(self.given)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        self.layout_.addWidget(split, 1)

    def show_board(self, of: TitleBoard, may: bool, create: object) -> None:
        """Kinds and what was given; without any kind what to do first."""
        self.kinds.set_rows(of.kinds)
        self.given.set_rows(title_rows.honour_rows(of))
        if of.kinds:
            self.setCurrentWidget(self.content)
            return
        advice = _("先定荣誉的名称、名额和最低等次，再按文件逐项授予；超过名额的程序会拦下。")
        self.show_empty(_("今年还没有设荣誉。"), advice, _("增加荣誉") if may else "", create)  # type: ignore[arg-type]

    def kind(self) -> KindView | None:
        """The kind under the cursor."""
        row = self.kinds.current()
        return row if isinstance(row, KindView) else None

    def honour(self) -> HonourView | None:
        """The honour under the cursor."""
        row = self.given.current()
        return row if isinstance(row, HonourView) else None
