"""The KPI library: each indicator as it was defined on a day, and all of its definitions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Indicator, IndicatorVersion
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.library import seed
from okr_desk.rules.scheme_presets import LibraryLine
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin, stored


@dataclass(frozen=True)
class IndicatorView:
    """A definition as it stood on a day. Empty `categories`: all branches."""

    id: int
    uid: str
    code: str
    version: int
    valid_from: date
    name: str
    unit: str
    direction: Direction
    dimension: Dimension
    frequency: Frequency
    accumulation: Accumulation
    decimals: int
    categories: tuple[str, ...]
    evidence: str
    evidence_limit: int
    precedence: tuple[Origin, ...]
    tolerance: Decimal
    usual_baseline: Decimal | None
    usual_target: Decimal | None
    usual_points: Decimal | None
    usual_rule: str
    computed_from: str
    source: str
    reason: str
    search_keys: str
    retired_on: date | None
    method: str = ""

    @property
    def draft(self) -> IndicatorDraft:
        """What a dialog starts from."""
        same = {one.name: getattr(self, one.name) for one in fields(IndicatorDraft) if one.name != "reason"}
        return IndicatorDraft(**same)


def library(
    session: Reader, day: date, retired: bool = False, codes: Collection[str] | None = None
) -> tuple[IndicatorView, ...]:
    """Every indicator as defined on `day` (one that starts later: by its first definition), in order of its code.

    With `codes` only those: what counts one register with every entry asks for no more than it feeds.
    """
    chosen: dict[int, Facts] = {}
    for row in _versions(session, codes):
        if row.indicator_id not in chosen or row.valid_from <= day:
            chosen[row.indicator_id] = row
    views = (_view(row) for row in chosen.values() if retired or row.retired_on is None or row.retired_on > day)
    return tuple(views)


@dataclass(frozen=True)
class Meaning:
    """What counting asks of an indicator: its unit, how it accumulates, which categories of branches it is for."""

    id: int
    code: str
    unit: str
    accumulation: Accumulation
    categories: tuple[str, ...]

    def is_for(self, category: str | None) -> bool:
        """Whether branches of this category have it."""
        return not self.categories or category in self.categories


def meanings(session: Reader, day: date, codes: Collection[str], retired: bool = False) -> dict[str, Meaning]:
    """What these codes mean on `day`, as `library` finds them, where nothing else of them is asked."""
    chosen: dict[str, Facts] = {}
    for row in facts(session.execute(_MEANT, {"codes": list(codes)})):
        if row.code not in chosen or row.valid_from <= day:
            chosen[row.code] = row
    return {
        code: Meaning(row.indicator_id, code, row.unit, _ACCUMULATIONS[row.accumulation], _split(row.categories))
        for code, row in chosen.items()
        if retired or row.retired_on is None or row.retired_on > day
    }


def definition(session: Reader, indicator_id: int, day: date) -> IndicatorView:
    """One indicator as defined on `day`. Raises Refusal when there is none."""
    found = next((view for view in library(session, day, retired=True) if view.id == indicator_id), None)
    if found is None:
        raise Refusal(_("没有找到这个指标，请刷新后再试。"))
    return found


def history(session: Reader, indicator_id: int) -> tuple[IndicatorView, ...]:
    """All definitions of an indicator, newest first.

    One from before it was kept how the number is counted says what the seed says, as long as name and
    source are the seed's.
    """
    rows = [_view(row) for row in _versions(session) if row.indicator_id == indicator_id]
    said = {(one.code, one.name, one.source): one.method for one in seed()}
    told = [replace(one, method=one.method or said.get((one.code, one.name, one.source), "")) for one in rows]
    return tuple(sorted(told, key=lambda view: -view.version))


def preset_lines(session: Reader, day: date) -> tuple[LibraryLine, ...]:
    """What presets of schemes ask of the library as it stands on `day`; retired indicators are in no new scheme.

    A definition that says neither points nor rule is from before these were kept: the seed's are taken.
    """
    return tuple(_preset_line(view) for view in library(session, day))


def _preset_line(view: IndicatorView) -> LibraryLine:
    points, rule = view.usual_points, view.usual_rule
    if points is None and not rule:
        usual = next((one for one in seed() if one.code == view.code), None)
        points, rule = (usual.usual_points, usual.usual_rule) if usual else (None, "")
    return LibraryLine(view.code, view.dimension, view.categories, points, rule)


def _versions(session: Reader, codes: Collection[str] | None = None) -> list[Facts]:
    return facts(session.execute(_EVERY) if codes is None else session.execute(_OF, {"codes": list(codes)}))


_EVERY = (
    select(*IndicatorVersion.ALL, Indicator.uid, Indicator.code, Indicator.retired_on)
    .select_from(Indicator.TABLE)
    .join(IndicatorVersion.TABLE, IndicatorVersion.indicator_id == Indicator.id)
    .order_by(Indicator.code, IndicatorVersion.version)
)
_OF = _EVERY.where(Indicator.code.in_(bindparam("codes", expanding=True)))
_MEANT = (
    select(
        IndicatorVersion.indicator_id, IndicatorVersion.valid_from, IndicatorVersion.unit,
        IndicatorVersion.accumulation, IndicatorVersion.categories, Indicator.code, Indicator.retired_on,
    )
    .select_from(Indicator.TABLE)
    .join(IndicatorVersion.TABLE, IndicatorVersion.indicator_id == Indicator.id)
    .where(Indicator.code.in_(bindparam("codes", expanding=True)))
    .order_by(Indicator.code, IndicatorVersion.version)
)  # fmt: skip
"""Built once: every entry asks it."""
_DIRECTIONS, _DIMENSIONS, _FREQUENCIES = stored(Direction), stored(Dimension), stored(Frequency)
_ACCUMULATIONS, _ORIGINS = stored(Accumulation), stored(Origin)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _view(row: Facts) -> IndicatorView:
    return IndicatorView(
        id=row.indicator_id,
        uid=row.uid,
        code=row.code,
        version=row.version,
        valid_from=row.valid_from,
        name=row.name,
        unit=row.unit,
        direction=_DIRECTIONS[row.direction],
        dimension=_DIMENSIONS[row.dimension],
        frequency=_FREQUENCIES[row.frequency],
        accumulation=_ACCUMULATIONS[row.accumulation],
        decimals=row.decimals,
        categories=_split(row.categories),
        evidence=row.evidence,
        evidence_limit=row.evidence_limit,
        precedence=tuple(_ORIGINS[part] for part in row.precedence.split(",")),
        tolerance=row.tolerance,
        usual_baseline=row.usual_baseline,
        usual_target=row.usual_target,
        usual_points=row.usual_points,
        usual_rule=row.usual_rule,
        computed_from=row.computed_from,
        source=row.source,
        reason=row.reason,
        search_keys=row.search_keys,
        retired_on=row.retired_on,
        method=row.method,
    )
