"""A rule row in a few words, as an official would say it: `linear b=72 t=85` of 4 points is 72→85，直线计4分."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring import spelling
from okr_desk.scoring.activity import GATE, WEIGHT
from okr_desk.scoring.line_rule import AROUND
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import KIND, kind_from, words_of
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind, label


def wording(row: str, maximum: Decimal, baseline: Decimal | None = None, target: Decimal | None = None) -> str:
    """What a row makes of a measured value, for full points of `maximum`.

    `baseline` and `target` are those of the branch; None where they differ from branch to branch: then they are named.
    Raises InputRefused for a row that cannot be read.
    """
    if not row.strip():
        return _("还没有计分规则")
    words = words_of(row.split())
    kind = kind_from(words[KIND])
    return _SAID[kind](_Rule(words, maximum, baseline, target))


@dataclass(frozen=True)
class _Rule:
    """The words of a row with what they leave out."""

    words: Mapping[str, str]
    maximum: Decimal
    baseline: Decimal | None
    target: Decimal | None

    @property
    def full(self) -> str:
        return self.words.get("max") or plain(self.maximum)

    def line(self, word: str) -> str:
        """Baseline or target: as the row fixes it, as the branch has it, or its name."""
        held = self.baseline if word == "b" else self.target
        if word in self.words:
            return self.one(word)
        if held is None:
            return _("基线") if word == "b" else _("目标值")
        return plain(held)

    def one(self, word: str, usual: Decimal | None = None) -> str:
        """A number, as the row writes it or as it usually is."""
        return plain(spelling.number(self.words[word], word) if word in self.words else usual)

    def many(self, word: str) -> str:
        return _("、").join(plain(one) for one in spelling.numbers(self.words.get(word, ""), word))

    def pairs(self, word: str) -> list[tuple[Decimal, Decimal]]:
        return list(spelling.number_pairs(self.words.get(word, ""), word))

    def term(self, kind: type[Direction] | type[PointRounding] | type[DualForm], word: str, usual: str) -> str:
        return str(spelling.term(kind, self.words.get(word, usual), word))


def _linear(rule: _Rule) -> str:
    said = _("{b}→{t}，直线计{full}分").format(b=rule.line("b"), t=rule.line("t"), full=rule.full)
    return said + _beyond(rule)


def _ratio(rule: _Rule) -> str:
    falls = rule.term(Direction, "direction", Direction.UP) == Direction.DOWN
    said = _("不超过{t}计{full}分，超过的按比例") if falls else _("达到{t}计{full}分，不足的按比例")
    return said.format(t=rule.line("t"), full=rule.full) + _beyond(rule)


def _beyond(rule: _Rule) -> str:
    """How far the points go on beyond the target."""
    cap = spelling.number(rule.words.get("cap", "1"), "cap")
    if cap == 1:
        return ""
    return _("，最高为满分的{cap}倍").format(cap=plain(cap))


def _deduct(rule: _Rule) -> str:
    if "cap" in rule.words:
        said = _("{full}分，每次扣{each}分，最多扣{cap}分")
        return said.format(full=rule.full, each=rule.many("each"), cap=rule.many("cap"))
    return _("{full}分，每次扣{each}分，扣完为止").format(full=rule.full, each=rule.many("each"))


def _per_point(rule: _Rule) -> str:
    how = label(PointRounding(rule.term(PointRounding, "rounding", "")))
    said = _("达到{t}计{full}分，每低1个百分点扣{each}分（{how}）")
    return said.format(t=rule.line("t"), full=rule.full, each=rule.one("each", Decimal(1)), how=how)


def _ladder(rule: _Rule) -> str:
    bands = sorted(rule.pairs("bands"), reverse=True)
    parts = [_("达到{x}计{y}分").format(x=plain(x), y=plain(y)) for x, y in bands]
    return _("，").join([*parts, _("其余0分")])


def _bonus(rule: _Rule) -> str:
    cap = rule.words.get("cap") or plain(rule.maximum)
    if "each" in rule.words:
        return _("每次加{each}分，最多{cap}分").format(each=rule.one("each"), cap=cap)
    levels = _("，每项{levels}分").format(levels=rule.many("levels")) if "levels" in rule.words else ""
    return _("同一事项取最高一级{levels}，最多{cap}分").format(levels=levels, cap=cap)


def _rank(rule: _Rule) -> str:
    return _("第1名起依次计{table}分").format(table=rule.many("table"))


def _to_first(rule: _Rule) -> str:
    return _("第一名计{full}分，其余按比例").format(full=rule.full)


def _range(rule: _Rule) -> str:
    if AROUND in rule.words:
        said = _("等于{t}计{full}分，相差{away}计0分，其间按比例")
        return said.format(t=rule.line("t"), full=rule.full, away=rule.one(AROUND))
    limits = {word: rule.one(word) for word in ("lo", "a", "b", "hi")}
    return _("{a}至{b}计{full}分，到{lo}或{hi}计0分").format(full=rule.full, **limits)


def _dual(rule: _Rule) -> str:
    if rule.term(DualForm, "form", DualForm.MEAN) == DualForm.PRODUCT:
        said = _("{full}分×场次÷{n}×满意度，满意度低于{gate}计0分")
        return said.format(full=rule.full, n=rule.line("N"), gate=rule.one("gate", GATE))
    said = _("场次达到{n}且满意计{full}分，场次占{weight}")
    return said.format(n=rule.line("N"), full=rule.full, weight=rule.one("weight", WEIGHT))


def _votes(rule: _Rule) -> str:
    return _("各档票依次计{values}分，取平均").format(values=rule.many("values"))


def _anchors(rule: _Rule) -> str:
    points = _("，").join(_("{x}计{y}分").format(x=plain(x), y=plain(y)) for x, y in rule.pairs("points"))
    return _("{points}，其间按直线").format(points=points)


def _yes_no(rule: _Rule) -> str:
    return _("完成计{full}分，未完成0分").format(full=rule.full)


_SAID: Mapping[RuleKind, Callable[[_Rule], str]] = {
    RuleKind.LINEAR: _linear,
    RuleKind.RATIO: _ratio,
    RuleKind.DEDUCT: _deduct,
    RuleKind.PER_POINT: _per_point,
    RuleKind.LADDER: _ladder,
    RuleKind.BONUS: _bonus,
    RuleKind.RANK: _rank,
    RuleKind.TO_FIRST: _to_first,
    RuleKind.RANGE: _range,
    RuleKind.DUAL: _dual,
    RuleKind.VOTES: _votes,
    RuleKind.ANCHORS: _anchors,
    RuleKind.YES_NO: _yes_no,
}
