"""A rule as people write it, `按次扣分 每次=0.5`, and as it is kept, `deduct each=0.5`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from okr_desk.scoring.rule_shapes import SHAPES, Key
from okr_desk.scoring.rule_text import KIND, kind_from, words_of
from okr_desk.terms import RuleKind, by_label, label

_WORDS: Mapping[str, str] = {
    "a": "满分下限", "b": "基线", "bands": "分档", "cap": "上限", "direction": "方向", "each": "每次", "form": "算法",
    "full": "满分", "gate": "满意度门槛", "hi": "零分上限", "levels": "各级分值", "lo": "零分下限", "max": "满分",
    "N": "场次", "points": "折点", "rounding": "取整", "t": "目标", "table": "名次分", "tol": "允许相差",
    "values": "各档分", "weight": "场次权重",
}  # fmt: skip
"""What the parameters are called; the same in every language, as the kinds are in Chinese documents."""
_OWN_WORDS: Mapping[RuleKind, Mapping[str, str]] = {
    RuleKind.RANGE: {"b": "满分上限"},
    RuleKind.LINEAR: {"cap": "封顶倍数"},
    RuleKind.RATIO: {"cap": "封顶倍数"},
}


def words(row: str) -> dict[str, str]:
    """The kind and the parameters of a rule, by their words in the code, whichever way it was written.

    Raises InputRefused for a row without a kind, an unknown kind, a parameter that stands twice and a value that
    cannot be read; a parameter that the kind does not know is left for the rule to refuse.
    """
    written = words_of(row.split())
    kind = kind_from(written[KIND])
    names = {name: word for word, name in _names(kind).items()}
    pairs = [(names.get(name, name), text) for name, text in written.items() if name != KIND]
    found = words_of([kind.value, *(f"{word}={text}" for word, text in pairs)])
    keys = _keys(kind)
    return {
        word: keys[word].write(keys[word].read(text, word)) if word in keys else text for word, text in found.items()
    }


def canonical(row: str) -> str:
    """The rule as it is kept; empty for none. Raises InputRefused as `words` does."""
    if not row.strip():
        return ""
    kind, *pairs = words(row).items()
    return " ".join((kind[1], *(f"{word}={text}" for word, text in pairs)))


def spoken(row: str) -> str:
    """A rule for people to read and to change: in Chinese by its official names, else as it is kept."""
    if not row.strip():
        return ""
    found = words(row)
    kind = RuleKind(found.pop(KIND))
    if by_label(RuleKind, label(kind)) is None:
        return canonical(row)
    keys, names = _keys(kind), _names(kind)
    pairs = (f"{names.get(word, word)}={_value(keys.get(word), text)}" for word, text in found.items())
    return " ".join((label(kind), *pairs))


def _names(kind: RuleKind) -> dict[str, str]:
    own = {**_WORDS, **_OWN_WORDS.get(kind, {})}
    return {word: own[word] for word in (*_keys(kind), "tol") if word in own}


def _keys(kind: RuleKind) -> dict[str, Key]:
    return {key.word: key for key in SHAPES[kind].keys}


def _value(key: Key | None, text: str) -> str:
    held = text if key is None else key.read(text, key.word)
    return label(held) if isinstance(held, StrEnum) else text
