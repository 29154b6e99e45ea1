"""The library of indicators: by dimension, with a search by 汉字, 全拼 and 首字母."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.terms import Dimension, RuleKind, label
from okr_desk.ui import theme
from okr_desk.ui.widgets.search import SearchBox

_ID = Qt.ItemDataRole.UserRole


class IndicatorLibrary(QWidget):
    """Three headings with their indicators; `chosen` tells the id under the cursor."""

    chosen = Signal(int)
    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[IndicatorView, ...] = ()
        self._marks: frozenset[int] = frozenset()
        self.search = SearchBox(self)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(theme.gap(0.6))
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("指标库"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.35))
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.setMinimumWidth(theme.span(self, 14))
        self.search.textChanged.connect(self._fill)
        self.tree.currentItemChanged.connect(self._tell)
        self.tree.itemActivated.connect(lambda *_item: self.edit_asked.emit())

    def show_library(self, views: Sequence[IndicatorView], in_use: frozenset[int], wanted: int | None) -> None:
        """Fill the list; those `in_use` this year come first in each dimension, the others follow in grey."""
        self._views, self._marks = tuple(views), in_use
        self._fill(wanted=wanted)

    @property
    def current(self) -> int | None:
        """The indicator under the cursor."""
        item = self.tree.currentItem()
        found = None if item is None else item.data(0, _ID)
        return None if found is None else int(found)

    # Inside

    def _fill(self, _text: str = "", wanted: int | None = None) -> None:
        wanted = wanted if wanted is not None else self.current
        self.tree.blockSignals(True)
        self.tree.clear()
        first: QTreeWidgetItem | None = None
        marked: QTreeWidgetItem | None = None
        for dimension in Dimension:
            shown = [one for one in self._views if one.dimension is dimension and self._fits(one)]
            if not shown:
                continue
            head = QTreeWidgetItem(self.tree, [_("{name}（{n}）").format(name=label(dimension), n=len(shown))])
            head.setFont(0, theme.font("body", bold=True))
            self._tall(head).setFlags(Qt.ItemFlag.ItemIsEnabled)
            for view in sorted(shown, key=lambda one: (one.id not in self._marks, one.code)):
                item = self._item(head, view)
                first = first or item
                marked = item if view.id == wanted else marked
            head.setExpanded(True)
        self.tree.blockSignals(False)
        chosen = marked or first
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
            self._tell()

    def _item(self, head: QTreeWidgetItem, view: IndicatorView) -> QTreeWidgetItem:
        item = QTreeWidgetItem(head, [f"{view.code} {view.name}"])
        self._tall(item).setData(0, _ID, view.id)
        item.setToolTip(0, view.name)
        if view.id not in self._marks:
            item.setForeground(0, theme.colour("text_quiet"))
        return item

    def _tall(self, item: QTreeWidgetItem) -> QTreeWidgetItem:
        item.setSizeHint(0, QSize(0, round(theme.line_height(self) * 1.55)))
        return item

    def _fits(self, view: IndicatorView) -> bool:
        """By code, name, the records it comes from, and the kind of its usual rule."""
        rule = label(RuleKind(view.usual_rule.split()[0])) if view.usual_rule else ""
        return (
            self.search.fits(f"{view.code}{view.name}", "")
            or self.search.fits(view.name, view.search_keys)
            or self.search.fits(f"{view.computed_from} {rule}", "")
        )

    def _tell(self, *_items: object) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)
