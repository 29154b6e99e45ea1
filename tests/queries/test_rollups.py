"""The fast sweep and the boards are two ways to the same numbers; on the demo they may not differ in any digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.model.store import Store
from okr_desk.queries import cycles, dashboard, rollups


@pytest.mark.parametrize("number", [1, 2, 3])
def test_sweep_equals_boards(demo_store: Store, number: int) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        matrix = dashboard.township(session, quarter)
        totals = rollups.township(session, quarter)
    assert len(matrix.rows) == 29
    assert {row.org.id for row in matrix.rows} == set(totals.branches)
    for row in matrix.rows:
        made, swept = row.total.value.value, totals.branches[row.org.id]
        assert (made is None) == (swept is None)
        if made is not None and swept is not None:
            assert abs(made - swept) < Decimal("1e-20"), row.org.short_name
    for category in matrix.categories:
        mean, swept = category.mean.value.value, totals.categories[category.category]
        assert mean is not None and swept is not None and abs(mean - swept) < Decimal("1e-20")
    assert matrix.mean.value.value is not None and totals.township is not None
    assert abs(matrix.mean.value.value - totals.township) < Decimal("1e-20")
