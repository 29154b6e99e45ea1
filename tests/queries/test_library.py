"""What counting asks of the library is what the library says, whatever the day and the version."""

from __future__ import annotations

from datetime import date

import pytest

from okr_desk.model.store import Store
from okr_desk.queries import library


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2026, 9, 30), date(2030, 1, 1)])
@pytest.mark.parametrize("retired", [True, False])
def test_meanings_are_those_of_the_library(demo_store: Store, day: date, retired: bool) -> None:
    with demo_store.read() as session:
        full = {view.code: view for view in library.library(session, day, retired)}
        asked = [*full, "Z99"]
        narrow = library.meanings(session, day, asked, retired)
    assert full and list(narrow) == sorted(full)
    for code, view in full.items():
        one = narrow[code]
        said = (one.id, one.unit, one.accumulation, one.categories)
        assert said == (view.id, view.unit, view.accumulation, view.categories)


def test_an_indicator_for_some_is_not_for_others(demo_store: Store) -> None:
    with demo_store.read() as session:
        found = library.meanings(session, date(2026, 9, 30), ["F01", "B01"])
    narrow = [one for one in found.values() if one.categories]
    assert all(one.is_for(one.categories[0]) and not one.is_for("没有这一类") for one in narrow)
    assert all(one.is_for(None) for one in found.values() if not one.categories)
