"""Schemes are drafted, refused with place and reason, put to use, and go on in a new version from a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.queries import library, orgs
from okr_desk.queries import schemes as standing
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.rules import scheme_presets
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.schemes import LineDraft, SchemeDraft, Start
from okr_desk.services import indicators, schemes
from okr_desk.services import library as library_service
from okr_desk.services.outcome import Topic
from okr_desk.terms import Accumulation, BlockKind, Dimension, Direction, QuarterState, SchemeState
from tests.scored_township import DAY, Scored, draft, scored

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def view(town: Scored) -> SchemeView:
    with town.small.store.read() as session:
        return standing.scheme(session, town.scheme)


def next_draft(town: Scored, quarter: int = 3) -> VersionView:
    small = town.small
    with small.store.write(small.office) as session:
        schemes.next_version(session, small.office, town.scheme, quarter, "县里调整了分值")
    found = view(town).draft
    assert found is not None
    return found


def revise(town: Scored, version_id: int, wanted: SchemeDraft) -> None:
    with town.small.store.write(town.small.office) as session:
        schemes.revise(session, town.small.office, version_id, wanted)


def activate(town: Scored, version_id: int) -> tuple[str, ...]:
    with town.small.store.write(town.small.office) as session:
        outcome = schemes.activate(session, town.small.office, version_id)
    assert outcome.changes.topics == {Topic.SCHEMES, Topic.SCORES}
    return outcome.notices


def test_a_scheme_comes_back_as_it_was_drawn_up(town: Scored) -> None:
    found = view(town)
    (version,) = found.versions
    assert (found.name, found.category, version.state, version.maximum) == (
        "农村百分制",
        "农村",
        SchemeState.ACTIVE,
        19,
    )
    assert standing.draft_of(found.name, version) == draft(town.ids)
    assert (version.by, version.approved_by, version.activated_on) == ("王玥", "王玥", version.recorded_on)


def test_a_draft_has_nobody_who_approved_it(town: Scored) -> None:
    version = next_draft(town)
    assert (version.by, version.approved_by, version.activated_on) == ("王玥", "", None)


def test_one_scheme_for_a_category_and_year(town: Scored) -> None:
    small = town.small
    with pytest.raises(InputRefused, match="已有考核方案"), small.store.write(small.office) as session:
        schemes.create(session, small.office, town.rural, 2026, draft(town.ids))
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        schemes.create(session, small.secretary, town.rural, 2027, draft(town.ids))


def test_what_is_in_use_is_never_edited(town: Scored) -> None:
    with pytest.raises(WrongState, match="另起一版"):
        revise(town, view(town).versions[0].id, replace(draft(town.ids), name="改名"))


def test_a_new_version_leaves_past_quarters_theirs(town: Scored) -> None:
    """From the third quarter on 到会率 is worth 5 and 差错 2: the second keeps its points."""
    town.measure("B08", "85", 2)
    town.measure("B08", "85", 3)
    before = town.sheet(2)
    version = next_draft(town)
    assert (version.version, version.from_quarter, version.reason) == (2, 3, "县里调整了分值")
    wanted = standing.draft_of("农村百分制", version)
    block = wanted.blocks[0]
    lines = (replace(block.lines[0], maximum=D(5)), block.lines[1], replace(block.lines[2], maximum=D(2)))
    revise(town, version.id, replace(wanted, blocks=(replace(block, lines=lines), *wanted.blocks[1:])))
    activate(town, version.id)
    assert town.sheet(2).lines[0].points == before.lines[0].points
    assert town.sheet(3).lines[0].points is not None and town.sheet(3).lines[0].points.points == 5
    assert [town.sheet(n).version.version for n in (1, 2, 3, 4)] == [1, 1, 2, 2]  # type: ignore[union-attr]


def start_again(town: Scored, start: Start) -> tuple[VersionView, tuple[str, ...]]:
    small = town.small
    with small.store.write(small.office) as session:
        made = schemes.next_version(session, small.office, town.scheme, 3, "县里换了办法", start)
    found = view(town).draft
    assert found is not None and found.id == made.value and found.from_quarter == 3
    return found, made.notices


def test_a_new_version_may_start_from_a_preset(town: Scored) -> None:
    """The scheme keeps its name, and what the library lacks is added and named."""
    found, notices = start_again(town, Start(preset="stars"))
    assert (found.grades, found.maximum, found.reason) == ("stars", 100, "县里换了办法")
    assert view(town).name == "农村百分制" and view(town).preset == ""
    assert notices[0].startswith("指标库新增了方案要用的")


def test_a_new_version_may_start_from_another_category(town: Scored) -> None:
    """What is meant for schools alone is not taken along, and named; its points are missing in the block."""
    small = town.small
    own = IndicatorDraft("F31", "家长学生满意度", "分", Direction.UP, Dimension.FUSION, categories=("学校",))
    with small.store.write(small.office) as session:
        extra = LineDraft(indicators.create(session, small.office, own).value, D(4), "linear")
        whole = draft(town.ids)
        block = replace(whole.blocks[1], maximum=D(12), lines=(*whole.blocks[1].lines, extra))
        wanted = replace(whole, name="学校百分制", blocks=(whole.blocks[0], block, whole.blocks[2]))
        other = schemes.create(session, small.office, school(town), 2026, wanted).value
    found, notices = start_again(town, Start(scheme_id=other))
    assert [line.code for line in found.blocks[1].lines] == ["F07"] and found.blocks[1].maximum == 12
    assert notices == ("照“学校”的方案另起，1 项指标不用于“农村”，没有带过来：F31 家长学生满意度。请补足各块的分值。",)
    with pytest.raises(WrongState, match="各项满分合计 8 分，与这一块的满分 12 分不符"):
        activate(town, found.id)


@pytest.mark.parametrize("start", [Start(preset="没有"), Start(scheme_id=999)])
def test_a_start_that_is_gone_is_refused(town: Scored, start: Start) -> None:
    with pytest.raises(InputRefused) as refused:
        start_again(town, start)
    assert refused.value.field == "start" and view(town).draft is None


def test_a_new_version_cannot_reach_into_a_frozen_quarter(town: Scored) -> None:
    version = next_draft(town, 2)
    with pytest.raises(WrongState, match="第2季度已冻结"):
        activate(town, version.id)
    town.state(2, QuarterState.OPEN)
    assert activate(town, version.id) == ()


@pytest.mark.parametrize(
    ("rule", "points", "sentence"),
    [
        ("", "4", "还没有写计分规则"),
        ("直线", "4", "没有“直线”这种规则"),
        ("ladder bands=95:4,95:2", "4", "有两档的界限相同"),
        ("linear", "5", "各项满分合计 12 分，与这一块的满分 11 分不符"),
        ("linear b=85", "4", "第 1 项：“B08 党员到会率”：目标与基线相同，无法计分。请改用“区间计分”，或另填基线。"),
        ("ladder bands=95:2,90:4", "4", "第 1 项：“B08 党员到会率”：指标是越高越好"),
        ("linear b=85 t=72", "4", "指标是越高越好，规则却从 85 降到 72 给分"),
    ],
)
def test_what_cannot_be_scored_is_not_put_to_use(town: Scored, rule: str, points: str, sentence: str) -> None:
    version = next_draft(town)
    wanted = standing.draft_of("农村百分制", version)
    block = wanted.blocks[0]
    broken = replace(block.lines[0], rule=rule, maximum=D(points))
    revise(
        town, version.id, replace(wanted, blocks=(replace(block, lines=(broken, *block.lines[1:])), *wanted.blocks[1:]))
    )
    with pytest.raises(WrongState) as refused:
        activate(town, version.id)
    assert "还不能启用，“基础性”" in refused.value.sentence and sentence in refused.value.sentence


def test_nothing_is_put_to_use_that_no_branch_has_a_line_for(town: Scored) -> None:
    """60/25/15 for the school, whose one branch has neither baselines nor targets: each line says so, and it stops."""
    found, _notices = from_preset(town, "hundred")
    assert found.draft is not None
    with pytest.raises(WrongState) as refused:
        activate(town, found.draft.id)
    assert refused.value.sentence == (
        "还不能启用，“基础性”第 1 项：“B08 党员到会率”要用支部自己的基线和目标值，1 个支部都还没有设，请先补齐。"
    )
    with town.small.store.read() as session:
        lacking = [
            one for one in standing.check(session, 2026, "学校", standing.draft_of("", found.draft)) if one.lacks
        ]
    assert {one.orgs for one in lacking} == {("中心小学党支部",)} and all(one.stops for one in lacking)


def test_a_year_cumulative_measure_lacks_no_baseline(town: Scored) -> None:
    """Design 9: it starts each year at 0, so a straight line needs only its target."""
    income = IndicatorDraft(
        "F99", "全年收入", "万元", Direction.UP, Dimension.FUSION, accumulation=Accumulation.YEAR_TO_DATE
    )
    with town.small.store.write(town.small.office) as session:
        made = indicators.create(session, town.small.office, income).value
    with town.small.store.read() as session:
        (school,) = standing.known(session, 2026, "学校")[made].branches
    assert (school.baseline, school.target) == (0, None)


def test_a_line_that_applies_to_no_branch_is_not_put_to_use(town: Scored) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, town.ids["B08"], 2026, "没有固定会议")
    version = next_draft(town)
    with pytest.raises(WrongState, match="“基础性”第 1 项：“B08 党员到会率”对“农村”的 1 个支部都标为不适用"):
        activate(town, version.id)


def test_a_draft_can_be_thrown_away(town: Scored) -> None:
    version = next_draft(town)
    with pytest.raises(WrongState, match="已有一版正在编制"):
        next_draft(town)
    with town.small.store.write(town.small.office) as session:
        schemes.discard(session, town.small.office, version.id)
    assert [one.version for one in view(town).versions] == [1]


def test_a_year_starts_from_the_last(town: Scored) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        outcome = schemes.copy_year(session, small.office, 2026, 2027)
    assert outcome.value == 1
    with small.store.read() as session:
        (found,) = standing.schemes(session, 2027)
    assert found.in_force(4) is None and found.draft is not None
    assert standing.draft_of(found.name, found.draft) == draft(town.ids)
    with small.store.write(small.office) as session:
        assert schemes.copy_year(session, small.office, 2026, 2027).value == 0


def school(town: Scored) -> int:
    with town.small.store.read() as session:
        return next(one.id for one in orgs.categories(session) if one.name == "学校")


def from_preset(town: Scored, key: str) -> tuple[SchemeView, tuple[str, ...]]:
    small = town.small
    with small.store.write(small.office) as session:
        outcome = schemes.from_preset(session, small.office, school(town), 2026, key)
    with small.store.read() as session:
        return standing.scheme(session, outcome.value), outcome.notices


@pytest.mark.parametrize("key", list(scheme_presets.declared()))
def test_every_preset_becomes_a_draft_that_only_lacks_the_lines_of_branches(town: Scored, key: str) -> None:
    found, notices = from_preset(town, key)
    preset = scheme_presets.declared()[key]
    assert (found.preset, found.name, found.draft is not None) == (key, preset.name, True)
    assert found.draft is not None
    assert found.draft.maximum == sum(block.maximum for block in preset.blocks if block.kind is BlockKind.BASE)
    assert any(block.flags for block in found.draft.blocks) == key.startswith("cz420")
    with town.small.store.read() as session:
        problems = standing.check(session, 2026, "学校", standing.draft_of(found.name, found.draft))
    assert [one.sentence for one in problems if one.stops and not one.lacks] == []
    (notice,) = notices
    assert notice.startswith("指标库新增了方案要用的") and notice.endswith("请为各支部设基线和目标值。")


def test_a_preset_brings_only_what_the_library_lacks(town: Scored) -> None:
    """60/25/15 (domain 1.4) for a school: 12 points of its own in the fusion block, S01 beside no activity of it."""
    found, notices = from_preset(town, "hundred")
    assert found.draft is not None
    blocks = {block.name: [line.code for line in block.lines] for block in found.draft.blocks}
    assert blocks["融合性"] == ["F01", "F02", "F29", "F30", "F31"]
    with town.small.store.read() as session:
        views = {view.code: view for view in library.library(session, DAY)}
    assert views["B08"].id == town.ids["B08"] and views["B08"].name == "党员到会率"
    assert "B08" not in notices[0] and "B01 支部党员大会应开率" in notices[0]
    codes = {line.code for line in found.draft.lines}
    assert set(views) == codes | set(town.ids)


def test_a_preset_is_refused_where_there_is_a_scheme_and_adds_nothing(town: Scored) -> None:
    small = town.small
    with pytest.raises(InputRefused, match="已有考核方案"), small.store.write(small.office) as session:
        schemes.from_preset(session, small.office, town.rural, 2026, "hundred")
    with pytest.raises(InputRefused, match="预设方案"), small.store.write(small.office) as session:
        schemes.from_preset(session, small.office, school(town), 2026, "没有")
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        schemes.from_preset(session, small.secretary, school(town), 2026, "hundred")
    with small.store.read() as session:
        assert {view.code for view in library.library(session, DAY)} == set(town.ids)


def test_several_categories_start_from_one_preset_or_none_does(town: Scored) -> None:
    small = town.small
    with pytest.raises(InputRefused, match="已有考核方案"), small.store.write(small.office) as session:
        schemes.from_preset_each(session, small.office, 2026, "hundred", [school(town), town.rural])
    with pytest.raises(InputRefused, match="至少选择一个类别"), small.store.write(small.office) as session:
        schemes.from_preset_each(session, small.office, 2026, "hundred", [])
    with small.store.write(small.office) as session:
        outcome = schemes.from_preset_each(session, small.office, 2027, "hundred", [school(town), town.rural])
    assert outcome.changes.topics >= {Topic.SCHEMES, Topic.INDICATORS}
    assert len(outcome.value) == 2 and len(outcome.notices) == 2
    with small.store.read() as session:
        assert [one.category for one in standing.schemes(session, 2027)] == ["农村", "学校"]


def retire(town: Scored, code: str) -> None:
    with town.small.store.write(town.small.office) as session:
        library_service.retire(session, town.small.office, town.ids[code], "不再统计")


def test_what_a_scheme_scores_by_is_not_retired(town: Scored) -> None:
    """In force, in a draft, and no longer: another version without it lets the indicator go."""
    with pytest.raises(WrongState) as refused:
        retire(town, "B11")
    assert refused.value.sentence == (
        "考核方案正在用“B11”：“农村”2026年第1版（第1季度起）。请先另起一版，去掉该指标后启用，再停用。"
    )
    version = next_draft(town)
    with pytest.raises(WrongState, match="第1版（第1季度起）、“农村”2026年第2版（草稿）。请先在草稿中去掉"):
        retire(town, "B11")
    wanted = standing.draft_of("农村百分制", version)
    base = wanted.blocks[0]
    lighter = replace(base, maximum=D(8), lines=base.lines[:2])
    revise(town, version.id, replace(wanted, blocks=(lighter, *wanted.blocks[1:])))
    with pytest.raises(WrongState, match="第1版"):
        retire(town, "B11")
    activate(town, version.id)
    for number in (1, 2):
        town.state(number, QuarterState.CLOSED)
    retire(town, "B11")
    with town.small.store.read() as session:
        assert "B11" not in {view.code for view in library.library(session, date(2026, 12, 31))}
