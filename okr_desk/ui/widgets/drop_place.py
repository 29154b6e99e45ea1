"""Where workbooks are dropped or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import accent
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
        icons.dress(folder, "folder", "on_accent")
        accent(folder)

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


def _paths(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
