"""A picker: a quiet button with the choice in words; a click opens a searchable tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from okr_desk.ui import icons

if TYPE_CHECKING:
    from okr_desk.ui.widgets.choice_tree import ChoiceTree


@dataclass(frozen=True)
class Choice:
    """One thing to pick: `keys` are its stored pinyin keys, `parent` the key of the choice above it."""

    key: object
    text: str
    keys: str = ""
    parent: object = None
    note: str = ""


class Picker(QPushButton):
    """Shows the choice; opens the tree. `chosen` tells the key."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, searchable: bool = True) -> None:
        super().__init__(parent)
        self._name = ""
        self._searchable = searchable
        self._choices: tuple[Choice, ...] = ()
        self._key: object = None
        self.setProperty("flat", True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        icons.dress(self, "chevron_down", "text_quiet")
        self.set_name(name)
        self.clicked.connect(self.open)

    def set_name(self, name: str) -> None:
        """What is picked here, for tips and screen readers."""
        self._name = name
        self.setToolTip(name)
        self.setAccessibleName(f"{name} {self.text()}".strip())

    def offer(self, choices: Sequence[Choice], key: object) -> None:
        """What can be picked, and what is picked now."""
        self._choices = tuple(choices)
        self.show_choice(key)
        self.setEnabled(bool(choices))

    def show_choice(self, key: object) -> None:
        """Show a choice without telling anybody."""
        self._key = key
        chosen = next((choice for choice in self._choices if choice.key == key), None)
        self.setText(chosen.text if chosen else "")
        self.setAccessibleName(f"{self._name} {self.text()}")

    @property
    def key(self) -> object:
        """What is picked; None for nothing."""
        return self._key

    def pick(self, key: object) -> None:
        """Take a choice and tell."""
        if key != self._key:
            self.show_choice(key)
            self.chosen.emit(key)

    def open(self) -> ChoiceTree:
        """Open the tree under the button."""
        from okr_desk.ui.widgets.choice_tree import ChoiceTree

        tree = ChoiceTree(self, self._name, self._choices, self._key, self._searchable)
        tree.picked.connect(self.pick)
        tree.move(self.mapToGlobal(QPoint(0, self.height())))
        tree.show()
        tree.start()
        return tree
