"""The bulletins of a quarter, two lines each: state and mode, then number and day."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.rules.bulletins import BulletinState
from okr_desk.terms import label
from okr_desk.ui import icons, theme

KEY = Qt.ItemDataRole.UserRole
_ICONS = {BulletinState.DRAFT: "edit", BulletinState.ISSUED: "done", BulletinState.WITHDRAWN: "undo"}


class BulletinList(QListWidget):
    """`chosen` tells the bulletin to be shown."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("本季通报"))
        self.setFixedWidth(theme.span(self, 12.5))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)

    def show_board(self, of: BulletinBoard, wanted: int | None) -> None:
        """The bulletins; the wanted one is marked, else the first."""
        self.blockSignals(True)
        self.clear()
        for one in of.bulletins:
            item = QListWidgetItem(icons.icon(_ICONS[one.state], "text_quiet"), words(one))
            item.setData(KEY, one.id)
            item.setToolTip(one.title)
            item.setSizeHint(QSize(0, round(theme.line_height() * 3)))
            self.addItem(item)
        row = next((n for n in range(self.count()) if self.item(n).data(KEY) == wanted), 0)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def mark(self, bulletin_id: int) -> None:
        """Put the mark on one without telling."""
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(KEY) == bulletin_id:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(int(item.data(KEY)))


def words(of: BulletinView) -> str:
    """State and mode, then number and day, or how often it was saved."""
    first = _("{state} · {mode}").format(state=label(of.state), mode=label(of.mode))
    if of.document:
        return f"{first}\n{of.document}"
    return first + "\n" + _("第 {n} 稿").format(n=len(of.versions))
