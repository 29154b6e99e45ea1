"""The page 吹哨 in one answer: whistles of the quarter and those still open, departments, what one may enter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from okr_desk.clock import BEIJING, local
from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.model.store import now
from okr_desk.queries import departments, whistle_figures, whistle_rules, whistles
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.whistle_figures import DepartmentTable, Figures
from okr_desk.queries.whistles import WhistleView
from okr_desk.whistle_terms import SOURCES, RatedItem, WhistleState


class Group(StrEnum):
    """The columns of the board."""

    SIGNING = "signing"
    RECEIVING = "receiving"
    WORKING = "working"
    TO_RATE = "to_rate"
    RATED = "rated"


GROUPS = {
    Group.SIGNING: (N_("待审签"), (WhistleState.DRAFT, WhistleState.SIGNING)),
    Group.RECEIVING: (N_("待签收"), (WhistleState.BLOWN, WhistleState.RETURNED)),
    Group.WORKING: (
        N_("办理中"),
        (WhistleState.RECEIVED, WhistleState.ARRIVED, WhistleState.WORKING, WhistleState.ESCALATED),
    ),
    Group.TO_RATE: (N_("待评"), (WhistleState.TO_RATE,)),
    Group.RATED: (N_("已评"), (WhistleState.RATED, WhistleState.FILED)),
}
"""Each column's name and the states that stand in it; cancelled ones stand in the list alone."""


@dataclass(frozen=True)
class Board:
    """Whistles of the quarter with all that are open, newest first; `matters` and `places` are suggestions.

    `table` is always of the whole township, `figures` of the whistles that the branches shown have blown.
    """

    quarter: QuarterView
    now: datetime
    whistles: tuple[WhistleView, ...]
    departments: tuple[DepartmentView, ...]
    table: DepartmentTable
    items: tuple[RatedItem, ...]
    sources: tuple[str, ...]
    matters: tuple[str, ...]
    places: tuple[str, ...]
    figures: Figures

    def column(self, group: Group) -> tuple[WhistleView, ...]:
        """The cards of one column; what is most pressing first, what is settled with the newest first."""
        own = [one for one in self.whistles if one.state in GROUPS[group][1] and not one.withdrawn]
        if group is Group.RATED:
            return tuple(own)
        return tuple(sorted(own, key=lambda one: (_day_of(next_deadline(one)), one.number)))

    @property
    def overdue(self) -> tuple[WhistleView, ...]:
        """Open ones whose next deadline has passed."""
        return tuple(one for one in self.whistles if one.is_open and is_overdue(one, self.now))


def board(session: Reader, quarter: QuarterView, org_ids: Collection[int] | None = None) -> Board:
    """`org_ids`: the branches whose whistles, or whose departments' whistles, are shown; None: the whole township."""
    every = whistles.whistles(session, with_withdrawn=True)
    found = [one for one in every if org_ids is None or one.org_id in org_ids or one.department.org_id in org_ids]
    shown = [one for one in found if one.quarter_id == quarter.id or (one.is_open and one.drawn_on <= quarter.ends_on)]
    table = whistle_figures.table(session, quarter, [one for one in every if not one.withdrawn])
    return Board(
        quarter=quarter,
        now=now(session),
        whistles=tuple(reversed(shown)),
        departments=departments.departments(session, with_closed=True),
        table=table,
        items=whistle_rules.rating_rule(session).asked(),
        sources=_often([one.source for one in found], [_(source) for source in SOURCES]),
        matters=_often([one.matter for one in found]),
        places=_often([one.place for one in found]),
        figures=table.all if org_ids is None else _own_figures(found, quarter, org_ids),
    )


def _own_figures(found: Sequence[WhistleView], quarter: QuarterView, org_ids: Collection[int]) -> Figures:
    """Of the whistles that these branches have blown."""
    own = [one for one in found if one.org_id in org_ids and whistle_figures.is_blown(one)]
    return whistle_figures.figures(own, quarter)


def next_deadline(one: WhistleView) -> datetime | date | None:
    """By when the next thing has to be done: to sign in, to come, to close; None where nothing has a deadline."""
    if one.state is WhistleState.BLOWN:
        return one.due.sign_in
    if one.state is WhistleState.RECEIVED:
        return one.due.arrive
    if one.state in (WhistleState.ARRIVED, WhistleState.WORKING, WhistleState.ESCALATED):
        return one.due.close_on
    return None


def is_overdue(one: WhistleView, at: datetime) -> bool:
    """Whether the next deadline has passed."""
    due = next_deadline(one)
    if due is None:
        return False
    return due < at if isinstance(due, datetime) else due < local(at).date()


def time_left(one: WhistleView, at: datetime) -> str:
    """The time left or overdue in words: 还剩 2 小时, 已超 3 天; "" where there is no deadline."""
    due = next_deadline(one)
    if due is None:
        if one.state is WhistleState.BLOWN or one.state is WhistleState.RECEIVED:
            return _("工作日历未填，没有时限")
        return ""
    if not isinstance(due, datetime):
        days = (due - local(at).date()).days
        if days == 0:
            return _("今天到期")
        return _("还剩 {n} 天").format(n=days) if days > 0 else _("已超 {n} 天").format(n=-days)
    minutes = int((due - at).total_seconds() // 60)
    said = _span(abs(minutes))
    return _("还剩 {span}").format(span=said) if minutes >= 0 else _("已超 {span}").format(span=said)


def _span(minutes: int) -> str:
    if minutes < 60:
        return _("{n} 分钟").format(n=minutes)
    if minutes < 48 * 60:
        return _("{n} 小时").format(n=minutes // 60)
    return _("{n} 天").format(n=minutes // (24 * 60))


def _often(said: Sequence[str], usual: Sequence[str] = ()) -> tuple[str, ...]:
    """What was written before, the most frequent first, then what is usual."""
    written = [text for text, _n in Counter(text for text in said if text).most_common()]
    return tuple(dict.fromkeys([*written, *usual]))[:60]


def _day_of(due: datetime | date | None) -> datetime:
    """A deadline as an instant, so that days and instants stand in one order; none comes last."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due or date(2200, 1, 1), time(23, 59), BEIJING)
