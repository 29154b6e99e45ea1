"""Rules as words: the same key=value pairs in a scheme and on the command line.

One table says for each kind which keys it has, how each is read and written, and which attribute holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, cast

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring import spelling
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.points_result import Group, Held, Value
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind, Verdict, by_label, label

KIND = "kind"
Words = Mapping[str, str]


@dataclass(frozen=True)
class _Key:
    """One parameter of a rule: its word, the attribute that holds it, and how it is read and written.

    One that is not `needed` falls back on the default of the attribute.
    """

    word: str
    field: str
    read: Callable[[str, str], object] = spelling.number
    write: Callable[[Any], str] = plain
    needed: bool = True


@dataclass(frozen=True)
class _Shape:
    """A kind of rule: its class, its parameters, the words of the value it takes, and one way to write it all."""

    rule: type[Rule]
    keys: tuple[_Key, ...]
    values: tuple[str, ...]
    example: str


def rule_from(words: Words) -> Rule:
    """The rule that `words` describe: its kind and its parameters, all as text.

    Raises InputRefused, naming the word, for an unknown kind or key, a key that is missing, text in place of a
    number, and for what the rule itself refuses.
    """
    kind = kind_from(words.get(KIND, ""))
    shape = _SHAPES[kind]
    known = {key.word: key for key in shape.keys}
    for word in words:
        if word != KIND and word not in known:
            raise _unknown(kind, word, tuple(known))
    found = {}
    for key in shape.keys:
        if key.word in words:
            found[key.field] = key.read(words[key.word], key.word)
        elif key.needed:
            raise missing(kind, key.word)
    return cast(Rule, cast(Any, shape.rule)(**found))


def mapping_of(rule: Rule) -> dict[str, str]:
    """The words that `rule_from` makes the same rule of; parameters that stand at their default are left out."""
    kind = next(kind for kind, shape in _SHAPES.items() if shape.rule is type(rule))
    written = {KIND: kind.value}
    for key in _SHAPES[kind].keys:
        held = getattr(rule, key.field)
        if key.needed or held != getattr(type(rule), key.field):
            written[key.word] = key.write(held)
    return written


def rule_and_value(words: Words) -> tuple[Rule, Value]:
    """A rule together with the value it is to judge, written as pairs in one row.

    Raises InputRefused as `rule_from` does.
    """
    kind = kind_from(words.get(KIND, ""))
    shape = _SHAPES[kind]
    parameters = tuple(key.word for key in shape.keys)
    for word in words:
        if word not in (KIND, *parameters, *shape.values):
            raise _unknown(kind, word, (*parameters, *shape.values))
    measured = {word: text for word, text in words.items() if word in shape.values}
    rule = rule_from({word: text for word, text in words.items() if word not in measured})
    return rule, _value(kind, rule, measured)


def kind_from(text: str) -> RuleKind:
    """A kind of rule by its word or its official label."""
    written = spelling.half_width(text)
    found = by_label(RuleKind, written) or next((one for one in RuleKind if one.value == written.lower()), None)
    if found is None:
        known = "、".join(f"{one.value}（{label(one)}）" for one in RuleKind)
        said = _("没有“{kind}”这种规则，可用的有 {known}。")
        raise InputRefused(said.format(kind=spelling.quoted(written), known=known), KIND)
    return found


def example(kind: RuleKind) -> str:
    """A row of words that works."""
    return f"{kind.value} {_SHAPES[kind].example}"


def missing(kind: RuleKind, word: str) -> InputRefused:
    """The refusal of a row that lacks a word."""
    return InputRefused(_("缺少参数 {name}，请补上，例如：{example}").format(name=word, example=example(kind)), word)


def _unknown(kind: RuleKind, word: str, known: tuple[str, ...]) -> InputRefused:
    said = _("{kind} 规则没有参数“{name}”，可写的有 {known}。")
    return InputRefused(said.format(kind=kind.value, name=spelling.quoted(word), known="、".join(known)), word)


def _value(kind: RuleKind, rule: Rule, words: Words) -> Value:
    def need(word: str) -> str:
        if word not in words:
            raise missing(kind, word)
        return words[word]

    match rule:
        case YesNo():
            return spelling.yes_or_no(need("v"), "v")
        case Deduct():
            return spelling.numbers(need("count"), "count")
        case Votes():
            return spelling.numbers(need("counts"), "counts")
        case Bonus():
            return _bonus_value(rule, words, need)
        case Dual():
            verdict = spelling.term(Verdict, words["verdict"], "verdict") if "verdict" in words else None
            return Held(spelling.number(need("n"), "n"), spelling.number(need("S"), "S"), verdict)
        case Rank() | ToFirst():
            return _place_value(words, need)
    return spelling.number(need("v"), "v")


def _bonus_value(rule: Bonus, words: Words, need: Callable[[str], str]) -> Value:
    if rule.each is None:
        if "count" in words:
            raise missing(RuleKind.BONUS, "each")
        return spelling.numbers(need("awards"), "awards")
    if "awards" in words:
        raise _not_both("each", "awards")
    return spelling.number(need("count"), "count")


def _place_value(words: Words, need: Callable[[str], str]) -> Value:
    """A place by itself, or one's own value beside the group (or beside its first alone)."""
    for alone, others in (("place", ("v", "values")), ("first", ("values",))):
        both = next((other for other in others if alone in words and other in words), None)
        if both is not None:
            raise _not_both(alone, both)
    if "place" in words:
        return spelling.number(words["place"], "place")
    own = spelling.number(need("v"), "v")
    if "first" in words:
        return Group(own, (spelling.number(words["first"], "first"),))
    return Group(own, spelling.numbers(need("values"), "values"))


def _not_both(one: str, other: str) -> InputRefused:
    return InputRefused(_("{one} 与 {other} 只能填一个。").format(one=one, other=other), other)


def _list_of(numbers: tuple[Decimal, ...]) -> str:
    return ",".join(plain(one) for one in numbers)


def _pairs_of(pairs: tuple[tuple[Decimal, Decimal], ...]) -> str:
    return ",".join(f"{plain(x)}:{plain(y)}" for x, y in pairs)


def _direction(text: str, name: str) -> Direction:
    return spelling.term(Direction, text, name, (Direction.UP, Direction.DOWN))


_MAX = _Key("max", "maximum")
_CAP = _Key("cap", "cap", needed=False)
_TARGET = _Key("t", "target")
_DIRECTION = _Key("direction", "direction", _direction, str, needed=False)

_SHAPES: dict[RuleKind, _Shape] = {
    RuleKind.LINEAR: _Shape(
        Linear, (_Key("b", "baseline"), _TARGET, _MAX, _CAP, _DIRECTION), ("v",), "b=30 t=36 v=34.5 max=10"
    ),
    RuleKind.RATIO: _Shape(Ratio, (_TARGET, _MAX, _CAP, _DIRECTION), ("v",), "v=7 t=8 max=8"),
    RuleKind.DEDUCT: _Shape(
        Deduct,
        (
            _MAX,
            _Key("each", "each", spelling.numbers, _list_of),
            _Key("cap", "caps", spelling.numbers, _list_of, needed=False),
        ),
        ("count",),
        "max=5 each=0.5 count=3",
    ),
    RuleKind.PER_POINT: _Shape(
        PerPoint,
        (
            _MAX,
            _TARGET,
            _Key("rounding", "rounding", partial(spelling.term, PointRounding), str),
            _Key("each", "each", needed=False),
        ),
        ("v",),
        "max=25 t=90 v=87.4 rounding=ceil",
    ),
    RuleKind.LADDER: _Shape(
        Ladder, (_Key("bands", "bands", spelling.number_pairs, _pairs_of),), ("v",), "bands=95:10,90:8,85:6 v=89.96"
    ),
    RuleKind.BONUS: _Shape(
        Bonus, (_Key("cap", "cap"), _Key("each", "each", needed=False)), ("count", "awards"), "each=15 count=2 cap=12"
    ),
    RuleKind.RANK: _Shape(
        Rank,
        (_Key("table", "table", spelling.numbers, _list_of), _DIRECTION),
        ("place", "v", "values"),
        "table=60,57,54,51,48 values=95,90,90,80,70 v=90",
    ),
    RuleKind.TO_FIRST: _Shape(ToFirst, (_MAX,), ("v", "values", "first"), "max=6 v=0.6 values=0.8,0.6"),
    RuleKind.RANGE: _Shape(
        Range,
        (_Key("lo", "zero_below"), _Key("a", "low"), _Key("b", "high"), _Key("hi", "zero_above"), _MAX),
        ("v",),
        "lo=2 a=5 b=6 hi=12 v=7 max=1",
    ),
    RuleKind.DUAL: _Shape(
        Dual,
        (
            _Key("N", "target"),
            _MAX,
            _Key("form", "form", partial(spelling.term, DualForm), str, needed=False),
            _Key("weight", "weight", needed=False),
            _Key("gate", "gate", needed=False),
        ),
        ("n", "S", "verdict"),
        "n=12 N=12 S=91.4 max=10 form=product",
    ),
    RuleKind.VOTES: _Shape(
        Votes,
        (_Key("values", "values", spelling.numbers, _list_of),),
        ("counts",),
        "counts=18,5,2,0 values=100,85,70,50",
    ),
    RuleKind.ANCHORS: _Shape(
        AnchorLine,
        (_Key("points", "points", spelling.number_pairs, _pairs_of), _Key("full", "full", needed=False)),
        ("v",),
        "points=60:0,75:60,85:100,92:120 v=70",
    ),
    RuleKind.YES_NO: _Shape(YesNo, (_MAX,), ("v",), "max=2 v=yes"),
}
