"""Red lines that limit a grade whatever the points: declared once in `resources/seed/red_lines.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from okr_desk import paths
from okr_desk.scoring.grades import RedLineKind


@dataclass(frozen=True)
class RedLineRule:
    """A red line by its code. `highest` is the best grade that a lock leaves, "" for the second best.

    `trigger` says when it is crossed; `preset` is the one scheme it belongs to, "" for all.
    """

    code: str
    name: str
    kind: RedLineKind
    highest: str
    trigger: str
    source: str
    preset: str = ""


@cache
def declared(preset: str = "") -> dict[str, RedLineRule]:
    """Red lines by code, in the order of the file: those of every scheme, and the own ones of `preset`."""
    return {one.code: one for one in _all() if one.preset in ("", preset)}


@cache
def _all() -> tuple[RedLineRule, ...]:
    raw = tomllib.loads(paths.resource("seed", "red_lines.toml").read_text(encoding="utf-8"))
    return tuple(RedLineRule(**row | {"kind": RedLineKind(row["kind"])}) for row in raw["red_line"])
