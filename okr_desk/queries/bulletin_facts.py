"""What a bulletin is written from: grades, lines with causes, satisfaction, red lines and findings of a quarter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import review_marks
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_summary import Mean
from okr_desk.scoring.rounding import display_near
from okr_desk.terms import SurveyVerdict

PLACES = 2
"""Digits of figures in a bulletin."""


@dataclass(frozen=True)
class LineFact:
    """A line of a branch's sheet with value and target; `beaten`: better than the target, `cause`: what was said of it.

    `full`: it has all its points. `events` are what was deducted for. The score of mass satisfaction is none of them
    where a round was counted: that is told with its interval.
    """

    code: str
    name: str
    unit: str
    value: Decimal | None
    target: Decimal | None
    points: Decimal | None
    maximum: Decimal
    is_short: bool
    beaten: bool
    cause: str = ""
    events: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether it has all its points."""
        return self.points is not None and self.points >= self.maximum

    @property
    def lost(self) -> Decimal:
        """Points that are lacking."""
        return Decimal(0) if self.points is None else max(Decimal(0), self.maximum - self.points)

    @property
    def reached(self) -> Decimal:
        """The value as a share of the target, for choosing what is told; 0 where it cannot be said."""
        return self.value / self.target if self.value is not None and self.target else Decimal(0)

    def said(self, amount: Decimal | None) -> str:
        """A value of this line with its unit, never on another side of the target than the true one."""
        if amount is None:
            return "—"
        return display_near(amount, PLACES, [] if self.target is None else [self.target]) + self.unit


@dataclass(frozen=True)
class SurveyFact:
    """The mass satisfaction of a branch: score with its interval, wide and narrow rate (0..1), verdict."""

    answers: int
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    rate: Decimal | None
    narrow: Decimal | None
    target: Decimal | None
    verdict: SurveyVerdict | None


@dataclass(frozen=True)
class RedLineFact:
    """A red line that was crossed: its title, what happened, the document that says so."""

    title: str
    fact: str
    document: str


@dataclass(frozen=True)
class Award:
    """What earned a bonus, with its document."""

    line: str
    fact: str
    document: str


@dataclass(frozen=True)
class FindingFact:
    """One entry of the rectification list."""

    number: str
    org_id: int
    org: str
    category: str
    problem: str
    fact: str
    demand: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class BranchFacts:
    """One branch. `grade` None: none was given; `percent` is what grades and ranks are compared by, unrounded.

    `marked`: its score is under objection. `missing` are items that were owed and not reported.
    """

    id: int
    name: str
    full_name: str
    category: str
    grade: str | None
    is_provisional: bool
    percent: Decimal | None
    percent_text: str
    total_text: str
    maximum_text: str
    note: str = ""
    progress: Decimal | None = None
    marked: bool = False
    missing: tuple[str, ...] = ()
    lines: tuple[LineFact, ...] = ()
    red_lines: tuple[RedLineFact, ...] = ()
    awards: tuple[Award, ...] = ()
    survey: SurveyFact | None = None

    @property
    def said(self) -> str:
        """Its name as it stands in a text: * behind it while its score is under objection."""
        return self.name + review_marks.MARK if self.marked else self.name


@dataclass(frozen=True)
class CategoryFacts:
    """The branches of a category in the order of the register; `grades` are the names of its grades, best first.

    `mean` is None where fewer than `least` can be compared.
    """

    name: str
    scheme: str
    grades: tuple[str, ...]
    branches: tuple[BranchFacts, ...]
    mean: Mean | None
    least: int

    def of_grade(self, grade: str) -> tuple[BranchFacts, ...]:
        """The branches with a grade."""
        return tuple(one for one in self.branches if one.grade == grade)

    @property
    def ranked(self) -> dict[int, int]:
        """The place of each branch by the unrounded percent, equal ones sharing it; empty below `least`.

        Provisional grades and branches without one have none: what is not reported is no reason for a place.
        """
        given = [one for one in self.branches if one.grade is not None and not one.is_provisional]
        amounts = [one.percent for one in given if one.percent is not None]
        if len(amounts) < self.least:
            return {}
        return {one.id: 1 + sum(other > one.percent for other in amounts) for one in given if one.percent is not None}


@dataclass(frozen=True)
class BulletinFacts:
    """The whole quarter. `before` is the mean of the quarter before, `reply_on` and `mend_on` the days asked for.

    `excess`: quotas of grades that are passed. `names` are all names of branches.
    """

    township: str
    issuer: str
    quarter: QuarterView
    categories: tuple[CategoryFacts, ...]
    unscored: tuple[str, ...]
    mean: Mean | None
    before: Mean | None
    round_name: str
    findings: tuple[FindingFact, ...]
    least: int
    reply_days: int
    objection_days: int
    reply_on: date | None
    mend_on: date | None
    as_of: date
    is_demo: bool = False
    excess: tuple[str, ...] = ()
    corrects: str = ""
    correction: str = ""
    names: tuple[str, ...] = field(default=())

    @property
    def branches(self) -> tuple[BranchFacts, ...]:
        """All branches that are scored."""
        return tuple(one for category in self.categories for one in category.branches)

    @property
    def veiled(self) -> tuple[CategoryFacts, ...]:
        """The categories so that none gives a branch away: those of fewer than `least` branches stand together."""
        large = [one for one in self.categories if len(one.branches) >= self.least]
        small = [one for one in self.categories if len(one.branches) < self.least]
        if not small:
            return tuple(large)
        name = _("其余类别") if large else _("各类别")
        grades = tuple(dict.fromkeys(grade for one in small for grade in one.grades))
        rest = tuple(branch for one in small for branch in one.branches)
        return (*large, CategoryFacts(name, "", grades, rest, None, self.least))
