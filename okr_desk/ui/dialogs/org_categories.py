"""The categories of branches: the office's own list, never fixed by the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import orgs as standing
from okr_desk.queries.orgs import CategoryView
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import FormDialog


class CategoriesDialog(FormDialog):
    """Add, rename and retire categories; each change is saved at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        note = _("类别由镇里自己定。改名对以往同样有效；停用前请先调整属于它的支部。")
        super().__init__(_("支部类别"), parent, note=note, accept=_("完成"))
        self._desk = desk
        self.cancel.hide()
        self.list = QListWidget()
        self.list.setMinimumHeight(round(theme.line_height() * 8))
        self.add_row("list", _("类别"), self.list)
        self.add_row("name", _("名称"), QLineEdit())
        self.add_button = self._button(_("新增"), "add", self.add)
        self.rename_button = self._button(_("改名"), "edit", self.rename)
        self.retire_button = self._button(_("停用"), "close", self.retire)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.4))
        for button in (self.add_button, self.rename_button, self.retire_button):
            row.addWidget(button)
        row.addStretch(1)
        self.form.addRow("", row)
        self.list.currentItemChanged.connect(self._follow)
        self._read()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk) -> None:
        """Show the list until it is closed."""
        cls(desk, parent).exec()

    def draft(self) -> None:
        """Nothing is collected: every change is already saved."""
        return

    def add(self) -> None:
        """Add what was typed."""
        self._write(services.orgs.create_category, self.text("name"))

    def rename(self) -> None:
        """Give the marked category the typed name."""
        self._write(services.orgs.rename_category, self._chosen().id, self.text("name"))

    def retire(self) -> None:
        """Take the marked category out of use."""
        self._write(services.orgs.retire_category, self._chosen().id)

    def _button(self, words: str, icon: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        icons.dress(button, icon, "text")
        button.clicked.connect(lambda: slot())
        return button

    def _write(self, service: Callable[..., Any], *args: Any) -> None:
        self.clear_refusals()
        self._desk.tasks.write(service, *args, done=lambda _outcome: self._read(), failed=self.refuse, owner=self)

    def _read(self) -> None:
        self._desk.tasks.read(standing.categories, done=self._show, owner=self)

    def _show(self, found: tuple[CategoryView, ...]) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for category in found:
            words = _("已停用") if category.is_retired else _("{n} 个党组织").format(n=category.used)
            item = QListWidgetItem(f"{category.name}　{words}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, category)
            if category.is_retired:
                item.setForeground(theme.colour("text_faint"))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._follow()

    def _chosen(self) -> CategoryView:
        chosen: CategoryView = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen

    def _follow(self) -> None:
        item = self.list.currentItem()
        chosen = None if item is None else self._chosen()
        usable = chosen is not None and not chosen.is_retired
        self.rename_button.setEnabled(usable)
        self.retire_button.setEnabled(usable and chosen is not None and not chosen.used)
        line = self.fields["name"]
        if isinstance(line, QLineEdit) and chosen is not None:
            line.setText(chosen.name)
