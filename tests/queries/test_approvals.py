"""What waits for the township's yes, counted where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import approvals as waiting
from okr_desk.services import approvals, objectives
from tests.small_township import Small, build, metric, objective

DAY = date(2026, 10, 8)


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def handed_in(small: Small, org_id: int, code: str) -> int:
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(org_id, code)).value
        objectives.create_key_result(session, small.office, above, metric())
        approvals.submit(session, small.office, [above])
    return above


def test_each_is_named_with_its_branch_and_additions_are_marked(small: Small) -> None:
    first = handed_in(small, small.village, "O1")
    with small.store.write(small.office) as session:
        approvals.approve(session, small.office, [first])
    second, beside = handed_in(small, small.village, "O2"), handed_in(small, small.school, "O1")
    with small.store.read() as session:
        found = waiting.waiting(session, [beside, second, 999])
    assert [(one.org_name, one.code, one.is_addition) for one in found] == [
        ("中心小学党支部", "O1", False),
        ("青石村党支部", "O2", True),
    ]


def test_they_are_counted_by_year_and_place(small: Small) -> None:
    for org_id in (small.village, small.school, small.township):
        handed_in(small, org_id, "O1")
    with small.store.read() as session:
        assert waiting.submitted(session, 2026, DAY) == 3
        assert waiting.submitted(session, 2026, DAY, small.village) == 1
        assert waiting.submitted(session, 2026, DAY, small.township) == 3
        assert waiting.submitted(session, 2027, DAY) == 0
