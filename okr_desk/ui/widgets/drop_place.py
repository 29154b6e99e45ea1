"""Where workbooks are dropped or chosen, and how far their reading has come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.widgets.cards import Card


class DropPlace(Card):
    """Take files or a folder. `given` tells the paths, `files_asked` and `folder_asked` the wish for a dialog."""

    given = Signal(list)
    files_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        icon, words, advice = QLabel(self), QLabel(_("把支部交来的表格拖到这里"), self), QLabel(self)
        icon.setPixmap(icons.pixmap("import", theme.colour("text_faint"), theme.gap(2.2), self.devicePixelRatioF()))
        words.setFont(theme.font("body", bold=True))
        advice.setText(_("可以一次拖入整个文件夹；先读出来给您看，确认之前什么都不写入。"))
        advice.setObjectName("quiet")
        files, folder = QPushButton(_("选择文件…"), self), QPushButton(_("选择文件夹…"), self)
        icons.dress(files, "table")
        icons.dress(folder, "folder")

        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(folder)
        buttons.addWidget(files)
        buttons.addStretch(1)
        self.content.addStretch(1)
        for label in (icon, words, advice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.content.addWidget(label)
        advice.setWordWrap(True)
        self.content.addSpacing(theme.gap(0.3))
        self.content.addLayout(buttons)
        self.content.addStretch(1)
        self.setAcceptDrops(True)
        files.clicked.connect(lambda: self.files_asked.emit())
        folder.clicked.connect(lambda: self.folder_asked.emit())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = _paths(event)
        if found:
            event.acceptProposedAction()
            self.given.emit(found)


class ReadingPlace(QWidget):
    """How many workbooks are read, with a way to stop. `stopped` tells the wish."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.bar, self.stop = QLabel(self), QProgressBar(self), QPushButton(_("取消"), self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.span(self, 26))
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.gap(0.6))
        layout.addStretch(2)
        for widget in (self.words, self.bar, self.stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.stop.clicked.connect(lambda: self.stopped.emit())

    def begin(self, words: str) -> None:
        """Show what is being done, of an unknown length at first."""
        self.words.setText(words)
        self.bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.words.setText(_("正在读取第 {n} 个文件，共 {total} 个").format(n=min(done + 1, total), total=total))


def _paths(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
