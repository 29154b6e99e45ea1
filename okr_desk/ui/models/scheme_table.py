"""A scheme as a plain table with heads, to be copied or exported: blocks and lines, each in a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from okr_desk.i18n import _
from okr_desk.rules.schemes import BlockDraft, Known, LineDraft, SchemeDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.models.scheme_tree import Spot


def cells(
    draft: SchemeDraft, known: Mapping[int, Known], spots: Collection[Spot] = (), numeric: bool = False
) -> list[list[Any]]:
    """Heads, then the rows of `spots` (none given: all). `numeric`: points as numbers, for a workbook."""
    found: list[list[Any]] = [[_("块"), _("指标"), _("计分规则"), _("年度计法"), _("满分")]]
    for place, block in enumerate(draft.blocks):
        if not spots or (place, None) in spots:
            found.append(_block(block, numeric))
        for row, line in enumerate(block.lines):
            if not spots or (place, row) in spots:
                found.append(_line(block, line, known, numeric))
    return found


def _block(block: BlockDraft, numeric: bool) -> list[Any]:
    points = block.maximum if numeric else plain(block.maximum)
    return [block.name, "", words.block(block), label(block.across), points]


def _line(block: BlockDraft, line: LineDraft, known: Mapping[int, Known], numeric: bool) -> list[Any]:
    points = line.maximum if numeric else plain(line.maximum)
    way = label(line.across or block.across)
    return [block.name, words.indicator(line, known), words.rule(line, known), way, points]
