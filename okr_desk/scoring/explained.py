"""A number together with the way it was reached, so that a person can follow it and object to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from okr_desk.i18n import _
from okr_desk.scoring.rounding import half_up, plain

STEP_PLACES = 6
"""Decimal places kept in the sentences; the number itself keeps all of its digits."""


class Steps(Sequence[str]):
    """Sentences that are written when somebody first reads them: most numbers are only looked at.

    Equal to the tuple of the same sentences, and copied as that tuple. They are in the language of the first reading.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Iterable[str]]) -> None:
        self._make = make
        self._made: tuple[str, ...] | None = None

    def told(self) -> tuple[str, ...]:
        """All sentences."""
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self.told()[index]

    def __len__(self) -> int:
        return len(self.told())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Steps):
            return self.told() == other.told()
        return self.told() == other

    def __hash__(self) -> int:
        return hash(self.told())

    def __repr__(self) -> str:
        return repr(self.told())

    def __deepcopy__(self, _memo: object) -> tuple[str, ...]:
        return self.told()

    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[tuple[str, ...]]]:
        return tuple, (self.told(),)


@dataclass(frozen=True)
class Explained:
    """What the program shows: a value (None: missing or not applicable) and the steps that lead to it."""

    value: Decimal | None
    steps: Sequence[str]


def figure(value: Decimal) -> str:
    """A number inside a formula; negative ones stand in brackets, as one writes them by hand."""
    text = plain(value) if ends_early(value) else plain(value, STEP_PLACES)
    return "（" + text.replace("-", "－") + "）" if value < 0 else text


def result(value: Decimal) -> str:
    """The end of a formula: "＝0.55", or "≈0.666667" where the digits go on."""
    text = plain(value, STEP_PLACES).replace("-", "－")
    return "＝" + text if ends_early(value) else "≈" + text


def ends_early(value: Decimal) -> bool:
    """Whether the sentences can show the number in full."""
    return value == half_up(value, STEP_PLACES)


def rounding_note(value: Decimal) -> tuple[str, ...]:
    """The sentence on rounding, where something was rounded for reading."""
    return () if ends_early(value) else (rounding_sentence(),)


def rounding_sentence() -> str:
    """What is said wherever digits were cut; a paper says it once for all of its lines."""
    return _("取 {n} 位小数只为便于阅读，计算和比较都用未取整的数。").format(n=STEP_PLACES)
