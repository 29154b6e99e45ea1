"""Activities beside satisfaction in a category of five: places by its means, none with fewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Category
from okr_desk.queries import cycles, survey_quadrant
from okr_desk.queries.survey_quadrant import Quadrants
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.services import indicators, measured, schemes
from okr_desk.services.permits import SETUP
from okr_desk.terms import Origin
from tests.small_survey import Surveyed, surveyed
from tests.small_township import percent

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def hold(town: Surveyed, pairs: list[tuple[str, str]], target: str = "12") -> int:
    """Activities held and satisfaction of so many villages; the indicator of the activities."""
    small, of = town.small, town.villages(len(pairs))
    with small.store.write(SETUP) as session:
        activity = indicators.create(session, SETUP, percent("F12", "党群服务活动场次", unit="场")).value
        for org_id, (held, satisfied) in zip(of, pairs, strict=True):
            start = BaselineDraft(org_id, activity, 2026, D(1), date(2025, 12, 31), "台账")
            indicators.set_line(session, SETUP, start, TargetDraft(org_id, activity, 2026, D(target)))
            for indicator_id, value in ((activity, held), (town.score, satisfied)):
                draft = ValueDraft(
                    org_id, indicator_id, small.quarters[3], D(value), date(2026, 9, 30), Origin.TOWNSHIP
                )
                measured.record_value(session, SETUP, draft)
    return activity


def quadrants(town: Surveyed) -> tuple[Quadrants, ...]:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        return survey_quadrant.quadrants(session, quarter)


FIVE = [("12", "90"), ("12", "60"), ("3", "90"), ("3", "60"), ("7.5", "75")]
"""Shares 1, 1, .25, .25, .625, mean .625; satisfaction .9, .6, .9, .6, .75, mean .75."""


def test_places_are_those_within_the_category(town: Surveyed) -> None:
    hold(town, FIVE)
    (rural,) = quadrants(town)
    assert (rural.category, rural.cuts, rural.is_comparable) == ("农村", (D("0.625"), D("0.75")), True)
    assert [one.place for one in rural.points] == ["双高", "多而无感", "少而精", "双低", "双高"]
    first, *_rest, middle = rural.points
    assert (first.activity, first.satisfaction, middle.activity_z, middle.satisfaction_z) == (1, D("0.9"), 0, 0)
    assert first.activity_z == pytest.approx(D("0.375") / (4 * D("0.375") ** 2 / 4).sqrt())


def test_fewer_than_five_of_a_kind_have_no_place(town: Surveyed) -> None:
    hold(town, FIVE[:4])
    (rural,) = quadrants(town)
    assert not rural.is_comparable and rural.least == 5
    assert {one.place for one in rural.points} == {""} and rural.points[0].activity_z is None


def test_where_all_are_alike_nobody_is_odd(town: Surveyed) -> None:
    hold(town, [("12", "80")] * 5)
    (rural,) = quadrants(town)
    assert {one.place for one in rural.points} == {"双高"} and {one.activity_z for one in rural.points} == {0}


def test_nobody_asked_has_no_point(town: Surveyed) -> None:
    assert quadrants(town) == ()


def test_a_line_of_the_scheme_says_what_is_counted_and_how_many_are_owed(town: Surveyed) -> None:
    """The scheme owes 24, not the branch's own 12, and looks at the satisfied rate beside it."""
    activity = hold(town, FIVE[:1])
    small = town.small
    with small.store.write(SETUP) as session:
        rural = session.exec(select(Category).where(Category.name == "农村")).one().key
        line = LineDraft(activity, D(10), "dual N=24", second_id=town.rate)
        blocks = (BlockDraft("融合性", D(10), (line,)),)
        made = schemes.create(session, SETUP, rural, 2026, SchemeDraft("农村方案", blocks)).value
        draft = ValueDraft(small.village, town.rate, small.quarters[3], D(96), date(2026, 9, 30), Origin.TOWNSHIP)
        measured.record_value(session, SETUP, draft)
    with small.store.write(SETUP) as session:
        schemes.activate(session, SETUP, schemes.standing.scheme(session, made).versions[0].id)
    (found,) = quadrants(town)
    assert (found.points[0].activity, found.points[0].satisfaction) == (D("0.5"), D("0.96"))
