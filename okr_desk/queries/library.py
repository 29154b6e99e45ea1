"""The KPI library: each indicator as it was defined on a day, and all of its definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.tables import Indicator, IndicatorVersion
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin


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
    source: str
    reason: str
    search_keys: str
    retired_on: date | None

    @property
    def draft(self) -> IndicatorDraft:
        """What a dialog starts from."""
        return IndicatorDraft(
            self.code, self.name, self.unit, self.direction, self.dimension, self.frequency, self.accumulation,
            self.decimals, self.categories, self.evidence, self.evidence_limit, self.precedence, self.tolerance,
            self.source,
        )  # fmt: skip


def library(session: Session, day: date, retired: bool = False) -> tuple[IndicatorView, ...]:
    """Every indicator as defined on `day` (one that starts later: by its first definition), in order of its code."""
    found: dict[int, IndicatorView] = {}
    for row, version in _versions(session):
        if version.indicator_id not in found or version.valid_from <= day:
            found[version.indicator_id] = _view(row, version)
    return tuple(view for view in found.values() if retired or view.retired_on is None or view.retired_on > day)


def definition(session: Session, indicator_id: int, day: date) -> IndicatorView:
    """One indicator as defined on `day`. Raises Refusal when there is none."""
    found = next((view for view in library(session, day, retired=True) if view.id == indicator_id), None)
    if found is None:
        raise Refusal(_("没有找到这个指标，请刷新后再试。"))
    return found


def history(session: Session, indicator_id: int) -> tuple[IndicatorView, ...]:
    """All definitions of an indicator, newest first."""
    rows = [_view(row, version) for row, version in _versions(session) if row.key == indicator_id]
    return tuple(sorted(rows, key=lambda view: -view.version))


def _versions(session: Session) -> list[tuple[Indicator, IndicatorVersion]]:
    return list(
        session.exec(
            select(Indicator, IndicatorVersion)
            .join(IndicatorVersion, col(IndicatorVersion.indicator_id) == Indicator.id)
            .order_by(col(Indicator.code), col(IndicatorVersion.version))
        )
    )


def _view(row: Indicator, version: IndicatorVersion) -> IndicatorView:
    return IndicatorView(
        id=row.key,
        uid=row.uid,
        code=row.code,
        version=version.version,
        valid_from=version.valid_from,
        name=version.name,
        unit=version.unit,
        direction=Direction(version.direction),
        dimension=Dimension(version.dimension),
        frequency=Frequency(version.frequency),
        accumulation=Accumulation(version.accumulation),
        decimals=version.decimals,
        categories=tuple(part for part in version.categories.split(",") if part),
        evidence=version.evidence,
        evidence_limit=version.evidence_limit,
        precedence=tuple(Origin(part) for part in version.precedence.split(",")),
        tolerance=version.tolerance,
        source=version.source,
        reason=version.reason,
        search_keys=version.search_keys,
        retired_on=row.retired_on,
    )
