"""The survey that a new year begins with, declared in `resources/seed/survey.toml`: questions, groups, channels."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from okr_desk import paths
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft
from okr_desk.survey_terms import Channel, ItemKind


def preset(year: int) -> DefinitionDraft:
    """The usual definition for a year: ten questions of five levels and an open one (domain 3.2)."""
    return replace(_seed(), year=year)


def read(path: Path) -> DefinitionDraft:
    """A definition as a file declares it; the year is 0."""
    return _draft(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def _seed() -> DefinitionDraft:
    return read(paths.resource("seed", "survey.toml"))


def _draft(declared: dict[str, Any]) -> DefinitionDraft:
    items = [
        ItemDraft(row["text"], ItemKind.LEVELS, row["text"] == declared["overall"], tuple(row.get("aliases", ())))
        for row in declared["item"]
    ]
    if "open" in declared:
        items.append(ItemDraft(declared["open"], ItemKind.OPEN, aliases=tuple(declared.get("open_aliases", ()))))
    return DefinitionDraft(
        year=0,
        name=declared["name"],
        items=tuple(items),
        groups=tuple(GroupDraft(row["name"], tuple(row.get("aliases", ()))) for row in declared.get("group", ())),
        channels=tuple((Channel(row["name"]), Decimal(row.get("weight", "1"))) for row in declared["channel"]),
    )
