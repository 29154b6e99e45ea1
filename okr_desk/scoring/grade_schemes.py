"""How grades are named and cut: half-open bands, satisfaction gates and quotas, as data of a scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.points_result import HUNDRED
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import check_numbers


@dataclass(frozen=True)
class Gate:
    """A satisfaction rate (0..100, first three levels) below which the grade is at most `highest`.

    Without `highest` it is a sign only: `sign` says what it is a sign of.
    """

    below: Decimal
    highest: str | None = None
    sign: str = ""


@dataclass(frozen=True)
class GradeScheme:
    """Names of grades from the best to the lowest.

    `bands` are (threshold, name), falling; the threshold itself earns the name. `rest` is the grade below them, and
    `lowest`, where there is one, is reached by gates and vetoes alone. Raises InputRefused for thresholds that do not
    fall, no threshold at all, names that stand twice, and gates that name an unknown grade.
    """

    name: str
    bands: tuple[tuple[Decimal, str], ...]
    rest: str
    lowest: str | None = None
    gates: tuple[Gate, ...] = ()

    def __post_init__(self) -> None:
        if not self.bands:
            raise InputRefused(_("等次至少要有一条分数线，请补上。"), "bands")
        thresholds = [threshold for threshold, _name in self.bands]
        check_numbers("bands", *thresholds)
        if any(after >= before for before, after in pairwise(thresholds)):
            raise InputRefused(_("等次的分数线须从高到低排列，不能重复，请改正。"), "bands")
        if len(set(self.names)) < len(self.names):
            raise InputRefused(_("等次的名称不能重复，请改正。"), "bands")
        for gate in self.gates:
            if gate.highest is not None:
                self.place(gate.highest)

    @property
    def names(self) -> tuple[str, ...]:
        """All grades, the best first."""
        named = (*(name for _threshold, name in self.bands), self.rest)
        return named if self.lowest is None else (*named, self.lowest)

    def place(self, grade: str) -> int:
        """Where a grade stands, 0 for the best; raises InputRefused for an unknown one."""
        if grade not in self.names:
            known = "、".join(_(name) for name in self.names)
            raise InputRefused(_("没有“{grade}”这个等次，可用的有 {known}。").format(grade=grade, known=known), "grade")
        return self.names.index(grade)

    def by_score(self, score: Decimal) -> str:
        """The grade of an unrounded score."""
        return next((name for threshold, name in self.bands if score >= threshold), self.rest)


GRADES = GradeScheme(
    N_("等次"),
    ((Decimal(90), N_("好")), (Decimal(80), N_("较好")), (Decimal(60), N_("一般"))),
    N_("较差"),
    gates=(
        Gate(Decimal(90), "一般"),
        Gate(Decimal(60), sign=N_("有软弱涣散迹象，请列入排查")),
        Gate(Decimal(50), sign=N_("星级评定为无星")),
    ),
)
"""The usual four grades with half-open bands. Source: domain facts 5 and 6, 3.4."""

STARS = GradeScheme(
    N_("星级"),
    (
        (Decimal(90), N_("五星")),
        (Decimal(80), N_("四星")),
        (Decimal(70), N_("三星")),
        (Decimal(60), N_("二星")),
    ),
    N_("一星"),
    lowest=N_("无星"),
    gates=(
        Gate(Decimal(60), "二星", N_("有软弱涣散迹象，请列入排查")),
        Gate(Decimal(50), "无星"),
    ),
)
"""Stars: below 60 % satisfaction two at most, below 50 % none. Source: competitors C7, domain fact 6."""

SCHEMES: dict[str, GradeScheme] = {"等次": GRADES, "grades": GRADES, "星级": STARS, "stars": STARS}
"""The presets by the words that name them."""

QUOTAS: Mapping[str, Decimal] = {"五星": Decimal("0.10"), "四星": Decimal("0.20")}
"""The most of all organisations that a star may be given to. Source: domain 1.1, scheme 11."""


@dataclass(frozen=True)
class Excess:
    """A grade given more often than its quota allows: reported, never applied by the program."""

    grade: str
    given: int
    allowed: int
    sentence: str


def quota_excess(grades: Sequence[str], quotas: Mapping[str, Decimal] = QUOTAS) -> tuple[Excess, ...]:
    """Which grades were given to more organisations than their share (0..1 of all `grades`) allows, rounded down."""
    found = []
    for name, share in quotas.items():
        given, allowed = list(grades).count(name), int(share * len(grades))
        if given > allowed:
            said = _("“{grade}”评了 {given} 个，按不超过 {share}% 最多 {allowed} 个，请研究调整。").format(
                grade=_(name), given=given, share=plain(share * HUNDRED), allowed=allowed
            )
            found.append(Excess(name, given, allowed, said))
    return tuple(found)
