"""年度与季度: where each quarter stands, what may be done next, and on which days the office works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk import services
from okr_desk.clock import local
from okr_desk.i18n import N_, _
from okr_desk.queries import cycles as standing
from okr_desk.queries import orgs as orgs_now
from okr_desk.queries import today as today_now
from okr_desk.queries import users as users_now
from okr_desk.queries.cycles import Calendar, ReopeningView, YearView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.today import OfficeToday
from okr_desk.rules.cycles import QUARTER_MOVES, YEAR_MOVES, next_move
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind, QuarterState, YearState
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.quarter import AgreeDialog, DueDialog, ReopenDialog
from okr_desk.ui.dialogs.quarter_new_year import NewYearDialog
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.cards import Card
from okr_desk.ui.widgets.working_calendar import WorkingCalendar
from okr_desk.ui.widgets.year_rows import YearRows

NAMED = 5
"""How many branches a warning names."""


@dataclass(frozen=True)
class CyclesSnapshot:
    """What the page shows. `waits` tells by quarter id what its next move still needs."""

    today: date
    years: tuple[YearView, ...]
    waits: dict[int, tuple[str, ...]]
    calendar: Calendar
    current: QuarterView | None
    reopenings: tuple[ReopeningView, ...]
    branches: tuple[OrgView, ...]
    names: dict[int, str]
    office_people: int


class CyclesPage(Page):
    """Two tabs: years and quarters with their moves; the working-day calendar."""

    title = N_("年度与季度")
    topics = frozenset({Topic.CYCLES})
    follows_quarter = follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._snapshot: CyclesSnapshot | None = None
        self._can_move = desk.actor is not None and desk.actor.may(Action.MOVE_CYCLES)
        self.tabs = QTabWidget(self)
        self.cards: list[YearRows] = []
        self._lines = QVBoxLayout()
        self.calendar = WorkingCalendar(desk, desk.actor is not None and desk.actor.may(Action.EDIT_CALENDAR), self)
        self.tabs.addTab(self._years_tab(), _("年度与季度"))
        self.tabs.addTab(self.calendar, _("工作日历"))
        self.content.addWidget(self.tabs, 1)
        self._next: Callable[[], None] | None = None
        if self._can_move:
            self.new_year_button = self.add_quiet(_("结转新年度"), "calendar", self.new_year)
            self.accent = self.set_accent(_("下一步"), "check", self._do_next)
            self.accent.hide()

    def query(self) -> Callable[..., Any]:
        today = self.desk.clock.today()
        self.calendar.read()
        return lambda session: _read(session, today)

    def show_answer(self, snapshot: CyclesSnapshot) -> None:
        self._snapshot = snapshot
        self.set_answer(_sentence(snapshot))
        if not snapshot.years:
            self.show_empty(_("还没有年度。"), _("先建立年度，再开放季度填报。"))
        while self._lines.count():
            old = self._lines.takeAt(0)
            card = old.widget() if old is not None else None
            if card is not None:
                card.deleteLater()
        self._add_reopenings(snapshot)
        self.cards = [self._card(snapshot, year) for year in snapshot.years]
        for card in self.cards:
            self._lines.addWidget(card)
        self._add_ended(snapshot)
        self._lines.addStretch(1)
        self._offer_next(snapshot)

    def move(self, quarter: QuarterView) -> None:
        """Make the next move of a quarter, after saying what it means."""
        if quarter.state is QuarterState.PLANNING:
            self._move(quarter, "")
        else:
            self.desk.tasks.read(
                today_now.office, quarter, done=lambda of: self._move(quarter, _silent(of)), owner=self
            )

    def move_year(self, year: YearView) -> None:
        """Make the next move of a year, after saying what it means."""
        found = next_move(YEAR_MOVES, year.state)
        if found is not None and self._agrees(str(year.number), _(found.action), _meaning(found.after)):
            self.desk.tasks.write(services.cycles.move_year, year.id, found.after, owner=self)

    def new_year(self) -> None:
        """Turn the newest year that is in use."""
        if self._snapshot is None or not self._snapshot.years:
            return
        used = [year for year in self._snapshot.years if year.state is not YearState.PLANNING]
        NewYearDialog.ask(self, self.desk, (used or list(self._snapshot.years))[0].number)

    def reopen(self, quarter: QuarterView) -> None:
        """Ask to open a frozen quarter again."""
        if self._snapshot is not None:
            ReopenDialog.ask(self, self.desk, quarter, self._snapshot.branches)

    def agree(self, reopening: ReopeningView) -> None:
        """Agree to a reopening as the second person."""
        if self._snapshot is not None:
            alone = self._snapshot.office_people < 2
            AgreeDialog.ask(self, self.desk, reopening, self._org_name(reopening), alone)

    def end(self, reopening: ReopeningView) -> None:
        """End a reopening, or take an application back."""
        self.desk.tasks.write(services.reopenings.end, reopening.id, owner=self)

    # Inside

    def _move(self, quarter: QuarterView, warning: str) -> None:
        found = next_move(QUARTER_MOVES, quarter.state)
        if found is not None and self._agrees(quarter.label, _(found.action), warning + _meaning(found.after)):
            self.desk.tasks.write(services.cycles.move_quarter, quarter.id, found.after, owner=self)

    def _years_tab(self) -> QWidget:
        inner = QWidget(self)
        inner.setLayout(self._lines)
        self._lines.setContentsMargins(0, theme.gap(0.6), theme.gap(0.3), 0)
        self._lines.setSpacing(theme.gap(0.7))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _card(self, shown: CyclesSnapshot, year: YearView) -> YearRows:
        provisional = frozenset(q.id for q in year.quarters if standing.is_provisional(q, shown.calendar))
        card = YearRows(year, shown.waits, provisional, self._can_move, self)
        card.on_year(lambda: self.move_year(year))
        for quarter in year.quarters:
            card.on_move(quarter.id, partial(self.move, quarter))
            card.on_due(quarter.id, partial(DueDialog.ask, self, self.desk, quarter))
            card.on_reopen(quarter.id, partial(self.reopen, quarter))
        return card

    def _add_reopenings(self, shown: CyclesSnapshot) -> None:
        running = [row for row in shown.reopenings if row.ended_at is None]
        if not running:
            return
        card = Card(_("重新开放"), self)
        for row in running:
            card.content.addLayout(self._reopening(shown, row))
        self._lines.addWidget(card)

    def _add_ended(self, shown: CyclesSnapshot) -> None:
        """What was opened again stays on record after it was ended; an application taken back never opened anything."""
        ended = [row for row in shown.reopenings if row.ended_at is not None and row.agreed_at is not None]
        if not ended:
            return
        card = Card(_("重新开放记录"), self)
        for row in ended:
            words = _("{org}　{quarter}　{told}；{day} 结束开放").format(
                org=self._org_name(row),
                quarter=_label(shown, row),
                told=row.told(shown.names),
                day=local(row.ended_at).date() if row.ended_at else "",
            )
            label = QLabel(words, self)
            label.setObjectName("quiet")
            label.setWordWrap(True)
            card.content.addWidget(label)
        self._lines.addWidget(card)

    def _reopening(self, shown: CyclesSnapshot, row: ReopeningView) -> QHBoxLayout:
        asked = shown.names.get(row.asked_by, "")
        sentence = _("{org}　{quarter}　{name} {day} 申请：{reason}").format(
            org=self._org_name(row),
            quarter=_label(shown, row),
            name=asked,
            day=local(row.asked_at).date(),
            reason=row.reason,
        )
        if row.is_in_force:
            second = row.substitution or shown.names.get(row.agreed_by or 0, "")
            sentence += _("；{name}已同意，正在开放").format(name=second)
        words = QLabel(sentence, self)
        words.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(words, 1)
        if self._can_move:
            if row.is_waiting:
                line.addWidget(self._small_button(_("同意…"), lambda: self.agree(row)))
            line.addWidget(
                self._small_button(_("结束开放") if row.is_in_force else _("撤回申请"), lambda: self.end(row))
            )
        return line

    def _small_button(self, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(lambda: slot())
        return button

    def _org_name(self, row: ReopeningView) -> str:
        branches = self._snapshot.branches if self._snapshot else ()
        return next((org.short_name for org in branches if org.id == row.org_id), "")

    def _offer_next(self, shown: CyclesSnapshot) -> None:
        """The accent goes to the move that is due now, if there is one."""
        if not self._can_move:
            return
        found = _due_move(shown)
        self.accent.setVisible(found is not None)
        self._next = None
        if isinstance(found, YearView):
            year = found
            self.accent.setText(_("启用 {year} 年度").format(year=year.number))
            self._next = lambda: self.move_year(year)
        elif found is not None:
            quarter = found
            move = next_move(QUARTER_MOVES, quarter.state)
            assert move is not None
            self.accent.setText(_("{quarter}{action}").format(quarter=quarter.label, action=_(move.action)))
            self._next = lambda: self.move(quarter)

    def _do_next(self) -> None:
        if self._next is not None:
            self._next()

    def _agrees(self, what: str, action: str, meaning: str) -> bool:
        button = QMessageBox.StandardButton
        words = _("{what}：{action}。{meaning}").format(what=what, action=action, meaning=meaning)
        answer = QMessageBox.question(self, action, words, button.Ok | button.Cancel, button.Ok)
        return answer == button.Ok


def _label(shown: CyclesSnapshot, row: ReopeningView) -> str:
    return next((q.label for year in shown.years for q in year.quarters if q.id == row.quarter_id), "")


def _meaning(after: QuarterState | YearState) -> str:
    return {
        QuarterState.OPEN: _("支部可以开始填报，截止日后填报标记为“补报”。"),
        QuarterState.FROZEN: _("支部不能再填报；镇党建办补报或更正须写明理由。确有需要可由两人办理重新开放。"),
        QuarterState.CLOSED: _("本季度成绩固定，今后不再开放，此项不能撤销。"),
        YearState.OPEN: _("启用后修改基线、目标值须写明理由，并留下原值。"),
    }.get(after, _("关闭后本年度不能再改，此项不能撤销。"))


def _silent(of: OfficeToday) -> str:
    """Who would be frozen or closed without having reported everything."""
    if not of.incomplete:
        return ""
    names = _("、").join(row.org.short_name for row in of.incomplete[:NAMED])
    more = _("等") if len(of.incomplete) > NAMED else ""
    return _("还有 {n} 个支部没有报全（{names}{more}）。").format(n=len(of.incomplete), names=names, more=more)


def _due_move(shown: CyclesSnapshot) -> QuarterView | YearView | None:
    """What should be done now: freeze what is past its due date, else open what has begun, else put a year in use."""
    quarters = [q for year in shown.years for q in year.quarters if not shown.waits.get(q.id)]
    for state, is_due in (
        (QuarterState.OPEN, lambda q: q.due_on < shown.today),
        (QuarterState.PLANNING, lambda q: q.starts_on <= shown.today <= q.due_on),
    ):
        found = [q for q in quarters if q.state is state and is_due(q)]
        if found:
            return min(found, key=lambda q: q.starts_on)
    return next((y for y in shown.years if y.state is YearState.PLANNING and y.number <= shown.today.year), None)


def _sentence(shown: CyclesSnapshot) -> str:
    quarter = shown.current
    if quarter is None:
        return ""
    if quarter.state is not QuarterState.OPEN:
        return _("目前没有开放填报的季度。")
    left = shown.calendar.working_days(shown.today, quarter.due_on)
    if shown.today > quarter.due_on:
        return _("{quarter}填报已于 {day} 截止，之后填报标记为“补报”。").format(
            quarter=quarter.label, day=quarter.due_on
        )
    if left is None:
        return _("{quarter}正在填报，{day} 截止。").format(quarter=quarter.label, day=quarter.due_on)
    sentence = _("{quarter}正在填报，{day} 截止，还有 {n} 个工作日（含当天）。")
    return sentence.format(quarter=quarter.label, day=quarter.due_on, n=left)


def _read(session: Any, today: date) -> CyclesSnapshot:
    years = standing.years(session)
    return CyclesSnapshot(
        today=today,
        years=years,
        waits={q.id: standing.waits_for(session, q) for year in years for q in year.quarters},
        calendar=standing.calendar(session),
        current=standing.current(session, today),
        reopenings=standing.reopenings(session),
        branches=tuple(org for org in orgs_now.tree(session, today) if org.kind == OrgKind.BRANCH),
        names=users_now.names(session),
        office_people=len(users_now.cycle_movers(session, today)),
    )
