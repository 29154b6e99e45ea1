"""The figures that a county's form can be filled with in a year: the fixed ones, grades in use, every indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import library, orgs, schemes
from okr_desk.rules.grades import grading_from
from okr_desk.rules.upward import BranchName
from okr_desk.scoring.grade_schemes import GRADES
from okr_desk.terms import OrgKind
from okr_desk.upward_terms import (
    BRANCH_FIGURES,
    GRADE,
    GRADE_SHARE,
    POINTS,
    TOWNSHIP_FIGURES,
    VALUE,
    Figure,
    FigureKind,
    Group,
)

_PERCENT = ("%", "％")


def figures(session: Reader, year: int) -> Mapping[str, Figure]:
    """Every figure by its word, in the order in which they are offered."""
    made = (*TOWNSHIP_FIGURES, *_grades(session, year), *BRANCH_FIGURES, *_indicators(session))
    return {one.word: one for one in made}


def branch_names(session: Reader, day: date) -> tuple[BranchName, ...]:
    """The branches of a day in the order of the tree, by the names that a form may use."""
    return tuple(
        BranchName(org.id, org.short_name, org.full_name)
        for org in orgs.tree(session, day)
        if org.kind == OrgKind.BRANCH
    )


def _grades(session: Reader, year: int) -> Iterator[Figure]:
    names = dict.fromkeys(GRADES.names)
    for scheme in schemes.schemes(session, year):
        for version in scheme.versions:
            names |= dict.fromkeys(grading_from(version.grades).scheme.names)
    for name in names:
        said, counted = _(name), (f"{name}支部数", f"“{name}”支部数", f"{name}等次支部数", f"等次{name}")
        yield Figure(
            GRADE + name, _("等次“{grade}”的支部数").format(grade=said), FigureKind.COUNT, Group.SCORES, counted
        )
        shared = (f"{name}支部占比", f"“{name}”支部占比", f"{name}等次占比", f"{name}占比", f"{name}率")
        words = _("等次“{grade}”的支部占比").format(grade=said)
        yield Figure(GRADE_SHARE + name, words, FigureKind.PERCENT, Group.SCORES, shared)


def _indicators(session: Reader) -> Iterator[Figure]:
    for one in library.library(session, today(session)):
        name = f"{one.code} {one.name}"
        kind = FigureKind.PERCENT if one.unit in _PERCENT else FigureKind.AMOUNT
        labels = (one.code, one.name)
        yield Figure(VALUE + one.code, _("{name}：实绩").format(name=name), kind, Group.VALUES, labels, True)
        words = _("{name}：得分").format(name=name)
        yield Figure(POINTS + one.code, words, FigureKind.AMOUNT, Group.POINTS, (f"{one.name}得分",), True)
