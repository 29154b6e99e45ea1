"""Members who look after households, a card a member: how many, how many visited in each month, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard, Keeper
from okr_desk.queries.households import HouseholdView
from okr_desk.scoring.rounding import plain
from okr_desk.ui import theme

KEY, SMALL, WARNS = (Qt.ItemDataRole.UserRole + number for number in range(1, 4))
ALL, FREE = 0, -1
"""Keys of the cards above the members: all households, and those that nobody looks after."""
LINES = 2.9
"""Height of a card in lines of text."""


class KeeperList(QListWidget):
    """`chosen` tells the member whose households are to be shown; ALL and FREE stand for themselves."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("联系党员"))
        self.setItemDelegate(_Look(self))
        self.setMinimumWidth(theme.span(self, 10))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._tell)

    @property
    def key(self) -> int:
        """Whose households are shown."""
        item = self.currentItem()
        return ALL if item is None else int(item.data(KEY))

    def show_board(self, of: BranchBoard) -> None:
        """The branch's members; the card chosen stays chosen."""
        kept = self.key
        self.blockSignals(True)
        self.clear()
        self._add(ALL, _("全部 {n} 户").format(n=len(of.households)), _months(of.households), False)
        if of.free:
            self._add(FREE, _("没有联系党员的 {n} 户").format(n=len(of.free)), _("请安排党员联系"), True)
        for one in sorted(of.keepers, key=lambda keeper: not keeper.households):
            self._add(one.member.id, _title(one), _small(one), bool(one.notice))
        row = next((n for n in range(self.count()) if self.item(n).data(KEY) == kept), 0)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def of_key(self, of: BranchBoard) -> tuple[HouseholdView, ...]:
        """The households of the card chosen."""
        if self.key == ALL:
            return of.households
        if self.key == FREE:
            return of.free
        return next((one.households for one in of.keepers if one.member.id == self.key), ())

    def _add(self, key: int, words: str, small: str, warns: bool) -> None:
        item = QListWidgetItem(words)
        item.setData(KEY, key)
        item.setData(SMALL, small)
        item.setData(WARNS, warns)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words} {small}")
        item.setToolTip(small)
        self.addItem(item)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(int(item.data(KEY)))


def _title(one: Keeper) -> str:
    said = _("{name}　{n} 户").format(name=one.member.name, n=len(one.households))
    if one.rating is not None:
        said += _("　评分 {mark}").format(mark=plain(one.rating.explained.value, 1))
    return said


def _small(one: Keeper) -> str:
    if not one.households:
        return _("没有联系户")
    if one.notice:
        least, most = one.limits.least, one.limits.most
        return _("！应联系 {least} 至 {most} 户").format(least=least, most=most) + "　" + _months(one.households)
    return _months(one.households)


def _months(of: tuple[HouseholdView, ...]) -> str:
    """7月 8/8　8月 6/8　9月 7/8."""
    if not of:
        return ""
    parts = []
    for place, month in enumerate(of[0].months):
        due = [one.months[place] for one in of if one.months[place].is_due]
        parts.append(
            _("{month}月 {done}/{due}").format(month=month.month, done=sum(bool(m.visits) for m in due), due=len(due))
        )
    return "　".join(parts)


class _Look(QStyledItemDelegate):
    """Two lines: who and how many, then the months."""

    def sizeHint(self, option: QStyleOptionViewItem, index) -> QSize:  # type: ignore[no-untyped-def]
        return QSize(0, round(theme.line_height() * LINES))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:  # type: ignore[no-untyped-def]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        gap, line = theme.gap(0.4), theme.line_height()
        box = QRectF(option.rect).adjusted(gap / 2, gap / 4, -gap / 2, -gap / 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("focus" if chosen else "line"))
        painter.setBrush(theme.colour("selection" if chosen else "card"))
        painter.drawRoundedRect(box, 4, 4)
        inside = box.adjusted(gap, gap * 0.5, -gap, 0)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", bold=chosen))
        metrics = QFontMetrics(painter.font())
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), line), _LEFT, words)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("watch_text" if index.data(WARNS) else "text_quiet"))
        small = QFontMetrics(painter.font()).elidedText(
            str(index.data(SMALL)), Qt.TextElideMode.ElideRight, round(inside.width())
        )
        painter.drawText(QRectF(inside.left(), inside.top() + line * 1.15, inside.width(), line), _LEFT, small)
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
