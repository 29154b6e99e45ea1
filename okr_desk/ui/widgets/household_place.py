"""The tab 联户: members as cards at the left, their households with the visits of the quarter at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard
from okr_desk.rules.households import MonthRefused
from okr_desk.ui import icons, theme
from okr_desk.ui.widgets.keeper_list import KeeperList
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.visit_grid import VisitGrid
from okr_desk.ui.widgets.wrapping import WrappingRow


class HouseholdPlace(Place):
    """`asked` tells what to do with the household or member chosen: add, visit, hand_over, change, end, rate."""

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.keepers, self.grid = KeeperList(self), VisitGrid(self)
        self.hint = QLabel(_("在月份格里填走访的日子，如 3；两次填 3 17。回车到下一户，改完按 Ctrl+S 保存。"), self)
        self.hint.setObjectName("quiet")
        self.hint.setFont(theme.font("small"))
        self.hint.setWordWrap(True)
        self.refusal = QLabel(self)
        self.refusal.setProperty("refusal", True)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        self.buttons: dict[str, QPushButton] = {}
        tools = WrappingRow(theme.gap(0.2))
        for name, words, icon in (
            ("visit", _("登记走访"), "comment"),
            ("hand_over", _("改由他人联系"), "person"),
            ("change", _("修改"), "edit"),
            ("end", _("终止联系"), "close"),
            ("rate", _("半年评分"), "check"),
        ):
            button = QPushButton(words, self)
            button.setProperty("flat", True)
            icons.dress(button, icon, "text_quiet")
            button.clicked.connect(lambda _checked=False, what=name: self.asked.emit(what))
            self.buttons[name] = button
            tools.insert(tools.count(), button)
        place = QWidget(self)
        right = QVBoxLayout(place)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.gap(0.3))
        right.addLayout(tools)
        right.addWidget(self.grid, 1)
        right.addWidget(self.refusal)
        right.addWidget(self.hint)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.6))
        split.addWidget(self.keepers)
        split.addWidget(place)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.span(self, 17), 4 * theme.span(self, 17)])
        self.layout_.addWidget(split, 1)
        self._board: BranchBoard | None = None
        self._may = False
        self.keepers.chosen.connect(lambda _key: self._show_chosen())
        self.grid.currentCellChanged.connect(lambda *_cells: self._follow())

    def show_board(self, of: BranchBoard, may_enter: bool) -> None:
        """Show the branch; typed cells stay typed."""
        self._board, self._may = of, may_enter
        if not of.households:
            button = _("登记联系户") if may_enter else ""
            said = _("还没有登记联系户。")
            advice = _("每名党员联系 5 至 10 户，就亲就熟就便；每月走访一次，半年评一次。")
            self.show_empty(said, advice, button, lambda: self.asked.emit("add"))
            return
        self.keepers.show_board(of)
        self.setCurrentWidget(self.content)
        self._show_chosen()

    def refuse(self, error: Exception) -> None:
        """The sentence under the grid, the cursor in the month that it is about; nothing typed is lost."""
        self.refusal.setText(str(error))
        self.refusal.show()
        if isinstance(error, MonthRefused):
            self.grid.go_to(error.household_id, error.month)

    def clear_refusal(self) -> None:
        """Before the next try."""
        self.refusal.hide()

    @property
    def member_id(self) -> int | None:
        """The member whose card is chosen; the keeper of the household under the cursor where all are shown."""
        if self.keepers.key > 0:
            return self.keepers.key
        one = self.grid.current()
        return None if one is None else one.member_id

    def _show_chosen(self) -> None:
        of = self._board
        if of is None:
            return
        self.grid.show_households(self.keepers.of_key(of), of.quarter.year, of.today, of.name_of, self._may)
        self._follow()

    def _follow(self) -> None:
        one = self.grid.current()
        open_one = self._may and one is not None and one.ended_on is None
        for name in ("visit", "hand_over", "change", "end"):
            self.buttons[name].setEnabled(open_one)
        self.buttons["rate"].setEnabled(self._may and self.member_id is not None)
        self.hint.setVisible(self._may)
