"""The presets are complete, can be scored, and sum to what their sources say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.rules import library, scheme_presets
from okr_desk.rules.indicators import IndicatorDraft, check_indicator
from okr_desk.rules.scheme_presets import LibraryLine, Preset, PresetLine, declared, expand, own_indicators
from okr_desk.rules.scheme_problems import problems
from okr_desk.rules.schemes import BlockDraft, Known, LineDraft, SchemeDraft, check_draft
from okr_desk.rules.setup import CATEGORIES
from okr_desk.scoring.grade_schemes import SCHEMES
from okr_desk.scoring.line_rule import line_rule
from okr_desk.terms import Across, BlockKind, Dimension

D = Decimal
SEED = tuple(
    LibraryLine(one.code, one.dimension, one.categories, one.usual_points, one.usual_rule) for one in library.seed()
)


def filled(key: str, category: str) -> Preset:
    return expand(declared()[key], category, SEED)


def known(key: str) -> dict[str, IndicatorDraft]:
    return {one.code: one for one in (*library.seed(), *own_indicators(key))}


def uses() -> list[tuple[str, str]]:
    """Every preset with every category that it was made for."""
    return [(key, category) for key, preset in declared().items() for category in preset.categories or CATEGORIES]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_hundred_points_are_sixty_twenty_five_and_fifteen(category: str) -> None:
    """Domain 1.4: base 60; fusion 25 = 13 common + 12 of the category; innovation 15, from the library as it is."""
    base, fusion, innovation, bonus = filled("hundred", category).blocks
    sums = [sum(line.maximum for line in block.lines) for block in (base, fusion, innovation)]
    assert sums == [60, 25, 15]
    assert [block.maximum for block in (base, fusion, innovation)] == sums
    common = {"F01", "F02"}
    assert sum(line.maximum for line in fusion.lines if line.code in common) == 13
    assert sum(line.maximum for line in fusion.lines if line.code not in common) == 12
    assert (bonus.kind, bonus.maximum, declared()["hundred"].bonus_cap) == (BlockKind.BONUS, 5, 5)


def test_each_category_has_its_own_lines_and_no_spare_ones() -> None:
    own = {category: {line.code for line in filled("hundred", category).blocks[1].lines} for category in CATEGORIES}
    assert own["农村"] == {"F01", "F02", "F03", "F04", "F05", "F06"}
    assert own["社区"] == {"F01", "F02", "F09", "F10", "F11", "F12"}
    assert own["两新组织"] == {"F01", "F02", "F32", "F33", "F34", "F35"}
    assert own["机关"] & own["国企"] == {"F01", "F02"}


def test_what_a_block_says_of_a_line_is_kept_where_the_category_has_it() -> None:
    community, rural = filled("hundred", "社区").blocks[1], filled("hundred", "农村").blocks[1]
    assert PresetLine("F12", D(4), "dual", "S01") in community.lines
    assert PresetLine("F01", D(5), "linear", across=Across.LAST) in rural.lines
    assert "F12" not in {line.code for line in rural.lines}


def test_a_block_may_change_points_and_rule_of_the_library() -> None:
    lines = (LibraryLine("B01", Dimension.BASIC, (), D(4), "ratio"), LibraryLine("B99", Dimension.BASIC, (), D(0), ""))
    block = scheme_presets.PresetBlock(
        "基础", D(6), "", BlockKind.BASE, Across.AVERAGE, (PresetLine("B01", D(6), "yesno"),), Dimension.BASIC
    )
    preset = Preset("k", "名", "", "", (), "grades", D(5), D(60), (block,))
    (found,) = expand(preset, "农村", lines).blocks
    assert found.lines == (PresetLine("B01", D(6), "yesno"),) and found.dimension is None
    assert expand(expand(preset, "农村", lines), "农村", ()).blocks == (found,)


@pytest.mark.parametrize(("key", "category"), uses())
def test_every_line_can_be_scored_and_every_block_sums(key: str, category: str) -> None:
    """With the usual baseline and target of the indicator, or with any where there is no usual number."""
    codes = known(key)
    for block in filled(key, category).blocks:
        assert sum(line.maximum for line in block.lines) == block.maximum > 0, block.name
        for line in block.lines:
            meaning = codes[line.code]
            baseline = D(1) if meaning.usual_baseline is None else meaning.usual_baseline
            target = D(2) if meaning.usual_target is None else meaning.usual_target
            assert line_rule(line.rule, line.maximum, baseline, target).maximum == line.maximum
            assert line.second in ("", *codes) and bool(line.second) == line.rule.startswith("dual")


@pytest.mark.parametrize(("key", "category"), uses())
def test_nothing_keeps_a_preset_from_being_put_to_use(key: str, category: str) -> None:
    """As the editor would judge it, before the branches have lines of their own."""
    ids = {code: place for place, code in enumerate(known(key))}
    library_says = {
        ids[one.code]: Known(one.code, one.name, one.dimension, False, one.categories, (), one.direction)
        for one in known(key).values()
    }
    preset = filled(key, category)
    blocks = tuple(
        BlockDraft(
            block.name,
            block.maximum,
            tuple(
                LineDraft(ids[line.code], line.maximum, line.rule, ids.get(line.second), line.across)
                for line in block.lines
            ),
            block.part,
            block.kind,
            block.across,
            block.flags,
        )
        for block in preset.blocks
    )
    draft = SchemeDraft(preset.name, blocks, preset.grades, preset.bonus_cap, preset.bonus_from)
    check_draft(draft)
    assert problems(draft, category, library_says) == ()
    assert draft.maximum == (420 if key.startswith("cz420") else 100)


@pytest.mark.parametrize(("key", "category"), uses())
def test_no_indicator_stands_in_a_scheme_twice(key: str, category: str) -> None:
    codes = [line.code for block in filled(key, category).blocks for line in block.lines]
    assert len(codes) == len(set(codes))


def parts(preset: Preset) -> dict[str, Decimal]:
    names = dict.fromkeys(block.part for block in preset.blocks)
    return {name: sum((one.maximum for one in preset.blocks if one.part == name), D(0)) for name in names}


@pytest.mark.parametrize(
    ("key", "category"),
    [("office", "机关管理型"), ("support", "业务辅助型"), ("field", "生产一线型"), ("service", "营销服务型")],
)
def test_cz_420_is_320_for_all_types_and_100_flags_for_each(key: str, category: str) -> None:
    """Domain 1.2: six modules the same for all, 320 = 4 × 80 and 100 = 4 × 25; two names are inferred and say so."""
    preset = declared()[f"cz420-{key}"]
    modules = {block.name: int(block.maximum) for block in preset.blocks if block.part == "党建基础"}
    assert modules == {
        "组织建设": 60, "组织生活": 80, "党员管理": 60, "班子建设": 40, "宣传与意识形态": 40, "纪律作风": 40,
    }  # fmt: skip
    assert parts(preset) == {"党建基础": 320, "业绩亮旗": 100}
    assert {block.across for block in preset.blocks} == {Across.CUMULATIVE}
    assert {line.across for block in preset.blocks for line in block.lines} == {None}
    assert [block.name for block in preset.blocks if block.flags] == ["业绩亮旗"]
    assert preset.categories == (category,) and ("类型名称为推断" in preset.note) == (key in ("field", "service"))
    assert "8个模块各40分" in preset.note


def test_a_type_needs_its_own_flags_only() -> None:
    codes = {key: {one.code for one in own_indicators(f"cz420-{key}")} for key in ("office", "support")}
    assert codes["office"] - codes["support"] == {"C11", "C12", "C13", "C14"}
    assert codes["office"] & codes["support"] == {f"C0{n}" for n in range(1, 8)}


@pytest.mark.parametrize("category", CATEGORIES)
def test_qinghai_is_sixty_in_four_fields_with_sixteen_items_and_forty_of_its_own(category: str) -> None:
    """Domain 1.1, scheme 2."""
    preset = filled("qinghai", category)
    common = [block for block in preset.blocks if block.part == "共性指数"]
    assert parts(preset) == {"共性指数": 60, "个性指数": 40}
    assert [block.name for block in common] == ["领导班子", "党员队伍", "工作机制", "基础保障"]
    assert sum(len(block.lines) for block in common) == 16


def test_stars_give_satisfaction_thirty_of_a_hundred() -> None:
    """Competitors C7: satisfaction has 30 % of the total; the override and the quota come with these grades."""
    preset = declared()["stars"]
    assert parts(preset) == {"工作": 70, "群众满意度": 30} and preset.grades == "stars"
    assert preset.blocks[-1].lines == (PresetLine("F02", D(30), "ratio t=100"),)
    assert [gate.highest for gate in SCHEMES[preset.grades].gates] == ["二星", "无星"]


@pytest.mark.parametrize("key", list(declared()))
def test_a_preset_names_grades_source_and_what_it_needs(key: str) -> None:
    preset = declared()[key]
    assert preset.key == key and preset.grades in SCHEMES
    assert preset.name and preset.note and preset.source
    for own in own_indicators(key):
        check_indicator(own)
    assert not {one.code for one in own_indicators(key)} & {one.code for one in library.seed()}


def test_presets_made_for_a_category_come_first_and_none_is_barred() -> None:
    found = scheme_presets.offered("农村")
    assert found[0].key == "hundred" and {one.key for one in found} == set(declared())
    assert own_indicators("不存在") == ()
