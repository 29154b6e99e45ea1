"""Several parties' scores as one: hand-worked, and an unused part is never zero."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.parties import PartyPart, composite

D = Decimal


def test_the_mean_by_weight() -> None:
    parts = (("镇核定", 60, 90), ("支部自评", 10, 95), ("领导", 30, 80))
    found = composite([PartyPart(name, D(weight), D(percent)) for name, weight, percent in parts])
    assert found.value == D("87.5")  # (90×60 + 95×10 + 80×30) ÷ 100
    assert found.steps[-1].endswith("÷100＝87.5")


def test_an_unused_part_is_never_zero() -> None:
    found = composite([PartyPart("镇核定", D(60), D(90)), PartyPart("群众评价", D(40), None)])
    assert found.value == 90
    assert "没有评分的不计入，权重由其余各方分摊：群众评价。" in found.steps


def test_nobody_scored() -> None:
    assert composite([PartyPart("镇核定", D(100), None)]).value is None
    assert composite([]).value is None


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=5))
def test_it_lies_between_the_lowest_and_the_highest(parts: list[tuple[int, int]]) -> None:
    found = composite([PartyPart("甲", D(weight), D(percent)) for weight, percent in parts]).value
    assert found is not None
    assert min(p for _w, p in parts) <= found <= max(p for _w, p in parts)
