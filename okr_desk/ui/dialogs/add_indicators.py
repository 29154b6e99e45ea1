"""Indicators from the library for a block: found by 汉字, 全拼 or 首字母, ticked, added with what they usually say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules import usual_rule
from okr_desk.rules.schemes import LineDraft, SchemeDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Dimension, Direction, label
from okr_desk.ui import theme
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.widgets.search import SearchBox

TREE = 0.44
"""How much of the screen's height the list takes at most."""
_VIEW = Qt.ItemDataRole.UserRole
Chosen = tuple[int, tuple[LineDraft, ...]]
"""Into which block, and which lines."""


class AddIndicatorsDialog(FormDialog):
    """Those meant for the category, all by a tick; what stands in the scheme already is not offered again."""

    def __init__(
        self,
        draft: SchemeDraft,
        block: int,
        library: Sequence[IndicatorView],
        category: str,
        parent: QWidget | None = None,
    ) -> None:
        note = _("分值和规则照指标库的常用值，加入以后可以再改。")
        super().__init__(_("从指标库添加"), parent, note, accept=_("添加"))
        self._category = category
        there = {line.indicator_id for line in draft.lines}
        self._order = _order(draft, block, library)
        self._views = [view for view in library if view.id not in there]
        self._ticked: set[int] = set()
        self.block = QComboBox()
        for one in draft.blocks:
            self.block.addItem(one.name)
        self.block.setCurrentIndex(block)
        self.search = SearchBox(self)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("指标"), _("分值"), _("常用规则")])
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(theme.gap(0.6))
        room = self.screen().availableGeometry().height()
        self.tree.setFixedHeight(min(round(theme.line_height() * 16), round(room * TREE)))
        self.all = QCheckBox(_("全部指标（包括用于其他类别的）"), self)
        self.all.setVisible(any(not self._is_own(view) for view in self._views))
        self.count = QLabel(self)
        self.count.setObjectName("quiet")
        self.add_row("block", _("加入"), self.block)
        self.add_row("search", _("查找"), self.search)
        self.add_row("tree", _("指标"), self.tree)
        below = QHBoxLayout()
        below.addWidget(self.all, 1)
        below.addWidget(self.count)
        self.form.addRow("", below)
        self.setMinimumWidth(theme.span(self, 56))
        self._fill()
        self.search.textChanged.connect(self._fill)
        self.all.toggled.connect(self._fill)
        self.tree.itemChanged.connect(self._tick)
        self.tree.itemActivated.connect(self._flip)
        self.search.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, draft: SchemeDraft, block: int, library: Sequence[IndicatorView], category: str
    ) -> Chosen | None:
        """What was ticked, None when the dialog was left."""
        found: Chosen | None = cls(draft, block, library, category, parent).run()
        return found

    def tick(self, code: str, on: bool = True) -> None:
        """Tick one indicator by its code."""
        view = next(one for one in self._views if one.code == code)
        (self._ticked.add if on else self._ticked.discard)(view.id)
        self._fill()

    def codes(self) -> list[str]:
        """The codes shown now, in their order."""
        heads = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        return [head.child(row).data(0, _VIEW).code for head in heads for row in range(head.childCount())]

    def draft(self) -> Chosen:
        lines = tuple(starting_line(view) for view in self._views if view.id in self._ticked)
        if not lines:
            raise InputRefused(_("请勾选要添加的指标。"), "tree")
        return self.block.currentIndex(), lines

    # Inside

    def _fill(self, *_typed: object) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        for dimension in self._order:
            shown = [one for one in self._views if one.dimension is dimension and self._fits(one)]
            if not shown:
                continue
            head = QTreeWidgetItem(self.tree, [_("{name}（{n}）").format(name=label(dimension), n=len(shown))])
            head.setFont(0, theme.font("body", bold=True))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setSizeHint(0, QSize(0, round(theme.line_height() * 1.55)))
            for view in sorted(shown, key=lambda one: (not self._is_own(one), one.code)):
                self._item(head, view)
            head.setExpanded(True)
        self.tree.setColumnWidth(0, theme.span(self, 18))
        self.tree.setColumnWidth(1, theme.span(self, 4))
        self.tree.blockSignals(False)
        self._tell_count()

    def _item(self, head: QTreeWidgetItem, view: IndicatorView) -> None:
        line = starting_line(view)
        points = plain(line.maximum) if line.maximum else ""
        item = QTreeWidgetItem(head, [f"{view.code} {view.name}", points, usual_rule.in_words(line.rule)])
        item.setData(0, _VIEW, view)
        item.setCheckState(0, Qt.CheckState.Checked if view.id in self._ticked else Qt.CheckState.Unchecked)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setSizeHint(0, QSize(0, round(theme.line_height() * 1.55)))
        item.setToolTip(0, view.name)
        item.setToolTip(2, item.text(2))
        if not self._is_own(view):
            for column in range(3):
                item.setForeground(column, theme.colour("text_quiet"))
            item.setToolTip(0, _("用于：{names}").format(names=_("、").join(view.categories)))

    def _is_own(self, view: IndicatorView) -> bool:
        return not view.categories or self._category in view.categories

    def _fits(self, view: IndicatorView) -> bool:
        if not (self.all.isChecked() or self._is_own(view) or view.id in self._ticked):
            return False
        return self.search.fits(f"{view.code}{view.name}", "") or self.search.fits(view.name, view.search_keys)

    def _tick(self, item: QTreeWidgetItem) -> None:
        view = item.data(0, _VIEW)
        if view is not None:
            is_on = item.checkState(0) is Qt.CheckState.Checked
            (self._ticked.add if is_on else self._ticked.discard)(view.id)
            self._tell_count()

    def _flip(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _VIEW) is not None:
            is_on = item.checkState(0) is Qt.CheckState.Checked
            item.setCheckState(0, Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _tell_count(self) -> None:
        self.count.setText(_("已选 {n} 项").format(n=len(self._ticked)))


def _order(draft: SchemeDraft, block: int, library: Sequence[IndicatorView]) -> list[Dimension]:
    """The dimensions, that of the block first: by most of its lines, else by its name."""
    inside = {line.indicator_id for line in draft.blocks[block].lines}
    found = Counter(view.dimension for view in library if view.id in inside)
    name = draft.blocks[block].name
    return sorted(Dimension, key=lambda one: (-found[one], label(one) != name))


def starting_line(view: IndicatorView) -> LineDraft:
    """A line as the library would have it; without a usual rule the one that its direction and unit suggest."""
    points = view.usual_points or Decimal(0)
    if view.usual_rule:
        return LineDraft(view.id, points, view.usual_rule)
    counted = view.direction is Direction.DOWN and "%" not in view.unit
    return LineDraft(view.id, points, "deduct each=1" if counted else "linear")
