"""The kinds of work as they stand: the seed's, over which the office has laid its own; and what each code means."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from okr_desk.model.columns import WorkKind
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import library
from okr_desk.rules.worklog_kinds import Fed, Kind, elsewhere, seed


def kinds(session: Reader, retired: bool = False) -> tuple[Kind, ...]:
    """Every kind in the order of the seed, the office's own after them; `retired` ones only where asked for."""
    changed = {row.word: _kind(row) for row in session.execute(_OWN)}
    found = [changed.pop(one.key, one) for one in seed()]
    return tuple(one for one in (*found, *changed.values()) if retired or not one.is_retired)


_OWN = select(*WorkKind.ALL).order_by(WorkKind.id)


def by_key(session: Reader) -> dict[str, Kind]:
    """Every kind by its key, retired ones too: old entries are of them."""
    return {one.key: one for one in kinds(session, retired=True)}


def known(session: Reader, day: date) -> dict[str, Fed]:
    """What each code of the library means on `day`, and which register counts it already."""
    return {
        view.code: Fed(view.code, view.name, view.unit, view.computed_from or elsewhere().get(view.code, ""))
        for view in library.library(session, day)
    }


def _kind(row: Facts) -> Kind:
    return Kind(
        key=row.word,
        name=row.name,
        unit=row.unit,
        amount_name=row.amount_name,
        part_name=row.part_name,
        feeds=tuple(code for code in row.feeds.split(",") if code),
        use=row.use,
        is_retired=row.is_retired,
    )
