"""Every problem of a draft is named with its place, in plain words; what only deserves a look does not stop it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.rules.scheme_problems import problems
from okr_desk.rules.schemes import BlockDraft, BranchLine, Known, LineDraft, SchemeDraft
from okr_desk.terms import BlockKind, Dimension, Direction
from tests.plain_schemes import VILLAGE, WHOLE, known, scheme

D = Decimal
B08 = "“B08 党员到会率”"
CHANGE = "请对调基线和目标值，或核对指标的方向。"


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
        (scheme(WHOLE), known(is_retired=True), (B08 + "已停用，请换一个指标。", 0, 0, True)),
        (
            scheme(WHOLE),
            known(categories=("社区", "学校")),
            (B08 + "用于社区、学校，不用于“农村”。请删去，或先在指标库中改它的适用类别。", 0, 0, True),
        ),
        (
            scheme(WHOLE),
            known(branches=(), exempt=2),
            (B08 + "对“农村”的 2 个支部都标为不适用，请删去，或先恢复适用。", 0, 0, True),
        ),
        (
            scheme(LineDraft(1, D(0), "linear"), replace(WHOLE, indicator_id=2)),
            None,
            (B08 + "是 0 分，请填分值，或删去这一项。", 0, 0, True),
        ),
        (
            scheme(LineDraft(1, D(10), "linear b=85 t=72")),
            None,
            (
                B08 + "：指标是越高越好，规则却从 85 降到 72 给分。请对调基线和目标值，或核对指标的方向。",
                0,
                0,
                True,
            ),
        ),
        (
            scheme(LineDraft(1, D(10), "ladder bands=95:6,90:10")),
            known(branches=()),
            (
                B08 + "：指标是越高越好，分档却是“达到 90”计 10 分、“达到 95”只计 6 分，请改正分档。",
                0,
                0,
                True,
            ),
        ),
        (
            scheme(LineDraft(1, D(10), "ratio t=5")),
            known(direction=Direction.DOWN),
            (B08 + "：指标是越低越好，规则却是数越大分越高，请把规则的方向改为“下降”。", 0, 0, True),
        ),
        (
            scheme(WHOLE),
            known(branches=(BranchLine("青石村党支部", D(85), D(85)),)),
            (
                B08 + "：目标与基线相同，无法计分。请改用“区间计分”，或另填基线。（青石村党支部）",
                0,
                0,
                True,
            ),
        ),
        (
            scheme(WHOLE),
            known(branches=(BranchLine("青石村党支部", None, D(85)),)),
            (
                B08 + "要用支部自己的基线，1 个支部都还没有设，请先补齐。",
                0,
                0,
                True,
            ),
        ),
        (
            scheme(WHOLE),
            known(branches=(VILLAGE, BranchLine("王家坪村党支部", None, D(85)))),
            (B08 + "有 1 个支部还没有基线，设定以前这一项不计分：王家坪村党支部。", 0, 0, False),
        ),
        (
            scheme(LineDraft(1, D(10), "dual N=12")),
            None,
            (B08 + "按场次和满意度计分，请选择满意度指标。", 0, 0, True),
        ),
    ],
)
def test_each_problem_has_its_place(
    draft: SchemeDraft, of: dict[int, Known] | None, expected: tuple[str, int | None, int | None, bool]
) -> None:
    assert expected in said(draft, of)


def test_many_branches_are_counted_and_three_are_named() -> None:
    """Twelve names would fill the list: three stand there, all of them in the tip."""
    lacking = tuple(BranchLine(f"{n}组党支部", D(72), None) for n in range(1, 13))
    (found,) = problems(scheme(WHOLE), "农村", known(branches=(VILLAGE, *lacking)))
    assert found.sentence == (
        B08 + "有 12 个支部还没有目标值，设定以前这一项不计分：1组党支部、2组党支部、3组党支部等12个支部。"
    )
    assert found.orgs == tuple(one.org for one in lacking) and not found.stops
    (none,) = problems(scheme(WHOLE), "农村", known(branches=lacking))
    assert none.sentence == B08 + "要用支部自己的目标值，12 个支部都还没有设，请先补齐。"
    assert none.stops and none.lacks


def test_a_branch_that_runs_against_the_indicator_is_named() -> None:
    """An import takes a falling line on a rising indicator with a notice; no scheme may be scored by it."""
    turned = BranchLine("王家坪村党支部", D(90), D(80))
    (found,) = problems(scheme(WHOLE), "农村", known(branches=(VILLAGE, turned)))
    assert found.sentence == (B08 + "：指标是越高越好，规则却从 90 降到 80 给分。" + CHANGE + "（王家坪村党支部）")
    assert found.stops


LOW_CAP = "方案的加分上限只有 5 分。"
FILL_IN = "请在“方案设置”中填写上限，或删去这一块。"


def bonus(*lines: LineDraft, maximum: str = "5", cap: str = "5") -> SchemeDraft:
    extra = BlockDraft("加分", D(maximum), lines, kind=BlockKind.BONUS)
    return SchemeDraft("百分制", (BlockDraft("基础性", D(10), (WHOLE,)), extra), bonus_cap=D(cap))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (bonus(LineDraft(2, D(5), "bonus")), []),
        (
            bonus(LineDraft(2, D(5), "bonus"), maximum="8"),
            [("“加分”最多 8 分，" + LOW_CAP + "请把这一块改为不超过 5 分，或在“方案设置”中提高上限。", 1, None, True)],
        ),
        (
            bonus(LineDraft(2, D(8), "bonus")),
            [
                (
                    "“F01 重点项目节点”最多加 8 分，方案的加分上限只有 5 分。请改小，或在“方案设置”中提高上限。",
                    1,
                    0,
                    True,
                )
            ],
        ),
        (
            bonus(LineDraft(2, D(5), "bonus"), cap="0"),
            [("方案的加分上限是 0 分，“加分”里的加分都不会计入。" + FILL_IN, 1, None, True)],
        ),
    ],
)  # fmt: skip
def test_a_bonus_can_be_given_in_full(
    draft: SchemeDraft, expected: list[tuple[str, int | None, int | None, bool]]
) -> None:
    """Domain 1.3 "BONUS cap": what goes beyond the cap could never be earned."""
    assert said(draft) == expected


def test_an_indicator_stands_once() -> None:
    draft = scheme(replace(WHOLE, maximum=D(5)), replace(WHOLE, maximum=D(5)))
    assert [(block, line) for _s, block, line, _stops in said(draft)] == [(0, 0), (0, 1)]


@pytest.mark.parametrize(("count", "stops"), [(40, None), (41, False), (51, True)])
def test_a_sheet_is_not_too_fine(count: int, stops: bool | None) -> None:
    """Domain 4.3: at most 40 active indicators, hard stop at 50."""
    of = {n: Known(f"B{n}", "指标", Dimension.BASIC, False, (), (VILLAGE,)) for n in range(1, count + 1)}
    draft = scheme(*(LineDraft(n, D(1), "linear") for n in of), maximum=str(count))
    assert [one[3] for one in said(draft, of)] == ([] if stops is None else [stops])
