"""The rule of one line of a scheme: what it leaves out comes from the line's points and the branch's own line.

`linear` alone is a whole rule here: baseline and target differ from branch to branch and are kept once, with the
indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.points import Rule
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import KIND, kind_from, rule_from, words_of
from okr_desk.scoring.spelling import number
from okr_desk.terms import RuleKind

_FROM_TARGET: Mapping[RuleKind, str] = {
    RuleKind.LINEAR: "t",
    RuleKind.RATIO: "t",
    RuleKind.PER_POINT: "t",
    RuleKind.DUAL: "N",
}
AROUND = "tol"
"""A range around the branch's own target: full points on it, none that far away (plan p, ±1)."""
_WITHOUT_MAXIMUM = (RuleKind.LADDER, RuleKind.RANK, RuleKind.ANCHORS, RuleKind.VOTES)
_CAPPED = RuleKind.BONUS


@dataclass(frozen=True)
class Needs:
    """What a rule takes from the branch's own line of the indicator."""

    baseline: bool
    target: bool


def rule_kind(row: str) -> RuleKind | None:
    """The kind of a rule as it is written; None for one that cannot be read."""
    try:
        return RuleKind(_words(row)[KIND])
    except InputRefused:
        return None


def compares(row: str) -> bool:
    """Whether points under this rule depend on what the other branches of the category have reached."""
    return rule_kind(row) in (RuleKind.RANK, RuleKind.TO_FIRST)


def needs(row: str) -> Needs:
    """Whether a rule, written as `kind key=value …`, leaves baseline or target to the branch's line."""
    words = _words(row)
    kind = RuleKind(words[KIND])
    target = _FROM_TARGET.get(kind)
    from_target = AROUND in words if kind is RuleKind.RANGE else target is not None and target not in words
    return Needs(kind is RuleKind.LINEAR and "b" not in words, from_target)


def typed(row: str) -> tuple[Decimal | None, Decimal | None]:
    """Baseline and target that the rule itself gives; None where the branch's own line does."""
    words = _words(row)
    kind = RuleKind(words[KIND])
    start, aim = ("b" if kind is RuleKind.LINEAR else ""), _FROM_TARGET.get(kind, "")
    return (
        number(words[start], start) if start in words else None,
        number(words[aim], aim) if aim in words else None,
    )


def retargeted(row: str, target: Decimal) -> str:
    """The rule with another target in place of the one that it gives itself."""
    words = _words(row)
    kind = words.pop(KIND)
    words[_FROM_TARGET[RuleKind(kind)]] = plain(target)
    return " ".join((kind, *(f"{key}={text}" for key, text in words.items())))


def line_rule(row: str, maximum: Decimal, baseline: Decimal | None, target: Decimal | None) -> Rule:
    """The rule with what it leaves out: full points from the line, `b` and `t` (`N`) from the branch's own line.

    Raises InputRefused for a rule that cannot be read, for one whose best value differs from `maximum`, and where the
    branch lacks the baseline or target that it needs.
    """
    words = _words(row)
    kind = RuleKind(words[KIND])
    wanting = needs(row)
    if wanting.baseline:
        words["b"] = _given(baseline, _("基线"), "b")
    if wanting.target:
        words |= _from_target(kind, words.pop(AROUND, ""), _given(target, _("目标值"), "t"))
    if kind is _CAPPED:
        words.setdefault("cap", plain(maximum))
    elif kind not in _WITHOUT_MAXIMUM:
        words.setdefault("max", plain(maximum))
    rule = rule_from(words)
    if rule.maximum != maximum:
        said = _("规则最高可得 {best} 分，与这一项的分值 {points} 分不符，请改成一致。")
        raise InputRefused(said.format(best=plain(rule.maximum), points=plain(maximum)), "rule")
    return rule


def _words(row: str) -> dict[str, str]:
    if not row.strip():
        raise InputRefused(_("还没有写计分规则，请选择一种规则。"), "rule")
    words = dict(words_of(row.split()))
    words[KIND] = kind_from(words.get(KIND, "")).value
    return words


def _from_target(kind: RuleKind, around: str, target: str) -> dict[str, str]:
    if kind is not RuleKind.RANGE:
        return {_FROM_TARGET[kind]: target}
    away, middle = number(around, AROUND), Decimal(target)
    return {"lo": plain(middle - away), "a": target, "b": target, "hi": plain(middle + away)}


def _given(value: Decimal | None, what: str, word: str) -> str:
    if value is None:
        raise InputRefused(_("还没有{what}，不能按这条规则计分。").format(what=what), word)
    return plain(value)
