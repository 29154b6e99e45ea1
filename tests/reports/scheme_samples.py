"""Hand-made schemes for tests of paper and workbook: a preset as it comes, and one of three lines."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from okr_desk.queries.library import IndicatorView
from okr_desk.queries.scheme_papers import RedLineWords, SchemePaper
from okr_desk.queries.schemes import BlockView, LineView, VersionView
from okr_desk.rules import library, scheme_presets
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.scheme_presets import LibraryLine, PresetBlock, PresetLine
from okr_desk.terms import Across, SchemeState
from tests.reports.samples import DIGEST

D = Decimal
RED_LINES = (
    RedLineWords("V1", "班子成员严重违纪违法", "一票否决，评为最低等次", "以处分决定或通报为准"),
    RedLineWords("V4", "弄虚作假", "不得评为最高等次", "经核查属实"),
)


def paper(key: str = "hundred", category: str = "农村", **changes: object) -> SchemePaper:
    """A preset put to use for a category, with all that it takes from the seed library."""
    chosen = scheme_presets.declared()[key]
    drafts = {one.code: one for one in (*library.seed(), *scheme_presets.own_indicators(key))}
    ids = {code: number for number, code in enumerate(drafts, start=1)}
    lines = [
        LibraryLine(one.code, one.dimension, one.categories, one.usual_points, one.usual_rule) for one in library.seed()
    ]
    filled = scheme_presets.expand(chosen, category, lines)
    blocks = tuple(_block(number, one, drafts, ids) for number, one in enumerate(filled.blocks, start=1))
    version = VersionView(
        1, 1, 1, SchemeState.ACTIVE, chosen.grades, chosen.bonus_cap, chosen.bonus_from, "", "王玥",
        date(2026, 1, 5), date(2026, 1, 9), blocks, "王玥",
    )  # fmt: skip
    views = {ids[code]: _view(ids[code], one) for code, one in drafts.items()}
    made = SchemePaper("青山镇", category, 2026, chosen.name, version, views, RED_LINES, chosen.source, DIGEST)
    return replace(made, **changes)  # type: ignore[arg-type]


def draft() -> SchemePaper:
    """The same as it is sent round before it counts."""
    whole = paper()
    version = replace(whole.version, state=SchemeState.DRAFT, version=2, from_quarter=3, reason="县里调整了分值")
    return replace(whole, version=version)


def bare() -> SchemePaper:
    """One line, and not a word that somebody typed but for names."""
    whole = paper()
    block = whole.version.blocks[0]
    line = replace(block.lines[0], name="Meetings")
    version = replace(whole.version, blocks=(replace(block, name="Base", lines=(line,)),), by="", approved_by="")
    view = replace(whole.indicators[line.indicator_id], evidence="", computed_from="")
    made = replace(whole, category="Villages", name="Points", red_lines=(), source="")
    return replace(made, version=version, indicators={line.indicator_id: view})


def _block(number: int, block: PresetBlock, drafts: dict[str, IndicatorDraft], ids: dict[str, int]) -> BlockView:
    lines = tuple(_line(line, drafts[line.code], ids, block.across) for line in block.lines)
    return BlockView(number, block.name, block.part, block.kind, block.maximum, block.across, block.flags, lines)


def _line(line: PresetLine, meaning: IndicatorDraft, ids: dict[str, int], across: Across) -> LineView:
    second = ids.get(line.second)
    return LineView(
        ids[line.code], ids[line.code], line.code, meaning.name, meaning.unit, meaning.dimension, meaning.direction,
        line.maximum, line.rule, second, line.across or across,
    )  # fmt: skip


def _view(number: int, one: IndicatorDraft) -> IndicatorView:
    same = {name.name: getattr(one, name.name) for name in fields(IndicatorDraft)}
    return IndicatorView(
        id=number, uid="", version=1, valid_from=date(2026, 1, 1), search_keys="", retired_on=None, **same
    )
