"""Branches under review as rows: name and points, state and term below; what is not painted is a column to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.review_desk import ORDER, ReviewDesk, ReviewRow
from okr_desk.queries.score_results import marked_grade
from okr_desk.review_terms import ReviewState
from okr_desk.rules.cycles import Calendar
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Status, label
from okr_desk.ui.models import review_words as words
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import PLACES

UNEQUAL = "≠"
"""Where the branch gave itself other points than those that stand: a sign, so that a grey copy says the same."""


@dataclass(frozen=True)
class BranchLine:
    """One branch as of a day; `differing`: how many of its lines stand at other points than its own."""

    row: ReviewRow
    day: date
    calendar: Calendar
    differing: int = 0

    @property
    def org_id(self) -> int:
        """The branch."""
        return self.row.org.id

    @property
    def name(self) -> str:
        """Its short name."""
        return self.row.org.short_name

    @property
    def light(self) -> Status:
        """The shape beside its state."""
        return words.light(self.row, self.day)

    @property
    def points(self) -> Decimal | None:
        """The total that stands."""
        sheet = self.row.sheet
        return None if sheet is None or sheet.sheet is None else sheet.sheet.total.points

    @property
    def points_text(self) -> str:
        """The total; a score under objection carries *."""
        mark = "*" if self.row.state is ReviewState.OBJECTED else ""
        return "" if self.points is None else plain(self.points, PLACES) + mark

    @property
    def state_text(self) -> str:
        """State, and the term that runs."""
        term = words.term(self.row, self.day, self.calendar)
        return f"{label(self.row.state)} · {term}" if term else label(self.row.state)

    @property
    def sign(self) -> str:
        """≠ 2: two lines stand at other points than the branch's own."""
        return f"{UNEQUAL} {self.differing}" if self.differing else ""


def lines(of: ReviewDesk, calendar: Calendar, differing: Mapping[int, int]) -> tuple[BranchLine, ...]:
    """The branches in the order of the register."""
    return tuple(BranchLine(row, of.day, calendar, differing.get(row.org.id, 0)) for row in of.rows)


def columns() -> tuple[Column, ...]:
    """One column is painted with all that one reads at a glance; the others are for choosing, copying and export."""
    return (
        Column(
            _("支部"),
            lambda line: line.name,
            keys=lambda line: line.row.org.search_keys,
            look="branch",
            value=lambda line: line,
            tooltip=_told,
            spoken=_told,
            width=10,
            stretch=True,
        ),
        Column(_("状态"), lambda line: label(line.row.state), sort=_place, hidden=True),
        Column(_("期限"), _due, sort=lambda line: words.due_on(line.row), hidden=True),
        Column(_("得分"), lambda line: line.points_text, sort=lambda line: line.points, look="number", hidden=True),
        Column(_("等次"), _grade, hidden=True),
        Column(_("自评与现行不同（项）"), lambda line: str(line.differing or ""), sort=lambda line: line.differing,
               look="number", hidden=True),
        Column(_("编号"), lambda line: line.row.record.number, hidden=True),
    )  # fmt: skip


def _place(line: BranchLine) -> int:
    return ORDER.index(line.row.state)


def _due(line: BranchLine) -> str:
    due = words.due_on(line.row)
    return "" if due is None else due.isoformat()


def _grade(line: BranchLine) -> str:
    return "" if line.row.sheet is None or line.row.sheet.grade is None else marked_grade(line.row.sheet)


def _told(line: BranchLine) -> str:
    unequal = _("自评与现行得分不同的有 {n} 项").format(n=line.differing) if line.differing else ""
    late = _("逾期") if line.light is Status.BEHIND else ""
    points = _("{n} 分").format(n=line.points_text) if line.points_text else ""
    return _("，").join(part for part in (line.name, line.state_text, late, points, unequal) if part)
