"""Every problem of a draft is named with its place; what only deserves a look does not stop it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules.grades import Grading, grading_from, grading_text
from okr_desk.rules.schemes import (
    BlockDraft,
    BranchLine,
    Known,
    LineDraft,
    SchemeDraft,
    aims,
    check_draft,
    problems,
)
from okr_desk.scoring.grade_schemes import GRADES, QUOTAS, STARS, Gate, GradeScheme
from okr_desk.terms import BlockKind, Dimension

D = Decimal
VILLAGE = BranchLine("青石村党支部", D(72), D(85))


def known(**more: object) -> dict[int, Known]:
    plain: dict[str, object] = {"is_retired": False, "categories": (), "branches": (VILLAGE,)}
    return {
        1: Known("B08", "党员到会率", Dimension.BASIC, **{**plain, **more}),  # type: ignore[arg-type]
        2: Known("F01", "重点项目节点", Dimension.FUSION, **plain),  # type: ignore[arg-type]
    }


def scheme(*lines: LineDraft, maximum: str = "10", **more: object) -> SchemeDraft:
    return SchemeDraft("百分制", (BlockDraft("基础性", D(maximum), lines),), **more)  # type: ignore[arg-type]


WHOLE = LineDraft(1, D(10), "linear")


def said(draft: SchemeDraft, of: dict[int, Known] | None = None) -> list[tuple[str, int | None, int | None, bool]]:
    return [(p.sentence, p.block, p.line, p.stops) for p in problems(draft, "农村", of or known())]


def test_a_sound_draft_has_no_problem() -> None:
    assert said(scheme(WHOLE)) == []


@pytest.mark.parametrize(
    ("draft", "of", "expected"),
    [
        (SchemeDraft("空"), None, ("评分表还没有内容，请至少设一块。", None, None, True)),
        (scheme(), None, ("“基础性”还没有指标。", 0, None, True)),
        (
            scheme(WHOLE, maximum="12"),
            None,
            ("“基础性”各项满分合计 10 分，与这一块的满分 12 分不符，请核对。", 0, None, True),
        ),
        (scheme(LineDraft(9, D(10), "linear")), None, ("没有这个指标，请从指标库中另选。", 0, 0, True)),
        (scheme(WHOLE), known(is_retired=True), ("“B08 党员到会率”已停用，请换一个指标。", 0, 0, True)),
        (scheme(WHOLE), known(categories=("社区",)), ("“B08 党员到会率”不用于“农村”，请核对。", 0, 0, False)),
        (
            scheme(WHOLE),
            known(branches=(BranchLine("青石村党支部", D(85), D(85)),)),
            (
                "“B08 党员到会率”：目标 t 与基线 b 相同，无法计分。请改用 range 规则，或另填底线值。（青石村党支部）",
                0,
                0,
                True,
            ),
        ),
        (
            scheme(WHOLE),
            known(branches=(BranchLine("青石村党支部", None, D(85)),)),
            ("“B08 党员到会率”有 1 个支部还没有基线或目标值，计分时按未报处理：青石村党支部。", 0, 0, False),
        ),
        (
            scheme(LineDraft(1, D(10), "dual N=12")),
            None,
            ("“B08 党员到会率”按场次和满意度计分，请选择满意度指标。", 0, 0, True),
        ),
    ],
)
def test_each_problem_has_its_place(
    draft: SchemeDraft, of: dict[int, Known] | None, expected: tuple[str, int | None, int | None, bool]
) -> None:
    assert expected in said(draft, of)


def test_an_indicator_stands_once() -> None:
    draft = scheme(replace(WHOLE, maximum=D(5)), replace(WHOLE, maximum=D(5)))
    assert [(block, line) for _s, block, line, _stops in said(draft)] == [(0, 0), (0, 1)]


@pytest.mark.parametrize(("count", "stops"), [(40, None), (41, False), (51, True)])
def test_a_sheet_is_not_too_fine(count: int, stops: bool | None) -> None:
    """Domain 4.3: at most 40 active indicators, hard stop at 50."""
    of = {n: Known(f"B{n}", "指标", Dimension.BASIC, False, (), (VILLAGE,)) for n in range(1, count + 1)}
    draft = scheme(*(LineDraft(n, D(1), "linear") for n in of), maximum=str(count))
    assert [one[3] for one in said(draft, of)] == ([] if stops is None else [stops])


def test_aims_are_shares_of_the_full_points() -> None:
    bonus = BlockDraft("加分", D(5), (LineDraft(2, D(5), "bonus"),), kind=BlockKind.BONUS)
    base = scheme(replace(WHOLE, maximum=D(6)), LineDraft(2, D(4), "linear"))
    found = aims(replace(base, blocks=(*base.blocks, bonus)), known())
    assert found.shares == {Dimension.BASIC: D("0.6"), Dimension.FUSION: D("0.4"), Dimension.INNOVATION: 0}
    assert found.indicators == 3


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (scheme(WHOLE, from_quarter=5), "第几季度"),
        (replace(scheme(WHOLE), name=" "), "名称须填写"),
        (scheme(replace(WHOLE, maximum=D("NaN"))), "分值须是不小于 0 的数"),
        (scheme(WHOLE, bonus_cap=D(-1)), "分值须是不小于 0 的数"),
        (scheme(WHOLE, grades="优良中差"), "等次设置看不明白"),
    ],
)
def test_what_cannot_even_be_kept(broken: SchemeDraft, sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        check_draft(broken)


def test_grades_are_data() -> None:
    assert grading_from("grades") == Grading(GRADES)
    assert grading_from("stars") == Grading(STARS, QUOTAS)
    assert (grading_text(Grading(GRADES)), grading_text(Grading(STARS, QUOTAS))) == ("grades", "stars")
    own = Grading(
        GradeScheme("三档", ((D(85), "优"), (D(60), "中")), "差", gates=(Gate(D(70), "中", "请核查"),)),
        {"优": D("0.3")},
    )
    assert grading_from(grading_text(own)) == own


@pytest.mark.parametrize("text", ["", "{}", '{"name":"a","bands":[["x","好"]],"rest":"差"}', "[1]", '{"name":1}'])
def test_grades_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="等次"):
        grading_from(text)


def test_quotas_name_known_grades_and_shares() -> None:
    text = grading_text(Grading(GRADES, {"好": D("0.2")}))
    for wrong in (text.replace('"好":"0.2"', '"好":"1.2"'), text.replace('"好":"0.2"', '"甲":"0.2"')):
        with pytest.raises(InputRefused):
            grading_from(wrong)
