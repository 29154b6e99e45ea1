"""The search box of every list: takes 汉字, 全拼 and 首字母, matched against stored keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.ui import icons


class SearchBox(QLineEdit):
    """A line with a magnifier; Esc clears it first, then passes on."""

    def __init__(self, parent: QWidget | None = None, hint: str = "") -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint or _("搜索：汉字、全拼或首字母"))
        self.setAccessibleName(_("搜索"))
        self.setClearButtonEnabled(True)
        glass = QAction(self)
        icons.dress(glass, "search", "text_quiet")
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)

    def fits(self, text: str, keys: str | None = "") -> bool:
        """Whether `text` with its stored `keys` answers what was typed; an empty box fits everything."""
        return pinyin.matches(self.text(), text, keys or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
