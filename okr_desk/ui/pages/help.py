"""F1: the handbook page of the screen, in a window beside the work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from okr_desk import paths
from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.navigation import ENTRIES


class HelpWindow(QDialog):
    """Chapters on the left, the text on the right. Links between pages work, nothing leaves the PC."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("使用手册"))
        self.chapters = QListWidget(self)
        self.chapters.setAccessibleName(_("目录"))
        self.chapters.setObjectName("choices")
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(_("手册内容"))
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(_folder())])
        for key, title in chapters():
            item = QListWidgetItem(title, self.chapters)
            item.setData(Qt.ItemDataRole.UserRole, key)
        layout = QHBoxLayout(self)
        layout.addWidget(self.chapters)
        layout.addWidget(self.text, 1)
        self.chapters.setFixedWidth(theme.span(self, 10))
        self.resize(theme.span(self, 52), theme.line_height(self) * 30)
        self.chapters.currentItemChanged.connect(self._open)
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.close)

    @classmethod
    def show_topic(cls, parent: QWidget, key: str) -> HelpWindow:
        """Open the handbook at a page; one window is used again and again."""
        window = parent.findChild(cls) or cls(parent)
        window.open_topic(key)
        window.show()
        window.raise_()
        return window

    def open_topic(self, key: str) -> None:
        """Turn to a chapter; one that is not there says so."""
        for row in range(self.chapters.count()):
            if self.chapters.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self.chapters.setCurrentRow(row)
                return
        self.text.setMarkdown(_("这一页还没有说明。"))

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        file = _folder() / f"{item.data(Qt.ItemDataRole.UserRole)}.md"
        self.text.setMarkdown(file.read_text("utf-8"))

    def _follow(self, url: QUrl) -> None:
        if url.isRelative() and url.path().endswith(".md"):
            self.open_topic(Path(url.path()).stem)


def chapters() -> list[tuple[str, str]]:
    """The handbook's pages that exist, in the order of the rail; others (keys, first steps) after them."""
    folder = _folder()
    known = [entry.key for entry in ENTRIES]
    found = sorted(folder.glob("*.md"), key=lambda f: known.index(f.stem) if f.stem in known else len(known))
    return [(file.stem, _heading(file)) for file in found]


def _heading(file: Path) -> str:
    first = file.read_text("utf-8").split("\n", 1)[0]
    return first.lstrip("# ").strip() or file.stem


def _folder() -> Path:
    return paths.resources() / "handbook"
