"""Files behind a record: a short list with add, open and remove; files may be dropped on it. For every register."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import attachments
from okr_desk.queries.attachments import Attached, AttachmentView
from okr_desk.rules.checkins import EVIDENCE_KINDS
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.evidence import EvidenceFiles

_KB = 1024


class Attachments(QWidget):
    """`show_record` reads and shows; what is added or removed is saved at once. `shown` tells that the list stands."""

    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record, self._record_id, self._may = "", 0, False
        self.attached: Attached | None = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme.gap(0.15))
        self.words = QLabel(self)
        self.words.setObjectName("quiet")
        self.words.setWordWrap(True)
        self.words.setMinimumWidth(theme.span(self, 4))
        self.add_button = QPushButton(_("添加材料…"), self)
        icons.dress(self.add_button, "attach")

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addLayout(self.rows)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.words)
        self.setAcceptDrops(True)
        self.setAccessibleName(_("佐证材料"))
        self.add_button.clicked.connect(self.ask)

    def show_record(self, record: str, record_id: int, may_edit: bool) -> None:
        """The files of a record; `may_edit`: whether this person may add and remove any now."""
        self._record, self._record_id, self._may = record, record_id, may_edit
        self._desk.tasks.read(attachments.attached, record, record_id, done=self._show, owner=self)

    def add(self, paths: Sequence[Path]) -> None:
        """Keep files with the record; a refusal is said in the window, nothing is lost."""
        if self._may and paths:
            service = services.attachments.attach
            self._desk.tasks.write(service, self._record, self._record_id, tuple(paths), done=self._again, owner=self)

    def ask(self) -> None:
        """Choose files."""
        endings = " ".join(f"*.{ending}" for ending in EVIDENCE_KINDS)
        kinds = _("佐证材料（{kinds}）").format(kinds=endings).replace("（", " (").replace("）", ")")
        names, _kind = QFileDialog.getOpenFileNames(self, _("选择佐证材料"), "", kinds)
        self.add([Path(name) for name in names])

    def open(self, piece: AttachmentView) -> None:
        """A copy to look at, by the program that the PC has for it."""
        EvidenceFiles.beside(self._desk).open(piece.kept)

    def remove(self, piece: AttachmentView) -> None:
        """Take a file away, with the reason."""
        note = _("“{name}”不再附在这条记录上，原件和理由留存备查。").format(name=piece.kept.name)
        reason = Reason.ask(self, _("移除材料"), note, _("理由"), _("移除"))
        if reason is not None:
            self._desk.tasks.write(services.attachments.detach, piece.id, reason, done=self._again, owner=self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may and _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._may and _paths(event):
            event.acceptProposedAction()
            self.add(_paths(event))

    # Inside

    def _again(self, _outcome: object) -> None:
        self.show_record(self._record, self._record_id, self._may)

    def _show(self, found: Attached) -> None:
        self.attached = found
        while self.rows.count():
            old = self.rows.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for piece in found.pieces:
            self.rows.addWidget(self._row(piece))
        self.add_button.setVisible(self._may and not found.refusal)
        advice = _("可以把文件拖到这里，最多 2 件；材料多少不影响得分。") if self._may else ""
        nothing = "" if found.pieces or self._may else _("没有佐证材料。")
        self.words.setText((found.refusal if self._may else "") or advice or nothing)
        self.words.setVisible(bool(self.words.text()))
        self.shown.emit()

    def _row(self, piece: AttachmentView) -> QWidget:
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.2))
        name = QPushButton(place)
        name.setProperty("flat", True)
        icons.dress(name, "document", "text")
        name.setText(name.fontMetrics().elidedText(piece.kept.name, Qt.TextElideMode.ElideMiddle, theme.span(self, 11)))
        said = _("{name}，{size} KB，{by} {day} 添加")
        told = said.format(name=piece.kept.name, size=max(1, round(piece.size / _KB)), by=piece.by, day=piece.added_on)
        name.setToolTip(told)
        name.setAccessibleName(_("打开{name}").format(name=piece.kept.name))
        name.clicked.connect(lambda: self.open(piece))
        row.addWidget(name)
        if piece.fault:
            fault = QLabel(piece.fault, place)
            fault.setProperty("refusal", True)
            row.addWidget(fault)
        row.addStretch(1)
        if self._may:
            away = QToolButton(place)
            icons.dress(away, "delete", "text_quiet")
            away.setToolTip(_("移除…"))
            away.setAccessibleName(_("移除{name}").format(name=piece.kept.name))
            away.clicked.connect(lambda: self.remove(piece))
            row.addWidget(away)
        return place


def _paths(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
