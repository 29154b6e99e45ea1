"""Indicators: definitions are replaced, lines keep their past, values of different origins stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model import audit
from okr_desk.model.store import now
from okr_desk.model.tables import Adjustment, Baseline, ImportBatch, Indicator, IndicatorVersion, MeasuredValue, Target
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.services import indicators, objectives
from okr_desk.services.outcome import Topic
from okr_desk.terms import Accumulation, Direction, KrKind, Origin
from tests.small_township import Small, bare, build, objective, percent

Q3 = date(2026, 9, 28)


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def start(small: Small, value: str, **more: object) -> BaselineDraft:
    plain = {"as_of": date(2025, 12, 31), "source": "2025年末实绩", "year": 2026}
    return BaselineDraft(small.village, small.attendance, value=Decimal(value), **{**plain, **more})  # type: ignore[arg-type]


def aim(small: Small, value: str, reason: str = "", year: int = 2026) -> TargetDraft:
    return TargetDraft(small.village, small.attendance, year, Decimal(value), reason)


def measured(small: Small, value: str, origin: Origin = Origin.BRANCH, **more: object) -> ValueDraft:
    plain = {"quarter_id": small.quarters[3], "as_of": Q3}
    return ValueDraft(
        small.village,
        small.attendance,
        value=Decimal(value),
        origin=origin,
        **{**plain, **more},  # type: ignore[arg-type]
    )


def test_the_first_line_is_plain(small: Small) -> None:
    with small.store.write(small.office) as session:
        outcome = indicators.set_baseline(session, small.office, start(small, "78.5"))
        indicators.set_target(session, small.office, aim(small, "89.9"))
    assert outcome.changes.topics == {Topic.INDICATORS, Topic.OBJECTIVES}
    with small.store.rows() as session:
        row = session.exec(select(Baseline)).one()
        assert (row.value, row.version, row.account_id) == (Decimal("78.5"), 1, small.office.account_id)
        assert session.exec(select(Adjustment)).all() == []
        assert audit.first_broken(session) is None
    assert [entry.table for entry in small.trail()[-2:]] == ["baseline", "target"]


def test_a_change_in_an_open_year_needs_a_reason_and_keeps_the_old_line(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "89.9"))
    with pytest.raises(InputRefused, match="须写明理由"), small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "85"))
    with small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "85", "外出务工党员增加"))
    with small.store.rows() as session:
        old, new = session.exec(select(Target).order_by(col(Target.version))).all()
        assert (old.value, old.superseded_at is not None) == (Decimal("89.9"), True)
        assert (new.value, new.version, new.superseded_at) == (Decimal(85), 2, None)
        note = session.exec(select(Adjustment)).one()
    assert (note.what, note.before, note.after) == ("目标值", "89.9%", "85%")
    assert (note.reason, note.account_id, note.made_on) == (
        "外出务工党员增加", small.office.account_id, date(2026, 10, 8),
    )  # fmt: skip


def test_a_changed_source_of_the_baseline_is_a_change_too(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_baseline(session, small.office, start(small, "78.5"))
        indicators.set_baseline(session, small.office, start(small, "78.5", source="组织部通报", reason="改用通报数"))
    with small.store.rows() as session:
        note = session.exec(select(Adjustment)).one()
    assert note.before == "78.5%（2025-12-31，2025年末实绩）"
    assert note.after == "78.5%（2025-12-31，组织部通报）"


def test_before_the_year_opens_a_change_needs_no_reason_but_keeps_the_old_line(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "80", year=2027))
        indicators.set_target(session, small.office, aim(small, "82", year=2027))
    with small.store.rows() as session:
        assert len(session.exec(select(Target)).all()) == 2
        assert session.exec(select(Adjustment)).all() == []


def test_saying_the_same_again_writes_nothing(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_baseline(session, small.office, start(small, "78.5"))
        indicators.record_value(session, small.office, measured(small, "81"))
    before = len(small.trail())
    with small.store.write(small.office) as session:
        assert not indicators.set_baseline(session, small.office, start(small, "78.50")).changes
        assert not indicators.record_value(session, small.office, measured(small, "81.0")).changes
    assert len(small.trail()) == before


def test_a_closed_or_missing_year_is_refused(small: Small) -> None:
    with pytest.raises(WrongState, match="2025年度已关闭"), small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "80", year=2025))
    with pytest.raises(WrongState, match="2031年度还没有建立"), small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "80", year=2031))


def test_a_target_that_leads_nowhere_is_refused_but_an_import_is_told(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_baseline(session, small.office, start(small, "100"))
    with pytest.raises(InputRefused, match="改用“守底线”") as refused, small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "100"))
    assert refused.value.field == "target"
    with small.store.write(small.office) as session:
        outcome = indicators.set_target(session, small.office, aim(small, "100"), batch_id=_batch(session, small))
    assert outcome.notices and outcome.notices[0].startswith("B08 党员到会率")


def _batch(session: Session, small: Small) -> int:
    row = ImportBatch(at=now(session), account_id=small.office.account_id)
    session.add(row)
    session.flush()
    return row.key


def test_both_ends_of_a_line_move_together(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.set_line(session, small.office, start(small, "60"), aim(small, "90"))
    moved = start(small, "95", reason="改用新口径"), aim(small, "99", "改用新口径")
    with small.store.write(small.office) as session:
        indicators.set_line(session, small.office, *moved)
    with pytest.raises(InputRefused, match="目标却低于基线"), small.store.write(small.office) as session:
        indicators.set_line(session, small.office, start(small, "97", reason="改"), aim(small, "96", "改"))
    with small.store.rows() as session:
        assert [row.what for row in session.exec(select(Adjustment))] == ["基线", "目标值"]
        assert [row.value for row in session.exec(select(Target).order_by(col(Target.version)))] == [90, 99]


def test_a_guard_rail_may_stand_still(small: Small) -> None:
    guard = bare(
        KrKind.GUARD_RAIL, direction=Direction.AT_LEAST, indicator_id=small.attendance, title="到会率不低于100%"
    )
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(small.village)).value
        objectives.create_key_result(session, small.office, above, guard)
        indicators.set_baseline(session, small.office, start(small, "100"))
        assert indicators.set_target(session, small.office, aim(small, "100")).notices == ()


def test_a_year_cumulative_target_may_lie_below_last_year(small: Small) -> None:
    with small.store.write(small.office) as session:
        own = indicators.create(
            session, small.office, percent("F99", "累计收入", unit="万元", accumulation=Accumulation.YEAR_TO_DATE)
        ).value
        indicators.set_baseline(
            session, small.office, BaselineDraft(small.village, own, 2026, Decimal(61), date(2025, 12, 31), "报表")
        )
        indicators.set_target(session, small.office, TargetDraft(small.village, own, 2026, Decimal(50)))
    with pytest.raises(InputRefused, match="从 0 起算"), small.store.write(small.office) as session:
        indicators.set_target(session, small.office, TargetDraft(small.village, own, 2026, Decimal(0), "改"))


@pytest.mark.parametrize(
    ("more", "sentence", "field"),
    [
        ({"as_of": date(2026, 10, 9)}, "还没有到", "as_of"),
        ({"source": " "}, "请填写“基线来源”", "source"),
        ({"value": Decimal("NaN")}, "不是数字", "value"),
        ({"value": Decimal("1.1234567")}, "最多保留 6 位小数", "value"),
        ({"value": Decimal(10) ** 12}, "太大", "value"),
    ],
)
def test_a_baseline_needs_value_date_and_source(
    small: Small, more: dict[str, object], sentence: str, field: str
) -> None:
    plain = {"org_id": small.village, "indicator_id": small.attendance, "year": 2026, "value": Decimal(1)}
    draft = BaselineDraft(**{**plain, "as_of": date(2025, 12, 31), "source": "报表", **more})  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match=sentence) as refused, small.store.write(small.office) as session:
        indicators.set_baseline(session, small.office, draft)
    assert refused.value.field == field


def test_only_the_office_sets_lines_and_the_denial_is_recorded(small: Small) -> None:
    for actor in (small.secretary, small.stranger, small.viewer):
        with pytest.raises(NotAllowed, match="没有权限"), small.store.write(actor) as session:
            indicators.set_baseline(session, actor, start(small, "78.5"))
        entry = small.trail()[-1]
        assert (entry.action, entry.account_id) == ("denied", actor.account_id)
    with small.store.rows() as session:
        assert session.exec(select(Baseline)).all() == []


def test_what_does_not_apply_takes_no_line_until_it_applies_again(small: Small) -> None:
    where = (small.village, small.attendance, 2026)
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, *where, "没有流动党员")
    with pytest.raises(WrongState, match="“B08”已标为对这个支部不适用"), small.store.write(small.office) as session:
        indicators.set_target(session, small.office, aim(small, "90"))
    with small.store.write(small.office) as session:
        indicators.applicable_again(session, small.office, *where, "今年新增")
        indicators.set_target(session, small.office, aim(small, "90"))
    with small.store.rows() as session:
        said = [(note.before, note.after) for note in session.exec(select(Adjustment))]
    assert said == [("适用", "不适用"), ("不适用", "适用")]


def test_a_newer_value_takes_the_place_of_the_same_origin_only(small: Small) -> None:
    with small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81"))
        told = indicators.record_value(session, small.office, measured(small, "75", Origin.DEPARTMENT))
        indicators.record_value(session, small.office, measured(small, "82"))
    assert told.notices == ("“党员到会率”另有不同的数：支部自报 81，请核对。",)
    with small.store.rows() as session:
        rows = session.exec(select(MeasuredValue).order_by(col(MeasuredValue.id))).all()
    assert [(row.origin, row.value, row.superseded_at is None) for row in rows] == [
        ("branch", 81, False), ("department", 75, True), ("branch", 82, True),
    ]  # fmt: skip


def test_values_belong_to_their_quarter(small: Small) -> None:
    with pytest.raises(InputRefused, match="还没有到"), small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81", as_of=date(2026, 10, 9)))
    with pytest.raises(InputRefused, match="早于本季度开始"), small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81", as_of=date(2026, 6, 30)))
    with pytest.raises(WrongState, match="还没有开始"), small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81", quarter_id=small.quarters[4]))
    frozen = {"quarter_id": small.quarters[1], "as_of": date(2026, 3, 31)}
    with pytest.raises(InputRefused, match="写明理由"), small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81", **frozen))
    with small.store.write(small.office) as session:
        assert indicators.record_value(session, small.office, measured(small, "81", note="补报", **frozen)).changes


def test_a_conflict_is_settled_by_the_office_with_its_ground(small: Small) -> None:
    ruling = measured(small, "78", Origin.TOWNSHIP, note="核对签到表")
    with small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "81"))
        indicators.settle_conflict(session, small.office, ruling)
    with pytest.raises(InputRefused, match="核定的依据"), small.store.write(small.office) as session:
        indicators.settle_conflict(session, small.office, measured(small, "78", Origin.TOWNSHIP))
    with small.store.write(small.office) as session:
        indicators.record_value(session, small.office, measured(small, "80", Origin.COMPUTED))
    with pytest.raises(InputRefused, match="“系统计算”排在“镇审核”之前"), small.store.write(small.office) as session:
        indicators.settle_conflict(session, small.office, ruling)


def test_a_definition_is_replaced_never_edited(small: Small) -> None:
    changed = percent("B08", "党员到会率", decimals=2)
    with pytest.raises(InputRefused, match="须写明理由"), small.store.write(small.office) as session:
        indicators.new_version(session, small.office, small.attendance, changed)
    with small.store.write(small.office) as session:
        same = indicators.new_version(session, small.office, small.attendance, percent("B08", "党员到会率"))
        assert not same.changes
        indicators.new_version(
            session, small.office, small.attendance, percent("B08", "党员到会率", decimals=2, reason="统一口径")
        )
    with small.store.rows() as session:
        rows = session.exec(
            select(IndicatorVersion).where(IndicatorVersion.indicator_id == small.attendance).order_by("version")
        ).all()
    assert [(row.version, row.decimals) for row in rows] == [(1, 1), (2, 2)]
    with pytest.raises(InputRefused, match="编号不能改"), small.store.write(small.office) as session:
        indicators.new_version(session, small.office, small.attendance, percent("B09", "党员到会率"))


def test_a_linked_indicator_cannot_be_retired(small: Small) -> None:
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(small.village)).value
        objectives.create_key_result(session, small.office, above, bare(KrKind.METRIC, indicator_id=small.attendance))
    with pytest.raises(WrongState, match="还有 1 项关键结果关联“B08”"), small.store.write(small.office) as session:
        indicators.retire(session, small.office, small.attendance, "停用")
    with small.store.write(small.office) as session:
        indicators.retire(session, small.office, small.income, "改由农经站统计")
    with pytest.raises(WrongState, match="已停用"), small.store.write(small.office) as session:
        indicators.new_version(session, small.office, small.income, percent("F07", "别的"))


def test_the_seed_fills_a_library_once(small: Small) -> None:
    with small.store.write(small.office) as session:
        first = indicators.load_seed(session).value
        again = indicators.load_seed(session)
    assert first >= 60 and again.value == 0 and not again.changes
    with small.store.rows() as session:
        codes = session.exec(select(Indicator.code)).all()
        income = session.exec(select(IndicatorVersion).join(Indicator).where(Indicator.code == "F25")).one()
    assert len(codes) == len(set(codes)) == first + 2
    assert income.accumulation == Accumulation.YEAR_TO_DATE and "zhong" in income.search_keys


@pytest.mark.parametrize(
    ("more", "sentence", "field"),
    [
        ({"direction": Direction.AT_MOST}, "只能是“上升”或“下降”", "direction"),
        ({"decimals": 7}, "须在 0 至 6 之间", "decimals"),
        ({"evidence_limit": 3}, "最多 2 份", "evidence_limit"),
        ({"precedence": (Origin.BRANCH,)}, "四种各出现一次", "precedence"),
        ({"tolerance": Decimal(-1)}, "不能为负数", "tolerance"),
        ({"unit": "万" * 21}, "最多 20 个字", "unit"),
        ({"code": "B08"}, "“B08”已有指标", "code"),
    ],
)
def test_a_definition_that_cannot_be_taken_is_refused(
    small: Small, more: dict[str, object], sentence: str, field: str
) -> None:
    draft = replace(percent("B99", "测试指标"), **more)  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match=sentence) as refused, small.store.write(small.office) as session:
        indicators.create(session, small.office, draft)
    assert refused.value.field == field


def test_an_unknown_indicator_is_said(small: Small) -> None:
    with pytest.raises(WrongState, match="没有找到这个指标"), small.store.write(small.office) as session:
        indicators.retire(session, small.office, 999, "停用")
    with pytest.raises(WrongState, match="没有找到这个指标"), small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, 999, 2026, "不适用")


def test_a_ruling_has_one_origin(small: Small) -> None:
    draft = measured(small, "78", Origin.DEPARTMENT, note="核对")
    with pytest.raises(InputRefused, match="只能是“镇审核”"), small.store.write(small.office) as session:
        indicators.settle_conflict(session, small.office, draft)


def test_saying_twice_that_it_does_not_apply_changes_nothing(small: Small) -> None:
    where = (small.village, small.attendance, 2027)
    with small.store.write(small.office) as session:
        assert not indicators.applicable_again(session, small.office, *where, "恢复").changes
        assert indicators.not_applicable(session, small.office, *where, "不适用").changes
        assert not indicators.not_applicable(session, small.office, *where, "不适用").changes
        assert indicators.applicable_again(session, small.office, *where, "恢复").changes
    with small.store.rows() as session:
        assert session.exec(select(Adjustment)).all() == []
