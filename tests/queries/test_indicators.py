"""Lines, counted values and conflicts as screens and charts get them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import indicators as queries
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.rules.library import seed
from okr_desk.services import indicators
from okr_desk.terms import Origin
from tests.small_township import Small, build, percent

D = Decimal


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def record(small: Small, value: str, origin: Origin, note: str = "") -> None:
    draft = ValueDraft(small.village, small.attendance, small.quarters[3], D(value), date(2026, 9, 28), origin, note)
    with small.store.write(small.office) as session:
        indicators.record_value(session, small.office, draft)


def test_lines_hold_what_is_in_force_and_what_counts(small: Small) -> None:
    with small.store.write(small.office) as session:
        where = (small.village, small.attendance, 2026)
        indicators.set_baseline(
            session, small.office, BaselineDraft(*where, D("78.5"), date(2025, 12, 31), "2025年末实绩")
        )
        indicators.set_target(session, small.office, TargetDraft(*where, D("89.9")))
        indicators.set_target(session, small.office, TargetDraft(*where, D(85), "人口外流"))
        indicators.not_applicable(session, small.office, small.school, small.attendance, 2026, "不适用")
    record(small, "81", Origin.BRANCH)
    record(small, "79.1", Origin.DEPARTMENT)
    with small.store.read() as session:
        village, school = queries.lines(session, small.attendance, 2026, small.office)
        rural = queries.lines(session, small.attendance, 2026, small.office, "农村")
        past = queries.line_history(session, small.village, small.attendance, 2026)
        assert queries.targets(session, 2026) == {(small.village, small.attendance): D(85)}
        assert queries.baselines(session, 2026) == {(small.village, small.attendance): D("78.5")}
        assert queries.values(session, 2026) == {(small.village, small.attendance): {3: D("79.1")}}
    assert (village.baseline, village.target, village.now(3), village.is_changed) == (D("78.5"), D(85), D("79.1"), True)
    assert (school.applies, school.baseline, school.values) == (False, None, (None, None, None, None))
    assert [line.org_id for line in rural] == [small.village]
    assert [(entry.value, entry.is_current, entry.reason) for entry in past.targets] == [
        (D(85), True, "人口外流"),
        (D("89.9"), False, ""),
    ]
    assert [(view.origin, view.value, view.counts, view.by) for view in past.values] == [
        (Origin.DEPARTMENT, D("79.1"), True, "王玥"),
        (Origin.BRANCH, D(81), False, "王玥"),
    ]


def test_a_conflict_stays_listed_until_the_office_has_ruled(small: Small) -> None:
    record(small, "81", Origin.BRANCH)
    record(small, "81.05", Origin.DEPARTMENT)
    assert conflicts(small) == ()
    record(small, "79.1", Origin.DEPARTMENT)
    (found,) = conflicts(small)
    assert (found.org_name, found.code, found.chosen) == ("青石村党支部", "B08", Origin.DEPARTMENT)
    assert found.values == ((Origin.DEPARTMENT, D("79.1")), (Origin.BRANCH, D(81)))
    record(small, "80", Origin.TOWNSHIP, "核对签到表")
    assert conflicts(small) == ()
    record(small, "83", Origin.BRANCH)
    assert [one.chosen for one in conflicts(small)] == [Origin.TOWNSHIP]


def test_what_others_have_reached_is_for_the_office_and_the_township(small: Small) -> None:
    """A secretary sees the own branch, also in what does not agree; nobody signed in sees nothing."""
    for org_id in (small.village, small.school):
        with small.store.write(small.office) as session:
            for value, origin in (("81", Origin.BRANCH), ("79.1", Origin.DEPARTMENT)):
                said = ValueDraft(org_id, small.attendance, small.quarters[3], D(value), date(2026, 9, 28), origin)
                indicators.record_value(session, small.office, said)
    for actor, seen in (
        (small.office, {small.village, small.school}),
        (small.viewer, {small.village, small.school}),
        (small.secretary, {small.village}),
        (small.stranger, {small.school}),
        (None, set()),
    ):
        with small.store.read() as session:
            lines = queries.lines(session, small.attendance, 2026, actor)
            conflicts = queries.conflicts(session, small.quarters[3], actor)
        assert {line.org_id for line in lines} == seen
        assert {one.org_id for one in conflicts} == seen


def conflicts(small: Small) -> tuple[queries.Conflict, ...]:
    with small.store.read() as session:
        return queries.conflicts(session, small.quarters[3], small.office)


def test_the_library_shows_each_day_its_definition(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.new_version(session, small.office, small.attendance, percent("B08", "到会率", reason="统一口径"))
        indicators.retire(session, small.office, small.income, "改由农经站统计")
    with small.store.read() as session:
        before = queries.library(session, date(2026, 9, 30))
        after = queries.library(session, date(2026, 10, 8))
        versions = queries.history(session, small.attendance)
        with pytest.raises(Refusal, match="没有找到这个指标"):
            queries.definition(session, 999, date(2026, 10, 8))
    assert [view.name for view in before] == ["党员到会率", "村集体经营性收入"]
    assert [view.name for view in after] == ["到会率"]
    assert [(view.version, view.reason) for view in versions] == [(2, "统一口径"), (1, "")]
    assert versions[1].draft == percent("B08", "党员到会率")


def test_a_definition_from_before_it_was_kept_how_one_counts_says_what_the_seed_says(small: Small) -> None:
    of_seed = next(one for one in seed() if one.code == "B02")
    with small.store.write(small.office) as session:
        made = indicators.create(session, small.office, replace(of_seed, method="")).value
    with small.store.read() as session:
        assert queries.history(session, made)[0].method.startswith("实开支委会次数÷应开次数")
        assert queries.history(session, small.attendance)[0].method == ""  # the office's own, with a code of the seed
