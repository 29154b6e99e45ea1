"""From what a scheme is drawn up: a preset of the program, the version in force, or the scheme of another category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from sqlmodel import Session, select

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.tables import Indicator
from okr_desk.queries import library as library_now
from okr_desk.queries import schemes as standing
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.rules import library as library_seed
from okr_desk.rules import scheme_presets
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.scheme_edits import fitting
from okr_desk.rules.scheme_presets import LibraryLine, Preset, PresetBlock
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft, Start
from okr_desk.services import library
from okr_desk.services.outcome import Changes, Outcome

NAMED = 6
"""How many indicators a notice names."""


def begin(
    session: Session, actor: Actor, scheme: SchemeView, in_force: VersionView, start: Start
) -> Outcome[SchemeDraft]:
    """What the next version of a scheme starts from.

    Raises InputRefused for an unknown preset, and for a scheme of another category that is gone.
    """
    if start.preset:
        chosen = scheme_presets.declared().get(start.preset)
        if chosen is None:
            raise InputRefused(_("请选择一个类别和一个预设方案。"), "start")
        return like_preset(session, actor, scheme.category, scheme.year, chosen)
    if start.scheme_id is None:
        return Outcome(standing.draft_of(scheme.name, in_force), Changes())
    return _like_another(session, scheme, start.scheme_id)


def like_preset(session: Session, actor: Actor, category: str, year: int, chosen: Preset) -> Outcome[SchemeDraft]:
    """A draft like a preset; indicators that it needs and the library lacks are added first, and named."""
    pool = {one.code: one for one in (*library_seed.seed(), *scheme_presets.own_indicators(chosen.key))}
    there = set(session.exec(select(Indicator.code)))
    known = library_now.preset_lines(session, date(year, 12, 31))
    preset = scheme_presets.expand(chosen, category, _offered(known, there, pool.values()))
    wanted = dict.fromkeys(code for one in preset.blocks for line in one.lines for code in (line.code, line.second))
    fresh = [pool[code] for code in wanted if code and code not in there]
    added = library.add_missing(session, actor, fresh)
    ids = {row.code: row.key for row in session.exec(select(Indicator))}
    draft = SchemeDraft(
        preset.name,
        tuple(_preset_block(one, ids) for one in preset.blocks),
        preset.grades,
        preset.bonus_cap,
        preset.bonus_from,
        red_lists=preset.red_lists,
    )
    return Outcome(draft, added.changes, _added_notice(fresh))


def _like_another(session: Session, scheme: SchemeView, other_id: int) -> Outcome[SchemeDraft]:
    """A draft like what another category is scored by, without the lines of indicators that are not for this one."""
    other = next((one for one in standing.schemes(session, scheme.year) if one.id == other_id), None)
    last = None if other is None else other.in_force(4) or other.draft
    if other is None or last is None:
        raise InputRefused(_("没有找到这个方案，请刷新后再试。"), "start")
    draft, left = fitting(
        standing.draft_of(other.name, last), scheme.category, standing.known(session, scheme.year, scheme.category)
    )
    if not left:
        return Outcome(draft, Changes())
    said = _("照“{other}”的方案另起，{n} 项指标不用于“{category}”，没有带过来：{names}。请补足各块的分值。")
    more = {"other": other.category, "category": scheme.category}
    return Outcome(draft, Changes(), (said.format(n=len(left), names=_named(left), **more),))


def _offered(known: Sequence[LibraryLine], codes: Set[str], pool: Iterable[IndicatorDraft]) -> list[LibraryLine]:
    """What a preset can be filled with: the library, and what the program would add to its `codes`."""
    return [
        *known,
        *(
            LibraryLine(one.code, one.dimension, one.categories, one.usual_points, one.usual_rule)
            for one in pool
            if one.code not in codes
        ),
    ]


def _preset_block(block: PresetBlock, ids: Mapping[str, int]) -> BlockDraft:
    lines = tuple(
        LineDraft(ids[line.code], line.maximum, line.rule, ids[line.second] if line.second else None, line.across)
        for line in block.lines
    )
    return BlockDraft(block.name, block.maximum, lines, block.part, block.kind, block.across, block.flags)


def _added_notice(fresh: Sequence[IndicatorDraft]) -> tuple[str, ...]:
    if not fresh:
        return ()
    said = _("指标库新增了方案要用的 {n} 项指标：{names}。请为各支部设基线和目标值。")
    return (said.format(n=len(fresh), names=_named([f"{one.code} {one.name}" for one in fresh])),)


def _named(names: Sequence[str]) -> str:
    return _("、").join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")
