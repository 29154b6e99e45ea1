"""Schemes to start from, declared in `resources/seed/schemes/*.toml`; an office copies one and edits the copy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from okr_desk import paths
from okr_desk.rules import library
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.red_lines import COMMON
from okr_desk.terms import Across, BlockKind, Dimension

_ZERO = Decimal(0)


@dataclass(frozen=True)
class PresetLine:
    """An indicator by its code, with full points and rule (`kind key=value …`).

    `second` is the code of the satisfaction beside an activity, "" for none; `across` None: as the block.
    """

    code: str
    maximum: Decimal
    rule: str
    second: str = ""
    across: Across | None = None


@dataclass(frozen=True)
class PresetBlock:
    """Lines that share `maximum` full points of a year; `part` groups blocks for a subtotal.

    With a `dimension` the lines come from the library (`expand`), and `lines` only say what differs for some of them.
    `flags`: its lines show red, blue and yellow flags against their targets.
    """

    name: str
    maximum: Decimal
    part: str
    kind: BlockKind
    across: Across
    lines: tuple[PresetLine, ...]
    dimension: Dimension | None = None
    flags: bool = False


@dataclass(frozen=True)
class Preset:
    """A scheme to start from. `grades` names one of `scoring.grade_schemes.SCHEMES`.

    `categories` are the names of those it was made for: a hint to offer it first, never a bar, because names are the
    office's own; empty: any. Bonus points count up to `bonus_cap`, from `bonus_from` percent of the base on.
    `red_lists` are the lists of red lines that count.
    """

    key: str
    name: str
    note: str
    source: str
    categories: tuple[str, ...]
    grades: str
    bonus_cap: Decimal
    bonus_from: Decimal
    blocks: tuple[PresetBlock, ...]
    red_lists: tuple[str, ...] = (COMMON,)


class LibraryLine(NamedTuple):
    """What a preset asks of an indicator of the library; empty `categories`: all, `points` None or 0: a spare."""

    code: str
    dimension: Dimension
    categories: tuple[str, ...]
    points: Decimal | None
    rule: str


@cache
def declared() -> dict[str, Preset]:
    """All presets by key, in the order in which they are offered."""
    return {one.key: one for raw in _files() for one in _presets(raw)}


def offered(category: str) -> tuple[Preset, ...]:
    """All presets, those made for the category first."""
    return tuple(sorted(declared().values(), key=lambda one: bool(one.categories) and category not in one.categories))


def own_indicators(key: str) -> tuple[IndicatorDraft, ...]:
    """The indicators that the lines of a preset need beside the seed library; an unknown preset needs none."""
    preset = declared().get(key)
    lines = [line for block in (preset.blocks if preset else ()) for line in block.lines]
    used = {code for line in lines for code in (line.code, line.second)}
    return tuple(one for raw in _files() for one in library.drafts(raw.get("indicator", ())) if one.code in used)


def expand(preset: Preset, category: str, library_lines: Sequence[LibraryLine]) -> Preset:
    """The preset with every block filled: all indicators of its dimension that are in scope and have usual points.

    A line that the block itself gives replaces what the library says of the same code, field by field; it is left out
    where the category does not have that indicator.
    """
    return replace(preset, blocks=tuple(_filled(block, category, library_lines) for block in preset.blocks))


def _filled(block: PresetBlock, category: str, library_lines: Sequence[LibraryLine]) -> PresetBlock:
    if block.dimension is None:
        return block
    given = {line.code: line for line in block.lines}
    lines = []
    for code, dimension, categories, points, rule in library_lines:
        if dimension is block.dimension and points and (not categories or category in categories):
            plain = PresetLine(code, points, rule)
            own = given.get(code, plain)
            lines.append(replace(own, maximum=own.maximum or points, rule=own.rule or rule))
    return replace(block, lines=tuple(lines), dimension=None)


def read(path: Path) -> tuple[Preset, ...]:
    """The presets of one file, such as the demo's own."""
    return tuple(_presets(tomllib.loads(path.read_text(encoding="utf-8"))))


def within(preset: Preset, category: str, library_lines: Sequence[LibraryLine]) -> Preset:
    """The preset without the lines of indicators that are not meant for the category."""
    meant = {line.code for line in library_lines if not line.categories or category in line.categories}
    blocks = (replace(one, lines=tuple(line for line in one.lines if line.code in meant)) for one in preset.blocks)
    return replace(preset, blocks=tuple(blocks))


@cache
def _files() -> tuple[Mapping[str, Any], ...]:
    found = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in paths.resource("seed", "schemes").glob("*.toml")
    ]
    return tuple(sorted(found, key=lambda raw: (raw["position"], raw["key"])))


def _presets(raw: Mapping[str, Any]) -> list[Preset]:
    """One preset, or one for each variant: what the file says, then what the variant adds."""
    found = []
    for own in raw.get("variant", ({},)):
        found.append(
            Preset(
                key=f"{raw['key']}-{own['key']}" if own else raw["key"],
                name=own.get("name", raw["name"]),
                note=" ".join(filter(None, (own.get("note", ""), raw["note"]))),
                source=raw["source"],
                categories=tuple(own.get("categories", raw.get("categories", ()))),
                grades=raw["grades"],
                bonus_cap=Decimal(raw["bonus_cap"]),
                bonus_from=Decimal(raw["bonus_from"]),
                blocks=tuple(_block(one) for one in (*raw.get("block", ()), *own.get("block", ()))),
                red_lists=tuple(raw.get("red_lists", (COMMON,))),
            )
        )
    return found


def _block(raw: Mapping[str, Any]) -> PresetBlock:
    return PresetBlock(
        name=raw["name"],
        maximum=Decimal(raw["maximum"]),
        part=raw.get("part", ""),
        kind=BlockKind(raw.get("kind", BlockKind.BASE)),
        across=Across(raw["across"]),
        lines=tuple(_line(one) for one in raw.get("line", ())),
        dimension=Dimension(raw["dimension"]) if raw.get("from_library") else None,
        flags=raw.get("flags", False),
    )


def _line(raw: Mapping[str, Any]) -> PresetLine:
    return PresetLine(
        code=raw["code"],
        maximum=Decimal(raw["maximum"]) if "maximum" in raw else _ZERO,
        rule=raw.get("rule", ""),
        second=raw.get("second", ""),
        across=Across(raw["across"]) if "across" in raw else None,
    )
