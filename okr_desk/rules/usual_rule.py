"""The rule by which an indicator is usually scored: whether a scheme could take it over, and what it says in words."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.rules import rule_words
from okr_desk.scoring.line_rule import Needs, line_rule, needs
from okr_desk.scoring.points_result import ZERO
from okr_desk.scoring.rule_formula import formula
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.scoring.rule_text import KIND, rule_from_row
from okr_desk.scoring.spelling import number
from okr_desk.terms import RuleKind

FIELD = "usual_rule"
STARTS = (
    "linear", "ratio t=100", "ratio", "per-point rounding=ceil", "deduct each=0.5", "ladder bands=90:3,80:2,60:1",
    "range tol=1", "bonus each=1.5", "bonus", "dual", "rank table=5,4,3,2,1", "to-first", "votes values=100,85,70,50",
    "anchors points=60:0,85:5", "yesno",
)  # fmt: skip
"""A rule of each kind to begin with."""
_AIMS = ("t", "N")
_FULL = Decimal(1)
"""Full points to check a rule with where none are agreed."""
TRIED = Decimal(5)
"""Full points that a person tries a spare indicator with."""


def check(row: str, points: Decimal | None, baseline: Decimal | None, target: Decimal | None) -> None:
    """Raise InputRefused for a rule that no line could be scored by; no rule at all may stand.

    What the branch would say is taken from `baseline` and `target`; where there is no usual number, any will do. The
    field is "usual_rule", or "usual_target" where the target is what the rule cannot take. `points` None or 0: the
    full points that the rule names itself.
    """
    if not row.strip():
        return
    field = FIELD
    try:
        row = rule_words.canonical(row)
        wanting = needs(row)
        start, aim = _tried(wanting, baseline, target)
        if wanting.target and target is not None:
            field = "usual_target"
        line_rule(row, full_points(row, points), start, aim)
    except InputRefused as refused:
        raise InputRefused(refused.sentence, field if refused.field in _AIMS else FIELD) from refused


def in_words(row: str) -> str:
    """What a rule says, as one sentence; empty for no rule. Raises InputRefused for one that cannot be read."""
    if not row.strip():
        return ""
    check(row, None, None, None)
    return formula(rule_words.canonical(row))


def full_points(row: str, points: Decimal | None, otherwise: Decimal = _FULL) -> Decimal:
    """The full points of a rule: those agreed, else those that it names or makes itself, else `otherwise`."""
    return points or _own_points(row, otherwise)


def _tried(wanting: Needs, baseline: Decimal | None, target: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Numbers to try a rule with, apart from each other where either is open."""
    if wanting.baseline and baseline is None:
        baseline = ZERO if target is None else target - 1
    if wanting.target and target is None:
        target = _FULL if baseline is None else baseline + 1
    return baseline, target


def _own_points(row: str, otherwise: Decimal) -> Decimal:
    words = rule_words.words(row)
    kind = RuleKind(words[KIND])
    known = {key.word for key in SHAPES[kind].keys}
    full = "cap" if kind is RuleKind.BONUS else "max"
    if full in known:
        return number(words[full], full) if full in words else otherwise
    return rule_from_row(row).maximum
