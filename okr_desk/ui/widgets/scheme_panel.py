"""Beside the tree: what is left to change, and what stands under the cursor with its fields and its curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules.schemes import BlockDraft, Known, LineDraft, Problem, SchemeDraft
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.scheme_tree import Spot
from okr_desk.ui.widgets.scheme_block import BlockFields
from okr_desk.ui.widgets.scheme_line import LineFields

_PROBLEM = Qt.ItemDataRole.UserRole
SHARE = 0.28
"""How much of the panel's height the list may take before it scrolls."""


class Topmost(QStackedWidget):
    """As high as what is in front needs, not as the highest of all."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return QSize() if shown is None else shown.minimumSizeHint()

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return QSize() if shown is None else shown.sizeHint()


class SchemePanel(QFrame):
    """`gone_to` tells the problem that was clicked, `block_typed` and `line_typed` the spot and what it became,
    `rule_asked` the line whose rule is to be changed, `fill_asked` the wish to give branches the lines they lack."""

    gone_to = Signal(object)
    fill_asked = Signal()
    block_typed = Signal(object, object, str)
    line_typed = Signal(object, object, str)
    rule_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._spot: Spot | None = None
        self.heading = QLabel(self)
        self.heading.setFont(theme.font("body", bold=True))
        self.list = QListWidget(self)
        self.list.setObjectName("choices")
        self.list.setAccessibleName(_("要改和请留意的地方"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.fill_button = QPushButton(_("按通常值补齐…"), self)
        self.fill_button.setToolTip(_("给还没有基线或目标值的支部，按指标库的通常值一次设好。"))
        icons.dress(self.fill_button, "flag")
        self.note = QLabel(self)
        self.note.setObjectName("quiet")
        self.note.setWordWrap(True)
        self.block_fields, self.line_fields = BlockFields(self), LineFields(desk, self)
        self.fields = Topmost(self)
        self.place = QScrollArea(self)
        self.place.setWidget(self.fields)
        self.place.setWidgetResizable(True)
        self.place.setFrameShape(QFrame.Shape.NoFrame)
        self.place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.place.setAccessibleName(_("当前一项"))
        self.place.viewport().setAutoFillBackground(False)
        self.fields.setAutoFillBackground(False)
        self.nothing = QWidget(self)
        for widget in (self.nothing, self.block_fields, self.line_fields):
            self.fields.addWidget(widget)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.6)] * 4)
        layout.setSpacing(theme.gap(0.35))
        for widget in (self.heading, self.list, self.fill_button, self.note):
            layout.addWidget(widget)
        layout.addSpacing(theme.gap(0.4))
        layout.addWidget(self.place, 1)
        self.setMinimumWidth(theme.span(self, 15))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.fill_button.clicked.connect(self.fill_asked)
        self.block_fields.typed.connect(lambda made, said: self.block_typed.emit(self._spot, made, said))
        self.line_fields.typed.connect(lambda made, said: self.line_typed.emit(self._spot, made, said))
        self.line_fields.rule_asked.connect(lambda: self.rule_asked.emit(self._spot))

    def show_problems(self, problems: Sequence[Problem], is_draft: bool, note: str = "") -> None:
        """List what is wrong, what keeps the scheme from use first; `note` says why a version cannot be changed."""
        self.heading.setVisible(is_draft)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        stopping = [one for one in problems if one.stops]
        looking = [one for one in problems if not one.stops]
        self.heading.setText(_heading(len(stopping), len(looking)))
        self.list.clear()
        size = round(theme.line_height())
        pictures = {True: icons.icon("error", "bad", size), False: icons.icon("warning", "watch", size)}
        for one in (*stopping, *looking):
            item = QListWidgetItem(one.sentence, self.list)
            item.setIcon(pictures[one.stops])
            kind = _("要改") if one.stops else _("请留意")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind} {item.text()}")
            item.setToolTip(_("、").join(one.orgs))
            item.setData(_PROBLEM, one)
        self.list.setVisible(is_draft and bool(problems))
        self.fill_button.setVisible(is_draft and any(one.lacks for one in problems))
        self._fit()

    def show_spot(
        self,
        spot: Spot | None,
        draft: SchemeDraft,
        known: Mapping[int, Known],
        library: Sequence[IndicatorView],
        is_open: bool,
    ) -> None:
        """Show what stands under the cursor."""
        self._spot = spot
        if spot is None or spot[0] >= len(draft.blocks):
            self.fields.setCurrentWidget(self.nothing)
            return
        block: BlockDraft = draft.blocks[spot[0]]
        if spot[1] is None:
            parts = tuple(dict.fromkeys(one.part for one in draft.blocks if one.part))
            self.block_fields.show_block(block, parts, is_open)
            self.fields.setCurrentWidget(self.block_fields)
        elif spot[1] < len(block.lines):
            line: LineDraft = block.lines[spot[1]]
            self.line_fields.show_line(line, block, known, library, is_open)
            self.fields.setCurrentWidget(self.line_fields)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Inside

    def _go(self, item: QListWidgetItem) -> None:
        self.gone_to.emit(item.data(_PROBLEM))

    def _fit(self) -> None:
        """The list is as high as its sentences, within its share."""
        self.list.setIconSize(QSize(theme.line_height(), theme.line_height()))
        self.list.doItemsLayout()
        rows = [self.list.visualItemRect(self.list.item(n)).height() for n in range(self.list.count())]
        least = round(theme.line_height() * 1.8)
        self.list.setFixedHeight(max(least, min(sum(rows) + theme.gap(0.3), round(self.height() * SHARE))))


def _heading(stopping: int, looking: int) -> str:
    if stopping and looking:
        return _("{n} 处要改，{more} 处请留意").format(n=stopping, more=looking)
    if stopping:
        return _("{n} 处要改").format(n=stopping)
    return _("没有要改的，{n} 处请留意").format(n=looking) if looking else _("没有要改的，可以启用")
