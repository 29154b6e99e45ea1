"""Entries become computed values: counted anew, superseded, taken away; by branch and quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.reading import Reader
from okr_desk.model.tables import MeasuredValue
from okr_desk.model.writing import Session
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.services import counting
from okr_desk.services.outcome import Changes, Topic
from okr_desk.terms import Origin
from tests.small_township import Small, build

DAY = date(2026, 7, 3)


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Small:
    return build(tmp_path / "小镇.okr", clock)


class Register:
    """A register whose entries a test sets: present of due, by organisation."""

    def __init__(self) -> None:
        self.entries: dict[int, tuple[int, int]] = {}

    def counted(
        self, _session: Reader, quarter: QuarterView, org_ids: Sequence[int]
    ) -> Mapping[tuple[int, str], Counted]:
        if quarter.number != 3:
            return {}
        return {
            (org_id, "B08"): Counted(share(*self.entries[org_id]), DAY, "应到 {1} 人次，实到 {0} 人次".format(*said))
            for org_id, said in self.entries.items()
            if org_id in org_ids
        }

    @property
    def source(self) -> Source:
        return Source("三会一课记录", ("B08", "B77"), self.counted)


def recount(small: Small, register: Register, org_id: int) -> Changes:
    with small.store.write(small.office) as session:
        return counting.recount(session, small.office, register.source, [org_id], DAY)


def values(small: Small) -> list[tuple[Decimal, str, bool]]:
    with small.store.rows() as session:
        rows = session.exec(select(MeasuredValue).order_by("id")).all()
        assert {row.origin for row in rows} <= {Origin.COMPUTED.value}
        return [(row.value, row.note, row.superseded_at is None) for row in rows]


def test_what_is_counted_stands_as_a_computed_value_unrounded(small: Small) -> None:
    register = Register()
    register.entries[small.village] = (2, 3)
    changes = recount(small, register, small.village)
    assert values(small) == [(Decimal("66.666667"), "取自三会一课记录：应到 3 人次，实到 2 人次", True)]
    assert changes.orgs == frozenset({small.village})
    assert Topic.INDICATORS in changes.topics


def test_counting_the_same_again_writes_nothing(small: Small) -> None:
    register = Register()
    register.entries[small.village] = (2, 3)
    recount(small, register, small.village)
    before = len(small.trail())
    assert not recount(small, register, small.village)
    assert len(small.trail()) == before


def test_a_new_entry_supersedes_and_the_last_one_taken_back_leaves_nothing(small: Small) -> None:
    register = Register()
    register.entries[small.village] = (2, 3)
    recount(small, register, small.village)
    register.entries[small.village] = (3, 3)
    recount(small, register, small.village)
    register.entries.clear()
    assert recount(small, register, small.village)
    assert values(small) == [
        (Decimal("66.666667"), "取自三会一课记录：应到 3 人次，实到 2 人次", False),
        (Decimal(100), "取自三会一课记录：应到 3 人次，实到 3 人次；记录已全部撤回", False),
    ]


def test_other_branches_and_unknown_codes_are_left_alone(small: Small) -> None:
    register = Register()
    register.entries = {small.village: (2, 3), small.school: (1, 1)}
    recount(small, register, small.village)
    assert len(values(small)) == 1


def test_an_indicator_that_does_not_apply_is_not_counted(small: Small) -> None:
    from okr_desk.model.tables import NotApplicable

    with small.store.write(small.office) as session:
        assert isinstance(session, Session)
        session.add(NotApplicable(org_id=small.village, indicator_id=small.attendance, year=2026, reason="无"))
    register = Register()
    register.entries[small.village] = (2, 3)
    assert not recount(small, register, small.village)
    assert values(small) == []
