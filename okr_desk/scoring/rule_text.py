"""Rules as words: the same key=value pairs in a scheme and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring import spelling
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, YesNo
from okr_desk.scoring.points_result import Group, Held, Value
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.scoring.votes import Votes
from okr_desk.terms import RuleKind, SurveyVerdict, by_label, label

KIND = "kind"
Words = Mapping[str, str]


def words_of(row: Sequence[str]) -> dict[str, str]:
    """A kind and its key=value pairs, one after the other, as a mapping.

    Raises InputRefused without a kind, for a word that is no pair, and for a key that stands twice.
    """
    kind, *written = [spelling.half_width(word) for word in row] or [""]
    if not kind or "=" in kind:
        kinds = "、".join(one.value for one in RuleKind)
        raise InputRefused(_("请先写规则的种类（{kinds}），再写各个键=值。").format(kinds=kinds), KIND)
    found = {KIND: kind}
    for word in written:
        key, equals, text = (part.strip() for part in word.partition("="))
        if not (key and equals) or key == KIND:
            said = _("“{word}”看不明白，请写成 键=值，中间不留空格，例如 max=10。")
            raise InputRefused(said.format(word=spelling.quoted(word)))
        if key in found:
            raise InputRefused(_("{name} 写了两次，请只留一个。").format(name=spelling.quoted(key)), key)
        found[key] = text
    return found


def rule_from_row(row: str) -> Rule:
    """The rule that one row describes, such as `linear b=30 t=36 max=10`; raises InputRefused as `rule_from` does."""
    return rule_from(words_of(spelling.half_width(row).split()))


def row_of(rule: Rule) -> str:
    """The row that `rule_from_row` makes the same rule of."""
    kind, *pairs = mapping_of(rule).items()
    return " ".join((kind[1], *(f"{key}={text}" for key, text in pairs)))


def rule_from(words: Words) -> Rule:
    """The rule that `words` describe: its kind and its parameters, all as text.

    Raises InputRefused, naming the word, for an unknown kind or key, a key that is missing, text in place of a
    number, and for what the rule itself refuses.
    """
    kind = kind_from(words.get(KIND, ""))
    shape = SHAPES[kind]
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
    kind = next(kind for kind, shape in SHAPES.items() if shape.rule is type(rule))
    written = {KIND: kind.value}
    for key in SHAPES[kind].keys:
        held = getattr(rule, key.field)
        if key.needed or held != getattr(type(rule), key.field):
            written[key.word] = key.write(held)
    return written


def rule_and_value(words: Words) -> tuple[Rule, Value]:
    """A rule together with the value it is to judge, written as pairs in one row.

    Raises InputRefused as `rule_from` does.
    """
    kind = kind_from(words.get(KIND, ""))
    shape = SHAPES[kind]
    parameters = tuple(key.word for key in shape.keys)
    for word in words:
        if word not in (KIND, *parameters, *shape.values):
            raise _unknown(kind, word, (*parameters, *shape.values))
    measured = {word: text for word, text in words.items() if word in shape.values}
    rule = rule_from({word: text for word, text in words.items() if word not in measured})
    return rule, _value(kind, rule, measured)


@lru_cache(maxsize=256)  # asked for each line of each branch
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
    return f"{kind.value} {SHAPES[kind].example}"


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
            verdict = spelling.term(SurveyVerdict, words["verdict"], "verdict") if "verdict" in words else None
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
