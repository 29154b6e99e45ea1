"""Where a key result should be today, how far it is from there, and its light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.rounding import display_near, half_up, plain
from okr_desk.terms import Nature, Status, label

IsWorkingDay = Callable[[date], bool]
RATE_GUARD = Decimal(60)
"""Below this satisfied rate, in percent, no key result of satisfaction and no objective with one is green."""
_ONE_DAY = timedelta(days=1)
_JUDGED_PLACES = 20  # progress carries at most 28 digits; what lies beyond 20 is the dust of a division


@dataclass(frozen=True)
class Pace:
    """`gap` is progress minus expected; None before the start and where nothing was reported."""

    expected: Decimal | None
    gap: Decimal | None
    status: Status
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The expected progress, with its steps."""
        return Explained(self.expected, self.steps)


@dataclass(frozen=True)
class Thresholds:
    """Limits of the lights, policy of the office; equality counts as the better light.

    `coverage` is the share of weight that must apply for a grade, 0..1.
    """

    watch: Decimal = Decimal("-0.10")
    behind: Decimal = Decimal("-0.25")
    aspiration: Decimal = Decimal("0.7")
    coverage: Decimal = Decimal("0.70")


@dataclass(frozen=True)
class Elapsed:
    """Working days of a span: how many have passed at the end of today, and how many there are."""

    passed: int
    total: int
    working: bool = True  # False: the span has no working day, so all days were counted

    @property
    def share(self) -> Decimal:
        """0..1, to 28 digits."""
        return Decimal(self.passed) / Decimal(self.total)


def weekday_only(day: date) -> bool:
    """Monday to Friday: what is assumed where no calendar was filled in."""
    return day.weekday() < 5


def elapsed(start: date, end: date, today: date, is_working_day: IsWorkingDay = weekday_only) -> Elapsed:
    """Count once per span and day, and hand it to `pace` for every key result that shares the span.

    Raises InputRefused when `end` lies before `start`.
    """
    if end < start:
        raise InputRefused(_("结束日期早于开始日期，请改正。"), "end")
    until = min(today, end)
    total = _count(start, end, is_working_day)
    if total:
        return Elapsed(_count(start, until, is_working_day), total)
    return Elapsed(max((until - start).days + 1, 0), (end - start).days + 1, working=False)


def elapsed_share(start: date, end: date, today: date, is_working_day: IsWorkingDay = weekday_only) -> Decimal:
    """Share of the working days gone: 0 at the end of the day before the first, 1 at the end of the last.

    Source: design, "Expected progress today".
    """
    return elapsed(start, end, today, is_working_day).share


def pace(
    *,
    start: date,
    end: date,
    today: date,
    progress: Decimal | None,
    nature: Nature = Nature.COMMITTED,
    plan: Sequence[tuple[date, Decimal]] = (),
    report_overdue: bool = False,
    is_working_day: IsWorkingDay = weekday_only,
    thresholds: Thresholds = Thresholds(),
    counted: Elapsed | None = None,
) -> Pace:
    """Expected progress today, the gap to it and the light; the dust of divisions decides nothing.

    With a typed `plan` of (date, progress) the plan is the agreement and is taken as it stands; else a
    straight line leads to 1 (committed) or to the aspiration. Raises InputRefused for dates out of order.
    Source: methods B3, design "Status" and "Expected progress today".
    """
    if end < start:
        raise InputRefused(_("结束日期早于开始日期，请改正。"), "end")
    if today < start:
        said = _("起算日 {start} 未到，应达为 0，不判快慢。").format(start=start)
        return Pace(Decimal(0), None, Status.NOT_STARTED, (said,))
    if plan:
        expected, steps = _planned(start, end, today, plan, is_working_day)
    else:
        counted = counted or elapsed(start, end, today, is_working_day)
        full = thresholds.aspiration if nature is Nature.ASPIRATIONAL else Decimal(1)
        expected = counted.share * full
        steps = _straight(start, end, today, counted, nature, full, expected)
    gap = None if progress is None else progress - expected
    if report_overdue or gap is None or progress is None:
        return Pace(expected, gap, Status.DUE, Steps(lambda: (*steps, _silent(report_overdue))))
    status = _judged(progress, gap, thresholds)
    told = Steps(lambda: (*steps, *_verdict(progress, expected, gap, status, thresholds)))
    return Pace(expected, gap, status, told)


def guard_pace(progress: Decimal | None, report_overdue: bool = False, started: bool = True) -> Pace:
    """A guard rail has no way to go: kept is normal, broken is behind, silence is never green."""
    if not started:
        return Pace(Decimal(0), None, Status.NOT_STARTED, (_("起算日未到，不判快慢。"),))
    expected = Decimal(1)
    gap = None if progress is None else progress - expected
    rule = _("守底线要求始终守住，应达为 1。")
    if report_overdue or progress is None:
        return Pace(expected, gap, Status.DUE, (rule, _silent(report_overdue)))
    if progress >= 1:
        return Pace(expected, gap, Status.ON_TRACK, (rule, _("已守住，判为“正常”。")))
    return Pace(expected, gap, Status.BEHIND, (rule, _("未守住，判为“滞后”。")))


def rate_guard(rate: Decimal | None) -> str:
    """Why people's satisfaction bars a green light; empty where nothing does. `rate` in percent, wide, unrounded.

    Source: issue "mass satisfaction", a guard when 满意率 is below 60 %; domain fact 6.
    """
    if rate is None or rate >= RATE_GUARD:
        return ""
    said = _("满意率 {rate}% 低于 {least}%，按守底线判为“滞后”。")
    return said.format(rate=display_near(rate, 1, (RATE_GUARD,)), least=plain(RATE_GUARD))


def held_back(found: Pace, reason: str) -> Pace:
    """The pace under a guard that was broken: behind, whatever the progress; what is not judged stays so."""
    if not reason or found.status in (Status.NOT_STARTED, Status.DUE):
        return found
    return replace(found, status=Status.BEHIND, steps=Steps(lambda: (*found.steps, reason)))


def _straight(
    start: date, end: date, today: date, counted: Elapsed, nature: Nature, full: Decimal, expected: Decimal
) -> Steps:
    def told() -> tuple[str, ...]:
        days = _("工作日") if counted.working else _("日历天（其间没有工作日）")
        return (
            _("没有分期计划，按直线推算应达，只作粗略参考。"),
            _("{start} 至 {end} 共 {total} 个{days}，到 {today} 已过 {passed} 个。").format(
                start=start, end=end, total=counted.total, days=days, today=today, passed=counted.passed
            ),
            _("{nature}期满应达 {full}：应达＝{passed}÷{total}×{full}{result}").format(
                nature=label(nature),
                full=plain(full),
                passed=counted.passed,
                total=counted.total,
                result=result(expected),
            ),
            *rounding_note(expected),
        )

    return Steps(told)


def _planned(
    start: date, end: date, today: date, plan: Sequence[tuple[date, Decimal]], is_working_day: IsWorkingDay
) -> tuple[Decimal, Steps]:
    points = sorted(plan)
    if points[0][0] < start or points[-1][0] > end:
        raise InputRefused(_("分期计划的日期须在起止日期之内，请改正。"), "plan")
    if any(after[0] == before[0] for before, after in pairwise(points)):
        raise InputRefused(_("分期计划里同一天有两个数，请只留一个。"), "plan")

    def rule() -> str:
        written = "，".join(f"{day} {plain(share)}" for day, share in points)
        return _("按分期计划推算应达：{plan}；两点之间按工作日推算。").format(plan=written)

    last, reached = points[-1]
    if today > last:
        return reached, Steps(lambda: (rule(), _("计划各点已过，应达{result}").format(result=result(reached))))
    first, base = start, Decimal(0)
    for day, share in points:
        if today <= day:
            break
        first, base = day + _ONE_DAY, share
    if today == day:
        return share, Steps(lambda: (rule(), _("今天正是计划中的一天，应达{result}").format(result=result(share))))
    expected, steps = _stretch(first, day, today, base, share, is_working_day)
    return expected, Steps(lambda: (rule(), *steps))


def _stretch(
    first: date, day: date, today: date, base: Decimal, share: Decimal, is_working_day: IsWorkingDay
) -> tuple[Decimal, Steps]:
    total = _count(first, day, is_working_day)
    if not total:
        return base, Steps(lambda: (_("本段没有工作日，应达{result}").format(result=result(base)),))
    passed = _count(first, today, is_working_day)
    expected = base + (share - base) * passed / total
    said = _("本段共 {total} 个工作日，已过 {passed} 个：应达＝{base}＋{rise}×{passed}÷{total}{result}")

    def told() -> tuple[str, ...]:
        line = said.format(
            total=total, passed=passed, base=plain(base), rise=figure(share - base), result=result(expected)
        )
        return line, *rounding_note(expected)

    return expected, Steps(told)


def _judged(progress: Decimal, gap: Decimal, thresholds: Thresholds) -> Status:
    if half_up(progress, _JUDGED_PLACES) >= 1:
        return Status.DONE
    judged = half_up(gap, _JUDGED_PLACES)
    if judged >= thresholds.watch:
        return Status.ON_TRACK
    return Status.WATCH if judged >= thresholds.behind else Status.BEHIND


def _verdict(
    progress: Decimal, expected: Decimal, gap: Decimal, status: Status, thresholds: Thresholds
) -> tuple[str, ...]:
    said = _("偏差＝完成度 {progress}－应达 {expected}{result}").format(
        progress=figure(progress), expected=figure(expected), result=result(gap)
    )
    if status is Status.DONE:
        return said, _("完成度达到 1，判为“完成”。")
    rule = _("偏差不低于 {watch} 为正常，不低于 {behind} 为关注，再低为滞后；判为“{status}”。")
    return said, rule.format(
        watch=plain(thresholds.watch).replace("-", "－"),
        behind=plain(thresholds.behind).replace("-", "－"),
        status=label(status),
    )


def _silent(report_overdue: bool) -> str:
    if report_overdue:
        return _("到期未报新的进度，判为“待报”，原有数值不代表目前情况。")
    return _("还没有填报进度，判为“待报”。")


def _count(first: date, last: date, is_working_day: IsWorkingDay) -> int:
    return sum(1 for n in range((last - first).days + 1) if is_working_day(first + n * _ONE_DAY))
