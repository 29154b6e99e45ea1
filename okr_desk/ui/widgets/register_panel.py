"""What stands at the side of a register: everything that an entry says, who said so, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.attachments import Attachments


@dataclass(frozen=True)
class Files:
    """The files of an entry: of which record, what they are called, and whether this person may add any."""

    desk: Desk
    record: str
    record_id: int
    caption: str
    may_edit: bool


class RegisterPanel(QScrollArea):
    """Captions with their texts under each other, the files, the actions at the end."""

    def __init__(
        self,
        lines: Sequence[tuple[str, str]],
        actions: Sequence[tuple[str, str, Callable[[], object]]],
        parent: QWidget | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(parent)
        self.files: Attachments | None = None
        self.buttons: list[QPushButton] = []
        inner = QWidget(self)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, theme.gap(0.3), 0)
        layout.setSpacing(theme.gap(0.1))
        for caption, text in lines:
            if not text:
                continue
            head, words = QLabel(caption, inner), QLabel(text, inner)
            head.setObjectName("quiet")
            head.setFont(theme.font("small"))
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(head)
            layout.addWidget(words)
            layout.addSpacing(theme.gap(0.25))
        if files is not None:
            head = QLabel(files.caption, inner)
            head.setObjectName("quiet")
            head.setFont(theme.font("small"))
            self.files = Attachments(files.desk, inner)
            self.files.show_record(files.record, files.record_id, files.may_edit)
            layout.addWidget(head)
            layout.addWidget(self.files)
            layout.addSpacing(theme.gap(0.25))
        for words_, icon, slot in actions:
            button = QPushButton(words_, inner)
            icons.dress(button, icon, "text")
            button.clicked.connect(lambda _checked=False, call=slot: call())
            layout.addWidget(button)
            self.buttons.append(button)
        layout.addStretch(1)
        self.setWidget(inner)
        self.setAccessibleName(lines[0][1] if lines else "")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
