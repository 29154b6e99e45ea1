"""Make years, move years and quarters by the table of moves, and keep the working-day calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import CalendarDay, CalendarYear, Quarter, Year
from okr_desk.queries import counting_sources, orgs, policy
from okr_desk.queries import cycles as standing
from okr_desk.rules import cycles as rules
from okr_desk.rules.cycles import QUARTER_MOVES, YEAR_MOVES, CalendarDayDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState, YearState

LIBRARY, OFFICE = "library", "office"


def create_year(session: Session, actor: Actor, number: int, copied_from: int | None = None) -> Outcome[int]:
    """Add a year with its four quarters, all still being prepared. The id of the year; a notice where the due date
    of a quarter is only provisional because nobody has filled in the calendar that it needs."""
    permits.require(session, actor, Action.MOVE_CYCLES)
    rules.check_year(number)
    if session.exec(select(Year).where(Year.number == number)).first() is not None:
        raise InputRefused(_("{year}年度已经建立。").format(year=number), "year")
    year = Year(number=number, state=YearState.PLANNING, copied_from=copied_from)
    session.add(year)
    session.flush()
    open_ended: dict[int, list[str]] = {}
    for place in (1, 2, 3, 4):
        first, last = rules.span(number, place)
        due = default_due(session, last)
        if due is None:
            due = rules.provisional_due(last)
            open_ended.setdefault(due.year, []).append(rules.quarter_label(number, place))
        session.add(
            Quarter(
                year_id=year.key,
                number=place,
                starts_on=first,
                ends_on=last,
                due_on=due,
                state=QuarterState.PLANNING,
            )
        )
    session.flush()
    sentence = _("{year}年的工作日历还没有填写，{quarters}的截止日为暂定，请填写日历后核对。")
    notices = (sentence.format(year=unknown, quarters="、".join(names)) for unknown, names in open_ended.items())
    return Outcome(year.key, changed(Topic.CYCLES), tuple(notices))


def default_due(session: Session, ends_on: date) -> date | None:
    """The last day in time by the office's setting (5th working day after the quarter); None past the calendar."""
    days = policy.integer(session, "report.working_days")
    return standing.calendar(session).nth_working_day_after(ends_on, days)


def move_quarter(session: Session, actor: Actor, quarter_id: int, to: QuarterState) -> Outcome[QuarterState]:
    """Move a quarter on. Raises WrongState with what is missing, or when the table has no such move."""
    permits.require(session, actor, Action.MOVE_CYCLES)
    row = _quarter(session, quarter_id)
    move = rules.move_of(QUARTER_MOVES, QuarterState(row.state), to)
    wanting = rules.missing(move, standing.facts_of(session, quarter_id))
    if wanting:
        raise WrongState(wanting[0])
    changes = changed(Topic.CYCLES)
    if move.before is QuarterState.OPEN:
        changes |= _count_daily_work(session, actor, row)
    row.state = to
    session.add(row)
    session.flush()
    if move.before is QuarterState.PLANNING:
        changes |= _count_daily_work(session, actor, row)
    return Outcome(to, changes)


def _count_daily_work(session: Session, actor: Actor, quarter: Quarter) -> Changes:
    """What the registers of daily work say now: as the quarter opens, and once more before it is frozen.

    Entries count when they are made; a quarter without any has values too, of what fell due and was not done.
    """
    branches = list(orgs.branch_categories(session, quarter.ends_on))
    changes = Changes()
    for source in counting_sources.sources(session) if branches else ():
        changes |= counting.recount(session, actor, source, branches, quarter.starts_on)
    return changes


def move_year(session: Session, actor: Actor, year_id: int, to: YearState) -> Outcome[YearState]:
    """Move a year on. Raises WrongState with what is missing, or when the table has no such move."""
    permits.require(session, actor, Action.MOVE_CYCLES)
    row = session.get(Year, year_id)
    if row is None:
        raise Refusal(_("没有这个年度，请刷新后再试。"))
    move = rules.move_of(YEAR_MOVES, YearState(row.state), to)
    quarters = session.exec(select(Quarter.state).where(Quarter.year_id == row.key)).all()
    closed = all(state == QuarterState.CLOSED for state in quarters)
    wanting = rules.missing(move, {"quarters_closed": closed})
    if wanting:
        raise WrongState(wanting[0])
    row.state = to
    session.add(row)
    session.flush()
    return Outcome(to, changed(Topic.CYCLES, Topic.OBJECTIVES))


def set_due(session: Session, actor: Actor, quarter_id: int, due_on: date) -> Outcome[date]:
    """Set the last day on which a report of the quarter is in time. Raises WrongState once the quarter is closed."""
    permits.require(session, actor, Action.MOVE_CYCLES)
    row = _quarter(session, quarter_id)
    if row.state == QuarterState.CLOSED:
        raise WrongState(_("本季度已关账，截止日不能再改。"))
    rules.check_due(due_on, row.ends_on)
    if row.due_on == due_on:
        return Outcome(due_on, Changes())
    row.due_on = due_on
    session.add(row)
    session.flush()
    return Outcome(due_on, changed(Topic.CYCLES), _due_notices(session, due_on))


def set_day(session: Session, actor: Actor, draft: CalendarDayDraft) -> Outcome[int]:
    """Enter a holiday or a make-up working day; an entry of the same day is replaced. Due dates that followed the
    calendar follow it again."""
    permits.require(session, actor, Action.EDIT_CALENDAR)
    rules.check_day(draft)
    before = _default_dues(session)
    row = session.exec(select(CalendarDay).where(CalendarDay.day == draft.day)).first()
    name = draft.name.strip()
    if row is None:
        row = CalendarDay(day=draft.day, is_working=draft.is_working, name=name, source=OFFICE)
    elif (row.is_working, row.name) == (draft.is_working, name):
        return Outcome(row.key, Changes())
    row.is_working, row.name, row.source = draft.is_working, name, OFFICE
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.CYCLES), _follow_calendar(session, before))


def remove_day(session: Session, actor: Actor, day: date) -> Outcome[None]:
    """Take a day out of the calendar: it is again what its weekday says."""
    permits.require(session, actor, Action.EDIT_CALENDAR)
    row = session.exec(select(CalendarDay).where(CalendarDay.day == day)).first()
    if row is None:
        return Outcome(None, Changes())
    before = _default_dues(session)
    session.delete(row)
    session.flush()
    return Outcome(None, changed(Topic.CYCLES), _follow_calendar(session, before))


def fill_from_library(session: Session, actor: Actor, year: int) -> Outcome[int]:
    """Fill in the holidays and make-up days of a year from the library's data; how many days were written.

    Days that the office entered itself stay. Raises Refusal for a year that the library does not know.
    """
    permits.require(session, actor, Action.EDIT_CALENDAR)
    days = tuple(_library_days(year))
    before = _default_dues(session)
    listed = {row.day: row for row in _listed(session, year)}
    written = 0
    for day, is_working, name in days:
        row = listed.pop(day, None)
        if row is None:
            session.add(CalendarDay(day=day, is_working=is_working, name=name, source=LIBRARY))
        elif row.source == LIBRARY and (row.is_working, row.name) != (is_working, name):
            row.is_working, row.name = is_working, name
            session.add(row)
        else:
            continue
        written += 1
    for row in listed.values():
        if row.source == LIBRARY:
            session.delete(row)
            written += 1
    known = _say_known(session, year, LIBRARY)
    session.flush()
    changes = changed(Topic.CYCLES) if written or known else Changes()
    return Outcome(written, changes, _follow_calendar(session, before))


def confirm_year(session: Session, actor: Actor, year: int) -> Outcome[int]:
    """State that the office has entered all holidays of a year itself: from now on its working days are known."""
    permits.require(session, actor, Action.EDIT_CALENDAR)
    rules.check_year(year)
    if not any(not row.is_working for row in _listed(session, year)):
        sentence = _("{year}年还没有登记任何节假日。请先登记，再确认本年日历已填写完整。")
        raise WrongState(sentence.format(year=year))
    before = _default_dues(session)
    known = _say_known(session, year, OFFICE)
    session.flush()
    return Outcome(year, changed(Topic.CYCLES) if known else Changes(), _follow_calendar(session, before))


def _quarter(session: Session, quarter_id: int) -> Quarter:
    row = session.get(Quarter, quarter_id)
    if row is None:
        raise Refusal(_("没有这个季度，请刷新后再试。"))
    return row


def _due_notices(session: Session, due_on: date) -> tuple[str, ...]:
    working = standing.calendar(session).is_working_day(due_on)
    if working is None:
        return (_("{year}年的工作日历还没有填写，无法核对这一天是否上班。").format(year=due_on.year),)
    return () if working else (_("{day} 不是工作日，请核对。").format(day=due_on),)


def _listed(session: Session, year: int) -> list[CalendarDay]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    wanted = select(CalendarDay).where(col(CalendarDay.day) >= first, col(CalendarDay.day) <= last)
    return list(session.exec(wanted))


def _say_known(session: Session, year: int, source: str) -> bool:
    row = session.exec(select(CalendarYear).where(CalendarYear.number == year)).first()
    if row is not None and row.source == source:
        return False
    row = row or CalendarYear(number=year, source=source, confirmed_at=now(session))
    row.source, row.confirmed_at = source, now(session)
    session.add(row)
    return True


def _default_dues(session: Session) -> dict[int, date | None]:
    rows = session.exec(select(Quarter)).all()
    return {row.key: default_due(session, row.ends_on) for row in rows}


def _follow_calendar(session: Session, before: dict[int, date | None]) -> tuple[str, ...]:
    """Due dates that were computed, not set by hand, are computed again; one sentence for each that moved."""
    notices = []
    for row in session.exec(select(Quarter)):
        due = default_due(session, row.ends_on)
        was_computed = row.due_on in (before.get(row.key), rules.provisional_due(row.ends_on))
        if due is None or due == row.due_on or not was_computed:
            continue
        if row.state in (QuarterState.PLANNING, QuarterState.OPEN):
            row.due_on = due
            session.add(row)
            year = session.get(Year, row.year_id)
            label = rules.quarter_label(year.number if year else row.ends_on.year, row.number)
            notices.append(_("{quarter}的填报截止日随日历改为 {day}。").format(quarter=label, day=due))
    session.flush()
    return tuple(notices)


def _library_days(year: int) -> Iterator[tuple[date, bool, str]]:
    """Days of a year that have a name: holidays (also those on a weekend) and make-up working days.

    Source: chinesecalendar, which follows the State Council's yearly notice.
    """
    import chinese_calendar

    if year not in {day.year for day in chinese_calendar.holidays}:
        sentence = _("程序自带的节假日资料没有 {year} 年。请按国务院办公厅通知逐日登记，再点“确认已填写完整”。")
        raise Refusal(sentence.format(year=year))
    day = date(year, 1, 1)
    while day.year == year:
        is_holiday, english = chinese_calendar.get_holiday_detail(day)
        if english is not None:
            name = chinese_calendar.Holiday(english).chinese
            yield day, not is_holiday, name if is_holiday else _("{name}调休上班").format(name=name)
        day += timedelta(days=1)
