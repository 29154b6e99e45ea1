"""A quarter of one branch: three months with what each lacks, the kinds held on a day as characters, the fixed Party
day in a frame."""

from __future__ import annotations

from calendar import monthcalendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.duty_terms import DutyKind
from okr_desk.i18n import N_, _
from okr_desk.queries.duties import MeetingView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.duties import kind_words
from okr_desk.ui import theme
from okr_desk.ui.models.duty_rows import letter

MONTHS, WEEKS, MOST = 3, 6, 2
_WEEK = N_("一二三四五六日")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DutyCalendar(QWidget):
    """Paints one quarter; `picked` tells the day that was clicked or taken with Enter. Arrow keys move."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quarter: QuarterView | None = None
        self._today = self._cursor = date(2000, 1, 1)
        self._party_day = 0
        self._held: dict[date, list[MeetingView]] = {}
        self._gaps: tuple[Mapping[DutyKind, int], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("本季日历"))

    def show_quarter(
        self,
        quarter: QuarterView,
        meetings: Sequence[MeetingView],
        party_day: int,
        today: date,
        gaps: Sequence[Mapping[DutyKind, int]] = (),
    ) -> None:
        """Show a quarter with what was held in it; `gaps`: what its months lack, by kind."""
        self._gaps = tuple(gaps)
        self._quarter, self._party_day, self._today = quarter, party_day, today
        held: dict[date, list[MeetingView]] = defaultdict(list)
        for one in meetings:
            held[one.held_on].append(one)
        self._held = dict(held)
        if not quarter.starts_on <= self._cursor <= quarter.ends_on:
            self._cursor = min(max(today, quarter.starts_on), quarter.ends_on)
        self._tell_cursor()
        self.update()

    def sizeHint(self) -> QSize:
        wide = round(self._cell_width() * 7 * MONTHS + theme.gap(0.7) * (MONTHS - 1))
        return QSize(wide, round(self._line() * (WEEKS * 1.75 + 2.2)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def letters(self, day: date) -> str:
        """The characters of the kinds held on a day: up to two of them, else the first and +."""
        kinds = {kind for one in self._held.get(day, ()) for kind in one.kinds}
        found = [letter(kind) for kind in DutyKind if kind in kinds]
        return "".join(found) if len(found) <= MOST else found[0] + "+"

    def words(self, day: date) -> str:
        """What a day is, in words: for the tip and the screen reader."""
        held = [f"{kind_words(one.kinds)} {one.topic}".strip() for one in self._held.get(day, ())]
        fixed = [_("固定党日")] if day.day == self._party_day else []
        return "\n".join([day.isoformat(), *fixed, *held])

    def gap_text(self, place: int) -> tuple[str, bool]:
        """What the month lacks (■ 缺 委1 组2, or 还差 日1 while it runs), and whether it is overdue."""
        assert self._quarter is not None
        gaps = self._gaps[place] if place < len(self._gaps) else {}
        if not gaps:
            return "", False
        said = " ".join(f"{letter(kind)}{n}" for kind, n in gaps.items())
        ended = (self._today.year, self._today.month) > (self._quarter.year, self._quarter.starts_on.month + place)
        return (_("■ 缺 {kinds}") if ended else _("还差 {kinds}")).format(kinds=said), ended

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._quarter is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(MONTHS):
            self._paint_month(painter, place)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self._move(day)
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        self.setToolTip(self.words(day) if day else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self._quarter is not None:
            moved = date.fromordinal(self._cursor.toordinal() + _STEPS[Qt.Key(event.key())])
            if self._quarter.starts_on <= moved <= self._quarter.ends_on:
                self._move(moved)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    # Inside

    def _move(self, day: date) -> None:
        self._cursor = day
        self._tell_cursor()
        self.update()

    def _tell_cursor(self) -> None:
        self.setAccessibleDescription(self.words(self._cursor))

    def _line(self) -> int:
        return QFontMetrics(theme.font("small")).height()

    def _cell_width(self) -> int:
        return round(QFontMetrics(theme.font("small")).horizontalAdvance("国") * 2.24)

    def _box(self, place: int) -> QRectF:
        gap = theme.gap(0.7)
        width = (self.width() - gap * (MONTHS - 1)) / MONTHS
        return QRectF(place * (width + gap), 0, width, self.height())

    def _cell(self, box: QRectF, week: int, weekday: int) -> QRectF:
        head = self._line() * 2.2
        height = (box.height() - head) / WEEKS
        return QRectF(box.left() + weekday * box.width() / 7, head + week * height, box.width() / 7, height)

    def _weeks(self, place: int) -> list[tuple[int, int, date]]:
        assert self._quarter is not None
        year, month = self._quarter.year, self._quarter.starts_on.month + place
        return [
            (week, weekday, date(year, month, number))
            for week, days in enumerate(monthcalendar(year, month))
            for weekday, number in enumerate(days)
            if number
        ]

    def _paint_month(self, painter: QPainter, place: int) -> None:
        assert self._quarter is not None
        box, line = self._box(place), self._line()
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.colour("text"))
        title = QRectF(box.left(), 0, box.width(), line * 1.1)
        name = _("{n}月").format(n=self._quarter.starts_on.month + place)
        gap, is_overdue = self.gap_text(place)
        width = painter.fontMetrics().horizontalAdvance(name + ("　" if gap else ""))
        left = title.left() + (title.width() - width - painter.fontMetrics().horizontalAdvance(gap)) / 2
        painter.drawText(title.adjusted(left - title.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.colour("bad_text" if is_overdue else "text_quiet"))
        painter.drawText(title.adjusted(left - title.left() + width, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, gap)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_quiet"))
        for weekday, sign in enumerate(_(_WEEK)):
            cell = QRectF(box.left() + weekday * box.width() / 7, line * 1.1, box.width() / 7, line)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, sign)
        for week, weekday, day in self._weeks(place):
            self._paint_day(painter, self._cell(box, week, weekday), day)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        inner, letters = cell.adjusted(1, 1, -1, -1), self.letters(day)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ok_soft") if letters else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day.day == self._party_day:
            painter.setPen(QPen(theme.colour("watch"), 1.4))
            painter.drawRoundedRect(inner, 3, 3)
        if day == self._today or (self.hasFocus() and day == self._cursor):
            here = self.hasFocus() and day == self._cursor
            painter.setPen(QPen(theme.colour("focus" if here else "line_strong"), 1.2))
            painter.drawRoundedRect(inner, 3, 3)
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width(), half if letters else inner.height())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text_quiet" if day.weekday() < 5 else "text_faint"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, str(day.day))
        if letters:
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.colour("ok_text"))
            lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, letters)

    def _day_at(self, point: QPointF) -> date | None:
        if self._quarter is None:
            return None
        for place in range(MONTHS):
            box = self._box(place)
            for week, weekday, day in self._weeks(place):
                if self._cell(box, week, weekday).contains(point):
                    return day
        return None
