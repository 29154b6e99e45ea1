"""What each kind of rule is made of: its class, the words of its parameters and values, and an example of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from okr_desk.scoring import spelling
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind


@dataclass(frozen=True)
class Key:
    """One parameter of a rule: its word, the attribute that holds it, and how it is read and written.

    One that is not `needed` falls back on the default of the attribute.
    """

    word: str
    field: str
    read: Callable[[str, str], object] = spelling.number
    write: Callable[[Any], str] = plain
    needed: bool = True


@dataclass(frozen=True)
class Shape:
    """A kind of rule: its class, its parameters, the words of the value it takes, and one way to write it all."""

    rule: type[Rule]
    keys: tuple[Key, ...]
    values: tuple[str, ...]
    example: str


def _list_of(numbers: tuple[Decimal, ...]) -> str:
    return ",".join(plain(one) for one in numbers)


def _pairs_of(pairs: tuple[tuple[Decimal, Decimal], ...]) -> str:
    return ",".join(f"{plain(x)}:{plain(y)}" for x, y in pairs)


def _direction(text: str, name: str) -> Direction:
    return spelling.term(Direction, text, name, (Direction.UP, Direction.DOWN))


_MAX = Key("max", "maximum")
_CAP = Key("cap", "cap", needed=False)
_TARGET = Key("t", "target")
_DIRECTION = Key("direction", "direction", _direction, str, needed=False)

SHAPES: dict[RuleKind, Shape] = {
    RuleKind.LINEAR: Shape(
        Linear, (Key("b", "baseline"), _TARGET, _MAX, _CAP, _DIRECTION), ("v",), "b=30 t=36 v=34.5 max=10"
    ),
    RuleKind.RATIO: Shape(Ratio, (_TARGET, _MAX, _CAP, _DIRECTION), ("v",), "v=7 t=8 max=8"),
    RuleKind.DEDUCT: Shape(
        Deduct,
        (
            _MAX,
            Key("each", "each", spelling.numbers, _list_of),
            Key("cap", "caps", spelling.numbers, _list_of, needed=False),
        ),
        ("count",),
        "max=5 each=0.5 count=3",
    ),
    RuleKind.PER_POINT: Shape(
        PerPoint,
        (
            _MAX,
            _TARGET,
            Key("rounding", "rounding", partial(spelling.term, PointRounding), str),
            Key("each", "each", needed=False),
        ),
        ("v",),
        "max=25 t=90 v=87.4 rounding=ceil",
    ),
    RuleKind.LADDER: Shape(
        Ladder, (Key("bands", "bands", spelling.number_pairs, _pairs_of),), ("v",), "bands=95:10,90:8,85:6 v=89.96"
    ),
    RuleKind.BONUS: Shape(
        Bonus,
        (
            Key("cap", "cap"),
            Key("each", "each", needed=False),
            Key("levels", "levels", spelling.numbers, _list_of, needed=False),
        ),
        ("count", "awards"),
        "each=15 count=2 cap=12",
    ),
    RuleKind.RANK: Shape(
        Rank,
        (Key("table", "table", spelling.numbers, _list_of), _DIRECTION),
        ("place", "v", "values"),
        "table=60,57,54,51,48 values=95,90,90,80,70 v=90",
    ),
    RuleKind.TO_FIRST: Shape(ToFirst, (_MAX,), ("v", "values", "first"), "max=6 v=0.6 values=0.8,0.6"),
    RuleKind.RANGE: Shape(
        Range,
        (Key("lo", "zero_below"), Key("a", "low"), Key("b", "high"), Key("hi", "zero_above"), _MAX),
        ("v",),
        "lo=2 a=5 b=6 hi=12 v=7 max=1",
    ),
    RuleKind.DUAL: Shape(
        Dual,
        (
            Key("N", "target"),
            _MAX,
            Key("form", "form", partial(spelling.term, DualForm), str, needed=False),
            Key("weight", "weight", needed=False),
            Key("gate", "gate", needed=False),
        ),
        ("n", "S", "verdict"),
        "n=12 N=12 S=91.4 max=10 form=product",
    ),
    RuleKind.VOTES: Shape(
        Votes,
        (Key("values", "values", spelling.numbers, _list_of),),
        ("counts",),
        "counts=18,5,2,0 values=100,85,70,50",
    ),
    RuleKind.ANCHORS: Shape(
        AnchorLine,
        (Key("points", "points", spelling.number_pairs, _pairs_of), Key("full", "full", needed=False)),
        ("v",),
        "points=60:0,75:60,85:100,92:120 v=70",
    ),
    RuleKind.YES_NO: Shape(YesNo, (_MAX,), ("v",), "max=2 v=yes"),
}
