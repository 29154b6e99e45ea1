"""What whistles make of F16 应哨及时率, F17 一哨一评平均分 and F18 超时办件数 of the branch a department belongs to.

F16 and F18 count in the quarter in which the deadline lies, F17 in that of the rating: so time alone never changes a
quarter that is over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from okr_desk.clock import local
from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.queries import departments, whistle_rules, whistles
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.whistles import NOT_BLOWN, WhistleView
from okr_desk.scoring.rounding import plain
from okr_desk.whistle_terms import WhistleState


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """By branch and code; nothing for a branch that no department belongs to, or whose departments had no whistle."""
    feeding = {
        one.id: one.org_id for one in departments.departments(session, with_closed=True) if one.org_id in org_ids
    }
    by_org: dict[int, list[WhistleView]] = defaultdict(list)
    for one in whistles.whistles(session, department_ids=feeding):
        org_id = feeding[one.department.id]
        if org_id is not None and one.state not in (*NOT_BLOWN, WhistleState.CANCELLED):
            by_org[org_id].append(one)
    by_arrival = whistle_rules.limits(session).answered_by_arrival
    found: dict[tuple[int, str], Counted] = {}
    for org_id, of in by_org.items():
        for code, value in (
            ("F16", _answered(of, quarter, by_arrival)),
            ("F17", _rated(of, quarter)),
            ("F18", _late(of, quarter)),
        ):
            if value is not None:
                found[org_id, code] = value
    return found


SOURCE = Source(N_("吹哨单"), ("F16", "F17", "F18"), counted)


def _answered(of: Sequence[WhistleView], quarter: QuarterView, by_arrival: bool) -> Counted | None:
    """Answered in time ÷ whistles received of which that can be said."""
    due = [(one, one.due.arrive if by_arrival else one.due.sign_in) for one in of]
    there = [(one.came_in_time if by_arrival else one.signed_in_time, at) for one, at in due if _within(at, quarter)]
    known = [(done, at) for done, at in there if done is not None]
    if not known:
        return None
    done = sum(bool(one) for one, _at in known)
    words = _("应到场 {n} 件，按时到场 {done} 件") if by_arrival else _("应签收 {n} 件，按时签收 {done} 件")
    said = words.format(n=len(known), done=done)
    if len(known) < len(there):
        said += _("；另有 {n} 件没有时间记录或未到时限，不计入").format(n=len(there) - len(known))
    return Counted(share(done, len(known)), max(local(at).date() for _done, at in known if at is not None), said)


def _rated(of: Sequence[WhistleView], quarter: QuarterView) -> Counted | None:
    """The mean of the scores of the whistles rated in the quarter."""
    rated = [(one.score.total.value, one.rated_at) for one in of if _within(one.rated_at, quarter)]
    values = [(value, at) for value, at in rated if value is not None and at is not None]
    if not values:
        return None
    total = sum((value for value, _at in values), Decimal(0))
    said = _("评价 {n} 次，合计 {total} 分").format(n=len(values), total=plain(total, 2))
    return Counted(total / len(values), max(local(at).date() for _value, at in values), said)


def _late(of: Sequence[WhistleView], quarter: QuarterView) -> Counted | None:
    """How many of those due in the quarter were not closed by their day; 0 where all were."""
    due = [(one, one.due.close_on) for one in of if _day_within(one.due.close_on, quarter)]
    days = [day for one, day in due if day is not None and one.closed_in_time is not None]
    if not days:
        return None
    late = [one.number for one, _day in due if one.closed_in_time is False]
    said = _("到期 {n} 件，超时 {late} 件").format(n=len(days), late=len(late))
    if late:
        said += _("（{numbers}）").format(numbers=_("、").join(late))
    return Counted(Decimal(len(late)), max(days), said)


def _within(at: datetime | None, quarter: QuarterView) -> bool:
    return at is not None and _day_within(local(at).date(), quarter)


def _day_within(day: date | None, quarter: QuarterView) -> bool:
    return day is not None and quarter.starts_on <= day <= quarter.ends_on
