"""One branch's quarter: the entry, the calendar beside the kinds, the list of what was held."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.duty_terms import DutyKind
from okr_desk.i18n import _
from okr_desk.queries.duties import KindStand, MeetingView
from okr_desk.queries.duty_overview import DutyOverview
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.duty_rows import kind_columns, letter, meeting_columns
from okr_desk.ui.widgets.duty_calendar import DutyCalendar
from okr_desk.ui.widgets.duty_entry import DutyEntry
from okr_desk.ui.widgets.matrix import MatrixLook
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table

KINDS = 20
"""Width in characters that the kinds need beside the calendar; else they stand below it."""
ROW = 1.42
"""Height of a row in lines of text: five kinds and as many meetings are seen on a small screen."""


class DutyBranch(QWidget):
    """`correct_asked`, `withdraw_asked` and `print_asked` tell the event meant.

    `appraisal_asked`: 民主评议 was opened, which is entered member by member.
    """

    correct_asked = Signal(object)
    withdraw_asked = Signal(object)
    print_asked = Signal(object)
    appraisal_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = DutyEntry(self)
        self.calendar = DutyCalendar(self)
        self.legend = QLabel(self)
        self.legend.setObjectName("quiet")
        self.legend.setFont(theme.font("small"))
        self.legend.setWordWrap(True)
        self.kinds = Table(desk, kind_columns(), "duty_kinds", _("应开展和已开展"), self)
        self.kinds.view.setItemDelegate(MatrixLook(self.kinds.view))
        self.kinds.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.list = Table(desk, meeting_columns(), "duty_meetings", _("三会一课记录"), self)
        self.list.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.print_button = self.list.add_tool(_("会议记录"), "print", lambda: self._tell(self.print_asked))
        self.withdraw_button = self.list.add_tool(_("撤回"), "undo", lambda: self._tell(self.withdraw_asked))
        self.correct_button = self.list.add_tool(_("更正"), "edit", lambda: self._tell(self.correct_asked))
        self._assemble()
        self.calendar.picked.connect(self.entry.set_day)
        self.kinds.opened.connect(self._tick)
        self.list.opened.connect(lambda row: self.correct_asked.emit(row) if row is not None else None)
        self.list.marked.connect(lambda _row: self._follow())

    def show_branch(self, of: DutyOverview, is_office: bool, may_record: bool) -> None:
        """Show the one branch of `of`; without the right to record there is no entry."""
        one = of.one
        assert one is not None
        self._may_record = may_record
        self.entry.setVisible(may_record)
        if may_record:
            self.entry.show_branch(of, is_office)
        self.calendar.show_quarter(of.quarter, one.meetings, of.party_day, of.today, one.lacking(of.today))
        self.legend.setText(_legend(of))
        self.kinds.set_rows([kind for kind in one.kinds if kind.due or kind.held or kind.kind in _ALWAYS])
        self.list.set_rows(tuple(reversed(one.meetings)))
        nothing = Nothing(
            _("本季还没有登记三会一课。"),
            _("开过的会在上方填日期、类型、应到和实到，回车登记；点日历里的日子，日期就填好了。"),
            _("登记第一次") if may_record else "",
            self.entry.begin,
            is_accent=False,
        )
        self.held.show_rows_or(one.meetings, nothing)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self.calendar.sizeHint().width() + theme.span(self, KINDS)
        way = QBoxLayout.Direction
        self._middle.setDirection(way.LeftToRight if fits else way.TopToBottom)

    # Inside

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.gap(0.2))
        left.addWidget(self.calendar)
        left.addWidget(self.legend)
        left.addStretch(1)
        middle = self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(theme.gap(0.8))
        middle.addLayout(left)
        middle.addWidget(self.kinds, 1)
        inner, area = QWidget(self), QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("本季"))
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)  # at large text all of it is higher than the window
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.entry)
        layout.addLayout(middle, 5)
        self.held = Place(self)
        self.held.layout_.setContentsMargins(0, 0, 0, 0)
        self.held.layout_.addWidget(self.list)
        layout.addWidget(self.held, 6)
        self.kinds.setMinimumHeight(round(theme.line_height() * 8))
        self.list.setMinimumHeight(round(theme.line_height() * 6))

    def _tell(self, signal: SignalInstance) -> None:
        row: MeetingView | None = self.list.current()
        if row is not None:
            signal.emit(row)

    def _tick(self, row: KindStand | None) -> None:
        if row is not None and row.kind is DutyKind.REVIEW:
            self.appraisal_asked.emit()  # member by member, and counted here by itself
        elif row is not None and self._may_record:
            self.entry.tick(row.kind)

    def _follow(self) -> None:
        marked = self.list.current() is not None
        for button in (self.correct_button, self.withdraw_button):
            button.setVisible(self._may_record)
            button.setEnabled(marked)
        self.print_button.setEnabled(marked)

    _may_record = False


_ALWAYS = (DutyKind.ASSEMBLY, DutyKind.COMMITTEE, DutyKind.GROUP, DutyKind.LESSON, DutyKind.PARTY_DAY)


def _legend(of: DutyOverview) -> str:
    """What the characters in the calendar mean, and which day is the fixed Party day."""
    words = "　".join(f"{letter(kind)} {label(kind)}" for kind in DutyKind)
    if of.party_day:
        words += "　" + _("黄框为固定党日（每月 {n} 日）").format(n=of.party_day)
    return words
