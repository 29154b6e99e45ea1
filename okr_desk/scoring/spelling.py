"""Numbers, lists and words as people type them: one reading for the command line and for the rules of a scheme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.terms import by_label, label

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: "-", 0x3001: ",", 0x3000: " "}
_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_LARGEST = 15
_SHOWN = 30
_YES = {"1", "yes", "y", "true", "done", "是", "完成", "已完成"}
_NO = {"0", "no", "n", "false", "open", "否", "未完成"}

_Word = TypeVar("_Word", bound=StrEnum)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones, without spaces around them."""
    return text.translate(_HALF_WIDTH).strip()


def quoted(text: str) -> str:
    """What somebody wrote, short and in one row, to be named in a sentence."""
    return " ".join(text.split())[:_SHOWN]


def number(given: object, name: str) -> Decimal:
    """One number below 10^15; raises InputRefused that names `name` for text, "95%", NaN and the infinite."""
    text = half_width(str(given))
    if isinstance(given, (str, Decimal)) and _FIGURE.fullmatch(text):
        found = Decimal(text)
        if abs(found.adjusted()) < _LARGEST * 2 and abs(found) < 10**_LARGEST:
            return found
    raise InputRefused(
        _("{name} 填的“{text}”不是可用的数字，请只填数字，例如 86.4。").format(name=name, text=quoted(text)), name
    )


def check_numbers(name: str, *values: Decimal) -> None:
    """Refuse NaN, the infinite and what is too large for a sheet, with a sentence that names the entry."""
    for value in values:
        if not value.is_finite() or value.adjusted() >= _LARGEST:
            number(value, name)


def numbers(text: str, name: str) -> tuple[Decimal, ...]:
    """Numbers with commas between them."""
    return tuple(number(one, name) for one in half_width(text).split(","))


def pairs(text: str, name: str) -> list[tuple[str, str]]:
    """Pairs such as 50:0.4,80:0.7; raises InputRefused where a colon is missing."""
    found = [one.partition(":") for one in half_width(text).split(",")]
    if not all(colon for _first, colon, _second in found):
        raise InputRefused(_("{name} 要成对填写，用冒号和逗号隔开，例如 50:0.4,80:0.7。").format(name=name), name)
    return [(first.strip(), second.strip()) for first, _colon, second in found]


def number_pairs(text: str, name: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Pairs of numbers, in the order in which they were written."""
    return tuple((number(x, name), number(y, name)) for x, y in pairs(text, name))


def yes_or_no(text: str | None, name: str = "") -> bool:
    """The answer to a question; raises InputRefused for anything else."""
    word = half_width(text or "").lower()
    if word not in _YES | _NO:
        said = _("{name} 请填 yes 或 no。") if name else _("请填 yes 或 no；里程碑节点填 done 或 open。")
        raise InputRefused(said.format(name=name), name)
    return word in _YES


def term(kind: type[_Word], text: str, name: str, among: Sequence[_Word] = ()) -> _Word:
    """A term by its word in the code or by its official label; raises InputRefused that lists what may be written.

    `among` leaves only these of the kind.
    """
    written, allowed = half_width(text), among or tuple(kind)
    found = by_label(kind, written) or next((one for one in kind if written.lower() in (one.value, label(one))), None)
    if found not in allowed or found is None:
        known = "、".join(f"{one.value}（{label(one)}）" for one in allowed)
        raise InputRefused(_("{name} 只能填 {known}。").format(name=name, known=known), name)
    return found
