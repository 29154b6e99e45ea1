"""Branches to tick, by category, found by characters, full pinyin or initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.models.paper import Branch
from okr_desk.ui.widgets.search import SearchBox

_ID, _KEYS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class BranchTicks(QWidget):
    """The tree with its search box. `changed` is told when the ticks are others than before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._branches: tuple[Branch, ...] = ()
        self._items: dict[int, QTreeWidgetItem] = {}
        self.search = SearchBox(self)
        self.tree = QTreeWidget(self)
        self.count = QLabel(self)
        self.buttons: dict[str, QPushButton] = {}
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(theme.gap(1))
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)
        self.tree.setIndentation(theme.gap(0.8))
        self.tree.setMinimumHeight(theme.gap(5.5))
        self.tree.setAccessibleName(_("要打印的支部"))
        self.count.setObjectName("quiet")

        links = QHBoxLayout()
        links.setSpacing(0)
        for key, words, slot in (
            ("all", _("全选"), lambda: self.tick(self._ids())),
            ("complete", _("只选报齐的"), lambda: self.tick(self._ids(complete=True))),
            ("none", _("清空"), lambda: self.tick(())),
        ):
            button = QPushButton(words, self)
            button.setProperty("flat", True)
            button.clicked.connect(lambda _checked=False, call=slot: call())
            links.addWidget(button)
            self.buttons[key] = button
        links.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addWidget(self.search)
        layout.addLayout(links)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.count)
        self.search.textChanged.connect(self.filter)
        self.tree.itemChanged.connect(lambda _item, _column: self._tell())

    def show_branches(self, branches: Sequence[Branch], ticked: Iterable[int]) -> None:
        """Show branches by category in the office's order."""
        self._branches = tuple(branches)
        wanted = set(ticked)
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items = {}
        above: dict[str, QTreeWidgetItem] = {}
        for branch in branches:
            category = branch.org.category or _("未分类")
            if category not in above:
                above[category] = self._category(category)
            self._items[branch.org.id] = self._branch(above[category], branch, branch.org.id in wanted)
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self.filter(self.search.text())
        self._show_count()

    @property
    def ticked(self) -> tuple[int, ...]:
        """The ticked branches in the office's order, also those that the search hides."""
        return tuple(branch.org.id for branch in self._branches if self._items[branch.org.id].checkState(0) == _ON)

    def _ids(self, *, complete: bool = False) -> list[int]:
        return [branch.org.id for branch in self._branches if branch.is_complete or not complete]

    def tick(self, org_ids: Iterable[int]) -> None:
        """Tick exactly these."""
        wanted = set(org_ids)
        self.tree.blockSignals(True)
        for org_id, item in self._items.items():
            item.setCheckState(0, _ON if org_id in wanted else _OFF)
        self.tree.blockSignals(False)
        self.tree.viewport().update()
        self._tell()

    def filter(self, query: str) -> None:
        """Show what matches; ticks stay."""
        for item in self._items.values():
            fits = pinyin.matches(query, item.text(0), item.data(0, _KEYS) or "")
            item.setHidden(not fits)
        for row in range(self.tree.topLevelItemCount()):
            category = self.tree.topLevelItem(row)
            children = [category.child(n) for n in range(category.childCount())]
            category.setHidden(all(child.isHidden() for child in children))

    def _category(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [name])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
        item.setFont(0, theme.font("body", bold=True))
        return item

    def _branch(self, above: QTreeWidgetItem, branch: Branch, is_ticked: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem(above, [branch.org.short_name, _state(branch)])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, _ON if is_ticked else _OFF)
        item.setData(0, _ID, branch.org.id)
        item.setData(0, _KEYS, branch.org.search_keys)
        is_settled = branch.is_complete and not branch.voided
        item.setForeground(1, theme.colour("text_quiet" if is_settled else "watch_text"))
        item.setFont(1, theme.font("small"))
        item.setToolTip(0, branch.org.full_name)
        counted = _("已报 {n} 项，应报 {owed} 项").format(n=branch.reported, owed=branch.owed)
        item.setToolTip(1, "\n".join((counted, *branch.voided)))
        return item

    def _tell(self) -> None:
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        self.count.setText(_("已选 {n} 个，共 {total} 个支部").format(n=len(self.ticked), total=len(self._branches)))


def _state(branch: Branch) -> str:
    """报齐, or how many are lacking; and whether what was printed before is to be replaced."""
    if not branch.owed:
        return _("无关键结果")
    state = _("报齐") if branch.is_complete else _("缺 {n} 项").format(n=branch.owed - branch.reported)
    return _("{state} 作废待换").format(state=state) if branch.voided else state
