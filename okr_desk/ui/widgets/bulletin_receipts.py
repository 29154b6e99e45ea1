"""Who has not signed for a bulletin yet: ticked and entered together, or urged with a text to paste."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.bulletins import BulletinState, ReceiptDraft
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

KEY = Qt.ItemDataRole.UserRole


class BulletinReceipts(QWidget):
    """`entered` carries a draft; `urged` asks for the text to be copied."""

    entered = Signal(object)
    urged = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("还没签收的支部"))
        self.day = DayLine(_("签收日期"), today, today.year, self, pick=True)
        self.day.setAccessibleName(_("签收日期"))
        self.way = choices([(label(way), way.value) for way in ReceiptWay])
        self.way.setAccessibleName(_("签收方式"))
        self.all_button = QPushButton(_("全选"), self)
        self.enter_button = QPushButton(_("登记签收"), self)
        self.urge_button = QPushButton(_("复制催签文字"), self)
        icons.dress(self.enter_button, "check", "text")
        icons.dress(self.urge_button, "copy", "text")
        self._assemble()
        self.list.itemChanged.connect(lambda _item: self._follow())
        self.all_button.clicked.connect(self.tick_all)
        self.enter_button.clicked.connect(self.enter)
        self.urge_button.clicked.connect(self.urged)

    def show_bulletin(self, of: BulletinView, board: BulletinBoard) -> None:
        """Branches without a receipt first, to be ticked; then those that have one."""
        self.list.blockSignals(True)
        self.list.clear()
        is_live = of.state is BulletinState.ISSUED
        for org in of.waiting:
            item = QListWidgetItem(org.short_name)
            item.setData(KEY, org.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        for org in board.branches:
            receipt = of.receipts.get(org.id)
            if receipt is not None:
                told = _("✓ {name}　{day} {by}")
                item = QListWidgetItem(
                    told.format(name=org.short_name, day=receipt.received_on, by=receipt.received_by)
                )
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.list.addItem(item)
        self.list.blockSignals(False)
        for widget in (self.list, self.day, self.way, self.all_button, self.enter_button, self.urge_button):
            widget.setEnabled(is_live)
        self.said.setText(sentence(of, board))
        self._follow()

    def tick_all(self) -> None:
        """Tick every branch that has not signed, or none where all are ticked."""
        items = self._open_items()
        wanted = Qt.CheckState.Unchecked if len(self.ticked) == len(items) else Qt.CheckState.Checked
        for item in items:
            item.setCheckState(wanted)

    def enter(self) -> None:
        """Hand the draft on, or say what is wrong with its day."""
        try:
            self.entered.emit(self.draft())
        except InputRefused as refusal:
            self.said.setText(refusal.sentence)
            self.day.setFocus()

    @property
    def ticked(self) -> tuple[int, ...]:
        """The branches ticked."""
        return tuple(int(one.data(KEY)) for one in self._open_items() if one.checkState() is Qt.CheckState.Checked)

    def draft(self) -> ReceiptDraft:
        """What would be entered; the secretary of each branch took it."""
        day = self.day.day("received_on")
        return ReceiptDraft(self.ticked, day, "", ReceiptWay(str(self.way.currentData())))

    # Inside

    def _open_items(self) -> list[QListWidgetItem]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in items if item.data(KEY) is not None]

    def _follow(self) -> None:
        waiting = bool(self._open_items())
        self.enter_button.setEnabled(bool(self.ticked))
        self.urge_button.setEnabled(waiting and self.list.isEnabled())
        self.all_button.setEnabled(waiting and self.list.isEnabled())

    def _assemble(self) -> None:
        foot = QGridLayout()
        foot.setSpacing(theme.gap(0.3))
        foot.addWidget(self.all_button, 0, 0)
        foot.addWidget(self.day, 0, 1)
        foot.addWidget(self.way, 0, 2)
        foot.addWidget(self.enter_button, 1, 0, 1, 2)
        foot.addWidget(self.urge_button, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.gap(0.3), 0, 0)
        column.setSpacing(theme.gap(0.4))
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addLayout(foot)


def sentence(of: BulletinView, board: BulletinBoard) -> str:
    """How many have signed."""
    if of.state is BulletinState.DRAFT:
        return _("签发之后登记签收。")
    whole, missing = len(board.branches), len(of.waiting)
    if not missing:
        return _("{n} 个支部全部签收。").format(n=whole)
    return _("应签收 {n} 个，还有 {rest} 个没签收。勾选后一并登记，签收人按各支部书记记。").format(
        n=whole, rest=missing
    )
