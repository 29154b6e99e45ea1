"""What a person owes today: the branch its quarter, the office its reminder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today as today_of
from okr_desk.queries import approvals, checkins, dashboard, open_findings
from okr_desk.queries.checkins import FillSheet
from okr_desk.queries.dashboard import BranchRow, Cell, Means, Township
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.queries.wording import day_text, days_left
from okr_desk.terms import QuarterState

Cells = tuple[Cell | None, Cell | None, Cell | None, Cell | None, Cell | None]
"""Progress, basic, fusion, innovation, satisfaction."""


@dataclass(frozen=True)
class OfficeToday:
    """The township's matrix with what the office has to see to."""

    township: Township
    today: date
    to_approve: int = 0
    """Objectives of the year that were handed in and wait for the township's yes."""
    late_findings: int = 0
    to_verify: int = 0
    """Findings that are behind their day, and those whose acceptance was asked for."""
    reviews: tuple[Reminder, ...] = ()
    """What the office has to move on in the reviews of the quarter."""

    @property
    def incomplete(self) -> tuple[BranchRow, ...]:
        """Branches that still owe something, those that sent nothing first."""
        waiting = [row for row in self.township.rows if row.reported < row.owed]
        return tuple(sorted(waiting, key=lambda row: row.reported > 0))

    @property
    def days_left(self) -> int:
        """Calendar days to the deadline; negative once it has passed."""
        return (self.township.quarter.due_on - self.today).days

    @property
    def to_check(self) -> int:
        """Doubtful cells of imports, and values of different origins that contradict each other."""
        return self.township.open_questions + self.township.conflicts


@dataclass(frozen=True)
class BranchDesk:
    """What a branch fills in for the quarter, and what it owes in daily work, as of today."""

    sheet: FillSheet
    reminders: tuple[Reminder, ...]
    today: date


@dataclass(frozen=True)
class MatrixLine:
    """A line of the matrix: a branch, or the mean of a category or of all (then `row` is None)."""

    category: str
    name: str
    cells: Cells
    row: BranchRow | None
    owed: int
    reported: int
    reason: str


def office(session: Reader, quarter: QuarterView, within: int | None = None) -> OfficeToday:
    """The matrix of all branches, or of those below `within`."""
    day = today_of(session)
    waiting = approvals.submitted(session, quarter.year, min(day, quarter.ends_on), within)
    of = dashboard.township(session, quarter, within, with_digest=False)
    late, to_verify = open_findings.counts(session, day, {row.org.id for row in of.rows})
    return OfficeToday(of, day, waiting, late, to_verify, _reviews(session, quarter, day))


def _reviews(session: Reader, quarter: QuarterView, day: date) -> tuple[Reminder, ...]:
    """Nothing is asked while the quarter runs: the office's first window is then as quick as before."""
    if day <= quarter.ends_on or quarter.state is QuarterState.PLANNING:
        return ()
    from okr_desk.queries import review_reminders

    return tuple(review_reminders.office(session, quarter, day))


def branch(session: Reader, org_id: int, quarter: QuarterView) -> BranchDesk:
    """The desk of a branch. Raises Refusal for an unknown one."""
    from okr_desk.queries import reminders  # every register of daily work: the office's first window needs none

    day = today_of(session)
    owed = reminders.reminders(session, quarter, org_id, day)
    return BranchDesk(checkins.sheet(session, org_id, quarter), owed, day)


def lines(of: Township) -> tuple[MatrixLine, ...]:
    """The matrix from top to bottom: each category with its mean first, then its branches."""
    found: list[MatrixLine] = []
    for category in of.categories:
        if len(of.categories) > 1 or len(category.rows) > 1:
            name = _("{category}平均（{n}个）").format(category=category.category, n=len(category.rows))
            found.append(_mean_line(category.category, name, category.rows, category.means))
        found += [_branch_line(category.category, row) for row in category.rows]
    if len(of.categories) > 1:
        found.append(_mean_line("", _("全镇平均（{n}个）").format(n=len(of.rows)), of.rows, of.means))
    return tuple(found)


def reminder(of: OfficeToday) -> str:
    """The text of a reminder to the branches that have not reported everything; empty when all have.

    Empty too before the quarter is opened: nobody can report yet.
    """
    rows, quarter = of.incomplete, of.township.quarter
    if not rows or quarter.state is QuarterState.PLANNING:
        return ""
    named = [
        _("{n}. {branch}：未报 {count} 项（{titles}）").format(
            n=n, branch=row.org.short_name, count=len(row.missing), titles=_("、").join(row.missing)
        )
        for n, row in enumerate(rows, 1)
    ]
    sentences = (
        _("各党支部："),
        _("{quarter}目标与关键结果填报截止日为{due}，{left}。截至{today}，下列支部尚未报齐：").format(
            quarter=quarter.label, due=day_text(quarter.due_on), left=days_left(of.days_left), today=day_text(of.today)
        ),
        *named,
        _("请有关支部抓紧核实填报。不便上机的，可报纸质表或来电，由镇党建办代录；确有困难的，请及时联系。感谢支持。"),
        _("{township}党建办").format(township=of.township.name),
        _("{year}年{day}").format(year=of.today.year, day=day_text(of.today)),
    )
    return "\n".join(sentences)


def _branch_line(category: str, row: BranchRow) -> MatrixLine:
    return MatrixLine(category, row.org.short_name, _cells(row), row, row.owed, row.reported, row.total.reason)


def _mean_line(category: str, name: str, rows: Sequence[BranchRow], means: Means) -> MatrixLine:
    owed, reported = sum(row.owed for row in rows), sum(row.reported for row in rows)
    return MatrixLine(category, name, _cells(means), None, owed, reported, means.total.reason)


def _cells(of: BranchRow | Means) -> Cells:
    """A cell that does not apply to the branch, or to none of several, stays empty."""
    basic, fusion, innovation, satisfaction = (
        cell if dashboard.applies(cell) else None for cell in (of.basic, of.fusion, of.innovation, of.satisfaction)
    )
    return of.total, basic, fusion, innovation, satisfaction
