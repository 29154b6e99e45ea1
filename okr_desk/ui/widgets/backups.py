"""The copies of the data: when, on what occasion, checked; make one now, put one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic, changed
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from okr_desk.queries.backup import Backup


class Backups(QWidget):
    """A table of copies over the button that makes one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.copy = QPushButton(_("立即备份"), self)
        icons.dress(self.copy, "shield")
        self.put_back = QPushButton(_("恢复到所选备份…"), self)
        icons.dress(self.put_back, "history")
        self.put_back.setVisible(desk.actor is not None and desk.actor.may(Action.RESTORE))
        self.put_back.setEnabled(False)
        words = QLabel(
            _(
                "每天第一次打开、每次导入和升级之前自动备份，佐证材料一并保存，备份后即时验证；旧备份按日、周、月逐步清理。"
            ),
            self,
        )
        words.setObjectName("quiet")
        words.setWordWrap(True)
        self.table = Table(
            desk,
            (
                Column(_("时间"), lambda b: when(b), sort=lambda b: b.number),
                Column(_("起因"), lambda b: _(b.occasion)),
                Column(_("大小（MB）"), lambda b: f"{b.size / 1e6:.1f}", sort=lambda b: b.size, look="number"),
                Column(_("验证"), lambda _b: _("已验证")),
                Column(_("佐证材料"), pieces),
                Column(_("文件"), lambda b: b.path.name, tooltip=lambda b: str(b.path), stretch=True),
            ),
            "backups",
            _("备份"),
            self,
        )
        head = QHBoxLayout()
        head.addWidget(words, 1)
        head.addWidget(self.put_back)
        head.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.8), 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.copy.clicked.connect(self.make)
        self.put_back.clicked.connect(self.ask_restore)
        self.table.marked.connect(lambda row: self.put_back.setEnabled(row is not None))

    def show_copies(self, copies: Sequence[Backup]) -> None:
        """Show what lies in the folder."""
        self.table.set_rows(copies)

    def make(self) -> None:
        """Copy now, checked."""
        self.copy.setEnabled(False)
        self._desk.tasks.run(
            _make, self._desk.store, self._desk.actor, done=self._made, failed=self._refused, owner=self
        )

    def ask_restore(self) -> None:
        """Ask once more, then hand the copy to the window, which closes the file first."""
        chosen = self.table.current()
        if chosen is None:
            return
        sentence = _("将恢复到 {when} 的备份，此后录入的内容不再出现；现有文件会另存保留。确定恢复吗？")
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self, _("恢复备份"), sentence.format(when=when(chosen)), button.Yes | button.No, button.No
        )
        if answer == button.Yes:
            self._desk.restore_asked.emit(chosen.path)

    def _made(self, backup: Backup) -> None:
        self.copy.setEnabled(True)
        from okr_desk.queries import backup as copies

        said = _("已备份并验证：{name}").format(name=backup.path.name)
        self._desk.say(f"{said}  {copies.in_words(backup)}")
        self._desk.bus.changed.emit(changed(Topic.BACKUP))

    def _refused(self, error: Exception) -> None:
        self.copy.setEnabled(True)
        self._desk.refuse(error)


def when(backup: Backup | None) -> str:
    """The local time of a copy in words."""
    if backup is None:
        return ""
    return local(backup.taken_at).strftime("%Y-%m-%d %H:%M")


def pieces(backup: Backup) -> str:
    """How many pieces of evidence lie with a copy, and how many were missing."""
    if backup.evidence is None:
        return _("未含")
    if backup.lacking:
        return _("{n} 件，缺 {lacking} 件").format(n=len(backup.evidence), lacking=len(backup.lacking))
    return _("{n} 件").format(n=len(backup.evidence))


def _make(store: Any, actor: Any) -> Backup:
    from okr_desk.services import backup

    return backup.make(store, actor)
