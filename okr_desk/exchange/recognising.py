"""What a sheet is, by the meaning of its heads: told by the declarations in `sheets`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from okr_desk.exchange.meaning import head, normal
from okr_desk.exchange.reading import Sheet
from okr_desk.exchange.sheets import DECLARATIONS, Declaration, SheetKind

HEAD_ROWS = 15
"""A head row stands within the first rows; below it begins data."""

_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d{2,3}(?!\d)")
_UNIT = re.compile(r"\(([^()]*)\)$")


@dataclass(frozen=True)
class Found:
    """A recognised sheet: its declaration, the last row of its head, and where each column stands.

    `indicators` maps column number to (code, name, unit) of a matrix of indicators; `repeated` are columns of
    which more than one was found.
    """

    declaration: Declaration
    head_row: int
    columns: dict[str, int]
    indicators: dict[int, tuple[str, str, str]]
    repeated: frozenset[str] = frozenset()

    @property
    def kind(self) -> SheetKind:
        """What the sheet is."""
        return self.declaration.kind


def recognise(sheet: Sheet, indicators: Mapping[str, str] | None = None) -> Found | None:
    """What a sheet is, by the meaning of its heads; None when no declaration fits.

    A head may stand in one row, or in two when the upper one groups columns (merged cells). `indicators` gives codes
    by reduced name, for heads that name an indicator without its code.
    """
    best: tuple[int, Found] | None = None
    for row in range(1, min(sheet.rows, HEAD_ROWS) + 1):
        for depth in (1, 2):
            texts = _heads(sheet, row, depth)
            if len(texts) < 2:
                continue
            for declaration in DECLARATIONS:
                found = _matched(declaration, texts, row + depth - 1, indicators or {})
                if found is None:
                    continue
                score = 10 * (len(found.columns) + len(found.indicators)) - depth
                if best is None or score > best[0]:
                    best = (score, found)
    return best[1] if best else None


def title_of(sheet: Sheet, found: Found) -> str:
    """Everything written above the head, in reading order."""
    above = sorted(place for place in sheet.cells if place[0] < found.head_row)
    return " ".join(text for place in above if (text := sheet.text(*place)))


def _heads(sheet: Sheet, row: int, depth: int) -> dict[int, tuple[str, ...]]:
    """Heads by column: the candidates are each row's own text and both together."""
    heads: dict[int, tuple[str, ...]] = {}
    for column in range(1, sheet.columns + 1):
        upper = sheet.head_text(row, column)
        lower = sheet.head_text(row + 1, column) if depth == 2 else ""
        options = [lower, upper] if upper == lower or not (upper and lower) else [upper + lower, lower]
        kept = tuple(option for option in options if option)
        if kept:
            heads[column] = kept
    return heads


def _matched(
    declaration: Declaration, texts: dict[int, tuple[str, ...]], head_row: int, names: Mapping[str, str]
) -> Found | None:
    columns: dict[str, int] = {}
    repeated: set[str] = set()
    for number, options in texts.items():
        key = next((key for option in options if (key := declaration.meaning_of(head(option)))), None)
        if key in columns:
            repeated.add(key)
        elif key:
            columns[key] = number
    if not declaration.required <= columns.keys():
        return None
    indicators: dict[int, tuple[str, str, str]] = {}
    if declaration.kind is SheetKind.INDICATORS:
        for number, options in texts.items():
            named = next((found for option in options if (found := _indicator(option, names))), None)
            if named:
                indicators[number] = named
        if not indicators:
            return None
    return Found(declaration, head_row, columns, indicators, frozenset(repeated))


def _indicator(text: str, names: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Code, name and unit of a head such as "F07 村集体经营性收入（万元）"; by its name where it has no code."""
    words = normal(text).upper()
    unit = _UNIT.search(words)
    bare = words[: unit.start()] if unit else words
    code = _CODE.search(bare)
    name = (bare[: code.start()] + bare[code.end() :]).strip(":：-—·.") if code else bare
    found = code.group() if code else names.get(name)
    return (found, name, unit.group(1) if unit else "") if found else None
