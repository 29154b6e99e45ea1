"""What whistles show of each department: how often in time, how fast, how rated; listed from three ratings on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import departments, whistle_rules, whistles
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.whistles import NOT_BLOWN, WhistleView
from okr_desk.scoring.explained import Explained, result
from okr_desk.scoring.whistle_ratings import RatingRule, department_score
from okr_desk.whistle_terms import DepartmentKind, Solved, WhistleState


@dataclass(frozen=True)
class Rate:
    """`done` of `known`; `unknown`: of how many nobody can say, or not yet."""

    done: int
    known: int
    unknown: int = 0

    @property
    def explained(self) -> Explained:
        """The share in percent, None where nothing is known."""
        if not self.known:
            return Explained(None, (_("没有可以判断的，不计算。"),))
        value = Decimal(self.done) * 100 / self.known
        said = [_("{done}÷{known}×100%{value}").format(done=self.done, known=self.known, value=result(value))]
        if self.unknown:
            said.append(_("另有 {n} 件没有时间记录或未到时限，不计入。").format(n=self.unknown))
        return Explained(value, tuple(said))


@dataclass(frozen=True)
class Figures:
    """The measures of some whistles (domain 4.1). Minutes are means of those whose times are known."""

    count: int
    signed_in: Rate
    came: Rate
    closed: Rate
    solved_at_once: Rate
    again: Rate
    sign_in_minutes: int | None
    arrive_minutes: int | None
    rated: int
    overdue: int


@dataclass(frozen=True)
class DepartmentLine:
    """One department in a quarter. `score` None: too few ratings, its step says so."""

    department: DepartmentView
    figures: Figures
    score: Explained
    whistles: tuple[WhistleView, ...]


@dataclass(frozen=True)
class DepartmentTable:
    """All departments that were whistled for in a quarter, by kind, the best first."""

    quarter: QuarterView
    lines: tuple[DepartmentLine, ...]
    all: Figures
    least: int
    rule: RatingRule

    def of(self, kind: DepartmentKind) -> tuple[DepartmentLine, ...]:
        """Those of one kind."""
        return tuple(line for line in self.lines if line.department.kind is kind)


def table(session: Reader, quarter: QuarterView, known: Sequence[WhistleView] | None = None) -> DepartmentTable:
    """Departments by what lies in the quarter: whistles blown in it, and ratings given in it.

    `known`: all whistles of the township that stand, where they were read already.
    """
    rule, least = whistle_rules.rating_rule(session), whistle_rules.least_whistles(session)
    found = [
        one
        for one in (whistles.whistles(session) if known is None else known)
        if is_blown(one) and _touches(one, quarter)
    ]
    lines = []
    for department in departments.departments(session, with_closed=True):
        own = [one for one in found if one.department.id == department.id]
        if own:
            rated = [one for one in own if _rated_in(one, quarter)]
            score = department_score([one.score for one in rated], rule, least)
            lines.append(DepartmentLine(department, figures(own, quarter), score, tuple(own)))
    kinds = list(DepartmentKind)
    lines.sort(key=lambda line: (kinds.index(line.department.kind), line.score.value is None, -(line.score.value or 0)))
    return DepartmentTable(quarter, tuple(lines), figures(found, quarter), least, rule)


def figures(of: Sequence[WhistleView], quarter: QuarterView) -> Figures:
    """The measures of whistles blown in the quarter; ratings are those given in it."""
    own = [one for one in of if _blown_in(one, quarter)]
    finished = [one for one in own if one.finished_at is not None]
    return Figures(
        count=len(own),
        signed_in=_rate(own, lambda one: one.signed_in_time),
        came=_rate(own, lambda one: one.came_in_time),
        closed=_rate(own, lambda one: one.closed_in_time),
        solved_at_once=_rate(finished, solved_at_once),
        again=Rate(sum(one.again_of_id is not None for one in own), len(own)),
        sign_in_minutes=_mean(one.sign_in_minutes for one in own),
        arrive_minutes=_mean(one.arrive_minutes for one in own),
        rated=sum(_rated_in(one, quarter) and one.score.total.value is not None for one in of),
        overdue=sum(one.closed_in_time is False for one in own),
    )


def is_blown(one: WhistleView) -> bool:
    """Whether the whistle has been blown and not been cancelled."""
    return one.state not in _NOT_COUNTED and not one.withdrawn


_NOT_COUNTED = (*NOT_BLOWN, WhistleState.CANCELLED)


def solved_at_once(one: WhistleView) -> bool | None:
    """Whether one whistle was enough: never sent back, not blown again, solved as the people say; None: not asked."""
    if one.was_returned or one.again or one.again_of_id or one.solved in (Solved.NO, Solved.PARTLY):
        return False
    return True if one.solved is Solved.YES else None


def mean_score(of: Sequence[WhistleView]) -> Decimal | None:
    """The mean of the whistles' scores; None where none is rated."""
    values = [one.score.total.value for one in of if one.score.total.value is not None]
    return sum(values, Decimal(0)) / len(values) if values else None


def _touches(one: WhistleView, quarter: QuarterView) -> bool:
    return _blown_in(one, quarter) or _rated_in(one, quarter)


def _blown_in(one: WhistleView, quarter: QuarterView) -> bool:
    day = one.blown_on
    return day is not None and quarter.starts_on <= day <= quarter.ends_on


def _rated_in(one: WhistleView, quarter: QuarterView) -> bool:
    day = one.rated_on
    return day is not None and quarter.starts_on <= day <= quarter.ends_on


def _rate(of: Sequence[WhistleView], said: Callable[[WhistleView], bool | None]) -> Rate:
    known = [done for one in of if (done := said(one)) is not None]
    return Rate(sum(known), len(known), len(of) - len(known))


def _mean(minutes: Iterable[int | None]) -> int | None:
    known = [one for one in minutes if one is not None]
    return round(sum(known) / len(known)) if known else None
