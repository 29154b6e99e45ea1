"""What the review sheet says of itself: on how much the mean of each quarter rests, and when that is too little."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.queries import reviews
from okr_desk.queries.reviews import ReviewSheet, TrendPoint
from okr_desk.rules.policy import PolicyDraft
from okr_desk.services import adjustments, policy
from okr_desk.services.permits import SETUP
from okr_desk.terms import QuarterState
from tests.filled_township import Filled, fill
from tests.queries.test_board import close, four_reported, report

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def sheet(town: Filled, number: int = 3) -> ReviewSheet:
    """The village's sheet."""
    with town.small.store.read() as session:
        return reviews.sheet(session, town.small.village, 2026, number)


def test_a_point_says_on_what_share_of_the_weight_it_rests(town: Filled) -> None:
    four_reported(town)
    first, _second, third = sheet(town).trend
    assert third.basis == sheet(town).board.rollup.reported == D("0.8") and third.least == D("0.7")
    assert not third.is_thin
    assert first.progress is None and not first.is_thin


def test_the_least_share_is_the_office_s_own(town: Filled) -> None:
    four_reported(town)
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("coverage.minimum", "0.9"))
    assert sheet(town).trend[2].is_thin


def test_once_closed_silence_counts_and_the_point_rests_on_all_that_applies(town: Filled) -> None:
    report(town, 1, rate=D(70))
    assert sheet(town).trend[0].is_thin
    close(town, 1)
    point = sheet(town).trend[0]
    assert sheet(town, 1).board.quarter.state is QuarterState.CLOSED
    assert (point.basis, point.is_thin) == (D(1), False)


def test_exactly_the_least_is_enough() -> None:
    assert not TrendPoint(1, D(1), None, D("0.7"), D("0.7")).is_thin
    assert TrendPoint(1, D(1), None, D("0.69"), D("0.7")).is_thin


def test_a_stopped_key_result_keeps_its_figures_and_says_since_when_and_why(town: Filled) -> None:
    with town.small.store.write(town.small.office) as session:
        adjustments.stop_key_result(session, town.small.office, town.rate, "项目取消")
    kr = next(kr for kr in sheet(town).board.key_results if kr.id == town.rate)
    assert kr.is_stopped and not kr.applies and kr.stop_reason == "项目取消"
    assert kr.stopped_on is not None and kr.stopped_on <= sheet(town).board.quarter.ends_on
    assert (kr.baseline, kr.target) == (D(60), D(90))
    earlier = next(kr for kr in sheet(town, 2).board.key_results if kr.id == town.rate)
    assert not earlier.is_stopped and earlier.stopped_on is None and earlier.stop_reason == ""
