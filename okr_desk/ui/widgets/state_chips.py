"""States with their counts, to press one: the list shows only what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.widgets.wrapping import WrappingRow

ALL = ""


@dataclass(frozen=True)
class Chip:
    """One state: its key, its word and how many stand there."""

    key: str
    words: str
    count: int


class StateChips(QWidget):
    """`chosen` tells the key of the chip pressed; the empty key shows all."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ALL
        self.buttons: dict[str, QToolButton] = {}
        self.setAccessibleName(_("按状态筛选"))
        self._row = WrappingRow(theme.gap(0.2), left=True)
        self.setLayout(self._row)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show states; one that is gone is no longer chosen."""
        while self._row.count():
            item = self._row.takeAt(0)
            old = None if item is None else item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        whole = Chip(ALL, _("全部"), sum(chip.count for chip in chips if chip.key in _states(chips)))
        if self.key not in {chip.key for chip in chips}:
            self.key = ALL
        for place, chip in enumerate((whole, *chips)):
            button = QToolButton(self)
            button.setText(f"{chip.words} {chip.count}")
            button.setFont(theme.font("small"))
            button.setCheckable(True)
            button.setChecked(chip.key == self.key)
            button.clicked.connect(lambda _on=False, key=chip.key: self.choose(key))
            self.buttons[chip.key] = button
            self._row.insert(place, button)
            button.show()

    def choose(self, key: str) -> None:
        """Press a chip; pressed again it shows all."""
        self.key = ALL if key == self.key else key
        for name, button in self.buttons.items():
            button.setChecked(name == self.key)
        self.chosen.emit(self.key)


def _states(chips: Sequence[Chip]) -> set[str]:
    """Chips that divide the whole; those that cut across it have a key that begins with a dot."""
    return {chip.key for chip in chips if not chip.key.startswith(".")}
