"""What the papers on members and households are printed from: one frozen form a branch.

Names at the head of households are masked unless the branch prints for itself (domain 8.5); members are named in the
branch's own lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import household_board, letterheads
from okr_desk.queries.household_board import BranchBoard
from okr_desk.queries.household_counts import Reached
from okr_desk.queries.households import HouseholdView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.service_hours import PersonHours
from okr_desk.queries.survey_papers import Asked
from okr_desk.rules.masking import masked
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label

KEYS = ("household-card", "visit-register", "points-list", "service-card")
"""The documents printed from here."""


@dataclass(frozen=True)
class HouseholdLine:
    """A household on paper: `days` of the visits by month, None where no visit was owed."""

    label: str
    head: str
    kind: str
    member: str
    days: tuple[str | None, ...]
    is_reached: bool


@dataclass(frozen=True)
class MemberCard:
    """A member with the households looked after."""

    name: str
    grid: str
    duty: str
    mark: str
    lines: tuple[HouseholdLine, ...]


@dataclass(frozen=True)
class HouseholdForm:
    """A branch's households: all in a list, and by member."""

    township: str
    org: OrgView
    quarter: QuarterView
    months: tuple[int, ...]
    lines: tuple[HouseholdLine, ...]
    cards: tuple[MemberCard, ...]
    reached: Reached
    in_full: bool
    is_demo: bool
    digest: str = ""


@dataclass(frozen=True)
class PointsLine:
    """A member in the quarter's list. `reasons` only where they were asked for."""

    place: int
    name: str
    kind: str
    grid: str
    bonus: Decimal
    deduction: Decimal
    value: Decimal
    flag: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PointsForm:
    """A branch's quarter of member points."""

    township: str
    org: OrgView
    quarter: QuarterView
    base: Decimal
    scheme: str
    lines: tuple[PointsLine, ...]
    in_full: bool
    is_demo: bool
    digest: str = ""


@dataclass(frozen=True)
class ServiceCard:
    """What the employer of somebody who reports is told: days, projects and hours of a quarter."""

    name: str
    unit: str
    entries: tuple[tuple[date, str, Decimal], ...]
    quarter: Decimal
    year: Decimal
    due: Decimal
    is_reached: bool


@dataclass(frozen=True)
class ServiceForm:
    """The card of one person; every one goes to another employer, so each is a sheet of its own."""

    township: str
    org: OrgView
    quarter: QuarterView
    card: ServiceCard
    is_demo: bool
    digest: str = ""


def forms(session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], asked: Asked) -> Sequence[object]:
    """The forms of one of these documents; branches that have nothing to print are left out.

    Raises Refusal where none of them has anything.
    """
    head = letterheads.letterhead(session, quarter)
    made: list[object] = []
    for org in of:
        board = household_board.branch(session, quarter, org.id)
        made += _forms(key, board, head.township, asked.in_full, head.is_demo)
    if not made:
        raise Refusal(_nothing(key))
    return tuple(made)


def _forms(key: str, of: BranchBoard, township: str, in_full: bool, is_demo: bool) -> list[object]:
    if key in ("household-card", "visit-register"):
        return [_households(of, township, in_full, is_demo)] if of.households else []
    if key == "points-list":
        return [_points(of, township, in_full, is_demo)] if of.points else []
    people = [one for one in of.people if one.reporter_id is not None]
    cards = (ServiceForm(township, of.org, of.quarter, _card(of, one), is_demo) for one in people)
    return [replace(card, digest=digest(card)) for card in cards]


def _card(of: BranchBoard, one: PersonHours) -> ServiceCard:
    entries = tuple(
        (entry.served_on, entry.project, entry.hours) for entry in one.entries if entry.quarter_id == of.quarter.id
    )
    return ServiceCard(one.name, one.unit, entries, one.quarter, one.year, one.due, one.is_reached)


def _households(of: BranchBoard, township: str, in_full: bool, is_demo: bool) -> HouseholdForm:
    lines = {one.id: _line(of, one, in_full) for one in of.households}
    cards = tuple(
        MemberCard(
            one.member.name,
            one.member.grid,
            one.member.duty,
            "" if one.rating is None else plain(one.rating.explained.value, 1),
            tuple(lines[each.id] for each in one.households),
        )
        for one in of.keepers
        if one.households
    )
    months = tuple(one.month for one in of.households[0].months)
    made = HouseholdForm(
        township, of.org, of.quarter, months, tuple(lines.values()), cards, of.shares.households, in_full, is_demo
    )
    return replace(made, digest=digest(made))


def _line(of: BranchBoard, one: HouseholdView, in_full: bool) -> HouseholdLine:
    days = tuple(
        _("、").join(str(day) for day in month.days) if month.days or month.is_due else None for month in one.months
    )
    keeper = one.member_id or next((m.member_id for m in reversed(one.months) if m.member_id is not None), None)
    head = one.head if in_full else masked(one.head)
    return HouseholdLine(one.label, head, label(one.kind), of.name_of(keeper), days, one.reach.is_reached)


def _points(of: BranchBoard, township: str, in_full: bool, is_demo: bool) -> PointsForm:
    lines = tuple(
        PointsLine(
            one.place,
            one.member.name,
            label(one.member.kind),
            one.member.grid,
            one.sum.bonus,
            one.sum.deduction,
            one.sum.value,
            one.flag,
            tuple(
                _("{day} {matter} {points}").format(
                    day=f"{entry.happened_on:%m-%d}", matter=entry.matter, points=_signed(entry.points)
                )
                for entry in one.entries
            )
            if in_full
            else (),
        )
        for one in of.points
    )
    made = PointsForm(township, of.org, of.quarter, of.scheme.base, of.scheme.name, lines, in_full, is_demo)
    return replace(made, digest=digest(made))


def _signed(points: Decimal) -> str:
    return ("＋" if points > 0 else "－") + plain(abs(points))


def _nothing(key: str) -> str:
    """Why a document would be blank."""
    if key == "points-list":
        return _("所选支部还没有登记党员，没有积分可以公示。请先在“联户和积分”页登记党员。")
    if key == "service-card":
        return _("所选支部还没有报到党员，没有反馈卡可以打印。请先在“联户和积分”页的“双报到”中登记。")
    return _("所选支部还没有登记联系户，没有可以打印的内容。请先在“联户和积分”页登记联系户。")
