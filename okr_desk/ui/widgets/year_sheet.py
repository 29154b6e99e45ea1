"""A year on one sheet: twelve months, holidays and make-up days with their character as well as their colour."""

from __future__ import annotations

from calendar import monthcalendar
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries.cycles import DayView
from okr_desk.ui import theme

MOST_COLUMNS, WEEKS = 4, 6
_WEEK = N_("一二三四五六日")


class YearSheet(QWidget):
    """Paints one year; `picked` tells the day that was clicked or taken with Enter. Arrow keys move by day and week."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = 2000
        self._known = False
        self._days: dict[date, DayView] = {}
        self._today: date | None = None
        self._cursor = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("全年日历"))

    def show_year(self, year: int, days: tuple[DayView, ...], known: bool, today: date) -> None:
        """Show a year; `known` False paints every day as not decided."""
        self._year, self._known, self._today = year, known, today
        self._days = {day.day: day for day in days}
        if self._cursor.year != year:
            self._cursor = today if today.year == year else date(year, 1, 1)
        self._tell_cursor()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._month_width(), self._month_height() * self._rows())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setMinimumHeight(self._month_height() * self._rows())
        super().resizeEvent(event)

    def words(self, day: date) -> str:
        """What a day is, in words: for the tip and the screen reader."""
        listed = self._days.get(day)
        if listed is not None:
            kind = _("上班") if listed.is_working else _("放假")
            return _("{day} {name}（{kind}）").format(day=day, name=listed.name, kind=kind)
        if not self._known:
            return _("{day} 本年日历还没有填写").format(day=day)
        return _("{day} 工作日").format(day=day) if day.weekday() < 5 else _("{day} 周末").format(day=day)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self._cursor = day
            self._tell_cursor()
            self.update()
            self.picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if event.key() in steps:
            moved = date.fromordinal(self._cursor.toordinal() + steps[Qt.Key(event.key())])
            self._cursor = moved if moved.year == self._year else self._cursor
            self._tell_cursor()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        self.setToolTip(self.words(day) if day else "")

    def _tell_cursor(self) -> None:
        self.setAccessibleDescription(self.words(self._cursor))

    def _month_width(self) -> int:
        metrics = QFontMetrics(theme.font("small", bold=True))
        return round(metrics.horizontalAdvance("28") * 1.45 * 7) + 2 * theme.gap(0.35)

    def _month_height(self) -> int:
        return round(QFontMetrics(theme.font("small")).height() * 1.02 * (WEEKS + 2))

    def _columns(self) -> int:
        """As many months beside each other as can be read, up to four."""
        return max(1, min(MOST_COLUMNS, self.width() // self._month_width()))

    def _rows(self) -> int:
        return -(-12 // self._columns())

    def _month_box(self, month: int) -> QRectF:
        width, height = self.width() / self._columns(), self.height() / self._rows()
        row, column = divmod(month - 1, self._columns())
        pad = theme.gap(0.35)
        return QRectF(column * width + pad, row * height + pad / 2, width - 2 * pad, height - pad)

    def _cell(self, box: QRectF, week: int, weekday: int) -> QRectF:
        width, height = box.width() / 7, box.height() / (WEEKS + 2)
        return QRectF(box.left() + weekday * width, box.top() + (week + 2) * height, width, height)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        box = self._month_box(month)
        height = box.height() / (WEEKS + 2)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        title = QRectF(box.left(), box.top(), box.width(), height)
        painter.drawText(
            title.adjusted(box.width() / 28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, _("{n}月").format(n=month)
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_quiet"))
        for weekday, letter in enumerate(_(_WEEK)):
            cell = self._cell(box, -1, weekday)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, letter)
        for week, days in enumerate(monthcalendar(self._year, month)):
            for weekday, number in enumerate(days):
                if number:
                    self._paint_day(painter, self._cell(box, week, weekday), date(self._year, month, number))

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        listed = self._days.get(day)
        inner = cell.adjusted(1, 1, -1, -1)
        if listed is not None:
            painter.setPen(theme.colour("watch") if listed.is_working else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("watch_soft" if listed.is_working else "ok_soft"))
            painter.drawRoundedRect(inner, 3, 3)
        if day == self._today or (self.hasFocus() and day == self._cursor):
            painter.setPen(theme.colour("focus" if day == self._cursor and self.hasFocus() else "line_strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 3, 3)
        painter.setFont(theme.font("small", bold=listed is not None))
        painter.setPen(self._ink(day, listed))
        words = str(day.day)
        if listed is not None:
            roomy = painter.fontMetrics().horizontalAdvance("28" + _("班")) < inner.width()
            mark = _("班") if listed.is_working else _("休")
            words += mark if roomy else ""
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)

    def _ink(self, day: date, listed: DayView | None) -> QColor:
        if listed is not None:
            return theme.colour("watch_text" if listed.is_working else "ok_text")
        return theme.colour("text" if day.weekday() < 5 and self._known else "text_faint")

    def _day_at(self, point: QPointF) -> date | None:
        for month in range(1, 13):
            box = self._month_box(month)
            if not box.contains(point):
                continue
            for week, days in enumerate(monthcalendar(self._year, month)):
                for weekday, number in enumerate(days):
                    if number and self._cell(box, week, weekday).contains(point):
                        return date(self._year, month, number)
        return None
