"""The score sheet as it is filed: its layout, what it comes to in words, its rules and notes, and who has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import cycles, orgs, reviews, score_forms, score_method, score_results, score_wording
from okr_desk.queries.letterheads import digest
from okr_desk.queries.score_forms import BlockSum, Entry, Heading, PartSum, ScoreForm
from okr_desk.services import indicators
from okr_desk.terms import QuarterState
from tests.reports import samples
from tests.reports import score_samples as made
from tests.scored_township import Scored, scored

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    found = scored(tmp_path / "镇.okr", clock)
    yield found
    found.small.store.close()


def forms_of(town: Scored) -> tuple[ScoreForm, ...]:
    """All that can be printed for the third quarter, asked for village and school."""
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [orgs.view(session, key, quarter.ends_on) for key in (town.small.village, town.small.school)]
        found = score_forms.asked(session, quarter, of)
        assert score_forms.without(of, found) == ("中心小学党支部",)
    return found


def test_only_a_branch_with_a_scheme_in_force_has_a_sheet(town: Scored) -> None:
    (form,) = forms_of(town)
    assert (form.township, form.number, form.is_demo) == ("青山镇", "评审2026-3-001", False)
    assert form.sheet.org.id == town.small.village
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        school = orgs.view(session, town.small.school, quarter.ends_on)
        with pytest.raises(Refusal, match="都没有启用的考核方案"):
            score_forms.asked(session, quarter, [school])


def test_the_digest_follows_the_data_and_nothing_else(town: Scored) -> None:
    (before,) = forms_of(town)
    assert forms_of(town)[0].digest == before.digest and len(before.digest) == 64
    town.measure("B08", "80")
    assert forms_of(town)[0].digest != before.digest


def test_why_a_line_does_not_apply_is_told(town: Scored) -> None:
    with town.small.store.write(town.small.office) as session:
        indicators.not_applicable(session, town.small.office, town.small.village, town.ids["B09"], 2026, "没有在职党员")
    (form,) = forms_of(town)
    assert score_wording.said(form, form.sheet.lines[1]) == "不适用：没有在职党员"


def test_a_review_sheet_has_its_points_beside_it_where_there_are_any(town: Scored) -> None:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [orgs.view(session, key, quarter.ends_on) for key in (town.small.village, town.small.school)]
        village, school = reviews.sheets(session, quarter, of)
    assert village.scores is not None and village.scores.number == village.number
    assert school.scores is None


def test_a_sheet_without_points_keeps_the_code_it_had_before_there_were_any() -> None:
    """Digest of the sample as it was computed before the field came: the whole content, without `scores`."""
    plain = samples.sheet()
    assert digest(plain) == digest(replace(plain, scores=None))
    assert digest(replace(plain, scores=made.form())) != digest(plain)
    old = {name: value for name, value in vars(plain).items() if name != "scores"}
    assert digest(replace(plain, scores=None)) == _digest_of(old)


def _digest_of(content: dict[str, object]) -> str:
    """What the same content gives in a dataclass that never had the field."""
    from dataclasses import make_dataclass

    return digest(make_dataclass("Before", list(content))(**content))


def test_the_layout_is_that_of_the_form() -> None:
    kinds = [type(part) for part in score_forms.layout(made.form())]
    block = lambda lines: [Heading, *[Entry] * lines, BlockSum]  # noqa: E731 - shorter than three functions
    assert kinds == [*block(3), *block(4), PartSum, *block(2), *block(1)]
    numbers = [part.number for part in score_forms.layout(made.form()) if isinstance(part, Entry)]
    assert numbers == list(range(1, 11))


def test_what_it_comes_to() -> None:
    """5 of 10, (2＋2)×15÷6＝10 of 15, 7 of the 8 reported: 22 of 33 and 2 on top, 24÷33."""
    form = made.form(red_lines=[made.red_line()], satisfaction="92.5")
    assert dict(score_results.results(form)) == {
        "基本分": "22／已报 33",
        "加分": "2（上限 5）",
        "总分": "24",
        "得分率": "72.73%",
        "按得分等次": "一般",
        "评定等次": "一般",
        "满意率（前三档）": "92.5%",
        "目标完成度": "63.4%（不计入等次）",
    }
    sums = [(one.name, one.total.points, one.total.maximum) for one in score_results.subtotals(form)]
    assert sums == [
        ("部分：党建基础", 15, 25),
        ("部分：融合创新", 7, 15),
        ("维度：基础性", 15, 25),
        ("维度：融合性", 7, 8),
        ("维度：创新性", None, 7),
        ("合计（不含加分）", 22, 40),
    ]
    assert score_results.summary(form) == "总分 24（满分 40），得分率 72.73%，等次：一般。"


def test_the_steps_of_the_total_begin_behind_those_of_the_blocks() -> None:
    assert score_results.sum_steps(made.form()) == (
        "已报部分的满分为 33 分，共 40 分；未报的暂不计入。",
        "加分项：X03 首创做法被上级采用 2；合计 2 分，上限 5 分，计 2 分。",
        "总分：15＋7＋加分 2＝24",
        "得分率：24÷33×100≈72.727273",
        "适用分值占全部分值的 81.25%。",
    )


def test_a_percent_is_never_shown_on_the_other_side_of_a_threshold() -> None:
    """89.996 is below 90: rounded it would read 90."""
    form = made.form([made.block("一", [made.line("A1", "甲", "ratio t=100", "100", "89.996")])])
    assert score_results.percent_text(form.sheet) == "89.99%" and score_results.grade_text(form.sheet) == "较好"


def test_each_rule_stands_once_behind_its_lines() -> None:
    rules = score_method.rules(made.form())
    assert rules[0] == "B08、X01　直线计分：得分＝满分×（实绩－基线）÷（目标值－基线），不低于 0 分，最高计满分。"
    assert len(rules) == 8 and sum(rule.count("B12") for rule in rules) == 1


def test_only_notes_that_the_sheet_has_use_for() -> None:
    usual, flags = (
        "\n".join(score_method.notes(made.form())),
        "\n".join(score_method.notes(made.form(made.flag_blocks()))),
    )
    for word in ("“不适用”", "“未报”不等于 0", "“未到期”", "加分合计不超过 5 分", "还没有冻结"):
        assert word in usual and (word not in flags or word == "还没有冻结")
    assert "亮旗：△红旗、□蓝旗、▽黄旗。" in flags and "全年累计" in flags
    closed = made.form(quarter=replace(samples.QUARTER, state=QuarterState.CLOSED))
    said = "\n".join(score_method.notes(closed))
    assert "已关账，按 0 分计" in said and "还没有冻结" not in said


def test_a_remark_on_several_lines_is_said_once() -> None:
    parts = made.usual_blocks()
    lines = tuple(replace(one, note="年累计指标，到第3季度按全年目标的 3/4 计。") for one in parts[0][1])
    form = made.form([(parts[0][0], lines), *parts[1:]])
    assert "B08、B09、B14：年累计指标，到第3季度按全年目标的 3/4 计。" in score_method.notes(form)
