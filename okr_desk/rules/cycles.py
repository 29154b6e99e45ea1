"""Years and quarters: the table of moves, when something may still be recorded, and the working-day calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.terms import QuarterState, YearState, label

FIRST_YEAR, LAST_YEAR = 2000, 2099
SUBSTITUTES = (N_("分管领导"), N_("镇纪委"))


@dataclass(frozen=True)
class Calendar:
    """Days that differ from Monday-to-Friday, and the years for which somebody has filled them in."""

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether the holidays of `year` have been filled in."""
        return year in self.years

    def is_working_day(self, day: date) -> bool | None:
        """Whether the office works on `day`; None when nobody has filled in that year: it is never guessed."""
        if day.year not in self.years:
            return None
        return self.days.get(day, day.weekday() < 5)

    def working_days(self, first: date, last: date) -> int | None:
        """Working days from `first` to `last`, both included; None when one of the years is not filled in."""
        if not all(self.knows(year) for year in range(first.year, last.year + 1)):
            return None
        return sum(bool(self.is_working_day(day)) for day in _days(first, last))

    def nth_working_day_after(self, day: date, n: int) -> date | None:
        """The `n`th working day after `day` (n from 1); None when it runs into a year that is not filled in."""
        left, current = n, day
        while left > 0:
            current += timedelta(days=1)
            working = self.is_working_day(current)
            if working is None:
                return None
            left -= working
        return current


@dataclass(frozen=True)
class Move:
    """One permitted move of a state. `needs` are the names of the facts that must hold, see `missing`."""

    before: QuarterState | YearState
    action: str
    after: QuarterState | YearState
    needs: tuple[str, ...] = ()


QUARTER_MOVES: tuple[Move, ...] = (
    Move(QuarterState.PLANNING, N_("开放填报"), QuarterState.OPEN, ("year_open", "begun")),
    Move(QuarterState.OPEN, N_("冻结"), QuarterState.FROZEN, ("ended",)),
    Move(QuarterState.FROZEN, N_("关账"), QuarterState.CLOSED, ("nothing_reopened", "reviews_done", "earlier_closed")),
)
YEAR_MOVES: tuple[Move, ...] = (
    Move(YearState.PLANNING, N_("启用年度"), YearState.OPEN),
    Move(YearState.OPEN, N_("关闭年度"), YearState.CLOSED, ("quarters_closed",)),
)
_NEEDS: dict[str, str] = {
    "year_open": N_("本年度还没有启用，请先启用年度。"),
    "begun": N_("本季度还没有开始，不能提前开放填报。"),
    "ended": N_("本季度还没有结束，不能冻结。请在季度最后一天之后办理。"),
    "nothing_reopened": N_("还有支部处于重新开放，请先结束重新开放再关账。"),
    "reviews_done": N_("还有支部的评审没有定为最终，请办完评审再关账。"),
    "earlier_closed": N_("前面的季度还没有关账，请按季度先后依次关账。"),
    "quarters_closed": N_("四个季度没有全部关账，不能关闭年度。"),
}


def move_of(moves: Sequence[Move], before: QuarterState | YearState, after: QuarterState | YearState) -> Move:
    """The move from one state to another. Raises WrongState when the table does not have it."""
    for move in moves:
        if (move.before, move.after) == (before, after):
            return move
    raise WrongState(
        _("现在是“{before}”，不能变为“{after}”。").format(before=label(before), after=label(after))
        + (_("已关账的季度不再开放。") if before == QuarterState.CLOSED else "")
    )


def next_move(moves: Sequence[Move], state: QuarterState | YearState) -> Move | None:
    """The only way on from a state, or None at its end."""
    return next((move for move in moves if move.before == state), None)


def missing(move: Move, facts: Mapping[str, bool]) -> tuple[str, ...]:
    """The sentences of what is not yet there for a move; empty when it may be made."""
    return tuple(_(_NEEDS[need]) for need in move.needs if not facts.get(need, False))


def may_record(state: QuarterState, is_reopened: bool, is_office: bool) -> None:
    """Raises WrongState where nothing may be recorded: before opening; after the freeze except by the office.

    A branch whose quarter was opened again records as in an open quarter.
    """
    if state is QuarterState.PLANNING:
        raise WrongState(_("本季度还没有开放填报，请等镇党建办开放后再填。"))
    if state is QuarterState.FROZEN and not (is_reopened or is_office):
        raise WrongState(_("本季度已冻结，支部不能再填报。如需更正，请与镇党建办联系。"))
    if state is QuarterState.CLOSED and not is_office:
        raise WrongState(_("本季度已关账，支部不能再填报。如数据有误，请与镇党建办联系。"))


def is_late(today: date, due_on: date) -> bool:
    """Whether an entry made today counts as 补报: after the last day in time."""
    return today > due_on


def span(year: int, number: int) -> tuple[date, date]:
    """First and last day of a quarter (number 1..4)."""
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return first, after - timedelta(days=1)


def next_quarter_start(day: date) -> date:
    """The first day of a quarter on or after `day`."""
    first, last = span(day.year, (day.month + 2) // 3)
    return day if day == first else last + timedelta(days=1)


def quarter_label(year: int, number: int) -> str:
    """2026年第三季度."""
    return (_("{year}年第一季度"), _("{year}年第二季度"), _("{year}年第三季度"), _("{year}年第四季度"))[
        number - 1
    ].format(year=year)


PROVISIONAL_DAYS = 10


def provisional_due(ends_on: date) -> date:
    """Where the calendar does not reach: a date said to be provisional, ten calendar days after the quarter."""
    return ends_on + timedelta(days=PROVISIONAL_DAYS)


@dataclass(frozen=True)
class CalendarDayDraft:
    """A day to add to the calendar: a holiday (`is_working` False) or a make-up working day."""

    day: date
    is_working: bool
    name: str


@dataclass(frozen=True)
class ReopenDraft:
    """Opening a frozen quarter again for named branches: who asks says why."""

    quarter_id: int
    org_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class AgreeDraft:
    """The second person's consent. `substitution` names who stood in where the office has only one person."""

    reopening_ids: tuple[int, ...]
    substitution: str = ""


@dataclass(frozen=True)
class RollOverDraft:
    """A new year made from `from_year`."""

    from_year: int


def check_year(number: int) -> None:
    """Raises InputRefused for a year that nobody can mean."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise InputRefused(
            _("年度请填 {first} 到 {last} 之间的四位数。").format(first=FIRST_YEAR, last=LAST_YEAR), "year"
        )


def check_day(draft: CalendarDayDraft) -> None:
    """Raises InputRefused for a day without a name, or one that would change nothing."""
    if not draft.name.strip():
        raise InputRefused(_("请写明是什么日子，如“国庆节”“国庆节调休”。"), "name")
    if len(draft.name.strip()) > 40:
        raise InputRefused(_("名称请控制在 40 字以内。"), "name")
    if draft.is_working and draft.day.weekday() < 5:
        raise InputRefused(_("这一天本来就是工作日，不用登记上班。"), "day")


def check_due(due_on: date, ends_on: date) -> None:
    """Raises InputRefused for a last day that lies before the end of the quarter or more than 60 days after it."""
    if due_on <= ends_on:
        raise InputRefused(_("截止日应在季度结束（{day}）之后。").format(day=ends_on), "due_on")
    if due_on > ends_on + timedelta(days=60):
        raise InputRefused(_("截止日离季度结束超过 60 天，请核对。"), "due_on")


def check_reopening(draft: ReopenDraft) -> None:
    """Raises InputRefused unless branches and a reason are given."""
    if not draft.org_ids:
        raise InputRefused(_("请选择要重新开放的支部。"), "org_ids")
    if not draft.reason.strip():
        raise InputRefused(_("重新开放须写明理由。"), "reason")


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
