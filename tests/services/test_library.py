"""What an indicator is usually worth goes through create, version and retire, and comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed
from okr_desk.model.store import Store
from okr_desk.model.tables import Indicator, IndicatorVersion
from okr_desk.queries import library as queries
from okr_desk.rules import library as declared
from okr_desk.rules import scheme_presets
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.services import library
from okr_desk.services.outcome import Topic
from okr_desk.services.permits import SETUP
from tests.small_township import Small, build, percent

D = Decimal
USUAL = {
    "usual_baseline": D("72.5"),
    "usual_target": D(85),
    "usual_points": D(4),
    "usual_rule": "linear",
    "computed_from": "三会一课记录",
    "source": "通行做法",
    "method": "实到人次÷应到人次",
}


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    """Two indicators without anything usual."""
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def now(town: Small, indicator_id: int) -> IndicatorDraft:
    with town.store.read() as session:
        return queries.definition(session, indicator_id, town.store.clock.today()).draft


def test_what_is_usual_is_kept_as_it_was_given(small: Small) -> None:
    draft = percent("B99", "活动到会率", **USUAL)
    with small.store.write(small.office) as session:
        made = library.create(session, small.office, draft).value
    assert now(small, made) == draft


def test_every_definition_of_the_seed_comes_back_as_it_was_declared(small: Small) -> None:
    with small.store.write(small.office) as session:
        library.load_seed(session)
    with small.store.read() as session:
        found = {view.code: view.draft for view in queries.library(session, small.store.clock.today())}
    fresh = [one for one in declared.seed() if one.code not in ("B08", "F07")]
    assert [found[one.code] for one in fresh] == fresh


@pytest.mark.parametrize("field", list(USUAL))
def test_a_change_of_any_of_it_is_a_new_version_with_a_reason(small: Small, field: str) -> None:
    draft = replace(now(small, small.attendance), **{field: USUAL[field]})  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match="修改指标口径须写明理由"), small.store.write(small.office) as session:
        library.new_version(session, small.office, small.attendance, draft)
    with small.store.write(small.office) as session:
        made = library.new_version(session, small.office, small.attendance, replace(draft, reason="统一口径"))
    assert made.value == 2 and made.changes
    assert getattr(now(small, small.attendance), field) == USUAL[field]
    with small.store.rows() as session:
        rows = session.exec(select(IndicatorVersion).where(IndicatorVersion.indicator_id == small.attendance)).all()
    assert [getattr(row, field) in (None, "") for row in rows] == [True, False]
    last = small.trail()[-1]
    assert last.table == "indicatorversion" and json.loads(last.after)[field] == str(USUAL[field])


def test_another_way_to_write_the_same_rule_changes_nothing(small: Small) -> None:
    first = replace(now(small, small.attendance), usual_rule="per-point rounding=ceil", reason="统一口径")
    with small.store.write(small.office) as session:
        library.new_version(session, small.office, small.attendance, first)
        same = replace(first, usual_rule="按百分点扣分　rounding=ceil ", reason="")
        again = library.new_version(session, small.office, small.attendance, same)
    assert again.value == 2 and not again.changes


def test_a_retired_indicator_keeps_what_it_was_worth(small: Small) -> None:
    with small.store.write(small.office) as session:
        made = library.create(session, small.office, percent("B99", "活动到会率", **USUAL)).value
        library.retire(session, small.office, made, "不再统计")
    assert now(small, made) == percent("B99", "活动到会率", **USUAL)


def test_a_rule_that_cannot_be_read_writes_nothing(small: Small) -> None:
    with pytest.raises(InputRefused) as refused, small.store.write(small.office) as session:
        library.create(session, small.office, percent("B99", "活动到会率", usual_rule="看情况"))
    assert refused.value.field == "usual_rule" and "没有“看情况”这种规则" in str(refused.value)
    with small.store.rows() as session:
        assert len(session.exec(select(Indicator)).all()) == 2


def test_the_own_indicators_of_a_preset_are_added_once(small: Small) -> None:
    own = scheme_presets.own_indicators("cz420-field")
    with small.store.write(small.office) as session:
        first = library.add_missing(session, small.office, own)
        again = library.add_missing(session, small.office, (*own, percent("B08", "另一个到会率")))
    assert (first.value, again.value) == (12, 0)
    assert Topic.INDICATORS in first.changes.topics and not again.changes
    assert now(small, small.attendance).name == "党员到会率"
    with small.store.rows() as session:
        places = session.exec(select(Indicator.position)).all()
    assert len(set(places)) == len(places) == 14


def test_a_preset_follows_the_library_as_the_office_has_it(store: Store) -> None:
    """Points that the office changed, and an indicator that it retired, show in the scheme that is made next."""

    def basic() -> dict[str, Decimal]:
        with store.read() as session:
            lines = queries.preset_lines(session, store.clock.today())
        filled = scheme_presets.expand(scheme_presets.declared()["hundred"], "农村", lines)
        return {line.code: line.maximum for line in filled.blocks[0].lines}

    with store.write(SETUP) as session:
        library.load_seed(session)
        ids = dict(session.exec(select(Indicator.code, Indicator.id)).all())
        before = {one.code: one.usual_points for one in declared.seed() if one.code.startswith("B")}
    assert basic() == before and sum(basic().values()) == 60
    heavier = replace(next(one for one in declared.seed() if one.code == "B01"), usual_points=D(6), reason="镇里加重")
    with store.write(SETUP) as session:
        library.new_version(session, SETUP, ids["B01"], heavier)
        library.retire(session, SETUP, ids["B23"], "不再统计")
    assert (basic()["B01"], "B23" in basic()) == (6, False)


def test_only_who_edits_the_library_may_add_to_it(small: Small) -> None:
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        library.add_missing(session, small.secretary, scheme_presets.own_indicators("hundred"))
