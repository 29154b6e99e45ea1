"""How a branch stands in a year: score, grade, red lines. What honours, titles and candidates are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, policy, scores
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.rounding import plain
from okr_desk.terms import QuarterState


@dataclass(frozen=True)
class Standing:
    """One branch in one year. `grades` are the names of its scheme, the best first; empty without a scheme.

    `is_over`: all four quarters are closed or frozen, so that the grade no longer moves; else it is 暂定. Where too
    little was reported to go by there is no grade, and `thin` says so: silence earns nothing.
    """

    org: OrgView
    year: int
    score: Decimal | None
    grade: str | None
    grades: tuple[str, ...]
    red_lines: tuple[str, ...]
    is_over: bool
    thin: str = ""

    @property
    def is_best(self) -> bool:
        """Whether the grade is the best of its scheme."""
        return self.grade is not None and self.grade == self.grades[0]

    @property
    def grade_text(self) -> str:
        """好, or 好（暂定）; 无等次 where there is none."""
        if self.grade is None:
            return self.thin or _("无等次")
        return _(self.grade) if self.is_over else _("{grade}（暂定）").format(grade=_(self.grade))

    def at_least(self, grade: str) -> bool | None:
        """Whether the grade is `grade` or better; None where there is no grade or the scheme does not know the name."""
        if self.grade is None or grade not in self.grades:
            return None
        return self.grades.index(self.grade) <= self.grades.index(grade)


def standings(
    session: Reader, year: int, of: Sequence[OrgView], sheets: Sequence[ScoreSheet] | None = None
) -> dict[int, Standing]:
    """The standing of branches by id; none of a year that has not begun. `sheets`: those of the year, where read."""
    quarters = [one for one in cycles.quarters(session) if one.year == year]
    if not of or all(one.state is QuarterState.PLANNING for one in quarters):
        return {}
    shut = (QuarterState.FROZEN, QuarterState.CLOSED)
    is_over = all(one.state in shut for one in quarters)
    least = least_reported(session)
    return {one.org.id: _standing(one, is_over, least) for one in sheets or scores.year_sheets(session, year, of)}


def least_reported(session: Reader) -> Decimal:
    """The share of points that has to be reported before anything is judged by them: that of the grades' coverage."""
    return Decimal(policy.values(session)["coverage.minimum"])


def grade_names(of: ScoreSheet) -> tuple[str, ...]:
    """The grades of the scheme that a sheet goes by, the best first; empty without one."""
    return () if of.version is None else grading_from(of.version.grades).scheme.names


def thin(of: ScoreSheet, least: Decimal) -> str:
    """Why a sheet is too thin to go by, in a sentence without its stop; empty where enough was reported."""
    total = None if of.sheet is None else of.sheet.total
    if total is None or not total.maximum or total.reported >= least * total.maximum:
        return ""
    share = total.reported * 100 / total.maximum
    return _("只报了 {share}% 的分值，还不能判断").format(share=plain(share, 0))


def _standing(of: ScoreSheet, is_over: bool, least: Decimal) -> Standing:
    why = thin(of, least)
    return Standing(
        org=of.org,
        year=of.year,
        score=None if of.grade is None or why else of.grade.score,
        grade=None if of.grade is None or why else of.grade.grade,
        grades=grade_names(of),
        red_lines=tuple(
            _("{title}（{document}）").format(title=one.title, document=one.document) for one in of.red_lines
        ),
        is_over=is_over,
        thin=why,
    )
