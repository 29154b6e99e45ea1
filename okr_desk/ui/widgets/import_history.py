"""Earlier imports: when, who, which files, how much; those that nothing stands upon can be taken back on their day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.imports import BatchView
from okr_desk.ui import icons, theme

NAMED = 3
"""File names shown in full; the rest is counted."""


class ImportHistory(QScrollArea):
    """The list. `undo_asked` tells the import to take back."""

    undo_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[int, QPushButton] = {}
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("导入记录"))

    def show_batches(self, batches: Sequence[BatchView]) -> None:
        """Show all imports, the newest first."""
        self.buttons = {}
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, theme.gap(0.3), 0)
        column.setSpacing(theme.gap(0.6))
        for batch in batches:
            column.addWidget(self._entry(batch))
        if not batches:
            nothing = QLabel(_("还没有导入过。"), place)
            nothing.setObjectName("quiet")
            column.addWidget(nothing)
        column.addStretch(1)
        self.setWidget(place)
        place.setAutoFillBackground(False)  # set by setWidget; the panel is a card

    def _entry(self, batch: BatchView) -> QFrame:
        entry = QFrame()
        at = local(batch.at)
        head = QLabel(_("{at}　{by}").format(at=at.strftime("%Y-%m-%d %H:%M"), by=batch.by), entry)
        head.setFont(theme.font("body", bold=True))
        counts = QLabel(counted(batch), entry)
        files = QLabel(file_words(batch.files), entry)
        files.setObjectName("quiet")
        files.setToolTip("\n".join(batch.files))
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.15))
        for label in (head, counts, files):
            label.setWordWrap(True)
            column.addWidget(label)
        if batch.can_undo:
            button = QPushButton(_("撤消此次导入…"), entry)
            icons.dress(button, "undo")
            button.clicked.connect(lambda _checked=False, one=batch: self.undo_asked.emit(one))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons[batch.id] = button
        return entry


def counted(batch: BatchView) -> str:
    """What an import did, in one line."""
    if batch.undone_at is not None:
        return _("已于 {at} 撤消").format(at=local(batch.undone_at).strftime("%Y-%m-%d %H:%M"))
    words = _("写入 {n} 条，相同 {same} 条").format(n=batch.written, same=batch.unchanged)
    if batch.open_questions:
        words += _("，还有 {n} 格待定").format(n=batch.open_questions)
    return words


def file_words(files: Sequence[str]) -> str:
    """The first file names, and how many there are in all."""
    named = _("、").join(files[:NAMED])
    if len(files) > NAMED:
        return _("{names} 等 {n} 个文件").format(names=named, n=len(files))
    return named
