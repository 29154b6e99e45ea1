"""Suggested coefficients of branches for a quarter or a year: a suggestion only, never a basis for payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import incentive_rules, review_sheets, scores, standings
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.coefficients import ByGrade, CoefficientRule, disclaimer
from okr_desk.scoring.explained import Explained


@dataclass(frozen=True)
class CoefficientLine:
    """One branch: score in percent, grade, and what is suggested (None: nothing to suggest from)."""

    org: OrgView
    score: Decimal | None
    grade: str | None
    coefficient: Explained


@dataclass(frozen=True)
class CoefficientTable:
    """Suggestions for a period. `note` is shown wherever the table is; `way` says by what they are reckoned."""

    period: str
    way: str
    note: str
    lines: tuple[CoefficientLine, ...]

    @property
    def known(self) -> int:
        """For how many branches there is a suggestion."""
        return sum(one.coefficient.value is not None for one in self.lines)


def of_quarter(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], sheets: Sequence[ScoreSheet] | None = None
) -> CoefficientTable:
    """Suggestions by the sheets of a quarter; `sheets` where they are read already."""
    read = tuple(review_sheets.scored(session, quarter, of).values()) if sheets is None else sheets
    return _table(session, quarter.label, read)


def of_year(
    session: Reader, year: int, of: Sequence[OrgView], sheets: Sequence[ScoreSheet] | None = None
) -> CoefficientTable:
    """Suggestions by the sheets of a year so far; `sheets` where they are read already."""
    period = _("{year}年度").format(year=year)
    return _table(session, period, scores.year_sheets(session, year, of) if sheets is None else sheets)


def _table(session: Reader, period: str, sheets: Sequence[ScoreSheet]) -> CoefficientTable:
    rule, least = incentive_rules.coefficient_rule(session), standings.least_reported(session)
    lines = []
    for sheet in sheets:
        score = None if sheet.grade is None else sheet.grade.score
        grade = None if sheet.grade is None else sheet.grade.grade
        names = standings.grade_names(sheet)
        why = standings.thin(sheet, least)
        suggested = (
            Explained(None, (_("{why}，不建议系数。").format(why=why),)) if why else rule.of(score, grade, names)
        )
        lines.append(CoefficientLine(sheet.org, score, grade, suggested))
    return CoefficientTable(period, _way(rule), disclaimer(), tuple(lines))


def _way(rule: CoefficientRule) -> str:
    return _("按等次") if isinstance(rule, ByGrade) else _("按得分")
